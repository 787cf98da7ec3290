package embedding

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

func builtin(t *testing.T) *Embedder {
	t.Helper()
	e, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestContract(t *testing.T) {
	retrievaltest.EmbedderContract(t, builtin(t))
	retrievaltest.ReaderContract(t, builtin(t))
}

// TestRoles is that what a text is for is told to the encoder: each office has its
// own words before it, and none are added to another.
func TestRoles(t *testing.T) {
	e := builtin(t)
	c := e.model.Config()
	text := "The ferry sails at noon."
	by := func(lead string) []float32 {
		v, err := e.model.Encode(t.Context(), []string{lead + text})
		if err != nil {
			t.Fatal(err)
		}
		return v[0]
	}
	whole := func(role retrieval.Role) []float32 {
		v, err := e.Embed(t.Context(), role, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		return v[0]
	}
	if !slices.Equal(whole(retrieval.Document), by(c.Passage)) {
		t.Error("a passage is not read as one")
	}
	if !slices.Equal(whole(retrieval.QueryText), by(c.Query)) {
		t.Error("a question for search is not read as one")
	}
	asked, err := e.EmbedQuestion(t.Context(), text)
	if err != nil || !slices.Equal(asked, by(c.Question)) {
		t.Errorf("a question for reading is not read as one, or %v", err)
	}
	sentences, err := e.EmbedSentences(t.Context(), []retrieval.SentenceText{{Text: text}, {Title: "Timetable", Text: text}})
	if err != nil {
		t.Fatal(err)
	}
	for i, lead := range []string{c.Sentence, c.Sentence + "Timetable: "} {
		if want := retrieval.NewSentenceVector(by(lead)); !slices.Equal(sentences[i].Bytes, want.Bytes) || sentences[i].Scale != want.Scale {
			t.Errorf("sentence %d is not read as %q and the sentence", i, lead)
		}
	}
}

// TestReads is that the encoder does what it is for: of some sentences on one
// matter, those that answer are nearest, whatever the words.
func TestReads(t *testing.T) {
	e := builtin(t)
	sentences := []string{
		"The ferry to Orrin Island leaves at noon and takes fifty minutes.",
		"Lorries pay nine crowns to cross the new bridge, cars three.",
		"The council chose a firm from Gent to rebuild the quay.",
		"Captain Ilse Marn has steered the boat since 1998.",
		"Two barges sank across the harbour's entrance in the storm of March.",
	}
	var in []retrieval.SentenceText
	for _, s := range sentences {
		in = append(in, retrieval.SentenceText{Title: "Tarnsea harbour", Text: s})
	}
	vectors, err := e.EmbedSentences(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]int{
		"How long does the crossing take?":           0,
		"what does a truck cost on the bridge":       1,
		"Which company won the contract?":            2,
		"Who is at the helm?":                        3,
		"What blocked the way into the port?":        4,
		"Is it cheaper to drive a car than a lorry?": 1,
	} {
		asked, err := e.EmbedQuestion(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		best := 0
		for i := range vectors {
			if vectors[i].Cosine(asked) > vectors[best].Cosine(asked) {
				best = i
			}
		}
		if best != want {
			t.Errorf("%q is nearest to %q, want %q", question, sentences[best], sentences[want])
		}
	}
}

func TestCancelled(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	e := builtin(t)
	if _, err := e.Embed(gone, retrieval.Document, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Embed gave %v", err)
	}
	if _, err := e.EmbedQuestion(gone, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("EmbedQuestion gave %v", err)
	}
	if _, err := e.EmbedSentences(gone, []retrieval.SentenceText{{Text: "a"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("EmbedSentences gave %v", err)
	}
}

// TestOddTexts is that texts beyond what the encoder reads have vectors, and those
// that say nothing have none.
func TestOddTexts(t *testing.T) {
	e := builtin(t)
	got, err := e.Embed(t.Context(), retrieval.Document, []string{strings.Repeat("the ferry sails ", 2000), "", "?! …", "\xff\xfe", "7"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, false, false, true} {
		if (got[i] != nil) != want {
			t.Errorf("text %d: has a vector is %v, want %v", i, got[i] != nil, want)
		}
	}
	title := strings.Repeat("ä long title ", 100)
	sentences, err := e.EmbedSentences(t.Context(), []retrieval.SentenceText{{Title: title, Text: "The ferry sails at noon."}, {Title: title, Text: "Lorries pay nine crowns."}})
	if err != nil || slices.Equal(sentences[0].Bytes, sentences[1].Bytes) {
		t.Errorf("a title of %d bytes crowds the sentence out, or %v", len(title), err)
	}
}
