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
			{Text: "beginning", Tags: 40, Senses: []Sense{{3, 255}}, Edges: []LemmaEdge{{1, Derived, 200}, {3, Gloss, 90}}},
			{Text: "start", Senses: []Sense{{1, 180}, {3, 50}}, Edges: []LemmaEdge{{1, Antonym, 70}}},
		},
		Synsets: []Synset{
			{Part: Verb, Content: 10},
			{Part: Verb, Content: 200, Edges: []Edge{{0, Hypernym}, {3, Entails}}},
			{Part: Noun, Content: 255, Edges: []Edge{{3, PartOf}}},
			{Part: Noun, Content: 50},
		},
		Exceptions: []Exception{{"began", 1, Verb}, {"begun", 1, Verb}},
	}
}

func encode(t testing.TB) []byte {
	t.Helper()
	file, err := Encode(small())
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRoundTrip(t *testing.T) {
	got, err := Decode(encode(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"US", "begin", "beginning", "start"}; !slices.Equal(got.Texts, want) {
		t.Errorf("texts = %q, want %q", got.Texts, want)
	}
	if want := []uint8{16, 90, 40, 0}; !slices.Equal(got.Tags, want) {
		t.Errorf("tags = %v, want %v", got.Tags, want)
	}
	// In the order of first mention, 2 1 0 3 are 0 1 2 3.
	senses := [][]Sense{{{0, 255}}, {{1, 200}, {2, 100}}, {{3, 255}}, {{1, 180}, {3, 50}}}
	for i, want := range senses {
		if got := got.Senses.At(uint32(i)); !slices.Equal(got, want) {
			t.Errorf("senses of lemma %d = %v, want %v", i, got, want)
		}
	}
	if got, want := got.Ties.At(2), small().Lemmas[2].Edges; !slices.Equal(got, want) {
		t.Errorf("ties = %v, want %v", got, want)
	}
	if got, want := got.Parts, []uint8{uint8(Noun), uint8(Verb), uint8(Verb), uint8(Noun)}; !slices.Equal(got, want) {
		t.Errorf("parts = %v, want %v", got, want)
	}
	if got, want := got.Content, []uint8{255, 200, 10, 50}; !slices.Equal(got, want) {
		t.Errorf("content = %v, want %v", got, want)
	}
	if got, want := got.Edges.At(1), []Edge{{2, Hypernym}, {3, Entails}}; !slices.Equal(got, want) {
		t.Errorf("edges = %v, want %v", got, want)
	}
	if got, want := got.Exceptions, small().Exceptions; !reflect.DeepEqual(got, want) {
		t.Errorf("exceptions = %v, want %v", got, want)
	}
}

func TestEncodeRefusesOrphans(t *testing.T) {
	s := small()
	s.Synsets = append(s.Synsets, Synset{})
	if _, err := Encode(s); err == nil {
		t.Error("a synset without a lemma was encoded")
	}
}

func TestDecodeRejectsDamage(t *testing.T) {
	file := encode(t)
	for i := range file {
		damaged := slices.Clone(file)
		damaged[i] ^= 0x55
		if _, err := Decode(damaged); !errors.Is(err, ErrCorrupt) {
			t.Errorf("byte %d of %d changed: error %v, want %v", i, len(file), err, ErrCorrupt)
		}
		if _, err := Decode(file[:i]); !errors.Is(err, ErrCorrupt) {
			t.Errorf("cut to %d of %d bytes: error %v, want %v", i, len(file), err, ErrCorrupt)
		}
	}
}

// FuzzDecode gives Decode payloads with a right checksum.
func FuzzDecode(f *testing.F) {
	payload, err := unseal(encode(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(payload)
	f.Add([]byte{})
	f.Add([]byte{200, 200, 200, 200, 200, 200, 200, 200, 200, 1})
	for i := range payload {
		damaged := slices.Clone(payload)
		damaged[i] += 77
		f.Add(damaged)
		f.Add(payload[:i])
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		file, err := seal(payload)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(file)
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Errorf("error %v is not %v", err, ErrCorrupt)
		}
		if err == nil && !got.valid() {
			t.Error("an invalid table was decoded")
		}
	})
}
