package quote

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus"
)

func TestSpeakers(t *testing.T) {
	for _, tt := range []struct {
		name, sentence string
		want           []string
	}{
		{"a name that says", "Mara Quill said so.", []string{"quill"}},
		{"after a comma", "The director, Tobin Hale, told reporters so.", []string{"hale"}},
		{"said before", "Mara Quill has argued so.", []string{"quill"}},
		{"had said before", "Mara Quill had claimed so.", []string{"quill"}},
		{"behind", "“We wait,” said the chairwoman Quill.", []string{"quill"}},
		{"told", "It was as he told Calder.", []string{"calder"}},
		{"as a source", "The port is shut, according to the director Hale.", []string{"hale"}},
		{"two", "Quill said so, and Hale added more.", []string{"quill", "hale"}},
		{"with an apostrophe and a hyphen", "Sean O’Brien-Hale announced it.", []string{"o’brien-hale"}},
		{"a day", "The chairwoman said on Monday that the port was shut.", nil},
		{"a month", "The chairwoman said in May that the port was shut.", nil},
		{"far behind", "It was said by many of the men of that Port.", nil},
		{"nobody", "It rained on Mara Quill.", nil},
		{"saying is no part of a word", "Quill unsaid it.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Speakers(tt.sentence); !slices.Equal(got, tt.want) {
				t.Errorf("%q: got %q, want %q", tt.sentence, got, tt.want)
			}
		})
	}
}

func TestNamesSource(t *testing.T) {
	mail := &corpus.Article{ID: "a", Publisher: "Sandmouth Mail", Title: "The ferry’s late"}
	tests := []struct {
		name, text string
		article    *corpus.Article
		sentence   string
		want       bool
	}{
		{"the outlet", "The Sandmouth Mail says it rained.", mail, "It rained.", true},
		{"the outlet in small letters", "as the sandmouth mail has it, it rained", mail, "It rained.", true},
		{"the title in other marks", "In \"The ferry's late\" it rained.", mail, "It rained.", true},
		{"a speaker", "It rained, as quill said.", mail, "Mara Quill said it rained.", true},
		{"a speaker with an apostrophe", "O'Brien says it rained.", mail, "O’Brien said it rained.", true},

		{"neither", "It rained.", mail, "Mara Quill said it rained.", false},
		{"half the outlet", "The Mail says it rained.", mail, "It rained.", false},
		{"somebody who does not speak", "Quill got wet.", mail, "It rained on Mara Quill.", false},
		{"a speaker within a word", "The Tranquillity sank.", mail, "Mara Quill said it sank.", false},
		{"an outlet within a word", "Emails were lost.", &corpus.Article{Publisher: "Mail"}, "It rained.", false},
		{"a day that is no speaker", "It rained on Monday.", mail, "The chairwoman said on Monday it rained.", false},
		{"an article without outlet and title", "It rained.", &corpus.Article{ID: "b"}, "It rained.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := NamesSource(tt.text, tt.article, tt.sentence); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

// TestSpeakersWords guards each word of saying.
func TestSpeakersWords(t *testing.T) {
	for text, words := range map[string]string{
		"Mara Quill %s so.":     "said says told added argued wrote explained noted announced claimed",
		"“So it is,” %s Quill.": "said says told added",
		"Mara Quill has %s so.": "said",
		"Mara Quill had %s so.": "said",
	} {
		for word := range strings.FieldsSeq(words) {
			if got := Speakers(strings.ReplaceAll(text, "%s", word)); !slices.Equal(got, []string{"quill"}) {
				t.Errorf("%s: got %q of %q, want quill", word, got, text)
			}
		}
	}
}
