package table

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// maxPayload bounds what a damaged file can make Decode allocate.
const maxPayload = 32 << 20

// ErrCorrupt is what decoding a damaged or foreign file returns.
var ErrCorrupt = errors.New("damaged lexicon data")

// Decode reads what Encode wrote.
func Decode(file []byte) (*Table, error) {
	payload, err := unseal(file)
	if err != nil {
		return nil, fmt.Errorf("decode table: %w", err)
	}
	r := reader{buf: payload}
	t := &Table{Lemmas: r.lemmas()}
	t.Synsets = r.synsets()
	t.Exceptions = r.exceptions()
	if r.bad || len(r.buf) > 0 || !t.valid() {
		return nil, fmt.Errorf("decode table: %w", ErrCorrupt)
	}
	return t, nil
}

// unseal checks the header of a file and inflates its payload.
func unseal(file []byte) ([]byte, error) {
	const head = len(magic) + 9
	if len(file) < head || string(file[:len(magic)]) != magic {
		return nil, fmt.Errorf("read header: %w", ErrCorrupt)
	}
	if v := file[len(magic)]; v != version {
		return nil, fmt.Errorf("read header: format version %d, want %d: %w", v, version, ErrCorrupt)
	}
	size := binary.BigEndian.Uint32(file[len(magic)+1:])
	sum := binary.BigEndian.Uint32(file[len(magic)+5:])
	if size > maxPayload {
		return nil, fmt.Errorf("read header: %d bytes: %w", size, ErrCorrupt)
	}
	payload := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(file[head:])), payload); err != nil {
		return nil, fmt.Errorf("inflate: %w: %w", ErrCorrupt, err)
	}
	if crc32.ChecksumIEEE(payload) != sum {
		return nil, fmt.Errorf("check sum: %w", ErrCorrupt)
	}
	return payload, nil
}

// valid reports whether every number refers to something.
func (t *Table) valid() bool {
	for _, l := range t.Lemmas {
		for _, s := range l.Senses {
			if int(s.Synset) >= len(t.Synsets) {
				return false
			}
		}
		for _, e := range l.Edges {
			if int(e.Lemma) >= len(t.Lemmas) || e.Tie >= ties {
				return false
			}
		}
	}
	for _, s := range t.Synsets {
		if s.Part >= parts {
			return false
		}
		for _, e := range s.Edges {
			if int(e.Synset) >= len(t.Synsets) || e.Link >= links {
				return false
			}
		}
	}
	for _, e := range t.Exceptions {
		if int(e.Lemma) >= len(t.Lemmas) || e.Part >= parts {
			return false
		}
	}
	return true
}

// reader reads columns; after the first fault bad is set and all reads are zero.
type reader struct {
	buf []byte
	bad bool
}

func (r *reader) uint() int {
	if len(r.buf) > 0 && r.buf[0] < 0x80 { // most are
		n := int(r.buf[0])
		r.buf = r.buf[1:]
		return n
	}
	n, size := binary.Uvarint(r.buf)
	if size <= 0 || n > maxPayload {
		r.bad = true
		return 0
	}
	r.buf = r.buf[size:]
	return int(n)
}

func (r *reader) delta() int {
	n, size := binary.Varint(r.buf)
	if size <= 0 || n > maxPayload || n < -maxPayload {
		r.bad = true
		return 0
	}
	r.buf = r.buf[size:]
	return int(n)
}

// count reads how many items follow; each takes at least one byte.
func (r *reader) count() int {
	n := r.uint()
	if n > len(r.buf) {
		r.bad = true
		return 0
	}
	return n
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.buf) {
		r.bad = true
		return make([]byte, min(n, maxPayload))
	}
	b := r.buf[:n]
	r.buf = r.buf[n:]
	return b
}

// counts reads the sizes of n groups and their sum.
func (r *reader) counts(n int) (sizes []int32, total int) {
	sizes = make([]int32, n)
	for i := range sizes {
		sizes[i] = int32(r.uint())
		total += int(sizes[i])
	}
	if total > len(r.buf) {
		r.bad = true
		return make([]int32, n), 0
	}
	return sizes, total
}

func (r *reader) texts() []string {
	shared := make([]int32, r.count())
	for i := range shared {
		shared[i] = int32(r.uint())
	}
	// All texts are cut from one string, so that they cost one allocation.
	var all []byte
	ends := make([]int32, len(shared)+1)
	for i, n := range shared {
		end := bytes.IndexByte(r.buf, 0)
		start := len(all)
		if end < 0 || i == 0 && n > 0 || i > 0 && n > ends[i]-ends[i-1] {
			r.bad = true
			return nil
		}
		if i > 0 {
			all = append(all, all[ends[i-1]:ends[i-1]+n]...)
		}
		all = append(all, r.buf[:end]...)
		r.buf = r.buf[end+1:]
		ends[i] = int32(start)
		ends[i+1] = int32(len(all))
	}
	text := string(all)
	texts := make([]string, len(shared))
	for i := range texts {
		texts[i] = text[ends[i]:ends[i+1]]
	}
	return texts
}

func (r *reader) lemmas() []Lemma {
	texts := r.texts()
	lemmas := make([]Lemma, len(texts))
	for i, t := range r.bytes(len(lemmas)) {
		lemmas[i].Tags = t
	}
	sizes, total := r.counts(len(lemmas))
	senses := make([]Sense, total)
	next := 0
	for i := range senses {
		back := r.uint()
		if back > next {
			r.bad = true
			return nil
		}
		senses[i].Synset = uint32(next - back)
		if back == 0 {
			next++
		}
	}
	for i, s := range r.bytes(total) {
		senses[i].Strength = s
	}
	for i := range lemmas {
		lemmas[i].Text = texts[i]
		lemmas[i].Senses, senses = senses[:sizes[i]:sizes[i]], senses[sizes[i]:]
	}
	sizes, total = r.counts(len(lemmas))
	edges := make([]LemmaEdge, total)
	for i, t := range r.bytes(total) {
		edges[i].Tie = Tie(t)
	}
	at := 0
	for i, n := range sizes {
		last := i
		for range n {
			last += r.delta()
			edges[at].Lemma = uint32(last)
			at++
		}
	}
	for i, w := range r.bytes(total) {
		edges[i].Weight = w
	}
	for i, n := range sizes {
		lemmas[i].Edges, edges = edges[:n:n], edges[n:]
	}
	return lemmas
}

func (r *reader) synsets() []Synset {
	synsets := make([]Synset, r.count())
	for i, p := range r.bytes(len(synsets)) {
		synsets[i].Part = Part(p)
	}
	for i, c := range r.bytes(len(synsets)) {
		synsets[i].Content = c
	}
	sizes, total := r.counts(len(synsets))
	edges := make([]Edge, total)
	for i, l := range r.bytes(total) {
		edges[i].Link = Link(l)
	}
	for i := range edges {
		edges[i].Synset = uint32(r.uint())
	}
	for i, n := range sizes {
		synsets[i].Edges, edges = edges[:n:n], edges[n:]
	}
	return synsets
}

func (r *reader) exceptions() []Exception {
	texts := r.texts()
	list := make([]Exception, len(texts))
	for i, p := range r.bytes(len(list)) {
		list[i] = Exception{Form: texts[i], Part: Part(p)}
	}
	last := 0
	for i := range list {
		last += r.delta()
		list[i].Lemma = uint32(last)
	}
	return list
}
