package main

import (
	"maps"
	"math"
	"slices"
	"sort"

	"parley/retrieval/lexicon/internal/morph"
	"parley/retrieval/lexicon/internal/table"
)

// compiler turns a wordNet into the source of a table.
type compiler struct {
	*wordNet
	lemmas []string
	id     map[string]uint32 // of lemmas
	synset []int             // index in the table by index in WordNet, or -1
	out    *table.Source
}

func compile(w *wordNet) *table.Source {
	freq := w.frequencies()
	c := &compiler{wordNet: w, id: make(map[string]uint32), out: new(table.Source)}
	for _, lemma := range w.lemmas() {
		if w.keep(lemma, freq[lemma]) {
			c.id[lemma] = uint32(len(c.lemmas))
			c.lemmas = append(c.lemmas, lemma)
		}
	}
	c.synset = slices.Repeat([]int{-1}, len(w.synsets))
	c.addSenses()
	c.addLinks()
	c.addTies()
	c.addGlosses()
	c.addExceptions()
	return c.out
}

func (c *compiler) addSenses() {
	content := c.content()
	for _, lemma := range c.lemmas {
		senses := c.senses[lemma]
		p := probabilities(senses)
		var kept []table.Sense
		for i, s := range senses {
			if p[i] < minProbability && i > 0 {
				continue
			}
			if c.synset[s.synset] < 0 {
				c.synset[s.synset] = len(c.out.Synsets)
				c.out.Synsets = append(c.out.Synsets, table.Synset{
					Part: c.synsets[s.synset].part, Content: quantise(content[s.synset]),
				})
			}
			kept = append(kept, table.Sense{Synset: uint32(c.synset[s.synset]), Strength: quantise(math.Sqrt(p[i]))})
		}
		sort.SliceStable(kept, func(i, j int) bool { return kept[i].Strength > kept[j].Strength })
		tags := 2.0
		for _, s := range senses {
			tags += float64(s.tags)
		}
		c.out.Lemmas = append(c.out.Lemmas, table.Lemma{
			Text: lemma, Tags: uint8(math.Round(16 * math.Log2(tags))), Senses: kept,
		})
	}
}

// links maps the pointers between synsets that are kept.
var links = map[string]table.Link{ //nolint:gochecknoglobals // a constant table
	"@": table.Hypernym, "@i": table.Instance, "&": table.Similar, "^": table.Similar,
	"#p": table.PartOf, "#m": table.MemberOf, "*": table.Entails, ">": table.Entails, "$": table.VerbGroup,
	"=": table.Similar,
}

func (c *compiler) addLinks() {
	capital := c.find("national capital")
	for id, to := range c.synset {
		if to < 0 {
			continue
		}
		s := &c.out.Synsets[to]
		add := func(target int, link table.Link) {
			e := table.Edge{Synset: uint32(c.synset[target]), Link: link}
			if int(e.Synset) != to && !slices.Contains(s.Edges, e) {
				s.Edges = append(s.Edges, e)
			}
		}
		for _, p := range c.synsets[id].pointers {
			link, ok := links[p.symbol]
			switch {
			case !ok || p.from != 0:
			case link == table.Hypernym || link == table.Instance:
				for _, t := range c.above(p.target) {
					add(t, link)
				}
			case c.synset[p.target] < 0:
			case (link == table.Similar || link == table.VerbGroup) && c.synset[p.target] > to && c.mutual(id, p):
				// Stored once, from the other end.
			default:
				add(p.target, link)
			}
		}
		if c.synsets[id].lexfile != fileLocation {
			continue
		}
		link := table.PartOf
		if c.points(id, "@i", capital) {
			link = table.CapitalOf
		}
		for _, t := range c.countries(id) {
			if c.synset[t] >= 0 {
				add(t, link)
			}
		}
	}
}

func (c *compiler) mutual(id int, p pointer) bool { return c.points(p.target, p.symbol, id) }

// above returns the nearest synsets at or above id that are kept.
func (c *compiler) above(id int) []int {
	if c.synset[id] >= 0 {
		return []int{id}
	}
	var all []int
	for _, p := range c.synsets[id].pointers {
		if p.symbol == "@" || p.symbol == "@i" {
			all = append(all, c.above(p.target)...)
		}
	}
	return all
}

