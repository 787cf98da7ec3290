package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/corpus"
	"parley/corpus/read"
	"parley/corpus/read/files"
	"parley/retrieval"
	"parley/retrieval/embedding"
	"parley/retrieval/encoder"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
)

// stack is what the commands work with: the articles, the search over them and
// the engine on top.
type stack struct {
	corpus *corpus.Corpus
	search answer.Source
	engine bot.Answerer

	env      Env
	snapshot *library.Snapshot
	engines  *engines
	models   *endpoints
	offered  int // questions that follow an answer in a conversation
}

// quickPassages is how many passages are embedded before a single question is
// answered, by the encoder in the binary: a second's work of two cores with AVX-512,
// a few with AVX2. With more missing something stands in, as a note says. It is a
// number and not a time, so that the same question over the same articles has the
// same answer on every machine.
const quickPassages = 128

// open loads the configuration and the articles and builds everything above
// them, or opens the snapshot of it. Quick is for who waits for one answer.
func (a *app) open(ctx context.Context, quick bool) (*stack, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	a.reading = cfg.Retrieval.Embedder == embedderBuiltin // what an endpoint gives is dear
	load := reloadAll
	if quick && cfg.Retrieval.Embedder == embedderBuiltin {
		load = reloadQuickly
	}
	report, err := a.reload(ctx, cfg, load)
	if err != nil {
		return nil, err
	}
	if n := unread(report.Snapshot.Reading); n > 0 {
		a.note("%s not read; parley index says why", count(n, "text was", "texts were"))
	}
	if cfg.Data != "" && report.State.Kind != library.Usable {
		a.note("%s; parley index makes a new one", report.State.Reason)
	}
	return a.newStack(cfg, report.Snapshot)
}

// unread counts what was refused for another reason than that an article says
// the same: then nothing is missing.
func unread(r *read.Reading) int {
	n := len(r.Refused)
	for _, d := range r.Duplicates {
		if d.Kind == read.Identical {
			n--
		}
	}
	return n
}

func (a *app) newStack(cfg Config, s *library.Snapshot) (*stack, error) {
	log := a.quietLogger()
	models, err := a.endpoints(&cfg, log)
	if err != nil {
		return nil, err
	}
	engines, err := cfg.engines(models.chat, log)
	if err != nil {
		return nil, err
	}
	return &stack{corpus: s.Corpus, search: s, engine: engines.on(s), env: a.env, snapshot: s, engines: engines, models: models, offered: cfg.Bot.Suggestions}, nil
}

// quoting makes engines over snapshots that quote.
func (c *Config) quoting() (func(*library.Snapshot) *extract.Engine, error) {
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		return nil, fmt.Errorf("open built-in reader: %w", err)
	}
	return func(s *library.Snapshot) *extract.Engine {
		return extract.New(s, pairs, extract.Options{Threshold: c.Answer.Threshold, MaxSentences: c.Answer.MaxSentences})
	}, nil
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
	if a.flags.Data != "" {
		cfg.Data = a.flags.Data
	}
	return cfg, nil
}

// reload makes a snapshot of the configured articles, or opens the saved one.
func (a *app) reload(ctx context.Context, cfg Config, how loading) (*library.Report, error) {
	report, err := a.load(ctx, cfg, how)
	if err == nil && report.Snapshot.Degraded != nil {
		remedy := "parley check says what to do"
		if cfg.Retrieval.Embedder == embedderBuiltin {
			remedy = "parley index --data DIR makes them once"
		}
		a.note("%v; %s stands in, %s", report.Snapshot.Degraded, cmp.Or(report.Snapshot.Model, "the search for words"), remedy)
	}
	if a.models != nil && a.models.vectors != nil {
		for _, begins := range a.models.vectors.State().Embeddings.Left {
			a.note("the embedding model makes no vector of the passage “%s”: it is found by its words alone", begins)
		}
	}
	return report, err
}

// loading is a way to have a library make a snapshot.
type loading func(context.Context, *library.Library, library.Progress) (*library.Report, error)

// reloadAll embeds all passages before it returns.
func reloadAll(ctx context.Context, l *library.Library, progress library.Progress) (*library.Report, error) {
	return l.Reload(ctx, progress)
}

// reloadAtOnce embeds none.
func reloadAtOnce(ctx context.Context, l *library.Library, progress library.Progress) (*library.Report, error) {
	return l.ReloadAtOnce(ctx, progress)
}

