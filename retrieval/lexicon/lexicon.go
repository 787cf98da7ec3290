// Package lexicon knows which English words mean the same or nearly so, without
// a model: it bridges "film" and "movie", "begin" and "start", "troubles" and
// "difficulty", "Russian" and "Russia".
//
// Its source is WordNet 3.0 of Princeton University, whose licence is in
// data/LICENSE. The program in gen compiles the database into data/wordnet.bin:
// 53,000 lemmas and 67,000 synsets in 812 KB, 12 MB in memory. Names of
// countries and cities that changed since 2006 (Kyiv, Czechia) are added there.
//
// The weight of a relation between two words adds up over senses s of the one
// and t of the other
//
//	√(p(s) · p(t)) · base(kind) · r(s, t)
//
// where p is the probability that the word has the sense: its share of the tags in
// the semantic concordances, smoothed by the order in which WordNet lists
// senses. For synonyms, where s = t, the sum is the Bhattacharyya coefficient of
// the words' senses: 1 for words that always mean the same, little for words
// that share a rare sense. base is a judgement, in kind.go; r is the square of
// Lin's measure over information content in the hierarchy, so that "person" says
// little about a president and "head of state" much, and 1 elsewhere.
//
// A word's [Neighbourhood] holds its relations; two words are as similar as the
// best path that leads over one common neighbour.
//
// Words are lower case, but US is "US" (as are U.S. and USA), and other
// abbreviations that read as function words keep their capitals (WHO, IT).
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

// Lexicon is WordNet, ready to be asked. It is immutable.
type Lexicon struct {
	texts  []string // of the lemmas, ordered
	tags   []uint8  // of the lemmas
	ids    map[string]uint32
	parts  []morph.Parts // of the lemmas
	rules  *morph.Rules
	heads  map[string]int // most words of an expression, by its first word
	senses table.Lists[table.Sense]
	ties   table.Lists[tie] // by lemma, both ways

	content []uint8             // information content of the synsets, in 1/255
	members table.Lists[member] // by synset
	edges   table.Lists[edge]   // by synset, both ways
	against map[uint32][]uint32 // antonyms by lemma
}

// member is a lemma of a synset.
type member struct {
	lemma    uint32
	strength float32 // square root of the probability that the lemma means the synset
}

// edge leads to another synset.
type edge struct {
	synset uint32
	kind   Kind
	base   float32
}

// tie leads to another lemma.
type tie struct {
	lemma  uint32
	kind   Kind
	weight float32
}

// Open decodes the embedded data. That takes some 30 ms, so callers open one
// lexicon and share it.
func Open() (*Lexicon, error) {
	t, err := table.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("open lexicon: %w", err)
	}
	return build(t), nil
}

func build(t *table.Table) *Lexicon {
	l := &Lexicon{
		texts: t.Texts, tags: t.Tags, senses: t.Senses, content: t.Content,
		ids:     make(map[string]uint32, len(t.Texts)),
		heads:   make(map[string]int),
		parts:   make([]morph.Parts, len(t.Texts)),
		against: make(map[uint32][]uint32),
	}
	for i, text := range t.Texts {
		l.ids[text] = uint32(i)
		for _, s := range t.Senses.At(uint32(i)) {
			l.parts[i] |= 1 << t.Parts[s.Synset]
		}
		if head, rest, ok := strings.Cut(text, " "); ok {
			l.heads[head] = max(l.heads[head], strings.Count(rest, " ")+2)
		}
	}
	for i, text := range t.Texts { // cease-fire is also ceasefire
		if strings.IndexByte(text, '-') < 0 {
			continue
		}
		joined := strings.ReplaceAll(text, "-", "")
		if _, ok := l.ids[joined]; !ok {
			l.ids[joined] = uint32(i)
		}
	}
	l.join(t)
	l.rules = morph.New(func(word string) morph.Parts {
		if id, ok := l.ids[word]; ok {
			return l.parts[id]
		}
		return 0
	})
	for _, e := range t.Exceptions {
		l.rules.Except(e.Form, t.Texts[e.Lemma], e.Part)
	}
	return l
}

// join sets members, edges and ties, which lead both ways.
func (l *Lexicon) join(t *table.Table) {
	synsets, lemmas := uint32(len(t.Parts)), uint32(len(t.Texts))
	l.members = table.Collect(len(t.Parts), func(add func(uint32, member)) {
		for i := range lemmas {
			for _, s := range t.Senses.At(i) {
				add(s.Synset, member{i, float32(s.Strength) / 255})
			}
		}
	})
	l.edges = table.Collect(len(t.Parts), func(add func(uint32, edge)) {
		for i := range synsets {
			for _, e := range t.Edges.At(i) {
				k := &linkKinds[e.Link]
				add(i, edge{e.Synset, k.along, k.base})
				add(e.Synset, edge{i, k.against, k.back})
			}
		}
	})
	l.ties = table.Collect(len(t.Texts), func(add func(uint32, tie)) {
		for i := range lemmas {
			for _, e := range t.Ties.At(i) {
				if e.Tie == table.Antonym {
					continue
				}
				k, w := &tieKinds[e.Tie], float32(e.Weight)/255
				add(i, tie{e.Lemma, k.along, k.base * w})
				add(e.Lemma, tie{i, k.against, k.back * w})
			}
		}
	})
	for i := range lemmas {
		for _, e := range t.Ties.At(i) {
			if e.Tie == table.Antonym {
				l.against[i] = append(l.against[i], e.Lemma)
				l.against[e.Lemma] = append(l.against[e.Lemma], i)
			}
		}
	}
}

// Lemmas returns the dictionary forms of a word that the lexicon knows, itself
// first if it is one: "left" is left and leave.
func (l *Lexicon) Lemmas(word string) []string { return l.forms(nil, l.spell(word)) }

// forms appends the dictionary forms of a word or expression.
func (l *Lexicon) forms(forms []string, word string) []string {
	if strings.IndexByte(word, ' ') >= 0 {
		return l.expressions(forms, word)
	}
	return l.rules.Append(forms, word)
}

// spell returns a word as the lexicon spells it.
func (l *Lexicon) spell(word string) string {
	if _, ok := l.ids[word]; ok {
		return word
	}
	bare := word
	if strings.ContainsAny(word, ".-") {
		bare = strings.NewReplacer(".", "", "-", "").Replace(word)
		if _, ok := l.ids[bare]; ok {
			return bare
		}
	}
	lower := strings.ToLower(bare)
	if lower == "usa" || lower == "us" && strings.Contains(word, ".") {
		return "US"
	}
	return lower
}
