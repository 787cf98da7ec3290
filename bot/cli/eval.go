package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"parley/bot/answer/factcheck"
	"parley/bot/eval"
	"parley/bot/openai"
	"parley/bot/wire"
)

type evalCmd struct {
	Questions []string `placeholder:"FILE" sep:"none" help:"Questions with known answers, one JSON object a line (repeatable)."`
	Claims    []string `placeholder:"FILE" sep:"none" help:"Claims with known verdicts, one JSON object a line (repeatable)."`
	K         int      `name:"limit" short:"k" default:"${eval_limit}" placeholder:"N" help:"Passages to search for (default ${default})."`
	Worst     int      `default:"0" placeholder:"N" help:"List the N questions that went most wrong."`
	Engine    []string `placeholder:"NAME" sep:"none" help:"Engine to measure: extractive, or a model of the configured endpoint (repeatable: they are compared). Without it, the configured one."`
}

// evalJSON is what eval prints for a file. Figures without a question are null.
type evalJSON struct {
	File    string       `json:"file"`
	Search  eval.Figures `json:"search"`
	Ask     eval.Figures `json:"ask"`
	Latency eval.Latency `json:"latency"`
	Engine  string       `json:"engine"`
	Models  modelsJSON   `json:"models"`
	Worst   []eval.Case  `json:"worst"`
}

// modelsJSON is what models took for a file.
type modelsJSON struct {
	Written          int     `json:"written"` // answers, or refusals, that are a model's own
	Requests         int     `json:"requests"`
	PromptTokens     int     `json:"prompt_tokens"`
	CompletionTokens int     `json:"completion_tokens"`
	Estimated        bool    `json:"estimated"`
	Cost             float64 `json:"cost"`
}

// Run measures search and answers over files of questions.
func (cmd *evalCmd) Run(ctx context.Context, a *app) error {
	if cmd.K < 1 {
		return usagef("give the number of passages to search for, such as -k 100", "-k cannot be %d", cmd.K)
	}
	if len(cmd.Questions)+len(cmd.Claims) == 0 {
		return usagef("for example: parley eval --questions questions.jsonl", "eval needs --questions or --claims")
	}
	var sets [][]eval.Gold
	for _, file := range cmd.Questions {
		golds, err := a.readGolds(ctx, file)
		if err != nil {
			return err
		}
		sets = append(sets, golds)
	}
	s, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	engines, err := a.named(s, cmd.Engine)
	if err != nil {
		return err
	}
	for i, golds := range sets {
		var outs []evalJSON
		for _, e := range engines {
			bar := newProgress(a.env)
			r, err := eval.Run(ctx, golds, s.search, e.engine, eval.Options{Limit: cmd.K, AsOf: a.flags.AsOf.Time, Progress: bar.counted("asking " + e.name)})
			bar.end()
			if err != nil {
				return fmt.Errorf("evaluate %s: %w", cmd.Questions[i], err)
			}
			out := evalJSON{
				File: cmd.Questions[i], Engine: e.name, Search: r.Search, Ask: r.Ask, Latency: r.Latency, Worst: wire.List(r.Worst(cmd.Worst)),
				Models: modelsJSON{r.Written, r.Usage.Requests, r.Usage.PromptTokens, r.Usage.CompletionTokens, r.Usage.Estimated, r.Usage.Cost},
			}
			if a.flags.JSON {
				if err := a.out.object(out); err != nil {
					return err
				}
			}
			outs = append(outs, out)
		}
		if a.flags.JSON {
			continue
		}
		if i > 0 {
			a.out.line("")
		}
		a.out.evaluation(outs)
	}
	return cmd.claims(ctx, a, s)
}

// citedJSON is what eval prints for a file of claims.
type citedJSON struct {
	File string       `json:"file"`
	Cite eval.Figures `json:"cite"`
}

// claims measures the verdicts on files of claims.
func (cmd *evalCmd) claims(ctx context.Context, a *app, s *stack) error {
	checker := factcheck.New(s.engines.quoting(s.snapshot).Reader)
	for _, file := range cmd.Claims {
		f, err := a.openQuestions(ctx, aStatement, file)
		if err != nil {
			return err
		}
		var claims []eval.Claim
		for c, err := range eval.Lines[eval.Claim](f) {
			if err != nil {
				return errors.Join(fmt.Errorf("read claims %s: %w", file, err), f.Close())
			}
			claims = append(claims, c)
		}
		_ = f.Close()
		figures, err := eval.Check(ctx, claims, checker)
		if err != nil {
			return fmt.Errorf("evaluate %s: %w", file, err)
		}
		if a.flags.JSON {
			if err := a.out.object(citedJSON{file, figures}); err != nil {
				return err
			}
			continue
		}
		a.out.linef("%s: %d claims", filepath.Base(file), figures.Questions)
		a.out.figures("claims", []eval.Figures{figures})
	}
	return nil
}

// namedEngine is an engine with the name it goes by.
type namedEngine struct {
	name   string
	engine eval.Answerer
}

// extractive is the name of the engine that quotes.
const extractive = "extractive"

// named makes the engines of the given names over a stack; the configured one
// where none is given.
func (a *app) named(s *stack, names []string) ([]namedEngine, error) {
	if len(names) == 0 {
		name := extractive
		if s.engines.model != nil {
			name = s.engines.model.Model()
		}
		return []namedEngine{{name, s.engine}}, nil
	}
	var out []namedEngine
	for _, name := range names {
		cfg, err := a.config()
		if err != nil {
			return nil, err
		}
		log := a.quietLogger()
		var chat *openai.Client
		if name != extractive {
			o := cfg.OpenAI
			o.Model, o.EmbeddingModel = name, ""
			if chat, err = a.endpoint(&o, openaiKey, openaiFileKey, log); err != nil {
				return nil, err
			}
		}
		engines, err := cfg.engines(chat, log)
		if err != nil {
			return nil, err
		}
		out = append(out, namedEngine{name, engines.on(s.snapshot)})
	}
	return out, nil
}

