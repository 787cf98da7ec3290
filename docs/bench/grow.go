package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/retrieval/analysis"
)

// A larger corpus is the given one and copies of it with changed words. In each
// copy of each article three in ten of its content words, wherever they occur in
// it, become other words of the corpus that are about as frequent. So articles
// keep their lengths, their words their distribution, and no two are alike;
// vocabulary does not grow, hence every list of passages that hold a word grows
// with the corpus, which is the worst case for a search.
const (
	changedPercent = 30

	// A word is replaced by one whose rank by document frequency is at most this
	// much higher or lower.
	rankShare = 0.05
	rankLeast = 20
)

// article is one line of an articles file.
type article struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitempty"`
	Author    string `json:"author,omitempty"`
	Date      string `json:"date,omitempty"`
	URL       string `json:"url,omitempty"`
	Text      string `json:"text"`
}

// grow writes n times the articles of a file to another one. The same input
// gives the same output.
func grow(from, to string, n int) error {
	articles, err := readArticles(from)
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	ranks := newRanks(articles)
	for copied := range n {
		for _, a := range articles {
			if copied > 0 {
				c := changer{ranks: ranks, seed: fmt.Sprintf("%d %s ", copied, a.ID)}
				a.ID = fmt.Sprintf("%s-copy%d", a.ID, copied)
				a.Title, a.Text = c.change(a.Title), c.change(a.Text)
			}
			if err := enc.Encode(a); err != nil {
				return fmt.Errorf("write article: %w", err)
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func readArticles(path string) ([]article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []article
	for dec := json.NewDecoder(f); dec.More(); {
		var a article
		if err := dec.Decode(&a); err != nil {
			return nil, fmt.Errorf("read article %d: %w", len(out)+1, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// ranks orders the content words of a corpus by how many articles hold them.
type ranks struct {
	words []string
	rank  map[string]int
}

func newRanks(articles []article) *ranks {
	r := &ranks{rank: map[string]int{}}
	counts := map[string]int{}
	for _, a := range articles {
		seen := map[string]bool{}
		for _, t := range analysis.Tokenize(a.Title + "\n" + a.Text) {
			if isContent(t) && !seen[t.Word] {
				seen[t.Word] = true
				counts[t.Word]++
			}
		}
	}
	for w := range counts {
		r.words = append(r.words, w)
	}
	slices.SortFunc(r.words, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, w := range r.words {
		r.rank[w] = i
	}
	return r
}

// isContent reports whether a word may be replaced: function words and numbers
// stay.
func isContent(t analysis.Token) bool {
	return !t.Number && t.Word != "percent" && !analysis.IsStop(t.Word)
}

// changer replaces words in one copy of one article.
type changer struct {
	*ranks
	seed string
}

func (c changer) change(text string) string {
	var b strings.Builder
	at := 0
	for _, t := range analysis.Tokenize(text) {
		word, ok := c.other(t)
		if !ok {
			continue
		}
		b.WriteString(text[at:t.Start])
		b.WriteString(word)
		at = t.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// other returns what stands in for a word, if it is one of those to be changed.
func (c changer) other(t analysis.Token) (string, bool) {
	if !isContent(t) {
		return "", false
	}
	h := fnv.New128a()
	_, _ = h.Write([]byte(c.seed + t.Word))
	sum := h.Sum(nil)
	if binary.BigEndian.Uint64(sum)%100 >= changedPercent {
		return "", false
	}
	rank := c.rank[t.Word]
	reach := max(rankLeast, int(rankShare*float64(rank)))
	lo, hi := max(0, rank-reach), min(len(c.words), rank+reach+1)
	word := c.words[lo+int(binary.BigEndian.Uint64(sum[8:])%uint64(hi-lo))]
	if t.Upper {
		first, n := utf8.DecodeRuneInString(word)
		word = string(unicode.ToUpper(first)) + word[n:]
	}
	return word, true
}
