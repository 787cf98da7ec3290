package retrieval

import (
	"math"
	"slices"
	"strings"
	"time"

	"parley/retrieval/analysis"
)

// DefaultHalfLife is the half-life of the recency prior in days: news of last
// month counts half as new.
const DefaultHalfLife = 30

// outlets knows the publishers of a corpus by the words they are called by.
type outlets struct {
	names   [][]string // words of each outlet's name
	article [][]int    // outlets of an article, as indices into names
}

func newOutlets(fwd *analysis.Forward) *outlets {
	o := &outlets{}
	seen := map[string][]int{}
	for i := range fwd.Corpus.Articles {
		publisher := fwd.Corpus.Articles[i].Publisher
		ids, ok := seen[publisher]
		if !ok && publisher != "" {
			for _, name := range outletNames(publisher) {
				j := slices.IndexFunc(o.names, func(n []string) bool { return slices.Equal(n, name) })
				if j < 0 {
					j = len(o.names)
					o.names = append(o.names, name)
				}
				ids = append(ids, j)
			}
			seen[publisher] = ids
		}
		o.article = append(o.article, ids)
	}
	return o
}

// outletNames are what a publisher is called: the whole name, and the part
// before " - ", " | " or ":" that names the house.
func outletNames(publisher string) [][]string {
	names := [][]string{outletWords(publisher)}
	for _, sep := range [...]string{" - ", " | ", ": ", " – ", " — "} {
		if house, _, ok := strings.Cut(publisher, sep); ok {
			if words := outletWords(house); len(words) > 0 {
				names = append(names, words)
			}
			break
		}
	}
	return names
}

func outletWords(s string) []string {
	var words []string
	for _, t := range analysis.Tokenize(s) {
		words = append(words, t.Word)
	}
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	return words
}

// named returns which outlets a question names. A name of one word must be
// written with a capital, for many are words of the language.
func (o *outlets) named(text string) []bool {
	toks := analysis.Tokenize(text)
	var out []bool
	for j, name := range o.names {
		if len(name) == 0 {
			continue
		}
		for i := 0; i+len(name) <= len(toks); i++ {
			match := true
			for k, w := range name {
				match = match && toks[i+k].Word == w
			}
			if match && (len(name) > 1 || toks[i].Upper) {
				if out == nil {
					out = make([]bool, len(o.names))
				}
				out[j] = true
				break
			}
		}
	}
	return out
}

// priors adds to each hit what the question says about the outlet and the time
// of the articles it wants.
func (ix *Index) priors(q *Parsed, hits []Hit) {
	if len(hits) == 0 {
		return
	}
	sum := &ix.opts.Sum
	best := 0.0
	for _, h := range hits {
		best = max(best, h.Score)
	}
	named := ix.outlets.named(q.Text)
	periods := Periods(q.Text, q.AsOf, ix.newest)
	if named == nil && periods == nil && q.AsOf.IsZero() {
		return
	}
	for i := range hits {
		article := ix.fwd.Corpus.Passages[hits[i].Passage].Article
		a := &ix.fwd.Corpus.Articles[article]
		add := func(name string, v float64, detail string) {
			if v <= 0 {
				return
			}
			hits[i].Score += v * best
			if q.Explain {
				hits[i].Why = append(hits[i].Why, Reason{Name: name, Score: v * best, Detail: detail})
			}
		}
		if named != nil && slices.ContainsFunc(ix.outlets.article[article], func(o int) bool { return named[o] }) {
			add("outlet", sum.Outlet, a.Publisher)
		}
		date := midnight(a.Date())
		if date.IsZero() {
			continue
		}
		if len(periods) > 0 {
			nearest := math.Inf(1)
			for _, p := range periods {
				nearest = min(nearest, p.Days(date))
			}
			add("date", sum.Date*math.Exp2(-nearest/sum.DateHalfLife), date.Format(time.DateOnly))
		}
		if age := q.AsOf.Sub(date).Hours() / 24; !q.AsOf.IsZero() && age > -1 {
			add("recency", sum.Recency*math.Exp2(-max(0, age)/ix.opts.HalfLife), date.Format(time.DateOnly))
		}
	}
}
