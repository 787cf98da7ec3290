package generate

import (
	"context"
	"encoding/json"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/retrieval/analysis"
)

const (
	// rewriteTokens bounds a rewritten question.
	rewriteTokens = 200
	// rewriteShare is the part of the time for an answer, one in so many, that
	// rewriting the question may take. A judgement: writing the answer takes most.
	rewriteShare = 3
)

// understand reads the question. One that leaves out what was said before is
// rewritten by the model to stand alone; where that fails it is read with the
// words of the conversation, as the extractive engine does.
func (w *writing) understand(ctx context.Context) {
	w.asked = w.u.Asked
	if !w.u.Dependent || len(w.q.History) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, w.e.opts.Time/rewriteShare)
	defer cancel()
	text, wrong := w.rewrite(ctx, w.u.Text)
	if wrong != "" {
		w.step("the question was not rewritten: %s", wrong)
		return
	}
	w.step("rewritten: %s", text)
	w.asked, w.rewritten = text, text
	ask := w.q
	ask.Text, ask.History = text, nil
	w.u = question.Read(ask)
}

// rewrite asks the model for a question that stands alone. It may only use names
// and figures of the conversation.
func (w *writing) rewrite(ctx context.Context, asked string) (text, wrong string) {
	text, wrong = w.put(ctx, asked, "")
	if wrong != "" {
		return "", wrong
	}
	read := question.Read(answer.Question{Text: text})
	if text = read.Text; read.Reason != answer.Answered || read.Ignored || read.Dangling {
		return "", "the model gave no question"
	}
	if word := newWord(text, asked+"\n"+turnLines(w.q.History)); word != "" {
		return "", "the conversation does not have “" + word + "”"
	}
	return text, ""
}

// put has the model write the question anew: to stand alone, and in English where it is
// in some other language.
func (w *writing) put(ctx context.Context, asked, language string) (text, wrong string) {
	conversation := turnLines(w.q.History)
	data := struct{ Conversation, Question, Language string }{conversation, line(asked), language}
	system, err := w.e.prompts.write("rewrite system", data)
	if err != nil {
		return "", err.Error()
	}
	user, err := w.e.prompts.write("rewrite user", data)
	if err != nil {
		return "", err.Error()
	}
	var b strings.Builder
	got, err := w.e.model.Complete(ctx, answer.Prompt{
		System: system, Messages: []answer.Turn{{Role: "user", Text: user}},
		Schema: &answer.Schema{Name: "rewritten", JSON: []byte(rewriteSchema)}, MaxTokens: rewriteTokens,
	}, func(piece string) error {
		if b.Len()+len(piece) > maxModelText {
			return errEnough
		}
		b.WriteString(piece)
		return nil
	})
	w.usage.Add(got.Usage)
	if err != nil {
		w.log.Debug("question not rewritten", "model", w.e.model.Model(), "error", err) // the answer will say so, too
		return "", err.Error()
	}
	text = question.Tidy(readQuestion(b.String()), maxRewritten+1)
	switch {
	case got.Finish == answer.Refused || text == "":
		return "", "the model gave no question"
	case len([]rune(text)) > maxRewritten:
		return "", "it became too long"
	}
	return text, ""
}

// maxRewritten bounds a rewritten question, in runes. A judgement.
const maxRewritten = 400

// readQuestion reads the object that was asked for, whatever stands around it.
func readQuestion(s string) string {
	var out struct {
		Question string `json:"question"`
	}
	if json.NewDecoder(strings.NewReader(s[max(0, strings.IndexByte(s, '{')):])).Decode(&out) != nil {
		return ""
	}
	return out.Question
}

// newWord returns a name or number of a text that another one does not have.
func newWord(text, in string) string {
	known := map[string]bool{}
	for _, t := range analysis.Tokenize(in) {
		known[analysis.Stem(t.Word)] = true
	}
	for i, t := range analysis.Tokenize(text) {
		if (t.Upper && i > 0 || t.Number) && !analysis.IsStop(t.Word) && !known[analysis.Stem(t.Word)] {
			return text[t.Start:t.End]
		}
	}
	return ""
}
