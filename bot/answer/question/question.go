// Package question tells what is asked: the question within a message, whether it
// stands alone, and whether it asks for one thing or for several.
package question

import (
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Question is a message as it is understood.
type Question struct {
	Asked     string        // what is asked, without instructions
	Text      string        // the same without what it says of the articles as a whole, as it is read
	Reason    answer.Reason // why nothing is asked, or answer.Answered
	Ignored   bool          // an instruction beside the question was left out
	Before    []string      // earlier questions that lend their words, oldest first
	Dependent bool          // leaves out what was said before
	Dangling  bool          // points at something said before, of which there is nothing
	Kind      Kind
	Topic     string     // of an overview; empty for all there is
	Compared  Comparison // of a comparison
	Speaker   string     // whose words are asked for; empty where that is not known
	Claim     string     // what a question of yes or no asks the truth of
	Parts     []string   // the questions of a message that asks several, else none
	Several   bool       // asks for all of something, or for reasons: an answer may have parts
	Answers   []string   // what the bot said last, the latest first
	Last      string     // what the bot said last, where the question may point at it

	boost float64
	ask   answer.Question
}

// turns is how many earlier questions lend their words.
const turns = 2

// What the words of earlier questions count beside those of a question that
// stands alone and of one that does not. Chosen near the best of some pairs tried
// on mtragun as a whole; no command repeats those trials.
const (
	standingBoost  = 0.25
	dependentBoost = 0.5
)

// Read understands a message.
func Read(ask answer.Question) *Question {
	r := sift(ask.Text)
	if rest := turning.ReplaceAllString(r.text, ""); rest != r.text && says(rest) {
		r.text, ask.History = rest, nil // about something else
	}
	q := &Question{Asked: r.text, Text: r.text, Reason: r.reason, Ignored: r.instruction, ask: ask}
	if q.Reason != answer.Answered {
		return q
	}
	q.Text = withoutAsides(spellAsking(r.text))
	q.Parts = parts(q.Text)
	q.understand(r.text)
	if len(q.Parts) == 0 {
		q.surround()
	}
	q.Several = several(q.Text)
	tokens := analysis.Tokenize(q.Text)
	if q.Kind == YesOrNo {
		q.Claim = claimed(q.Text)
	}
	if len(ask.History)+len(q.Before) == 0 {
		q.Dangling = pointsNowhere(tokens)
		return q
	}
	q.Dependent = leansOnContext(tokens)
	q.boost = standingBoost
	if q.Dependent {
		q.boost = dependentBoost
	}
	if len(ask.History) > 0 {
		q.lend(ask.History)
		q.follows()
	}
	return q
}

// understand tells what kind of question it is, and puts it as plainly as that can be
// asked.
func (q *Question) understand(asked string) {
	bare := strings.TrimRight(asked, "?!. ")
	if c, ok := compared(bare); ok {
		q.Kind, q.Compared = Compare, c
	} else if plain, speaker, ok := wordsOf(bare); ok {
		q.Kind, q.Text, q.Speaker = Words, plain, speaker
		if m := saidOf.FindStringSubmatch(strings.TrimRight(plain, "?")); m != nil {
			q.Topic = m[1]
		}
		if accountsAll.MatchString(speaker) {
			q.Kind = Overview
		}
	} else if plain, ok := summed(q.Text); ok {
		q.Kind, q.Text = Sum, plain
	} else {
		q.Kind, q.Topic = kindOf(q.Text)
	}
}

// Statement is a claim to be searched for; before is what was said ahead of it and
// lends its words where the claim points back.
func Statement(claim, before string) *Question {
	q := &Question{Text: claim}
	if before != "" && leansOnContext(analysis.Tokenize(claim)) {
		q.Before, q.boost = []string{before}, dependentBoost
	}
	return q
}

// lend notes what earlier turns say.
func (q *Question) lend(history []answer.Turn) {
	own := q.Before
	q.Before = nil
	for _, t := range history {
		if t.Role == "user" {
			if r := sift(t.Text); r.reason == answer.Answered {
				q.Before = append(q.Before, r.text)
			}
		}
	}
	q.Before = append(q.Before, own...)
	q.Before = q.Before[max(0, len(q.Before)-turns):]
	if last := history[len(history)-1]; q.Dependent && last.Role != "user" {
		q.Last = last.Text
	}
	for i := len(history) - 1; i >= 0 && len(q.Answers) < turns; i-- {
		if history[i].Role != "user" {
			q.Answers = append(q.Answers, history[i].Text)
		}
	}
}

// Respelt is the question with its text in another spelling.
func (q *Question) Respelt(text string) *Question {
	out := *q
	out.Text = text
	return &out
}

// Instead is another question, of nobody's conversation, to some articles; to all that
// this one is to where none are named.
func (q *Question) Instead(text string, articles []string) *Question {
	ask := answer.Question{Text: text, AsOf: q.ask.AsOf, Filter: q.ask.Filter}
	if len(articles) > 0 {
		ask.Filter.Articles = articles
	}
	return Read(ask)
}

// Query is the search for a question. Earlier turns lend their words, and what
// the bot said last its names: they are what a pronoun can point at.
func (q *Question) Query(limit int) retrieval.Query {
	context := q.Before
	if names := namesIn(q.Last); names != "" {
		context = append(slices.Clone(context), names)
	}
	text := q.Text
	if q.Reason != answer.Answered {
		text = q.ask.Text
	}
	return retrieval.Query{
		Text: text, Context: context, ContextBoost: q.boost,
		AsOf: q.ask.AsOf, Filter: q.ask.Filter, Limit: limit, Explain: q.ask.Explain,
	}
}

// Within is the question to the articles that a filter lets through, on a topic.
func (q *Question) Within(f retrieval.Filter, topic string) *Question {
	out := *q
	out.ask.Filter, out.Topic = f, topic
	return &out
}

// Guessed is the question before, where it is only likely that this one goes on from it:
// it is short, but points at nothing said. It is empty elsewhere.
func (q *Question) Guessed() string {
	if len(q.ask.History) == 0 || !q.Dependent || q.ask.Part || len(q.Before) == 0 || q.Kind > YesOrNo {
		return ""
	}
	if contents(q.Text) > 1 {
		return ""
	}
	for i, t := range analysis.Tokenize(q.Text) {
		if anaphora[t.Word] || i == 0 && (t.Word == "and" || t.Word == "but" || t.Word == "also") {
			return ""
		}
	}
	for _, before := range slices.Backward(q.Before) {
		if contents(before) > 1 {
			return before
		}
	}
	return ""
}

// Told is all that the bot has said, the latest first, one text for each answer.
func (q *Question) Told() []string {
	var out []string
	for _, t := range slices.Backward(q.ask.History) {
		if t.Role != "user" {
			out = append(out, t.Text)
		}
	}
	return out
}

// contents is how many words of a text say something.
func contents(text string) int {
	n := 0
	for _, t := range analysis.Tokenize(text) {
		if !analysis.IsStop(t.Word) {
			n++
		}
	}
	return n
}

// Filter says which articles are asked.
func (q *Question) Filter() retrieval.Filter { return q.ask.Filter }

// Clarify reports whether who asks can be asked what is meant.
func (q *Question) Clarify() bool { return q.ask.Clarify }

// Explained reports whether somebody wants to know how the answer comes about.
func (q *Question) Explained() bool { return q.ask.Explain }

// Joined reports whether it leans on another question of the same message, with which it
// is to be read as one: it has no verb ("and when?").
func (q *Question) Joined() bool {
	return q.ask.Part && q.Dependent && !slices.ContainsFunc(analysis.Tokenize(q.Text), func(t analysis.Token) bool { return auxiliaries[t.Word] })
}

// About is the search for a topic.
func (q *Question) About(topic string, limit int) retrieval.Query {
	out := q.Query(limit)
	out.Text, out.Context = topic, nil
	return out
}

// lentWords is how many words of the question before one lends at most: what is
// read of a question has to have room for both.
const lentWords = 25

// Alone is the question as somebody reads it who does not know the conversation:
// one that leaves something out comes after the end of the one before it.
func (q *Question) Alone() string {
	if !q.Dependent || len(q.Before) == 0 {
		return q.Text
	}
	words := strings.Fields(q.Before[len(q.Before)-1])
	before := strings.Join(words[max(0, len(words)-lentWords):], " ")
	if !strings.HasSuffix(before, "?") && !strings.HasSuffix(before, ".") {
		before += "?"
	}
	return before + " " + q.Text
}

// Led is the question behind the words of the last questions that say something.
func (q *Question) Led() string {
	var words []string
	for _, before := range slices.Backward(q.Before) {
		for _, t := range analysis.Tokenize(before) {
			if word := before[t.Start:t.End]; !analysis.IsStop(t.Word) && !slices.Contains(words, word) && len(words) < lentWords {
				words = append(words, word)
			}
		}
	}
	if len(words) == 0 {
		return q.Text
	}
	return strings.Join(words, " ") + ": " + q.Text
}
