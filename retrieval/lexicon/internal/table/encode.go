package table

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
)

const (
	magic   = "PLEX"
	version = 1
)

// Encode returns the file of a table. It renumbers the synsets of s in place,
// in the order of their first mention.
func Encode(s *Source) ([]byte, error) {
	if err := s.renumber(); err != nil {
		return nil, err
	}
	var w writer
	w.lemmas(s.Lemmas)
	w.synsets(s.Synsets)
	w.exceptions(s.Exceptions)
	return seal(w.buf)
}

// seal deflates a payload and puts a header before it.
func seal(payload []byte) ([]byte, error) {
	var body bytes.Buffer
	f, err := flate.NewWriter(&body, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(payload); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	file := append([]byte(magic), version)
	file = binary.BigEndian.AppendUint32(file, uint32(len(payload)))
	file = binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(body.Bytes()))
	return append(file, body.Bytes()...), nil
}

// renumber orders the synsets by first mention.
func (t *Source) renumber() error {
	next := uint32(0)
	id := make([]uint32, len(t.Synsets)) // new number + 1
	for i := range t.Lemmas {
		for j := range t.Lemmas[i].Senses {
			s := &t.Lemmas[i].Senses[j]
			if id[s.Synset] == 0 {
				next++
				id[s.Synset] = next
			}
			s.Synset = id[s.Synset] - 1
		}
	}
	if int(next) != len(t.Synsets) {
		return fmt.Errorf("encode table: %d of %d synsets have no lemma", len(t.Synsets)-int(next), len(t.Synsets))
	}
	synsets := make([]Synset, len(t.Synsets))
	for i, s := range t.Synsets {
		for j := range s.Edges {
			s.Edges[j].Synset = id[s.Edges[j].Synset] - 1
		}
		slices.SortFunc(s.Edges, func(a, b Edge) int {
			if a.Link != b.Link {
				return int(a.Link) - int(b.Link)
			}
			return int(a.Synset) - int(b.Synset)
		})
		synsets[id[i]-1] = s
	}
	t.Synsets = synsets
	return nil
}

type writer struct{ buf []byte }

func (w *writer) uint(n int)      { w.buf = binary.AppendUvarint(w.buf, uint64(n)) }
func (w *writer) string(s string) { w.buf = append(append(w.buf, s...), 0) }

// texts writes ordered strings, each without what it shares with the last one.
func (w *writer) texts(n int, at func(int) string) {
	w.uint(n)
	shared := make([]int, n)
	for i := 1; i < n; i++ {
		a, b := at(i-1), at(i)
		for shared[i] < min(len(a), len(b)) && a[shared[i]] == b[shared[i]] {
			shared[i]++
		}
	}
	for i := range n {
		w.uint(shared[i])
	}
	for i := range n {
		w.string(at(i)[shared[i]:])
	}
}

func (w *writer) lemmas(lemmas []Lemma) {
	w.texts(len(lemmas), func(i int) string { return lemmas[i].Text })
	for _, l := range lemmas {
		w.buf = append(w.buf, l.Tags)
	}
	for _, l := range lemmas {
		w.uint(len(l.Senses))
	}
	next := 0
	for _, l := range lemmas {
		for _, s := range l.Senses {
			if int(s.Synset) == next {
				w.uint(0)
				next++
			} else {
				w.uint(next - int(s.Synset))
			}
		}
	}
	for _, l := range lemmas {
		for _, s := range l.Senses {
			w.buf = append(w.buf, s.Strength)
		}
	}
	for _, l := range lemmas {
		w.uint(len(l.Edges))
	}
	for _, l := range lemmas {
		for _, e := range l.Edges {
			w.buf = append(w.buf, byte(e.Tie))
		}
	}
	for i, l := range lemmas {
		last := i
		for _, e := range l.Edges {
			w.delta(int(e.Lemma) - last)
			last = int(e.Lemma)
		}
	}
	for _, l := range lemmas {
		for _, e := range l.Edges {
			w.buf = append(w.buf, e.Weight)
		}
	}
}

// delta writes a signed number.
func (w *writer) delta(n int) { w.buf = binary.AppendVarint(w.buf, int64(n)) }

func (w *writer) synsets(synsets []Synset) {
	w.uint(len(synsets))
	for _, s := range synsets {
		w.buf = append(w.buf, byte(s.Part))
	}
	for _, s := range synsets {
		w.buf = append(w.buf, s.Content)
	}
	for _, s := range synsets {
		w.uint(len(s.Edges))
	}
	for _, s := range synsets {
		for _, e := range s.Edges {
			w.buf = append(w.buf, byte(e.Link))
		}
	}
	for _, s := range synsets {
		for _, e := range s.Edges {
			w.uint(int(e.Synset))
		}
	}
}

func (w *writer) exceptions(list []Exception) {
	w.texts(len(list), func(i int) string { return list[i].Form })
	for _, e := range list {
		w.buf = append(w.buf, byte(e.Part))
	}
	last := 0
	for _, e := range list {
		w.delta(int(e.Lemma) - last)
		last = int(e.Lemma)
	}
}
