package cli

import (
	"fmt"
	"time"

	"parley/bot"
	"parley/corpus/read/limit"
)

// The most that numbers of the configuration may be. Each is far beyond what anybody
// needs and far below what a clock, a table or a machine can hold: what is larger is
// a mistake in a unit. Judgements.
const (
	mostWeight     = 1_000
	mostDimensions = 8_192 // the largest models give 4,096
	mostDays       = 36_500
	mostMinutes    = 365 * 24 * 60
	mostSeconds    = 24 * 60 * 60
	mostQuestions  = 1_000_000
	mostAtOnce     = 10_000
	mostTokens     = 10_000_000
	mostTokensADay = 1_000_000_000_000
	mostPrice      = 1_000_000
	mostSentences  = 100
)

// bounds is what a number of the configuration may be.
type bounds struct {
	key         string
	value       float64
	least, most float64
	broken      bool // it may have a fraction
}

// bounds are those of every number. All fit into a float64 without loss.
func (c *Config) bounds() []bounds {
	whole := func(key string, value, least, most int64) bounds {
		return bounds{key, float64(value), float64(least), float64(most), false}
	}
	n := func(key string, value, least, most int) bounds {
		return whole(key, int64(value), int64(least), int64(most))
	}
	f := func(key string, value, least, most float64) bounds { return bounds{key, value, least, most, true} }
	r, o, b, k := &c.Retrieval, &c.OpenAI, &c.Bot, &c.Corpus
	return []bounds{
		n("corpus.max_files", k.MaxFiles, 1, limit.MostFiles),
		whole("corpus.max_total_bytes", k.MaxTotalBytes, 1, limit.MostTotal),
		whole("corpus.max_file_bytes", k.MaxFileBytes, 1, limit.MostFileBytes),
		whole("corpus.max_article_bytes", k.MaxArticleBytes, 1, limit.MostArticleBytes),
		whole("corpus.max_unpacked_bytes", k.MaxUnpackedBytes, 1, limit.MostUnpacked),
		n("corpus.max_nodes", k.MaxNodes, 1, limit.MostNodes),
		n("corpus.max_depth", k.MaxDepth, 1, limit.MostDepth),
		whole("corpus.max_memory_bytes", k.MaxMemoryBytes, limit.LeastMemory, limit.MostMemory),
		n("corpus.max_read_seconds", k.MaxReadSeconds, 1, int(limit.MostTime/time.Second)),
		f("retrieval.words", r.Words, 0, mostWeight),
		f("retrieval.grams", r.Grams, 0, mostWeight),
		f("retrieval.vectors", r.Vectors, 0, mostWeight),
		f("retrieval.neural", r.Neural, 0, mostWeight),
		n("retrieval.dimensions", r.Dimensions, 1, mostDimensions),
		f("retrieval.half_life_days", r.HalfLifeDays, 1.0/(24*60), mostDays),
		f("answer.threshold", c.Answer.Threshold, 0, 1),
		n("answer.max_sentences", c.Answer.MaxSentences, 1, mostSentences),
		n("store.retention_days", c.Store.RetentionDays, 1, mostDays),
		n("bot.conversation_minutes", b.ConversationMinutes, 1, mostMinutes),
		n("bot.quota_minutes", b.QuotaMinutes, 1, mostMinutes),
		n("bot.questions_per_user", b.QuestionsPerUser, 0, mostQuestions),
		n("bot.questions_per_channel", b.QuestionsPerChannel, 0, mostQuestions),
		n("bot.questions_per_server", b.QuestionsPerServer, 0, mostQuestions),
		n("bot.at_once", b.AtOnce, 0, mostAtOnce),
		n("bot.queue", b.Queue, 1, mostQuestions),
		n("bot.repeat_seconds", b.RepeatSeconds, 1, mostSeconds),
		n("bot.suggestions", b.Suggestions, 0, bot.MaxSuggest),
		n("bot.gap_days", b.GapDays, 1, mostDays),
		n("discord.grace_seconds", c.Discord.GraceSeconds, 1, mostSeconds),
		n("openai.dimensions", o.Dimensions, 0, mostDimensions),
		n("openai.answer_seconds", o.AnswerSeconds, 1, mostSeconds),
		n("openai.stall_seconds", o.StallSeconds, 1, mostSeconds),
		n("openai.parallel", o.Parallel, 1, mostAtOnce),
		n("openai.passage_tokens", o.PassageTokens, 100, mostTokens),
		n("openai.answer_tokens", o.AnswerTokens, 100, mostTokens),
		f("openai.temperature", o.Temperature, 0, 2),
		f("openai.input_price", o.InputPrice, 0, mostPrice),
		f("openai.output_price", o.OutputPrice, 0, mostPrice),
		f("openai.embedding_price", o.EmbeddingPrice, 0, mostPrice),
		n("openai.tokens_per_day", o.TokensPerDay, 0, mostTokensADay),
		n("openai.user_tokens_per_day", o.UserTokensPerDay, 0, mostTokensADay),
		f("openai.cost_per_day", o.CostPerDay, 0, mostPrice),
		n("openai.keep_minutes", o.KeepMinutes, 0, mostMinutes),
	}
}

// problem is what is wrong with a number, if anything is.
func (b *bounds) problem() (problem, bool) {
	if b.value >= b.least && b.value <= b.most { // not for NaN
		return problem{}, false
	}
	if b.broken {
		return problem{b.key, fmt.Sprintf("cannot be %v", b.value), fmt.Sprintf("give a number from %.3g to %.0f", b.least, b.most)}, true
	}
	return problem{b.key, fmt.Sprintf("cannot be %.0f", b.value), fmt.Sprintf("give a whole number from %.0f to %.0f", b.least, b.most)}, true
}
