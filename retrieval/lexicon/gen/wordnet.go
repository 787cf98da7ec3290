package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/retrieval/lexicon/internal/table"
)

// suffix of WordNet's files, by part of speech.
var files = [...]string{table.Noun: "noun", table.Verb: "verb", table.Adjective: "adj", table.Adverb: "adv"} //nolint:gochecknoglobals // a constant table

// synset is a set of synonyms as WordNet's data files hold it.
type synset struct {
	part     table.Part
	lexfile  int // lexicographer's file: 14 groups, 15 locations, 18 people ...
	words    []string
	pointers []pointer
	gloss    string
}

// pointer leads to another synset, or from word to word where from and to are
// set; they count from 1.
type pointer struct {
	symbol   string
	target   int
	from, to int
}

// sense is one meaning of a lemma.
type sense struct {
	synset int
	word   int // index into the synset's words
	rank   int // 1 for the first sense in its part of speech
	tags   int // times it was tagged in the semantic concordances
}

type exception struct {
	form, lemma string
	part        table.Part
}

// wordNet is the whole database. Lemmas are spelled as key spells them.
type wordNet struct {
	synsets    []synset
	senses     map[string][]sense
	exceptions []exception
	at         [len(files)]map[int]int // synset by offset in its data file
}

func (w *wordNet) lemmas() []string { return slices.Sorted(maps.Keys(w.senses)) }

