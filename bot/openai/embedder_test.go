package openai_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

func TestEmbedderContract(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	retrievaltest.EmbedderContract(t, newClient(t, o).Embedder())
	o.DocumentPrefix, o.QueryPrefix, o.Dimensions, o.BatchTexts = "search_document: ", "search_query: ", 32, 2
	retrievaltest.EmbedderContract(t, newClient(t, o).Embedder())
}

func numbered(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("text %d of many", i)
	}
	return texts
}

func TestEmbedBatches(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{})
	s.Fail(openaitest.Failure{Fault: openaitest.Shuffled})
	s.Fail(openaitest.Failure{Fault: openaitest.Slow, Wait: 5 * time.Millisecond})
	o := options(s)
	o.BatchTexts, o.BatchTokens, o.Parallel = 10, 40, 3
	c := newClient(t, o)
	texts := numbered(95)
	texts[50] = strings.Repeat("long ", 50) // 63 tokens: more than a batch holds
	vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	texts[50] = texts[50][:160]
	checkVectors(t, texts, vecs)
	if got := s.Peak(openaitest.Embeddings); got != 2 { // one slot is kept for queries
		t.Errorf("got %d requests in flight, want 2", got)
	}
	for _, r := range s.Requests() {
		tokens := 0
		for _, text := range r.Input {
			tokens += (utf8.RuneCountInString(text) + 3) / 4
		}
		if len(r.Input) > 10 || tokens > 40 {
			t.Errorf("a batch has %d texts and about %d tokens", len(r.Input), tokens)
		}
	}
}

// TestEmbedAllOrNothing: one batch that fails fails all, and ends the others.
func TestEmbedAllOrNothing(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{})
	s.Fail(openaitest.Failure{Fault: openaitest.BrokenJSON, After: 3, Times: 1})
	o := options(s)
	o.BatchTexts = 5
	c := newClient(t, o)
	vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, numbered(500))
	if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindProtocol || vecs != nil {
		t.Errorf("got %d vectors and %v", len(vecs), err)
	}
	if got := s.Count(openaitest.Embeddings); got > 50 {
		t.Errorf("got %d requests after a failure in the fourth", got)
	}
	// The others were cancelled: that says nothing about the endpoint.
	if c.State().Embeddings.Breaker.Open {
		t.Error("one failure has opened the breaker")
	}
}

func TestPrefixesAndCutting(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	var l logs
	o := options(s)
	o.DocumentPrefix, o.QueryPrefix, o.InputTokens, o.Log = "search_document: ", "search_query: ", 10, l.logger()
	c := newClient(t, o)
	if _, err := c.Embedder().Embed(t.Context(), retrieval.Document, []string{"short", "a text that is far too long for ten tokens of four"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Embedder().Embed(t.Context(), retrieval.QueryText, []string{"Кремль"}); err != nil {
		t.Fatal(err)
	}
	r := s.Requests()
	if got, want := r[0].Input, []string{"search_document: short", "search_document: a text that is far too "}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := r[1].Input, []string{"search_query: Кремль"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !strings.Contains(l.String(), "is cut") {
		t.Error("nothing is logged of a text that was cut")
	}
}

// TestBatchSize: how many texts an endpoint takes is found out once, and one text
// that is too long for it says nothing about that.
func TestBatchSize(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.TooManyTexts}})
	c := newClient(t, options(s))
	embed := func(texts []string) int {
		t.Helper()
		before := s.Count(openaitest.Embeddings)
		vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, texts)
		if err != nil {
			t.Fatal(err)
		}
		checkVectors(t, texts, vecs)
		return s.Count(openaitest.Embeddings) - before
	}
	if got := embed(numbered(7)); got != 3 { // 7 refused, 4, 3
		t.Errorf("the first time: got %d requests", got)
	}
	if got := embed(numbered(16)); got != 4 {
		t.Errorf("the second time: got %d requests, want 4 of 4", got)
	}

	s = openaitest.New(t, openaitest.Options{})
	c = newClient(t, options(s))
	s.Fail(openaitest.Failure{Fault: openaitest.TooLongVLLM, Times: 4}) // 8, 4, 2, 1
	if _, err := c.Embedder().Embed(t.Context(), retrieval.Document, numbered(8)); err != nil {
		t.Fatal(err)
	}
	if got := embed(numbered(8)); got != 1 {
		t.Errorf("after a text that was too long: got %d requests", got)
	}
}

