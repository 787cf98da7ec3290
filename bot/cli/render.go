package cli

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/bot/phrases"
	"parley/corpus"
	"parley/retrieval"
)

// said writes what an answer says. What a disagreement is about stands out, and
// its sides are a list.
func (o *output) said(a *answer.Answer) {
	if a.Abstained {
		o.wrap("", "", a.Text, nil)
		return
	}
	told := map[string]bool{}
	begun := false
	for _, c := range a.Conflicts {
		if c.Woven {
			continue // told among the claims
		}
		if begun {
			o.line("")
		}
		begun = true
		o.wrap("", "", c.About, o.warn)
		for _, side := range c.Sides {
			told[side.Claim] = true
			o.wrap("  • ", "    ", o.cited(a.Claim(side.Claim)), o.marks)
		}
	}
	var rest []string
	if a.Lead != "" {
		rest = append(rest, quote.Said(a.Lead))
	}
	for _, c := range a.Claims {
		if !told[c.Text] {
			rest = append(rest, o.cited(c))
		}
	}
	if begun && len(rest) > 0 {
		o.line("")
	}
	if len(rest) > 0 {
		o.wrap("", "", strings.Join(rest, " "), o.marks)
	}
	for _, q := range a.Unsaid {
		o.line("")
		o.wrap("", "", notSaid(a, q), nil)
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
// bold. What an article has in the form of a mark is turned into another.
func (o *output) cited(c answer.Claim) string {
	if c.Translation != "" {
		c = answer.Claim{Text: c.Translation, Citations: c.Citations}
	}
	text := markPattern.ReplaceAllStringFunc(c.Text, func(m string) string { return "(" + m[1:len(m)-1] + ")" })
	if o.color && c.Marked.Len() > 0 && c.Marked.End <= len(text) && !strings.ContainsAny(text, stressOn+stressOff) {
		var words []string // each by itself, for a line may end between them
		for w := range strings.FieldsSeq(text[c.Marked.Start:c.Marked.End]) {
			words = append(words, stressOn+w+stressOff)
		}
		text = text[:c.Marked.Start] + strings.Join(words, " ") + text[c.Marked.End:]
	}
	citations := c.Citations
	for i, n := range citations {
		if i == 0 {
			text += " "
		}
		text += fmt.Sprintf("[%d]", n)
	}
	return text
}

// sources writes the citations of an answer: what each is from, once for those
// of one article in a row, and its quote.
func (o *output) sources(citations []answer.Citation) {
	before := ""
	for _, c := range citations {
		first := fmt.Sprintf("  [%d] ", c.N)
		rest := strings.Repeat(" ", len(first))
		first = o.mark(strings.TrimRight(first, " ")) + " "
		if c.ArticleID == before {
			o.wrap(first, rest, "same article", o.dim)
		} else {
			o.wrap(first, rest, titled(c.Title, c.ArticleID), o.bold)
			o.byline(rest, c.Publisher, c.Published, c.URL)
		}
		before = c.ArticleID
		o.wrap(rest+o.dim("│ "), rest+o.dim("│ "), strings.Join(strings.Fields(c.Quote), " "), nil)
		if c.Translation != "" {
			o.wrap(rest+o.dim("│ "), rest+o.dim("│ "), "= "+c.Translation, o.dim)
		}
	}
}

// answer writes an answer for people: what it says, and its sources.
func (o *output) answer(a *answer.Answer) {
	o.said(a)
	o.noted(a)
	if len(a.Citations) > 0 {
		o.line("")
		o.line(o.bold("Sources"))
		o.sources(a.Citations)
	}
}

// noted says why an answer is not the model's, where there is one, or that it was
// translated.
func (o *output) noted(a *answer.Answer) {
	why := map[answer.Note]string{
		answer.ModelFailed: "Quoted from the articles: the model cannot be reached; parley check says why.",
		answer.NothingHeld: "Quoted from the articles: what the model wrote did not hold against them.",
		answer.OverBudget:  "Quoted from the articles: the day's budget for models is used up.",
	}[a.Note]
	if say, err := phrases.ReadAbroad(a.Language); err == nil && a.Language != "" {
		if why = ""; !a.Abstained {
			why = say.Note(a.Translated())
		}
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
