package layout_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/layout"
	"parley/bot/answer/layout/layouttest"
	"parley/corpus"
)

func span(text, words string) corpus.Span {
	i := strings.Index(text, words)
	return corpus.Span{Start: i, End: i + len(words)}
}

// TestSides guards that accounts stand under their labels: the outlet, the title where
// there is none or where two have the same, and nothing of it in the text.
func TestSides(t *testing.T) {
	day := time.Date(2025, 5, 2, 0, 0, 0, 0, time.UTC)
	text := "The Paper (2 May 2025): It took five hours.[7]"
	titles := []string{"Early", "Late"}
	of := func(publishers ...string) []layout.Side {
		a := &answer.Answer{Claims: []answer.Claim{{Text: text, Citations: []int{1}, Marked: span(text, "five hours")}, {Text: "Late: It took four.", Citations: []int{2}}}}
		for i, p := range publishers {
			a.Citations = append(a.Citations, answer.Citation{N: i + 1, ArticleID: string(rune('a' + i)), Title: titles[i], Publisher: p, Published: day})
		}
		a.Conflicts = []answer.Conflict{{Sides: []answer.Side{{Claim: a.Claims[0].Text, Citations: []int{1}}, {Claim: a.Claims[1].Text, Citations: []int{2}}}}}
		p := layout.Of(a)
		if len(p.Said) > 0 || len(p.Disputes) != 1 {
			t.Fatalf("got %+v", p)
		}
		return p.Disputes[0].Sides
	}
	sides := of("The Paper", "")
	want := layout.Statement{Text: "It took five hours.(7)", Marked: span("It took five hours.", "five hours"), Citations: []int{1}}
	if s := sides[0]; s.Label != "The Paper" || !s.Date.Equal(day) || !reflect.DeepEqual(s.Statement, want) {
		t.Errorf("got %+v", s)
	}
	if sides[1].Label != "Late" {
		t.Errorf("a side without an outlet is called %q", sides[1].Label)
	}
	if same := of("The Paper", "The Paper"); same[0].Label != "Early" || same[1].Label != "Late" {
		t.Errorf("two of one outlet are called %q and %q", same[0].Label, same[1].Label)
	}
	titles[1] = titles[0]
	if same := of("The Paper", "The Paper"); same[0].Label != "a" || same[1].Label != "b" {
		t.Errorf("two of one outlet and one title are called %q and %q", same[0].Label, same[1].Label)
	}
}

// TestShape guards that several statements of a list have a line each with the days they
// have, and that one alone is prose, also one that is left when the other was said.
func TestShape(t *testing.T) {
	day := time.Date(2025, 5, 2, 0, 0, 0, 0, time.UTC)
	of := func(texts ...string) *layout.Page {
		a := &answer.Answer{Shape: answer.List, Intro: "I know 2 articles."}
		for i, text := range texts {
			a.Claims = append(a.Claims, answer.Claim{Text: text, Citations: []int{i + 1}, Day: day})
			a.Citations = append(a.Citations, answer.Citation{N: i + 1, ArticleID: "a", Quote: text})
		}
		return layout.Of(a)
	}
	p := of("It rained.", "It froze.")
	if p.Shape != answer.List || p.Intro != "I know 2 articles." || len(p.Said) != 2 || !p.Said[1].Day.Equal(day) {
		t.Errorf("got %+v", p)
	}
	for _, p := range []*layout.Page{of("It rained."), of("It rained.", "It rained.")} {
		if p.Shape != answer.Prose || len(p.Said) != 1 || !p.Said[0].Day.IsZero() {
			t.Errorf("got %+v, want prose", p)
		}
	}
}

// TestOnce guards what becomes of sentences that have been said: the statement is left
// out and its mark goes to the one that said it, or it loses what has been said.
func TestOnce(t *testing.T) {
	a := &answer.Answer{
		Claims: []answer.Claim{
			{Text: "They met in May. They talked.", Citations: []int{1}},
			{Text: "They  talked.", Citations: []int{2}},
			{Text: "They met in May. It rained all day.", Citations: []int{3}, Marked: span("They met in May. It rained all day.", "all day")},
			{Text: "A model wrote this.", Citations: []int{4, 5}},
		},
		Citations: []answer.Citation{
			{N: 1, ArticleID: "a", Quote: "They met in May.\nThey talked."},
			{N: 2, ArticleID: "b", Quote: "They talked."},
			{N: 3, ArticleID: "a", Quote: "They met in May. It rained all day."},
			{N: 4, ArticleID: "b", Quote: "They talked. The talks were long. They met in May. Nobody came."},
			{N: 5, ArticleID: "c", Quote: "The talks were long."},
		},
	}
	p := layout.Of(a)
	said := []layout.Statement{
		{Text: "They met in May. They talked.", Citations: []int{1, 2}},
		{Text: "It rained all day.", Citations: []int{3}, Marked: span("It rained all day.", "all day")},
		{Text: "A model wrote this.", Citations: []int{4, 5}},
	}
	if !reflect.DeepEqual(p.Said, said) {
		t.Errorf("said is %+v", p.Said)
	}
	var got []string
	for _, s := range p.Sources {
		line := s.ArticleID
		for _, n := range s.Numbers {
			line += string(rune('0' + n))
		}
		for _, q := range s.Quotes {
			line += " " + q.Text
		}
		got = append(got, line)
	}
	if want := []string{"a13", "b24 The talks were long. … Nobody came.", "c5"}; !slices.Equal(got, want) {
		t.Errorf("sources are %q, want %q", got, want)
	}
}

