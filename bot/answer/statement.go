package answer

import (
	_ "embed"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// statementText is a statement taken apart.
type statementText struct {
	text    string
	tokens  []analysis.Token
	toks    []analysis.Tok // the same as the corpus has them; Word indexes tokens
	stems   map[string]bool
	content int // words that are not function words
	denials int
	figures figures
}

func newStatement(text string) *statementText {
	st := &statementText{text: text, tokens: analysis.Tokenize(text), stems: map[string]bool{}}
	for i, t := range st.tokens {
		stop := analysis.IsStop(t.Word)
		if !stop {
			st.content++
			st.stems[analysis.Stem(t.Word)] = true
		}
		st.toks = append(st.toks, analysis.Tok{
			Word: int32(i), Start: uint16(t.Start), End: uint16(t.End), Upper: t.Upper, Number: t.Number, Stop: stop,
		})
	}
	st.denials = countDenials(st.text, st.toks, st.word, func(analysis.Tok) bool { return true })
	st.figures = readFigures(text, st.toks, st.word)
	return st
}

func (st *statementText) word(t analysis.Tok) string { return st.tokens[t.Word].Word }

//go:embed opposites.txt
var oppositeTable string

// Opposite words by stem, beside those of the lexicon: verbs and adjectives of
// reports that WordNet has as no antonyms. Each line of the table has two groups.
var oppositeWords = parseOpposites(oppositeTable)

func parseOpposites(table string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(table) {
		left, right, ok := strings.Cut(line, "|")
		if !ok {
			continue
		}
		for a := range strings.FieldsSeq(left) {
			for b := range strings.FieldsSeq(right) {
				out[analysis.Stem(a)] = append(out[analysis.Stem(a)], analysis.Stem(b))
				out[analysis.Stem(b)] = append(out[analysis.Stem(b)], analysis.Stem(a))
			}
		}
	}
	return out
}

// oppositesOf returns the stems of the words that mean the opposite of a word.
func (e *Engine) oppositesOf(word, stem string) []string {
	out := slices.Clone(oppositeWords[stem])
	if e.opts.Lexicon != nil {
		for _, w := range e.opts.Lexicon.Opposites(word) {
			out = append(out, analysis.Stem(w))
		}
	}
	return out
}

// opposites returns the stems of a statement that a sentence does not have but
// has the opposite of, and how many of them turn the meaning. Words of denial do
// not: they are counted as such.
func (e *Engine) opposites(st *statementText, toks []analysis.Tok) (stems []string, turned int) {
	held := map[string]bool{}
	for _, t := range toks {
		held[e.fwd.Terms[t.Term]] = true
	}
	for _, t := range st.tokens {
		stem := analysis.Stem(t.Word)
		if held[stem] || slices.Contains(stems, stem) || t.Number || analysis.IsStop(t.Word) {
			continue
		}
		against := e.oppositesOf(t.Word, stem)
		i := slices.IndexFunc(toks, func(o analysis.Tok) bool {
			other := e.fwd.Terms[o.Term]
			return !o.Stop && !st.stems[other] && slices.Contains(against, other)
		})
		if i < 0 {
			continue
		}
		stems = append(stems, stem)
		if (classOf(t.Word, false)|e.classes[toks[i].Word])&isNegation == 0 {
			turned++
		}
	}
	return stems, turned
}

// deniedWords is how many content words after a word of denial it can deny.
const deniedWords = 4

// Words that take a denial back when they follow it ("will not hesitate", "not
// only"), and words at which another clause begins.
var (
	undenied = set("only just merely hesitate necessarily")
	turns    = set("but although though while whereas because")
)

// denials counts the words of denial in a sentence that deny something the
// statement speaks of.
func (e *Engine) denials(m *matcher, sentence int) int {
	return countDenials(e.fwd.Corpus.SentenceText(sentence), e.fwd.Sentence(sentence), e.wordOf, func(t analysis.Tok) bool {
		return !t.Stop && e.classes[t.Word]&isName == 0 && (m.asks(t) || m.resembles(t))
	})
}

// countDenials counts the words of denial that stand before a word spoken of, in
// its clause.
func countDenials(text string, toks []analysis.Tok, word func(analysis.Tok) string, spokenOf func(analysis.Tok) bool) int {
	n := 0
	for i, t := range toks {
		w := word(t)
		if classOf(w, false)&isNegation == 0 || w == "nor" {
			continue
		}
		if i+1 < len(toks) && undenied[word(toks[i+1])] {
			continue
		}
		content := 0
		for j := i; j < len(toks) && content <= deniedWords; j++ {
			if j > i && (turns[word(toks[j])] || strings.ContainsAny(text[toks[j-1].End:toks[j].Start], ",;:—–“”\"()")) {
				break
			}
			if toks[j].Stop || j == i && !spokenOf(t) {
				continue
			}
			content++
			if spokenOf(toks[j]) {
				n++
				break
			}
		}
	}
	return n
}

// otherOwner reports whether a sentence says of something that it is another's
// than the statement does ("Trump's son-in-law" beside "Putin's son-in-law").
func (e *Engine) otherOwner(st *statementText, c *candidate) bool {
	theirs := owners(e.text(c), e.fwd.Sentence(c.sentence), func(t analysis.Tok) string { return e.fwd.Terms[t.Term] })
	for thing, owner := range owners(st.text, st.toks, func(t analysis.Tok) string { return analysis.Stem(st.word(t)) }) {
		if other, ok := theirs[thing]; ok && other != owner {
			return true
		}
	}
	return false
}

// owners maps the stem of what stands after a name with 's to the stem of the name.
func owners(text string, toks []analysis.Tok, stem func(analysis.Tok) string) map[string]string {
	out := map[string]string{}
	for i := range max(0, len(toks)-1) {
		name := text[toks[i].Start:toks[i].End]
		if toks[i].Upper && (strings.HasSuffix(name, "’s") || strings.HasSuffix(name, "'s")) {
			out[stem(toks[i+1])] = stem(toks[i])
		}
	}
	return out
}
