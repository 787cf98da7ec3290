package openai_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/retrieval"
)

// BenchmarkStream is what an answer of 500 events costs on both sides of a
// connection: the time to the first piece, and all of it.
func BenchmarkStream(b *testing.B) {
	text := strings.Repeat("twelve runes", 500)
	s := openaitest.New(b, openaitest.Options{Chat: func(openaitest.Request) openaitest.Script { return openaitest.Script{Text: text} }})
	c, err := openai.New(openai.Options{BaseURL: s.URL(), Key: openai.NewSecret(s.Key()), ChatModel: s.ChatModel()})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	p := answer.Prompt{Messages: []answer.Turn{{Role: "user", Text: "hello"}}, MaxTokens: 2000}
	var first time.Duration
	for b.Loop() {
		began, runes := time.Now(), 0
		if _, err := c.Completer().Complete(b.Context(), p, func(piece string) error {
			if runes == 0 {
				first += time.Since(began)
			}
			runes += len(piece)
			return nil
		}); err != nil || runes != len(text) {
			b.Fatal(runes, err)
		}
	}
	b.ReportMetric(float64(first.Microseconds())/float64(b.N), "first-µs")
}

// BenchmarkEmbed is what 640 texts cost, ten requests of 64 vectors.
func BenchmarkEmbed(b *testing.B) {
	for _, encoding := range []struct {
		name   string
		faults []openaitest.Fault
	}{{"base64", nil}, {"floats", []openaitest.Fault{openaitest.OnlyFloats}}} {
		b.Run(encoding.name, func(b *testing.B) {
			s := openaitest.New(b, openaitest.Options{Dimensions: 1536, Faults: encoding.faults})
			c, err := openai.New(openai.Options{BaseURL: s.URL(), Key: openai.NewSecret(s.Key()), EmbeddingModel: s.EmbeddingModel()})
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close()
			texts := numbered(640)
			for b.Loop() {
				if _, err := c.Embedder().Embed(b.Context(), retrieval.Document, texts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
