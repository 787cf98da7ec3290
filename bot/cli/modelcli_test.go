package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/bot/wire"
)

// bonusScript answers the question about the bonus, and says of any other that
// the articles do not answer it.
func bonusScript(r openaitest.Request) openaitest.Script {
	s := readSheet(r)
	if r.SchemaName == "rewritten" {
		return openaitest.Script{Text: `{"question": "What bonus does every crane driver receive?"}`}
	}
	if s.question != bonusQuestion {
		return openaitest.Script{Text: `{"answerable": false, "sentences": []}`}
	}
	return openaitest.Script{Text: s.object(written{"Under the deal, every crane driver receives a monthly bonus of 220 crowns.", []string{bonusSentence}})}
}

// modelFile writes a configuration with a model and its prices.
func modelFile(t *testing.T, server *openaitest.Server, more string) string {
	t.Helper()
	articles, err := filepath.Abs(strikeArticles)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "parley.toml")
	embedder := "builtin"
	if strings.Contains(more, "embedding_model") {
		embedder = "endpoint"
	}
	config := fmt.Sprintf("[corpus]\npaths = [%q]\n[retrieval]\nembedder = %q\n[openai]\nbase_url = %q\nmodel = %q\ninput_price = 2.0\noutput_price = 8.0\n%s", articles, embedder, server.URL(), server.ChatModel(), more)
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// runParley runs a command with the server's key in the environment.
func runParley(t *testing.T, server *openaitest.Server, stdin string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code := Main(t.Context(), args, Env{Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Getenv: func(key string) string {
		if key == openaiKey {
			return server.Key()
		}
		return ""
	}})
	if code != exitDone {
		t.Fatalf("parley %s: exit code %d\n%s%s", strings.Join(args, " "), code, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

// TestAskWithModel guards what a model's answer looks like on the terminal and
// what --explain says of it.
func TestAskWithModel(t *testing.T) {
	t.Parallel()
	server := openaitest.New(t, openaitest.Options{Chat: bonusScript})
	file := modelFile(t, server, "")
	out, _ := runParley(t, server, "", "ask", "--config", file, "--explain", bonusQuestion)
	for _, want := range []string{"monthly bonus of 220 crowns. [1]", "Dockers and port sign a deal", "engine local-chat", "tokens of prompts", "cost 0.00"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("got %s, want %q in it", out, want)
		}
	}
	question := `{"id": "q", "question": "And what do they receive?", "history": [["user", "What bonus does every crane driver receive?"], ["assistant", "…"]]}`
	out, _ = runParley(t, server, question+"\n", "ask", "--config", file, "--explain", "--questions", "-")
	var got wire.Ask
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Engine != "local-chat" || got.Abstained || !strings.Contains(strings.Join(got.Explain, "\n"), "rewritten: "+bonusQuestion) {
		t.Errorf("got %s", out)
	}
	server.Fail(openaitest.Failure{Fault: openaitest.InternalError})
	out, errs := runParley(t, server, "", "ask", "--config", file, bonusQuestion)
	if !strings.Contains(out, bonusSentence) || !strings.Contains(out, "the model gave no usable answer") || !strings.Contains(errs, "note: chat endpoint") {
		t.Errorf("got %s%s", out, errs)
	}
}

// TestEmbeddingsElsewhere guards that vectors can come from another server, and
// that it never sees the key of the first.
func TestEmbeddingsElsewhere(t *testing.T) {
	t.Parallel()
	server := openaitest.New(t, openaitest.Options{Chat: bonusScript})
	vectors := openaitest.New(t, openaitest.Options{NoKey: true})
	file := modelFile(t, server, fmt.Sprintf("embedding_model = \"local-embed\"\nembedding_base_url = %q\n", vectors.URL()))
	out, errs := runParley(t, server, "", "ask", "--config", file, bonusQuestion)
	if !strings.Contains(out, "monthly bonus") || errs != "" {
		t.Errorf("got %s%s", out, errs)
	}
	if vectors.Count(openaitest.Embeddings) == 0 || server.Count(openaitest.Embeddings) > 0 || vectors.Count(openaitest.Chat) > 0 {
		t.Error("vectors are not asked for where they are made")
	}
	vectors.Die()
	out, errs = runParley(t, server, "", "ask", "--config", file, bonusQuestion)
	if !strings.Contains(out, "monthly bonus") || !strings.Contains(errs, "stands in") {
		t.Errorf("got %s%s", out, errs)
	}
}

// TestEvalEngines guards that engines are compared side by side, with cost and
// latency.
func TestEvalEngines(t *testing.T) {
	t.Parallel()
	server := openaitest.New(t, openaitest.Options{Chat: bonusScript, ChatModels: []string{"local-chat", "other-chat"}})
	file := modelFile(t, server, "")
	questions := filepath.Join(t.TempDir(), "questions.jsonl")
	gold := `{"id": "q", "question": "` + bonusQuestion + `", "relevant": ["mail-deal"], "evidence": ["` + bonusSentence + `"], "answers": ["220"], "answerable": true}` + "\n"
	if err := os.WriteFile(questions, []byte(gold), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"eval", "--config", file, "--questions", questions, "--engine", "extractive", "--engine", "local-chat", "--engine", "other-chat"}
	out, _ := runParley(t, server, "", args...)
	for _, want := range []string{"extractive", "local-chat", "other-chat", "correct", "cost 0.00"} {
		if !strings.Contains(out, want) {
			t.Errorf("got %s, want %q in it", out, want)
		}
	}
	out, _ = runParley(t, server, "", append(args, "--json")...)
	dec := json.NewDecoder(strings.NewReader(out))
	for _, engine := range []string{"extractive", "local-chat", "other-chat"} {
		var got struct {
			Engine string
			Ask    map[string]*float64
			Models modelsJSON
		}
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		asked := engine != "extractive"
		if got.Engine != engine || got.Ask["correct"] == nil || *got.Ask["correct"] != 1 || (got.Models.Cost > 0) != asked || (got.Models.Written == 1) != asked {
			t.Errorf("got %+v for %s", got, engine)
		}
	}
}

// TestBudget guards that answers are quoted once the day's budget is used up, and
// say so.
func TestBudget(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(*OpenAIConfig)
		own  bool // another user still gets the model's answer
	}{
		{"of the bot in tokens", func(o *OpenAIConfig) { o.TokensPerDay = 12000 }, false},
		{"of a user", func(o *OpenAIConfig) { o.UserTokensPerDay = 12000 }, true},
		{"of the bot in money", func(o *OpenAIConfig) { o.InputPrice, o.OutputPrice, o.CostPerDay = 2, 8, 0.025 }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newModelBot(t, strikeArticles, openaitest.Options{}, func(c *Config, o *openai.Options) {
				tt.edit(&c.OpenAI)
				o.ChatInputPrice, o.ChatOutputPrice = 2, 8
			})
			b.answers(func(r openaitest.Request) openaitest.Script {
				s := bonusScript(r)
				s.PromptTokens, s.CompletionTokens = 6000, 400
				return s
			})
			written, quoted := 0, 0
			for range 6 {
				switch text := b.whole(t.Context(), "alice", bonusQuestion).Text(); {
				case strings.Contains(text, "today’s budget"):
					quoted++
				case strings.Contains(text, "monthly bonus"):
					written++
				default:
					t.Errorf("got %q", text)
				}
			}
			if written == 0 || quoted == 0 || written > 2 {
				t.Errorf("%d answers were written and %d quoted", written, quoted)
			}
			if own := strings.Contains(b.whole(t.Context(), "bob", bonusQuestion).Text(), "monthly bonus"); own != tt.own {
				t.Errorf("another user gets the model's answer: %v", own)
			}
			if log := b.log.String(); !strings.Contains(log, "model asked") || !strings.Contains(log, "cost=") {
				t.Errorf("the log does not say what was spent: %s", log)
			}
		})
	}
}

