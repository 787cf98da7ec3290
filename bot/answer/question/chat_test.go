package question

import (
	"reflect"
	"strings"
	"testing"

	"parley/bot/answer"
)

// wrappings are messages as people write them around a question, which stands for %q,
// for %l with a small letter, and for %b also without its question mark.
var wrappings = map[string][]string{
	"greetings":        {"hey, %q", "Hi there! %q", "hello bot %l", "Good morning everyone! %q", "heyyyy %l", "gm all. %q", "yo %l", "Dear Parley,\n\n%q\n\nBest regards"},
	"greetings abroad": {"hola! %q", "Bonjour, %l", "Hallo zusammen, %q", "Привет! %q", "こんにちは %q", "Buenas tardes, %l"},
	"thanks":           {"%q thanks!", "%q Thanks in advance :)", "%q thx", "%b thx", "%q\n\nCheers,\nTom", "%q much appreciated", "%b ty!", "%q Danke schon mal!"},
	"please":           {"please, %l", "%b pls", "pls tell me %l", "%q por favor"},
	"laughter":         {"%q lol", "lmao ok so %l", "haha %l", "%b? lol", "omg %l"},
	"slang":            {"ngl i have no idea, %l", "%b? fr tho", "tbh %l", "%q asap!!", "bruh %l", "idk if this was asked but %l"},
	"hesitation":       {"umm, sorry, %l", "uhhhh... %l", "hmm. %q", "wait, %l", "ok so %l", "well, %l", "right, %l"},
	"who is asked":     {"parley, %l", "hey @parley %l", "@parley %q", "yo bot %l", "guys, %l", "anyone? %q", "%q anybody?", "%q, guys", "hey @quinlan %l"},
	"announced":        {"quick q: %q", "Quick question - %q", "one more question: %q", "serious question, %l", "dumb question but %l", "noob question here, %l", "my question is: %q", "Question: %q", "last question for today. %q"},
	"apologies":        {"sorry if this is a dumb question but %l", "sorry for spamming the chat, %l", "sorry to bother you guys. %q"},
	"asked whether":    {"Could you please tell me %l", "do you know %l", "does anyone know %l", "I was wondering %l", "can someone explain %l", "what i want to know is %l", "Can you help me? %q", "any idea %l"},
	"for whom":         {"my teacher asks: %q", "I need this for my homework. %q", "asking for a friend, %l", "%q (asking for a friend)", "my girlfriend wants to know %l", "my friend and I have a bet. %q", "exam tomorrow, need help!! %q", "need help, exam tomorrow! %q"},
	"asides":           {"just curious, %l", "I'm new here. %q", "it's me again lol. %q", "too lazy to read everything, %l", "can't find it anywhere. %q", "%q can't find it anywhere", "off topic: %q"},
	"brevity":          {"TLDR: %q", "tl;dr %l", "In one sentence, %l", "%b, in one sentence?", "in short: %q", "Briefly: %q", "%b tldr please", "ELI5: %q", "%q (max 50 words)", "yes or no: %q"},
	"form":             {"%q no essays pls", "%q with sources", "%b sources pls", "%b tldr", "%q Bullet points please.", "%q Please cite your sources.", "%b in a nutshell", "answer briefly. %q"},
	"numbers":          {"1. %q", "2) %q", "(3) %q", "Q: %q", "Q1: %q", "a) %q", "First, %l"},
	"list marks":       {"- %q", "* %q", "• %q", "# %q", "-# %q"},
	"mentions":         {"<@1176366738214223872> %q", "<@!1176366738214223872> hey %l", "%q <@1176366738214223872>", "@here %q", "@everyone %q"},
	"roles":            {"<@&1176366738214223872> anyone know %l"},
	"channels":         {"<#1176366738214223872> %q", "asked in <#1176366738214223872> already: %q"},
	"custom emoji":     {"%q <:thonk:1176366738214223872>", "<a:dance:1176366738214223872> %q", ":wave: %q"},
	"emoji":            {"%q 🤔🙏", "👋 %q", "🇮🇸 %q 👍🏿", "1️⃣ %q"},
	"faces":            {"%q :)", "%b? xD", "%q ¯\\_(ツ)_/¯", "%q :'(", "^^ %q"},
	"times":            {"<t:1764633600:R> %q", "%q <t:1764633600>"},
	"commands":         {"/ask %q", "!ask %l", "</ask:1176366738214223872> %q"},
	"links":            {"%q https://example.com/a?b=c", "https://example.com/a %q", "<https://example.com> %q", "%q www.example.com", "saw this on https://example.com\n%q"},
	"masked links":     {"[%q](https://example.com/post)"},
	"signatures":       {"%q\n\nSent from my iPhone", "%q\nGet Outlook for Android", "%q\n-- \n", "%q Sent from my iPhone", "%b — Sent from my Samsung Galaxy", "%q\n— Sent from my Samsung Galaxy S21", "%q -- Sent from my Pixel"},
	"log lines":        {"[2026-03-02 12:00] %l", "12:45 PM Tom: %l", "[12:01] <tom> %l", "[12:01:33] %q", "2026-03-02 12:00 tom: %l", "<tom> %q", "[02/03/2026, 12:00] Tom Hill: %q"},
	"quoted messages":  {"> something that was said before\n%q", "> %q", ">>> %q", "hey guys\n> %q\nanyone?"},
	"code":             {"```\nx := 1\n```\n%q", "```\n%q\n```", "```text\n%q\n```", "`%q`"},
	"bold":             {"**%q**", "hey **%q** pls"},
	"slanted":          {"*%q*", "_%q_"},
	"underlined":       {"__%q__", "***__%q__***"},
	"struck":           {"~~nvm~~ %q"},
	"spoilers":         {"||%q||"},
	"quotation marks":  {"\"%q\"", "“%q”"},
	"labels":           {"[Question] %q", "[serious] %q", "%q #help #question", "%b #help #question"},
	"question marks":   {"%b", "%b??!", "%b...", "%b!!!", "%b ?"},
	"first letter":     {"%l"},
	"blanks":           {"\n\n   %q   \n", "%q\n\n\n"},
	"several at once":  {"hey @parley 👋 quick q, can you tell me %l lol thx!! 🙏", "<@1176366738214223872> ok bot, sorry, in one sentence pls: **%q** :)"},
}

