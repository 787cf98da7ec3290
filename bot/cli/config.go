package cli

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"parley/bot"
	"parley/bot/answer/extract"
	"parley/bot/discord"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
)

// Config is everything that can be set, as config.example.toml lists it.
// Secrets are not part of it: they come from the environment.
type Config struct {
	Data      string          `toml:"data"` // folder of the snapshot; empty keeps none
	Corpus    CorpusConfig    `toml:"corpus"`
	Retrieval RetrievalConfig `toml:"retrieval"`
	Answer    AnswerConfig    `toml:"answer"`
	Bot       BotConfig       `toml:"bot"`
	Store     StoreConfig     `toml:"store"`
	Discord   DiscordConfig   `toml:"discord"`
	OpenAI    OpenAIConfig    `toml:"openai"`
	Watch     WatchConfig     `toml:"watch"`
}

// WatchConfig says where a running bot shows how it is.
type WatchConfig struct {
	Listen string `toml:"listen"` // address of /healthz, /readyz and /metrics; empty serves none
	Debug  bool   `toml:"debug"`  // /debug/pprof/, too
}

// DiscordConfig says how to reach Discord. The bot's token is not part of it.
type DiscordConfig struct {
	APIURL       string `toml:"api_url"`       // above /api/v10
	Shards       Shards `toml:"shards"`        // connections in all, over all processes
	ShardIDs     []int  `toml:"shard_ids"`     // those of this process, from 0; empty means all
	GraceSeconds int    `toml:"grace_seconds"` // for answers in flight when the process is to end
	Look         string `toml:"look"`          // of answers: components, classic
}

// Shards is a number of connections; 0, written "auto", is what Discord recommends.
type Shards int

