package vector

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
)

// The layout of a large store.
const (
	// cellsFrom is the number of vectors up to which one collection holds them all.
	// Chromem takes some 4 ms for so many of 384 dimensions. An encoder's vectors want an
	// exact scan: with the nearest 250 of 9,017 alone, enough for vectors of LSA, nDCG@10
	// on scifact was .648 instead of .701 ("cells" in docs/retrieval.md).
	cellsFrom = 10_000

	// cellSize is how many vectors a cell holds, about, and maxCells how many
	// cells there are, about, when that is not enough of them.
	cellSize = 24
	maxCells = 1024

	// A split divides vectors among at most branch centers, found by rounds of
	// k-means over at most perCenter vectors for each.
	branch    = 16
	rounds    = 4
	perCenter = 64

	// probe is how many vectors a query looks at, at least, in the cells nearest
	// to it: as many as a store without cells has. A judgement.
	probe = cellsFrom
)

// cell is a group of passages and the direction of their mean.
type cell struct {
	center   []float32
	passages []int32 // ascending
}

// split finds the cells by hierarchical k-means (Nistér and Stewénius, 2006,
// "Scalable recognition with a vocabulary tree"), whose cost grows with
// n log n, on the sphere. It starts from vectors at even distances and breaks
// ties by number, so that it always ends the same.
func split(ctx context.Context, v vectors) ([]cell, error) {
	size := max(cellSize, len(v.present)/maxCells)
	open := []cell{{passages: v.present}}
	var done []cell
	for len(open) > 0 {
		c := open[len(open)-1]
		open = open[:len(open)-1]
		if len(c.passages) <= size*3/2 {
			done = append(done, c)
			continue
		}
		parts, err := divide(ctx, v, c.passages, min(branch, (len(c.passages)+size-1)/size))
		if err != nil {
			return nil, err
		}
		if len(parts) == 1 { // the vectors are all alike
			done = append(done, parts[0])
			continue
		}
		open = append(open, parts...)
	}
	return done, nil
}

// divide groups passages around k centers and leaves out empty groups.
func divide(ctx context.Context, v vectors, passages []int32, k int) ([]cell, error) {
	sample := spread(passages, k*perCenter)
	cells := make([]cell, k)
	for i, p := range spread(passages, k) {
		cells[i].center = slices.Clone(v.unit[p])
	}
	for range rounds {
		if err := assign(ctx, v, sample, cells); err != nil {
			return nil, err
		}
		for i := range cells {
			cells[i].recenter(v)
		}
	}
	if err := assign(ctx, v, passages, cells); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(cells, func(c cell) bool { return len(c.passages) == 0 }), nil
}

// spread returns at most n of the passages, at even distances.
func spread(passages []int32, n int) []int32 {
	if len(passages) <= n {
		return passages
	}
	out := make([]int32, n)
	for i := range out {
		out[i] = passages[i*len(passages)/n]
	}
	return out
}

// assign puts each passage into the cell with the nearest center.
func assign(ctx context.Context, v vectors, passages []int32, cells []cell) error {
	nearest := make([]int32, len(passages))
	var wg sync.WaitGroup
	part := len(passages)/runtime.GOMAXPROCS(0) + 1
	for lo := 0; lo < len(passages); lo += part {
		wg.Go(func() {
			for i := lo; i < min(lo+part, len(passages)) && ctx.Err() == nil; i++ {
				top := float32(-2)
				for c := range cells {
					if s := dot4(v.unit[passages[i]], cells[c].center); s > top {
						top, nearest[i] = s, int32(c)
					}
				}
			}
		})
	}
	wg.Wait()
	for c := range cells {
		cells[c].passages = nil
	}
	for i, p := range passages {
		c := &cells[nearest[i]]
		c.passages = append(c.passages, p)
	}
	return ctx.Err()
}

// recenter moves a center to the direction of the mean of its passages. It stays
// where it is when it has none or they cancel out.
func (c *cell) recenter(v vectors) {
	mean := make([]float32, v.dims)
	for _, p := range c.passages {
		for i, x := range v.unit[p] {
			mean[i] += x
		}
	}
	if unit, err := unitVector(mean); err == nil {
		c.center = unit
	}
}

// dot4 sums in four strands, twice as quick as [dot].
func dot4(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(b) && i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(b) && i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// nearest returns the cells that a query visits: those nearest to it, until they
// hold enough vectors.
func (s *Store) nearest(query []float32) []int {
	if len(s.cells) == 1 {
		return []int{0}
	}
	// A key is the smaller the nearer its cell, the lower numbers first among
	// equals.
	keys := make([]uint64, len(s.cells))
	for i := range keys {
		keys[i] = uint64(^ordered(dot4(query, s.centers[i])))<<32 | uint64(i)
	}
	slices.Sort(keys)
	var order []int
	held := 0
	for _, key := range keys {
		c := int(uint32(key))
		order = append(order, c)
		if held += s.cells[c].c.Count(); held >= probe {
			break
		}
	}
	return order
}

// ordered returns bits whose order as a number is that of the floats.
func ordered(f float32) uint32 {
	b := math.Float32bits(f)
	if b>>31 != 0 {
		return ^b
	}
	return b | 1<<31
}
