package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"parley/bot/answer"
	"parley/bot/eval"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
	"parley/retrieval/lexicon"
	"parley/retrieval/lsa"
	"parley/retrieval/vector"
)

// stack is what the commands work with: the articles, the search over them and
// the engine on top.
type stack struct {
	corpus *corpus.Corpus
	search answer.Searcher
	engine eval.Answerer
}

// open loads the configuration and the articles and builds everything above them.
func (a *app) open(ctx context.Context) (*stack, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	reading, err := a.read(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if n := len(reading.Refused); n > 0 {
		a.note("%s not read; parley index says why", count(n, "file or line was", "files or lines were"))
	}
	return build(ctx, cfg, reading.Articles)
}

// config is the configuration file's, with what the command line says instead.
func (a *app) config() (Config, error) {
	cfg, err := loadConfig(a.flags.Config)
	if err != nil {
		return cfg, err
	}
	if len(a.flags.Corpus) > 0 {
		cfg.Corpus.Paths = a.flags.Corpus
	}
	return cfg, nil
}

// read reads the configured articles, or the built-in ones.
func (a *app) read(ctx context.Context, cfg Config) (*corpus.Reading, error) {
	if len(cfg.Corpus.Paths) == 0 {
		return corpus.Talks()
	}
	for _, path := range cfg.Corpus.Paths {
		if _, err := os.Stat(path); err != nil {
			return nil, hint(fmt.Errorf("open corpus: %w", err), "--corpus takes a folder, a file or a .jsonl; without it parley answers from the built-in talks")
		}
	}
	bar := newProgress(a.env, "reading")
	defer bar.done()
	return corpus.Read(ctx, cfg.Corpus.Paths, corpus.ReadOptions{
		MaxFileBytes: cfg.Corpus.MaxFileBytes, MaxArticleBytes: cfg.Corpus.MaxArticleBytes, Progress: bar.step,
	})
}

// build makes the index and the engine over articles.
func build(ctx context.Context, cfg Config, articles []corpus.Article) (*stack, error) {
	c, err := corpus.New(articles)
	if err != nil {
		return nil, err
	}
	fwd := analysis.Analyze(c)
	words, err := lexicon.Open()
	if err != nil {
		return nil, err
	}
	lex := lexical.New(fwd, words)
	rankers := []retrieval.Weighted{
		{Ranker: lex.Words(), Weight: cfg.Retrieval.Words}, {Ranker: lex.Grams(), Weight: cfg.Retrieval.Grams},
	}
	if cfg.Retrieval.Vectors > 0 {
		model, err := lsa.Fit(ctx, fwd, lsa.Options{Dims: cfg.Retrieval.Dimensions})
		if err != nil {
			return nil, err
		}
		vectors, err := model.Passages(ctx)
		if err != nil {
			return nil, err
		}
		store, err := vector.New(ctx, model, vectors)
		if err != nil {
			return nil, err
		}
		rankers = append(rankers, retrieval.Weighted{Ranker: store, Weight: cfg.Retrieval.Vectors})
	}
	ix := retrieval.New(fwd, lex, rankers, retrieval.Options{HalfLife: cfg.Retrieval.HalfLifeDays})
	return &stack{corpus: c, search: ix, engine: answer.New(ix, answer.Options{
		Threshold: cfg.Answer.Threshold, MaxSentences: cfg.Answer.MaxSentences,
	})}, nil
}

// builtinFingerprint tells one set of built-in articles from another.
func builtinFingerprint() (string, error) {
	reading, err := corpus.Talks()
	if err != nil {
		return "", err
	}
	c, err := corpus.New(reading.Articles)
	if err != nil {
		return "", err
	}
	return c.Fingerprint(), nil
}

// note says something that is no failure.
func (a *app) note(format string, args ...any) {
	_, _ = fmt.Fprintf(a.env.Stderr, "note: "+format+"\n", args...)
}

// count writes a number with the noun it needs.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// oneOrMany returns the words of a command line as one text; a questions file
// takes their place.
func oneOrMany(command string, words []string, file string) (string, error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	example := fmt.Sprintf("for example: parley %s \"How long did the talks last?\"", command)
	switch {
	case file == "" && len(words) == 0:
		return "", usagef(example, "%s needs a question", command)
	case file != "" && len(words) > 0:
		return "", usagef("leave one of them out", "a question and --questions cannot go together")
	}
	return text, nil
}
