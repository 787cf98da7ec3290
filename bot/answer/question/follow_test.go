package question

import (
	"testing"
	"time"

	"parley/bot/answer"
	"parley/retrieval"
)

// priced is a conversation about what a dam costs.
func priced() []answer.Turn {
	return []answer.Turn{user("How much does the dam cost?"), bot("Feld said four million. [1]")}
}

// TestFollows guards what a message is to the answer before it.
func TestFollows(t *testing.T) {
	for text, want := range map[string]Kind{
		"Tell me more": More, "any more details?": More, "go on": More, "what else": More, "can you elaborate on that?": More,
		"source?": Origin, "link pls": Origin, "where did you get that": Origin, "which paper said that?": Origin, "according to whom?": Origin, "proof of that": Origin,
		"who said that?": Whose, "and who claims so?": Whose, "who told you that": Whose,
		"are you sure?": Sure, "really?": Sure, "is that true?": Sure, "but are you really sure about it?": Sure,
		"more on the mill": Overview, "roof?": Subject, "who said the mill was sold?": Detail, "Is it closed?": YesOrNo,
		"What about her?": Detail, "what about the mill?": Detail, // the same of another
		"which paper said the mill was sold?": Detail,
	} {
		q := Read(answer.Question{Text: text, History: priced()})
		if q.Kind != want {
			t.Errorf("%q: got kind %d, want %d", text, q.Kind, want)
		}
		if q.Kind == More && q.Topic != priced()[0].Text {
			t.Errorf("%q: more of %q", text, q.Topic)
		}
		if alone := Read(answer.Question{Text: text}); alone.Kind > Sum {
			t.Errorf("%q: got kind %d of nothing before", text, alone.Kind)
		}
	}
	if q := Read(answer.Question{Text: "What about the mill?"}); q.Kind != Overview {
		t.Errorf("got kind %d, want %d where nothing was asked", q.Kind, Overview)
	}
	if q := Read(answer.Question{Text: "Tell me more", History: []answer.Turn{user("hello!"), bot("Hello!")}}); q.Kind == More {
		t.Error("got more of a greeting")
	}
	if q := Read(answer.Question{Text: "What on the mill was sold?"}); q.Kind != Detail {
		t.Errorf("got kind %d, want %d", q.Kind, Detail)
	}
}