// UnmarshalText reads a number, or "auto".
func (s *Shards) UnmarshalText(text []byte) error {
	if string(text) == "auto" {
		*s = 0
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 || n > mostShards {
		*s = -1 // problems says so, with the others
		return nil
	}
	*s = Shards(n)
	return nil
}

// mostShards is more than the largest bots have: Discord wants one for at most 2,500
// servers.
const mostShards = 100_000

// MarshalText writes what UnmarshalText reads.
func (s Shards) MarshalText() ([]byte, error) {
	if s == 0 {
		return []byte("auto"), nil
	}
	return []byte(strconv.Itoa(int(s))), nil
}

// RetrievalConfig weighs what a passage's score is made of.
type RetrievalConfig struct {
	Words        float64 `toml:"words"`          // weight of BM25 over word stems
	Grams        float64 `toml:"grams"`          // weight of BM25 over character 4-grams
	Vectors      float64 `toml:"vectors"`        // weight of the cosine of vectors fitted on the articles, where they are used; 0 builds none
	Neural       float64 `toml:"neural"`         // weight of the cosine of an encoder's or an embedding model's vectors; 0 asks for none
	Embedder     string  `toml:"embedder"`       // who makes those: one of the embedder constants
	Dimensions   int     `toml:"dimensions"`     // of a vector
	HalfLifeDays float64 `toml:"half_life_days"` // age at which the recency prior has halved
}

// Who makes vectors of passages.
const (
	embedderBuiltin  = "builtin"  // the encoder in the binary
	embedderLSA      = "lsa"      // none but those fitted on the articles
	embedderEndpoint = "endpoint" // openai.embedding_model
)

// AnswerConfig says when to answer, and how much.
type AnswerConfig struct {
	Threshold    float64 `toml:"threshold"`     // confidence below which it abstains
	MaxSentences int     `toml:"max_sentences"` // of an answer
}

// Default is the configuration of a run without a file. Every value is the
// named constant of the package that uses it.
func Default() Config {
	return Config{
		Corpus:    defaultCorpus(),
		Retrieval: RetrievalConfig{Words: library.DefaultWords, Grams: library.DefaultGrams, Vectors: library.DefaultVectors, Neural: library.DefaultNeural, Embedder: embedderBuiltin, Dimensions: lsa.DefaultDims, HalfLifeDays: 30},
		Answer:    AnswerConfig{Threshold: extract.DefaultThreshold, MaxSentences: extract.DefaultMaxSentences},
		Bot:       defaultBot(),
		Store:     StoreConfig{RetentionDays: int(bot.DefaultRetention / (24 * time.Hour))},
		Discord:   DiscordConfig{APIURL: discord.DefaultAPI, ShardIDs: []int{}, GraceSeconds: int(discord.DefaultGrace.Seconds()), Look: string(discord.Components)},
		OpenAI:    defaultOpenAI(),
	}
}

// problem is a value that cannot be, and what to write instead.
type problem struct {
	key, wrong, remedy string
}

// problems returns every value that cannot be.
func (c *Config) problems() []problem {
	out := c.Corpus.problems()
	check := func(ok bool, key string, value any, remedy string) {
		if !ok {
			out = append(out, problem{key, fmt.Sprintf("cannot be %v", value), remedy})
		}
	}
	for _, b := range c.bounds() {
		if p, wrong := b.problem(); wrong {
			out = append(out, p)
		}
	}
	none := c.Retrieval.Words == 0 && c.Retrieval.Grams == 0 && c.Retrieval.Vectors == 0
	check(!none, "retrieval.words", "0 beside grams and vectors of 0", "give at least one of the three a weight above 0")
	out = append(out, c.embedderProblems()...)
	out = append(out, c.Bot.problems()...)
	out = append(out, c.Watch.problems()...)
	out = append(out, c.Discord.problems()...)
	return append(out, c.OpenAI.problems()...)
}

// embedderProblems says what about retrieval.embedder cannot be.
func (c *Config) embedderProblems() []problem {
	const key = "retrieval.embedder"
	e, named := c.Retrieval.Embedder, c.OpenAI.EmbeddingModel != ""
	switch {
	case e != embedderBuiltin && e != embedderLSA && e != embedderEndpoint:
		return []problem{{key, fmt.Sprintf("cannot be %q", e), `write "builtin", "lsa" or "endpoint"`}}
	case e == embedderEndpoint && !named:
		return []problem{{key, `cannot be "endpoint" without openai.embedding_model`, "name the model, or write \"builtin\""}}
	case e != embedderEndpoint && named:
		return []problem{{key, fmt.Sprintf("cannot be %q beside openai.embedding_model", e), `write "endpoint" to use that model, or take its name away`}}
	}
	return nil
}

func (w *WatchConfig) problems() []problem {
	if w.Listen == "" {
		return nil
	}
	if _, port, err := net.SplitHostPort(w.Listen); err != nil || port == "" {
		return []problem{{"watch.listen", fmt.Sprintf("cannot be %q", w.Listen), "give an address and a port, such as 127.0.0.1:9464"}}
	}
	return nil
}

func (d *DiscordConfig) problems() []problem {
	var out []problem
	if u, err := url.Parse(d.APIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		out = append(out, problem{"discord.api_url", fmt.Sprintf("cannot be %q", d.APIURL), "give an address such as " + discord.DefaultAPI})
	}
	if d.Shards < 0 {
		out = append(out, problem{"discord.shards", "must be \"auto\" or a whole number from 1 to 100000", "write it like this: shards = \"auto\""})
	}
	for _, id := range d.ShardIDs {
		if id < 0 || d.Shards > 0 && id >= int(d.Shards) {
			out = append(out, problem{"discord.shard_ids", fmt.Sprintf("cannot have %d", id), "IDs count from 0 and are below the number of shards"})
		}
	}
	if len(d.ShardIDs) > 0 && d.Shards == 0 {
		out = append(out, problem{"discord.shard_ids", "cannot go with shards = \"auto\"", "give the number of shards that all processes have together"})
	}
	if look := discord.Look(d.Look); look != discord.Components && look != discord.Classic {
		out = append(out, problem{"discord.look", fmt.Sprintf("cannot be %q", d.Look), `write "components" or "classic"`})
	}
	return out
}

// resolve makes relative paths count from the folder of the configuration file.
func (c *Config) resolve(file string) {
	abs := func(p string) string {
		if p == "" || filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(filepath.Dir(file), p)
	}
	c.Data = abs(c.Data)
	for i, p := range c.Corpus.Paths {
		c.Corpus.Paths[i] = abs(p)
	}
}