// TestTooLongAlone: a text that the endpoint finds too long is halved by runes.
func TestTooLongAlone(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	s.Fail(openaitest.Failure{Fault: openaitest.TooLongLlamaCPP, Times: 2})
	c := newClient(t, options(s))
	vecs, err := c.Embedder().Embed(t.Context(), retrieval.QueryText, []string{strings.Repeat("ъ", 400)})
	if err != nil || len(vecs) != 1 {
		t.Fatalf("got %v, %v", vecs, err)
	}
	var sizes []int
	for _, r := range s.Requests() {
		sizes = append(sizes, utf8.RuneCountInString(r.Input[0]))
	}
	if !slices.Equal(sizes, []int{400, 200, 100}) {
		t.Errorf("got texts of %d runes", sizes)
	}
}

func TestModelName(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	names := map[string]bool{}
	for _, change := range []func(*openai.Options){
		func(*openai.Options) {},
		func(o *openai.Options) { o.EmbeddingModel = "another" },
		func(o *openai.Options) { o.Dimensions = 32 },
		func(o *openai.Options) { o.DocumentPrefix = "d: " },
		func(o *openai.Options) { o.QueryPrefix = "d: " },
	} {
		o := options(s)
		change(&o)
		names[newClient(t, o).Embedder().Model()] = true
	}
	if len(names) != 5 {
		t.Errorf("got %v for five different ones", names)
	}
}

func TestQueryCache(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.CachedQueries = 2
	e := newClient(t, o).Embedder()
	embed := func(role retrieval.Role, texts ...string) [][]float32 {
		t.Helper()
		vecs, err := e.Embed(t.Context(), role, texts)
		if err != nil {
			t.Fatal(err)
		}
		return vecs
	}
	asked := func(want int, what string) {
		t.Helper()
		if got := s.Count(openaitest.Embeddings); got != want {
			t.Errorf("%s: got %d requests, want %d", what, got, want)
		}
	}
	first := embed(retrieval.QueryText, "a")
	want := slices.Clone(first[0])
	clear(first[0]) // what a caller does with a vector is its own affair
	if got := embed(retrieval.QueryText, "a"); !slices.Equal(got[0], want) {
		t.Errorf("got %v from the cache, want %v", got[0], want)
	}
	asked(1, "the same query again")
	embed(retrieval.Document, "a")
	asked(2, "the same text as a document")
	embed(retrieval.QueryText, "b", "a")
	asked(3, "one of two is known")
	if got := s.Requests()[2].Input; !slices.Equal(got, []string{"b"}) {
		t.Errorf("got request for %q", got)
	}
	embed(retrieval.QueryText, "a")
	asked(3, "a known one")
	embed(retrieval.QueryText, "c") // b, the one used longest ago, goes
	asked(4, "a new one")
	embed(retrieval.QueryText, "a", "c")
	asked(4, "the two used last")
}

