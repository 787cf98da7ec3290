// Package table is the compiled form of WordNet that the lexicon embeds: the
// types that the generator fills and the lexicon walks, and their encoding.
//
// A file is the magic "PLEX", a format version, the size of the payload, the
// CRC-32 of what follows, and the payload, deflated. The payload stores one
// column after another, each as varints, because like stands beside like then
// and deflates well. Synsets are numbered in the order in which the
// alphabetical list of lemmas first mentions them, so a first mention costs one
// zero byte.
package table

// Part is a part of speech.
type Part uint8

// The parts of speech of WordNet; satellite adjectives are adjectives.
const (
	Noun Part = iota
	Verb
	Adjective
	Adverb
	parts
)

// Link says how a synset leads to another one.
type Link uint8

// The links that are stored; the lexicon derives their inverses.
const (
	Hypernym  Link = iota // a kind of the target
	Instance              // an instance of the target
	Similar               // a satellite of the target, or "see also"
	PartOf                // a part of the target
	MemberOf              // a member of the target
	CapitalOf             // the capital of the target
	Entails               // doing it entails or causes the target
	VerbGroup             // a sense of a verb close to the target
	links
)

// Tie says how a lemma leads to another one.
type Tie uint8

// The ties between lemmas.
const (
	Derived Tie = iota // negotiate, negotiation
	Pertain            // Russian, Russia
	Gloss              // the target is telling in the definition of the lemma
	Antonym            // hot, cold
	ties
)

// Sense is one meaning of a lemma.
type Sense struct {
	Synset   uint32
	Strength uint8 // square root of the probability of the sense, in 1/255
}

// Edge leads from a synset to another one.
type Edge struct {
	Synset uint32
	Link   Link
}

// LemmaEdge leads from a lemma to another one.
type LemmaEdge struct {
	Lemma  uint32
	Tie    Tie
	Weight uint8 // in 1/255
}

// Exception is an irregular form.
type Exception struct {
	Form  string
	Lemma uint32
	Part  Part
}

// Synset is a set of synonyms. Its members are the lemmas that have it as a sense.
type Synset struct {
	Part    Part
	Content uint8 // information content, in 1/255 of the most specific synset's
	Edges   []Edge
}

// Lemma is a dictionary form, several words joined by spaces among them.
type Lemma struct {
	Text   string
	Tags   uint8       // how often it was tagged: 16·log₂(tags + 2), rounded
	Senses []Sense     // most probable first
	Edges  []LemmaEdge // symmetric ties stand only with the later lemma
}

// Source is what Encode compiles.
type Source struct {
	Lemmas     []Lemma // ordered by Text
	Synsets    []Synset
	Exceptions []Exception // ordered by Form, then Part
}

// Table is WordNet, compiled. Lemmas and synsets are numbered from 0.
type Table struct {
	Texts      []string // of the lemmas, ordered
	Tags       []uint8  // of the lemmas
	Senses     Lists[Sense]
	Ties       Lists[LemmaEdge]
	Parts      []uint8 // of the synsets: a Part each
	Content    []uint8 // of the synsets
	Edges      Lists[Edge]
	Exceptions []Exception
}

// Lists are lists that share an array.
type Lists[T any] struct {
	first []uint32 // of each list, and the end of the last
	items []T
}

// At returns a list.
func (l *Lists[T]) At(i uint32) []T { return l.items[l.first[i]:l.first[i+1]] }

// Collect sorts what each adds into n lists; it calls each twice.
func Collect[T any](n int, each func(add func(list uint32, item T))) Lists[T] {
	l := Lists[T]{first: make([]uint32, n+1)}
	each(func(list uint32, _ T) { l.first[list+1]++ })
	for i := range n {
		l.first[i+1] += l.first[i]
	}
	l.items = make([]T, l.first[n])
	next := make([]uint32, n)
	copy(next, l.first)
	each(func(list uint32, item T) {
		l.items[next[list]] = item
		next[list]++
	})
	return l
}
