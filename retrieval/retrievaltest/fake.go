package retrievaltest

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"parley/retrieval"
)

var _ retrieval.Embedder = (*Embedder)(nil)

// Embedder is an embedder that can be made to fail, to hang and to become another,
// and that takes down what it is asked. Texts that share words have vectors that
// are close. It is safe for concurrent use.
type Embedder struct {
	name string

	mu        sync.Mutex
	dims      int
	err       error
	left      int // documents that it still embeds; negative for any number
	hanging   chan struct{}
	documents []string
	queries   []string
	given     map[string]int // by document, how often it got a vector of the present length
}

// NewEmbedder returns an embedder that works.
func NewEmbedder(name string, dims int) *Embedder {
	return &Embedder{name: name, dims: dims, left: -1, given: map[string]int{}}
}

// Model is the name.
func (e *Embedder) Model() string { return e.name }

// Embed adds up a direction for each word. A text without words has no vector.
func (e *Embedder) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	hanging, err := e.ask(role, texts)
	if hanging != nil {
		select {
		case <-hanging:
		case <-ctx.Done():
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([][]float32, len(texts))
	for i, text := range texts {
		out[i] = e.vector(text)
		if role == retrieval.Document {
			e.given[text]++
		}
	}
	return out, nil
}

// ask takes a request down and says what is to become of it.
func (e *Embedder) ask(role retrieval.Role, texts []string) (hanging chan struct{}, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if role == retrieval.QueryText {
		e.queries = append(e.queries, texts...)
		return e.hanging, e.err
	}
	e.documents = append(e.documents, texts...)
	if e.left < 0 || e.err != nil {
		return e.hanging, e.err
	}
	if e.left -= len(texts); e.left < 0 {
		e.err = errors.New("the endpoint is down")
	}
	return e.hanging, e.err
}

func (e *Embedder) vector(text string) []float32 {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || e.dims == 0 {
		return nil
	}
	vec := make([]float32, e.dims)
	for _, word := range words {
		h := fnv.New32a()
		_, _ = h.Write([]byte(strings.Trim(word, ".,?!"))) // a hash never fails
		vec[h.Sum32()%uint32(e.dims)]++
	}
	return vec
}

// Fail makes it fail from now on; nil makes it work again.
func (e *Embedder) Fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.err, e.left = err, -1
}

// FailAfter makes it fail with the request in which it has been asked for more
// than n documents from now on, and ever after.
func (e *Embedder) FailAfter(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.left = n
}

// Hang makes it wait from now on until it is released or the context ends.
func (e *Embedder) Hang() (release func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	hanging := make(chan struct{})
	e.hanging = hanging
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.hanging == hanging {
			e.hanging = nil
			close(hanging)
		}
	}
}

// Become makes its vectors those of another length from now on; what it gave
// before no longer counts as repeated.
func (e *Embedder) Become(dims int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.dims, e.given = dims, map[string]int{}
}

// Asked are the documents and the queries that it was asked for since the last call.
func (e *Embedder) Asked() (documents, queries []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	documents, queries = e.documents, e.queries
	e.documents, e.queries = nil, nil
	return documents, queries
}

// Repeated are the documents that it gave a vector more than once, sorted.
func (e *Embedder) Repeated() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []string
	for text, n := range e.given {
		if n > 1 {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}
