package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
)

// stack is what the commands work with: the articles, the search over them and
// the engine on top.
type stack struct {
	corpus *corpus.Corpus
	search answer.Searcher
	engine *answer.Engine
}

// open loads the articles and builds everything above them.
func (a *app) open(ctx context.Context) (*stack, error) {
	articles, err := readArticles(a.flags.Corpus)
	if err != nil {
		return nil, err
	}
	c, err := corpus.New(articles)
	if err != nil {
		return nil, err
	}
	fwd := analysis.Analyze(c)
	lex := lexical.New(fwd)
	ix := retrieval.New(fwd, lex, []retrieval.Weighted{
		{Ranker: lex.Words(), Weight: 1}, {Ranker: lex.Grams(), Weight: 0.3},
	}, retrieval.Options{})
	return &stack{corpus: c, search: ix, engine: answer.New(ix, answer.Options{})}, nil
}

// readArticles stands in until corpus reads files.
func readArticles(paths []string) ([]corpus.Article, error) {
	var out []corpus.Article
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".jsonl":
				got, err := readJSONL(path)
				out = append(out, got...)
				return err
			case ".txt", ".md":
				b, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				id, err := filepath.Rel(root, path)
				if err != nil || id == "." {
					id = filepath.Base(path)
				}
				body := strings.TrimSpace(string(b))
				title, _, _ := strings.Cut(body, "\n")
				out = append(out, corpus.Article{ID: id, Title: title, Body: body})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readJSONL(path string) ([]corpus.Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []corpus.Article
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var l struct{ ID, Title, Publisher, Author, Date, URL, Text, Question string }
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if l.Question != "" {
			return nil, nil // a questions file in the same folder
		}
		t, _ := parseDay(l.Date)
		out = append(out, corpus.Article{ID: l.ID, Title: l.Title, Publisher: l.Publisher, Author: l.Author, URL: l.URL, Published: t, Body: strings.TrimSpace(l.Text)})
	}
	return out, lines.Err()
}
