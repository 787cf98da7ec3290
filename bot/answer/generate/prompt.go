package generate

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/corpus"
)

//go:embed prompts/*.tmpl
var promptFiles embed.FS

// Prompts are the texts that models get.
type Prompts struct {
	t       *template.Template
	version string
}

// OpenPrompts reads the embedded texts.
func OpenPrompts() (*Prompts, error) {
	t, err := template.New("").ParseFS(promptFiles, "prompts/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read prompts: %w", err)
	}
	files, err := promptFiles.ReadDir("prompts")
	if err != nil {
		return nil, fmt.Errorf("read prompts: %w", err)
	}
	h := sha256.New()
	for _, f := range files {
		text, err := promptFiles.ReadFile("prompts/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read prompts: %w", err)
		}
		h.Write(text)
	}
	return &Prompts{t, hex.EncodeToString(h.Sum(nil)[:4])}, nil
}

// Version changes with every letter of the texts.
func (p *Prompts) Version() string { return p.version }

func (p *Prompts) write(name string, data any) (string, error) {
	var b strings.Builder
	if err := p.t.ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("write prompt: %w", err)
	}
	return b.String(), nil
}

// answerPrompt is what the answer's prompt says.
type answerPrompt struct {
	MaxSentences int
	AsOf         string
	Passages     string
	Differences  string
	Conversation string
	Question     string
	Language     string // of the translation beside each sentence; empty for none
}

// line is a value as JSON on a line, with <, > and & as they are. Nothing in a
// text can end the line or the string it stands in.
func line(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "{}" // only strings and numbers are written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// passageLines are passages as data, numbered from 1, each article under a line
// of its own.
func passageLines(c *corpus.Corpus, passages []int) string {
	var b strings.Builder
	before := -1
	for n, p := range passages {
		pass := &c.Passages[p]
		if pass.Article != before {
			before = pass.Article
			b.WriteString(articleLine(&c.Articles[pass.Article]) + "\n")
		}
		b.WriteString(line(struct {
			Passage int    `json:"passage"`
			Text    string `json:"text"`
		}{n + 1, c.Text(pass.Article, pass.Span)}) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func articleLine(a *corpus.Article) string {
	date := ""
	if d := a.Date(); !d.IsZero() {
		date = d.Format(time.DateOnly)
	}
	return line(struct {
		Article string `json:"article"`
		Outlet  string `json:"outlet,omitempty"`
		Date    string `json:"date,omitempty"`
	}{a.Title, a.Publisher, date})
}

// turnLines is a conversation as data.
func turnLines(history []answer.Turn) string {
	var lines []string
	for _, t := range history {
		role := "bot"
		if t.Role == "user" {
			role = "user"
		}
		lines = append(lines, line(struct {
			Who  string `json:"who"`
			Said string `json:"said"`
		}{role, question.Tidy(t.Text, maxSaid)}))
	}
	return strings.Join(lines, "\n")
}

// maxSaid bounds what a turn of a conversation lends to a prompt, in runes.
const maxSaid = 800

// runesPerToken is how many runes of English a token has at least, on the
// average: OpenAI's guide gives four, and figures and names take more tokens.
// https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them
const runesPerToken = 3.5

// EstimateTokens is about how many tokens a text has for a model, rather too many
// than too few for English.
func EstimateTokens(text string) int {
	return int(float64(utf8.RuneCountInString(text))/runesPerToken) + 1
}

// The forms of what models are to write.
const (
	answerSchema = `{"type":"object","additionalProperties":false,"required":["answerable","sentences"],"properties":{` +
		`"answerable":{"type":"boolean"},"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["text","sources"],"properties":{` +
		`"text":{"type":"string"},"sources":` + sourcesSchema + `}}}}}`
	repairSchema = `{"type":"object","additionalProperties":false,"required":["sentences"],"properties":{` +
		`"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["replaces","text","sources"],"properties":{` +
		`"replaces":{"type":"integer"},"text":{"type":"string"},"sources":` + sourcesSchema + `}}}}}`
	rewriteSchema      = `{"type":"object","additionalProperties":false,"required":["question"],"properties":{"question":{"type":"string"}}}`
	answerAbroadSchema = `{"type":"object","additionalProperties":false,"required":["answerable","sentences"],"properties":{` +
		`"answerable":{"type":"boolean"},"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["text","translation","sources"],"properties":{` +
		`"text":{"type":"string"},"translation":{"type":"string"},"sources":` + sourcesAbroadSchema + `}}}}}`
	repairAbroadSchema = `{"type":"object","additionalProperties":false,"required":["sentences"],"properties":{` +
		`"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["replaces","text","translation","sources"],"properties":{` +
		`"replaces":{"type":"integer"},"text":{"type":"string"},"translation":{"type":"string"},"sources":` + sourcesAbroadSchema + `}}}}}`
	translateSchema = `{"type":"object","additionalProperties":false,"required":["sentences"],"properties":{` +
		`"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["replaces","text"],"properties":{` +
		`"replaces":{"type":"integer"},"text":{"type":"string"}}}}}}`
	sourcesAbroadSchema = `{"type":"array","items":{"type":"object","additionalProperties":false,"required":["passage","quote","translation"],"properties":{` +
		`"passage":{"type":"integer"},"quote":{"type":"string"},"translation":{"type":"string"}}}}`
	sourcesSchema = `{"type":"array","items":{"type":"object","additionalProperties":false,"required":["passage","quote"],"properties":{` +
		`"passage":{"type":"integer"},"quote":{"type":"string"}}}}`
)
