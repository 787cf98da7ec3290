package lexical

import (
	"cmp"
	"math/bits"
	"slices"

	"parley/retrieval/analysis"
)

// correctionLimit is how many corrections a misspelt word may have; more than
// a few candidates at one distance means that none of them is meant.
const correctionLimit = 3

// vocabulary finds words of the corpus that a query's word may be a misspelling
// or another transliteration of.
type vocabulary struct {
	fwd       *analysis.Forward
	skeletons map[string][]int32 // skeleton to words, by number
	byLength  [][]entry          // by runes, for the edit-distance scan
}

type entry struct {
	word    int32
	letters uint64 // which letters the word has, as bits
}

// A candidate is a word of the corpus that may be meant.
type candidate struct {
	word   int32
	weight float64 // 0 to 1, how alike the spellings are
}

func newVocabulary(fwd *analysis.Forward) *vocabulary {
	v := &vocabulary{fwd: fwd, skeletons: make(map[string][]int32)}
	for i := range fwd.Words {
		w := &fwd.Words[i]
		if fwd.Stop(w.Term) || !isAlpha(w.Text) {
			continue
		}
		n := len(w.Text)
		for len(v.byLength) <= n {
			v.byLength = append(v.byLength, nil)
		}
		v.byLength[n] = append(v.byLength[n], entry{int32(i), letterSet(w.Text)})
		if s := Skeleton(w.Text); len(s) >= minSkeleton {
			v.skeletons[s] = append(v.skeletons[s], int32(i))
		}
	}
	return v
}

// minSkeleton is the least length at which equal skeletons mean one name.
const minSkeleton = 3

func isAlpha(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return false
		}
	}
	return len(s) > 1
}

// letterSet has a bit for each letter that occurs; other bytes share the upper bits.
func letterSet(s string) uint64 {
	var set uint64
	for i := 0; i < len(s); i++ {
		if c := s[i] - 'a'; c < 26 {
			set |= 1 << c
		} else {
			set |= 1 << (26 + s[i]%38)
		}
	}
	return set
}

// respellings returns the words of the corpus, other than the word itself, that
// share its transliteration skeleton and either are names in the text or differ
// in one letter of five at most ("colour", "caesarean"): a skeleton hardly parts
// ordinary words, such as "peace", "piece" and "pace".
func (v *vocabulary) respellings(word string) []candidate {
	s := Skeleton(word)
	if len(s) < minSkeleton {
		return nil
	}
	var out []candidate
	for _, w := range v.skeletons[s] {
		other := &v.fwd.Words[w]
		name := 2*other.Upper > other.Count
		if other.Text != word && (name || distance(word, other.Text, len(word)/5) <= len(word)/5) {
			out = append(out, candidate{w, respellingWeight})
		}
	}
	return v.best(out)
}

// respellingWeight is below 1 so that the spelling asked for comes first.
const respellingWeight = 0.95

// corrections returns words within an edit distance of 1 (four or five letters)
// or 2 (six and more), the likeliest first.
func (v *vocabulary) corrections(word string) []candidate {
	limit := 0
	switch n := len(word); {
	case n >= 6:
		limit = 2
	case n >= 4:
		limit = 1
	default:
		return nil
	}
	letters := letterSet(word)
	var out []candidate
	best := limit
	for n := max(0, len(word)-limit); n <= len(word)+limit && n < len(v.byLength); n++ {
		for _, e := range v.byLength[n] {
			if bits.OnesCount64(e.letters^letters) > 2*best {
				continue
			}
			text := v.fwd.Words[e.word].Text
			d := distance(word, text, best)
			// A slip in the first letter is rare (Pollock and Zamora, 1984): it counts twice.
			if text[0] != word[0] {
				d++
			}
			if d > best {
				continue
			}
			if d < best {
				best = d
				out = out[:0]
			}
			out = append(out, candidate{e.word, 1 - float64(d)/float64(len(word))})
		}
	}
	return v.best(out)
}

// best keeps one word per term, the most frequent first, and a few at most.
func (v *vocabulary) best(cs []candidate) []candidate {
	words := v.fwd.Words
	slices.SortFunc(cs, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(words[b.word].Count, words[a.word].Count), cmp.Compare(a.word, b.word))
	})
	var out []candidate
	for _, c := range cs {
		if !slices.ContainsFunc(out, func(o candidate) bool { return words[o.word].Term == words[c.word].Term }) {
			out = append(out, c)
		}
		if len(out) == correctionLimit {
			break
		}
	}
	return out
}

// distance is the edit distance of two words with transpositions of neighbours
// (optimal string alignment), or more than limit.
func distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) > limit || len(a) > 63 || len(b) > 63 {
		return limit + 1
	}
	var rows [3][64]uint8
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		least := cur[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if int(least) > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(prev[len(b)])
}

func abs(n int) int { return max(n, -n) }
