// Package lexicon knows which English words mean the same or nearly so, without
// a model: it bridges "footing the bill" and "paying", "begin" and "start",
// "Russian" and "Russia".
//
// Its source is WordNet 3.0 of Princeton University; data/LICENSE holds the
// licence. The program in gen compiles the database into data/wordnet.bin.
//
// A relation's weight is
//
//	base of its kind × √(p(s|a) · p(t|b)) [× relatedness of s and t in the hierarchy]
//
// summed over the senses s of a and t of b that it joins. p is the probability of
// a sense: its share of the tags in the semantic concordances, smoothed by the
// order in which WordNet lists senses. For synonyms, where s = t, the sum is the
// Bhattacharyya coefficient of the two words' senses: 1 for words that always mean
// the same, little for words that share one rare sense. Relatedness in the
// hierarchy is the square of Lin's measure over information content, so that
// "person" says little about a president and "head of state" much.
//
// Words are lower case, but US is "US" (as are U.S., USA), and other abbreviations
// that would read as function words keep their capitals (WHO, IT).
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"

	"parley/retrieval/lexicon/internal/morph"
	"parley/retrieval/lexicon/internal/table"
)

//go:embed data/wordnet.bin
var data []byte

// Kind says how a word is related to another one.
type Kind uint8

// The kinds of relations, from the word asked for to the word related.
const (
	Synonym  Kind = iota // begin, start
	Derived              // negotiate, negotiation
	Pertain              // Russian, Russia
	Similar              // big, huge; senses of verbs that belong together
	Hypernym             // embassy, building
	Hyponym              // building, embassy
	Instance             // Moscow, city
	Capital              // Moscow, Russia
	Part                 // member, part or place of: Europe, France
	Entails              // win, compete
	Gloss                // embassy, diplomatic
)

//nolint:gochecknoglobals // a constant table
var kindNames = [...]string{"synonym", "derived", "pertain", "similar", "hypernym", "hyponym", "instance", "capital", "part", "entails", "gloss"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", k)
}

// Relation leads to a related word, or to several words joined by spaces.
type Relation struct {
	Word   string
	Weight float64 // 0 to 1
	Kind   Kind    // the one that contributes most
}

// Lexicon is WordNet, ready to be asked. It is immutable.
type Lexicon struct {
	lemmas []table.Lemma
	ids    map[string]uint32
	parts  []morph.Parts // by lemma
	rules  *morph.Rules

	synsets []table.Synset
	members [][]member     // by synset
	back    [][]table.Edge // edges by their target
	ties    [][]tie        // by lemma, both ways
}

// member is a lemma of a synset.
type member struct {
	lemma    uint32
	strength float32 // square root of the probability that the lemma means the synset
}

type tie struct {
	lemma  uint32
	kind   Kind
	weight float32
}

// Open decodes the embedded data, which takes some 30 ms.
func Open() (*Lexicon, error) {
	t, err := table.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("open lexicon: %w", err)
	}
	return build(t), nil
}

func build(t *table.Table) *Lexicon {
	l := &Lexicon{
		lemmas:  t.Lemmas,
		ids:     make(map[string]uint32, len(t.Lemmas)),
		parts:   make([]morph.Parts, len(t.Lemmas)),
		synsets: t.Synsets,
		members: make([][]member, len(t.Synsets)),
		back:    make([][]table.Edge, len(t.Synsets)),
		ties:    make([][]tie, len(t.Lemmas)),
	}
	for i, lemma := range t.Lemmas {
		id := uint32(i)
		l.ids[lemma.Text] = id
		for _, s := range lemma.Senses {
			l.parts[i] |= 1 << t.Synsets[s.Synset].Part
			l.members[s.Synset] = append(l.members[s.Synset], member{id, float32(s.Strength) / 255})
		}
		for _, e := range lemma.Edges {
			kind, w := tieKinds[e.Tie], float32(e.Weight)/255
			l.ties[i] = append(l.ties[i], tie{e.Lemma, kind, w})
			l.ties[e.Lemma] = append(l.ties[e.Lemma], tie{id, kind, w})
		}
	}
	for i, s := range t.Synsets {
		for _, e := range s.Edges {
			l.back[e.Synset] = append(l.back[e.Synset], table.Edge{Synset: uint32(i), Link: e.Link})
		}
	}
	l.rules = morph.New(func(word string) morph.Parts {
		if id, ok := l.ids[word]; ok {
			return l.parts[id]
		}
		return 0
	})
	for _, e := range t.Exceptions {
		l.rules.Except(e.Form, t.Lemmas[e.Lemma].Text, e.Part)
	}
	return l
}

// Lemmas returns the dictionary forms of a word that the lexicon knows, itself
// first if it is one: "left" is left and leave.
func (l *Lexicon) Lemmas(word string) []string { return l.rules.Append(nil, l.spell(word)) }

// spell returns a word as the lexicon spells it.
func (l *Lexicon) spell(word string) string {
	if _, ok := l.ids[word]; ok {
		return word
	}
	if strings.Contains(word, ".") {
		word = strings.ReplaceAll(word, ".", "")
	}
	if _, ok := l.ids[word]; ok {
		return word
	}
	word = strings.ToLower(word)
	if word == "usa" {
		return "US"
	}
	return word
}
