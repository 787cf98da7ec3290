package retrievaltest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"parley/retrieval"
)

var _ retrieval.Reader = (*Reader)(nil)

// Reader is a [retrieval.Reader] made of an [Embedder]. It takes down which sentences
// it is given.
type Reader struct {
	*Embedder

	mu   sync.Mutex
	read []string
	err  error
}

// NewReader returns a reader that works.
func NewReader(name string, dims int) *Reader {
	return &Reader{Embedder: NewEmbedder(name, dims)}
}

// EmbedSentences adds up a direction for each word of a sentence and its title.
func (e *Reader) EmbedSentences(ctx context.Context, sentences []retrieval.SentenceText) ([]retrieval.SentenceVector, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil || ctx.Err() != nil {
		return nil, firstOf(e.err, ctx.Err())
	}
	out := make([]retrieval.SentenceVector, len(sentences))
	for i, s := range sentences {
		e.read = append(e.read, s.Text)
		vec := e.vector(s.Title + " " + s.Text)
		if vec == nil {
			vec = make([]float32, e.dims)
		}
		out[i] = retrieval.NewSentenceVector(vec)
	}
	return out, nil
}

// EmbedQuestion does the same for a question.
func (e *Reader) EmbedQuestion(ctx context.Context, question string) ([]float32, error) {
	vecs, err := e.Embed(ctx, retrieval.QueryText, []string{question})
	if err != nil {
		return nil, err
	}
	return vecs[0], nil
}

// FailSentences makes embedding sentences fail; nil makes it work again.
func (e *Reader) FailSentences(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.err = err
}

// Read returns the sentences embedded since it was called last.
func (e *Reader) Read() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := e.read
	e.read = nil
	return out
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// ReaderContract checks what every [retrieval.Reader] promises.
func ReaderContract(t *testing.T, e retrieval.Reader) {
	t.Helper()
	texts := []retrieval.SentenceText{
		{Title: "topicaworda", Text: "topicaworda topicawordb"}, {Text: "topicbworda topicbwordb"}, {Title: "topicbworda", Text: "topicbworda topicbwordb"}, {},
	}
	all, err := e.EmbedSentences(t.Context(), texts)
	if err != nil || len(all) != len(texts) {
		t.Fatalf("got %d vectors for %d sentences and error %v", len(all), len(texts), err)
	}
	for i := range texts {
		alone, err := e.EmbedSentences(t.Context(), texts[i:i+1])
		if err != nil || len(alone) != 1 || alone[0].Scale != all[i].Scale || !slices.Equal(alone[0].Bytes, all[i].Bytes) {
			t.Errorf("sentence %d: the vector depends on the sentences beside it, or %v", i, err)
		}
		if len(all[i].Bytes) != len(all[0].Bytes) {
			t.Errorf("sentence %d: got %d dimensions, want %d", i, len(all[i].Bytes), len(all[0].Bytes))
		}
	}
	asked, err := e.EmbedQuestion(t.Context(), "topicbworda")
	if err != nil || len(asked) != len(all[0].Bytes) {
		t.Fatalf("got a question of %d dimensions and error %v, want those of sentences", len(asked), err)
	}
	if none, err := e.EmbedSentences(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("no sentences: got %d vectors and error %v", len(none), err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.EmbedSentences(gone, texts); err == nil {
		t.Error("cancelled: got no error")
	}
}
