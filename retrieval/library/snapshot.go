package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/corpus"
	"parley/corpus/read"
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

	// DefaultNeural lies between what is best on either half of the questions, for the
	// encoder in the program. For an endpoint's model it is a judgement.
	DefaultNeural = 0.8
)

// minLSAPassages is the size below which LSA counts nothing beside words: a space
// fitted on a few passages is their noise. A judgement: no set lies between 25 and
// 300 passages, and on the five reports (25) nDCG@10 is the same either way.
const minLSAPassages = 100

// Options say how an index is made.
type Options struct {
	Weights Weights

	// Embedder makes the vectors. While it cannot, LSA fitted on the articles
	// stands in; nil means LSA alone. It must heed its context. One that lies in
	// the program is Steady: once it has embedded all passages it needs no stand-in.
	Embedder  retrieval.Embedder
	Steady    bool
	Reader    retrieval.Reader // makes vectors of sentences; nil for none
	Patience  time.Duration    // how long it may take for a query; 0 means DefaultPatience
	LSA       lsa.Options
	Lexicon   *lexicon.Lexicon // relations between words; nil for none
	Retrieval retrieval.Options
	ReadOnly  bool // the folder of snapshots is not written to
}

// Weights are what each ranker counts in the sum. All zero means the defaults;
// a single zero switches its ranker off.
type Weights struct {
	Words, Grams float64
	Vectors      float64 // of LSA
	Neural       float64 // of Options.Embedder
}

func (w Weights) orDefault() Weights {
	if w == (Weights{}) {
		return Weights{DefaultWords, DefaultGrams, DefaultVectors, DefaultNeural}
	}
	return w
}

// embedder is the one that is used, or nil.
func (o *Options) embedder() retrieval.Embedder {
	if o.Weights.orDefault().Neural == 0 {
		return nil
	}
	return o.Embedder
}

// model names the embedder that is used.
func (o *Options) model() string {
	if e := o.embedder(); e != nil {
		return e.Model()
	}
	return ""
}

// reader names the reader, or is empty.
func (o *Options) reader() string {
	if o.Reader == nil {
		return ""
	}
	return o.Reader.Model()
}

// hash names the options that what is saved depends on, beside the embedder.
func (o *Options) hash() string {
	kind := "none"
	if o.Weights.orDefault().Vectors != 0 {
		kind = fmt.Sprintf("lsa %d %d", o.LSA.Dims, o.LSA.Sample)
	}
	sum := sha256.Sum256([]byte(kind))
	return hex.EncodeToString(sum[:8])
}

// Snapshot is one state of the articles and the index over them. It is immutable.
type Snapshot struct {
	Corpus *corpus.Corpus

	Index       *retrieval.Index
	Lexicon     *lexicon.Lexicon // of the options; nil for none
	Reading     *read.Reading    // what was read, refused and dropped
	Fingerprint string           // of the source it was read from
	Model       string           // that made the vectors; empty when there are none
	BuiltAt     time.Time        // when it was built, also if it was opened since

	// Degraded is why the vectors are not those of Options.Embedder: an
	// *[IncompleteError]. Nil when they are, and without an embedder.
	Degraded error

	fwd      *analysis.Forward
	opts     string     // hash of the options
	embedder string     // the model that is wanted; empty for LSA
	steady   bool       // it lies in the program
	known    *known     // vectors of the embedder
	hashes   []textHash // of the passages' texts; nil without an embedder
	model    *lsa.Model // nil when it is not fitted
	parts    parts
	neural   *neural // nil when the embedder's vectors do not rank
	age      int     // generation of its vectors

	reader         retrieval.Reader // nil for none
	sentences      *sentenceVectors
	sentenceHashes []textHash // nil without a reader
}

// parts are what the index is made of beside the embedder's vectors.
type parts struct {
	parser  retrieval.Parser
	rankers []retrieval.Weighted // words and grams
	lsa     *retrieval.Weighted  // nil when it is not fitted
}

// IncompleteError says that passages lack vectors of the embedder.
type IncompleteError struct {
	Missing, Total int   // texts of passages
	Cause          error // what the embedder failed with; nil when it was not asked
}

func (e *IncompleteError) Error() string {
	text := fmt.Sprintf("%d of %d passages have no vector yet", e.Missing, e.Total)
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *IncompleteError) Unwrap() error { return e.Cause }

