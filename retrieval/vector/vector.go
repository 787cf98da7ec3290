// Package vector ranks passages by the cosine of their vectors with a query's.
//
// A [Store] keeps the vectors in chromem-go, in memory, and is the only importer
// of that library. Up to [cellsFrom] vectors one collection holds them all.
// Because a chromem query takes some tenths of a microsecond per vector it holds,
// a larger store is an inverted file (Jégou, Douze and Schmid, 2011, "Product
// quantization for nearest neighbor search", the IVF of FAISS): k-means cells
// with a collection each, of which a query visits the nearest few (cells.go).
// Tests measure the store against an exact scan.
//
// What chromem would do with a cancelled context, a zero vector, a vector of
// another length, equal scores or too large a limit is dealt with here
// (collection.go).
package vector

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	chromem "github.com/philippgille/chromem-go"

	"parley/retrieval"
)

// ErrUnfit is, within an error, that an embedder gave a vector that cannot be
// compared with those of the passages.
var ErrUnfit = errors.New("unfit vector")

var _ retrieval.Ranker = (*Store)(nil)

// querier is an [retrieval.Embedder] that embeds a query as the index parsed it,
// spelling corrections and words from the conversation included.
type querier interface {
	Query(q *retrieval.Parsed) []float32
}

// Store is a set of passage vectors to search. It is immutable and safe for
// concurrent use.
type Store struct {
	embedder retrieval.Embedder
	vecs     vectors
	cells    []collection
	centers  [][]float32 // by cell; nil when there is only one
}

// New stores one vector per passage, made by the embedder that will embed the
// queries. A nil vector keeps its passage out; the others must have one length,
// be finite and not zero. They need not have length 1.
func New(ctx context.Context, embedder retrieval.Embedder, passages [][]float32) (*Store, error) {
	vecs, err := newVectors(passages)
	if err != nil {
		return nil, err
	}
	s := &Store{embedder: embedder, vecs: vecs}
	cells := []cell{{passages: vecs.present}}
	if len(vecs.present) > cellsFrom {
		if cells, err = split(ctx, vecs); err != nil {
			return nil, fmt.Errorf("split vectors into cells: %w", err)
		}
	}
	db := chromem.NewDB() // its persistent form loses documents and is not atomic
	for i, part := range cells {
		s.centers = append(s.centers, part.center)
		c, err := newCollection(ctx, db, strconv.Itoa(i), vecs, part.passages)
		if err != nil {
			return nil, fmt.Errorf("fill collection: %w", err)
		}
		s.cells = append(s.cells, c)
	}
	return s, nil
}

// Name names the ranker in explanations.
func (s *Store) Name() string { return "vectors" }

// Rank returns the passages whose vectors are nearest to the query's, with the
// cosine as score; none when the query has no vector. In a store of several
// cells it may miss some.
func (s *Store) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	if n <= 0 || len(s.vecs.present) == 0 {
		return nil, ctx.Err()
	}
	query, err := embed(ctx, s.embedder, s.vecs.dims, q)
	if query == nil || err != nil {
		return nil, err
	}
	var found []retrieval.Scored
	for _, c := range s.nearest(query) {
		if found, err = s.cells[c].query(ctx, query, n, found); err != nil {
			return nil, fmt.Errorf("query collection: %w", err)
		}
	}
	return best(found, n), nil
}

// best returns the first n in order of score, then passage.
func best(found []retrieval.Scored, n int) []retrieval.Scored {
	return retrieval.Top(n, func(yield func(int, float64) bool) {
		for _, f := range found {
			if !yield(f.Passage, f.Score) {
				return
			}
		}
	})
}

// embed returns the query's vector, of length 1, or nil when it has none.
func embed(ctx context.Context, e retrieval.Embedder, dims int, q *retrieval.Parsed) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var vec []float32
	if own, ok := e.(querier); ok {
		vec = own.Query(q)
	} else {
		var err error
		if vec, err = embedTurns(ctx, e, q); err != nil {
			return nil, fmt.Errorf("embed query: %w", err)
		}
	}
	if vec == nil || dims == 0 {
		return nil, nil
	}
	if len(vec) != dims {
		return nil, fmt.Errorf("embed query: %w: it has %d dimensions, the passages have %d", ErrUnfit, len(vec), dims)
	}
	unit, err := unitVector(vec)
	if err != nil {
		return nil, fmt.Errorf("embed query: %w: %w", ErrUnfit, err)
	}
	return unit, nil
}

// embedTurns embeds the query's text and the turns before it. The cosine with the
// result ranks as the cosine with the text does, plus the mean of those with the
// turns times what they count. Each is embedded by itself, so that one that was
// asked before need not be again by an embedder that remembers.
func embedTurns(ctx context.Context, e retrieval.Embedder, q *retrieval.Parsed) ([]float32, error) {
	texts := []string{q.Text}
	if q.ContextBoost > 0 {
		texts = append(texts, q.Context...)
	}
	vecs, err := e.Embed(ctx, retrieval.QueryText, texts)
	if err != nil {
		return nil, err
	}
	if len(vecs) != len(texts) {
		return nil, fmt.Errorf("%w: got %d for %d texts", ErrUnfit, len(vecs), len(texts))
	}
	if len(texts) == 1 {
		return vecs[0], nil
	}
	var sum []float32
	for i, vec := range vecs {
		if vec == nil {
			continue
		}
		unit, err := unitVector(vec)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
		}
		if sum == nil {
			sum = make([]float32, len(unit))
		}
		if len(unit) != len(sum) {
			return nil, fmt.Errorf("%w: one has %d dimensions, another %d", ErrUnfit, len(sum), len(unit))
		}
		weight := float32(1)
		if i > 0 {
			weight = float32(q.ContextBoost / float64(len(q.Context)))
		}
		for d := range unit {
			sum[d] += weight * unit[d]
		}
	}
	return sum, nil
}

// vectors are the passages' vectors, scaled to length 1.
type vectors struct {
	dims    int
	unit    [][]float32 // by passage; nil for none
	present []int32     // passages that have one, ascending
}

func newVectors(passages [][]float32) (vectors, error) {
	v := vectors{unit: make([][]float32, len(passages))}
	for p, vec := range passages {
		if vec == nil {
			continue
		}
		if v.dims == 0 {
			v.dims = len(vec)
		}
		if len(vec) != v.dims {
			return v, fmt.Errorf("vector of passage %d has %d dimensions, the first has %d", p, len(vec), v.dims)
		}
		unit, err := unitVector(vec)
		if err != nil {
			return v, fmt.Errorf("vector of passage %d: %w", p, err)
		}
		v.unit[p] = unit
		v.present = append(v.present, int32(p))
	}
	return v, nil
}

// unitVector returns a vector scaled to length 1, itself when it has that length
// within what chromem tolerates (1e-6) so that memory is not held twice.
func unitVector(vec []float32) ([]float32, error) {
	sum := 0.0
	for _, v := range vec {
		sum += float64(v) * float64(v)
	}
	norm := math.Sqrt(sum)
	if norm == 0 || math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil, errors.New("it has no direction: its length is zero or not a number")
	}
	if math.Abs(norm-1) < 0.5e-6 {
		return vec, nil
	}
	out := make([]float32, len(vec))
	for i, v := range vec {
		out[i] = float32(float64(v) / norm)
	}
	return out, nil
}