// questions are about the articles of the program.
var questions = []string{
	"Who came to Moscow with Steve Witkoff?", "How long did the talks in the Kremlin last?", "Has Russia captured Pokrovsk?", "Why did the leaked U.S. draft alarm Kyiv?",
	"To what building did Witkoff go after the talks?", "What did Putin say about Europe, and what did Trump say?", "Which outlet calls the meeting “reasonably good”?",
	"And when did it end?", "Is America paying for Ukraine's weapons?", "For how many years might Washington give guarantees?",
}

// TestWrappings guards that words around a question change nothing about it.
func TestWrappings(t *testing.T) {
	t.Parallel()
	if len(wrappings) < 40 {
		t.Fatalf("got %d kinds of wrappings, want 40", len(wrappings))
	}
	read := func(message string) *Question {
		q := Read(answer.Question{Text: message})
		q.ask = answer.Question{}
		return q
	}
	for kind, messages := range wrappings {
		for _, q := range questions {
			want := read(q)
			small := strings.ToLower(q[:1]) + q[1:]
			for _, wrapping := range messages {
				message := strings.NewReplacer("%q", q, "%l", small, "%b", strings.TrimSuffix(q, "?")).Replace(wrapping)
				if got := read(message); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %q is read as %q (%s), want %q", kind, message, got.Text, got.Reason, want.Text)
				}
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

		// marks
		"Who made snake_case_name and _init?":              "Who made snake_case_name and _init?",
		"Who made a_b_c, and _init_value?":                 "Who made a_b_c, and _init_value?",
		"Is 2*3* more than 5?":                             "Is 2*3* more than 5?",
		"Is C* faster than D*?":                            "Is C* faster than D*?",
		"The talks lasted ___ hours and ___ minutes?":      "The talks lasted ___ hours and ___ minutes?",
		"What does `a || b || c` mean?":                    "What does a || b || c mean?",
		"Is 3 * 4 * 5 more than 2 ** 3?":                   "Is 3 * 4 * 5 more than 2 ** 3?",
		"Who met the ||mayor|| on **Mon**day?":             "Who met the mayor on Monday?",
		"Who 👍🏿 met the ❤️ mayor?":                         "Who met the mayor?",
		"What is `**p**`?":                                 "What is **p**?",
		"2) or 3)?":                                        "2) or 3)?",
		"What did she say about https://example.com/a?":    "What did she say about https://example.com/a?",
		"https://example.com/a What did she say about it?": "What did she say about it?",
		"> Who met the mayor?":                             "Who met the mayor?",
		"> The ferry sank.\nWho met the mayor?":            "Who met the mayor?",
		"1. Who came?\n2. Who left?":                       "Who came?\nWho left?",
		"1) who came 2) who left":                          "who came? who left",

		// words that are part of the question
		"Hi-tech jobs lost?":                              "Hi-tech jobs lost?",
		"Right Sector fighters?":                          "Right Sector fighters?",
		"Hello Kitty sales?":                              "Hello Kitty sales?",
		"Who killed the man?":                             "Who killed the man?",
		"What did they say to the bot?":                   "What did they say to the bot?",
		"Is it a simple question? Who asked it?":          "Is it a simple question? Who asked it?",
		"The question was the cost of the bridge":         "The question was the cost of the bridge",
		"I have a question about the ferry: who sank it?": "I have a question about the ferry: who sank it?",
		"\"Quill\" said \"no\"":                           "\"Quill\" said \"no\"",
		"What cost so much?":                              "What cost so much?",
		"Who asked, and when?":                            "Who asked, and when?",
		"What question did he ask?":                       "What question did he ask?",
		"Is the question of the bridge settled?":          "Is the question of the bridge settled?",
		"Who gave her thanks?":                            "Who gave her thanks?",
		"Class action: who sued?":                         "Class action: who sued?",
		"In the last exam, who failed?":                   "In the last exam, who failed?",
		"In his last words, what did he say?":             "In his last words, what did he say?",
		"The team, who coaches it?":                       "The team, who coaches it?",
		"I heard the ferry sank. Who was aboard?":         "I heard the ferry sank. Who was aboard?",
		"tl;dr of the talks":                              "tl;dr of the talks",

		// other ways to ask
		"can you tell me whether the ferry has sunk?": "has the ferry sunk?",
		"do you know if the ferry sank":               "whether the ferry sank",
		"i was wondering if there was a deal":         "was there a deal",
		"do you know anything about the ferry?":       "Tell me about the ferry?",
		"can you summarize the talks":                 "summarize the talks",
		"ok source?":                                  "source?",
		"thanks, and why?":                            "and why?",
		"ok, explain pls":                             "explain",
		"hi! catch me up pls":                         "catch me up",
		"hey Kushner":                                 "Kushner",
	} {
		if got := unchatted(message); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}

// TestFinished guards that a question reads the same however it ends and begins.
func TestFinished(t *testing.T) {
	for text, want := range map[string]string{
		"who came": "Who came?", "Who came??!": "Who came?", "who came...": "Who came?", "who came? when did it end": "Who came? When did it end?",
		"in which port was it": "In which port was it?", "and when": "And when?", "is it late": "Is it late?", "Why did the U.S. draft fail": "Why did the U.S. draft fail?",
		"ferry": "ferry", "The ferry sank. who was aboard?": "The ferry sank. Who was aboard?", "Describe the talks": "Describe the talks", "": "",
	} {
		if got := finished(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
