package openai_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/bot/openai/openaitest"
	"parley/retrieval"
)

// TestBadText: a text that a model cannot embed stays without a vector, alone, and
// it is said which; a batch of nothing else says no less.
func TestBadText(t *testing.T) {
	t.Parallel()
	for _, fault := range []openaitest.Fault{openaitest.BadText, openaitest.ZeroText, openaitest.NullText, openaitest.LongText} {
		for _, n := range []int{1, 2, 32, 70} {
			t.Run(fmt.Sprintf("%s of %d", fault, n), func(t *testing.T) {
				t.Parallel()
				s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{fault}})
				var l logs
				o := options(s)
				o.Log = l.logger()
				c := newClient(t, o)
				texts := numbered(n)
				bad := n * 2 / 3
				texts[bad] = strings.Repeat(openaitest.BadWord+" ", 64) // it stays too long however it is cut
				vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, texts)
				if err != nil {
					t.Fatal(err)
				}
				for i, vec := range vecs {
					if (vec == nil) != (i == bad) {
						t.Errorf("text %d: got a vector of %d dimensions", i, len(vec))
					}
				}
				state := c.State().Embeddings
				if !slices.ContainsFunc(state.Left, func(left string) bool { return strings.HasPrefix(left, openaitest.BadWord) }) || !strings.Contains(l.String(), openaitest.BadWord) {
					t.Errorf("it is not said which: %q, %s", state.Left, l.String())
				}
				if state.Breaker.Open {
					t.Error("the breaker has opened")
				}
				if got := s.Count(openaitest.Embeddings); got > 40 {
					t.Errorf("got %d requests", got)
				}
			})
		}
	}
}

// TestOneAtATime: an endpoint that takes single texts alone, and says so with an
// error of its own, is given single texts.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.OneText}})
	c := newClient(t, options(s))
	for i, want := range []int{30, 8} {
		before := s.Count(openaitest.Embeddings)
		texts := numbered(8 * (i + 1))[8*i:]
		vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, texts)
		if err != nil {
			t.Fatal(err)
		}
		checkVectors(t, texts, vecs)
		if got := s.Count(openaitest.Embeddings) - before; got > want {
			t.Errorf("call %d: got %d requests", i, got)
		}
	}
}

// TestIllIsNoText: an endpoint that fails and comes back leaves no text without a
// vector for it.
func TestIllIsNoText(t *testing.T) {
	t.Parallel()
	for _, times := range []int{1, 2, 1000} {
		s := openaitest.New(t, openaitest.Options{})
		s.Fail(openaitest.Failure{Fault: openaitest.InternalError, Times: times})
		texts := numbered(8)
		vecs, err := newClient(t, options(s)).Embedder().Embed(t.Context(), retrieval.Document, texts)
		if (err != nil) != (times == 1000) {
			t.Errorf("%d times: got %v", times, err)
		}
		if err == nil {
			checkVectors(t, texts, vecs)
		}
		if got := s.Count(openaitest.Embeddings); got > 5 {
			t.Errorf("%d times: got %d requests", times, got)
		}
	}
}
