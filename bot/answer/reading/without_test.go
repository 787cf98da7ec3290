package reading

import (
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/embedding"
	"parley/retrieval/library"
)

// TestConfidenceWithoutVectors is that a sentence is as likely to answer whether or
// not passages have vectors to be searched by: while these are made, or where an
// endpoint makes them, no answer gets lost.
func TestConfidenceWithoutVectors(t *testing.T) {
	articles := []corpus.Article{
		{ID: "a", Title: "Tram line opens", Body: "The tram to the harbour opened in May. It cost nine million crowns."},
		{ID: "b", Title: "Weather", Body: "Rain fell on the moor. The divers stayed at home."},
	}
	e, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	read := func(o library.Options) Sentence {
		t.Helper()
		o.Reader = e
		s, err := library.Build(t.Context(), &read.Reading{Articles: articles}, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := New(s, newPairs(t)).Read(t.Context(), question.Read(answer.Question{Text: "When did the tram open?"}))
		if err != nil || len(got.Sentences) == 0 {
			t.Fatalf("read %+v, error %v", got, err)
		}
		return got.Sentences[0]
	}
	with, without := read(library.Options{Embedder: e, Steady: true}), read(library.Options{})
	if with.Number != without.Number || with.Probability != without.Probability {
		t.Errorf("sentence %d at %v with vectors, %d at %v without", with.Number, with.Probability, without.Number, without.Probability)
	}
	if with.Probability < .5 {
		t.Errorf("the sentence that answers has %v", with.Probability)
	}
}
