package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/corpus"
)

// gathered returns the evidence for a question.
func gathered(t testing.TB, e *Engine, q Question) *evidence {
	t.Helper()
	u := understand(sift(q.Text), q.History)
	res, err := e.search.Search(t.Context(), u.query(q, evidenceHits))
	if err != nil {
		t.Fatal(err)
	}
	return e.gather(u, res)
}

// sentenceWith returns the number of the sentence that holds a text.
func sentenceWith(t testing.TB, e *Engine, text string) int {
	t.Helper()
	for i := range e.fwd.Corpus.Sentences {
		if strings.Contains(e.fwd.Corpus.SentenceText(i), text) {
			return i
		}
	}
	t.Fatalf("no sentence with %q", text)
	return -1
}

// scoreOf returns the score of the candidate that holds a text.
func scoreOf(t testing.TB, e *Engine, ev *evidence, text string) float64 {
	t.Helper()
	s := sentenceWith(t, e, text)
	for _, c := range ev.candidates {
		if c.sentence == s {
			return c.score
		}
	}
	t.Fatalf("%q is no candidate", text)
	return 0
}

func TestQuotations(t *testing.T) {
	tests := []struct{ name, question, want string }{
		{"curly", "Who said “we will not trade our sleep”?", "[[we will not trade our sleep]]"},
		{"straight", "Who said \"not our sleep\" to whom?", "[[not our sleep]]"},
		{"two", "Who said “not our sleep” and “not our bonus”?", "[[not our sleep] [not our bonus]]"},
		{"left out", "Who said “we will not … for your timetable”?", "[[we will not] [for your timetable]]"},
		{"left out with dots", "Who said “we will not... for your timetable”?", "[[we will not] [for your timetable]]"},
		{"a title", "Who wrote “Dockers and Port Sign a Deal”?", "[]"},
		{"half of it in capitals", "Who said “Mara is right”?", "[[mara is right]]"},
		{"one word", "Who called it “unlawful”?", "[]"},
		{"never closed", "Who said “we will not trade?", "[]"},
		{"none", "Who said so?", "[]"},
		{"empty", "Who said “”?", "[]"},
	}
	for _, tt := range tests {
		if got := fmt.Sprint(quotations(tt.question)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestQuotes(t *testing.T) {
	e := strikeEngine(t)
	s := sentenceWith(t, e, "We will not trade")
	words := func(quotes ...string) [][]string {
		var out [][]string
		for _, q := range quotes {
			out = append(out, strings.Fields(q))
		}
		return out
	}
	tests := []struct {
		name   string
		quotes [][]string
		want   float64
	}{
		{"none", nil, 0},
		{"one", words("not trade our sleep"), 1},
		{"to the sentence's end", words("told the crowd"), 1},
		{"one of two", words("not trade our sleep", "nor our bonus"), 0.5},
		{"other order", words("our sleep trade"), 0},
		{"a word between", words("will trade"), 0},
		{"past the end", words("the crowd today"), 0},
		{"longer than the sentence", words(strings.Repeat("we ", 50)), 0},
	}
	for _, tt := range tests {
		if got := e.quotes(s, tt.quotes); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestQuotedWordByWord guards that of two wordings the one that is quoted is found.
func TestQuotedWordByWord(t *testing.T) {
	e := strikeEngine(t)
	for question, want := range map[string]string{
		"In which article does Quill say “shall never trade our sleep”?": "gazette-begin",
		"In which article does Quill say “will not trade our sleep”?":    "courier-begin",
	} {
		ev := gathered(t, e, Question{Text: question})
		if got := e.fwd.Corpus.Articles[e.article(ev.candidates[0])].ID; got != want {
			t.Errorf("%q: got a sentence of %s first, want %s", question, got, want)
		}
	}
}

func TestHasPronoun(t *testing.T) {
	for text, want := range map[string]bool{
		"She asked both sides to bring figures.":   true,
		"On Monday they left.":                     true,
		"“He left”, Mara Quill said.":              false,
		"“He left”, Mara Quill said, and she wept": true,
		"Her brother left.":                        false,
		"The ferry left.":                          false,
		"":                                         false,
	} {
		if got := hasPronoun(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestAntecedent(t *testing.T) {
	const said = "She demanded figures about fatigue among crane drivers."
	tests := []struct {
		name, body, question, sentence, want string // want is in the sentence pointed at; empty for none
	}{
		{"the sentence before", "It rained. The mediator Ruth Calder arrived. " + said, "Who demanded figures about fatigue?", "demanded", "Ruth Calder"},
		{"the nearest name", "The mediator Ruth Calder arrived. The director Tobin Hale left. " + said, "Who demanded figures about fatigue?", "demanded", "Tobin Hale"},
		{"three back", "The mediator Ruth Calder arrived. It rained. It rained again. " + said, "Who demanded figures about fatigue?", "demanded", "Ruth Calder"},
		{"four back", "The mediator Ruth Calder arrived. It rained. It rained again. It poured. " + said, "Who demanded figures about fatigue?", "demanded", ""},
		{"a name of its own", "The mediator Ruth Calder arrived. She demanded figures from the director Tobin Hale.", "Who demanded figures?", "demanded", ""},
		{"no pronoun", "The mediator Ruth Calder arrived. The crane drivers demanded figures.", "Who demanded figures?", "demanded", ""},
		{"not asked who", "The mediator Ruth Calder arrived. " + said, "Where were figures about fatigue demanded?", "demanded", ""},
		{"nobody before", "It rained. " + said, "Who demanded figures about fatigue?", "demanded", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, briefs("The ferry Lantern met the lighthouse keeper Orla Finch.", tt.body), Options{})
			ev := gathered(t, e, Question{Text: tt.question})
			got := e.antecedent(ev, sentenceWith(t, e, tt.sentence))
			switch {
			case tt.want == "" && got != -1:
				t.Errorf("got %q, want none", e.fwd.Corpus.SentenceText(got))
			case tt.want != "" && (got < 0 || !strings.Contains(e.fwd.Corpus.SentenceText(got), tt.want)):
				t.Errorf("got sentence %d, want the one with %q", got, tt.want)
			}
		})
	}
}

// TestAntecedentKeepsToArticle guards that a pronoun points at nobody in the
// article before.
func TestAntecedentKeepsToArticle(t *testing.T) {
	e := newEngine(t, briefs("The mediator Ruth Calder arrived.", "She demanded figures about fatigue."), Options{})
	ev := gathered(t, e, Question{Text: "Who demanded figures about fatigue?"})
	if got := e.antecedent(ev, sentenceWith(t, e, "demanded")); got != -1 {
		t.Errorf("got %q, want none", e.fwd.Corpus.SentenceText(got))
	}
}

// TestAntecedentIsTold guards that an answer names whom its sentence only calls
// she, and names her once.
func TestAntecedentIsTold(t *testing.T) {
	const said = "She demanded figures about fatigue among crane drivers."
	tests := []struct{ name, body, question string }{
		{"not chosen itself", "It rained. The mediator Ruth Calder arrived. " + said, "Who demanded figures about fatigue among crane drivers?"},
		{"chosen before", "It rained. The mediator Ruth Calder demanded that crane drivers sleep. " + said, "Who demanded that crane drivers sleep?"},
		{"chosen after", "It rained. Because of fatigue the mediator Ruth Calder arrived among crane drivers. " + said, "Who demanded figures about fatigue among crane drivers?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := ask(t, newEngine(t, briefs(tt.body, "Nothing happened."), Options{}), Question{Text: tt.question})
			name, demand := strings.Index(a.Text, "Ruth Calder"), strings.Index(a.Text, "She demanded")
			if name < 0 || demand < name || strings.Count(a.Text, "Ruth Calder") != 1 {
				t.Errorf("got %s, want Ruth Calder once, before what she demanded", a.Text)
			}
		})
	}
}

func TestTold(t *testing.T) {
	e := strikeEngine(t)
	s := sentenceWith(t, e, "Night shifts are limited")
	sentence := e.fwd.Corpus.SentenceText(s)
	for name, tt := range map[string]struct {
		last string
		want []int
	}{
		"nothing":              {"", nil},
		"one":                  {"The articles say: " + sentence + " [1]", []int{s}},
		"with other blanks":    {strings.ReplaceAll(sentence, " ", "\n "), []int{s}},
		"two":                  {sentence + " [1] " + e.fwd.Corpus.SentenceText(s+1) + " [2]", []int{s, s + 1}},
		"a part of a sentence": {sentence[:len(sentence)/2], nil},
	} {
		var got []int
		for i := range e.told(tt.last) {
			got = append(got, i)
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got sentences %v, want %v", name, got, tt.want)
		}
	}
}

// TestToldIgnoresShort guards that “Yes.” in an article is not taken for told
// when the bot said something that has it.
func TestToldIgnoresShort(t *testing.T) {
	e := newEngine(t, []corpus.Article{{ID: "a", Body: "Yes, she did. Mara Quill led the long march to the harbor."}}, Options{})
	if got := e.told("Yes, she did. It rained."); len(got) > 0 {
		t.Errorf("got %v, want nothing told", got)
	}
}

// TestFollowUpGoesOn guards that a question that points at the last answer finds
// what stands behind it, and not the same again.
func TestFollowUpGoesOn(t *testing.T) {
	e := strikeEngine(t)
	const told, next = "Night shifts are limited", "Every crane driver receives"
	said := e.fwd.Corpus.SentenceText(sentenceWith(t, e, told))
	ask := func(last string) *evidence {
		return gathered(t, e, Question{Text: "And what else does it say?", History: []Turn{{"user", "What are night shifts limited to?"}, {"bot", last}}})
	}
	before, after := ask("The articles do not say."), ask(said+" [1]")
	if before.terms == nil || len(after.candidates) != len(before.candidates) {
		t.Fatalf("got %d and %d candidates", len(before.candidates), len(after.candidates))
	}
	if got := scoreOf(t, e, after, next) - scoreOf(t, e, before, next); got < afterTold/2 {
		t.Errorf("what goes on gains %.2f, want about %v", got, afterTold)
	}
	if got := scoreOf(t, e, after, told) - scoreOf(t, e, before, told); got > wasTold/2 {
		t.Errorf("what was told gains %.2f, want about %v", got, wasTold)
	}
}
