// Package lsa embeds texts without a network: latent semantic analysis
// (Deerwester et al., 1990) fitted on the corpus itself. A passage is a row of
// log-tf × IDF weights; a truncated singular value decomposition finds the
// directions in which the rows differ most, and a text's vector is its row in
// those directions. Words that keep the same company get close vectors, so
// passages are found that say a thing in other words.
//
// [Fit] reads an analyzed corpus: rows.go weighs, svd.go decomposes a bounded
// sample of the passages, and every text, the sampled passages too, is then
// folded in by one product with the projection. So the cost of the
// decomposition is bounded and the rest grows linearly with the corpus.
//
// The result is the same to the last bit on every run on one kind of machine:
// the random directions are seeded, and goroutines only ever share out rows
// whose own sums have a fixed order.
package lsa

import (
	"context"
	"errors"
	"fmt"
	"math"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// The defaults. docs/retrieval.md holds what other values give, averaged over six
// question sets; go test ./bot/eval -run 'TestTrials$' -trials 'vectors|decomposed'
// repeats it.
const (
	// DefaultDims is the length of a vector. Beside BM25 32 to 256 are alike;
	// without it each doubling gains. Time and memory grow with it.
	DefaultDims = 128

	// DefaultSample is how many passages are decomposed. More would gain next to
	// nothing and take more time; 1,024 lose on the large set.
	DefaultSample = 4096
)

// titleWeight is what a word of the title counts in a passage's row beside one
// of the text. A judgement.
const titleWeight = 0.5

// Options tune a fit; the zero value means the defaults.
type Options struct {
	Dims   int // most dimensions; fewer when the corpus has fewer independent passages
	Sample int // most passages to decompose
}

func (o Options) validate() (Options, error) {
	if o.Dims < 0 || o.Sample < 0 {
		return o, errors.New("lsa: dims and sample must not be negative")
	}
	if o.Dims == 0 {
		o.Dims = DefaultDims
	}
	if o.Sample == 0 {
		o.Sample = DefaultSample
	}
	return o, nil
}

var _ retrieval.Embedder = (*Model)(nil)

// Model is a fitted projection from terms to vectors. It is immutable and safe
// for concurrent use.
type Model struct {
	fwd  *analysis.Forward
	dims int
	col  []int32   // per term: its row in proj, or -1 when the sample does not hold it
	proj []float32 // one row of dims values per column: the right singular vectors
}

// Fit decomposes a sample of the corpus. An empty corpus gives a model without
// dimensions that embeds nothing.
func Fit(ctx context.Context, fwd *analysis.Forward, opts Options) (*Model, error) {
	opts, err := opts.validate()
	if err != nil {
		return nil, err
	}
	m := &Model{fwd: fwd, col: make([]int32, len(fwd.Terms))}
	for i := range m.col {
		m.col[i] = -1
	}
	rows := sampleRows(fwd, opts.Sample)
	cols := int32(0)
	for _, r := range rows {
		for i, c := range r {
			if m.col[c.id] < 0 {
				m.col[c.id] = cols
				cols++
			}
			r[i].id = m.col[c.id]
		}
	}
	m.proj, m.dims, err = decompose(ctx, matrix{rows: rows, cols: int(cols)}, opts.Dims)
	if err != nil {
		return nil, fmt.Errorf("decompose passages: %w", err)
	}
	return m, nil
}

// Model names what made the vectors.
func (m *Model) Model() string { return fmt.Sprintf("lsa-%d", m.dims) }

// Dims is the length of the vectors: 0 when there is nothing to embed.
func (m *Model) Dims() int { return m.dims }

// Embed returns one vector of length 1 per text, or nil for a text without a
// word that the model knows. Roles make no difference.
func (m *Model) Embed(ctx context.Context, _ retrieval.Role, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	w := newWeigher(m.fwd)
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("embed texts: %w", err)
		}
		for _, t := range analysis.Tokenize(text) {
			if id := m.fwd.Lookup(t.Word); id != analysis.NoTerm && !m.fwd.Stop(id) {
				w.add(id, 1)
			}
		}
		out[i] = m.project(w.row(nil))
	}
	return out, nil
}

// Passages returns the vectors of the corpus's passages in order: text and
// title. A passage without a known word has a nil vector.
func (m *Model) Passages(ctx context.Context) ([][]float32, error) {
	out := make([][]float32, len(m.fwd.Corpus.Passages))
	err := shareOut(ctx, len(out), func(lo, hi int) {
		w := newWeigher(m.fwd)
		var row []cell
		for p := lo; p < hi; p++ {
			w.addPassage(p)
			row = w.row(row[:0])
			out[p] = m.project(row)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("embed passages: %w", err)
	}
	return out, nil
}

// Query returns the vector of a parsed query, or nil when it has no known word.
// It counts a term by its boost, and a word that the corpus does not hold
// by its corrections.
func (m *Model) Query(q *retrieval.Parsed) []float32 {
	vec := make([]float32, m.dims)
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.ID != analysis.NoTerm {
			m.addTerm(vec, t.ID, t.Boost)
			continue
		}
		for _, v := range t.Variants {
			m.addTerm(vec, v.ID, t.Boost*v.Weight)
		}
	}
	return normalize(vec)
}

func (m *Model) addTerm(vec []float32, id analysis.TermID, boost float64) {
	if c := m.col[id]; c >= 0 {
		addScaled(vec, float32(boost*m.fwd.IDF(id)), m.proj[int(c)*m.dims:])
	}
}

// project folds a row of term weights in: d̂ = d·V, a passage's coordinates
// UΣ rather than U. Dividing by Σ, as some texts do, lifts the weakest
// directions to the strength of the first.
func (m *Model) project(row []cell) []float32 {
	vec := make([]float32, m.dims)
	for _, c := range row {
		if col := m.col[c.id]; col >= 0 {
			addScaled(vec, c.w, m.proj[int(col)*m.dims:])
		}
	}
	return normalize(vec)
}

// normalize scales a vector to length 1 in place. One that is (nearly) zero has
// no direction: the result is nil.
func normalize(vec []float32) []float32 {
	sum := 0.0
	for _, v := range vec {
		sum += float64(v) * float64(v)
	}
	if sum < 1e-12 { // rounding leaves about 1e-14 where the exact result is zero
		return nil
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range vec {
		vec[i] *= scale
	}
	return vec
}
