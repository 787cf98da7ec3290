package generate

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/support"
)

// maxSentenceRunes bounds a sentence, and maxUnit the sentences of one quotation.
// Judgements.
const (
	maxSentenceRunes = 700
	maxUnit          = 4
)

// address matches what a reader could take for a link.
var address = regexp.MustCompile(`(?i)\b(?:https?|ftp|javascript|data|discord)\s*:|\bwww\.|\]\(|<[@#:/]|@(?:everyone|here)\b|discord\.gg`)

// check holds a sentence against what it is said to rest on. It returns the
// sentence as it may be shown, or what is wrong.
func (w *writing) check(ctx context.Context, text string, sources []source) (passed, string) {
	switch {
	case text == "":
		return passed{}, "it is empty"
	case len([]rune(text)) > maxSentenceRunes:
		return passed{}, "it is too long"
	case address.MatchString(text):
		return passed{}, "it has an address in it"
	case len(sources) == 0:
		return passed{}, "it names no passage"
	}
	var units []support.Text
	wrong := ""
	for _, s := range sources {
		if s.passage < 1 || s.passage > len(w.passages) {
			wrong = fmt.Sprintf("there is no passage %d", s.passage)
			continue
		}
		u, problem := w.unit(ctx, text, s)
		if problem == "" && w.orders(u) {
			problem = "its quotation tells readers what to do and reports nothing"
		}
		if problem != "" {
			wrong = problem
			continue
		}
		units = w.join(units, u)
	}
	if len(units) == 0 {
		return passed{}, wrong
	}
	by, wrong, err := w.e.judge.Bears(ctx, text, units)
	if err != nil {
		return passed{}, "it could not be looked up"
	}
	if wrong != "" {
		return passed{}, wrong
	}
	out := passed{text: text}
	for _, u := range by {
		for s := u.First; s <= u.Last; s++ {
			if !w.e.corpus.Sentences[s].Heading && !slices.Contains(out.sentences, s) {
				out.sentences = append(out.sentences, s)
			}
		}
	}
	return out, ""
}

// unit is what one source cites: the sentences that hold its quotation, or where
// it quotes nothing the sentence of its passage that bears the text out most.
func (w *writing) unit(ctx context.Context, text string, s source) (support.Text, string) {
	c := w.e.corpus
	p := w.passages[s.passage-1]
	if strings.TrimSpace(s.quote) == "" {
		pass := &c.Passages[p]
		n, err := w.e.judge.Nearest(ctx, text, pass.First, pass.Last)
		if err != nil {
			return support.Text{}, "it could not be looked up"
		}
		return support.Text{First: n, Last: n}, ""
	}
	l, ok := quote.Locate(c, s.quote, p)
	if ok && l.Last-l.First < maxUnit {
		return support.Text{First: l.First, Last: l.Last}, ""
	}
	if ok {
		return support.Text{}, "its quotation is too long"
	}
	return support.Text{}, fmt.Sprintf("its quotation does not stand in passage %d", s.passage)
}

// orders reports whether some sentence of a text is an order to whoever reads it:
// it bears nothing out, whatever it says.
func (w *writing) orders(t support.Text) bool {
	for n := t.First; n <= t.Last; n++ {
		if question.IsOrder(w.e.corpus.SentenceText(n)) {
			return true
		}
	}
	return false
}

// join adds a text to those there are: to one that it touches, or as one more.
func (w *writing) join(texts []support.Text, t support.Text) []support.Text {
	article := func(s int) int { return w.e.corpus.Sentences[s].Article }
	for i, o := range texts {
		if article(o.First) == article(t.First) && t.First <= o.Last+1 && o.First <= t.Last+1 {
			texts[i] = support.Text{First: min(o.First, t.First), Last: max(o.Last, t.Last)}
			return texts
		}
	}
	return append(texts, t)
}

var (
	emphasis   = regexp.MustCompile("\\*+|`+|~~+|\\|\\|+|__+")
	listMarker = regexp.MustCompile(`^\s*(?:[-•>#]+|\d{1,2}[.)])\s+`)
	blanks     = regexp.MustCompile(`\s+`)
)

// plainSentence is a model's sentence without markup and marks, and the passages
// that the marks name; most is how many passages there are.
func plainSentence(text string, most int) (plain string, cited []int) {
	text = question.Tidy(text, 2*maxSentenceRunes)
	text = listMarker.ReplaceAllString(text, "")
	text = emphasis.ReplaceAllString(text, "")
	text, cited = takeMarks(text, most)
	return strings.TrimSpace(blanks.ReplaceAllString(text, " ")), cited
}
