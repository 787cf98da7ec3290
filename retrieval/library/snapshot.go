package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
	"parley/retrieval/lexicon"
	"parley/retrieval/lsa"
	"parley/retrieval/vector"
)

// The weights of the rankers when none are given. docs/retrieval.md holds what other
// values give; go test ./bot/eval -run 'TestTrials$' -trials '^4-grams|^vectors'
// repeats it.
const (
	DefaultWords   = 1.0
	DefaultGrams   = 0.5
	DefaultVectors = 0.2
)

// minLSAPassages is the size below which LSA counts nothing beside words: a space
// fitted on a few passages is their noise. A judgement: no set lies between 25 and
// 300 passages, and on the five reports (25) nDCG@10 is the same either way.
const minLSAPassages = 100

// Options say how an index is made.
type Options struct {
	Weights   Weights
	Embedder  retrieval.Embedder // nil means LSA fitted on the articles
	LSA       lsa.Options
	Lexicon   *lexicon.Lexicon // relations between words; nil for none
	Retrieval retrieval.Options
}

// Weights are what each ranker counts in the sum. All zero means the defaults;
// a single zero switches its ranker off.
type Weights struct {
	Words, Grams, Vectors float64
}

func (w Weights) orDefault() Weights {
	if w == (Weights{}) {
		return Weights{DefaultWords, DefaultGrams, DefaultVectors}
	}
	return w
}

// hash names the options that what is saved depends on.
func (o Options) hash() string {
	kind := "none"
	switch {
	case o.Weights.orDefault().Vectors == 0:
	case o.Embedder != nil:
		kind = "embedder " + o.Embedder.Model()
	default:
		kind = fmt.Sprintf("lsa %d %d", o.LSA.Dims, o.LSA.Sample)
	}
	sum := sha256.Sum256([]byte(kind))
	return hex.EncodeToString(sum[:8])
}

// Snapshot is one state of the articles and the index over them. It is immutable.
type Snapshot struct {
	Corpus      *corpus.Corpus
	Forward     *analysis.Forward
	Index       *retrieval.Index
	Lexicon     *lexicon.Lexicon // of the options; nil for none
	Reading     *corpus.Reading  // what was read, refused and dropped
	Fingerprint string           // of the source it was read from
	Model       string           // that made the vectors; empty when there are none
	BuiltAt     time.Time        // when it was built, also if it was opened since

	opts    string // hash of the options
	model   *lsa.Model
	vectors [][]float32 // by passage, of an embedder that is not LSA
}

// Build makes a snapshot of what was read, with the corpus's own fingerprint.
func Build(ctx context.Context, reading *corpus.Reading, opts Options, progress Progress) (*Snapshot, error) {
	s, err := build(ctx, reading, "", opts, material{}, progress)
	if err == nil {
		s.Fingerprint = s.Corpus.Fingerprint()
	}
	return s, err
}

// material is what need not be made again.
type material struct {
	model []byte        // a stored LSA model
	known vectorsByText // vectors of passages
}

func build(
	ctx context.Context, reading *corpus.Reading, fingerprint string, opts Options, from material, progress Progress,
) (*Snapshot, error) {
	progress = progress.locked()
	s := &Snapshot{Lexicon: opts.Lexicon, Reading: reading, Fingerprint: fingerprint, opts: opts.hash(), BuiltAt: time.Now()}
	progress.step("splitting", 0, 0)
	var err error
	if s.Corpus, err = corpus.New(reading.Articles); err != nil {
		return nil, fmt.Errorf("split articles: %w", err)
	}
	progress.step("splitting", 1, 0)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	progress.step("analyzing", 0, 0)
	s.Forward = analysis.Analyze(s.Corpus)
	progress.step("analyzing", 1, 0)
	if err := s.assemble(ctx, opts, from, progress); err != nil {
		return nil, err
	}
	return s, nil
}

// assemble makes the index of the rankers.
func (s *Snapshot) assemble(ctx context.Context, opts Options, from material, progress Progress) error {
	parser, rankers, err := s.rankers(ctx, opts, from, progress)
	if err != nil {
		return fmt.Errorf("index articles: %w", err)
	}
	s.Index = retrieval.New(s.Forward, parser, rankers, opts.Retrieval)
	return nil
}

// rankers makes the lexical rankers and the vectors side by side.
func (s *Snapshot) rankers(
	ctx context.Context, opts Options, from material, progress Progress,
) (retrieval.Parser, []retrieval.Weighted, error) {
	var lex *lexical.Index
	var store *vector.Store
	weights := opts.Weights.orDefault()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	g.Go(func() error {
		progress.step("indexing words", 0, 0)
		lex = lexical.New(s.Forward, opts.Lexicon, lexical.Options{})
		progress.step("indexing words", 1, 0)
		return gctx.Err()
	})
	if weights.Vectors != 0 {
		g.Go(func() (err error) {
			store, err = s.embed(gctx, opts, from, progress)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	out := []retrieval.Weighted{
		{Ranker: lex.Words(), Weight: weights.Words},
		{Ranker: lex.Grams(), Weight: weights.Grams},
	}
	if store != nil {
		if opts.Embedder == nil && weights.Words != 0 && len(s.Corpus.Passages) < minLSAPassages {
			weights.Vectors = 0
		}
		out = append(out, retrieval.Weighted{Ranker: store, Weight: weights.Vectors})
	}
	return lex, out, nil
}
