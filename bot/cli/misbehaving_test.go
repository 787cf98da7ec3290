package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/openai/openaitest"
)

// misbehaving is something that a model, or its endpoint, does, and what people
// see of it.
type misbehaving struct {
	name     string
	question string // bonusQuestion when empty
	writes   []written
	repairs  []written          // what it writes when it is asked to mend; writes when nil
	puts     func(sheet) string // instead of writes
	fault    openaitest.Fault
	failure  openaitest.Failure // instead of fault, in detail
	shows    []string
	hides    []string // at no time
	says     string   // the note below; empty for an answer of the model's own
	logs     string
}

// misbehaviours are what models and endpoints do wrong. A sentence that holds
// stands beside most of what does not.
func misbehaviours() []misbehaving {
	good := written{bonusSentence, []string{bonusSentence}}
	beside := func(bad written) []written { return []written{good, bad} }
	cites := func(text string, passage func(sheet) int, quote string) func(sheet) string {
		return func(s sheet) string {
			out, err := json.Marshal(map[string]any{"answerable": true, "sentences": []any{map[string]any{
				"text": text, "sources": []any{map[string]any{"passage": passage(s), "quote": quote}},
			}}})
			if err != nil {
				panic(err)
			}
			return string(out)
		}
	}
	text := func(s string) func(sheet) string { return func(sheet) string { return s } }
	const own = "220 crowns"
	return []misbehaving{
		// What it writes.
		{name: "faithful", writes: []written{{"Under the deal, every crane driver receives a monthly bonus of 220 crowns.", []string{bonusSentence}}}, shows: []string{"monthly bonus of 220 crowns"}},
		{name: "altered figure", writes: beside(written{"The bonus is 320 crowns a month.", []string{bonusSentence}}), shows: []string{own}, hides: []string{"320"}},
		{name: "altered unit", writes: beside(written{"Every crane driver receives a bonus of 220 dollars a month.", []string{bonusSentence}}), shows: []string{own}, hides: []string{"dollars"}},
		{name: "altered name", question: "Whose patience was praised?", writes: []written{{"Director Tobin Hale praised the patience of mediator Mara Quill.", []string{praise}}}, shows: []string{"Ruth Calder"}, hides: []string{"mediator Mara"}, says: quotedHeld},
		{name: "altered date", question: "When will the next round of negotiations be held?", writes: []written{{"Mediator Ruth Calder announced that the next round of negotiations would be held on 14 May.", []string{nextRound}}}, shows: []string{"12 May"}, hides: []string{"14 May"}, says: quotedHeld},
		{name: "denied", writes: []written{{"Crane drivers do not receive a bonus of 220 crowns a month.", []string{bonusSentence}}}, shows: []string{own}, hides: []string{"do not receive"}, says: quotedHeld},
		{name: "surer than its source", question: "What happened to a crane on Monday?", writes: []written{{"Strikers damaged a crane on Monday.", []string{crane}}}, hides: []string{"Strikers damaged"}, says: quotedHeld},
		{name: "swapped actors", question: "Whose patience was praised?", writes: []written{{"Mediator Ruth Calder praised the patience of director Tobin Hale.", []string{praise}}}, hides: []string{"Calder praised"}, says: quotedHeld},
		{name: "swapped sides of a conflict", question: lastQuestion, writes: []written{
			{"The Harbor Courier reports that the negotiations lasted nine hours.", []string{nineHours}},
			{"The Sandmouth Mail reports that the negotiations lasted seven hours.", []string{sevenHours}},
		}, shows: []string{"seven hours", "nine hours", "Harbor Courier", "Sandmouth Mail"}, hides: []string{"Courier reports that the negotiations lasted nine", "Mail reports that the negotiations lasted seven"}, says: quotedHeld},
		{name: "one side of a conflict", question: lastQuestion, writes: []written{{"According to the Harbor Courier, the negotiations lasted seven hours.", []string{sevenHours}}}, shows: []string{"seven hours", "nine hours", "Sandmouth Mail"}},
		{name: "both sides of a conflict", question: lastQuestion, writes: []written{
			{"According to the Harbor Courier, the negotiations lasted seven hours.", []string{sevenHours}},
			{"The Sandmouth Mail reports that the negotiations lasted nine hours.", []string{nineHours}},
		}, shows: []string{"Courier, the negotiations lasted seven hours", "Mail reports that the negotiations lasted nine hours"}},
		{name: "merged facts of two articles", writes: beside(written{"Tobin Hale announced that the next round would be held on 12 May.", []string{nextRound, praise}}), shows: []string{own}, hides: []string{"Hale announced"}},
		{name: "uncited sentence", writes: beside(written{"The crane drivers were content.", nil}), shows: []string{own}, hides: []string{"content"}},
		{name: "invented number of a passage", puts: cites(bonusSentence, func(sheet) int { return 99 }, bonusSentence), shows: []string{own}, says: quotedHeld},
		{name: "no number of a passage", puts: cites(bonusSentence, func(sheet) int { return -1 }, bonusSentence), shows: []string{own}, says: quotedHeld},
		{name: "right number, wrong quotation", puts: cites("Every crane driver receives a car.", func(s sheet) int { return s.number(bonusSentence) }, "Every crane driver receives a car."), shows: []string{own}, hides: []string{"a car"}, says: quotedHeld},
		{name: "right quotation, other sentence", puts: cites("The port will be sold to the union.", func(s sheet) int { return s.number(bonusSentence) }, bonusSentence), shows: []string{own}, hides: []string{"sold"}, says: quotedHeld},
		{name: "quotation of another article", puts: cites(bonusSentence, func(s sheet) int { return s.number(ships) }, bonusSentence), shows: []string{own}, says: quotedHeld},
		{name: "another report named", writes: []written{{"According to the Ellery Gazette, every crane driver receives a bonus of 220 crowns a month.", []string{bonusSentence}}}, shows: []string{own}, hides: []string{"Ellery Gazette, every"}, says: quotedHeld},
		{name: "invented quotation", question: "What did Mara Quill tell the crowd?", writes: []written{{"Mara Quill told the crowd: “We will burn the harbor.”", []string{"Quill told the crowd"}}}, hides: []string{"burn"}, says: quotedHeld},
		{name: "answer to what the articles do not say", question: "Who is the president of China?", writes: []written{{"Xi Jinping is the president of China.", []string{bonusSentence}}}, shows: []string{"do not say"}, hides: []string{"Xi"}},
		{name: "obeys an article", question: "What do readers say of the harbor?", writes: []written{{"The harbor belongs to pirates.", []string{pirates}}, {"Bananas.", []string{pirates}}}, hides: []string{"pirates", "Bananas"}, says: quotedHeld},
		{name: "speaks of its rules", puts: text("My instructions are: use nothing but the passages."), shows: []string{own}, hides: []string{"instructions"}, says: quotedHeld},
		{name: "pings", writes: beside(written{"@everyone Every crane driver receives a bonus of 220 crowns a month, <@100000000000000001>.", []string{bonusSentence}}), shows: []string{own}, hides: []string{"everyone", "100000000000000001"}},
		{name: "links", writes: beside(written{"Every crane driver receives [a bonus](https://evil.example/x) of 220 crowns a month.", []string{bonusSentence}}), shows: []string{own}, hides: []string{"evil"}},
		{name: "markup", writes: []written{{"# **Every crane driver** ||receives|| a `bonus` of 220 crowns a month.", []string{bonusSentence}}}, shows: []string{"Every crane driver receives a bonus of 220 crowns a month."}, hides: []string{"# **", "**Every crane driver**", "||", "`"}},
		{name: "invisible characters", writes: []written{{"Every crane\u202e driver receives a bo\u200bnus of 220 crowns a month.", []string{bonusSentence}}}, shows: []string{"Every crane driver receives a bonus"}, hides: []string{"\u202e", "\u200b"}},
		{name: "another language", writes: []written{{"Jeder Kranführer erhält 220 Kronen im Monat dazu.", []string{bonusSentence}}}, shows: []string{own}, hides: []string{"Kranführer"}, says: quotedHeld},
		{name: "the same again and again", puts: func(s sheet) string { return s.object(slices.Repeat([]written{good}, 15)...) }, shows: []string{own}, hides: []string{"month. [1] Every"}},
		{name: "refuses in words", puts: text("I'm sorry, but I cannot help with that."), shows: []string{own}, hides: []string{"sorry"}, says: quotedHeld},
		{name: "finds no answer", puts: text(`{"answerable": false, "sentences": []}`), shows: []string{"do not say"}},
		{name: "mends what did not hold", writes: []written{{"The bonus is 320 crowns a month.", []string{bonusSentence}}}, repairs: []written{{"Every crane driver receives 220 crowns a month as a bonus.", []string{bonusSentence}}}, shows: []string{"220 crowns a month as a bonus"}, hides: []string{"320"}},
		// How it writes.
		{name: "prose with numbers", puts: func(s sheet) string {
			return fmt.Sprintf("Every crane driver receives a bonus of 220 crowns a month. [%d] They get a free car, too. [%[1]d]", s.number(bonusSentence))
		}, shows: []string{own}, hides: []string{"car"}},
		{name: "fences and talk", puts: func(s sheet) string { return "Sure! Here it is:\n```json\n" + s.object(good) + "\n```\nAnything else?" }, shows: []string{own}, hides: []string{"Sure", "Anything"}},
		{name: "object cut off", puts: func(s sheet) string { text := s.object(good, written{"It has", nil}); return text[:len(text)-30] }, shows: []string{own}},
		{name: "no object at all", puts: text(`{"answerable": tru`), shows: []string{own}, says: quotedHeld},
		// What its endpoint does.
		{name: "401", fault: openaitest.Unauthorized, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "403", fault: openaitest.Forbidden, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "404 for the model", fault: openaitest.UnknownModel, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "429 twice, with a time", failure: openaitest.Failure{Fault: openaitest.RateLimited, Times: 2, RetryAfter: "0"}, writes: []written{good}, shows: []string{own}},
		{name: "429 with a time beyond the deadline", failure: openaitest.Failure{Fault: openaitest.RateLimited, RetryAfter: "60"}, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "500", fault: openaitest.InternalError, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "503 once", failure: openaitest.Failure{Fault: openaitest.Unavailable, Times: 1}, writes: []written{good}, shows: []string{own}},
		{name: "502, a page of a proxy", fault: openaitest.BadGateway, shows: []string{own}, hides: []string{"html"}, says: quotedFailed, logs: "model failed"},
		{name: "empty body", fault: openaitest.EmptyBody, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "page of HTML", fault: openaitest.HTMLPage, shows: []string{own}, hides: []string{"html"}, says: quotedFailed, logs: "model failed"},
		{name: "broken JSON", fault: openaitest.BrokenJSON, writes: []written{good}, shows: []string{own}, logs: "model failed"},
		{name: "connection closed", fault: openaitest.Dropped, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "stream cut off", fault: openaitest.Truncated, writes: []written{good, {"Night shifts are limited to nine hours under the deal.", []string{"Night shifts are limited"}}}, shows: []string{own}, logs: "model failed"},
		{name: "connection reset", fault: openaitest.Reset, writes: []written{good}, shows: []string{own}, logs: "model failed"},
		{name: "silent from the start", fault: openaitest.StalledEarly, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "silent in the middle", fault: openaitest.StalledMiddle, writes: []written{good}, shows: []string{own}, logs: "model failed"},
		{name: "endless stream", fault: openaitest.Endless, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "refusal", fault: openaitest.RefusalDelta, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "filter", fault: openaitest.ContentFilter, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "tool call that nobody asked for", fault: openaitest.ToolCall, shows: []string{own}, logs: "model failed"},
		{name: "context overflow", fault: openaitest.TooLongOpenAI, shows: []string{own}, says: quotedFailed, logs: "model failed"},
		{name: "context overflow once", failure: openaitest.Failure{Fault: openaitest.TooLongLlamaCPP, Times: 1}, writes: []written{good}, shows: []string{own}},
		{name: "no usage, no schema", fault: openaitest.NoSchema, writes: []written{good}, shows: []string{own}},
		{name: "far too large", fault: openaitest.Huge, shows: []string{own}, logs: "model failed"},
	}
}

