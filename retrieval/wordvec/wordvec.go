// Package wordvec knows how alike English words are used: vectors of GloVe,
// learned from which words stand near which in news and Wikipedia (Pennington,
// Socher and Manning, 2014, https://aclanthology.org/D14-1162). WordNet says that
// a vessel is a ship; these also say that talks are a meeting and a deal an
// agreement.
//
// The table is read where it lies in the binary: opening it copies nothing.
package wordvec

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

//go:embed data/vectors.bin
var data string

// Dims is how many components a vector has.
const Dims = 100

// Table holds the vectors. It is immutable and safe for concurrent use.
type Table struct {
	n     int
	ends  string // 4 bytes a word
	words string // in alphabetical order, nothing between them
	rows  string // rowBytes a word
}

const (
	header   = 8        // bytes: the counts of words and of dimensions
	rowBytes = 4 + Dims // a row: its scale, a float32, and its components, signed bytes
)

// Open returns the table that the binary holds. It fails only when the binary
// was built with a broken one.
func Open() (*Table, error) { return Read(data) }

// Read returns the table in data, which gen wrote, and keeps data. It is an error
// when a length is not what it should be; that the words are in order is not checked.
func Read(data string) (*Table, error) {
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
	start := uint32(0)
	for i := range n {
		end := u32(t.ends[4*i:])
		if end < start { // the last end is the number of letters, so none is beyond
			return nil, fmt.Errorf("read word vectors: word %d ends at %d, it starts at %d", i, end, start)
		}
		start = end
	}
	return t, nil
}

func u32(s string) uint32 { return binary.LittleEndian.Uint32([]byte(s[:4])) }

// word returns the word with a number.
func (t *Table) word(i int) string {
	start := uint32(0)
	if i > 0 {
		start = u32(t.ends[4*(i-1):])
	}
	return t.words[start:u32(t.ends[4*i:])]
}

// Lookup returns the number of a word in lower case, −1 when it has no vector.
// Words are as they are written, not stems: “talk” and “talks” have a vector each.
func (t *Table) Lookup(word string) int32 {
	i := sort.Search(t.n, func(i int) bool { return t.word(i) >= word })
	if i < t.n && t.word(i) == word {
		return int32(i)
	}
	return -1
}

// Add adds weight times the vector of a word, which [Table.Lookup] found, to sum,
// which has Dims components. The vector's length is one, within a hundredth.
func (t *Table) Add(sum []float32, word int32, weight float32) {
	row := t.rows[int(word)*rowBytes:][:rowBytes]
	weight *= math.Float32frombits(u32(row))
	row = row[4:]
	for i := range sum[:Dims] {
		sum[i] += weight * float32(int8(row[i]))
	}
}

// Dot returns the scalar product of the vector of a word, which [Table.Lookup]
// found, with v, which has Dims components: their cosine when v has length one.
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
