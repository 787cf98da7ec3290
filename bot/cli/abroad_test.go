package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/bot/openai/openaitest"
	"parley/bot/phrases"
	"parley/bot/wire"
)

// abroadScript answers the question about the bonus for somebody who reads German.
func abroadScript(r openaitest.Request) openaitest.Script {
	if r.SchemaName == "rewritten" {
		return openaitest.Script{Text: `{"question": "` + bonusQuestion + `"}`}
	}
	s := readSheet(r)
	text, err := json.Marshal(map[string]any{"answerable": true, "sentences": []any{map[string]any{
		"text": bonusSentence, "translation": germanBonus, "replaces": 1,
		"sources": []any{map[string]any{"passage": s.number(bonusSentence), "quote": bonusSentence, "translation": germanBonus}},
	}}})
	if err != nil {
		panic(err)
	}
	return openaitest.Script{Text: string(text)}
}

const (
	germanQuestion = "Welche Prämie bekommen die Kranführer?"
	germanBonus    = "Jeder Kranführer erhält eine Prämie von 220 Kronen im Monat."
)

// TestAskAbroad guards a question in another language over the wire: with a model, with
// one that fails, and without.
func TestAskAbroad(t *testing.T) {
	t.Parallel()
	say, err := phrases.ReadAbroad("de")
	if err != nil {
		t.Fatal(err)
	}
	one := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	server := openaitest.New(t, openaitest.Options{Chat: abroadScript})
	file := modelFile(t, server, "")
	out, _ := runParley(t, server, "", "ask", "--config", file, germanQuestion)
	for _, want := range []string{germanBonus + " [1]", "“" + bonusSentence + "”", say.Translated} {
		if !strings.Contains(one(out), want) {
			t.Errorf("got %s, want %q in it", out, want)
		}
	}
	out, _ = runParley(t, server, "", "ask", "--config", file, "--json", germanQuestion)
	var got wire.Ask
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Language != "de" || len(got.Claims) != 1 || got.Claims[0].Translation != germanBonus || got.Claims[0].Text != bonusSentence || got.Citations[0].Quote != bonusSentence {
		t.Errorf("got %s", out)
	}
	server.Fail(openaitest.Failure{Fault: openaitest.InternalError})
	out, errs := runParley(t, server, "", "ask", "--config", file, germanQuestion)
	if one(out) != say.EnglishOnly || !strings.Contains(errs, "note: chat endpoint") {
		t.Errorf("got %s%s", out, errs)
	}
	out, _ = runParley(t, server, "", "ask", "--json", germanQuestion)
	got = wire.Ask{}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if !got.Abstained || got.Reason != "empty" || got.Answer != say.EnglishOnly || got.Language != "de" {
		t.Errorf("got %s", out)
	}
}

// TestDiscordAbroad guards what people see in Discord: the sentence in their language,
// the quotation as it stands in the article.
func TestDiscordAbroad(t *testing.T) {
	t.Parallel()
	b := newModelBot(t, strikeArticles, openaitest.Options{}, nil)
	b.answers(abroadScript)
	m := b.whole(t.Context(), "ada", germanQuestion)
	shown, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{germanBonus, bonusSentence} {
		if !strings.Contains(string(shown), want) {
			t.Errorf("got %s, want %q in it", shown, want)
		}
	}
}
