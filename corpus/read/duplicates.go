package read

import (
	"cmp"
	"slices"
	"unicode"

	"parley/corpus"
)

// DuplicateKind says how one article repeats another.
type DuplicateKind string

// The kinds of [Duplicate].
const (
	SameID    DuplicateKind = "same_id"   // refused: the first one stays
	Identical DuplicateKind = "identical" // refused: the first one stays
	Near      DuplicateKind = "near"      // kept: it may be an update, or another outlet's
)

// Duplicate is an article that repeats an earlier one.
type Duplicate struct {
	ID         string
	Of         string // ID of the earlier article
	Kind       DuplicateKind
	Similarity float64 // share of common word sequences, 0 to 1; 1 unless Kind is Near
}

const (
	// nearSimilarity is the Jaccard index of word 5-shingles from which two
	// texts are reported as near-duplicates: with 0.9 one sentence in twenty
	// may differ.
	nearSimilarity = 0.9
	shingleWords   = 5
	// sketchSize is how many of a text's smallest shingle hashes it is looked up
	// by. Two texts with similarity J share none of them with a chance of about
	// (1-J)^8, 1e-8 at 0.9.
	sketchSize = 8
	// maxPosting bounds the texts remembered for one hash, and so the work for
	// each article, when very many share a piece of text.
	maxPosting = 16
)

// duplicates finds repetitions among articles that come one after the other, in
// time linear in their text.
type duplicates struct {
	ids     map[string]string // ID to the path of its file, once it was seen or is about to be
	taken   map[string]bool
	bodies  map[[3]string]string // publisher, title and body to ID
	entries []entry
	posting map[uint64][]int32 // a sketch's hash to indices of entries
}

// entry is an article that was seen. Its shingles are made again when it is
// compared, which is rare, so that they need not be kept.
type entry struct {
	id   string
	body string
	n    int // number of different shingles
}

func newDuplicates() *duplicates {
	return &duplicates{ids: make(map[string]string), taken: make(map[string]bool), bodies: make(map[[3]string]string), posting: make(map[uint64][]int32)}
}

// check compares an article with those before it and remembers it unless it
// repeats one of them.
func (d *duplicates) check(a *corpus.Article) (Duplicate, bool) {
	if d.taken[a.ID] {
		return Duplicate{ID: a.ID, Of: a.ID, Kind: SameID, Similarity: 1}, true
	}
	// Two outlets that print the same agency text are two articles.
	key := [3]string{a.Publisher, a.Title, a.Body}
	if of, ok := d.bodies[key]; ok {
		return Duplicate{ID: a.ID, Of: of, Kind: Identical, Similarity: 1}, true
	}
	d.taken[a.ID] = true
	d.bodies[key] = a.ID
	return d.near(a)
}

// own notes which file an ID is of, if it is of none yet.
func (d *duplicates) own(id, path string) {
	if _, ok := d.ids[id]; !ok {
		d.ids[id] = path
	}
}

// repeats reports whether an article has outlet, title and text of an earlier one.
func (d *duplicates) repeats(a *corpus.Article) bool {
	_, ok := d.bodies[[3]string{a.Publisher, a.Title, a.Body}]
	return ok
}

// near finds the most similar earlier article.
func (d *duplicates) near(a *corpus.Article) (Duplicate, bool) {
	set := shingles(a.Body)
	sketch := set[:min(len(set), sketchSize)]
	var candidates []int32
	for _, h := range sketch {
		candidates = append(candidates, d.posting[h]...)
	}
	slices.Sort(candidates)
	best, at := 0.0, -1
	for _, c := range slices.Compact(candidates) {
		e := &d.entries[c]
		small, large := min(e.n, len(set)), max(e.n, len(set))
		if float64(small) < nearSimilarity*float64(large) {
			continue
		}
		if j := jaccard(set, shingles(e.body)); j > best {
			best, at = j, int(c)
		}
	}
	n := int32(len(d.entries))
	d.entries = append(d.entries, entry{id: a.ID, body: a.Body, n: len(set)})
	for _, h := range sketch {
		if p := d.posting[h]; len(p) < maxPosting {
			d.posting[h] = append(p, n)
		}
	}
	if best < nearSimilarity {
		return Duplicate{}, false
	}
	return Duplicate{ID: a.ID, Of: d.entries[at].id, Kind: Near, Similarity: best}, true
}

// The constants of the 64-bit FNV-1a hash.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// shingles returns the hashes of a text's word sequences, sorted, each once. A
// text of fewer words has one.
func shingles(text string) []uint64 {
	words := make([]uint64, 0, len(text)/6)
	h, inside := uint64(fnvOffset), false
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
			inside = true
			continue
		}
		if inside {
			words = append(words, h)
			h, inside = fnvOffset, false
		}
	}
	if inside {
		words = append(words, h)
	}
	out := make([]uint64, 0, len(words))
	for i := range max(1, len(words)-shingleWords+1) {
		sum := uint64(fnvOffset)
		for _, w := range words[i:min(len(words), i+shingleWords)] {
			sum = (sum ^ w) * fnvPrime
			sum ^= sum >> 32
		}
		out = append(out, sum)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// jaccard is the share of common elements of two sorted sets.
func jaccard(a, b []uint64) float64 {
	i, j, common := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch cmp.Compare(a[i], b[j]) {
		case 0:
			common++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	union := len(a) + len(b) - common
	if union == 0 {
		return 0
	}
	return float64(common) / float64(union)
}
