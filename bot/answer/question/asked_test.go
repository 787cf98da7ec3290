package question

import (
	"testing"

	"parley/bot/answer"
)

// TestWordsOf guards that who asks for somebody's words asks what they said, and of
// whom that is known.
func TestWordsOf(t *testing.T) {
	for _, tt := range []struct{ text, plain, speaker string }{
		{"Quote Feld on the dam", "What did Feld say about the dam?", "Feld"},
		{"what were the mayor's exact words about the dam?", "What did the mayor say about the dam?", "the mayor"},
		{"Feld's reaction to the vote", "What did Feld say about the vote?", "Feld"},
		{"Give me a direct quote from Anna Feld", "What did Anna Feld say?", "Anna Feld"},
		{"any quotes by Lund regarding the gate", "What did Lund say about the gate?", "Lund"},
		{"What did Feld say about the dam, word for word?", "What did Feld say about the dam?", "Feld"},
		{"What exactly did Feld say on Monday?", "What did Feld say on Monday?", "Feld"},
		{"What did the clerk call it, verbatim please?", "What did the clerk call it?", "the clerk"},
		{"How did the mayor put it in her own words?", "How did the mayor put it?", "the mayor"},
		{"What did Feld say about the dam?", "What did Feld say about the dam?", "Feld"},
		{"Which words did the clerk write on the wall word for word?", "Which words did the clerk write on the wall?", ""},
	} {
		q := Read(answer.Question{Text: tt.text})
		if q.Kind != Words || q.Text != tt.plain || q.Speaker != tt.speaker {
			t.Errorf("%q: got %q of %q, kind %d; want %q of %q", tt.text, q.Text, q.Speaker, q.Kind, tt.plain, tt.speaker)
		}
	}
	for _, text := range []string{"the mayor's car", "How much is the dam, literally?", "Who said the dam is safe?", "Did Feld say that?", "Who exactly built the dam?", "What did Feld buy?"} {
		if q := Read(answer.Question{Text: text}); q.Kind == Words {
			t.Errorf("%q asks for the words of %q: %q", text, q.Speaker, q.Text)
		}
	}
}

// TestSummed guards what has to be counted together, and that the words which say so go.
func TestSummed(t *testing.T) {
	for text, want := range map[string]string{
		"How much did the roof and the dam cost altogether?": "How much did the roof and the dam cost?",
		"How many hours in total?":                           "How many hours?",
		"How long were the two meetings put together?":       "How long were the two meetings?",
		"What is the total of both repairs combined?":        "What is the total of both repairs?",
		"How much more did the roof cost than the dam?":      "How much more did the roof cost than the dam?",
		"What's the difference between the two prices?":      "What's the difference between the two prices?",
		"By how much did the price rise?":                    "By how much did the price rise?",
		"How much of the money is left?":                     "How much of the money is left?",
	} {
		if q := Read(answer.Question{Text: text}); q.Kind != Sum || q.Text != want {
			t.Errorf("%q: got %q, kind %d", text, q.Text, q.Kind)
		}
	}
	for _, text := range []string{"Who sat together in the hall?", "How much does the dam cost?", "How long was the meeting?", "Who left the hall?", "What was agreed in total secrecy?"} {
		if q := Read(answer.Question{Text: text}); q.Kind == Sum || q.Text != text {
			t.Errorf("%q: got %q, kind %d", text, q.Text, q.Kind)
		}
	}
}

// TestCompares guards the questions that a comparison comes down to.
func TestCompares(t *testing.T) {
	for matter, want := range map[string]string{
		"how long it took": "how long it took?", "Whether they met": "Whether they met?", "the dam": "What is said about the dam?", "howling dogs": "What is said about howling dogs?",
	} {
		if got := Asks(matter); got != want || IsAsked(matter) != (got != "What is said about "+matter+"?") {
			t.Errorf("%q: got %q, want %q", matter, got, want)
		}
	}
	for matter, want := range map[string]string{
		"": "What does Feld say?", "the dam": "What does Feld say about the dam?",
		"how they describe the meeting": "How does Feld describe the meeting?", "how both of them see the vote": "How does Feld see the vote?",
	} {
		c := Comparison{Matter: matter}
		if got := c.Of("Feld"); got != want {
			t.Errorf("%q: got %q, want %q", matter, got, want)
		}
	}
}
