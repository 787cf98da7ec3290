package question

import (
	"strings"
	"testing"

	"parley/retrieval/analysis"
)

func TestLeansOnContext(t *testing.T) {
	tests := []struct {
		question string
		want     bool
	}{
		{"How long?", true},
		{"Why?", true},
		{"And when did the strike at Port Ellery end?", true},
		{"But who paid for the cranes of the harbor?", true},
		{"Also when did the strike at Port Ellery end?", true},
		{"Where did she go afterwards?", true},
		{"What did they say about the night shifts?", true},
		{"What was his reply to the port authority?", true},
		{"What did Mara Quill tell the port about her shifts?", false}, // two names
		{"What did Quill tell the port about her shifts?", true},       // one
		{"Is that all?", true},
		{"What about oranges?", true},
		{"Which ferry sank?", true},         // two words, and no name
		{"Which ferry sank at Elm?", false}, // three
		{"Where is Ellery built?", false},   // two, one of them a name
		{"Who leads the Dockers League at Port Ellery?", false},
		{"How many workers joined the walkout at the port?", false},
		{"When was the Customs House in Sandmouth built?", false},
		{"", true},
	}
	for _, tt := range tests {
		if got := leansOnContext(analysis.Tokenize(tt.question)); got != tt.want {
			t.Errorf("%q: got %v, want %v", tt.question, got, tt.want)
		}
	}
}

func TestWithoutAsides(t *testing.T) {
	for _, tt := range []struct{ question, want string }{
		{"Do the reports agree on how many workers joined the walkout?", "how many workers joined the walkout?"},
		{"Do these articles agree about who leads the League?", "who leads the League?"},
		{"Did all the outlets disagree on when it began?", "when it began?"},
		{"Do your sources say the same thing about the night shifts?", "the night shifts?"},
		{"Do the accounts contradict each other over the bonus paid?", "the bonus paid?"},
		{"Do the two sides agree on night shifts?", "Do the two sides agree on night shifts?"},
		{"Do the reports agree?", "Do the reports agree?"},
		{"Do the reports agree on it?", "Do the reports agree on it?"}, // what is left says nothing
		{"Why do the reports agree on how many joined?", "Why do the reports agree on how many joined?"},
		{"According to these articles, who leads the League?", ", who leads the League?"},
		{"Who led the League when the articles were written?", "Who led the League?"},
		{"Who led the League at the time these reports were published?", "Who led the League?"},
		{"Who leads the League?", "Who leads the League?"},
	} {
		if got := withoutAsides(tt.question); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.question, got, tt.want)
		}
	}
}

func TestSpellAsking(t *testing.T) {
	for question, want := range map[string]string{
		"wich ferry sank":           "which ferry sank",
		"Wat is the toll?":          "what is the toll?",
		"In wich year was it built": "In which year was it built",
		"wehre, hwo and wen":        "where, hwo and wen",   // the first alone
		"Who knows wat it is?":      "Who knows wat it is?", // the first word that asks is right
		"Whose wat is it?":          "Whose wat is it?",
		"How wat?":                  "How wat?",
		"Did the ferry sink?":       "Did the ferry sink?",
		"":                          "",
	} {
		if got := spellAsking(question); got != want {
			t.Errorf("%q: got %q, want %q", question, got, want)
		}
	}
	for wrong, right := range misspeltWords {
		if !isAsking(right) || isAsking(wrong) {
			t.Errorf("%q is put right as %q, which is no word that asks, or was one", wrong, right)
		}
	}
}

func TestNamesIn(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"nothing here", ""},
		{"It was led by Mara Quill of the Dockers League. [1]", "mara quill dockers league"},
		{"Yesterday it rained. Everybody went home.", ""},
		{"Was it? Yesterday it rained! Everybody went home.", ""},
		{"It was Quill. She said so. Quill and Hale agreed with Quill.", "quill hale"},
		{"They met in Sandmouth\nPort Ellery was shut", "sandmouth ellery"},
		{"He went to I know not where", ""},
	}
	for _, tt := range tests {
		if got := namesIn(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
	many := strings.Fields(namesIn("they met " + strings.Repeat("Ann Bob Cid Dan Eve Fay Gus Hal Ida Jan Kim Leo Mia Ned ", 3)))
	if len(many) != 12 {
		t.Errorf("got %d names of many, want 12", len(many))
	}
}
