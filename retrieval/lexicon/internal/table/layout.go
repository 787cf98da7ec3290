package table

// The sections of a file, in order.
const (
	textFirst    = iota // where each text begins: lemmas, then other spellings
	textBytes           // the texts
	spellings           // the lemma of each other spelling
	slots               // hash table of texts, see [Table.Find]
	tags                // of the lemmas, a byte each
	partSets            // of the lemmas, a byte each
	contents            // of the synsets, a byte each
	senseFirst          // by lemma
	senseItems          // synset<<8 | strength
	memberFirst         // by synset
	memberItems         // lemma<<8 | strength
	edgeFirst           // by synset, both ways
	edgeItems           // synset<<8 | link<<1 | back
	tieFirst            // by lemma, both ways, without antonyms
	tieItems            // lemma<<11 | weight<<3 | tie<<1 | back
	antonymItems        // two lemmas each, both ways, ordered by the first
	formFirst           // where each irregular form begins
	formBytes           // the irregular forms, ordered
	formItems           // lemma<<8 | part
	sections
)

const (
	magic   = "PLEX"
	version = 2
	// sumAt and sizesAt are where the CRC and the lengths of the sections stand.
	sumAt   = len(magic) + 1
	sizesAt = sumAt + 4
	headLen = sizesAt + 4*sections
)

// tieBits is what a tie has beside its lemma.
const tieBits = 11

// A slot of the hash table of texts is 0 when empty, else the number of a text
// plus one and, above that, some bits of its hash, which tell most other texts
// apart.
const (
	slotBits = 24
	slotMask = 1<<slotBits - 1
)

// hashText is FNV-1a, which spreads short words well enough for a table that is
// half empty.
func hashText(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}

// numbers are numbers of four bytes, end to end.
type numbers string

func (n numbers) len() int { return len(n) / 4 }

func (n numbers) at(i int) uint32 {
	b := n[4*i : 4*i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// list returns the numbers of a list.
func (n numbers) list(first numbers, i uint32) numbers {
	return n[4*first.at(int(i)) : 4*first.at(int(i)+1)]
}

// Senses are the meanings of a lemma, the most probable first.
type Senses struct{ packed numbers }

// Len is how many there are.
func (s Senses) Len() int { return s.packed.len() }

// At returns one of them.
func (s Senses) At(i int) Sense {
	w := s.packed.at(i)
	return Sense{Synset: w >> 8, Strength: uint8(w)}
}

// Members are the lemmas of a synset.
type Members struct{ packed numbers }

// Len is how many there are.
func (m Members) Len() int { return m.packed.len() }

// At returns one of them.
func (m Members) At(i int) Member {
	w := m.packed.at(i)
	return Member{Lemma: w >> 8, Strength: uint8(w)}
}

// Edges lead from a synset to others.
type Edges struct{ packed numbers }

// Len is how many there are.
func (e Edges) Len() int { return e.packed.len() }

// At returns one of them.
func (e Edges) At(i int) Edge {
	w := e.packed.at(i)
	return Edge{Synset: w >> 8, Link: Link(w >> 1 & 0x7f), Back: w&1 != 0}
}

// Ties lead from a lemma to others.
type Ties struct{ packed numbers }

// Len is how many there are.
func (t Ties) Len() int { return t.packed.len() }

// At returns one of them.
func (t Ties) At(i int) LemmaEdge {
	w := t.packed.at(i)
	return LemmaEdge{Lemma: w >> tieBits, Tie: Tie(w >> 1 & 3), Weight: uint8(w >> 3), Back: w&1 != 0}
}
