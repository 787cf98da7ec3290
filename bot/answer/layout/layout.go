// Package layout puts an answer in the order in which people read it: what is said,
// each sentence once, and below it what it is from. Whoever shows answers begins
// here, so that Discord and the terminal show the same.
package layout

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/corpus"
)

// Page is an answer as it is read, top to bottom.
type Page struct {
	Disputes []Dispute
	Intro    string // above what is said; often empty
	Shape    answer.Shape
	Said     []Statement // one after the other, or a line each
	Sources  []Source
}

// Statement is something said, with what it rests on.
type Statement struct {
	Text      string      // nothing in it has the form of a mark
	Marked    corpus.Span // of Text: the words that answer; empty where they are not known
	Citations []int
	Day       time.Time // to stand before it; zero for none
}

// Dispute is a matter on which articles differ.
type Dispute struct {
	Kind  answer.Kind
	About string // the kind in English
	Sides []Side
}

// Side is what one of them says.
type Side struct {
	Label string    // its outlet, or its title
	Date  time.Time // zero when the article states none
	Statement
}

// Source is an article that is cited.
type Source struct {
	Numbers   []int // of its citations, in order
	ArticleID string
	Title     string
	Publisher string
	Published time.Time
	URL       string
	Quotes    []Quote // what is cited and not said above
}

// Quote is what stands in an article.
type Quote struct {
	N           int // of the citation
	Text        string
	Translation string // of what is cited, by a model, into the language of the answer; often empty
}

// Of lays out an answer that does not abstain.
func Of(a *answer.Answer) *Page {
	p := &Page{Intro: folded(a.Intro)}
	seen := NewTold()
	seen.Know(a.Citations)
	told := map[string]bool{}
	for i := range a.Conflicts {
		c := &a.Conflicts[i]
		if c.Woven {
			continue // told among the claims
		}
		d := Dispute{Kind: c.Kind, About: c.About}
		labels := labels(a, c.Sides)
		for n, side := range c.Sides {
			told[side.Claim] = true
			claim := a.Claim(side.Claim)
			s := Side{Label: labels[n], Statement: own(a, claim)}
			if cite := cited(a, side.Citations); cite != nil {
				s.Date = cite.Published
			}
			if claim.Translation != "" {
				s.Statement = translated(claim)
			} else if left, ok := seen.unseen(s.Statement); ok {
				s.Statement = left
			}
			d.Sides = append(d.Sides, s)
		}
		p.Disputes = append(p.Disputes, d)
	}
	for _, c := range a.Claims {
		if told[c.Text] {
			continue
		}
		if c.Translation != "" {
			s := translated(c)
			s.Day = c.Day
			p.Said = append(p.Said, s)
			continue
		}
		s := statement(c.Text, c.Marked, c.Citations)
		left, ok := seen.unseen(s)
		if !ok && p.mark(&s, seen) {
			continue
		}
		left.Day = c.Day
		p.Said = append(p.Said, left)
	}
	p.shape(a.Shape)
	p.Sources = seen.Sources(a.Citations)
	return p
}

// shape gives what is said its shape: one statement alone is prose.
func (p *Page) shape(s answer.Shape) {
	if s.Lines(len(p.Said)) {
		p.Shape = s
		return
	}
	for i := range p.Said {
		p.Said[i].Day = time.Time{}
	}
}

// mark gives the citations of a statement whose sentences have all been said to the
// one that has said the last of them. It reports whether there is one.
func (p *Page) mark(s *Statement, seen *Told) bool {
	if s.Text == "" {
		return true
	}
	last := seen.pieces(s.Text)
	want := s.Text[last[len(last)-1].Start:]
	says := func(o *Statement) bool {
		if !holds(o.Text, want) {
			return false
		}
		for _, n := range s.Citations {
			if !slices.Contains(o.Citations, n) {
				o.Citations = append(o.Citations, n)
			}
		}
		return true
	}
	for i := range p.Said {
		if says(&p.Said[i]) {
			return true
		}
	}
	for i := range p.Disputes {
		for n := range p.Disputes[i].Sides {
			if says(&p.Disputes[i].Sides[n].Statement) {
				return true
			}
		}
	}
	return false
}

// labels are the names of the sides of a conflict: outlets, and titles where there is
// none or where that of two is the same. Articles whose titles are the same too have their
// IDs.
func labels(a *answer.Answer, sides []answer.Side) []string {
	outlets := map[string]int{}
	for _, s := range sides {
		if cite := cited(a, s.Citations); cite != nil {
			outlets[cite.Publisher]++
		}
	}
	out := make([]string, len(sides))
	for i, s := range sides {
		cite := cited(a, s.Citations)
		switch {
		case cite == nil:
		case cite.Publisher != "" && outlets[cite.Publisher] == 1:
			out[i] = cite.Publisher
		case cite.Title != "":
			out[i] = quote.Clip(cite.Title, maxLabel)
		default:
			out[i] = cite.ArticleID
		}
	}
	alike := map[string]map[string]bool{} // articles by label
	for i, s := range sides {
		if cite := cited(a, s.Citations); cite != nil {
			if alike[out[i]] == nil {
				alike[out[i]] = map[string]bool{}
			}
			alike[out[i]][cite.ArticleID] = true
		}
	}
	for i, s := range sides {
		if len(alike[out[i]]) > 1 {
			out[i] = cited(a, s.Citations).ArticleID
		}
	}
	return out
}

// maxLabel bounds a title that is a label, in runes.
const maxLabel = 70

// cited is the first of some citations.
func cited(a *answer.Answer, numbers []int) *answer.Citation {
	if len(numbers) == 0 || numbers[0] < 1 || numbers[0] > len(a.Citations) {
		return nil
	}
	return &a.Citations[numbers[0]-1]
}

// own is a claim of a side without the name of its report, which is the label.
func own(a *answer.Answer, c answer.Claim) Statement {
	cite := cited(a, c.Citations)
	if cite == nil {
		return statement(c.Text, c.Marked, c.Citations)
	}
	n := quote.Named(c.Text, cite)
	marked := corpus.Span{}
	if c.Marked.Start >= n {
		marked = corpus.Span{Start: c.Marked.Start - n, End: c.Marked.End - n}
	}
	return statement(c.Text[n:], marked, c.Citations)
}

// statement is a text whose [7] are another's footnotes: they become (7), so that
// every mark is one of ours. It is on one line.
func statement(text string, marked corpus.Span, citations []int) Statement {
	out := Statement{Text: folded(unmarked(text)), Citations: slices.Clone(citations)}
	if marked.Start < 0 || marked.Len() <= 0 || marked.End > len(text) {
		return out
	}
	words := folded(unmarked(text[marked.Start:marked.End]))
	// No more than blanks has gone before it.
	if at := strings.Index(out.Text[len(folded(unmarked(text[:marked.Start]))):], words); words != "" && at >= 0 {
		start := len(folded(unmarked(text[:marked.Start]))) + at
		out.Marked = corpus.Span{Start: start, End: start + len(words)}
	}
	return out
}

func unmarked(text string) string { return foreignMark.ReplaceAllString(text, "($1)") }

var foreignMark = regexp.MustCompile(`\[(\d+)\]`)

// translated is a claim as it is read in another language than its sources, which are
// quoted below it.
func translated(c answer.Claim) Statement {
	return statement(c.Translation, corpus.Span{}, c.Citations)
}
