package answer

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// quoted finds what a text has between quotation marks.
var quotedText = regexp.MustCompile(`[“"„«]([^“”"„«»]+)[”"“»]`)

// wrongQuotation finds a quotation that the cited sentences do not have word for
// word.
func (w *written) wrongQuotation(c clause, u unit) string {
	body, _ := foldMarks(w.body(u))
	for _, m := range quotedText.FindAllStringSubmatchIndex(w.text, -1) {
		if !c.has(m[0], m[1]) {
			continue
		}
		quote := w.text[m[2]:m[3]]
		needle := trimQuote(quote)
		if needle == "" || findWhole(body, needle, 0) >= 0 {
			continue
		}
		if parts := quoteParts(needle); strings.Contains(needle, "...") && len(parts) > 0 {
			if first, _ := findParts(body, parts, 0); first >= 0 {
				continue
			}
		}
		return "the cited sentences do not have the quotation “" + clip(quote, 60) + "”"
	}
	return ""
}

// minName is how strongly a name must stand in the evidence: as an epithet of
// somebody named there at least.
const minName = called

// wrongName finds a name that neither the cited sentences have, nor the title,
// outlet or author of their article, nor the sentences before at which they point.
func (w *written) wrongName(c clause, u unit) string {
	for i, t := range w.terms {
		if !w.isName(t) || !w.within(c, t) {
			continue
		}
		if w.nameIn(i, u.first, u.last+1) || w.nameOfArticle(i, u.article) {
			continue
		}
		if w.pointsBack(u) && w.nameIn(i, w.before(u), u.first) && (w.opens(c, t) || w.pointsAtPerson(u)) {
			continue
		}
		if w.initials(t, u) || w.capitalOf(t, u) {
			continue
		}
		return "the cited sentences do not have the name " + w.text[t.Start:t.End]
	}
	return ""
}

// pointsAtPerson reports whether the cited sentences have a word for somebody
// named before.
func (w *written) pointsAtPerson(u unit) bool {
	for s := u.first; s <= u.last; s++ {
		if slices.ContainsFunc(w.e.fwd.Sentence(s), func(t analysis.Tok) bool { return persons[w.e.wordOf(t)] }) {
			return true
		}
	}
	return false
}

// initials reports whether a word in capitals abbreviates words of a unit that
// follow one another: AI, artificial intelligence.
func (w *written) initials(t retrieval.Term, u unit) bool {
	short := w.text[t.Start:t.End]
	if len(short) < 2 || len(short) > 5 || strings.ToUpper(short) != short {
		return false
	}
	for s := w.before(u); s <= u.last; s++ {
		var first []byte
		for _, tok := range w.e.fwd.Sentence(s) {
			first = append(first, w.e.wordOf(tok)[0])
		}
		if strings.Contains(string(first), strings.ToLower(short)) {
			return true
		}
	}
	return false
}

//go:embed capitals.txt
var capitalTable string

// capitalOf reports whether a name is a country's and the cited sentences have its
// capital, or the other way about: reports call governments by either.
func (w *written) capitalOf(t retrieval.Term, u unit) bool {
	for line := range strings.Lines(capitalTable) {
		names := strings.Fields(line)
		if !slices.Contains(names, t.Word) {
			continue
		}
		for s := u.first; s <= u.last; s++ {
			if slices.ContainsFunc(w.e.fwd.Sentence(s), func(o analysis.Tok) bool {
				return slices.ContainsFunc(names, func(name string) bool { return analysis.Stem(name) == w.e.fwd.Terms[o.Term] || name == w.e.wordOf(o) })
			}) {
				return true
			}
		}
	}
	return false
}

// sameCapital reports whether two names are of one country and its capital.
func sameCapital(a, b string) bool {
	for line := range strings.Lines(capitalTable) {
		names := strings.Fields(line)
		if slices.Contains(names, a) && slices.Contains(names, b) {
			return true
		}
	}
	return false
}

// opensWords is how far from the beginning of a clause a name may stand that a
// pronoun of the evidence stands for: what the clause is about.
const opensWords = 7

// opens reports whether a name stands at the beginning of a clause, or the evidence
// has a possessive for it.
func (w *written) opens(c clause, t retrieval.Term) bool {
	n := 0
	for _, o := range w.tokensOf(c) {
		if o.Start == t.Start {
			return true
		}
		if n++; n > opensWords {
			return false
		}
	}
	return false
}

