package reading

import (
	"reflect"
	"strings"
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// slip is a term that the search took for a slip, where it stands in a question,
// with words that it may stand for, each with its weight.
func (d *desk) slip(text, word string, variants ...any) retrieval.Term {
	d.t.Helper()
	at := strings.Index(text, word)
	if at < 0 {
		d.t.Fatalf("no %q in %q", word, text)
	}
	out := d.or(variants...)
	out.Word, out.Start, out.End, out.Corrected = strings.ToLower(word), at, at+len(word), true
	return out
}

// TestSpelt guards which words of a question are put right, and that nothing else
// of it is touched.
func TestSpelt(t *testing.T) {
	d := lay(t, brackwater()...)
	const text = "Did Zürich's dyvers find teh ankor — in “Thornquay”, at the kwai?"
	change := func(term retrieval.Term, how func(*retrieval.Term)) retrieval.Term {
		how(&term)
		return term
	}
	ankor, dyvers, kwai := d.slip(text, "ankor", "anchor", .8), d.slip(text, "dyvers", "divers", .7), d.slip(text, "kwai", "quay", .6)
	tests := []struct {
		name  string
		terms []retrieval.Term
		want  string
	}{
		{"no terms", nil, text},
		{"one", []retrieval.Term{ankor}, "Did Zürich's dyvers find teh anchor — in “Thornquay”, at the kwai?"},
		{"all", []retrieval.Term{dyvers, ankor, kwai}, "Did Zürich's divers find teh anchor — in “Thornquay”, at the quay?"},
		{"in another order", []retrieval.Term{kwai, dyvers, ankor}, "Did Zürich's divers find teh anchor — in “Thornquay”, at the quay?"},
		{"one twice", []retrieval.Term{ankor, ankor}, "Did Zürich's dyvers find teh anchor — in “Thornquay”, at the kwai?"},
		{"not taken for a slip", []retrieval.Term{change(ankor, func(t *retrieval.Term) { t.Corrected = false })}, text},
		{"of an earlier turn", []retrieval.Term{change(ankor, func(t *retrieval.Term) { t.Context = true })}, text},
		{"nowhere", []retrieval.Term{change(ankor, func(t *retrieval.Term) { t.Start, t.End = 0, 0 })}, text},
		{"behind the question", []retrieval.Term{change(ankor, func(t *retrieval.Term) { t.Start, t.End = len(text)-2, len(text)+1 })}, text},
		{"the end before the beginning", []retrieval.Term{change(ankor, func(t *retrieval.Term) { t.Start, t.End = 9, 3 })}, text},
		{
			"over another",
			[]retrieval.Term{ankor, change(kwai, func(t *retrieval.Term) { t.Start, t.End = ankor.Start+2, ankor.End+2 })},
			"Did Zürich's dyvers find teh anchor — in “Thornquay”, at the kwai?",
		},
		{"a word that no passage has", []retrieval.Term{d.slip(text, "ankor", "gazette", .9)}, text}, // an outlet's
		{"the last word", []retrieval.Term{d.slip(text, "kwai?", "quay", 1.)}, "Did Zürich's dyvers find teh ankor — in “Thornquay”, at the quay"},
		{"the first word", []retrieval.Term{d.slip(text, "Did", "divers", 1.)}, "divers Zürich's dyvers find teh ankor — in “Thornquay”, at the kwai?"},
	}
	r := New(d, newPairs(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := retrieval.Result{Hits: d.found.Hits, Terms: tt.terms}
			was := append([]retrieval.Term(nil), tt.terms...)
			if got := r.spelt(text, &found); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if !reflect.DeepEqual(found.Terms, was) {
				t.Errorf("the terms became %+v", found.Terms)
			}
		})
	}
}