// TestServeWithModels runs the program with a model that writes and one that makes
// vectors. The endpoint goes away and comes back; the status says so.
func TestServeWithModels(t *testing.T) {
	t.Parallel()
	server := openaitest.New(t, openaitest.Options{Chat: bonusScript, Key: "sk-of-the-process"})
	d := discordtest.New(t, discordtest.Options{Settle: 100 * time.Millisecond})
	managers := d.Channel("general").Guild().Role("managers", discordtest.PermManageGuild)
	boss := d.User("boss").Has(managers)
	config := fmt.Sprintf("data = %q\n[corpus]\npaths = [%q]\n[retrieval]\nembedder = \"endpoint\"\n[discord]\napi_url = %q\n[bot]\nadmin_roles = [%q]\nrepeat_seconds = 1\n[openai]\nbase_url = %q\nmodel = \"local-chat\"\nembedding_model = \"local-embed\"\nkeep_minutes = 0\n",
		filepath.Join(t.TempDir(), "data"), mustAbs(t, strikeArticles), d.URL(), managers.ID, server.URL())
	p := serveProcess(t, build(t), d, config, openaiKey+"="+server.Key())
	ask := func(question string) string {
		it := d.User("user1").Slash(d.Channel("general"), "ask", discordtest.Args{"question": question})
		return it.Until(t.Context(), func(m discordtest.Message) bool { return len(m.Components) > 0 }).Text()
	}
	status := func() string {
		return boss.Slash(d.Channel("general"), "corpus status", nil).Final(t.Context()).Text()
	}
	d.Eventually(t.Context(), "vectors made", func() bool {
		return server.Count(openaitest.Embeddings) > 0 && strings.Contains(status(), "local-embed")
	})
	if text := ask(bonusQuestion); !strings.Contains(text, "monthly bonus of 220 crowns") {
		t.Errorf("got %q", text)
	}
	if text := status(); !strings.Contains(text, "Engine: local-chat") || !strings.Contains(text, "Writes answers: local-chat, works") || !strings.Contains(text, "Makes vectors: local-embed, works") {
		t.Errorf("the status is %q", text)
	}
	server.Die()
	for n := range 4 {
		if text := ask(fmt.Sprintf("What bonus does every crane driver receive, %d?", n)); !strings.Contains(text, "220 crowns") || !strings.Contains(text, quotedFailed) {
			t.Errorf("got %q", text)
		}
	}
	if text := status(); !strings.Contains(text, "not reached since") {
		t.Errorf("the status is %q", text)
	}
	server.Reopen()
	d.Eventually(t.Context(), "the model is used again", func() bool {
		time.Sleep(1100 * time.Millisecond) // the same question has the same answer for a second
		return strings.Contains(ask(bonusQuestion), "monthly bonus")
	})
	if strings.Contains(p.log.String(), server.Key()) {
		t.Error("the key is in the log")
	}
	if code := p.end(t); code != exitDone {
		t.Errorf("ended with %d", code)
	}
}

func mustAbs(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