func TestDimensions(t *testing.T) {
	tests := []struct {
		name   string
		dims   int
		faults []openaitest.Fault
		detail string // of the error
		tries  int
	}{
		{"as configured", 32, nil, "", 1},
		{"ignored", 32, []openaitest.Fault{openaitest.WrongDimensions}, "a vector has 16 dimensions instead of 32", 1},
		{"refused, and other ones", 32, []openaitest.Fault{openaitest.NoDimensions}, "a vector has 64 dimensions instead of 32", 2},
		{"refused, and the same", 64, []openaitest.Fault{openaitest.NoDimensions}, "", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openaitest.New(t, openaitest.Options{Faults: tt.faults})
			o := options(s)
			o.Dimensions = tt.dims
			c := newClient(t, o)
			vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, []string{"a"})
			switch {
			case tt.detail == "" && (err != nil || len(vecs[0]) != tt.dims):
				t.Errorf("got %v, %v", vecs, err)
			case tt.detail != "" && (err == nil || !strings.Contains(err.Error(), tt.detail)):
				t.Errorf("got error %v, want %q in it", err, tt.detail)
			}
			if got := s.Count(openaitest.Embeddings); got != tt.tries {
				t.Errorf("got %d requests, want %d", got, tt.tries)
			}
			_, _ = c.Embedder().Embed(t.Context(), retrieval.Document, []string{"b"})
			if got := s.Count(openaitest.Embeddings); got != tt.tries+1 {
				t.Errorf("the second time: got %d requests, want what was refused to be remembered", got-tt.tries)
			}
		})
	}
	t.Run("change under way", func(t *testing.T) {
		s := openaitest.New(t, openaitest.Options{})
		c := newClient(t, options(s))
		if _, err := c.Embedder().Embed(t.Context(), retrieval.Document, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		s.Fail(openaitest.Failure{Fault: openaitest.WrongDimensions})
		if _, err := c.Embedder().Embed(t.Context(), retrieval.Document, []string{"b"}); err == nil {
			t.Error("vectors of another length than before were let through")
		}
	})
}

// TestHedge: a query that takes longer than most is asked a second time, once,
// and within the budget; articles never are.
func TestHedge(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.RetryFloor, o.CachedQueries = 2, -1
	c := newClient(t, o)
	embed := func(role retrieval.Role) time.Duration {
		t.Helper()
		began := time.Now()
		vecs, err := c.Embedder().Embed(t.Context(), role, []string{"a query"})
		if err != nil {
			t.Fatal(err)
		}
		checkVectors(t, []string{"a query"}, vecs)
		return time.Since(began)
	}
	const before = 30
	for range before {
		embed(retrieval.QueryText)
	}
	extra := s.Count(openaitest.Embeddings) - before // a busy machine may have made one late
	const late = 400 * time.Millisecond
	s.Fail(openaitest.Failure{Fault: openaitest.Slow, Wait: late, Times: 1})
	if took := embed(retrieval.QueryText); took > late/2 {
		t.Errorf("a late answer: took %v", took)
	}
	if got := s.Count(openaitest.Embeddings) - before - extra; got != 2 {
		t.Errorf("a late answer: got %d requests", got)
	}
	s.Fail(openaitest.Failure{Fault: openaitest.Slow, Wait: late, Times: 1})
	heard := s.Count(openaitest.Embeddings)
	if took := embed(retrieval.Document); took < late || s.Count(openaitest.Embeddings) != heard+1 {
		t.Errorf("an article: took %v and %d requests", took, s.Count(openaitest.Embeddings)-heard)
	}
	s.Fail(openaitest.Failure{Fault: openaitest.Slow, Wait: 60 * time.Millisecond})
	heard = s.Count(openaitest.Embeddings)
	for range 10 {
		embed(retrieval.QueryText)
	}
	// 42 requests in this minute allow 8 more, of which at least one is used.
	if got := s.Count(openaitest.Embeddings) - heard; got > 10+8 {
		t.Errorf("all late: got %d requests for 10 queries", got)
	}
}

// TestQueriesPassArticles: a query does not wait for an index that is built.
func TestQueriesPassArticles(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	s.Fail(openaitest.Failure{Fault: openaitest.Slow, Wait: 100 * time.Millisecond})
	o := options(s)
	o.Parallel, o.BatchTexts = 2, 1
	c := newClient(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = c.Embedder().Embed(ctx, retrieval.Document, numbered(100)) })
	for s.Flying() == 0 {
		time.Sleep(time.Millisecond)
	}
	began := time.Now()
	if _, err := c.Embedder().Embed(t.Context(), retrieval.QueryText, []string{"a query"}); err != nil || time.Since(began) > 300*time.Millisecond {
		t.Errorf("a query beside 100 articles: %v after %v", err, time.Since(began))
	}
	cancel()
	wg.Wait()
}
