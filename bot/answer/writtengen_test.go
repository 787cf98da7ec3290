package answer

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// sample is a sentence made from gold evidence as a model might write it, with
// the quotation that it is said to rest on.
type sample struct {
	how      string // what was done to it
	text     string
	evidence string // the sentence it is made from
	passage  int    // that is cited
	quote    string
}

// goldSentence is a gold sentence that is one of the corpus's.
type goldSentence struct {
	text     string
	sentence int
}

// goldSentences finds the gold sentences of a set among those of its articles.
func goldSentences(t *testing.T, e *Engine, file string) []goldSentence {
	t.Helper()
	at := map[string]int{}
	for i := range e.fwd.Corpus.Sentences {
		at[strings.Join(strings.Fields(e.fwd.Corpus.SentenceText(i)), " ")] = i
	}
	var out []goldSentence
	seen := map[int]bool{}
	for _, q := range readSet(t, file) {
		for _, text := range q.Evidence {
			i, ok := at[strings.Join(strings.Fields(text), " ")]
			toks := e.fwd.Sentence(i)
			content := 0
			for _, t := range toks {
				content += boolToInt(!t.Stop)
			}
			if ok && !seen[i] && content >= 4 && len(toks) <= 60 {
				seen[i] = true
				out = append(out, goldSentence{e.fwd.Corpus.SentenceText(i), i})
			}
		}
	}
	return out
}

func passageOf(c *corpus.Corpus, sentence int) int {
	return slices.IndexFunc(c.Passages, func(p corpus.Passage) bool { return p.First <= sentence && sentence < p.Last })
}

// rewriting changes a sentence and keeps what it says; it returns the same text
// where it does not apply.
type rewriting struct {
	name string
	do   func(g *generator, s goldSentence, text string) string
}

var rewritings = []rewriting{
	{"as it stands", func(_ *generator, _ goldSentence, text string) string { return text }},
	{"other marks", func(_ *generator, _ goldSentence, text string) string {
		return strings.NewReplacer(" -- ", " — ", "'", "’", " - ", "–").Replace(text)
	}},
	{"attributed to the article", func(g *generator, s goldSentence, text string) string {
		title := g.e.fwd.Corpus.Articles[g.e.fwd.Corpus.Sentences[s.sentence].Article].Title
		if title == "" || strings.ContainsAny(title, "\"“”") || attributed(text) {
			return text
		}
		return "According to “" + title + "”, " + g.lowerFirst(text)
	}},
	{"attributed to the article in words", func(g *generator, _ goldSentence, text string) string {
		if attributed(text) {
			return text
		}
		return "The article says that " + g.lowerFirst(text)
	}},
	{"without parentheses", func(_ *generator, _ goldSentence, text string) string {
		return strings.Join(strings.Fields(parentheses.ReplaceAllString(text, "")), " ")
	}},
	{"without the clause at the end", func(_ *generator, _ goldSentence, text string) string {
		if i := relativeClause.FindStringIndex(text); i != nil && i[0] > len(text)/3 {
			return strings.TrimRight(text[:i[0]], " ,") + "."
		}
		return text
	}},
	{"without the adverbial in front", func(_ *generator, _ goldSentence, text string) string {
		if m := opening.FindStringSubmatch(text); m != nil {
			return upperFirst(m[1])
		}
		return text
	}},
	{"pronoun resolved", func(g *generator, s goldSentence, text string) string {
		title := strings.TrimSpace(titleTail.ReplaceAllString(g.e.fwd.Corpus.Articles[g.e.fwd.Corpus.Sentences[s.sentence].Article].Title, ""))
		first, rest, _ := strings.Cut(text, " ")
		if title != "" && (first == "It" || first == "He" || first == "She" || first == "They") {
			return upperFirst(title) + " " + rest
		}
		return text
	}},
	{"numbers in words or digits", func(_ *generator, _ goldSentence, text string) string {
		return numeral.ReplaceAllStringFunc(text, func(w string) string {
			if d, ok := numerals[w]; ok {
				return d
			}
			return w
		})
	}},
	{"without thousands separators", func(_ *generator, _ goldSentence, text string) string {
		return thousands.ReplaceAllString(text, "$1$2")
	}},
	{"contracted", func(_ *generator, _ goldSentence, text string) string {
		return strings.NewReplacer(" did not ", " didn't ", " is not ", " isn't ", " was not ", " wasn't ", " does not ", " doesn't ", " cannot ", " can't ", " are not ", " aren't ", " were not ", " weren't ").Replace(text)
	}},
	{"other words", func(_ *generator, _ goldSentence, text string) string {
		for from, to := range otherWords {
			text = strings.ReplaceAll(text, " "+from+" ", " "+to+" ")
		}
		return text
	}},
}

