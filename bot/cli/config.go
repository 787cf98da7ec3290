package cli

import (
	"fmt"
	"math"
	"path/filepath"

	"parley/bot/answer"
	"parley/corpus"
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
}

// CorpusConfig says what to read.
type CorpusConfig struct {
	Paths           []string `toml:"paths"`             // folders and files; relative ones count from the configuration file's folder
	MaxFileBytes    int64    `toml:"max_file_bytes"`    // of a .jsonl file
	MaxArticleBytes int64    `toml:"max_article_bytes"` // of any other file, or one line of a .jsonl
}

// RetrievalConfig weighs what a passage's score is made of.
type RetrievalConfig struct {
	Words        float64 `toml:"words"`          // weight of BM25 over word stems
	Grams        float64 `toml:"grams"`          // weight of BM25 over character 4-grams
	Vectors      float64 `toml:"vectors"`        // weight of the cosine of vectors; 0 builds none
	Dimensions   int     `toml:"dimensions"`     // of a vector
	HalfLifeDays float64 `toml:"half_life_days"` // age at which the recency prior has halved
}

// AnswerConfig says when to answer, and how much.
type AnswerConfig struct {
	Threshold    float64 `toml:"threshold"`     // confidence below which it abstains
	MaxSentences int     `toml:"max_sentences"` // of an answer
}

// Default is the configuration of a run without a file. Every value is the
// named constant of the package that uses it.
func Default() Config {
	return Config{
		Corpus:    CorpusConfig{Paths: []string{}, MaxFileBytes: corpus.DefaultMaxFileBytes, MaxArticleBytes: corpus.DefaultMaxArticleBytes},
		Retrieval: RetrievalConfig{Words: library.DefaultWords, Grams: library.DefaultGrams, Vectors: library.DefaultVectors, Dimensions: lsa.DefaultDims, HalfLifeDays: 30},
		Answer:    AnswerConfig{Threshold: answer.DefaultThreshold, MaxSentences: answer.DefaultMaxSentences},
	}
}

// problem is a value that cannot be, and what to write instead.
type problem struct {
	key, wrong, remedy string
}

// problems returns every value that cannot be.
func (c *Config) problems() []problem {
	var out []problem
	check := func(ok bool, key string, value any, remedy string) {
		if !ok {
			out = append(out, problem{key, fmt.Sprintf("cannot be %v", value), remedy})
		}
	}
	for _, p := range c.Corpus.Paths {
		check(p != "", "corpus.paths", `""`, "name a folder or a file, or leave the list empty for the built-in talks")
	}
	check(c.Corpus.MaxFileBytes > 0, "corpus.max_file_bytes", c.Corpus.MaxFileBytes, "give a number of bytes above 0")
	check(c.Corpus.MaxArticleBytes > 0, "corpus.max_article_bytes", c.Corpus.MaxArticleBytes, "give a number of bytes above 0")
	weight := func(key string, w float64) {
		check(w >= 0 && !math.IsInf(w, 0), key, w, "give a weight of 0 or more")
	}
	weight("retrieval.words", c.Retrieval.Words)
	weight("retrieval.grams", c.Retrieval.Grams)
	weight("retrieval.vectors", c.Retrieval.Vectors)
	none := c.Retrieval.Words == 0 && c.Retrieval.Grams == 0 && c.Retrieval.Vectors == 0
	check(!none, "retrieval.words", "0 beside grams and vectors of 0", "give at least one of the three a weight above 0")
	check(c.Retrieval.Dimensions >= 1, "retrieval.dimensions", c.Retrieval.Dimensions, "give a number of dimensions, 1 or more")
	h := c.Retrieval.HalfLifeDays
	check(h > 0 && !math.IsInf(h, 0), "retrieval.half_life_days", h, "give a number of days above 0")
	check(c.Answer.Threshold >= 0 && c.Answer.Threshold <= 1, "answer.threshold", c.Answer.Threshold, "give a probability from 0 to 1")
	check(c.Answer.MaxSentences >= 1, "answer.max_sentences", c.Answer.MaxSentences, "give a number of sentences, 1 or more")
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
