package cli

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
)

// said writes what an answer says, and the sides of a disagreement.
func (o *output) said(a *answer.Answer) {
	o.wrap("", "", a.Text, o.marks)
	for _, conflict := range a.Conflicts {
		o.line("")
		o.wrap("", "  ", "The reports differ: "+conflict.About, func(s string) string { return o.bold(o.warn(s)) })
		for _, side := range conflict.Sides {
			o.wrap("  • ", "    ", side.Claim+marksOf(side.Citations), o.marks)
		}
	}
}

// answer writes an answer for people: what it says, and the sources with the
// sentence each was cited for, or what comes nearest to one.
func (o *output) answer(c *corpus.Corpus, a *answer.Answer) {
	o.said(a)
	if len(a.Citations) > 0 {
		o.line("")
		o.line(o.bold("Sources"))
		for _, cite := range a.Citations {
			o.source(cite)
		}
	}
	if len(a.Nearest) > 0 {
		o.line("")
		o.line(o.bold("Nearest articles"))
		for _, i := range a.Nearest {
			article := &c.Articles[i]
			o.wrap("  • ", "    ", titled(article.Title, article.ID), nil)
			o.byline("    ", article.Publisher, article.Published, article.URL)
		}
	}
}

// source writes one citation: what it is from, then the quote.
func (o *output) source(c answer.Citation) {
	first := fmt.Sprintf("  [%d] ", c.N)
	rest := strings.Repeat(" ", len(first))
	o.wrap(o.mark(first), rest, titled(c.Title, c.ArticleID), nil)
	o.byline(rest, c.Publisher, c.Published, c.URL)
	o.wrap(rest, rest, quoted(c.Quote), o.dim)
}

// byline writes what else is known of an article; nothing when nothing is.
func (o *output) byline(indent, publisher string, published time.Time, url string) {
	var parts []string
	if publisher != "" {
		parts = append(parts, publisher)
	}
	if !published.IsZero() {
		parts = append(parts, published.Format("2 January 2006"))
	}
	if url != "" {
		parts = append(parts, url)
	}
	if len(parts) > 0 {
		o.wrap(indent, indent, strings.Join(parts, " · "), nil)
	}
}

// explain writes how an answer came about, if that was asked for.
func (o *output) explain(a *answer.Answer, took time.Duration) {
	if len(a.Explain) == 0 {
		return
	}
	o.line("")
	o.line(o.bold("How this answer came about"))
	for _, step := range a.Explain {
		o.wrap("  ", "    ", step, o.dim)
	}
	o.wrap("  ", "    ", fmt.Sprintf("confidence %.2f, engine %s, %s", a.Confidence, a.Engine, milliseconds(took)), o.dim)
}

// hits writes passages found, with their scores and, if a hit says so, where
// those come from.
func (o *output) hits(c *corpus.Corpus, found *retrieval.Result) {
	if len(found.Hits) == 0 {
		o.line("No passage matches.")
		return
	}
	for i, h := range found.Hits {
		if i > 0 {
			o.line("")
		}
		p := &c.Passages[h.Passage]
		article := &c.Articles[p.Article]
		first := fmt.Sprintf("%2d. ", i+1)
		rest := strings.Repeat(" ", len(first))
		o.wrap(first, rest, titled(article.Title, article.ID), o.bold)
		o.byline(rest, article.Publisher, article.Published, "")
		o.wrap(rest, rest, fmt.Sprintf("score %.3f · %s", h.Score, p.ID), o.dim)
		for _, why := range h.Why {
			o.wrap(rest+"  ", rest+"    ", strings.TrimSpace(fmt.Sprintf("%+.3f %s  %s", why.Score, why.Name, why.Detail)), o.dim)
		}
		o.wrap(rest, rest, strings.Join(strings.Fields(c.Text(p.Article, p.Span)), " "), nil)
	}
}

var markPattern = regexp.MustCompile(`\[\d+\]`) //nolint:gochecknoglobals // a constant

// marks colours the [n] of a line.
func (o *output) marks(line string) string {
	if !o.color {
		return line
	}
	return markPattern.ReplaceAllStringFunc(line, o.mark)
}

func marksOf(citations []int) string {
	var b strings.Builder
	for _, n := range citations {
		b.WriteString(" [" + strconv.Itoa(n) + "]")
	}
	return b.String()
}

// titled is what an article is called.
func titled(title, id string) string {
	if title == "" {
		return id
	}
	return title
}

// quoted puts quotation marks around a quote that has none around it.
func quoted(quote string) string {
	quote = strings.Join(strings.Fields(quote), " ")
	if strings.HasPrefix(quote, "“") && strings.HasSuffix(quote, "”") && strings.Count(quote, "“") == 1 {
		return quote
	}
	return "“" + quote + "”"
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
