package cli

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/layout"
	"parley/bot/answer/quote"
	"parley/bot/phrases"
	"parley/corpus"
	"parley/retrieval"
)

// said writes what an answer says: the sides of a disagreement each under its label,
// then the rest.
func (o *output) said(a *answer.Answer) {
	if a.Abstained {
		o.wrap("", "", a.Text, nil)
		return
	}
	page := layout.Of(a)
	for i, d := range page.Disputes {
		if i > 0 {
			o.line("")
		}
		about := d.About + ":"
		if i == 0 && a.Lead == answer.Contested {
			about = quote.Said(a) + " " + about
		}
		o.wrap("", "", about, o.warn)
		for _, side := range d.Sides {
			o.line("")
			label := side.Label
			if !side.Date.IsZero() {
				label += ", " + side.Date.Format("2 January 2006")
			}
			o.wrap("", "", label, o.bold)
			o.wrap("  ", "  ", o.cited(side.Statement), o.marks)
		}
	}
	o.told(a, page)
	for _, q := range a.Unsaid {
		o.line("")
		o.wrap("", "", notSaid(a, q), nil)
	}
}

// told writes what an answer says beside its disputes: a paragraph, or a line for each
// statement.
func (o *output) told(a *answer.Answer, page *layout.Page) {
	var head, lines []string
	if a.Lead != "" && a.Lead != answer.Contested {
		head = append(head, quote.Said(a))
	}
	if page.Intro != "" {
		head = append(head, page.Intro)
	}
	for _, s := range page.Said {
		switch day := quote.Day(s.Day); {
		case page.Shape == answer.Prose:
			head = append(head, o.cited(s))
		case day != "":
			lines = append(lines, day+": "+o.cited(s))
		default:
			lines = append(lines, o.cited(s))
		}
	}
	if len(page.Disputes) > 0 && len(head)+len(lines) > 0 {
		o.line("")
	}
	if len(head) > 0 {
		o.wrap("", "", strings.Join(head, " "), o.marks)
	}
	for _, line := range lines {
		o.wrap("• ", "  ", line, o.marks)
	}
}

// notSaid says that the articles do not answer one of several questions, in the
// language of the question.
func notSaid(a *answer.Answer, asked string) string {
	if say, err := phrases.ReadAbroad(a.Language); err == nil && a.Language != "" {
		return say.NotSaid + " “" + asked + "”"
	}
	return quote.NotSaid(asked)
}

// cited is a statement with the marks of its citations, the words that answer in
// bold.
func (o *output) cited(s layout.Statement) string {
	text := s.Text
	if o.color && s.Marked.Len() > 0 && !strings.ContainsAny(text, stressOn+stressOff) {
		var words []string // each by itself, for a line may end between them
		for w := range strings.FieldsSeq(text[s.Marked.Start:s.Marked.End]) {
			words = append(words, stressOn+w+stressOff)
		}
		text = text[:s.Marked.Start] + strings.Join(words, " ") + text[s.Marked.End:]
	}
	if len(s.Citations) == 0 {
		return text
	}
	return text + " " + numbers(s.Citations)
}

// numbers are the marks of citations.
func numbers(citations []int) string {
	var b strings.Builder
	for _, n := range citations {
		fmt.Fprintf(&b, "[%d]", n)
	}
	return b.String()
}

// sources writes what an answer is from, an article once: its numbers, what it is,
// and what is quoted there.
func (o *output) sources(all []layout.Source) {
	for _, s := range all {
		const rest = "      "
		o.wrap("  "+o.mark(numbers(s.Numbers))+" ", rest, titled(s.Title, s.ArticleID), o.bold)
		o.byline(rest, s.Publisher, s.Published, s.URL)
		for _, q := range s.Quotes {
			text := "“" + strings.Join(strings.Fields(q.Text), " ") + "”"
			if len(s.Numbers) > 1 {
				text += " " + numbers([]int{q.N})
			}
			o.wrap(rest, rest, text, o.marks)
			if q.Translation != "" {
				o.wrap(rest, rest, "= "+q.Translation, o.dim)
			}
		}
	}
}

// answer writes an answer for people: what it says, and its sources.
func (o *output) answer(a *answer.Answer) {
	o.said(a)
	o.noted(a)
	o.cites(a)
}

// cites writes the sources of an answer below it.
func (o *output) cites(a *answer.Answer) {
	if sources := layout.Of(a).Sources; len(sources) > 0 {
		o.line("")
		o.line(o.bold("Sources"))
		o.sources(sources)
	}
}

// noted says why an answer is not the model's, where there is one, or that it was
// translated.
func (o *output) noted(a *answer.Answer) {
	why := map[answer.Note]string{
		answer.ModelFailed: "Quoted from the articles: the model gave no usable answer; parley check says why.",
		answer.NothingHeld: "Quoted from the articles: the model’s own words didn’t match them.",
		answer.OverBudget:  "Quoted from the articles: the day's budget for models is used up.",
	}[a.Note]
	if say, err := phrases.ReadAbroad(a.Language); err == nil && a.Language != "" {
		if why = ""; !a.Abstained {
			why = say.Note(a.Translated())
		}
	}
	if a.Follows != "" {
		o.line("")
		o.wrap("", "", "I took this to go on from “"+a.Follows+"”.", o.dim)
	}
	if why != "" {
		o.line("")
		o.wrap("", "", why, o.dim)
	}
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
		o.wrap(indent, indent, strings.Join(parts, " · "), o.dim)
	}
}

// explain writes how an answer came about.
func (o *output) explain(a *answer.Answer, took time.Duration) {
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
		o.wrap(rest, rest, fmt.Sprintf("score %.3f · %s", unsigned(h.Score), p.ID), o.dim)
		for _, why := range h.Why {
			o.wrap(rest+"  ", rest+"    ", strings.TrimSpace(fmt.Sprintf("%+.3f %s  %s", why.Score, why.Name, why.Detail)), o.dim)
		}
		o.wrap(rest, rest, strings.Join(strings.Fields(c.Text(p.Article, p.Span)), " "), nil)
	}
}

var markPattern = regexp.MustCompile(`\[\d+\]`)

// What stands around a word that is to be bold, until the line it is on is known.
// Both are characters of private use.
const stressOn, stressOff = "\ue000", "\ue001"

// stress matches a word that is to be bold.
var stress = regexp.MustCompile(stressOn + "([^" + stressOff + "]*)" + stressOff)

// marks colours the [n] of a line, and the words that answer.
func (o *output) marks(line string) string {
	if !o.color {
		return line
	}
	line = stress.ReplaceAllStringFunc(line, func(w string) string { return o.bold(strings.Trim(w, stressOn+stressOff)) })
	return markPattern.ReplaceAllStringFunc(line, o.mark)
}

// titled is what an article is called.
func titled(title, id string) string {
	if title == "" {
		return id
	}
	return title
}

// unsigned takes the sign from a number that prints as -0.000.
func unsigned(v float64) float64 {
	if math.Abs(v) < 0.0005 {
		return 0
	}
	return v
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
