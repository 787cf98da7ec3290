package lexicon

import (
	"fmt"

	"parley/retrieval/lexicon/internal/table"
)

// Kind says how a word is related to another one.
type Kind uint8

// The kinds of relations, from the word asked for to the related one.
const (
	Form     Kind = iota // troubles, trouble
	Synonym              // begin, start
	Derived              // negotiate, negotiation
	Pertain              // Russian, Russia
	Similar              // big, huge; senses of verbs that belong together
	Hypernym             // embassy, building
	Hyponym              // building, embassy
	Instance             // Moscow, city; and back
	Capital              // Moscow, Russia; and back
	Part                 // a part, member or place of: France, Europe; and back
	Entails              // win, compete; and back
	Gloss                // embassy, diplomatic: it stands in the definition; and back
	kinds
)

//nolint:gochecknoglobals // a constant table
var kindNames = [kinds]string{
	Form: "form", Synonym: "synonym", Derived: "derived", Pertain: "pertain", Similar: "similar",
	Hypernym: "hypernym", Hyponym: "hyponym", Instance: "instance", Capital: "capital",
	Part: "part", Entails: "entails", Gloss: "gloss",
}

func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// step is what a link or tie means, along its direction and against it, and
// what a relation over it weighs between words with one sense each.
//
// The weights fall in the order in which one word may stand for the other in a
// report: derivations and demonyms change the part of speech and not the matter, the
// general word often takes up the special one, while a part, a capital or a
// word of the definition only belongs to the same matter. A place stands for
// its country more often than the country for one of its places. The ratios
// are set by judgement; testdata/pairs.txt measures their effect.
type step struct {
	along   Kind
	base    float32
	against Kind
	back    float32
}

// to returns the kind and the weight in one of the directions.
func (s *step) to(back bool) (Kind, float32) {
	if back {
		return s.against, s.back
	}
	return s.along, s.base
}

//nolint:gochecknoglobals // a constant table
var linkKinds = [...]step{
	table.Hypernym:  {Hypernym, 0.75, Hyponym, 0.75},
	table.Instance:  {Instance, 0.6, Instance, 0.3},
	table.Similar:   {Similar, 0.6, Similar, 0.6},
	table.PartOf:    {Part, 0.4, Part, 0.25},
	table.MemberOf:  {Part, 0.4, Part, 0.25},
	table.CapitalOf: {Capital, 0.6, Capital, 0.45},
	table.Entails:   {Entails, 0.5, Entails, 0.3},
	table.VerbGroup: {Similar, 0.6, Similar, 0.6},
}

//nolint:gochecknoglobals // a constant table
var tieKinds = [...]step{
	table.Derived: {Derived, 0.9, Derived, 0.9},
	table.Pertain: {Pertain, 0.9, Pertain, 0.9},
	table.Gloss:   {Gloss, 0.5, Gloss, 0.35},
}

// family groups kinds by what they keep of a meaning.
type family uint8

const (
	same   family = iota // the meaning, in other words
	kindOf               // a more or less general one
	named                // an instance
	beside               // something of the same matter
	families
)

//nolint:gochecknoglobals // a constant table
var familyOf = [kinds]family{
	Hypernym: kindOf, Hyponym: kindOf, Instance: named,
	Capital: beside, Part: beside, Entails: beside, Gloss: beside,
}

// meeting is what a path over a common neighbour keeps, by the families of its
// two halves. Two kinds of one thing are other things, and two named things of
// one class always are: Moscow is not Kyiv, though both are capitals.
//
//nolint:gochecknoglobals // a constant table
var meeting = [families][families]float32{
	same:   {same: 0.9, kindOf: 0.9, named: 0.8, beside: 0.8},
	kindOf: {same: 0.9, kindOf: 0.5, beside: 0.5},
	named:  {same: 0.8},
	beside: {same: 0.8, kindOf: 0.5, beside: 0.4},
}