func load(dir string) (*wordNet, error) {
	w := &wordNet{senses: make(map[string][]sense)}
	for part := range files {
		w.at[part] = make(map[int]int)
		if err := w.loadSynsets(dir, table.Part(part)); err != nil {
			return nil, err
		}
	}
	for i := range w.synsets { // offsets become indices
		for j := range w.synsets[i].pointers {
			p := &w.synsets[i].pointers[j]
			target, ok := w.at[p.target&3][p.target>>2]
			if !ok {
				return nil, fmt.Errorf("load wordnet: %v points nowhere", w.synsets[i].words)
			}
			p.target = target
		}
	}
	tags, err := loadTags(dir)
	if err != nil {
		return nil, err
	}
	for part := range files {
		if err := w.loadSenses(dir, table.Part(part), tags); err != nil {
			return nil, err
		}
		if err := w.loadExceptions(dir, table.Part(part)); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// lines calls do for every line of a file but the licence at its head.
func lines(dir, name string, do func(line string) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if strings.HasPrefix(s.Text(), "  ") {
			continue
		}
		if err := do(s.Text()); err != nil {
			return fmt.Errorf("%s line %d: %w", name, n, err)
		}
	}
	return s.Err()
}

// fields reads the fields of a line one by one; wndb(5WN) describes them.
type fields struct {
	list []string
	err  error
}

func (f *fields) next() string {
	if len(f.list) == 0 {
		f.err = cmp.Or(f.err, fmt.Errorf("line is too short"))
		return ""
	}
	s := f.list[0]
	f.list = f.list[1:]
	return s
}

func (f *fields) number(base int) int {
	n, err := strconv.ParseInt(f.next(), base, 64)
	if err != nil {
		f.err = cmp.Or(f.err, err)
	}
	return int(n)
}

func partOf(letter string) (table.Part, error) {
	switch letter {
	case "n":
		return table.Noun, nil
	case "v":
		return table.Verb, nil
	case "a", "s":
		return table.Adjective, nil
	case "r":
		return table.Adverb, nil
	}
	return 0, fmt.Errorf("part of speech %q", letter)
}

func (w *wordNet) loadSynsets(dir string, part table.Part) error {
	return lines(dir, "data."+files[part], func(line string) error {
		data, gloss, _ := strings.Cut(line, " | ")
		f := fields{list: strings.Fields(data)}
		s := synset{part: part, gloss: strings.TrimSpace(gloss)}
		w.at[part][f.number(10)] = len(w.synsets)
		s.lexfile = f.number(10)
		f.next() // the letter of the part of speech
		for range f.number(16) {
			word, _, _ := strings.Cut(f.next(), "(") // galore(ip)
			s.words = append(s.words, strings.ReplaceAll(word, "_", " "))
			f.next()
		}
		for range f.number(10) {
			p := pointer{symbol: f.next()}
			offset := f.number(10)
			target, err := partOf(f.next())
			if err != nil {
				return err
			}
			p.target = offset<<2 | int(target)
			words := f.number(16)
			p.from, p.to = words>>8, words&0xff
			s.pointers = append(s.pointers, p)
		}
		w.synsets = append(w.synsets, s)
		return f.err
	})
}

// tagKey names a sense: its lemma in the index, part of speech and rank.
type tagKey struct {
	lemma string
	part  table.Part
	rank  int
}

func loadTags(dir string) (map[tagKey]int, error) {
	tags := make(map[tagKey]int)
	err := lines(dir, "cntlist.rev", func(line string) error {
		f := fields{list: strings.Fields(line)}
		lemma, rest, _ := strings.Cut(f.next(), "%")
		part, err := partOf(string(" nvars"[rest[0]-'0']))
		if err != nil {
			return err
		}
		rank := f.number(10)
		tags[tagKey{lemma, part, rank}] += f.number(10)
		return f.err
	})
	return tags, err
}

func (w *wordNet) loadSenses(dir string, part table.Part, tags map[tagKey]int) error {
	return lines(dir, "index."+files[part], func(line string) error {
		f := fields{list: strings.Fields(line)}
		lemma := f.next()
		f.next()
		n := f.number(10)
		for range f.number(10) {
			f.next()
		}
		f.next()
		f.next()
		for rank := 1; rank <= n; rank++ {
			id, ok := w.at[part][f.number(10)]
			if !ok {
				return fmt.Errorf("%q has an unknown sense", lemma)
			}
			text := strings.ReplaceAll(lemma, "_", " ")
			word := slices.IndexFunc(w.synsets[id].words, func(s string) bool { return strings.EqualFold(s, text) })
			if word < 0 {
				return fmt.Errorf("%q is not in its synset", lemma)
			}
			if len(text) <= 2 && w.synsets[id].lexfile == fileSubstance {
				continue // the symbol of an element: EU is not europium
			}
			k := key(w.synsets[id].words[word])
			w.addSense(k, sense{id, word, rank, tags[tagKey{lemma, part, rank}]})
		}
		return f.err
	})
}

// addSense adds a sense; where two spellings have one key, such as U.S. and
// USA, their tags add up.
func (w *wordNet) addSense(key string, s sense) {
	for i, old := range w.senses[key] {
		if old.synset == s.synset {
			w.senses[key][i].tags += s.tags
			w.senses[key][i].rank = min(old.rank, s.rank)
			return
		}
	}
	w.senses[key] = append(w.senses[key], s)
}

func (w *wordNet) loadExceptions(dir string, part table.Part) error {
	return lines(dir, files[part]+".exc", func(line string) error {
		f := fields{list: strings.Fields(line)}
		form := f.next()
		for _, lemma := range f.list {
			w.exceptions = append(w.exceptions, exception{form, lemma, part})
		}
		return f.err
	})
}

// closed holds function words that WordNet also lists as rare nouns: the
// symbols of elements, postal codes, letters.
const closed = " a am an and are as at be but by did do for had has have he her him his i if in is it its me my no nor not of off on or our out she so than that the them then they this to up us was we were who with you "

// key spells a word as the lexicon does: lower case, without the stops of an
// abbreviation, but US and its longer forms as "US", and other abbreviations
// in capitals where they are function words in lower case (WHO, IT).
func key(word string) string {
	if strings.Contains(word, ".") && len(word) <= 8 && !strings.Contains(word, " ") {
		word = strings.ReplaceAll(word, ".", "")
	}
	lower := strings.ToLower(word)
	switch {
	case word == "US" || word == "USA":
		return "US"
	case !strings.Contains(closed, " "+lower+" "):
		return lower
	case len(word) > 1 && word == strings.ToUpper(word):
		return word
	}
	return lower
}
