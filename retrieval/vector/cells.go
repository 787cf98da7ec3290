package vector

import (
	"cmp"
	"context"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// The layout of a large store. On 9,646 passages of abstracts the ten nearest of
// an exact scan are found for 83 %, and an index that asks [Store.Score] about
// what its other rankers found has the nDCG@10 of an exact scan to the last
// digit, with any of these at a half or twice its value.
const (
	// cellsFrom is the number of vectors up to which one collection is quick
	// enough: chromem takes 0.3 ms for so many.
	cellsFrom = 1000

	// cellSize is how many vectors a cell holds on average.
	cellSize = 32

	// maxCells bounds the cost of finding the cells, which is cells × vectors.
	maxCells = 512

	// rounds of k-means, over at most perCell vectors for each cell.
	rounds  = 4
	perCell = 16

	// probe is how many vectors a query looks at, at least, in the cells nearest
	// to it.
	probe = 200
)

// split finds the cells by spherical k-means (Dhillon and Modha, 2001): the
// centers, one row per cell, and the passages of each. It starts from vectors at
// even distances and breaks ties by number, so that it always ends the same.
func split(ctx context.Context, v vectors) (centers []float32, cells [][]int32, err error) {
	k := min(len(v.present)/cellSize, maxCells)
	centers = make([]float32, k*v.dims)
	for i := range k {
		copy(centers[i*v.dims:], v.unit[v.present[i*len(v.present)/k]])
	}
	sample := v.present
	if n := k * perCell; len(sample) > n {
		sample = make([]int32, n)
		for i := range sample {
			sample[i] = v.present[i*len(v.present)/n]
		}
	}
	for range rounds {
		if cells, err = assign(ctx, v, sample, centers); err != nil {
			return nil, nil, err
		}
		for i, c := range cells {
			recenter(centers[i*v.dims:(i+1)*v.dims], v, c)
		}
	}
	cells, err = assign(ctx, v, v.present, centers)
	return centers, cells, err
}

// assign puts each passage into the cell with the nearest center.
func assign(ctx context.Context, v vectors, passages []int32, centers []float32) ([][]int32, error) {
	const block = 256
	k := len(centers) / v.dims
	cells := make([][]int32, k)
	points := make([]float32, block*v.dims)
	scores := make([]float32, block*k)
	for chunk := range slices.Chunk(passages, block) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i, p := range chunk {
			copy(points[i*v.dims:], v.unit[p])
		}
		blas32.Gemm(blas.NoTrans, blas.Trans, 1,
			blas32.General{Rows: len(chunk), Cols: v.dims, Stride: v.dims, Data: points},
			blas32.General{Rows: k, Cols: v.dims, Stride: v.dims, Data: centers},
			0, blas32.General{Rows: len(chunk), Cols: k, Stride: k, Data: scores})
		for i, p := range chunk {
			row := scores[i*k : (i+1)*k]
			c := 0
			for j, s := range row {
				if s > row[c] {
					c = j
				}
			}
			cells[c] = append(cells[c], p)
		}
	}
	return cells, nil
}

// recenter moves a center to the direction of the mean of its passages. It stays
// where it is when it has none or they cancel out.
func recenter(center []float32, v vectors, passages []int32) {
	mean := make([]float32, v.dims)
	for _, p := range passages {
		for i, x := range v.unit[p] {
			mean[i] += x
		}
	}
	if unit, err := unitVector(mean); err == nil {
		copy(center, unit)
	}
}

// nearest returns the cells that a query visits: those nearest to it, until they
// hold enough vectors.
func (s *Store) nearest(query []float32) []int {
	if len(s.cells) == 1 {
		return []int{0}
	}
	scores := make([]float32, len(s.cells))
	order := make([]int, len(s.cells))
	for i := range order {
		order[i] = i
		scores[i] = dot(query, s.centers[i*len(query):(i+1)*len(query)])
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	held := 0
	for i, c := range order {
		if held += s.cells[c].c.Count(); held >= probe {
			return order[:i+1]
		}
	}
	return order
}
