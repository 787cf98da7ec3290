package answer

import (
	"testing"

	"parley/retrieval"
	"parley/retrieval/wordvec"
)

// likenessOf returns how like a word of an engine's corpus is to the only term
// of a question.
func likenessOf(t *testing.T, e *Engine, term retrieval.Term, word string) float32 {
	t.Helper()
	l := e.likeness([]retrieval.Term{term})
	for i := range e.fwd.Words {
		if e.fwd.Words[i].Text != word {
			continue
		}
		first := l.row(int32(i))
		again := l.row(int32(i)) // from what is remembered
		if first == nil {
			if again != nil {
				t.Errorf("%q: got nothing, then %v", word, again)
			}
			return 0
		}
		if len(first) != 1 || again[0] != first[0] {
			t.Errorf("%q: got %v, then %v", word, first, again)
		}
		return first[0]
	}
	t.Fatalf("no word %q", word)
	return 0
}

// pureVectors is an engine that has vectors and no lexicon.
func pureVectors(t *testing.T, text string) *Engine {
	t.Helper()
	e := newEngine(t, briefs(text), Options{})
	return New(e.search, Options{Vectors: e.opts.Vectors})
}

func TestLikeness(t *testing.T) {
	e := pureVectors(t, "The meeting ended with an agreement about onions, and Geneva was far away.")
	tests := []struct {
		name        string
		term        retrieval.Term
		word        string
		least, most float32
	}{
		{"used alike", retrieval.Term{Word: "talks"}, "meeting", 0.3, 0.9},
		{"used alike, another pair", retrieval.Term{Word: "deal"}, "agreement", 0.3, 0.9},
		{"the word itself", retrieval.Term{Word: "agreement"}, "agreement", 0.99, 1},
		{"not alike", retrieval.Term{Word: "deal"}, "onions", 0, 0},
		{"a name has no vector", retrieval.Term{Word: "geneva", Upper: true}, "geneva", 0, 0},
		{"without the capital it has", retrieval.Term{Word: "geneva"}, "geneva", 0.99, 1},
		{"a word without a vector", retrieval.Term{Word: "xyzzyx"}, "meeting", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := likenessOf(t, e, tt.term, tt.word); got < tt.least || got > tt.most {
				t.Errorf("%s to %s: got %v, want %v to %v", tt.word, tt.term.Word, got, tt.least, tt.most)
			}
		})
	}
}

// TestLikenessAtMostOne guards that no word counts more than the word asked for,
// though its vector times itself may be a little over one.
func TestLikenessAtMostOne(t *testing.T) {
	e := pureVectors(t, "talks vessel moscow ship meeting doctor bill train")
	over := 0
	for i := range e.fwd.Words {
		w := e.fwd.Words[i].Text
		v := make([]float32, wordvec.Dims)
		e.opts.Vectors.Add(v, e.rows[i], 1)
		if e.opts.Vectors.Dot(e.rows[i], v) > 1 {
			over++
		}
		if got := likenessOf(t, e, retrieval.Term{Word: w}, w); got > 1 || got < 0.99 {
			t.Errorf("%s to itself: got %v, want 1", w, got)
		}
	}
	if over == 0 {
		t.Error("no word's vector is over one: the test guards nothing")
	}
}

// TestLikenessBest guards that a word that both sources relate has the better of both.
func TestLikenessBest(t *testing.T) {
	both := newEngine(t, briefs("The vessel sank in great peril; a commencement, an automobile and a quarrel."), Options{})
	vectors := New(both.search, Options{Vectors: both.opts.Vectors})
	words := New(both.search, Options{Lexicon: both.opts.Lexicon})
	neither := New(both.search, Options{})
	var byUse, byMeaning int
	for word, asked := range map[string]string{"vessel": "ship", "peril": "danger", "commencement": "beginning", "automobile": "car", "quarrel": "dispute"} {
		term := retrieval.Term{Word: asked}
		v, w := likenessOf(t, vectors, term, word), likenessOf(t, words, term, word)
		if got := likenessOf(t, both, term, word); got != max(v, w) || w > related {
			t.Errorf("%s to %s: got %v of %v by use and %v by meaning", word, asked, got, v, w)
		}
		if got := likenessOf(t, neither, term, word); got != 0 {
			t.Errorf("%s to %s: got %v of nothing", word, asked, got)
		}
		if v > w && w > 0 {
			byUse++
		} else if w > v && v > 0 {
			byMeaning++
		}
	}
	if byUse == 0 || byMeaning == 0 {
		t.Errorf("%d words are closer by use and %d by meaning: the test needs both", byUse, byMeaning)
	}
}

// TestAnswerByUse guards that a sentence is found by a word used like the question's.
func TestAnswerByUse(t *testing.T) {
	e := newEngine(t, briefs("The carpenter was paid 300 crowns. The pilot was paid 400 crowns. The physician was paid 500 crowns.", "Nothing happened."), Options{})
	const question = "What was the surgeon paid?"
	want := sentenceWith(t, e, "physician")
	if got := gathered(t, New(e.search, Options{Vectors: e.opts.Vectors}), Question{Text: question}).candidates[0].sentence; got != want {
		t.Errorf("got %s, want the physician", e.fwd.Corpus.SentenceText(got))
	}
	if got := gathered(t, New(e.search, Options{}), Question{Text: question}).candidates[0].sentence; got == want {
		t.Error("the physician is found without vectors: the test guards nothing")
	}
}
