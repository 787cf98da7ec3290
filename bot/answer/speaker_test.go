package answer

import (
	"strings"
	"testing"
)

func TestSpeaker(t *testing.T) {
	const quoted = "“The cranes are older than the drivers.”"
	tests := []struct {
		name, body, want string // want is in the sentence that says who speaks; empty for none
	}{
		{"before, in a paragraph of its own", "Ruth Calder spoke at the harbor, saying:\n\n" + quoted, "Calder"},
		{"behind", quoted + " The mediator Ruth Calder said so twice.", "Calder"},
		{"itself", "“The cranes are older than the drivers,” the mediator Ruth Calder said.", ""},
		{"nobody", "It rained. " + quoted + " It rained on.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, briefs(tt.body, "Nothing happened."), Options{})
			ev := gathered(t, e, Question{Text: "Who said that the cranes are older than the drivers?"})
			s := e.speaker(ev, sentenceWith(t, e, "older than"))
			switch {
			case s < 0 && tt.want != "":
				t.Errorf("got no speaker, want %s", tt.want)
			case s >= 0 && (tt.want == "" || !strings.Contains(e.fwd.Corpus.SentenceText(s), tt.want)):
				t.Errorf("got %q, want %q", e.fwd.Corpus.SentenceText(s), tt.want)
			}
		})
	}
}

// TestSpeakerIsTold guards that an answer names who is quoted.
func TestSpeakerIsTold(t *testing.T) {
	e := newEngine(t, briefs("The mediator Ruth Calder was angry, saying:\n\n“The cranes are older than the drivers.”", "Nothing happened."), Options{})
	a := ask(t, e, Question{Text: "Who said that the cranes are older than the drivers?"})
	if !strings.Contains(a.Text, "Calder") {
		t.Errorf("got %s, want the name of the mediator", a.Text)
	}
}
