package generate

import (
	"context"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/bot/answer/quantity"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/library"
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
		title := g.e.corpus.Articles[g.e.corpus.Sentences[s.sentence].Article].Title
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
		title := strings.TrimSpace(titleTail.ReplaceAllString(g.e.corpus.Articles[g.e.corpus.Sentences[s.sentence].Article].Title, ""))
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
		for _, from := range slices.Sorted(maps.Keys(otherWords)) {
			text = strings.ReplaceAll(text, " "+from+" ", " "+otherWords[from]+" ")
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
	e          *Engine
	w          *writing // shows all passages
	snapshot   *library.Snapshot
	golds      []goldSentence
	rng        *rand.Rand
	upper, all map[string]int // how often a word stands within a sentence, and with a capital
}

// named reports whether a word is mostly written with a capital.
func (g *generator) named(word string) bool { return 2*g.upper[word] > g.all[word] }

// lowerFirst writes the first word small, unless it is a name.
func (g *generator) lowerFirst(s string) string {
	toks := analysis.Tokenize(s)
	if len(toks) == 0 || toks[0].Start != 0 || g.named(toks[0].Word) || toks[0].Word == "i" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// faithful rewrites a gold sentence once or twice.
func (g *generator) faithful(s goldSentence) sample {
	out := sample{text: s.text, evidence: s.text, passage: passageOf(g.e.corpus, s.sentence), quote: s.text}
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
	if len(how) == 0 {
		how = []string{"as it stands"} // no other applied
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

// figure matches a number within a value.
var figure = regexp.MustCompile(`\b\d[\d,.]*\d\b|\b\d\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b`)

// otherNumber changes a figure that is no part of a date.
func (g *generator) otherNumber(_ goldSentence, in sample) (sample, bool) {
	var at [][2]int
	for _, v := range quantity.Parse(in.text) {
		if v.Kind == quantity.Date || v.Kind == quantity.TimeOfDay || v.Kind == quantity.Score {
			continue
		}
		if m := figure.FindStringIndex(in.text[v.Start:v.End]); m != nil {
			at = append(at, [2]int{v.Start + m[0], v.Start + m[1]})
		}
	}
	if len(at) == 0 {
		return in, false
	}
	span := at[g.rng.IntN(len(at))]
	old := in.text[span[0]:span[1]]
	if digits, ok := numerals[old]; ok {
		old = digits
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(old, ",", ""), 64)
	if err != nil {
		return in, false
	}
	n := 2 + g.rng.IntN(40)
	if v > 10 {
		n = int(v*(1.3+g.rng.Float64())) + 1
	} else if int(v) == n {
		n += 3
	}
	in.text = in.text[:span[0]] + strconv.Itoa(n) + in.text[span[1]:]
	return in, true
}

// otherName puts another name of the same article in the place of one, of
// another article where there is none.
func (g *generator) otherName(s goldSentence, in sample) (sample, bool) {
	c := g.e.corpus
	article := c.Sentences[s.sentence].Article
	var mine []analysis.Token
	for _, t := range analysis.Tokenize(in.text) {
		if g.isName(t) && t.Start > 0 && !opensSentence(in.text, t.Start) {
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
	calendar := slices.ContainsFunc([]string{"January", "Jan", "Monday", "Mon"}, func(layout string) bool {
		_, err := time.Parse(layout, t.Word)
		return err == nil
	})
	number := len(quantity.Parse(t.Word)) > 0
	return t.Upper && !t.Number && !calendar && !number && len(t.Word) > 2 && !analysis.IsStop(t.Word) && g.named(t.Word)
}

// opensSentence reports whether a word stands where every word has a capital.
func opensSentence(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \"“‘'(")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".?!:")
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
	c := g.e.corpus
	res, err := g.snapshot.Index.Search(context.Background(), retrieval.Query{Text: s.text, Limit: 20})
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
		words := stems(s.text)
		best, most := p.First, -1
		for i := p.First; i < p.Last; i++ {
			both := 0
			for w := range stems(c.SentenceText(i)) {
				both += map[bool]int{true: 1}[words[w]]
			}
			if both > most && !c.Sentences[i].Heading {
				best, most = i, both
			}
		}
		in.quote = c.SentenceText(best)
		return in, true
	}
	return in, false
}
