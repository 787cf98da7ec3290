package lsa

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/blas/gonum"

	"parley/retrieval/analysis"
)

// cell is one entry of a sparse row.
type cell struct {
	id int32 // term, or column of a matrix
	w  float32
}

// matrix is sparse, by row.
type matrix struct {
	rows [][]cell
	cols int
}

// weigher counts the terms of one text at a time.
type weigher struct {
	fwd    *analysis.Forward
	counts []float32 // by term, zero between texts
	seen   []int32   // terms with a count, in order of first appearance
}

func newWeigher(fwd *analysis.Forward) *weigher {
	return &weigher{fwd: fwd, counts: make([]float32, len(fwd.Terms))}
}

func (w *weigher) add(t analysis.TermID, n float32) {
	if w.counts[t] == 0 {
		w.seen = append(w.seen, int32(t))
	}
	w.counts[t] += n
}

func (w *weigher) addPassage(p int) {
	w.addTokens(w.fwd.Passage(p), 1)
	w.addTokens(w.fwd.Titles[w.fwd.Corpus.Passages[p].Article], titleWeight)
}

func (w *weigher) addTokens(toks []analysis.Tok, n float32) {
	for i := range toks {
		if !toks[i].Stop {
			w.add(toks[i].Term, n)
		}
	}
}

// row appends the text's row to dst, weighted ln(1 + tf) × IDF and of length 1,
// and makes the weigher ready for the next text. Log-entropy weights, the other
// classic, need a second pass.
func (w *weigher) row(dst []cell) []cell {
	first, sum := len(dst), 0.0
	for _, t := range w.seen {
		v := math.Log1p(float64(w.counts[t])) * w.fwd.IDF(analysis.TermID(t))
		w.counts[t] = 0
		sum += v * v
		dst = append(dst, cell{t, float32(v)})
	}
	w.seen = w.seen[:0]
	scale := float32(1 / math.Sqrt(max(sum, math.SmallestNonzeroFloat32)))
	for i := first; i < len(dst); i++ {
		dst[i].w *= scale
	}
	return dst
}

// sampleRows returns the rows of at most n passages, evenly spread.
func sampleRows(fwd *analysis.Forward, n int) [][]cell {
	total := len(fwd.Corpus.Passages)
	n = min(n, total)
	rows := make([][]cell, n)
	w := newWeigher(fwd)
	for i := range rows {
		w.addPassage(i * total / n)
		rows[i] = w.row(nil)
	}
	return rows
}

// transpose turns columns into rows; each keeps the order of the rows it comes from.
func (a matrix) transpose() matrix {
	sizes := make([]int, a.cols)
	total := 0
	for _, r := range a.rows {
		for _, c := range r {
			sizes[c.id]++
		}
		total += len(r)
	}
	cells := make([]cell, total)
	t := matrix{rows: make([][]cell, a.cols), cols: len(a.rows)}
	for i, n := range sizes {
		t.rows[i], cells = cells[:0:n], cells[n:]
	}
	for i, r := range a.rows {
		for _, c := range r {
			t.rows[c.id] = append(t.rows[c.id], cell{int32(i), c.w})
		}
	}
	return t
}

// times returns a·x, where x has a.cols rows of width values.
func (a matrix) times(ctx context.Context, x []float32, width int) ([]float32, error) {
	y := make([]float32, len(a.rows)*width)
	err := shareOut(ctx, len(a.rows), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for _, c := range a.rows[i] {
				addScaled(y[i*width:(i+1)*width], c.w, x[int(c.id)*width:])
			}
		}
	})
	return y, err
}

// addScaled adds w × x to y, over the length of y. gonum's kernel does four
// values at a time; on the whole fit AVX2 would save less than a tenth of a
// second.
func addScaled(y []float32, w float32, x []float32) {
	gonum.Implementation{}.Saxpy(len(y), w, x, 1, y, 1)
}

// shareOut calls fn on ranges that cover [0, n), on all processors. Which
// goroutine takes a range must not matter to the result.
func shareOut(ctx context.Context, n int, fn func(lo, hi int)) error {
	const size = 256
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+size-1)/size) {
		wg.Go(func() {
			for ctx.Err() == nil {
				hi := int(next.Add(size))
				if hi-size >= n {
					return
				}
				fn(hi-size, min(hi, n))
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