func attributed(text string) bool {
	return strings.HasPrefix(text, "According to ") || strings.HasPrefix(text, "The article says")
}

var (
	parentheses    = regexp.MustCompile(`\s*\([^()]*\)`)
	relativeClause = regexp.MustCompile(`,\s+(?:which|who|where|whose|although|while|including)\s[^,;]*\.$`)
	opening        = regexp.MustCompile(`^(?:In|On|At|During|By|After|Since|As of) [^,]{3,30}, ((?:the|a|an|he|she|it|they|[A-Z]\w+) .*)$`)
	titleTail      = regexp.MustCompile(`\s*\(.*|:.*`)
	numeral        = regexp.MustCompile(`\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|2|3|4|5|6|7|8|9)\b`)
	thousands      = regexp.MustCompile(`\b(\d{1,3}),(\d{3})\b`)
	numerals       = map[string]string{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}
	otherWords     = map[string]string{
		"began": "started", "large": "big", "film": "movie", "located": "situated", "approximately": "about", "also": "additionally",
		"often": "frequently", "various": "several", "primarily": "mainly", "however": "though", "such as": "for example", "because": "since",
		"received": "got", "built": "constructed", "entire": "whole", "near": "close to", "usually": "normally", "obtained": "got",
	}
)

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// generator makes sentences of gold ones.
type generator struct {
	ctx context.Context //nolint:containedctx // of the test that makes it
	e   *Engine
	rng *rand.Rand
}

// lowerFirst writes the first word small, unless it is a name.
func (g *generator) lowerFirst(s string) string {
	toks := analysis.Tokenize(s)
	if len(toks) == 0 || toks[0].Start != 0 || g.e.named(g.e.fwd.Lookup(toks[0].Word)) || toks[0].Word == "i" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// faithful rewrites a gold sentence once or twice.
func (g *generator) faithful(s goldSentence) sample {
	out := sample{text: s.text, evidence: s.text, passage: passageOf(g.e.fwd.Corpus, s.sentence), quote: s.text}
	var how []string
	for range 1 + g.rng.IntN(2) {
		for range 8 { // until one applies
			r := rewritings[g.rng.IntN(len(rewritings))]
			if text := r.do(g, s, out.text); text != out.text || r.name == "as it stands" {
				out.text = text
				how = append(how, r.name)
				break
			}
		}
	}
	out.how = strings.Join(how, ", ")
	return out
}

// The ways to make a sentence wrong.
var corruptions = []struct {
	name string
	do   func(g *generator, s goldSentence, in sample) (sample, bool)
}{
	{"number", (*generator).otherNumber},
	{"name", (*generator).otherName},
	{"negation", (*generator).negated},
	{"date", (*generator).otherDate},
	{"source", (*generator).otherSource},
}

// otherNumber changes a figure that is no part of a date.
func (g *generator) otherNumber(_ goldSentence, in sample) (sample, bool) {
	st := newStatement(in.text)
	var at []analysis.Tok
	for _, a := range st.figures.amounts {
		if t := st.toks[a.at]; a.amount > 0 && st.word(t) != "one" {
			at = append(at, t)
		}
	}
	if len(at) == 0 {
		return in, false
	}
	t := at[g.rng.IntN(len(at))]
	old := in.text[t.Start:t.End]
	n := 2 + g.rng.IntN(40)
	if v, ok := number(st.word(t)); ok && v > 10 {
		n = int(v*(1.3+g.rng.Float64())) + 1
	} else if ok && int(v) == n {
		n += 3
	}
	if strings.Contains(old, ":") {
		return in, false
	}
	in.text = in.text[:t.Start] + strconv.Itoa(n) + in.text[t.End:]
	return in, true
}

// otherName puts another name of the same article in the place of one, of
// another article where there is none.
func (g *generator) otherName(s goldSentence, in sample) (sample, bool) {
	c := g.e.fwd.Corpus
	article := c.Sentences[s.sentence].Article
	var mine []analysis.Token
	for _, t := range analysis.Tokenize(in.text) {
		if g.isName(t) && t.Start > 0 && !opensSentence(in.text, t.Start) && !insideQuotation(in.text, t.Start) {
			mine = append(mine, t)
		}
	}
	if len(mine) == 0 {
		return in, false
	}
	old := mine[g.rng.IntN(len(mine))]
	for range 200 {
		first, end := c.ArticleSentences(article)
		i := first + g.rng.IntN(end-first)
		text := c.SentenceText(i)
		toks := analysis.Tokenize(text)
		if len(toks) == 0 {
			continue
		}
		t := toks[g.rng.IntN(len(toks))]
		if g.isName(t) && !strings.Contains(in.text, text[t.Start:t.End]) && analysis.Stem(t.Word) != analysis.Stem(old.Word) {
			in.text = in.text[:old.Start] + strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(text[t.Start:t.End], "'s"), "’s"), "'’") + in.text[old.End:]
			return in, true
		}
		if g.rng.IntN(20) == 0 {
			article = g.rng.IntN(len(c.Articles))
		}
	}
	return in, false
}

