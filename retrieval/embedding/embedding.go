// Package embedding makes the vectors that search and reading go by with the
// encoder in the binary: of passages, of sentences, of questions.
//
// A sentence's vector does not depend on a question, so it is made once and kept;
// a question costs one short text for each of the two.
package embedding

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"parley/retrieval"
	"parley/retrieval/encoder"
)

var (
	_ retrieval.Embedder = (*Embedder)(nil)
	_ retrieval.Reader   = (*Embedder)(nil)
)

// titleRunes is how much of a title a sentence is read under: as much as any
// headline has, so that a title that is none does not crowd the sentence out.
const titleRunes = 160

// Embedder embeds with an encoder. It is immutable and safe for concurrent use.
type Embedder struct{ model *encoder.Model }

// New returns an embedder with some encoder.
func New(m *encoder.Model) *Embedder { return &Embedder{m} }

// Builtin returns an embedder with the encoder in the binary.
func Builtin() (*Embedder, error) {
	m, err := encoder.Builtin()
	if err != nil {
		return nil, fmt.Errorf("open built-in encoder: %w", err)
	}
	return New(m), nil
}

// Model names the encoder and the content of its weights.
func (e *Embedder) Model() string { return e.model.Identity() }

// Embed returns the vectors of texts for search, of length 1; nil for a text
// without a letter or digit. Of a text with more tokens than the encoder reads,
// some 350 words, they are those of its beginning.
func (e *Embedder) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	lead := e.model.Config().Passage
	if role == retrieval.QueryText {
		lead = e.model.Config().Query
	}
	in := make([]string, len(texts))
	for i, t := range texts {
		in[i] = lead + t
	}
	out, err := e.model.Encode(ctx, in)
	if err != nil {
		return nil, err
	}
	for i, t := range texts {
		if !strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			out[i] = nil
		}
	}
	return out, nil
}

// EmbedSentences returns the vectors of sentences, each read under its title.
func (e *Embedder) EmbedSentences(ctx context.Context, sentences []retrieval.SentenceText) ([]retrieval.SentenceVector, error) {
	in := make([]string, len(sentences))
	for i, s := range sentences {
		in[i] = e.model.Config().Sentence
		if s.Title != "" {
			in[i] += cut(s.Title) + ": "
		}
		in[i] += s.Text
	}
	found, err := e.model.Encode(ctx, in)
	if err != nil {
		return nil, err
	}
	out := make([]retrieval.SentenceVector, len(sentences))
	for i, vec := range found {
		out[i] = retrieval.NewSentenceVector(vec)
	}
	return out, nil
}

// EmbedQuestion returns a question's vector, of length 1, to compare with those of
// sentences.
func (e *Embedder) EmbedQuestion(ctx context.Context, question string) ([]float32, error) {
	found, err := e.model.Encode(ctx, []string{e.model.Config().Question + question})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// cut shortens a title to [titleRunes].
func cut(title string) string {
	n := 0
	for at := range title {
		if n++; n > titleRunes {
			return title[:at]
		}
	}
	return title
}
