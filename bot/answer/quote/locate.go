package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
)

// minQuoteWords is how many words a quotation needs to be looked for: of fewer,
// any text may have them by chance. A whole sentence may have less.
const minQuoteWords = 3

// Located is a quotation found in an article.
type Located struct {
	Article     int
	First, Last int // sentences that hold it, both included
}

// Locate finds a quotation in an article, preferring a passage of it: word for
// word, whatever marks, dashes and blanks either is written with. A quotation
// with an ellipsis is found when its parts are, in order.
func Locate(c *corpus.Corpus, quote string, passage int) (Located, bool) {
	p := &c.Passages[passage]
	needle := Trim(quote)
	if needle == "" {
		return Located{}, false
	}
	body := c.Articles[p.Article].Body
	text, at := Fold(body)
	parts := []string{needle}
	if !strings.Contains(text, needle) {
		parts = quoteParts(needle)
	}
	first, last := -1, -1
	// The passage comes first: a phrase may stand in an article twice.
	begin, _ := slices.BinarySearch(at, p.Start)
	for _, start := range [...]int{begin, 0} {
		if first, last = findParts(text, parts, start); first >= 0 {
			break
		}
	}
	if first < 0 {
		return Located{}, false
	}
	span := corpus.Span{Start: at[first], End: at[last]}
	l := Located{Article: p.Article, First: -1}
	i, end := c.ArticleSentences(p.Article)
	for ; i < end; i++ {
		s := &c.Sentences[i]
		if s.Start < span.End && s.End > span.Start && !s.Heading {
			if l.First < 0 {
				l.First = i
			}
			l.Last = i
		}
	}
	if l.First < 0 {
		return Located{}, false
	}
	whole := l.First == l.Last && c.Sentences[l.First].Len() <= span.Len()+2
	return l, whole || len(strings.Fields(needle)) >= minQuoteWords
}

// findParts finds texts one after the other, each between word borders and none far
// behind the one before, from an offset on. It returns where the first begins and
// the last ends, or −1.
func findParts(text string, parts []string, from int) (first, last int) {
	first, last = -1, from
	for _, part := range parts {
		at := findWhole(text, part, last)
		if at < 0 || first >= 0 && at-last > maxElision {
			return -1, -1
		}
		if first < 0 {
			first = at
		}
		last = at + len(part)
	}
	return first, last
}

// maxElision is how many bytes an ellipsis in a quotation stands for at most: a
// few sentences. A judgement.
const maxElision = 600

// findWhole finds a text between word borders, from an offset on. Its first
// letter may be written small or as a capital.
func findWhole(text, part string, from int) int {
	r, n := utf8.DecodeRuneInString(part)
	other := unicode.ToUpper(r)
	if other == r {
		other = unicode.ToLower(r)
	}
	best := -1
	for _, needle := range [...]string{part, string(other) + part[n:]} {
		for at := from; ; {
			i := strings.Index(text[at:], needle)
			if i < 0 {
				break
			}
			at += i
			if borders(text, at, at+len(needle)) {
				if best < 0 || at < best {
					best = at
				}
				break
			}
			at++
		}
	}
	return best
}

// borders reports whether a range does not begin or end within a word.
func borders(text string, from, to int) bool {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	first, _ := utf8.DecodeRuneInString(text[from:])
	last, _ := utf8.DecodeLastRuneInString(text[:to])
	after, _ := utf8.DecodeRuneInString(text[to:])
	cutsIn := from > 0 && isWord(before) && isWord(first)
	cutsOff := to < len(text) && isWord(last) && isWord(after)
	return !cutsIn && !cutsOff
}

// quoteParts cuts a folded quotation at its ellipses. Parts of one word are
// dropped: they would be found anywhere.
func quoteParts(folded string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.NewReplacer("[...]", "...", "(...)", "...").Replace(folded), "...") {
		if part = Trim(part); strings.IndexByte(part, ' ') > 0 {
			out = append(out, part)
		}
	}
	return out
}

// Trim folds a quotation and takes off what writers put around it.
func Trim(s string) string {
	folded, _ := Fold(s)
	for {
		short := strings.TrimRight(strings.TrimSpace(folded), ".,;: ")
		short = strings.TrimLeft(short, ". ")
		if n := len(short); n >= 2 && (short[0] == '"' || short[0] == '\'') && short[n-1] == short[0] && strings.Count(short, short[:1]) == 2 {
			short = short[1 : n-1]
		}
		if short == folded {
			return folded
		}
		folded = short
	}
}

// Fold writes a text with one kind of quotation mark, dash and blank, with no
// blanks around dashes, and says of each byte, and of the end, at which byte of
// the text it comes from.
func Fold(s string) (folded string, at []int) {
	out := make([]byte, 0, len(s))
	at = make([]int, 0, len(s)+1)
	add := func(text string, from int) {
		out = append(out, text...)
		for range len(text) {
			at = append(at, from)
		}
	}
	skip := true // blanks: at the beginning, after one and after a dash
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if !skip {
				add(" ", i)
			}
			skip = true
			continue
		case unicode.Is(unicode.Cf, r), r == '\u00ad':
			continue
		case strings.ContainsRune("“”„‟«»\"″", r):
			add(`"`, i)
		case strings.ContainsRune("‘’‚‛'ʼ`′", r):
			add("'", i)
		case strings.ContainsRune("‐‑‒–—―−-", r):
			if n := len(out); n > 0 && out[n-1] == ' ' {
				out, at = out[:n-1], at[:n-1]
			}
			if n := len(out); n == 0 || out[n-1] != '-' { // "--" is a dash
				add("-", i)
			}
			skip = true
			continue
		case r == '…':
			add("...", i)
		default:
			add(string(r), i)
		}
		skip = false
	}
	return string(out), append(at, len(s))
}
