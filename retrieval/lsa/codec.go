package lsa

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"parley/retrieval/analysis"
)

// A stored model is the digest of the corpus's terms, the number of dimensions
// and of columns, the column of each term, and the projection, all
// little-endian.
const (
	headerSize = sha256.Size + 8
	maxStored  = 1 << 16 // dimensions; more is no model of ours
)

// AppendBinary appends the model in the form that [Load] reads.
func (m *Model) AppendBinary(b []byte) ([]byte, error) {
	cols := 0
	if m.dims > 0 {
		cols = len(m.proj) / m.dims
	}
	digest := termDigest(m.fwd)
	b = append(b, digest[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.dims))
	b = binary.LittleEndian.AppendUint32(b, uint32(cols))
	for _, c := range m.col {
		b = binary.LittleEndian.AppendUint32(b, uint32(c))
	}
	for _, v := range m.proj {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b, nil
}

// Load returns the model that was stored for this very corpus. It fails when
// the corpus has other terms or the data are not a model's.
func Load(fwd *analysis.Forward, data []byte) (*Model, error) {
	if len(data) < headerSize {
		return nil, errors.New("load lsa model: it is cut short")
	}
	if [sha256.Size]byte(data) != termDigest(fwd) {
		return nil, errors.New("load lsa model: it was fitted on a corpus with other terms")
	}
	dims := int(binary.LittleEndian.Uint32(data[sha256.Size:]))
	cols := int(binary.LittleEndian.Uint32(data[sha256.Size+4:]))
	data = data[headerSize:]
	if dims > maxStored || cols > len(fwd.Terms) || len(data) != 4*(len(fwd.Terms)+dims*cols) {
		return nil, fmt.Errorf("load lsa model: %d bytes do not hold %d terms and %d × %d values", len(data), len(fwd.Terms), cols, dims)
	}
	m := &Model{fwd: fwd, dims: dims, col: make([]int32, len(fwd.Terms)), proj: make([]float32, dims*cols)}
	for i := range m.col {
		m.col[i] = int32(binary.LittleEndian.Uint32(data[4*i:]))
		if c := int(m.col[i]); c < -1 || c >= cols {
			return nil, fmt.Errorf("load lsa model: term %d has column %d of %d", i, c, cols)
		}
	}
	data = data[4*len(m.col):]
	for i := range m.proj {
		v := math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if v != v || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("load lsa model: value %d is not a number", i)
		}
		m.proj[i] = v
	}
	return m, nil
}

// termDigest is the SHA-256 of the terms in order: a model numbers its columns by them.
func termDigest(fwd *analysis.Forward) [sha256.Size]byte {
	h := sha256.New()
	for _, t := range fwd.Terms {
		_, _ = io.WriteString(h, t) // a hash never fails
		_, _ = h.Write([]byte{0})
	}
	return [sha256.Size]byte(h.Sum(nil))
}
