package answer

import "testing"

// TestStandingInConversation guards that what was said before does not hide the
// other side of a dispute from a question that can stand alone.
func TestStandingInConversation(t *testing.T) {
	e := talksEngine(t)
	const question = "How long did the Kremlin talks last?"
	alone := ask(t, e, Question{Text: question})
	if len(alone.Conflicts) == 0 {
		t.Fatalf("got %s, want two sides", alone.Text)
	}
	for _, before := range []string{"What did Dmitriev write on X?", "Who is Kushner?", "What did Rutte say about membership?"} {
		said := ask(t, e, Question{Text: before})
		got := ask(t, e, Question{Text: question, History: []Turn{{"user", before}, {"assistant", said.Text}}})
		if got.Text != alone.Text {
			t.Errorf("after %q: got %s, want %s", before, got.Text, alone.Text)
		}
	}
}
