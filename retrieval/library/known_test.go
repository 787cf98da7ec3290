package library

import (
	"context"
	"slices"
	"strings"
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

// TestOtherVectors: what an embedder gives is checked before it is used.
func TestOtherVectors(t *testing.T) {
	nan := float32(0)
	nan /= nan
	for name, vectors := range map[string][][]float32{
		"too few": {{1, 2}}, "too many": {{1, 2}, {1, 2}, {1, 2}}, "zero": {{1, 2}, {0, 0}}, "not a number": {{1, 2}, {1, nan}},
		"empty": {{1, 2}, {}}, "two lengths": {{1, 2}, {1, 2, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			e := &parrot{vectors: vectors}
			l := New(&memory{articles: retrievaltest.Articles(2)}, "", Options{Embedder: e})
			if rep := mustReload(t, l); rep.Snapshot.Degraded == nil || l.Vectors().Why != Unfit || l.Vectors().Missing != 2 {
				t.Errorf("got %v and %+v", rep.Snapshot.Degraded, l.Vectors())
			}
			e.vectors = [][]float32{{1, 2}, nil}
			mustRecover(t, l)
			if v := l.Vectors(); !v.Since.IsZero() {
				t.Errorf("got %+v", v)
			}
		})
	}
}

// parrot is an embedder that gives the same vectors to whatever it is asked.
type parrot struct{ vectors [][]float32 }

func (*parrot) Model() string { return "parrot" }

func (p *parrot) Embed(context.Context, retrieval.Role, []string) ([][]float32, error) {
	return p.vectors, nil
}

// TestAnotherLength: vectors of another length than before are refused, and those
// of before stay, because an endpoint can waver and vectors cost money. A file
// whose vectors the embedder no longer gives is dropped, though.
func TestAnotherLength(t *testing.T) {
	articles := retrievaltest.Articles(large)
	src, dir := &memory{articles: articles[5:]}, t.TempDir()
	e := retrievaltest.NewEmbedder("model", 32)
	l := New(src, dir, Options{Embedder: e})
	mustReload(t, l)
	e.Become(16)
	src.articles = articles
	rep := mustReload(t, l)
	checkDegraded(t, l, rep.Snapshot, 5, large)
	if v := l.Vectors(); v.Why != Unfit || !strings.Contains(v.Err.Error(), "it has 16 dimensions, those of before have 32") {
		t.Errorf("got %+v", v)
	}
	e.Become(32)
	e.Asked()
	mustRecover(t, l)
	asked(t, e, 5, 0)

	e.Become(16)
	t.Run("queries only", func(t *testing.T) {
		l := New(src, dir, Options{Embedder: e})
		if rep := mustReload(t, l); rep.State.Kind != Usable || rep.Snapshot.Degraded != nil {
			t.Fatalf("got %+v", rep)
		}
		before := ranks(t, l.Snapshot())
		if v := l.Vectors(); v.Why != Unfit || v.StandIn == "" || !strings.Contains(before, v.StandIn) {
			t.Errorf("got %+v and %s", v, before)
		}
		e.Asked()
		mustRecover(t, l)
		asked(t, e, large, 2) // tried before and after
		never(t, e)
		if after := ranks(t, l.Snapshot()); !l.Vectors().Since.IsZero() || strings.Contains(after, "lsa") {
			t.Errorf("got %+v and %s", l.Vectors(), after)
		}
	})
	t.Run("passages", func(t *testing.T) {
		e.Become(8)
		src.articles = append(slices.Clone(articles), corpus.Article{ID: "new", Title: "Something new", Body: "The harbor wakes."})
		l := New(src, dir, Options{Embedder: e})
		e.Asked()
		if rep := mustReload(t, l); rep.Snapshot.Degraded != nil {
			t.Errorf("got %v", rep.Snapshot.Degraded)
		}
		asked(t, e, large+1, 0)
		never(t, e)
	})
}
