// Package quote writes answers out of spans of articles, says whose account a
// sentence is, and verifies that every quotation stands where it is said to.
package quote

import (
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/corpus"
)

// Writer collects claims and numbers their citations in order of appearance.
type Writer struct {
	corpus *corpus.Corpus
	answer *answer.Answer
	number map[int]int // sentence to citation
}

// NewWriter returns a writer of an answer.
func NewWriter(c *corpus.Corpus, a *answer.Answer) *Writer {
	return &Writer{corpus: c, answer: a, number: map[int]int{}}
}

// Cited is a sentence of the corpus with the words of it that answer; they are
// empty where they are not known.
type Cited struct {
	Sentence int
	Answer   corpus.Span
}

// Cite returns the number of a sentence's citation, adding it when it is new.
func (w *Writer) Cite(s Cited) int {
	if n, ok := w.number[s.Sentence]; ok {
		return n
	}
	a := w.articleOf(s)
	span := corpus.Span{Start: w.corpus.Sentences[w.from(s.Sentence)].Start, End: w.corpus.Sentences[s.Sentence].End}
	n := len(w.answer.Citations) + 1
	w.number[s.Sentence] = n
	w.answer.Citations = append(w.answer.Citations, answer.Citation{
		N: n, ArticleID: a.ID, Title: a.Title, Publisher: a.Publisher, Published: a.Published, URL: a.URL,
		Span: span, Quote: a.Body[span.Start:span.End], Answer: s.Answer,
	})
	return n
}

// pointing matches a sentence that opens with what the one before says whom or what it
// means; apart matches those openings that need nobody said before.
var (
	pointing = regexp.MustCompile(`^(?:He|She|They|His|Her|Their|It|Its|This|That|These|Those|There|Then|(?:After|Before) that|Since then)\b`)
	apart    = regexp.MustCompile(`^(?:It|This|That|There)(?:[’']|\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|seems?|appears?|remains?|day|week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter)\b)`)
)

// Points reports whether a sentence opens with what the one before it means.
func Points(text string) bool { return pointing.MatchString(text) && !apart.MatchString(text) }

// longest is how many bytes a sentence has at most that is quoted ahead of one that
// points back at it.
const longest = 400

// from is the sentence that a quotation of one begins with: the one before, where it
// opens with a word that points there.
func (w *Writer) from(sentence int) int {
	text := w.corpus.SentenceText(sentence)
	first, _ := w.corpus.ArticleSentences(w.corpus.Sentences[sentence].Article)
	if sentence == first || !Points(text) {
		return sentence
	}
	if before := &w.corpus.Sentences[sentence-1]; before.Heading || before.Len() > longest {
		return sentence
	}
	return sentence - 1
}

// Claim adds a statement with the sentences it rests on.
func (w *Writer) Claim(text string, sentences ...int) {
	cited := make([]Cited, len(sentences))
	for i, s := range sentences {
		cited[i].Sentence = s
	}
	w.add(answer.Claim{Text: text}, cited)
}

// Sentence adds the first sentence as a statement, under a name where there is
// one, and the others as further sources of it. One that points back comes after the
// sentence before it.
func (w *Writer) Sentence(name string, cited ...Cited) answer.Claim {
	if name != "" {
		name += ": "
	}
	said := cited[0].Sentence
	lead := name
	if from := w.from(said); from < said {
		lead += w.corpus.SentenceText(from) + " "
	}
	c := answer.Claim{Text: lead + w.corpus.SentenceText(said)}
	if words := cited[0].Answer; words.Len() > 0 {
		by := len(lead) - w.corpus.Sentences[said].Start
		c.Marked = corpus.Span{Start: words.Start + by, End: words.End + by}
	}
	return w.add(c, cited)
}

func (w *Writer) add(c answer.Claim, cited []Cited) answer.Claim {
	for _, s := range cited {
		c.Citations = append(c.Citations, w.Cite(s))
	}
	w.answer.Claims = append(w.answer.Claims, c)
	return c
}

// Conflict adds a statement for each of two accounts, under the names of their
// reports, with their dates where they may matter. Reports of one outlet and one day have
// their titles.
func (w *Writer) Conflict(kind answer.Kind, sides ...Cited) answer.Conflict {
	out := answer.Conflict{Kind: kind, About: Heading(kind)}
	names := make([]string, len(sides))
	for i, s := range sides {
		names[i] = Label(w.articleOf(s))
	}
	if kind == answer.Superseded || repeats(names) {
		for i, s := range sides {
			names[i] += dateLabel(w.articleOf(s))
		}
	}
	if repeats(names) {
		for i, s := range sides {
			names[i] = titleLabel(w.articleOf(s)) + dateLabel(w.articleOf(s))
		}
	}
	for i, s := range sides {
		c := w.Sentence(names[i], s)
		out.Sides = append(out.Sides, answer.Side{Claim: c.Text, Citations: c.Citations})
	}
	return out
}

// repeats reports whether a name is there twice.
func repeats(names []string) bool {
	sorted := slices.Sorted(slices.Values(names))
	return len(slices.Compact(sorted)) < len(names)
}

func (w *Writer) articleOf(s Cited) *corpus.Article {
	return &w.corpus.Articles[w.corpus.Sentences[s.Sentence].Article]
}

// Heading says in words in what way accounts differ.
func Heading(k answer.Kind) string {
	switch k {
	case answer.Figures:
		return "The reports have different numbers"
	case answer.Differing:
		return "Here’s how each report puts it"
	case answer.Superseded:
		return "This changed later"
	}
	return "The reports don’t agree"
}

func dateLabel(a *corpus.Article) string {
	if a.Date().IsZero() {
		return ""
	}
	return " (" + a.Date().Format("2 January 2006") + ")"
}

// Label is how an article is named in a sentence: its outlet, else its title.
func Label(a *corpus.Article) string {
	if a.Publisher != "" {
		return a.Publisher
	}
	return titleLabel(a)
}

// titleLabel is an article's title, as it stands in a sentence.
func titleLabel(a *corpus.Article) string {
	if a.Title == "" {
		return a.ID
	}
	return "“" + Clip(a.Title, 70) + "”"
}

// Clip cuts a text at a word border to at most n runes, marked by an ellipsis.
func Clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