func (g *generator) isName(t analysis.Token) bool {
	return t.Upper && !t.Number && len(t.Word) > 2 && !analysis.IsStop(t.Word) && g.e.named(g.e.fwd.Lookup(t.Word)) && classOf(t.Word, false)&(isMonth|isWeekday|isNumber) == 0
}

var (
	auxiliary = regexp.MustCompile(`\b(is|was|are|were|has|have|had|can|will|would|could|must)\b`)
	denial    = regexp.MustCompile(`\b(is|was|are|were|has|have|had|can|will|would|could|must|did|does|do) not `)
)

// negated denies what is said, or says what is denied.
func (g *generator) negated(_ goldSentence, in sample) (sample, bool) {
	if m := denial.FindStringSubmatchIndex(in.text); m != nil {
		in.text = in.text[:m[3]] + " " + in.text[m[1]:]
		return in, true
	}
	m := auxiliary.FindStringIndex(in.text)
	if m == nil || strings.Contains(in.text[m[1]:min(len(in.text), m[1]+5)], "n't") {
		return in, false
	}
	in.text = in.text[:m[1]] + " not" + in.text[m[1]:]
	return in, true
}

var (
	years  = regexp.MustCompile(`\b1[5-9]\d\d\b|\b20[0-2]\d\b`)
	months = regexp.MustCompile(`\b(January|February|March|April|June|July|August|September|October|November|December)\b`)
)

// otherDate changes a year, or a month.
func (g *generator) otherDate(_ goldSentence, in sample) (sample, bool) {
	if m := years.FindStringIndex(in.text); m != nil {
		y, err := strconv.Atoi(in.text[m[0]:m[1]])
		if err != nil {
			return in, false
		}
		in.text = in.text[:m[0]] + strconv.Itoa(y-1-g.rng.IntN(40)) + in.text[m[1]:]
		return in, true
	}
	if m := months.FindStringIndex(in.text); m != nil {
		all := []string{"January", "March", "April", "July", "October", "November"}
		other := all[g.rng.IntN(len(all))]
		if other == in.text[m[0]:m[1]] {
			other = "February"
		}
		in.text = in.text[:m[0]] + other + in.text[m[1]:]
		return in, true
	}
	return in, false
}

// otherSource lets the sentence rest on one of another article, which is the
// likest of those found for it.
func (g *generator) otherSource(s goldSentence, in sample) (sample, bool) {
	c := g.e.fwd.Corpus
	res, err := g.e.search.Search(g.ctx, retrieval.Query{Text: s.text, Limit: 20})
	if err != nil {
		return in, false
	}
	for _, h := range res.Hits {
		p := &c.Passages[h.Passage]
		if p.Article == c.Sentences[s.sentence].Article || strings.Contains(c.Articles[p.Article].Body, s.text) {
			continue
		}
		in.passage = h.Passage
		if g.rng.IntN(2) == 0 {
			return in, true // the quotation stands in another article
		}
		m := g.e.newMatcher(res.Terms)
		best, most := p.First, float32(-1)
		for i := p.First; i < p.Last; i++ {
			sum := float32(0)
			for k, v := range m.sentence(i) {
				sum += v * float32(res.Terms[k].Weight)
			}
			if sum > most && !c.Sentences[i].Heading {
				best, most = i, sum
			}
		}
		in.quote = c.SentenceText(best)
		return in, true
	}
	return in, false
}
