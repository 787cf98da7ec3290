package table

import (
	"errors"
	"reflect"
	"slices"
	"testing"
)

// small is a source with everything a table can hold; its synsets are not in
// the order of their first mention.
func small() *Source {
	return &Source{
		Lemmas: []Lemma{
			{Text: "US", Tags: 16, Senses: []Sense{{2, 255}}},
			{Text: "begin", Tags: 90, Senses: []Sense{{1, 200}, {0, 100}}},
			{Text: "beginning", Tags: 40, Senses: []Sense{{3, 255}}, Edges: []LemmaEdge{{Lemma: 1, Tie: Derived, Weight: 200}, {Lemma: 3, Tie: Gloss, Weight: 90}}},
			{Text: "kick-off", Senses: []Sense{{3, 20}}},
			{Text: "start", Senses: []Sense{{1, 180}, {3, 50}}, Edges: []LemmaEdge{{Lemma: 1, Tie: Antonym, Weight: 70}}},
		},
		Synsets: []Synset{
			{Part: Verb, Content: 10},
			{Part: Verb, Content: 200, Edges: []Edge{{Synset: 0, Link: Hypernym}, {Synset: 3, Link: Entails}}},
			{Part: Noun, Content: 255, Edges: []Edge{{Synset: 3, Link: PartOf}}},
			{Part: Noun, Content: 50},
		},
		Exceptions: []Exception{{"began", 1, Verb}, {"begun", 1, Noun}, {"begun", 1, Verb}},
	}
}

func encode(t testing.TB) string {
	t.Helper()
	file, err := Encode(small())
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// packed are lists of any kind of item.
type packed[T any] interface {
	Len() int
	At(i int) T
}

func items[T any](list packed[T]) []T {
	var out []T
	for i := range list.Len() {
		out = append(out, list.At(i))
	}
	return out
}

// same compares what a table holds with what it should.
func same[T any](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestRoundTrip(t *testing.T) {
	got, err := Open(encode(t))
	if err != nil {
		t.Fatal(err)
	}
	// In the order of first mention, 2 1 0 3 are 0 1 2 3.
	senses := [][]Sense{{{0, 255}}, {{1, 200}, {2, 100}}, {{3, 255}}, {{3, 20}}, {{1, 180}, {3, 50}}}
	members := [][]Member{{{0, 255}}, {{1, 200}, {4, 180}}, {{1, 100}}, {{2, 255}, {3, 20}, {4, 50}}}
	edges := [][]Edge{{{3, PartOf, false}}, {{2, Hypernym, false}, {3, Entails, false}}, {{1, Hypernym, true}}, {{0, PartOf, true}, {1, Entails, true}}}
	ties := [][]LemmaEdge{nil, {{2, Derived, 200, true}}, {{1, Derived, 200, false}, {3, Gloss, 90, false}}, {{2, Gloss, 90, true}}, nil}
	antonyms := [][]uint32{nil, {4}, nil, nil, {1}}
	if got.Lemmas() != len(senses) || got.Synsets() != len(members) {
		t.Fatalf("got %d lemmas and %d synsets", got.Lemmas(), got.Synsets())
	}
	tags, parts := []uint8{16, 90, 40, 0, 0}, []PartSet{1 << Noun, 1 << Verb, 1 << Noun, 1 << Noun, 1<<Verb | 1<<Noun}
	for i, l := range small().Lemmas {
		id := uint32(i)
		if got.Text(id) != l.Text || got.Tags(id) != tags[i] || got.Parts(id) != parts[i] {
			t.Errorf("lemma %d is %q with %d tags and parts %b", i, got.Text(id), got.Tags(id), got.Parts(id))
		}
		same(t, "senses of "+l.Text, items(got.Senses(id)), senses[i])
		same(t, "ties of "+l.Text, items(got.Ties(id)), ties[i])
		same(t, "antonyms of "+l.Text, got.AppendAntonyms(nil, id), antonyms[i])
	}
	var content []uint8
	for i := range uint32(4) {
		content = append(content, got.Content(i))
		same(t, "members", items(got.Members(i)), members[i])
		same(t, "edges", items(got.Edges(i)), edges[i])
	}
	same(t, "contents", content, []uint8{255, 200, 10, 50})
	exceptions := make([]Exception, got.Exceptions())
	for i := range exceptions {
		exceptions[i] = got.Exception(i)
	}
	same(t, "exceptions", exceptions, small().Exceptions)
}

func TestFind(t *testing.T) {
	got, err := Open(encode(t))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"US": 0, "begin": 1, "beginning": 2, "kick-off": 3, "kickoff": 3, "start": 4, "us": -1, "": -1, "begi": -1} {
		id, ok := got.Find(text)
		if ok != (want >= 0) || ok && int(id) != want {
			t.Errorf("Find(%q): got %d, %t, want %d", text, id, ok, want)
		}
	}
	for form, want := range map[string][2]int{"began": {0, 1}, "begun": {1, 3}, "": {0, 0}, "begin": {1, 1}, "zoo": {3, 3}} {
		if lo, hi := got.Irregular(form); lo != want[0] || hi != want[1] {
			t.Errorf("Irregular(%q): got %d to %d, want %v", form, lo, hi, want)
		}
	}
}

func TestEncodeRefusesOrphans(t *testing.T) {
	s := small()
	s.Synsets = append(s.Synsets, Synset{})
	if _, err := Encode(s); err == nil {
		t.Error("a synset without a lemma was encoded")
	}
}

func TestOpenRejectsDamage(t *testing.T) {
	file := encode(t)
	for i := range len(file) {
		damaged := []byte(file)
		damaged[i] ^= 0x55
		if _, err := Open(string(damaged)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("byte %d of %d changed: error %v, want %v", i, len(file), err, ErrCorrupt)
		}
		if _, err := Open(file[:i]); !errors.Is(err, ErrCorrupt) {
			t.Errorf("cut to %d of %d bytes: error %v, want %v", i, len(file), err, ErrCorrupt)
		}
	}
}

// FuzzOpen gives Open damaged files with a right checksum. What it opens must
// bear every lookup.
func FuzzOpen(f *testing.F) {
	file := encode(f)
	body := []byte(file[sizesAt:])
	f.Add(body, "begin")
	f.Add([]byte{}, "")
	for i := range body {
		damaged := slices.Clone(body)
		damaged[i] += 77
		f.Add(damaged, "kickoff")
		f.Add(body[:i], "begun")
	}
	f.Fuzz(func(t *testing.T, body []byte, text string) {
		got, err := Open(string(sign(body)))
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Errorf("error %v is not %v", err, ErrCorrupt)
			}
			return
		}
		got.Find(text)
		got.Irregular(text)
		for i := range uint32(got.Lemmas()) {
			got.Find(got.Text(i))
			for _, s := range items(got.Senses(i)) {
				got.Content(s.Synset)
				items(got.Edges(s.Synset))
			}
			for _, e := range items(got.Ties(i)) {
				got.Tags(e.Lemma)
			}
			for _, a := range got.AppendAntonyms(nil, i) {
				got.Parts(a)
			}
		}
		for i := range uint32(got.Synsets()) {
			for _, m := range items(got.Members(i)) {
				got.Text(m.Lemma)
			}
		}
		for i := range got.Exceptions() {
			got.Text(got.Exception(i).Lemma)
		}
	})
}