// ties maps the pointers between words that are kept.
var ties = map[string]table.Tie{"+": table.Derived, "\\": table.Pertain, "<": table.Derived, "!": table.Antonym} //nolint:gochecknoglobals // a constant table

// agent is the share of a derivation that leads from an act to who does it:
// "beginner" says less of beginning than "beginning" does.
const agent = 0.5

// minTie is the weight under which a tie is dropped, in 1/255.
const minTie = 15

func (c *compiler) isPerson(id int) bool { return c.synsets[id].lexfile == filePerson }

// addTies joins lemmas that WordNet joins in some of their senses. The weight is
// the geometric mean of the probabilities that the one and the other lemma has one
// of those senses.
func (c *compiler) addTies() {
	type pair struct {
		low, high uint32
		tie       table.Tie
	}
	tied := make(map[pair][2]map[int]float64) // by low, high: probabilities by synset
	chance := make(map[string]map[int]float64)
	for _, lemma := range c.lemmas {
		chance[lemma] = make(map[int]float64)
		for i, p := range probabilities(c.senses[lemma]) {
			chance[lemma][c.senses[lemma][i].synset] = p
		}
	}
	for id, s := range c.synsets {
		for _, p := range s.pointers {
			tie, ok := ties[p.symbol]
			if !ok || p.from == 0 {
				continue
			}
			from, to := key(s.words[p.from-1]), key(c.synsets[p.target].words[p.to-1])
			a, ok1 := c.id[from]
			b, ok2 := c.id[to]
			if !ok1 || !ok2 || a == b {
				continue
			}
			share := 1.0
			if tie == table.Derived && c.isPerson(id) != c.isPerson(p.target) {
				share = agent
			}
			k, sides := pair{min(a, b), max(a, b), tie}, [2]int{0, 1}
			if a > b {
				sides = [2]int{1, 0}
			}
			if tied[k][0] == nil {
				tied[k] = [2]map[int]float64{{}, {}}
			}
			low, high := tied[k][sides[0]], tied[k][sides[1]]
			low[id] = max(low[id], share*chance[from][id])
			high[p.target] = max(high[p.target], share*chance[to][p.target])
		}
	}
	for k, sides := range tied {
		if q := quantise(math.Sqrt(sum(sides[0]) * sum(sides[1]))); q >= minTie {
			c.out.Lemmas[k.high].Edges = append(c.out.Lemmas[k.high].Edges, table.LemmaEdge{Lemma: k.low, Tie: k.tie, Weight: q})
		}
	}
	for _, l := range c.out.Lemmas {
		slices.SortFunc(l.Edges, func(a, b table.LemmaEdge) int {
			if a.Tie != b.Tie {
				return int(a.Tie) - int(b.Tie)
			}
			return int(b.Lemma) - int(a.Lemma)
		})
	}
}

// sum adds up in the order of the keys, for the same sum every time.
func sum(m map[int]float64) float64 {
	total := 0.0
	for _, k := range slices.Sorted(maps.Keys(m)) {
		total += m[k]
	}
	return total
}

// addExceptions keeps the irregular forms that detachment does not find.
func (c *compiler) addExceptions() {
	rules := morph.New(func(word string) table.PartSet {
		var parts table.PartSet
		if _, ok := c.id[word]; ok {
			for _, s := range c.senses[word] {
				parts |= 1 << c.synsets[s.synset].part
			}
		}
		return parts
	}, func(string) []morph.Irregular { return nil })
	for _, e := range c.exceptions {
		lemma, ok := c.id[e.lemma]
		if !ok || e.form == e.lemma || slices.Contains(rules.Lemmas(e.form), e.lemma) {
			continue
		}
		c.out.Exceptions = append(c.out.Exceptions, table.Exception{Form: e.form, Lemma: lemma, Part: e.part})
	}
	sort.SliceStable(c.out.Exceptions, func(i, j int) bool {
		a, b := c.out.Exceptions[i], c.out.Exceptions[j]
		if a.Form != b.Form {
			return a.Form < b.Form
		}
		return a.Part < b.Part
	})
}
