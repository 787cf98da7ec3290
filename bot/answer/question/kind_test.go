package question

import (
	"slices"
	"testing"

	"parley/bot/answer"
)

func TestKind(t *testing.T) {
	for _, tt := range []struct {
		text  string
		want  Kind
		topic string
	}{
		{"summarize", Overview, ""},
		{"Summarise the talks.", Overview, "the talks"},
		{"summary of the sewage leak pls", Overview, "the sewage leak"},
		{"tl;dr", Overview, ""},
		{"key points pls", Overview, ""},
		{"give me the gist in 3 bullets", Overview, ""},
		{"timeline pls", Overview, ""},
		{"timeline of the talks in a few points", Overview, "the talks"},
		{"Summarize the water story", Overview, "water"},
		{"Summarize the whole story", Overview, ""},
		{"give me a quick overview", Overview, ""},
		{"What are the key points of the budget?", Overview, "the budget"},
		{"catch me up on Tanners Lane", Overview, "Tanners Lane"},
		{"what is this about?", Overview, ""},
		{"what happened?", Overview, ""},
		{"what happened in the Black Sea", Overview, "the Black Sea"},
		{"tell me about Kushner", Overview, "Kushner"},
		{"Kushner", Subject, "Kushner"},
		{"pokrovsk?", Subject, "pokrovsk"},
		{"frozen assets", Subject, "frozen assets"},
		{"the leak in Hythe", Subject, "the leak in Hythe"},
		{"any news?", Latest, ""},
		{"whats the latest on the bridge", Latest, "the bridge"},
		{"any updates about the school", Latest, "the school"},
		{"Was a deal reached?", YesOrNo, ""},
		{"Did Putin agree?", YesOrNo, ""},
		{"Is it the bridge or the school?", Detail, ""},
		{"Who is Dmitry Peskov?", Detail, "Dmitry Peskov"},
		{"Who paid for the bridge?", Detail, ""},
		{"What happened to the bridge?", Detail, ""},
		{"How many people heard the news?", Detail, ""},
		{"Why was the ferry late?", Detail, ""},
		{"The ferry was late.", Detail, ""},
		{"bridge, school", Detail, ""},
	} {
		q := Read(answer.Question{Text: tt.text})
		if q.Kind != tt.want || q.Topic != tt.topic {
			t.Errorf("%q: got %d on %q, want %d on %q", tt.text, q.Kind, q.Topic, tt.want, tt.topic)
		}
	}
}

func TestClaimed(t *testing.T) {
	for text, want := range map[string]string{
		"Was a deal reached?":                     "a deal was reached.",
		"Did Putin agree to the plan?":            "Putin agree to the plan.",
		"Is Pokrovsk under Russian control?":      "Pokrovsk is under Russian control.",
		"Have Witkoff and Kushner left?":          "Witkoff and Kushner have left.",
		"Isn't it late?":                          "it is late.",
		"Won’t the ferry sail?":                   "the ferry will sail.",
		"Is there a ferry?":                       "there is a ferry.",
		"Were Mara Quill and Tobin Hale at home?": "Mara Quill and Tobin Hale were at home.",
		"Has rain?":                               "rain.",
		"Who came?":                               "Who came?",
	} {
		if got := claimed(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestParts(t *testing.T) {
	for text, want := range map[string][]string{
		"Who attended the talks? And how long did they last?": {"Who attended the talks?", "How long did they last?"},
		"Who attended the talks and how long did they last?":  {"Who attended the talks?", "How long did they last?"},
		"Who and where?":                       nil,
		"Who attended the talks?":              nil,
		"The ferry was late. Why was it late?": nil,
		"Who met whom? When did they meet? Where was it? Why was it so?": {"Who met whom?", "When did they meet?", "Where was it?"},
		"What did Holm and Quill say?":                                   nil,
	} {
		if got := parts(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