// readGolds reads a file of questions with known answers.
func (a *app) readGolds(ctx context.Context, file string) ([]eval.Gold, error) {
	r, err := a.openQuestions(ctx, aQuestion, file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	var golds []eval.Gold
	for g, err := range eval.Lines[eval.Gold](r) {
		if err != nil {
			return nil, fmt.Errorf("read questions %s: %w", file, err)
		}
		golds = append(golds, g)
	}
	if len(golds) == 0 {
		return nil, hint(fmt.Errorf("read questions %s: no questions", file), `each line is one JSON object: {"id": "q1", "question": "…", "relevant": ["article id"], "answerable": true}`)
	}
	return golds, nil
}

// evaluation writes the figures of one file as tables, a column for each engine.
func (o *output) evaluation(outs []evalJSON) {
	e := &outs[0]
	o.line(o.bold(filepath.Join(filepath.Base(filepath.Dir(e.File)), filepath.Base(e.File))))
	if len(outs) > 1 {
		var head strings.Builder
		fmt.Fprintf(&head, "  %-20s", "")
		for _, out := range outs {
			fmt.Fprintf(&head, " %*s", columnWidth, shortName(out.Engine))
		}
		o.line(o.bold(head.String()))
	}
	o.figures(fmt.Sprintf("search, %s that name articles", count(e.Search.Questions, "question", "questions")), []eval.Figures{e.Search})
	var asks []eval.Figures
	for _, out := range outs {
		asks = append(asks, out.Ask)
	}
	o.figures("answers, "+count(e.Ask.Questions, "question", "questions"), asks)
	o.line("")
	o.linef("  %-20s%8s%8s", "time in ms", "p50", "p99")
	o.linef("  %-20s%8.1f%8.1f", "search", e.Latency.SearchP50, e.Latency.SearchP99)
	for _, out := range outs {
		name := "answer"
		if len(outs) > 1 {
			name = shortName(out.Engine)
		}
		o.linef("  %-20s%8.1f%8.1f", name, out.Latency.AskP50, out.Latency.AskP99)
	}
	o.spending(outs)
	for _, out := range outs {
		if len(outs) > 1 && len(out.Worst) > 0 {
			o.line("")
			o.line(o.bold(out.Engine))
		}
		for _, c := range out.Worst {
			o.line("")
			o.failure(&c)
		}
	}
}

// columnWidth is that of a figure where engines are compared.
const columnWidth = 16

// shortName is a model's name in a column.
func shortName(name string) string {
	if r := []rune(name); len(r) > columnWidth {
		return string(r[:columnWidth-1]) + "…"
	}
	return name
}

// spending writes what models took, when any was asked.
func (o *output) spending(outs []evalJSON) {
	for _, out := range outs {
		m := out.Models
		if m.Requests == 0 {
			continue
		}
		estimated := ""
		if m.Estimated {
			estimated = ", some of it estimated"
		}
		o.line("")
		o.wrap("  ", "    ", fmt.Sprintf("%s: %d answers are its own; %s, %d tokens of prompts, %d written, cost %.4f%s",
			out.Engine, m.Written, count(m.Requests, "request", "requests"), m.PromptTokens, m.CompletionTokens, m.Cost, estimated), nil)
	}
}

func (o *output) figures(title string, columns []eval.Figures) {
	o.line("")
	o.line("  " + title)
	for i, v := range columns[0].Values {
		var row strings.Builder
		fmt.Fprintf(&row, "    %-20s", v.Name)
		for _, f := range columns {
			value := "–"
			if !math.IsNaN(f.Values[i].Value) {
				value = strconv.FormatFloat(f.Values[i].Value, 'f', 4, 64)
			}
			width := 6
			if len(columns) > 1 {
				width = columnWidth - 3
			}
			row.WriteString(" " + strings.Repeat(" ", max(0, width-len([]rune(value)))) + value)
			if len(columns) > 1 {
				row.WriteString("  ")
			}
		}
		o.line(strings.TrimRight(row.String(), " "))
	}
}

// failure writes a question that went wrong, what was said and what is right.
func (o *output) failure(c *eval.Case) {
	kind := c.Kind
	if kind != "" {
		kind = " (" + kind + ")"
	}
	o.wrap("  ", "    ", c.ID+kind+": "+c.Wrong, o.warn)
	o.wrap("    ", "      ", c.Question, o.bold)
	rank := "no relevant article found"
	if c.Rank > 0 {
		rank = "first relevant article at rank " + strconv.Itoa(c.Rank)
	}
	o.wrap("    ", "      ", fmt.Sprintf("confidence %.2f · %s", c.Confidence, rank), o.dim)
	o.wrap("    said:  ", "           ", c.Answer, nil)
	for _, q := range c.Cited {
		o.wrap("    cited: ", "           ", q.ArticleID+": "+q.Quote, nil)
	}
	if len(c.Answers) > 0 {
		o.wrap("    right: ", "           ", strings.Join(c.Answers, " | "), nil)
	}
	for _, e := range c.Evidence {
		o.wrap("    gold:  ", "           ", e, nil)
	}
	if len(c.Retrieved) > 0 {
		o.wrap("    found: ", "           ", strings.Join(c.Retrieved, ", "), o.dim)
	}
}