// isName reports whether a term of the sentence is a name: written with a
// capital where an ordinary word would not be.
func (w *written) isName(t retrieval.Term) bool {
	if !t.Upper || t.Number || classOf(t.Word, false)&(isMonth|isWeekday|isNumber|isNegation|isDayPart) != 0 {
		return false
	}
	if !opensSentence(w.text, t.Start) {
		return true
	}
	if word, ok := w.e.fwd.Word(t.Word); ok {
		return w.e.capitals()[word]
	}
	return t.ID == analysis.NoTerm && (w.e.opts.Lexicon == nil || len(w.e.opts.Lexicon.Lemmas(t.Word)) == 0)
}

// capitals tells by word whether the articles mostly write it with a capital
// where other words have none: within a sentence.
func (e *Engine) capitals() []bool {
	e.withinOnce.Do(func() {
		count := make([]int32, len(e.fwd.Words))
		for i := range e.fwd.Corpus.Sentences {
			text := e.fwd.Corpus.SentenceText(i)
			for k, t := range e.fwd.Sentence(i) {
				switch {
				case t.Stop || k == 0 || t.Upper && opensSentence(text[:t.End], int(t.Start)):
				case t.Upper:
					count[t.Word]++
				default:
					count[t.Word]--
				}
			}
		}
		e.within = make([]bool, len(count))
		for i, n := range count {
			e.within[i] = n > 0
		}
	})
	return e.within
}

// opensSentence reports whether a word stands where any word has a capital: at
// the beginning, or after a colon or the mark that opens a quotation.
func opensSentence(text string, at int) bool {
	before := strings.TrimRight(text[:at], " ")
	return strings.TrimLeft(before, "“\"‘'(") == "" || strings.HasSuffix(before, ":") ||
		strings.HasSuffix(before, "“") || strings.HasSuffix(before, "\"") || strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "..")
}

// nameIn reports whether a name stands in a range of sentences: by itself, in
// another spelling, as a nationality for its country, or as an epithet of
// somebody named there.
func (w *written) nameIn(i, first, end int) bool {
	t := &w.terms[i]
	if t.Corrected && (len(t.Variants) == 0 || t.Variants[0].Weight < wholeMatch) {
		return false // it only looks like one that the articles have
	}
	for s := first; s < end; s++ {
		if w.m.sentence(s)[i] >= minName {
			return true
		}
	}
	return false
}

// nameOfArticle reports whether a name is part of what is known of an article.
func (w *written) nameOfArticle(i, article int) bool {
	match := make(sentenceMatch, len(w.terms))
	w.m.add(match, w.e.fwd.Titles[article], 1)
	w.m.add(match, w.e.fwd.Publishers[article], 1)
	if match[i] >= minName {
		return true
	}
	a := &w.e.fwd.Corpus.Articles[article]
	key := analysis.Stem(w.terms[i].Word)
	return slices.ContainsFunc(analysis.Tokenize(a.Author+" "+a.Place), func(o analysis.Token) bool { return analysis.Stem(o.Word) == key })
}

// Words that stand for somebody or something named before.
var pointers = set("he him his she her hers they them their it its this these those that who which")

// pointsBack reports whether the cited sentences have a word that stands for
// something named before.
func (w *written) pointsBack(u unit) bool {
	for s := u.first; s <= u.last; s++ {
		for i, t := range w.e.fwd.Sentence(s) {
			word := w.e.wordOf(t)
			if pointers[word] || word == "the" && i+1 < len(w.e.fwd.Sentence(s)) {
				return true
			}
		}
	}
	return false
}

// maxSwap is how many content words may lie between two agreements of a written
// sentence and its evidence for what lies there to stand for one another.
const maxSwap = 3

// swapped finds a name that stands in the written sentence where the evidence has
// another: both are held against each other word by word.
func (w *written) swapped(c clause, core int) string {
	mine := w.contentTokens(c)
	text := w.e.fwd.Corpus.SentenceText(core)
	theirs := contentOf(analysis.Tokenize(text))
	pairs := align(mine, theirs)
	pairs = append(pairs, [2]int{len(mine), len(theirs)})
	pi, pj := -1, -1
	for k, p := range pairs {
		a, b := mine[pi+1:p[0]], theirs[pj+1:p[1]]
		firm := firmly(pairs, k, len(mine), len(theirs))
		pi, pj = p[0], p[1]
		if !firm || len(a) == 0 || len(b) == 0 || len(a) > maxSwap || len(b) > maxSwap {
			continue
		}
		if name, other, ok := w.otherName(a, b, mine, theirs); ok {
			return "the cited sentence has " + other + " where this has " + name
		}
	}
	return ""
}

