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
	t := new(Table)
	r.lemmas(t)
	r.synsets(t)
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
	if crc32.ChecksumIEEE(file[head:]) != sum {
		return nil, fmt.Errorf("check sum: %w", ErrCorrupt)
	}
	payload := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(file[head:])), payload); err != nil {
		return nil, fmt.Errorf("inflate: %w: %w", ErrCorrupt, err)
	}
	return payload, nil
}

// valid reports whether every number refers to something.
func (t *Table) valid() bool {
	lemmas, synsets := uint32(len(t.Texts)), uint32(len(t.Parts))
	for _, s := range t.Senses.items {
		if s.Synset >= synsets {
			return false
		}
	}
	for _, e := range t.Ties.items {
		if e.Lemma >= lemmas || e.Tie >= ties {
			return false
		}
	}
	for _, p := range t.Parts {
		if Part(p) >= parts {
			return false
		}
	}
	for _, e := range t.Edges.items {
		if e.Synset >= synsets || e.Link >= links {
			return false
		}
	}
	for _, e := range t.Exceptions {
		if e.Lemma >= lemmas || e.Part >= parts {
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

// lists reads the lengths of n lists, whose items are yet to be read.
func lists[T any](r *reader, n int) Lists[T] {
	l := Lists[T]{first: make([]uint32, n+1)}
	total := 0
	for i := range n {
		total += r.uint()
		l.first[i+1] = uint32(total)
	}
	if total > len(r.buf) { // an item takes at least a byte
		r.bad = true
		return Lists[T]{first: make([]uint32, n+1)}
	}
	l.items = make([]T, total)
	return l
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

func (r *reader) lemmas(t *Table) {
	t.Texts = r.texts()
	t.Tags = r.bytes(len(t.Texts))
	t.Senses = lists[Sense](r, len(t.Texts))
	senses := t.Senses.items
	next := 0
	for i := range senses {
		back := r.uint()
		if back > next {
			r.bad = true
			return
		}
		senses[i].Synset = uint32(next - back)
		if back == 0 {
			next++
		}
	}
	for i, s := range r.bytes(len(senses)) {
		senses[i].Strength = s
	}
	t.Ties = lists[LemmaEdge](r, len(t.Texts))
	edges := t.Ties.items
	for i, tie := range r.bytes(len(edges)) {
		edges[i].Tie = Tie(tie)
	}
	for i := range t.Texts {
		last := i
		for j := t.Ties.first[i]; j < t.Ties.first[i+1]; j++ {
			last += r.delta()
			edges[j].Lemma = uint32(last)
		}
	}
	for i, w := range r.bytes(len(edges)) {
		edges[i].Weight = w
	}
}

func (r *reader) synsets(t *Table) {
	n := r.count()
	t.Parts = r.bytes(n)
	t.Content = r.bytes(n)
	t.Edges = lists[Edge](r, n)
	edges := t.Edges.items
	for i, l := range r.bytes(len(edges)) {
		edges[i].Link = Link(l)
	}
	for i := range edges {
		edges[i].Synset = uint32(r.uint())
	}
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
