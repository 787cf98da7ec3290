package lexical

import (
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/lexicon"
	"parley/retrieval/retrievaltest"
)

// TestOptions: each number acts on what it says, and none means the defaults.
func TestOptions(t *testing.T) {
	if got := (Options{}).orDefault(); got != Defaults() {
		t.Errorf("the zero value: got %+v", got)
	}
	lex, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	fwd := retrievaltest.Analyze(t, corpus.Article{ID: "a", Body: "The talks took long. People begin, commence and originate: put that in its place."})
	terms := func(text string, change func(*Options)) map[string]retrieval.Term {
		opts := Defaults()
		change(&opts)
		out := map[string]retrieval.Term{}
		for _, term := range New(fwd, lex, opts).Parse(retrieval.Query{Text: text}).Terms {
			out[term.Word] = term
		}
		return out
	}
	got := terms("How long did the talks take?", func(o *Options) { o.Degree = 0.5 })
	if len(got) != 3 || got["long"].Boost != 0.5 || got["take"].Boost != 0.5 || got["talks"].Boost != 1 {
		t.Errorf("degree .5: got %+v", got)
	}
	if got := terms("How long did the talks take?", func(*Options) {}); len(got) != 1 || got["talks"].Boost != 1 {
		t.Errorf("no degree: got %+v", got)
	}
	got = terms("Put it where people put talks", func(o *Options) { o.Light = 0.3 })
	if got["put"].Boost != 0.3 || !got["put"].Light || got["talks"].Boost != 1 || got["talks"].Light {
		t.Errorf("a light word said twice: got %+v", got)
	}
	for most := range 3 {
		if got := terms("start", func(o *Options) { o.MaxRelations, o.MinRelation = most, 0.01 })["start"]; len(got.Variants) != most {
			t.Errorf("%d relations at most: got %+v", most, got.Variants)
		}
	}
	if got := terms("start", func(o *Options) { o.MinRelation = 1.1 })["start"]; len(got.Variants) > 0 {
		t.Errorf("relations above 1: got %+v", got.Variants)
	}
}

// TestOptionsFields: a field that counts nothing finds nothing.
func TestOptionsFields(t *testing.T) {
	fwd := retrievaltest.Analyze(t, corpus.Article{ID: "a", Title: "Ferries", Publisher: "The Gazette", Body: "All is late."})
	find := func(word string, opts Options) int {
		ix := New(fwd, nil, opts)
		found, err := ix.Words().Rank(t.Context(), ix.Parse(retrieval.Query{Text: word}), 10)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range found {
			if f.Score > 0 {
				n++
			}
		}
		return n
	}
	title, publisher := Defaults(), Defaults()
	title.Title, publisher.Publisher = 0, 0
	for _, tt := range []struct {
		word string
		opts Options
	}{{"ferries", title}, {"gazette", publisher}} {
		if with, without := find(tt.word, Defaults()), find(tt.word, tt.opts); with != 1 || without != 0 {
			t.Errorf("%s: got %d passages with its field and %d without, want 1 and 0", tt.word, with, without)
		}
	}
}
