// Package table is the compiled form of WordNet that the lexicon embeds: the
// types that the generator fills, their encoding, and the view of a file in
// which the lexicon looks things up.
//
// A file is used as it stands: opening one checks it and copies nothing, so a
// program pays for the pages it touches. It is the magic "PLEX", a format
// version, the CRC-32 of what follows, the lengths of the sections in bytes, and
// the sections one after another (layout.go). Numbers are little-endian and
// have four bytes unless said otherwise. Lists stand end to end in one section,
// and another one says where each begins. What leads from one thing to another is
// stored from both ends.
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

// PartSet is a set of parts of speech, bit 1<<Part each.
type PartSet uint8

// Has reports whether p holds a part of speech.
func (p PartSet) Has(part Part) bool { return p&(1<<part) != 0 }

// Link says how a synset leads to another one.
type Link uint8

// The links between synsets.
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

// Member is a lemma of a synset.
type Member struct {
	Lemma    uint32
	Strength uint8 // that of the sense
}

// Edge leads from a synset to another one.
type Edge struct {
	Synset uint32
	Link   Link
	Back   bool // the link is that of the other synset, which leads here
}

// LemmaEdge leads from a lemma to another one.
type LemmaEdge struct {
	Lemma  uint32
	Tie    Tie
	Weight uint8 // in 1/255
	Back   bool  // the tie is that of the other lemma, which leads here
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
	Content uint8  // information content, in 1/255 of the most specific synset's
	Edges   []Edge // none of them back
}

// Lemma is a dictionary form, several words joined by spaces among them.
type Lemma struct {
	Text   string
	Tags   uint8       // how often it was tagged: 16·log₂(tags + 2), rounded
	Senses []Sense     // most probable first
	Edges  []LemmaEdge // none of them back; symmetric ties stand only with the later lemma
}

// Source is what Encode compiles.
type Source struct {
	Lemmas     []Lemma // ordered by Text
	Synsets    []Synset
	Exceptions []Exception // ordered by Form, then Part
}
