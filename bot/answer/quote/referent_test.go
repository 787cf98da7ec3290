package quote

import (
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/corpus"
)

func TestReferring(t *testing.T) {
	const said = "He said that the cranes were old."
	tests := []struct{ name, before, sentence, want string }{
		{"speaks before", "Tobin Hale said the port was shut.", said, "Tobin Hale"},
		{"she", "Ruth Calder said the port was shut.", "She said that the cranes were old.", "Ruth Calder"},
		{"speaks in other words", "Tobin Hale had explained the delay.", said, "Tobin Hale"},
		{"with an office between", "Tobin Hale, the director of the port, told reporters so.", said, "Tobin Hale"},
		{"with an office before", "The port director Tobin Hale added nothing.", said, "Tobin Hale"},
		{"named behind", "“The port is shut,” said the director Tobin Hale.", said, "Tobin Hale"},
		{"named as the source", "According to the director Tobin Hale, the port is shut.", said, "Tobin Hale"},
		{"a name of many words", "Ana de la Torre Ruiz said the port was shut.", "She said that the cranes were old.", "Ana de la Torre Ruiz"},
		{"a name that is a month, too", "June Lin said the port was shut.", "She said that the cranes were old.", "June Lin"},
		{"behind a month", "In May Tobin Hale said the port was shut.", said, "Tobin Hale"},
		{"a name with a small word", "Jan van Holt said the port was shut.", said, "Jan van Holt"},
		{"behind a day", "On Monday Tobin Hale said the port was shut.", said, "Tobin Hale"},
		{"behind a conjunction", "But Tobin Hale said the port was shut.", said, "Tobin Hale"},
		{"two back, by the same word", "Tobin Hale said the port was shut. He was tired.", said, "Tobin Hale"},
		{"followed by a comma", "Tobin Hale said the port was shut.", "He, too, was tired.", "Tobin Hale"},

		{"two back, by another word", "Tobin Hale said the port was shut. She was tired.", said, ""},
		{"two back, over other things", "Tobin Hale said the port was shut. It rained.", said, ""},
		{"three back", "Tobin Hale said the port was shut. He was tired. He was hungry.", said, ""},
		{"nobody", "It rained.", said, ""},
		{"nothing before", "", said, ""},
		{"two people", "Tobin Hale said that Ruth Calder was late.", said, ""},
		{"two people, one a listener", "Tobin Hale told Ruth Calder so.", said, ""},
		{"two speakers, one by half a name", "Hale and Ruth Calder said so.", "She said that the cranes were old.", ""},
		{"half a name", "Hale said the port was shut.", said, ""},
		{"named, not speaking", "The union met Tobin Hale.", said, ""},
		{"named, another speaks", "Calder told the Harbor Courier that the port was shut.", said, ""},
		{"another speaks of them", "Calder said the director Tobin Hale was late.", said, ""},
		{"met by who speaks", "“No,” said the director, who met Tobin Hale.", said, ""},
		{"there when another speaks", "“No,” said the director when Tobin Hale left.", said, ""},
		{"or somebody else", "The director or Tobin Hale said so.", said, ""},
		{"a house that speaks", "The Customs House said the port was shut.", said, ""},
		{"a house that speaks on a day", "On Monday the Customs House said the port was shut.", said, ""},
		{"somebody else's spokesman", "Tobin Hale’s lawyer said the port was shut.", said, ""},
		{"according to somebody's house", "According to Tobin Hale’s lawyer, the port is shut.", said, ""},

		{"another word opens", "Tobin Hale said the port was shut.", "They said that the cranes were old.", ""},
		{"a longer word opens", "Tobin Hale said the port was shut.", "Help came late.", ""},
		{"with an apostrophe", "Tobin Hale said the port was shut.", "He’s tired.", ""},
		{"in a quotation, of a third", "Tobin Hale said the port was shut.", "“He is tired,” Hale said.", ""},
		{"not the first word", "Tobin Hale said the port was shut.", "Then he left.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// The article before is no place to look for a name.
			c := newCorpus(t, corpus.Article{ID: "other", Body: "Pell Oster said so."}, corpus.Article{ID: "a", Publisher: "Mail", Body: tt.before + " " + tt.sentence})
			a := &answer.Answer{}
			s := Cited{Sentence: len(c.Sentences) - 1}
			if got := c.SentenceText(s.Sentence); got != tt.sentence {
				t.Fatalf("the last sentence is %q, want %q", got, tt.sentence)
			}
			w := NewWriter(c, a)
			plain, led := w.Sentence("", s), w.Sentence("Mail", s)
			want := tt.sentence
			if tt.want != "" {
				n := len("He")
				if tt.sentence[0] == 'S' {
					n = len("She")
				}
				want = tt.sentence[:n] + " [" + tt.want + "]" + tt.sentence[n:]
			}
			if plain.Text != want || led.Text != "Mail: "+want {
				t.Errorf("got %q and %q, want %q", plain.Text, led.Text, want)
			}
			if a.Citations[0].Quote != tt.sentence {
				t.Errorf("got quote %q, want %q", a.Citations[0].Quote, tt.sentence)
			}
			for _, claim := range []answer.Claim{plain, led} {
				if !Supported(a, claim) {
					t.Errorf("%q is not supported by what it quotes", claim.Text)
				}
			}
		})
	}
}

