package catalogue

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// MaxValue is the most runes that [Catalogue.Value] has.
const MaxValue = 100

// Least scores, as shares of the words typed: for a suggestion, and for a title
// that stands for an article without having been picked. Judgements.
const (
	suggestScore = 0.5
	findScore    = 0.85
)

// titleWord is a folded word of titles and outlets and the articles that have it.
type titleWord struct {
	runes    []rune
	articles []int
}

func readTitles(c *corpus.Corpus) []titleWord {
	number := map[string]int{}
	var words []titleWord
	for i := range c.Articles {
		a := &c.Articles[i]
		for _, t := range analysis.Tokenize(a.Title + "\n" + a.Publisher) {
			n, ok := number[t.Word]
			if !ok {
				n = len(words)
				number[t.Word] = n
				words = append(words, titleWord{runes: []rune(t.Word)})
			}
			if w := &words[n]; len(w.articles) == 0 || w.articles[len(w.articles)-1] != i {
				w.articles = append(w.articles, i)
			}
		}
	}
	return words
}

// Suggest returns at most n articles whose title or outlet has the words typed,
// the best first, then the newest. Words may be unfinished or have slips. With
// nothing typed it returns the newest.
func (c *Catalogue) Suggest(typed string, n int) []int {
	scores, words := c.match(typed)
	if words == 0 {
		return c.newest[:min(n, len(c.newest))]
	}
	var out []int
	for _, article := range c.newest {
		if scores[article] >= suggestScore*float64(words) {
			out = append(out, article)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return out[:min(n, len(out))]
}

// maxTyped bounds the words that are matched of what was typed.
const maxTyped = 20

// match scores every article by how much of the words typed its title has.
func (c *Catalogue) match(typed string) (scores []float64, words int) {
	scores = make([]float64, len(c.Corpus.Articles))
	best := make([]float64, len(c.Corpus.Articles))
	toks := analysis.Tokenize(typed)
	for _, t := range toks[:min(maxTyped, len(toks))] {
		words++
		clear(best)
		for _, w := range c.words {
			if v := resemblance([]rune(t.Word), w.runes); v > 0 {
				for _, a := range w.articles {
					best[a] = max(best[a], v)
				}
			}
		}
		for a, v := range best {
			scores[a] += v
		}
	}
	return scores, words
}

// resemblance is 1 for a word that begins with what was typed, less for one that
// does so but for a slip or two, and 0 for another.
func resemblance(typed, word []rune) float64 {
	if len(typed) <= len(word) && slices.Equal(typed, word[:len(typed)]) {
		return 1
	}
	slips := (len(typed) + 1) / 4 // none in a word of two, one from three letters on
	if slips == 0 {
		return 0
	}
	d := prefixDistance(typed, word, slips)
	if d > slips {
		return 0
	}
	return 1 - float64(d)/float64(len(typed))
}

// prefixDistance is the least number of letters to add, drop, change or swap
// with the next one that makes typed a beginning of word; most+1 when there is
// no way with at most so many.
func prefixDistance(typed, word []rune, most int) int {
	word = word[:min(len(word), len(typed)+most)]
	if len(word)+most < len(typed) {
		return most + 1
	}
	before, last := make([]int, len(word)+1), make([]int, len(word)+1)
	row := make([]int, len(word)+1)
	for j := range last {
		last[j] = j
	}
	for i, r := range typed {
		row[0] = i + 1
		for j, w := range word {
			cost := 1
			if r == w {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == word[j-1] && typed[i-1] == w {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(slices.Min(last), most+1)
}

// Find returns the article that a text means: by what [Catalogue.Value] gave for it,
// else by its title, when one alone fits best.
func (c *Catalogue) Find(text string) (int, bool) {
	if i, ok := c.Corpus.Lookup(text); ok {
		return i, true
	}
	if i, ok := c.byHash[text]; ok {
		return i, true
	}
	scores, words := c.match(text)
	if words == 0 {
		return 0, false
	}
	best, ties := -1, 0
	for i, v := range scores {
		if v += c.called(i, text); best < 0 || v > scores[best] {
			best, ties = i, 0
			scores[i] = v
		}
		if v == scores[best] {
			ties++
		}
	}
	return best, ties == 1 && scores[best] >= findScore*float64(words)
}

// called is 1 for an article whose title is just what was typed, else 0.
func (c *Catalogue) called(article int, text string) float64 {
	if strings.EqualFold(c.Corpus.Articles[article].Title, strings.TrimSpace(text)) {
		return 1
	}
	return 0
}

// Value is what [Catalogue.Find] takes for an article: its ID, or a hash of one that
// is too long.
func (c *Catalogue) Value(article int) string {
	id := c.Corpus.Articles[article].ID
	if utf8.RuneCountInString(id) > MaxValue {
		return hashed(id)
	}
	return id
}

func hashed(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "#" + hex.EncodeToString(sum[:16])
}
