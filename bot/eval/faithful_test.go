package eval

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/generate"
)

// faithful is a model that answers from the gold evidence of a question, in the
// passages that it is sent, as far as they are there.
type faithful struct {
	golds map[string]*Gold // by question
	n     int
}

func (*faithful) Model() string { return "faithful" }

func (f *faithful) Complete(_ context.Context, p answer.Prompt, write func(string) error) (answer.Completion, error) {
	user := p.Messages[len(p.Messages)-1].Text
	lines := strings.Split(strings.TrimSpace(user), "\n")
	var question string
	_ = json.Unmarshal([]byte(lines[len(lines)-1]), &question)
	g := f.golds[question]
	if g == nil {
		for q, o := range f.golds { // rewritten, or an instruction taken out
			if asked := strings.ToLower(strings.TrimSuffix(question, "?")); asked != "" && strings.Contains(strings.ToLower(q), asked) {
				g = o
			}
		}
	}
	type source struct {
		Passage int    `json:"passage"`
		Quote   string `json:"quote"`
	}
	type sentence struct {
		Text    string   `json:"text"`
		Sources []source `json:"sources"`
	}
	out := struct {
		Answerable bool       `json:"answerable"`
		Sentences  []sentence `json:"sentences"`
	}{}
	title := ""
	seen := map[string]bool{}
	for _, l := range lines {
		var data struct {
			Article string `json:"article"`
			Passage int    `json:"passage"`
			Text    string `json:"text"`
		}
		if g == nil || json.Unmarshal([]byte(l), &data) != nil {
			continue
		}
		if data.Article != "" {
			title = data.Article
		}
		for _, e := range g.Evidence {
			if data.Passage == 0 || seen[e] || !strings.Contains(strings.Join(strings.Fields(data.Text), " "), strings.Join(strings.Fields(e), " ")) {
				continue
			}
			seen[e] = true
			f.n++
			text := e
			if f.n%2 == 0 && !strings.ContainsAny(title, "“”\"") {
				text = "According to “" + title + "”: " + e
			}
			out.Sentences = append(out.Sentences, sentence{text, []source{{data.Passage, e}}})
		}
	}
	out.Answerable = len(out.Sentences) > 0
	text, err := json.Marshal(out)
	if err != nil {
		return answer.Completion{}, err
	}
	for len(text) > 0 { // in pieces, as a stream has them
		n := min(17, len(text))
		if err := write(string(text[:n])); err != nil {
			return answer.Completion{}, err
		}
		text = text[n:]
	}
	return answer.Completion{Finish: answer.Finished}, nil
}

// TestFaithfulModel guards that good answers are not destroyed: a model that
// answers the questions on the talks from their gold evidence is right in 95 %.
func TestFaithfulModel(t *testing.T) {
	file := filepath.Join(reference, "questions", "talks.jsonl")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("no question set at %s: nothing to ask", file)
	}
	golds := readGolds(t, file)
	s, quotes := over(t, filepath.Join(reference, "articles"))
	model := &faithful{golds: map[string]*Gold{}}
	for i := range golds {
		model.golds[golds[i].Text] = &golds[i]
	}
	prompts, err := generate.OpenPrompts()
	if err != nil {
		t.Fatal(err)
	}
	engine := generate.New(quotes.Engine, model, prompts, generate.Options{})
	r, err := Run(t.Context(), golds, s, engine, Options{})
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, a := range r.Answers {
		if a.Engine == "faithful" {
			written++
		}
	}
	correct := r.Ask.named("correct")
	t.Logf("%d of %d answers written by the model, correct %.4f", written, len(golds), correct)
	for _, c := range r.Worst(len(golds)) {
		t.Logf("%s: %s: %s\n\t%s", c.ID, c.Wrong, c.Question, c.Answer)
	}
	if correct < 0.95 {
		t.Errorf("correct is %.4f, want .95", correct)
	}
}