// firmly reports whether a difference lies between words that agree one after the
// other, two on a side or one on each: else words may agree by chance.
func firmly(pairs [][2]int, k, endMine, endTheirs int) bool {
	consecutive := func(i int) bool {
		return i > 0 && i < len(pairs) && pairs[i][0] < endMine && pairs[i][0] == pairs[i-1][0]+1 && pairs[i][1] == pairs[i-1][1]+1
	}
	here := k < len(pairs) && pairs[k][0] < endMine && pairs[k][1] < endTheirs
	return k > 0 && here || k > 1 && consecutive(k-1) || consecutive(k+1)
}

// otherName finds names on both sides of a difference that cannot be the same.
func (w *written) otherName(a, b, mine, theirs []analysis.Token) (name, other string, ok bool) {
	copied := isCopy(mine, theirs)
	for _, x := range a {
		if !w.nameToken(x) && (!copied || !x.Upper || persons[x.Word]) || hasWord(b, x.Word) {
			continue
		}
		for _, y := range b {
			if !y.Upper || y.Number || hasWord(a, y.Word) || roles[y.Word] && !copied || !w.capital(y) || w.alike(x, y, len(a) == 1 && len(b) == 1) {
				continue
			}
			if sameCapital(x.Word, y.Word) {
				continue
			}
			if class := classOf(y.Word, false); class&(isMonth|isWeekday) != 0 || !w.e.named(w.e.fwd.Lookup(y.Word)) {
				continue
			}
			// Names that stand elsewhere in the other sentence have moved: who does
			// what to whom is another check.
			moved, lost := hasWord(theirs, x.Word), !hasWord(mine, y.Word)
			one := len(a) == 1 && len(b) == 1
			if lost && (!moved || one) || one && copied {
				return x.Word, y.Word, true
			}
		}
	}
	return "", "", false
}

// capital reports whether the articles write a word with a capital within sentences.
func (w *written) capital(t analysis.Token) bool {
	word, ok := w.e.fwd.Word(t.Word)
	return ok && w.e.capitals()[word]
}

// nameToken reports whether a token of the written sentence is a name.
func (w *written) nameToken(t analysis.Token) bool {
	i := slices.IndexFunc(w.terms, func(o retrieval.Term) bool { return o.Start == t.Start && o.End == t.End })
	if i >= 0 {
		return w.isName(w.terms[i])
	}
	return t.Upper && !t.Number && !opensSentence(w.text, t.Start)
}

// alike reports whether two names may stand for one another: other spellings, a
// nationality for its country and, unless strict, names that go together.
func (w *written) alike(x, y analysis.Token, strict bool) bool {
	least := float32(minName)
	if strict {
		least = sameName
	}
	id := w.e.fwd.Lookup(y.Word)
	for i, t := range w.terms {
		if analysis.Stem(t.Word) != analysis.Stem(x.Word) {
			continue
		}
		match := make(sentenceMatch, len(w.terms))
		if word, ok := w.e.fwd.Word(y.Word); ok {
			w.m.add(match, []analysis.Tok{{Term: id, Word: word, Upper: true}}, 1)
		}
		return match[i] >= least
	}
	return false
}

func hasWord(toks []analysis.Token, word string) bool {
	return slices.ContainsFunc(toks, func(t analysis.Token) bool { return t.Word == word })
}

func (w *written) contentTokens(c clause) []analysis.Token {
	return contentOf(slices.DeleteFunc(slices.Clone(w.stmt.tokens), func(t analysis.Token) bool { return !c.has(t.Start, t.End) }))
}

// contentOf keeps the content words, and the pronouns that stand for names.
func contentOf(toks []analysis.Token) []analysis.Token {
	return slices.DeleteFunc(toks, func(t analysis.Token) bool { return analysis.IsStop(t.Word) && !persons[t.Word] })
}

// align pairs the words that two texts share in order: a longest common
// subsequence of their stems.
func align(a, b []analysis.Token) [][2]int {
	key := func(toks []analysis.Token) []string {
		out := make([]string, len(toks))
		for i, t := range toks {
			out[i] = analysis.Stem(t.Word)
		}
		return out
	}
	ka, kb := key(a), key(b)
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i, x := range slices.Backward(ka) {
		for j, y := range slices.Backward(kb) {
			if x == y {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case ka[i] == kb[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