// TestMeantInstead guards that who puts a question right gets the one before with what
// they mean now.
func TestMeantInstead(t *testing.T) {
	for text, want := range map[string]string{
		"No, I meant the old mill":                                   "How much does the dam cost? the old mill",
		"no no, i mean the school":                                   "How much does the dam cost? the school",
		"I was talking about the roof":                               "How much does the dam cost? the roof",
		"not him, the engineer":                                      "How much does the dam cost? the engineer",
		"No, I meant Wessel Brook Bridge at Port Ellery":             "How much does the dam cost? Wessel Brook Bridge at Port Ellery",
		"What did the mayor of Port Ellery mean by the word bridge?": "What did the mayor of Port Ellery mean by the word bridge?",
	} {
		if got := Read(answer.Question{Text: text, History: priced()}).Alone(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestAgain guards which question is asked again: the last that is one, in the
// conversation it stood in, with the same articles.
func TestAgain(t *testing.T) {
	history := []answer.Turn{
		user("Who built the dam?"), bot("Lund built it. [1]"), user("How long did it take him?"), bot("A year. [1]"),
		user("source?"), bot("The Post."), user("tell me more"), bot("It rained."), user("really?"), bot("A year. [1]"), user("hello!"), bot("Hello!"),
	}
	filter := retrieval.Filter{Articles: []string{"post"}}
	q := Read(answer.Question{Text: "are you sure?", History: history, Filter: filter}).Again()
	if q == nil || q.Alone() != "Who built the dam? How long did it take him?" || len(q.Filter().Articles) != 1 {
		t.Fatalf("got %+v", q)
	}
	if q = q.Again(); q == nil || q.Text != "Who built the dam?" || len(q.Before) > 0 {
		t.Fatalf("before that: got %+v", q)
	}
	if q = q.Again(); q != nil {
		t.Errorf("before the first: got %+v", q)
	}
}

// TestGuessed guards when somebody is told that a question was taken to go on from the
// one before: where it does not say so itself.
func TestGuessed(t *testing.T) {
	const before = "How much does the dam cost?"
	for text, want := range map[string]string{
		"How long?": before, "roof?": before, "What about the mill?": before, "No, I meant the old mill": "",
		"And how long?": "", "But why?": "", "Also the mill?": "", // says that it goes on
		"How long did it take?": "", "Is it closed?": "", "Who said that?": "", // points back
		"Who leads the Dockers League at Port Ellery?": "", // stands alone
		"source?": "", "are you sure?": "", "Tell me more": "", "compare the Post and the Courier": "",
		"something else: who leads the union?": "",
	} {
		if got := Read(answer.Question{Text: text, History: priced()}).Guessed(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := Read(answer.Question{Text: "How long?", History: priced(), Part: true}).Guessed(); got != "" {
		t.Errorf("a question of the same message: got %q", got)
	}
	if got := Read(answer.Question{Text: "my sister swears Renn is back, how long was she out?"}).Guessed(); got != "" {
		t.Errorf("what the message itself says: got %q", got)
	}
	if got := Read(answer.Question{Text: "The mayor has resigned over the mill. How long?"}).Guessed(); got != "" {
		t.Errorf("what the message itself says: got %q", got)
	}
	longer := append(priced(), user("Who built the mill?"), bot("Lund. [1]"))
	if got := Read(answer.Question{Text: "How long?", History: longer}).Guessed(); got != "Who built the mill?" {
		t.Errorf("after two questions: got %q", got)
	}
	if got := Read(answer.Question{Text: "How long?", History: []answer.Turn{user("hello!"), bot("Hello!")}}).Guessed(); got != "" {
		t.Errorf("after a greeting: got %q", got)
	}
}

// TestInstead guards that a question put in place of another keeps its day and its
// articles, or gets others, and forgets the conversation.
func TestInstead(t *testing.T) {
	day := time.Date(2025, time.May, 5, 0, 0, 0, 0, time.UTC)
	ask := answer.Question{Text: "And why?", AsOf: day, Filter: retrieval.Filter{Articles: []string{"post"}, Until: day}, History: priced(), Part: true, Clarify: true, Explain: true}
	q := Read(ask)
	if !q.Joined() || !q.Clarify() || !q.Explained() {
		t.Errorf("joined: %v, can be asked: %v, explained: %v", q.Joined(), q.Clarify(), q.Explained())
	}
	if ask.Text = "Who leads the Dockers League at Port Ellery?"; Read(ask).Joined() {
		t.Error("a question that stands alone is joined")
	}
	for want, articles := range map[string][]string{"post": nil, "courier": {"courier"}} {
		out := q.Instead("Who built it?", articles)
		if out.Text != "Who built it?" || len(out.Before) > 0 || out.Joined() || !out.Query(1).AsOf.Equal(day) || !out.Filter().Until.Equal(day) || out.Filter().Articles[0] != want {
			t.Errorf("got %+v of %v at %v", out, out.Filter(), out.Query(1).AsOf)
		}
	}
	if ask.Filter.Articles[0] != "post" || q.Filter().Articles[0] != "post" {
		t.Error("the articles of the question itself have changed")
	}
	if got := q.About("the mill", 7); got.Text != "the mill" || got.Context != nil || got.Limit != 7 || !got.AsOf.Equal(day) {
		t.Errorf("got the search %+v", got)
	}
}

// TestLed guards the words that earlier questions lend, the latest first, each once.
func TestLed(t *testing.T) {
	history := []answer.Turn{user("Who owns the old mill?"), bot("A brewery. [1]"), user("Did Feld sell the mill?"), bot("No. [1]")}
	if got, want := Read(answer.Question{Text: "And why?", History: history}).Led(), "Feld sell mill owns old: And why?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Read(answer.Question{Text: "Who owns the mill?"}).Led(); got != "Who owns the mill?" {
		t.Errorf("got %q", got)
	}
}
