package quote

import (
	"slices"
	"testing"

	"parley/bot/answer"
)

// TestJoin guards that what two answers cite has one number, and that nothing is said
// twice.
func TestJoin(t *testing.T) {
	c := harbor(t)
	made := func(write func(w *Writer)) *answer.Answer {
		a := &answer.Answer{Confidence: .5}
		write(NewWriter(c, a))
		return a
	}
	nine, seven, five := answering(t, c, "nine hours"), answering(t, c, "seven hours"), answering(t, c, "five hours")
	a := made(func(w *Writer) { w.Sentence("", nine) })
	b := made(func(w *Writer) {
		w.Sentence("", seven, nine)
		w.Sentence("", nine)
	})
	b.Confidence, b.Note = .3, answer.ModelFailed
	a.Lead = answer.Yes
	d := made(func(w *Writer) {
		w.answer.Conflicts = append(w.answer.Conflicts, w.Conflict(answer.Figures, five, seven))
	})
	Join(a, b)
	Join(a, d)
	if problems := Verify(c, a); len(problems) > 0 {
		t.Error(problems)
	}
	var marks [][]int
	for _, claim := range a.Claims {
		marks = append(marks, claim.Citations)
	}
	if want := [][]int{{1}, {2, 1}, {3}, {2}}; !slices.EqualFunc(marks, want, slices.Equal) {
		t.Errorf("the claims cite %v, want %v", marks, want)
	}
	if got := a.Conflicts[0].Sides; !slices.Equal(got[0].Citations, []int{3}) || !slices.Equal(got[1].Citations, []int{2}) {
		t.Errorf("got sides %+v", got)
	}
	if a.Lead != "" || a.Note != answer.ModelFailed {
		t.Errorf("got lead %q and note %q, want none and that of the second", a.Lead, a.Note)
	}
	if a.Confidence != .3 {
		t.Errorf("got confidence %v, want that of the less sure one", a.Confidence)
	}
	if d.Citations[0].N != 1 || d.Conflicts[0].Sides[0].Citations[0] != 1 {
		t.Error("the second answer was changed")
	}
}

// TestJoinShapes guards how the claims of two answers are shown: in lines where those of
// either are, under nothing that was said of one alone.
func TestJoinShapes(t *testing.T) {
	of := func(shape answer.Shape, intro string, texts ...string) *answer.Answer {
		a := &answer.Answer{Shape: shape, Intro: intro}
		for i, text := range texts {
			a.Claims = append(a.Claims, answer.Claim{Text: text, Citations: []int{i + 1}})
			a.Citations = append(a.Citations, answer.Citation{N: i + 1, ArticleID: text})
		}
		return a
	}
	for _, tt := range []struct {
		name string
		a, b *answer.Answer
		want string
	}{
		{"prose", of("", "", "A."), of("", "", "B."), "A. [1] B. [2]"},
		{"lists of one", of(answer.List, "", "A."), of(answer.List, "", "B."), "A. [1] B. [2]"},
		{"one behind a list", of(answer.List, "Two.", "A.", "B."), of("", "", "C."), "Two.\n• A. [1]\n• B. [2]\n• C. [3]"},
		{"a list behind one", of("", "", "A."), of(answer.List, "Two.", "B.", "C."), "• A. [1]\n• Two. B. [2]\n• C. [3]"},
	} {
		if Join(tt.a, tt.b); Text(tt.a) != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, Text(tt.a), tt.want)
		}
	}
}
