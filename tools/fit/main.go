// Command fit makes the calibrated models of reading and support.
//
//	go run ./tools/fit read --data DIR --corpus ARTICLES --questions QUESTIONS > rows.jsonl
//
// prints what is known of each sentence that was read for a question, and whether
// it bears the answer; cite does so for claims, disputes for pairs of answers, relations
// for what stands beside the answer of a question.
//
//	go run ./tools/fit model choice|confidence|cite|relations ROWS… [--check ROWS…] > model.json
//
// fits a model on such rows, and says on standard error how it does on each file.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"parley/bot/answer/extract"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/bot/eval"
	"parley/corpus/read"
	"parley/retrieval/embedding"
	"parley/retrieval/encoder"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

type row struct {
	Sentence int                    `json:"sentence"` // its number in the corpus
	Features reading.Features       `json:"f"`
	Follow   reading.FollowFeatures `json:"follow"` // where there is a conversation
	Bears    bool                   `json:"bears"`
}

type rows struct {
	ID         string `json:"id"`
	Answerable bool   `json:"answerable"`
	Leans      bool   `json:"leans"`   // the question leaves out what was said before
	Follows    bool   `json:"follows"` // there is a conversation
	Rows       []row  `json:"rows"`
}

func run(ctx context.Context, args []string) error {
	if len(args) > 1 && args[0] == "model" {
		files, checks := args[2:], []string(nil)
		if i := slices.Index(files, "--check"); i >= 0 {
			files, checks = files[:i], files[i+1:]
		}
		return fit(args[1], files, checks, os.Stdout, os.Stderr)
	}
	flags := flag.NewFlagSet("fit", flag.ContinueOnError)
	data := flags.String("data", "", "folder that keeps the snapshot")
	articles := flags.String("corpus", "", "articles, as a file or folder")
	questions := flags.String("questions", "", "questions, one JSON object a line")
	weights := flags.String("pairs", "", "a file of weights of the pair model")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	base, err := encoder.Builtin()
	if err != nil {
		return err
	}
	file, err := os.ReadFile(*weights)
	if err != nil {
		return err
	}
	pairs, err := encoder.OpenPairs(base, file)
	if err != nil {
		return err
	}
	f, err := os.Open(*questions)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	out := json.NewEncoder(os.Stdout)
	if args[0] == "disputes" {
		return disputes(ctx, pairs, f, out)
	}
	s, err := open(ctx, *articles, *data)
	if err != nil {
		return err
	}
	r := reading.New(s, pairs)
	switch args[0] {
	case "relations":
		return relations(ctx, s, r, f, out)
	case "leads":
		return leads(ctx, s, extract.New(s, pairs, extract.Options{}), f, out)
	case "cite":
		return cite(ctx, s, r, f, out)
	}
	return answers(ctx, s, r, f, out)
}

// answers prints the rows of questions.
func answers(ctx context.Context, s *library.Snapshot, r *reading.Reader, f io.Reader, out *json.Encoder) error {
	for g, err := range eval.Lines[eval.Gold](f) {
		if err != nil {
			return err
		}
		q := question.Read(g.Ask(g.Date.Time))
		got, err := r.Read(ctx, q)
		if err != nil {
			return err
		}
		line := rows{ID: g.ID, Answerable: g.Answerable == nil || *g.Answerable, Leans: q.Dependent, Follows: len(q.Before) > 0, Rows: []row{}}
		c := s.Corpus
		for i := range got.Sentences {
			s := &got.Sentences[i]
			line.Rows = append(line.Rows, row{s.Number, s.Features, s.Follow, eval.Bears(&g, c.Articles[s.Article].ID, c.SentenceText(s.Number))})
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

type claim struct {
	ID       string   `json:"id"`
	Claim    string   `json:"claim"`
	Label    string   `json:"label"`
	Evidence []string `json:"evidence"`
}

type claimRow struct {
	Features support.Features `json:"f"`
	Gold     bool             `json:"gold"`
}

type claimRows struct {
	ID    string     `json:"id"`
	Label string     `json:"label"`
	Rows  []claimRow `json:"rows"`
}

// cite prints the rows of claims.
func cite(ctx context.Context, s *library.Snapshot, r *reading.Reader, f io.Reader, out *json.Encoder) error {
	j := support.New(r)
	for c, err := range eval.Lines[claim](f) {
		if err != nil {
			return err
		}
		found, _, err := j.Look(ctx, c.Claim, "")
		if err != nil {
			return err
		}
		line := claimRows{c.ID, c.Label, []claimRow{}}
		g := eval.Gold{Evidence: c.Evidence}
		for _, x := range found {
			line.Rows = append(line.Rows, claimRow{x.Features, eval.Bears(&g, "", s.Corpus.SentenceText(x.Sentence))})
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// open reads articles, with the vectors that a folder keeps.
func open(ctx context.Context, articles, data string) (*library.Snapshot, error) {
	words, err := lexicon.Open()
	if err != nil {
		return nil, err
	}
	e, err := embedding.Builtin()
	if err != nil {
		return nil, err
	}
	var source library.Source = library.Talks{}
	if articles != "" {
		source = &library.Files{Paths: []string{articles}, Options: read.Options{}}
	}
	l := library.New(source, data, library.Options{Lexicon: words, Embedder: e, Steady: true, Reader: e})
	report, err := l.Reload(ctx, nil)
	if err != nil {
		return nil, err
	}
	return report.Snapshot, nil
}