// Build makes a snapshot of what was read, with the corpus's own fingerprint. An
// embedder that fails makes it a degraded one.
func Build(ctx context.Context, reading *read.Reading, opts Options, progress Progress) (*Snapshot, error) {
	progress = progress.locked()
	from := newMaterial()
	s, err := build(ctx, reading, "", &opts, from, embedNow, progress)
	if err != nil {
		return nil, err
	}
	s.Fingerprint = s.Corpus.Fingerprint()
	if s.Degraded == nil {
		return s, nil
	}
	err = s.fill(ctx, opts.Embedder, progress, func() {})
	if err == nil {
		return s.embedded(ctx, &opts, from, progress)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	s.Degraded = s.incomplete(err)
	return s, nil
}

// material is what need not be made again.
type material struct {
	model  []byte  // a stored LSA model
	known  *known  // vectors of passages
	health *health // of the embedder

	sentences *sentenceVectors
}

// learn takes what was saved.
func (m *material) learn(saved embedded) {
	m.known.learn(saved.passages)
	m.sentences.add(saved.sentences.hashes, saved.sentences.vectors)
}

func newMaterial() material {
	return material{known: newKnown(), health: &health{}, sentences: newSentenceVectors()}
}

// next is what happens to a snapshot that lacks vectors.
type next int

const (
	embedLater next = iota // something stands in meanwhile
	embedNow               // before anybody has it
)

// build makes a snapshot without asking the embedder. Where vectors are missing it
// is a degraded one.
func build(
	ctx context.Context, reading *read.Reading, fingerprint string, opts *Options, from material, next next, progress Progress,
) (*Snapshot, error) {
	s := &Snapshot{
		Lexicon: opts.Lexicon, Reading: reading, Fingerprint: fingerprint, BuiltAt: time.Now(),
		opts: opts.hash(), embedder: opts.model(), steady: opts.Steady, known: from.known, sentences: from.sentences,
	}
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
	s.fwd = analysis.Analyze(s.Corpus)
	progress.step("analyzing", 1, 0)
	if opts.Reader != nil {
		s.reader, s.sentenceHashes = opts.Reader, s.hashSentences()
	}
	alone := false
	if s.embedder != "" {
		s.hashes = hashPassages(s.Corpus)
		alone = opts.Steady && (next == embedNow || len(s.known.missing(s.hashes)) == 0)
	}
	if err := s.index(ctx, opts, from.model, alone, progress); err != nil {
		return nil, fmt.Errorf("index articles: %w", err)
	}
	if s.embedder == "" {
		return s, nil
	}
	whole, err := s.embedded(ctx, opts, from, progress)
	if incomplete, ok := errors.AsType[*IncompleteError](err); ok {
		s.Degraded = incomplete
		return s, nil
	}
	return whole, err
}

// wants reports whether vectors of the embedder are wanted that do not rank.
func (s *Snapshot) wants() bool {
	return s.embedder != "" && (s.neural == nil || s.age != s.known.generation())
}

// incomplete says why the snapshot is degraded.
func (s *Snapshot) incomplete(cause error) *IncompleteError {
	return &IncompleteError{Missing: len(s.known.missing(s.hashes)), Total: len(s.hashes), Cause: cause}
}

// index makes the index of words and of LSA, side by side; of words alone where
// nothing needs to stand in for the embedder.
func (s *Snapshot) index(ctx context.Context, opts *Options, stored []byte, alone bool, progress Progress) error {
	var lex *lexical.Index
	var store *vector.Store
	weights := opts.Weights.orDefault()
	counts := weights.Words == 0 || len(s.Corpus.Passages) >= minLSAPassages
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	g.Go(func() error {
		progress.step("indexing words", 0, 0)
		lex = lexical.New(s.fwd, opts.Lexicon, lexical.Options{})
		progress.step("indexing words", 1, 0)
		return gctx.Err()
	})
	if weights.Vectors != 0 && !alone && (counts || s.embedder == "") {
		g.Go(func() (err error) {
			store, err = s.fit(gctx, opts.LSA, stored, progress)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	s.parts = parts{parser: lex, rankers: []retrieval.Weighted{
		{Ranker: lex.Words(), Weight: weights.Words},
		{Ranker: lex.Grams(), Weight: weights.Grams},
	}}
	rankers := s.parts.rankers
	if store != nil {
		if !counts {
			weights.Vectors = 0
		}
		s.Model = s.model.Model()
		s.parts.lsa = &retrieval.Weighted{Ranker: store, Weight: weights.Vectors}
		rankers = append(slices.Clip(rankers), *s.parts.lsa)
	}
	s.Index = retrieval.New(s.fwd, s.parts.parser, rankers, opts.Retrieval)
	return nil
}

// embedded returns the snapshot with the embedder's vectors in the index, and LSA
// or nothing to stand in for them; an [IncompleteError] when some are not known.
func (s *Snapshot) embedded(ctx context.Context, opts *Options, from material, progress Progress) (*Snapshot, error) {
	vectors, whole, age := s.known.of(s.hashes)
	if !whole {
		return nil, s.incomplete(nil)
	}
	progress.step("indexing vectors", 0, 0)
	store, err := vector.New(ctx, opts.Embedder, vectors)
	if err != nil {
		return nil, fmt.Errorf("index vectors: %w", err)
	}
	progress.step("indexing vectors", 1, 0)
	out := *s
	out.Model, out.Degraded, out.BuiltAt, out.age = s.embedder, nil, time.Now(), age
	out.neural = &neural{Store: store, patience: cmp.Or(opts.Patience, DefaultPatience), health: from.health, known: from.known}
	by := retrieval.Weighted{Ranker: out.neural, Weight: opts.Weights.orDefault().Neural, Spread: true}
	switch lsa := s.parts.lsa; {
	case opts.Steady: // it fails no search, and takes the time it takes
		by.Ranker = store
		out.parts.lsa, out.model = nil, nil // it has done its work
	case lsa != nil:
		by.StandIn = &retrieval.Weighted{Ranker: renamed{lsa.Ranker, s.model.Model()}, Weight: lsa.Weight}
	default:
		by.StandIn = &retrieval.Weighted{Ranker: silent{}}
	}
	rankers := append(slices.Clip(s.parts.rankers), by)
	out.Index = retrieval.New(s.fwd, s.parts.parser, rankers, opts.Retrieval)
	return &out, nil
}

// renamed is a ranker under a name of its own.
type renamed struct {
	retrieval.Ranker
	name string
}

// Name names the ranker in explanations.
func (r renamed) Name() string { return r.name }