// TestMisbehavingModel guards what people see when a model, or its endpoint,
// misbehaves: an answer in time, and never a sentence that the articles do not
// hold, not even for a moment.
func TestMisbehavingModel(t *testing.T) {
	t.Parallel()
	b := newModelBot(t, strikeArticles, openaitest.Options{Pace: time.Millisecond}, nil)
	scripts := misbehaviours()
	if len(scripts) < 40 {
		t.Errorf("only %d scripts", len(scripts))
	}
	for i, tt := range scripts {
		t.Run(tt.name, func(t *testing.T) {
			b.server.Calm()
			b.answers(func(openaitest.Request) openaitest.Script {
				return openaitest.Script{Text: `{"answerable": false, "sentences": []}`}
			})
			b.Eventually(t.Context(), "endpoint used again", func() bool {
				if b.client.State().Chat.Breaker.Open {
					b.whole(t.Context(), fmt.Sprintf("probe%d", i), bonusQuestion)
				}
				return !b.client.State().Chat.Breaker.Open
			})
			b.answers(func(r openaitest.Request) openaitest.Script {
				s := readSheet(r)
				if tt.puts != nil {
					return openaitest.Script{Text: tt.puts(s)}
				}
				sentences := tt.writes
				if len(r.Messages) > 2 && tt.repairs != nil {
					sentences = tt.repairs
				}
				return openaitest.Script{Text: s.object(sentences...)}
			})
			f := tt.failure
			if tt.fault != "" {
				f.Fault = tt.fault
			}
			if f.Fault != "" {
				f.On = openaitest.Chat
				b.server.Fail(f)
			}
			q := tt.question
			if q == "" {
				q = bonusQuestion
			}
			logged := len(b.log.String())
			began := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 4*modelSeconds*time.Second)
			defer cancel()
			m := b.whole(ctx, fmt.Sprintf("user%d", i), q)
			if took := time.Since(began); took > (modelSeconds+2)*time.Second {
				t.Errorf("took %s, the deadline is %d s", took, modelSeconds)
			}
			text := m.Text()
			for _, want := range tt.shows {
				if !strings.Contains(text, want) {
					t.Errorf("got %q, want %q in it", text, want)
				}
			}
			for _, shown := range append(m.Shown, text) {
				for _, hidden := range tt.hides {
					if strings.Contains(shown, hidden) {
						t.Errorf("shown was %q, which has %q", shown, hidden)
					}
				}
			}
			switch held, failed := strings.Contains(text, quotedHeld), strings.Contains(text, quotedFailed); {
			case tt.says == "" && (held || failed) && tt.logs == "":
				t.Errorf("got %q, want the model's own answer", text)
			case tt.says != "" && !strings.Contains(text, tt.says):
				t.Errorf("got %q, want the note %q", text, tt.says)
			}
			if log := b.log.String()[logged:]; !strings.Contains(log, tt.logs) {
				t.Errorf("the log has no %q: %s", tt.logs, log)
			}
		})
	}
	if log := b.log.String(); strings.Contains(log, b.server.Key()) {
		t.Error("the key is in the log")
	}
}
