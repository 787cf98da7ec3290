package layout

import (
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/corpus"
)

// Told knows the sentences that stand on a page already.
type Told struct {
	said  map[string]bool
	known []string // sentences as the articles have them, where a text may be cut
}

// NewTold returns one that knows some texts.
func NewTold(texts ...string) *Told {
	t := &Told{said: map[string]bool{}}
	for _, text := range texts {
		t.Say(text)
	}
	return t
}

// Say counts a text as told.
func (t *Told) Say(text string) { t.unseen(statement(text, corpus.Span{}, nil)) }

// Know learns where the sentences of articles begin and end: within a text of several
// it cannot always be seen. It is called before anything of theirs is told.
func (t *Told) Know(citations []answer.Citation) {
	for i := range citations {
		quote := unmarked(citations[i].Quote)
		for _, s := range corpus.SplitSentences(&corpus.Article{Body: quote}) {
			t.known = append(t.known, folded(quote[s.Start:s.End]))
		}
		t.known = append(t.known, folded(quote))
	}
}

// folded is a text on one line.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// pieces are the sentences of a folded text. Within one that is known there is no
// border but those that are known, too: what is too long for a sentence is cut
// elsewhere in a text that begins elsewhere.
func (t *Told) pieces(text string) []corpus.Span {
	cuts := []int{0, len(text)}
	var spans []corpus.Span
	for _, k := range t.known {
		for from := 0; from < len(text) && k != ""; {
			i := strings.Index(text[from:], k)
			if i < 0 {
				break
			}
			if start, end := from+i, from+i+len(k); ends(text[:start]) && (end == len(text) || text[end] == ' ') && ends(k) {
				cuts = append(cuts, start, end)
				spans = append(spans, corpus.Span{Start: start, End: end})
			}
			from += i + len(k)
		}
	}
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		for _, cut := range []int{s.Start, s.End} {
			if !slices.ContainsFunc(spans, func(k corpus.Span) bool { return k.Start < cut && cut < k.End }) {
				cuts = append(cuts, cut)
			}
		}
	}
	slices.Sort(cuts)
	var out []corpus.Span
	for i, start := range cuts[:len(cuts)-1] {
		end := cuts[i+1]
		if part := text[start:end]; strings.TrimSpace(part) != "" {
			start += len(part) - len(strings.TrimLeft(part, " "))
			end -= len(part) - len(strings.TrimRight(part, " "))
			out = append(out, corpus.Span{Start: start, End: end})
		}
	}
	return out
}

// ends reports whether a sentence may end where a text does.
func ends(text string) bool {
	text = strings.TrimRight(text, " ”’\"')]»")
	return text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:;") || strings.HasSuffix(text, "…")
}

// take reports whether a sentence has not been said; from now on it has.
func (t *Told) take(sentence string) bool {
	if t.said[sentence] {
		return false
	}
	t.said[sentence] = true
	return true
}

// holds reports whether a text has another one in it, between blanks.
func holds(text, part string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(part)
		if (start == 0 || strings.ContainsAny(text[start-1:start], " \n")) && (end == len(text) || strings.ContainsAny(text[end:end+1], " \n")) {
			return true
		}
		from = start + 1
	}
}

// unseen is a statement without the sentences that have been said, which those left
// have been from now on. It reports false, with the statement as it was, when nothing
// would be left.
func (t *Told) unseen(st Statement) (Statement, bool) {
	out := Statement{Citations: st.Citations}
	for _, p := range t.pieces(st.Text) {
		if !t.take(st.Text[p.Start:p.End]) {
			continue
		}
		if out.Text != "" {
			out.Text += " "
		}
		by := len(out.Text) - p.Start
		if m := st.Marked; m.Len() > 0 && m.Start >= p.Start && m.End <= p.End {
			out.Marked = corpus.Span{Start: m.Start + by, End: m.End + by}
		}
		out.Text += st.Text[p.Start:p.End]
	}
	if out.Text == "" {
		return st, false
	}
	if out.Text == st.Text {
		return st, true // the marked words may go from one sentence into the next
	}
	return out, true
}

// Sources lists citations by article, in order, with what of their quotes has not
// been told.
func (t *Told) Sources(citations []answer.Citation) []Source {
	t.Know(citations)
	var out []Source
	for i := range citations {
		c := &citations[i]
		at := slices.IndexFunc(out, func(o Source) bool { return o.ArticleID == c.ArticleID })
		if at < 0 {
			at = len(out)
			out = append(out, Source{ArticleID: c.ArticleID, Title: c.Title, Publisher: c.Publisher, Published: c.Published, URL: c.URL})
		}
		out[at].Numbers = append(out[at].Numbers, c.N)
		if text := t.Left(c.Quote); text != "" {
			out[at].Quotes = append(out[at].Quotes, Quote{N: c.N, Text: text, Translation: c.Translation})
		}
	}
	return out
}

// Left is what of a quotation has not been told, which it is from now on; an ellipsis
// stands where something is left out within it. It is empty when all has been told.
func (t *Told) Left(text string) string {
	text = folded(unmarked(text))
	out, gap := "", false
	for _, p := range t.pieces(text) {
		sentence := text[p.Start:p.End]
		if !t.take(sentence) {
			gap = true
			continue
		}
		switch {
		case out == "":
			out = sentence
		case gap:
			out += " … " + sentence
		default:
			out += " " + sentence
		}
		gap = false
	}
	return out
}
