package names

import (
	"slices"
	"testing"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// TestOf guards which words are a name, and which of them are people's.
func TestOf(t *testing.T) {
	body := "Russian President Anatol Drevin met Kirsten Holm in the Oval Office on Tuesday. Anna Miller, the treasurer, saw Korea’s Ulleung. " +
		"The council of Orlen said so. Envoy Petra Lind and envoy Karel Lind left. The council met a president and an envoy. Mayor Feld spoke in May. A mayor may see a new day. " +
		"They saw the New York Knicks and Bong Joon-ho and George H.W. Bush. New York Mets fans left."
	c, err := corpus.New([]corpus.Article{{ID: "a", Title: "Big News In Orlen", Body: body}})
	if err != nil {
		t.Fatal(err)
	}
	n := New(analysis.Analyze(c))
	want := [][]string{
		{"Russian", "Anatol Drevin*", "Kirsten Holm", "the Oval Office"}, {"Anna Miller*", "Korea", "Ulleung"}, {"Orlen"}, {"Petra Lind*", "Karel Lind*"}, {}, {"Feld*"}, {}, {"the New York Knicks", "George H.W. Bush"}, {},
	}
	for s := range c.Sentences {
		got := []string{}
		for _, name := range n.Of(s) {
			text := name.Text
			if name.The {
				text = "the " + text
			}
			if name.Person {
				text += "*"
			}
			got = append(got, text)
		}
		if !slices.Equal(got, want[s]) {
			t.Errorf("%q: got %q, want %q", c.SentenceText(s), got, want[s])
		}
	}
}

// TestVerb guards what a word is a form of, and that a noun is none of a verb.
func TestVerb(t *testing.T) {
	for word, want := range map[string]string{"began": "begin", "leads": "lead", "said": "say", "council": "", "library": ""} {
		if got := Verb(word); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
