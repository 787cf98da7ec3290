package quote

import (
	"testing"

	"parley/corpus"
)

func TestNamesSource(t *testing.T) {
	mail := &corpus.Article{ID: "a", Publisher: "Sandmouth Mail", Title: "The ferry’s late"}
	tests := []struct {
		name, text string
		article    *corpus.Article
		want       bool
	}{
		{"the outlet", "The Sandmouth Mail says it rained.", mail, true},
		{"the outlet in small letters", "as the sandmouth mail has it, it rained", mail, true},
		{"the title in other marks", "In \"The ferry's late\" it rained.", mail, true},

		{"neither", "It rained.", mail, false},
		{"half the outlet", "The Mail says it rained.", mail, false},
		{"somebody who does not speak", "Quill got wet.", mail, false},
		{"an outlet within a word", "Emails were lost.", &corpus.Article{Publisher: "Mail"}, false},
		{"an article without outlet and title", "It rained.", &corpus.Article{ID: "b"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := NamesSource(tt.text, tt.article); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}