// TestNothingLost guards over odd answers that every sentence said is there once, that
// no mark is lost, and that every citation has its source.
func TestNothingLost(t *testing.T) {
	m := layouttest.New(1)
	for i := range 500 {
		a := m.Answer(5)
		if a.Abstained {
			continue
		}
		p := layout.Of(a)
		var all strings.Builder
		marks := map[int]bool{}
		take := func(s layout.Statement) {
			all.WriteString(s.Text + "\n")
			for _, n := range s.Citations {
				marks[n] = true
			}
			if s.Marked.Len() > 0 && strings.TrimSpace(s.Text[s.Marked.Start:s.Marked.End]) == "" {
				t.Errorf("answer %d: nothing is marked in %q", i, s.Text)
			}
		}
		for _, d := range p.Disputes {
			for _, s := range d.Sides {
				take(s.Statement)
			}
		}
		for _, s := range p.Said {
			take(s)
		}
		count := map[string]int{}
		for _, token := range layouttest.Tokens(all.String()) {
			count[token]++
		}
		for _, c := range a.Claims {
			for _, token := range layouttest.Tokens(c.Text) {
				if count[token] != 1 {
					t.Errorf("answer %d: %s is said %d times", i, token, count[token])
				}
			}
		}
		sources := map[int]bool{}
		for _, s := range p.Sources {
			for _, q := range s.Quotes {
				for _, token := range layouttest.Tokens(q.Text) {
					if count[token]++; count[token] > 1 {
						t.Errorf("answer %d: %s is said and quoted", i, token)
					}
				}
			}
			for _, n := range s.Numbers {
				sources[n] = true
			}
		}
		for _, c := range a.Citations {
			if !marks[c.N] || !sources[c.N] {
				t.Errorf("answer %d: citation %d has a mark: %v, a source: %v", i, c.N, marks[c.N], sources[c.N])
			}
			for _, token := range layouttest.Tokens(c.Quote) {
				if count[token] != 1 {
					t.Errorf("answer %d: %s of a quotation is there %d times", i, token, count[token])
				}
			}
		}
	}
}

// TestTranslated guards that what was translated is read in the translation, also where
// it is a side of a dispute, and that the sentence itself is quoted below with its own.
func TestTranslated(t *testing.T) {
	a := &answer.Answer{
		Language: "de",
		Claims: []answer.Claim{
			{Text: "The Paper: It took five\nhours.", Translation: "Es dauerte  fünf Stunden.[7]", Citations: []int{1}, Marked: span("The Paper: It took five\nhours.", "five")},
			{Text: "“Late”: It took four.", Citations: []int{2}},
			{Text: "Rain fell.", Translation: "Es regnete.", Citations: []int{3}, Marked: span("Rain fell.", "Rain")},
			{Text: "Nobody came.", Citations: []int{4}},
		},
		Citations: []answer.Citation{
			{N: 1, ArticleID: "a", Publisher: "The Paper", Quote: "It took five\nhours.", Translation: "Es dauerte fünf Stunden."},
			{N: 2, ArticleID: "b", Title: "Late", Quote: "It took four."},
			{N: 3, ArticleID: "a", Publisher: "The Paper", Quote: "Rain fell.", Translation: "Regen fiel."},
			{N: 4, ArticleID: "b", Title: "Late", Quote: "Nobody came.", Translation: "Niemand kam."},
		},
	}
	a.Conflicts = []answer.Conflict{{Sides: []answer.Side{{Claim: a.Claims[0].Text, Citations: []int{1}}, {Claim: a.Claims[1].Text, Citations: []int{2}}}}}
	p := layout.Of(a)
	want := []layout.Statement{{Text: "Es dauerte fünf Stunden.(7)", Citations: []int{1}}, {Text: "It took four.", Citations: []int{2}}}
	if sides := p.Disputes[0].Sides; sides[0].Label != "The Paper" || !reflect.DeepEqual(sides[0].Statement, want[0]) || !reflect.DeepEqual(sides[1].Statement, want[1]) {
		t.Errorf("the sides are %+v", sides)
	}
	if want := []layout.Statement{{Text: "Es regnete.", Citations: []int{3}}, {Text: "Nobody came.", Citations: []int{4}}}; !reflect.DeepEqual(p.Said, want) {
		t.Errorf("said is %+v, want %+v", p.Said, want)
	}
	quotes := map[string][]layout.Quote{}
	for _, s := range p.Sources {
		quotes[s.ArticleID] = s.Quotes
	}
	below := map[string][]layout.Quote{"a": {{N: 1, Text: "It took five hours.", Translation: "Es dauerte fünf Stunden."}, {N: 3, Text: "Rain fell.", Translation: "Regen fiel."}}, "b": nil}
	if !reflect.DeepEqual(quotes, below) {
		t.Errorf("quoted below is %+v, want %+v", quotes, below)
	}
}