// TestSeen guards which of the words that a slip may stand for is taken.
func TestSeen(t *testing.T) {
	d := lay(t, brackwater()...)
	related := d.or("quay", .9)
	related.Variants[0].Kind = retrieval.Related
	unknown := d.or()
	unknown.Variants = []retrieval.Variant{{ID: analysis.NoTerm, Weight: .9}}
	all, second := d.found.Hits, d.found.Hits[1:]
	tests := []struct {
		name string
		term retrieval.Term
		hits []retrieval.Hit
		want string
	}{
		{"the only one", d.or("quay", .3), all, "quay"},
		{"the likeliest, behind another", d.or("quay", .5, "anchor", .6), all, "anchor"},
		{"the likeliest, before another", d.or("quay", .6, "anchor", .5), all, "quay"},
		{"the likeliest of a worse passage", d.or("quay", .6, "moor", .7), all, "moor"},
		{"the likeliest that was found", d.or("quay", .7, "moor", .6), second, "moor"},
		{"as it is written, not its stem", d.or("sheep", .4, "diver", .5), all, "divers"},
		{"of a title alone", d.or("storm", .9), all, ""},
		{"none found", d.or("quay", .9), second, ""},
		{"nothing found", d.or("quay", .9), nil, ""},
		{"no other words", d.or(), all, ""},
		{"of no weight", d.or("quay", 0.), all, ""},
		{"another word for it, not another spelling", related, all, ""},
		{"a word that no article has", unknown, all, ""},
	}
	r := New(d, newPairs(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := r.seen(&tt.term, tt.hits); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	d = lay(t, ferries(21)...)
	r = New(d, newPairs(t))
	d.found.Hits[0], d.found.Hits[20] = d.found.Hits[20], d.found.Hits[0]
	for word, want := range map[string]string{"20": "20", "19": "19", "0": ""} {
		term := d.or(word, .5)
		if got := r.seen(&term, d.found.Hits); got != want {
			t.Errorf("%s of 21 passages: got %q, want %q", word, got, want)
		}
	}
}

// TestReadSpelt guards that a question is read as it is put right, after the one
// before it, which is not.
func TestReadSpelt(t *testing.T) {
	d := lay(t, corpus.Article{Body: "The ferry sails at noon. Otto Brask owns it."})
	const text = "Who owns the fery?"
	d.found.Terms = []retrieval.Term{d.slip(text, "fery", "ferry", .8)}
	q := ask(text)
	d.expect(q, "Who owns the ferry?")
	got, err := New(d, newPairs(t)).Read(d.context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if q.Text != text || len(got.Terms) != 1 || got.Terms[0].Word != "fery" {
		t.Errorf("the question became %q, its terms %+v", q.Text, got.Terms)
	}
	right := lay(t, d.fwd.Corpus.Articles...)
	for _, want := range right.read("Who owns the ferry?") {
		s := readOf(t, d.fwd.Corpus, got.Sentences, right.fwd.Corpus.SentenceText(want.Number))
		if s.Features[Answers] != want.Features[Answers] || s.Answer != want.Answer {
			t.Errorf("sentence %d is read as %v and %v, want %v and %v as of what is spelt right", s.Number, s.Features[Answers], s.Answer, want.Features[Answers], want.Answer)
		}
	}
}

// TestReadSlips guards that slips of the pen change nothing of what is read.
func TestReadSlips(t *testing.T) {
	r := newReader(t)
	for slip, right := range map[string]string{
		"Who opened the Aldmor tram?":     "Who opened the Aldmoor tram?",
		"How many pasengers were waiting": "How many passengers were waiting",
	} {
		want := mustRead(t, r, ask(right)).Sentences[0]
		got := mustRead(t, r, ask(slip)).Sentences[0]
		if got.Number != want.Number || got.Features[Answers] != want.Features[Answers] || got.Answer != want.Answer {
			t.Errorf("%q: got sentence %d, %v, want %d, %v", slip, got.Number, got.Features[Answers], want.Number, want.Features[Answers])
		}
	}
}
