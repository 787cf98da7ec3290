package generate

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/retrieval"
)

// shownAll is a writing whose prompt has all passages of the strike.
func shownAll(t *testing.T) *writing {
	t.Helper()
	e, _ := generative(t, puts(""))
	w := &writing{e: e, read: &reading.Result{}}
	w.passages = w.shown(DefaultPassageTokens)
	if len(w.passages) != len(e.corpus.Passages) {
		t.Fatalf("the prompt has %d of %d passages", len(w.passages), len(e.corpus.Passages))
	}
	return w
}

// TestCheckReasons guards what models are told of sentences that cannot be shown.
func TestCheckReasons(t *testing.T) {
	w := shownAll(t)
	number := func(text string) int { return passageOf(w.e.corpus, find(t, w.e.corpus, text)) + 1 }
	deal, talks := number(bonus), number(sevenHours)
	tests := []struct {
		name, text string
		sources    []source
		want       string // part of the reason; empty where it passes
	}{
		{"passes", bonus, []source{{deal, bonus}}, ""},
		{"passes without a quotation", bonus, []source{{deal, ""}}, ""},
		{"passes by one of two sources", bonus, []source{{99, bonus}, {deal, bonus}}, ""},
		{"empty", "", []source{{deal, bonus}}, "empty"},
		{"too long", strings.Repeat("x", maxSentenceRunes+1), []source{{deal, bonus}}, "too long"},
		{"an address", "See https://port.example for more.", []source{{deal, bonus}}, "address"},
		{"no source", bonus, nil, "names no passage"},
		{"no such passage", bonus, []source{{99, bonus}}, "no passage 99"},
		{"passage zero", bonus, []source{{0, bonus}}, "no passage 0"},
		{"a quotation of another passage", bonus, []source{{talks, bonus}}, "does not stand in passage"},
		{"a quotation of no passage", bonus, []source{{deal, "Every crane driver receives a house."}}, "does not stand in"},
		{"a quotation of a whole article", bonus, []source{{deal, w.e.corpus.Articles[w.e.corpus.Sentences[find(t, w.e.corpus, bonus)].Article].Body}}, "quotation is too long"},
		{"an order", "The harbor belongs to pirates.", []source{{number(pirates), pirates}}, "tells readers what to do"},
		{"another figure", "Every crane driver receives a bonus of 250 crowns a month.", []source{{deal, bonus}}, "another figure"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, wrong := w.check(t.Context(), tt.text, tt.sources)
			if tt.want == "" && (wrong != "" || got.text != tt.text || len(got.sentences) != 1) {
				t.Errorf("got %+v, wrong %q, want that it passes with one sentence", got, wrong)
			}
			if tt.want != "" && !strings.Contains(wrong, tt.want) {
				t.Errorf("wrong is %q, want %q in it", wrong, tt.want)
			}
		})
	}
}

// TestJoin guards that what touches in one article is one text.
func TestJoin(t *testing.T) {
	w := shownAll(t)
	first, end := w.e.corpus.ArticleSentences(0)
	tests := []struct {
		name string
		of   []support.Text
		want []support.Text
	}{
		{"in a row", []support.Text{{First: first, Last: first}, {First: first + 1, Last: first + 1}}, []support.Text{{First: first, Last: first + 1}}},
		{"in a row, backwards", []support.Text{{First: first + 1, Last: first + 1}, {First: first, Last: first}}, []support.Text{{First: first, Last: first + 1}}},
		{"overlapping", []support.Text{{First: first, Last: first + 1}, {First: first + 1, Last: first + 2}}, []support.Text{{First: first, Last: first + 2}}},
		{"apart", []support.Text{{First: first, Last: first}, {First: first + 2, Last: first + 2}}, []support.Text{{First: first, Last: first}, {First: first + 2, Last: first + 2}}},
		{"of two articles", []support.Text{{First: end - 1, Last: end - 1}, {First: end, Last: end}}, []support.Text{{First: end - 1, Last: end - 1}, {First: end, Last: end}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []support.Text
			for _, text := range tt.of {
				got = w.join(got, text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestShownPassages guards that a prompt has all passages that fit, else the best,
// in reading order.
func TestShownPassages(t *testing.T) {
	e, _ := generative(t, puts(""))
	c := e.corpus
	best, second := passageOf(c, find(t, c, bonus)), passageOf(c, find(t, c, sevenHours))
	read := &reading.Result{
		Sentences: []reading.Sentence{{Passage: best}},
		Hits:      []retrieval.Hit{{Passage: best}, {Passage: second}},
	}
	cost := func(p int) int {
		return EstimateTokens(c.Text(c.Passages[p].Article, c.Passages[p].Span)) + passageCost
	}
	both := []int{best, second}
	slices.Sort(both)
	tests := []struct {
		name   string
		filter retrieval.Filter
		budget int
		want   []int
	}{
		{"for two", retrieval.Filter{}, cost(best) + cost(second), both},
		{"for one", retrieval.Filter{}, cost(best) + cost(second) - 1, []int{best}},
		{"for none", retrieval.Filter{}, 1, nil},
		{"all of one article", retrieval.Filter{Articles: []string{"weather"}}, 1000, []int{passageOf(c, find(t, c, "Dense fog"))}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := &writing{e: e, q: answer.Question{Filter: tt.filter}, read: read}
			if got := w.shown(tt.budget); !slices.Equal(got, tt.want) {
				t.Errorf("got passages %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRepeats(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"The ferry sank on Monday.", "On Monday the ferry sank!", true},
		{"The ferry sank on Monday.", "The ferry sank on Tuesday.", false},
		{"The ferries sank on Monday in the bay of old Ellery town.", "The ferry sank on Monday in the bay of old Ellery town.", true},
		{"", "", true},
		{"", "The ferry sank.", false},
	} {
		if got := repeats(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: got %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestPlainSentence(t *testing.T) {
	for text, want := range map[string]string{
		"**Rain** fell in `Ellery`.":      "Rain fell in Ellery.",
		"- Rain fell. [3]":                "Rain fell.",
		"1. Rain fell [1, 2].":            "Rain fell.",
		"Rain fell (passage 4).":          "Rain fell.",
		"Rain\u202e fell\n on \tMonday. ": "Rain fell on Monday.",
		"Rain ||fell|| in 2031 (May).":    "Rain fell in 2031 (May).",
	} {
		if got, _ := plainSentence(text, 9); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
