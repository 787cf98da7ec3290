// Package wordvec knows how alike English words are used: vectors of GloVe,
// learned from which words stand near which in news and Wikipedia (Pennington,
// Socher and Manning, 2014, https://aclanthology.org/D14-1162). WordNet says that
// a vessel is a ship; these say that a bill is something one pays.
//
// The table is read where it lies in the binary: opening it costs nothing.
package wordvec

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
)

//go:embed data/vectors.bin
var data string

// Dims is the length of a vector.
const Dims = 100

// Table holds the vectors. It is immutable and safe for concurrent use.
type Table struct {
	n     int
	ends  string // 4 bytes a word
	words string
	rows  string
}

const header = 8

// rowBytes is a row: its scale and its components.
const rowBytes = 4 + Dims

// Open returns the table that the binary holds.
func Open() (*Table, error) { return open(data) }

func open(data string) (*Table, error) {
	if len(data) < header {
		return nil, fmt.Errorf("read word vectors: %d bytes are no table", len(data))
	}
	n, dims := int(u32(data)), int(u32(data[4:]))
	if dims != Dims || n <= 0 || len(data) < header+4*n {
		return nil, fmt.Errorf("read word vectors: got %d words of %d dimensions, want %d", n, dims, Dims)
	}
	t := &Table{n: n, ends: data[header : header+4*n]}
	rest := data[header+4*n:]
	letters := int(u32(t.ends[4*(n-1):]))
	if len(rest) != letters+n*rowBytes {
		return nil, fmt.Errorf("read word vectors: got %d bytes after the index, want %d", len(rest), letters+n*rowBytes)
	}
	t.words, t.rows = rest[:letters], rest[letters:]
	return t, nil
}

func u32(s string) uint32 { return binary.LittleEndian.Uint32([]byte(s[:4])) }

func (t *Table) word(i int) string {
	start := uint32(0)
	if i > 0 {
		start = u32(t.ends[4*(i-1):])
	}
	return t.words[start:u32(t.ends[4*i:])]
}

// Lookup returns the number of a word in lower case, −1 when it has no vector.
func (t *Table) Lookup(word string) int32 {
	lo, hi := 0, t.n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if t.word(mid) < word {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < t.n && t.word(lo) == word {
		return int32(lo)
	}
	return -1
}

// Vector adds the vector of a word, of length one, times weight to sum, which
// has Dims components.
func (t *Table) Add(sum []float32, word int32, weight float32) {
	row := t.rows[int(word)*rowBytes:][:rowBytes]
	weight *= math.Float32frombits(u32(row))
	row = row[4:]
	for i := range sum {
		sum[i] += weight * float32(int8(row[i]))
	}
}

// Dot is the scalar product of the vector of a word with v, which has Dims components.
func (t *Table) Dot(word int32, v []float32) float32 {
	row := t.rows[int(word)*rowBytes:][:rowBytes]
	scale := math.Float32frombits(u32(row))
	row = row[4:]
	var s float32
	for i, x := range v[:Dims] {
		s += x * float32(int8(row[i]))
	}
	return s * scale
}
