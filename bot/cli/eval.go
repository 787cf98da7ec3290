package cli

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"parley/bot/eval"
)

type evalCmd struct {
	Questions []string `required:"" placeholder:"FILE" sep:"none" help:"Questions with known answers, one JSON object a line (repeatable)."`
	K         int      `name:"limit" short:"k" default:"${eval_limit}" placeholder:"N" help:"Passages to search for (default ${default})."`
	Worst     int      `default:"0" placeholder:"N" help:"List the N questions that went most wrong."`
}

// evalJSON is what eval prints for a file. Figures without a question are null.
type evalJSON struct {
	File    string       `json:"file"`
	Search  eval.Figures `json:"search"`
	Ask     eval.Figures `json:"ask"`
	Latency eval.Latency `json:"latency"`
	Worst   []eval.Case  `json:"worst"`
}

// Run measures search and answers over files of questions.
func (cmd *evalCmd) Run(ctx context.Context, a *app) error {
	if cmd.K < 1 {
		return usagef("give the number of passages to search for, such as -k 100", "-k cannot be %d", cmd.K)
	}
	var sets [][]eval.Gold
	for _, file := range cmd.Questions {
		golds, err := a.readGolds(ctx, file)
		if err != nil {
			return err
		}
		sets = append(sets, golds)
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	for i, golds := range sets {
		bar := newProgress(a.env)
		r, err := eval.Run(ctx, golds, s.search, s.engine, eval.Options{Limit: cmd.K, AsOf: a.flags.AsOf.Time, Progress: bar.counted("asking")})
		bar.end()
		if err != nil {
			return fmt.Errorf("evaluate %s: %w", cmd.Questions[i], err)
		}
		out := evalJSON{File: cmd.Questions[i], Search: r.Search, Ask: r.Ask, Latency: r.Latency, Worst: list(r.Worst(cmd.Worst))}
		if a.flags.JSON {
			if err := a.out.object(out); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			a.out.line("")
		}
		a.out.evaluation(&out)
	}
	return nil
}

// readGolds reads a file of questions with known answers.
func (a *app) readGolds(ctx context.Context, file string) ([]eval.Gold, error) {
	r, err := a.openQuestions(ctx, file)
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

// evaluation writes the figures of one file as tables.
func (o *output) evaluation(e *evalJSON) {
	o.line(o.bold(filepath.Join(filepath.Base(filepath.Dir(e.File)), filepath.Base(e.File))))
	o.figures(fmt.Sprintf("search, %s that name articles", count(e.Search.Questions, "question", "questions")), e.Search)
	o.figures("answers, "+count(e.Ask.Questions, "question", "questions"), e.Ask)
	o.line("")
	o.linef("  %-20s%8s%8s", "time in ms", "p50", "p99")
	o.linef("  %-20s%8.1f%8.1f", "search", e.Latency.SearchP50, e.Latency.SearchP99)
	o.linef("  %-20s%8.1f%8.1f", "answer", e.Latency.AskP50, e.Latency.AskP99)
	for _, c := range e.Worst {
		o.line("")
		o.failure(&c)
	}
}

func (o *output) figures(title string, f eval.Figures) {
	o.line("")
	o.line("  " + title)
	for _, v := range f.Values {
		value := "–"
		if !math.IsNaN(v.Value) {
			value = strconv.FormatFloat(v.Value, 'f', 4, 64)
		}
		o.linef("    %-20s %s%s", v.Name, strings.Repeat(" ", max(0, 6-len([]rune(value)))), value)
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
