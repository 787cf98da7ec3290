package answer

import (
	"math"
	"testing"
)

func TestSubject(t *testing.T) {
	e := strikeEngine(t)
	tests := []struct{ question, want string }{
		{"How long did Mara Quill speak at the gate?", "mara"},
		{"How long did the strike at Port Ellery last?", "ellery"},
		{"how long did mara quill speak?", "quill"}, // the articles write it with a capital
		{"how many passengers slept?", ""},
		{"How long did Zyxelia wait in Sandmouth?", "zyxelia"}, // unknown names weigh most
		{"How many of the 1,400 workers left?", ""},
		{"", ""},
	}
	for _, tt := range tests {
		ev := gathered(t, e, Question{Text: tt.question})
		got := ""
		if i := e.subject(ev); i >= 0 {
			got = ev.terms[i].Word
		}
		same := got == tt.want
		if tt.want == "mara" || tt.want == "quill" { // they weigh about the same
			same = got == "mara" || got == "quill"
		}
		if !same {
			t.Errorf("%q: got %q, want %q", tt.question, got, tt.want)
		}
	}
}

// TestSubjectIsNoContext guards that a name of an earlier question is not what
// this one is about.
func TestSubjectIsNoContext(t *testing.T) {
	e := strikeEngine(t)
	ev := gathered(t, e, Question{Text: "And how long?", History: []Turn{{"user", "Did Mara Quill speak at the gate?"}}})
	if i := e.subject(ev); i >= 0 {
		t.Errorf("got %q, want none", ev.terms[i].Word)
	}
}

// signalsOf are the signals of a question.
func signalsOf(t *testing.T, e *Engine, question string) [nSignals]float64 {
	t.Helper()
	return e.signals(gathered(t, e, Question{Text: question}))
}

// TestQuantityOfSubject guards that a quantity counts only where it is said of
// what the question names.
func TestQuantityOfSubject(t *testing.T) {
	e := newEngine(t, briefs("The Lantern has 12 cabins. It is blue.", "The Meridian is a ferry. It is green. It is old. It is loud.", "Nothing happened."), Options{})
	if got := signalsOf(t, e, "How many cabins does the Lantern have?")[sQuantity]; got != 0 {
		t.Errorf("the Lantern: got %v, want a quantity", got)
	}
	if got := signalsOf(t, e, "How many cabins does the Meridian have?")[sQuantity]; got != 1 {
		t.Errorf("the Meridian: got %v, want no quantity: the cabins are the Lantern's", got)
	}
}

// TestLooseTime guards that a time that is not of the kind asked for counts half.
func TestLooseTime(t *testing.T) {
	e := newEngine(t, briefs("The bridge opened on a Monday.", "Nothing happened."), Options{})
	for question, want := range map[string]float64{"On what date did the bridge open?": 0.5, "At what time did the bridge open?": 0.5, "When did the bridge open?": 0} {
		s := signalsOf(t, e, question)
		if s[sTime] != want || s[sLoose] != 0 {
			t.Errorf("%q: got time %v and loose %v, want %v and 0", question, s[sTime], s[sLoose], want)
		}
	}
}

// TestUnknownShare guards that a name that the articles do not have counts by its
// share of the question.
func TestUnknownShare(t *testing.T) {
	e := strikeEngine(t)
	none := signalsOf(t, e, "Who leads the Dockers League?")[sUnknown]
	beside := signalsOf(t, e, "Who leads the Dockers League at Port Ellery in Vrbovsko?")[sUnknown]
	mostly := signalsOf(t, e, "Who leads Vrbovsko?")[sUnknown]
	two := signalsOf(t, e, "Who leads the Dockers League at Port Ellery in Vrbovsko and Xanthippe?")[sUnknown]
	if none != 0 || beside <= 0 || mostly <= beside || mostly >= 1 || two <= beside {
		t.Errorf("got %.2f without one, %.2f beside others, %.2f for nearly all, %.2f for two", none, beside, mostly, two)
	}
	if misspelt := signalsOf(t, e, "Who leads the Dokers Leauge?")[sUnknown]; misspelt != 0 {
		t.Errorf("a misspelt name: got %v, want 0", misspelt)
	}
}

// TestNear guards that the sentences looked at are the best and those that cover
// about as much.
func TestNear(t *testing.T) {
	covering := func(surroundings float64) *candidate {
		c := &candidate{}
		c.features[fSurroundings] = surroundings
		return c
	}
	ev := &evidence{candidates: []*candidate{covering(0.5), covering(0.5 * conflictCoverage * 0.99), covering(0.5 * conflictCoverage), covering(0.5)}}
	e := strikeEngine(t)
	if got := e.near(ev); len(got) != 2 || got[0] != ev.candidates[0] || got[1] != ev.candidates[2] {
		t.Errorf("got %d candidates, want the first and the third", len(got))
	}
	if got := e.near(&evidence{}); len(got) != 0 {
		t.Errorf("got %d candidates of none", len(got))
	}
}

// TestConfidenceWeights guards that what is missing never makes parley surer.
func TestConfidenceWeights(t *testing.T) {
	for i, w := range confidenceWeights {
		for _, w := range []float64{w, wholeConfidenceWeights[i]} {
			if missing := signal(i) >= sNames; missing && w >= 0 || !missing && w <= 0 {
				t.Errorf("signal %d has weight %v", i, w)
			}
		}
	}
}

func TestCosine(t *testing.T) {
	for _, tt := range []struct {
		a, b sentenceMatch
		want float64
	}{
		{sentenceMatch{1, 0}, sentenceMatch{0.5, 0}, 1},
		{sentenceMatch{1, 0}, sentenceMatch{0, 1}, 0},
		{sentenceMatch{1, 1}, sentenceMatch{1, 0}, math.Sqrt2 / 2},
		{sentenceMatch{0, 0}, sentenceMatch{1, 0}, 0},
	} {
		if got := cosine(tt.a, tt.b); math.Abs(got-tt.want) > 1e-6 {
			t.Errorf("%v and %v: got %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
