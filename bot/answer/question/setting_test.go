package question

import (
	"slices"
	"testing"

	"parley/bot/answer"
)

// TestSetting guards that what a message says before its question lends its words to
// it, and that nothing is cut off which is part of the question.
func TestSetting(t *testing.T) {
	for _, tt := range []struct{ message, before, text string }{
		{"my sister swears Renn is back, how long was she out?", "my sister swears Renn is back.", "How long was she out?"},
		{"The mayor has resigned. Who leads the council now?", "", "Who leads the council now?"},
		{"The mayor has resigned. Did the council vote?", "The mayor has resigned.", "Did the council vote?"},
		{"Feld is back, how long was she out?", "", "Feld is back, how long was she out?"},                             // too short to say something
		{"the old stone dam upriver, how much does it cost?", "", "the old stone dam upriver, how much does it cost?"}, // says nothing
		{"In the days that were dark, how much did the dam cost?", "", "In the days that were dark, how much did the dam cost?"},
		{"When the old dam was broken, who was there?", "", "When the old dam was broken, who was there?"},
		{"Who leads the council now?", "", "Who leads the council now?"},
	} {
		q := Read(answer.Question{Text: tt.message})
		var want []string
		if tt.before != "" {
			want = []string{tt.before}
		}
		if !slices.Equal(q.Before, want) || q.Text != tt.text {
			t.Errorf("%q: got %q before %q, want %q before %q", tt.message, q.Before, q.Text, tt.before, tt.text)
		}
	}
}

// TestSettingInConversation guards that what is said just now is read ahead of a question
// that needs it, and does not count for one that does not.
func TestSettingInConversation(t *testing.T) {
	history := []answer.Turn{user("Who owns the mill?"), bot("A brewery owns the mill. [1]"), user("And the dam?"), bot("Orlen owns the dam. [1]")}
	q := Read(answer.Question{Text: "The mayor has resigned over it. Who leads the council now?", History: history})
	want := []string{"Who owns the mill?", "And the dam?"}
	if !slices.Equal(q.Before, want) || q.Text != "Who leads the council now?" {
		t.Errorf("got %q before %q, want %q", q.Before, q.Text, want)
	}
	if q = Read(answer.Question{Text: "my sister swears Renn is back, how long was she out?"}); !q.Dependent || q.Alone() != "my sister swears Renn is back. How long was she out?" {
		t.Errorf("got %q, dependent: %v", q.Alone(), q.Dependent)
	}
}

// TestUnsmiled guards that faces go, and that one between what is said and a word that
// asks parts the two.
func TestUnsmiled(t *testing.T) {
	const smile = "\x1f"
	for _, tt := range []struct {
		words []string
		want  string
	}{
		{[]string{"my", "exam", "is", "hard", smile, "who", "led", "it"}, "my exam is hard. who led it"},
		{[]string{"my", "exam", "is", "hard", ":(", "Who", "led", "it"}, "my exam is hard. Who led it"},
		{[]string{"it", "is", "hard!", smile, smile, "who", "led", "it"}, "it is hard! who led it"},
		{[]string{"it", "is", smile, "hard", "who", "led", "it"}, "it is hard who led it"}, // not right before it
		{[]string{smile, "who", "led", "it", "xD"}, "who led it"},
		{[]string{"the", "dam", "<3", "broke"}, "the dam broke"},
		{[]string{smile}, ""},
	} {
		if got := unsmiled(tt.words); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.words, got, tt.want)
		}
	}
	q := Read(answer.Question{Text: "my exam is a nightmare 😭 who led the talks?"})
	if want := []string{"my exam is a nightmare."}; !slices.Equal(q.Before, want) || q.Text != "Who led the talks?" {
		t.Errorf("got %q before %q", q.Before, q.Text)
	}
}
