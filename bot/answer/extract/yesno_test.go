package extract

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/evidence"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/corpus"
)

// number is the sentence of a text.
func number(t *testing.T, e *Engine, text string) int {
	t.Helper()
	for n := range e.corpus.Sentences {
		if e.corpus.SentenceText(n) == text {
			return n
		}
	}
	t.Fatalf("no article says %q", text)
	return 0
}

// readAs is a question and what was read for it, with the sentence of a text first.
func readAs(t *testing.T, e *Engine, text, first string) (*question.Question, *reading.Result) {
	t.Helper()
	q := question.Read(answer.Question{Text: text})
	r, err := e.Reader.Read(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	out := *r
	out.Sentences = slices.Clone(r.Sentences)
	n := number(t, e, first)
	slices.SortStableFunc(out.Sentences, func(a, b reading.Sentence) int {
		return map[bool]int{true: 0, false: 1}[a.Number == n] - map[bool]int{true: 0, false: 1}[b.Number == n]
	})
	return q, &out
}

// TestLeads guards how an answer of yes or no begins where somebody denies it, where
// reports speak against one another, and where they only have other figures.
func TestLeads(t *testing.T) {
	e := paper(t)
	for _, tt := range []struct {
		question string
		lead     answer.Lead
		by, text string
	}{
		{"Did the school lose its library?", answer.Denied, "Rita Holm", "Not according to Rita Holm. Rita Holm denied"},
		{"Did the council sell the old mill?", answer.Contested, "", "Disputed. The reports don’t agree\n• "},
		{"Is the footbridge open?", answer.Contested, "", "Disputed. The reports don’t agree\n• "},
		{"Does the dam have cracks?", answer.Yes, "", "Yes. The dam has cracks"},
		{"Did the ferry company come to the town hall?", answer.No, "", "No. Nobody from the ferry company"},
		{"Would the repair of the dam cost 4 million crowns?", "", "", "The reports have different numbers\n• "},
	} {
		a := ask(t, e, answer.Question{Text: tt.question})
		if a.Lead != tt.lead || a.DeniedBy != tt.by || !strings.HasPrefix(a.Text, tt.text) {
			t.Errorf("%q begins with %q by %q, want %q by %q: %s", tt.question, a.Lead, a.DeniedBy, tt.lead, tt.by, a.Text)
		}
	}
}

// TestOpposed guards which sentence is held against the first: a likely one of another
// article that answers the other way, where nothing else is held against it already.
func TestOpposed(t *testing.T) {
	e := paper(t)
	const asked = "Did the council of Orlen sell the old mill to a brewery?"
	q, r := readAs(t, e, asked, sold)
	rivals := func(enough float64, change func(*reading.Result, *evidence.Evidence)) []evidence.Rival {
		own := *r
		own.Sentences = slices.Clone(r.Sentences)
		ev := &evidence.Evidence{Statements: []evidence.Statement{{Main: own.Sentences[0]}}}
		change(&own, ev)
		if err := e.opposed(t.Context(), q, &own, ev, enough); err != nil {
			t.Fatal(err)
		}
		return ev.Rivals
	}
	as := func(*reading.Result, *evidence.Evidence) {}
	if got := rivals(DefaultThreshold, as); len(got) != 1 || got[0].Number != number(t, e, notSold) || got[0].Relation.Differ < clashing {
		t.Errorf("got %+v", got)
	}
	between := func(r *reading.Result, _ *evidence.Evidence) { // says neither yes nor no
		n := number(t, e, "The footbridge to Kvern is still closed.")
		i := slices.IndexFunc(r.Sentences, func(s reading.Sentence) bool { return s.Number == n })
		s := r.Sentences[i]
		s.Probability = .9
		r.Sentences = slices.Insert(slices.Delete(r.Sentences, i, i+1), 1, s)
	}
	if got := rivals(DefaultThreshold, between); len(got) != 1 || got[0].Number != number(t, e, notSold) {
		t.Errorf("behind another sentence: got %+v", got)
	}
	other := func(f func(*reading.Sentence)) func(*reading.Result, *evidence.Evidence) {
		return func(r *reading.Result, _ *evidence.Evidence) {
			i := slices.IndexFunc(r.Sentences, func(s reading.Sentence) bool { return s.Number == number(t, e, notSold) })
			f(&r.Sentences[i])
		}
	}
	for name, change := range map[string]func(*reading.Result, *evidence.Evidence){
		"of the same article":  other(func(s *reading.Sentence) { s.Article = r.Sentences[0].Article }),
		"said before":          other(func(s *reading.Sentence) { s.Said = true }),
		"unlikely":             other(func(s *reading.Sentence) { s.Probability = opposing*DefaultThreshold - .01 }),
		"nothing is answered":  func(_ *reading.Result, ev *evidence.Evidence) { ev.Statements = nil },
		"far behind the first": func(r *reading.Result, _ *evidence.Evidence) { far(t, e, r) },
	} {
		if got := rivals(DefaultThreshold, change); len(got) > 0 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if got := rivals(DefaultThreshold, func(_ *reading.Result, ev *evidence.Evidence) { ev.Rivals = make([]evidence.Rival, 1) }); len(got) != 1 {
		t.Errorf("got %d rivals, want the one there was", len(got))
	}
}

// far puts the sentence that opposes behind those that are looked at.
func far(t *testing.T, e *Engine, r *reading.Result) {
	t.Helper()
	n := number(t, e, notSold)
	i := slices.IndexFunc(r.Sentences, func(s reading.Sentence) bool { return s.Number == n })
	s := r.Sentences[i]
	r.Sentences = append(slices.Delete(r.Sentences, i, i+1), s)
	if len(r.Sentences) <= opponents {
		t.Fatal("too few sentences")
	}
}

// TestRuling guards that a question of yes or no which no sentence seems to answer is
// decided by one that bears it out or contradicts it, and no other question is.
func TestRuling(t *testing.T) {
	paper(t)
	e := over(t, dammed.snapshot, Options{Threshold: 1, MaxSentences: 3})
	for question, want := range map[string]string{
		"Does the dam have cracks?":                    "Yes. The dam has cracks on both sides of the gate. [1]",
		"Did the ferry company come to the town hall?": "No. Nobody from the ferry company came to the town hall. [1]",
		"Does the dam have windows?":                   "",
		"What has cracks on both sides?":               "",
	} {
		a := ask(t, e, answer.Question{Text: question})
		if a.Abstained != (want == "") || want != "" && (a.Text != want || a.Confidence < ruled) {
			t.Errorf("%q: got %q at %v, want %q", question, a.Text, a.Confidence, want)
		}
	}
	if a := ask(t, e, answer.Question{Text: "Does it have cracks?", History: after("Where is the dam?", "The articles do not say where.")}); !a.Abstained {
		t.Errorf("what leans on what was said before: got %s", a.Text)
	}
	if a := ask(t, e, answer.Question{Text: "Is the footbridge open?"}); a.Lead != answer.Contested || len(a.Conflicts) != 1 {
		t.Errorf("one report against another: got %s", a.Text)
	}
	q, r := readAs(t, e, "Does the dam have cracks?", sold)
	if s, p, err := e.ruling(t.Context(), q, r); err != nil || p < ruled || e.corpus.SentenceText(s.Number) != "The dam has cracks on both sides of the gate." {
		t.Errorf("got %+v at %v, %v", s, p, err)
	}
	r.Sentences = slices.DeleteFunc(r.Sentences, func(s reading.Sentence) bool { return strings.Contains(e.corpus.SentenceText(s.Number), "cracks") })
	if s, p, err := e.ruling(t.Context(), q, r); err != nil || p != 0 {
		t.Errorf("what was not read decides: got %+v at %v, %v", s, p, err)
	}
}

// TestSpeaker guards whose word a sentence is told to be.
func TestSpeaker(t *testing.T) {
	names := []string{"Anna Feld", "Peter Lund"}
	for text, want := range map[string]string{
		"Anna Feld denied that the mill was sold.":                      "Anna Feld",
		"The mayor Anna Feld has denied it.":                            "Anna Feld",
		"The mill was not sold, said Anna Feld.":                        "Anna Feld",
		"According to Anna Feld, the mill was not sold.":                "Anna Feld",
		"Anna Feld told Peter Lund that the mill was sold.":             "Anna Feld",
		"Anna Feld, the mayor of Orlen, said the mill was not sold.":    "Anna Feld",
		"Peter Lund, 54, denied it to Anna Feld.":                       "Peter Lund",
		"In Orlen, the council met, said Anna Feld.":                    "Anna Feld",
		"The mayor of Orlen said that the mill was not sold.":           "",
		"Anna Feld has never in her life said so.":                      "",
		"The council met Anna Feld at the mill.":                        "",
		"The clerk said the mill was not sold.":                         "",
		"Anna Feld, Peter Lund and the clerk met at the mill in Orlen.": "",
	} {
		filler := " Then " + strings.Join(names, " met ") + " in Orlen. They saw " + names[0] + " and " + names[1] + " there."
		e := over(t, build(t, []corpus.Article{{ID: "a", Title: "Mill", Body: text + filler}}), Options{MaxSentences: 1})
		if got := e.speaker(0); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
