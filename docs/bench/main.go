// Command bench measures how quickly parley reads articles, finds passages and
// answers, beside bleve and chromem-go on the same passages, and prints the
// figures as Markdown tables. It is a module of its own, so that what it
// compares with stays out of parley's dependencies.
//
//	cd docs/bench && go run . -articles scifact/articles.jsonl -questions scifact/questions.jsonl
//
// Every engine runs in a process of its own (child.go), so that each has its own
// peak of memory. The processes are alive together and take turns, one pass over
// all questions each, so that what else the machine does hits all of them alike.
// Larger corpora are made of the one given (grow.go).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	articles, questions string
	times, beside       []int
	runs, passes, cold  int
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		if err := serve(ctx, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	opts, err := parseFlags(os.Args[1:])
	if err == nil {
		err = run(ctx, opts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parseFlags(args []string) (o options, err error) {
	fs := flag.NewFlagSet("bench", flag.ExitOnError)
	fs.StringVar(&o.articles, "articles", "", "articles, one JSON object a line: id, title, text")
	fs.StringVar(&o.questions, "questions", "", "questions, one JSON object a line: id, question")
	times := fs.String("times", "1,4,16", "how many times the corpus, to see how the cost grows")
	beside := fs.String("beside", "1", "at which of these sizes the other engines are measured too")
	fs.IntVar(&o.runs, "runs", 3, "builds of each engine at the first size; the figures are medians over them")
	fs.IntVar(&o.passes, "passes", 5, "passes over the questions after each build")
	fs.IntVar(&o.cold, "cold", 20, "starts of the command to answer one question about the built-in articles; 0 for none")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if o.articles == "" || o.questions == "" || o.runs < 1 || o.passes < 1 {
		return o, errors.New("give -articles FILE and -questions FILE, and at least one run and pass")
	}
	if o.times, err = numbers(*times); err != nil {
		return o, fmt.Errorf("read -times: %w", err)
	}
	if o.beside, err = numbers(*beside); err != nil {
		return o, fmt.Errorf("read -beside: %w", err)
	}
	return o, nil
}

func numbers(list string) ([]int, error) {
	var out []int
	for s := range strings.SplitSeq(list, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is not a number above 0", s)
		}
		out = append(out, n)
	}
	return out, nil
}

// size is one corpus and what the engines did on it.
type size struct {
	times   int
	bytes   int64
	results []*result // by engine
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer os.RemoveAll(dir)
	var sizes []size
	for i, n := range o.times {
		runs := 1
		if i == 0 {
			runs = o.runs
		}
		s, err := measure(ctx, o, dir, n, runs)
		if err != nil {
			return fmt.Errorf("measure %d times the corpus: %w", n, err)
		}
		sizes = append(sizes, s)
	}
	var starts []time.Duration
	if o.cold > 0 {
		if starts, err = coldStarts(ctx, dir, o.cold); err != nil {
			return fmt.Errorf("start command: %w", err)
		}
	}
	report(os.Stdout, o, sizes, starts)
	return nil
}

// measure runs the engines on n times the corpus.
func measure(ctx context.Context, o options, dir string, n, runs int) (size, error) {
	s := size{times: n}
	j := job{
		Articles:  filepath.Join(dir, fmt.Sprintf("articles-%d.jsonl", n)),
		Questions: o.questions,
		Prepared:  filepath.Join(dir, fmt.Sprintf("prepared-%d.gob", n)),
	}
	if err := grow(o.articles, j.Articles, n); err != nil {
		return s, fmt.Errorf("grow corpus: %w", err)
	}
	defer os.Remove(j.Articles)
	info, err := os.Stat(j.Articles)
	if err != nil {
		return s, err
	}
	s.bytes = info.Size()
	names := []string{"parley"}
	if slices.Contains(o.beside, n) {
		names = append(names, "bleve", "bleve-scorch", "chromem")
		j.Engine = "prepare"
		c, err := start(ctx, j)
		if err != nil {
			return s, err
		}
		if err := c.end(&result{}); err != nil {
			return s, err
		}
		defer os.Remove(j.Prepared)
	}
	for _, name := range names {
		s.results = append(s.results, &result{Engine: name, took: map[string][]time.Duration{}})
	}
	for range runs {
		if err := s.once(ctx, j, o.passes); err != nil {
			return s, err
		}
	}
	return s, nil
}

// once builds every engine, one after the other, and lets them take turns at the
// questions.
func (s *size) once(ctx context.Context, j job, passes int) (err error) {
	var children []*child
	defer func() {
		for i, c := range children {
			err = errors.Join(err, c.end(s.results[i]))
		}
	}()
	for _, r := range s.results {
		j.Engine = r.Engine
		c, err := start(ctx, j)
		if err != nil {
			return err
		}
		children = append(children, c)
		r.index = append(r.index, c.built.Index)
		r.Articles, r.Passages = c.built.Articles, c.built.Passages
	}
	for pass := range passes + 1 {
		for i, c := range children {
			for _, op := range c.built.Operations {
				took, err := c.pass(op)
				if err != nil {
					return err
				}
				if pass > 0 { // the first one warms up
					s.results[i].took[op] = append(s.results[i].took[op], took...)
				}
			}
		}
	}
	return nil
}