// TestReferringStopsAtHeadings guards that a section begins anew.
func TestReferringStopsAtHeadings(t *testing.T) {
	body := "Tobin Hale said the port was shut.\n\nThe cranes\n\nHe said that they were old."
	for name, headings := range map[string][]corpus.Span{"no heading": nil, "a heading": {{Start: 36, End: 46}}} {
		c := newCorpus(t, corpus.Article{ID: "a", Body: body, Headings: headings})
		s := sentence(t, c, "they were old")
		if headings != nil && !c.Sentences[s-1].Heading {
			t.Fatalf("%q is no heading", c.SentenceText(s-1))
		}
		got := NewWriter(c, &answer.Answer{}).Sentence("", Cited{Sentence: s})
		if want := "He said that they were old."; got.Text != want {
			t.Errorf("%s: got %q, want %q", name, got.Text, want)
		}
	}
	c := newCorpus(t, corpus.Article{ID: "a", Body: "Tobin Hale said it was shut.\n\nHe rests\n\nHe said that they were old.", Headings: []corpus.Span{{Start: 30, End: 38}}})
	got := NewWriter(c, &answer.Answer{}).Sentence("", Cited{Sentence: 2})
	if want := "He said that they were old."; got.Text != want {
		t.Errorf("a heading with the word: got %q, want %q", got.Text, want)
	}
}

func TestReferringKeepsWhatIsMarked(t *testing.T) {
	c := newCorpus(t, corpus.Article{ID: "a", Publisher: "Mail", Body: "Tobin Hale said the port was shut. He said that the cranes were old."})
	for _, name := range []string{"", "Mail"} {
		a := &answer.Answer{}
		got := NewWriter(c, a).Sentence(name, answering(t, c, "the cranes were old"))
		checkSpans(t, c, a, got, "the cranes were old")
	}
	// What the name stands within is marked in the article alone.
	a := &answer.Answer{}
	got := NewWriter(c, a).Sentence("", answering(t, c, "He said that"))
	if got.Text != "He [Tobin Hale] said that the cranes were old." || got.Marked != (corpus.Span{}) {
		t.Errorf("got %q with %v marked, want the name and nothing marked", got.Text, got.Marked)
	}
	if a.Citations[0].Answer.Len() != len("He said that") {
		t.Errorf("got %v as the answer in the article, want it as it was", a.Citations[0].Answer)
	}
}

// TestSayingWords guards each word by which somebody speaks, on either side of a
// name, and each small word within a name.
func TestSayingWords(t *testing.T) {
	for text, words := range map[string]string{
		"Tobin Hale %s so.":            "said says told added argued wrote explained noted",
		"Tobin Hale %s said so.":       "has had also later",
		"“So it is,” %s Tobin Hale.":   "said says added argued wrote explained noted",
		"%s to Tobin Hale, so it was.": "According",
		"So it was, %s to Tobin Hale.": "according",
	} {
		for word := range strings.FieldsSeq(words) {
			if got, _ := teller(strings.ReplaceAll(text, "%s", word)); got != "Tobin Hale" {
				t.Errorf("%s: got %q of %q, want Tobin Hale", word, got, text)
			}
		}
	}
	for word := range strings.FieldsSeq("van von de der bin al el da di du la le") {
		name := "Tobin " + word + " Hale"
		if got, _ := teller(name + " said so."); got != name {
			t.Errorf("got %q, want %q", got, name)
		}
	}
}
