package question

import (
	"strings"
	"testing"

	"parley/bot/answer"
)

// wrappings are messages as people write them around a question, which stands for %q.
func wrappings() []string {
	return []string{
		"%q lol",
		"hey, %q",
		"Hi there! %q",
		"hello bot, can you tell me %q",
		"quick q: %q",
		"Quick question - %q",
		"ok so %q",
		"TLDR: %q",
		"tl;dr %q",
		"In one sentence, %q",
		"in short: %q",
		"<@1176366738214223872> %q",
		"<@!1176366738214223872> hey %q",
		"%q <:thonk:1176366738214223872>",
		"%q 🤔🙏",
		"👋 %q",
		"@here %q",
		"@parley %q",
		"**%q**",
		"||%q||",
		"1. %q",
		"2) %q",
		"Q: %q",
		"one more question: %q",
		"Could you please tell me %q",
		"do you know %q",
		"does anyone know %q",
		"I was wondering %q",
		"just curious, %q",
		"my question is: %q",
		"please tell me %q",
		"%q thanks!",
		"%q Thanks in advance :)",
		"%q thx",
		"%q pls",
		"asking for a friend, %q",
		"dumb question but %q",
		"<t:1764633600:R> %q",
		"<#1176366738214223872> %q",
		"umm, sorry, %q",
		"Good morning everyone! %q",
		"%q no essays pls",
		"%q https://example.com/a?b=c",
		"%q\n\nSent from my iPhone",
		"%q\n-- \n",
		"> something that was said before\n%q",
		"```\nx := 1\n```\n%q",
		"%q\nGet Outlook for Android",
		"%q with sources",
	}
}

// TestWrappings guards that words around a question change nothing about it.
func TestWrappings(t *testing.T) {
	questions := []string{
		"How long did the vote on the Lundra bridge take?", "Who met the mayor on Monday?", "Why was the ferry to Sel late?",
		"What did Edda Holm say about the new roof?", "Was the budget approved?", "Which islands lost their ferry?", "When does the school open?",
	}
	for _, wrapping := range wrappings() {
		for _, q := range questions {
			message := strings.ReplaceAll(wrapping, "%q", q)
			got := Read(answer.Question{Text: message})
			if got.Reason != answer.Answered || !strings.EqualFold(strings.TrimRight(got.Text, "?. "), strings.TrimRight(q, "?")) {
				t.Errorf("%q is read as %q (%s)", message, got.Text, got.Reason)
			}
		}
	}
}

// TestUnchatted guards short forms, and that what is no chat stays.
func TestUnchatted(t *testing.T) {
	for message, want := range map[string]string{
		"what did u hear abt the ferry":             "what did you hear about the ferry",
		"whos the mayor w/o a council":              "who's the mayor without a council",
		"ppl w/ tickets, why didnt they board?":     "people with tickets, why didn't they board?",
		"What did the US say?":                      "What did the US say?",
		"Please the mayor did what?":                "the mayor did what?",
		"So many ferries were late, why?":           "So many ferries were late, why?",
		"Hello":                                     "Hello",
		"lol":                                       "lol",
		"```\nWho met the mayor?\n```":              "Who met the mayor?",
		"[Who met the mayor?](https://example.com)": "Who met the mayor?",
		"Can the council close the bridge?":         "Can the council close the bridge?",
		"Do you know the ferry?":                    "Do you know the ferry?",
		"can you have the ferry at night":           "can you have the ferry at night",
		"Who thanked the crew?":                     "Who thanked the crew?",
		"When did the ferry sail at 10:30:45?":      "When did the ferry sail at 10:30:45?",
		"2 ferries sank?":                           "2 ferries sank?",
		"What happened on 3) the third day?":        "What happened on 3) the third day?",
		"Whether they agreed, can you tell me?":     "Whether they agreed?",
		"":                                          "",
	} {
		if got := strings.Join(strings.Fields(unchatted(message)), " "); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