// reloadQuickly embeds no more than [quickPassages].
func reloadQuickly(ctx context.Context, l *library.Library, progress library.Progress) (*library.Report, error) {
	report, err := l.ReloadAtOnce(ctx, progress)
	if err != nil {
		return nil, err
	}
	if lacks, ok := errors.AsType[*library.IncompleteError](report.Snapshot.Degraded); ok && lacks.Missing <= quickPassages {
		if err := l.Recover(ctx, progress); err != nil {
			return nil, err
		}
		report.Snapshot = l.Snapshot()
	}
	return report, nil
}

// reloadWhole also embeds the sentences.
func reloadWhole(ctx context.Context, l *library.Library, progress library.Progress) (*library.Report, error) {
	report, err := l.Reload(ctx, progress)
	if err != nil {
		return nil, err
	}
	return report, l.FillSentences(ctx, progress)
}

// load makes a snapshot in one of the ways of a library.
func (a *app) load(ctx context.Context, cfg Config, how loading) (*library.Report, error) {
	l, err := a.library(&cfg, a.quietLogger())
	if err != nil {
		return nil, err
	}
	bar := newProgress(a.env)
	defer bar.end()
	return how(ctx, l, bar.step)
}

// library is one of the configured articles, still empty.
func (a *app) library(c *Config, log *slog.Logger) (*library.Library, error) {
	source, err := c.source()
	if err != nil {
		return nil, err
	}
	opts, err := a.libraryOptions(c, log)
	if err != nil {
		return nil, err
	}
	return library.New(source, c.Data, opts), nil
}

// previous opens the snapshot that was saved before, of whatever articles, so
// that the new one can be compared with it; nil when there is none of use.
func (a *app) previous(ctx context.Context, cfg Config) (*library.Snapshot, error) {
	files, err := filepath.Glob(filepath.Join(cfg.Data, "*.parley"))
	if cfg.Data == "" || err != nil || len(files) != 1 {
		return nil, nil //nolint:nilerr // a folder whose name is a bad pattern has no snapshot to compare with
	}
	f, err := os.Open(files[0])
	if err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	defer func() { _ = f.Close() }()
	var header struct {
		Fingerprint string `json:"fingerprint"`
	}
	if err := json.NewDecoder(f).Decode(&header); err != nil {
		return nil, nil //nolint:nilerr // a damaged snapshot is replaced
	}
	opts, err := a.libraryOptions(&cfg, a.quietLogger())
	if err != nil {
		return nil, err
	}
	s, _, err := library.Open(ctx, cfg.Data, header.Fingerprint, opts, nil)
	return s, err
}

// source is where the articles come from.
func (c *Config) source() (library.Source, error) {
	if len(c.Corpus.Paths) == 0 {
		return library.Talks{}, nil
	}
	for _, path := range c.Corpus.Paths {
		if _, err := os.Stat(path); err != nil {
			if where, ok := errors.AsType[*os.PathError](err); ok {
				err = fmt.Errorf("%s: %w", files.Quote(path), where.Err)
			}
			return nil, hint(fmt.Errorf("open corpus: %w", err), "--corpus takes a folder, a file or a .jsonl; without it parley answers from the built-in talks")
		}
	}
	return &library.Files{Paths: c.Corpus.Paths, Options: c.Corpus.options()}, nil
}

// libraryOptions say how the index is made.
func (a *app) libraryOptions(c *Config, log *slog.Logger) (library.Options, error) {
	words, err := lexicon.Open()
	if err != nil {
		return library.Options{}, fmt.Errorf("open lexicon: %w", err)
	}
	models, err := a.endpoints(c, log)
	if err != nil {
		return library.Options{}, err
	}
	r := &c.Retrieval
	opts := library.Options{
		Weights:   library.Weights{Words: r.Words, Grams: r.Grams, Vectors: r.Vectors, Neural: r.Neural},
		LSA:       lsa.Options{Dims: r.Dimensions},
		Lexicon:   words,
		Retrieval: retrieval.Options{HalfLife: r.HalfLifeDays},
		ReadOnly:  a.reading,
	}
	builtin, err := embedding.Builtin()
	if err != nil {
		return library.Options{}, err
	}
	opts.Reader = builtin
	switch {
	case r.Embedder == embedderBuiltin:
		opts.Embedder, opts.Steady = builtin, true
	case r.Embedder == embedderEndpoint && models.vectors != nil: // check does without
		opts.Embedder = models.vectors.Embedder()
	}
	return opts, nil
}

// builtinFingerprint tells one set of built-in articles from another.
func builtinFingerprint() (string, error) {
	reading, err := read.Talks()
	if err != nil {
		return "", err
	}
	c, err := corpus.New(reading.Articles)
	if err != nil {
		return "", err
	}
	return c.Fingerprint()[:fingerprintDigits], nil
}

// fingerprintDigits is how much of a fingerprint people compare by eye, as git
// shows of a commit.
const fingerprintDigits = 12
