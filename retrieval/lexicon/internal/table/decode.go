package table

import (
	"errors"
	"fmt"
	"hash/crc32"
	"sort"
)

// ErrCorrupt is what opening a damaged or foreign file returns.
var ErrCorrupt = errors.New("damaged lexicon data")

// Table is WordNet, compiled: a view of a file. Lemmas and synsets are numbered
// from 0. It is immutable.
type Table struct {
	texts, forms         string
	tags, parts, content string
	textFirst, formFirst numbers
	spellings, slots     numbers
	senses, senseFirst   numbers
	members, memberFirst numbers
	edges, edgeFirst     numbers
	ties, tieFirst       numbers
	antonyms, formItems  numbers
}

// Open returns the table in a file that [Encode] made.
func Open(file string) (*Table, error) {
	part, err := unseal(file)
	if err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	t := &Table{
		texts: part[textBytes], textFirst: numbers(part[textFirst]),
		spellings: numbers(part[spellings]), slots: numbers(part[slots]),
		tags: part[tags], parts: part[partSets], content: part[contents],
		senses: numbers(part[senseItems]), senseFirst: numbers(part[senseFirst]),
		members: numbers(part[memberItems]), memberFirst: numbers(part[memberFirst]),
		edges: numbers(part[edgeItems]), edgeFirst: numbers(part[edgeFirst]),
		ties: numbers(part[tieItems]), tieFirst: numbers(part[tieFirst]),
		antonyms: numbers(part[antonymItems]),
		forms:    part[formBytes], formFirst: numbers(part[formFirst]),
		formItems: numbers(part[formItems]),
	}
	if !t.valid() {
		return nil, fmt.Errorf("open table: %w", ErrCorrupt)
	}
	return t, nil
}

// unseal checks the header of a file and cuts it into its sections.
func unseal(file string) ([sections]string, error) {
	var part [sections]string
	if len(file) < headLen || file[:len(magic)] != magic {
		return part, fmt.Errorf("read header: %w", ErrCorrupt)
	}
	if v := file[len(magic)]; v != version {
		return part, fmt.Errorf("read header: format version %d, want %d: %w", v, version, ErrCorrupt)
	}
	if checksum(file[sizesAt:]) != numbers(file[sumAt:]).at(0) {
		return part, fmt.Errorf("check sum: %w", ErrCorrupt)
	}
	sizes, rest := numbers(file[sizesAt:headLen]), file[headLen:]
	for i := range part {
		n := int(sizes.at(i))
		if n > len(rest) {
			return part, fmt.Errorf("cut sections: %w", ErrCorrupt)
		}
		part[i], rest = rest[:n], rest[n:]
	}
	if rest != "" {
		return part, fmt.Errorf("cut sections: %w", ErrCorrupt)
	}
	return part, nil
}

// checksum is the CRC-32 of a string, which takes a copy, made in pieces.
func checksum(s string) uint32 {
	var buf [1 << 12]byte
	var sum uint32
	for len(s) > 0 {
		n := copy(buf[:], s)
		sum = crc32.Update(sum, crc32.IEEETable, buf[:n])
		s = s[n:]
	}
	return sum
}

// Lemmas is how many there are.
func (t *Table) Lemmas() int { return len(t.tags) }

// Synsets is how many there are.
func (t *Table) Synsets() int { return len(t.content) }

// Text returns a lemma. They are in the order of their texts.
func (t *Table) Text(lemma uint32) string { return t.text(int(lemma)) }

func (t *Table) text(i int) string {
	return t.texts[t.textFirst.at(i):t.textFirst.at(i+1)]
}

// Find returns the lemma with a text. A lemma with hyphens is found without
// them, too, unless that is another one: cease-fire is ceasefire.
func (t *Table) Find(text string) (lemma uint32, ok bool) {
	mask := t.slots.len() - 1
	hash := hashText(text)
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		slot := t.slots.at(i)
		if slot == 0 {
			return 0, false
		}
		if slot>>slotBits != hash>>slotBits {
			continue
		}
		n := int(slot&slotMask) - 1
		if t.text(n) != text {
			continue
		}
		if n < t.Lemmas() {
			return uint32(n), true
		}
		return t.spellings.at(n - t.Lemmas()), true
	}
}

// Tags is how often a lemma was tagged: 16·log₂(tags + 2), rounded.
func (t *Table) Tags(lemma uint32) uint8 { return t.tags[lemma] }

// Parts are the parts of speech of a lemma.
func (t *Table) Parts(lemma uint32) PartSet { return PartSet(t.parts[lemma]) }

// Content is the information content of a synset, in 1/255 of the most specific
// synset's.
func (t *Table) Content(synset uint32) uint8 { return t.content[synset] }

// Senses returns the meanings of a lemma.
func (t *Table) Senses(lemma uint32) Senses { return Senses{t.senses.list(t.senseFirst, lemma)} }

// Members returns the lemmas of a synset.
func (t *Table) Members(synset uint32) Members {
	return Members{t.members.list(t.memberFirst, synset)}
}

// Edges returns what leads from a synset and to it.
func (t *Table) Edges(synset uint32) Edges { return Edges{t.edges.list(t.edgeFirst, synset)} }

// Ties returns what leads from a lemma and to it, without antonyms.
func (t *Table) Ties(lemma uint32) Ties { return Ties{t.ties.list(t.tieFirst, lemma)} }

// AppendAntonyms appends the antonyms of a lemma.
func (t *Table) AppendAntonyms(to []uint32, lemma uint32) []uint32 {
	n := t.antonyms.len() / 2
	i := sort.Search(n, func(i int) bool { return t.antonyms.at(2*i) >= lemma })
	for ; i < n && t.antonyms.at(2*i) == lemma; i++ {
		to = append(to, t.antonyms.at(2*i+1))
	}
	return to
}

// Exceptions is how many irregular forms there are.
func (t *Table) Exceptions() int { return t.formItems.len() }

// Exception returns an irregular form. They are ordered by form, then part.
func (t *Table) Exception(i int) Exception {
	w := t.formItems.at(i)
	return Exception{Form: t.form(i), Lemma: w >> 8, Part: Part(w)}
}

func (t *Table) form(i int) string {
	return t.forms[t.formFirst.at(i):t.formFirst.at(i+1)]
}

// Irregular returns the range of the exceptions that are of one form.
func (t *Table) Irregular(form string) (lo, hi int) {
	n := t.Exceptions()
	lo = sort.Search(n, func(i int) bool { return t.form(i) >= form })
	hi = lo
	for hi < n && t.form(hi) == form {
		hi++
	}
	return lo, hi
}
