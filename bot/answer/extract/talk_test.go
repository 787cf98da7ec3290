package extract

import (
	"testing"

	"parley/bot/answer"
)

// TestTalk guards that what people say to the bot and ask about it is answered as such.
func TestTalk(t *testing.T) {
	e := eager(t)
	for text, want := range map[string]answer.Talk{
		"hello": answer.TalkHello, "help": answer.TalkHello,
		"thanks!": answer.TalkThanks, "thank you very much": answer.TalkThanks,
		"bye": answer.TalkBye, "ok": answer.TalkOk, "cool lol": answer.TalkOk,
		"are you chatgpt?": answer.TalkWho, "are you a bot or a human": answer.TalkWho, "who are you?": answer.TalkWho, "am I talking to a real person?": answer.TalkWho,
		"who made you": answer.TalkMaker, "Who owns this bot?": answer.TalkMaker,
		"can I trust you?": answer.TalkTrust, "do you make things up?": answer.TalkTrust,
		"how do you work": answer.TalkHow, "how does this bot work?": answer.TalkHow,
	} {
		a := ask(t, e, answer.Question{Text: text})
		if a.Reason != answer.SmallTalk || a.Talk != want || want != answer.TalkHello && a.Text != talked[want] {
			t.Errorf("%q: got %q, reason %q, of %q, want %q", text, a.Text, a.Reason, a.Talk, want)
		}
	}
	for _, text := range []string{"can we trust the union?", "who made the crane?", "are you sure the strike ended?", "how does the strike work?"} {
		if a := ask(t, e, answer.Question{Text: text}); a.Reason == answer.SmallTalk {
			t.Errorf("%q: got small talk, want a question", text)
		}
	}
}
