package table

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// Encode returns the file of a table. It renumbers the synsets of s in place,
// in the order of their first mention.
func Encode(s *Source) ([]byte, error) {
	if err := s.renumber(); err != nil {
		return nil, err
	}
	if len(s.Lemmas) > 1<<(32-tieBits) || len(s.Synsets) > 1<<24 {
		return nil, fmt.Errorf("encode table: %d lemmas and %d synsets do not fit", len(s.Lemmas), len(s.Synsets))
	}
	var w writer
	w.texts(s)
	w.lemmas(s)
	w.synsets(s)
	w.relations(s)
	w.exceptions(s.Exceptions)
	return seal(&w.part), nil
}

// seal puts the sections together.
func seal(part *[sections][]byte) []byte {
	var body []byte
	for i := range part {
		body = binary.LittleEndian.AppendUint32(body, uint32(len(part[i])))
	}
	for i := range part {
		body = append(body, part[i]...)
	}
	return sign(body)
}

// sign puts magic, version and checksum before the rest of a file.
func sign(body []byte) []byte {
	file := append([]byte(magic), version)
	file = binary.LittleEndian.AppendUint32(file, checksum(string(body)))
	return append(file, body...)
}

// renumber orders the synsets by first mention, so that words near one another in
// the alphabet, which share many, find them close together.
func (s *Source) renumber() error {
	next := uint32(0)
	id := make([]uint32, len(s.Synsets)) // new number + 1
	for i := range s.Lemmas {
		for j := range s.Lemmas[i].Senses {
			sense := &s.Lemmas[i].Senses[j]
			if id[sense.Synset] == 0 {
				next++
				id[sense.Synset] = next
			}
			sense.Synset = id[sense.Synset] - 1
		}
	}
	if int(next) != len(s.Synsets) {
		return fmt.Errorf("encode table: %d of %d synsets have no lemma", len(s.Synsets)-int(next), len(s.Synsets))
	}
	synsets := make([]Synset, len(s.Synsets))
	for i, set := range s.Synsets {
		for j := range set.Edges {
			set.Edges[j].Synset = id[set.Edges[j].Synset] - 1
		}
		slices.SortFunc(set.Edges, func(a, b Edge) int {
			return cmp.Or(cmp.Compare(a.Link, b.Link), cmp.Compare(a.Synset, b.Synset))
		})
		synsets[id[i]-1] = set
	}
	s.Synsets = synsets
	return nil
}

type writer struct{ part [sections][]byte }

func (w *writer) number(section int, n uint32) {
	w.part[section] = binary.LittleEndian.AppendUint32(w.part[section], n)
}

// strings writes texts end to end and where each begins.
func (w *writer) strings(first, bytes int, all []string) {
	for _, s := range all {
		w.number(first, uint32(len(w.part[bytes])))
		w.part[bytes] = append(w.part[bytes], s...)
	}
	w.number(first, uint32(len(w.part[bytes])))
}

// lists writes lists end to end and where each begins.
func (w *writer) lists(first, items int, all [][]uint32) {
	n := 0
	for _, list := range all {
		w.number(first, uint32(n))
		for _, item := range list {
			w.number(items, item)
		}
		n += len(list)
	}
	w.number(first, uint32(n))
}

// texts writes the lemmas, their spellings without hyphens and the hash table
// of both.
func (w *writer) texts(s *Source) {
	known := make(map[string]bool)
	all := make([]string, 0, len(s.Lemmas))
	for _, l := range s.Lemmas {
		known[l.Text] = true
		all = append(all, l.Text)
	}
	for i, l := range s.Lemmas {
		if joined := strings.ReplaceAll(l.Text, "-", ""); joined != "" && !known[joined] {
			known[joined] = true
			all = append(all, joined)
			w.number(spellings, uint32(i))
		}
	}
	w.strings(textFirst, textBytes, all)
	size := 2
	for size < 2*len(all) {
		size *= 2
	}
	table := make([]uint32, size)
	for i, text := range all {
		hash := hashText(text)
		at := int(hash) & (size - 1)
		for table[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		table[at] = hash&^slotMask | uint32(i+1)
	}
	for _, slot := range table {
		w.number(slots, slot)
	}
}

func (w *writer) lemmas(s *Source) {
	senses := make([][]uint32, len(s.Lemmas))
	members := make([][]uint32, len(s.Synsets))
	for i, l := range s.Lemmas {
		var set PartSet
		for _, sense := range l.Senses {
			set |= 1 << s.Synsets[sense.Synset].Part
			senses[i] = append(senses[i], sense.Synset<<8|uint32(sense.Strength))
			members[sense.Synset] = append(members[sense.Synset], uint32(i)<<8|uint32(sense.Strength))
		}
		w.part[tags] = append(w.part[tags], l.Tags)
		w.part[partSets] = append(w.part[partSets], byte(set))
	}
	w.lists(senseFirst, senseItems, senses)
	w.lists(memberFirst, memberItems, members)
}

func (w *writer) synsets(s *Source) {
	edges := make([][]uint32, len(s.Synsets))
	for i, set := range s.Synsets {
		w.part[contents] = append(w.part[contents], set.Content)
		for _, e := range set.Edges {
			edges[i] = append(edges[i], e.Synset<<8|uint32(e.Link)<<1)
			edges[e.Synset] = append(edges[e.Synset], uint32(i)<<8|uint32(e.Link)<<1|1)
		}
	}
	w.lists(edgeFirst, edgeItems, edges)
}

// relations writes what leads from lemmas to lemmas.
func (w *writer) relations(s *Source) {
	all := make([][]uint32, len(s.Lemmas))
	var antonyms [][2]uint32
	for i, l := range s.Lemmas {
		for _, e := range l.Edges {
			if e.Tie == Antonym {
				antonyms = append(antonyms, [2]uint32{uint32(i), e.Lemma}, [2]uint32{e.Lemma, uint32(i)})
				continue
			}
			about := uint32(e.Weight)<<3 | uint32(e.Tie)<<1
			all[i] = append(all[i], e.Lemma<<tieBits|about)
			all[e.Lemma] = append(all[e.Lemma], uint32(i)<<tieBits|about|1)
		}
	}
	w.lists(tieFirst, tieItems, all)
	slices.SortStableFunc(antonyms, func(a, b [2]uint32) int { return cmp.Compare(a[0], b[0]) })
	for _, pair := range antonyms {
		w.number(antonymItems, pair[0])
		w.number(antonymItems, pair[1])
	}
}

func (w *writer) exceptions(list []Exception) {
	forms := make([]string, len(list))
	for i, e := range list {
		forms[i] = e.Form
		w.number(formItems, e.Lemma<<8|uint32(e.Part))
	}
	w.strings(formFirst, formBytes, forms)
}
