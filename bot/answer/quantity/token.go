package quantity

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/bot/answer/english"
)

// token is a run of letters, a number in digits, a mark, or what such were joined to.
type token struct {
	start, end    int
	word          string // in small letters, with a straight apostrophe and without the dots of "p.m."
	class         byte   // what rules go by: of english's words.txt, those below, or the mark itself
	upper         bool   // has a capital
	glued         bool   // follows the token before without a space
	digits, plain bool   // begins with digits; has neither comma, point nor scale
	low, high     float64
	step          float64 // half the last digit said
	text          string  // kind and unit
	value         Value   // of class value
}

// The classes that are not in words.txt, beside o of ranks, e of decades, and y and
// d of numbers that may be years and days of a month.
const (
	none   = '#' // no part of any value: an address, a model number
	plain  = 'w' // a word
	name   = 'C' // a capitalised word
	number = 'n'
	vague  = 'v' // "hundreds", which takes "of"
	span   = 'r' // "20-30"
	share  = '%'
	value  = 'V'
)

// cut finds the tokens; a group each has the classes of cutClasses. The first are
// passed over: addresses, footnote marks, telephone, version and model numbers,
// dates and fractions in figures, shots of a game, "90s".
var cut = regexp.MustCompile(`(https?://\S+|www\.\S+|\[\d+\]|\+\d[\d ()-]{5,}\d|(?:\(?\d{3}\)?[ -])?\b\d{3}-\d{4}\b` +
	`|#\d+|\d{16,}|\d* ?[½¼¾⅓⅔]|\d+(?:[.:/]\d+){2,}|\d+-\d+-\d+|\d+/\d+|\d+-[a-z]{1,3}-\d+|['’]\d0s\b|\b\d0['’]?s\b|\d+[CDE-JLNOQ-Z]\w*` +
	`|\p{Lu}\pL*-\d+\w*|\pL+\.?\d[\w.-]*)` +
	`|(\d+(?:st|nd|rd|th)\b|[Nn]o\. ?\d+\b)|([12]\d\d0s\b)|(\d{1,3}(?:(?:,\d{3}){1,4}|(?:[ \x{a0}\x{2009}\x{202f}]\d{3}){1,4})\b(?:\.\d{1,9})?|\d+\.\d{1,9})` +
	`|((?:1\d|20)\d\d\b)|((?:0?[1-9]|[12]\d|3[01])\b)|(\d+)` +
	`|((?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.|(?:\pL\.){2,}|[aApP]\.m|[A-Z]{0,3}\$|\pL[\pL\pM]*(?:['’]\pL+)*)|\S`)

const cutClasses = "#oenydnw"

type tokens []token

// tokenize cuts a text into tokens and gives each its class.
func tokenize(text string) tokens {
	var ts tokens
	for _, m := range cut.FindAllStringSubmatchIndex(text, -1) {
		t := token{start: m[0], end: m[1], class: text[m[0]], word: strings.ToLower(text[m[0]:m[1]])}
		t.upper, t.word = t.word != text[t.start:t.end], strings.ReplaceAll(t.word, "’", "'")
		t.glued = len(ts) > 0 && ts[len(ts)-1].end == t.start
		if k := slices.IndexFunc(m[2:], func(at int) bool { return at >= 0 }); k >= 0 {
			t.class = cutClasses[k/2]
		}
		switch {
		case t.class == none:
			t.word = ""
		case t.class == plain:
			t.word = strings.ReplaceAll(t.word, ".", "")
		case t.word == "–" || t.word == "‑":
			t.class = '-'
		case t.class >= 0x80:
			t.class = none
		case strings.IndexByte(cutClasses, t.class) >= 0:
			digits := strings.Map(figures, strings.Trim(t.word, "nostrdh. "))
			t.low, _ = strconv.ParseFloat(digits, 64) // the pattern has digits
			if _, places, ok := strings.Cut(digits, "."); ok {
				t.step = 0.5 * math.Pow10(-len(places))
			}
			t.high, t.digits, t.plain = t.low, true, !strings.ContainsAny(t.word, ",. \u00a0\u2009\u202f")
		}
		ts = append(ts, t)
	}
	return ts.classify()
}

// figures leaves of a number its digits and its point.
func figures(r rune) rune {
	if r == '.' || '0' <= r && r <= '9' {
		return r
	}
	return -1
}

// classify gives words their class, those of a phrase as one token.
func (ts tokens) classify() tokens {
	out := make(tokens, 0, len(ts))
	for i := 0; i < len(ts); {
		t, next := ts[i], i+1
		if w, n := ts.find(i); n > 0 {
			t.word = strings.TrimSuffix(t.word, "'s")
			t.class, t.low, t.high, t.text, next = w.Class, w.Value, w.Value, w.Text, i+n
			for k := i + 1; k < next; k++ {
				t.word += "_" + ts[k].word
			}
		} else if t.class == plain && t.upper && !english.IsFunction(t.word) {
			t.class = name
		} else if t.class == '-' && (!t.glued || !ts.at(next).glued) {
			t.class = none
		}
		t.end = ts[next-1].end
		out = append(out, t)
		i = next
	}
	return out
}

// find returns the longest phrase that begins at a token, and how many it has.
func (ts tokens) find(i int) (english.Word, int) {
	word, possessive := strings.CutSuffix(ts[i].word, "'s")
	for n := min(english.Reach(word), len(ts)-i); n > 0; n-- {
		words := []string{word}
		for _, t := range ts[i+1 : i+n] {
			words = append(words, t.word)
		}
		for _, w := range english.Find(strings.Join(words, "_")) {
			if (!possessive || strings.IndexByte("MWDt", w.Class) >= 0) && ts.stands(w, i, n) {
				return w, n
			}
		}
	}
	return english.Word{}, 0
}

// stands reports whether a phrase of n words may mean what the table says: months
// need a capital and a day or a word such as "in" before, short units a number.
func (ts tokens) stands(w english.Word, i, n int) bool {
	t, before, behind := ts[i], ts.at(i-1), ts.at(i+n)
	letter := t.word[0] >= 'a' && t.word[0] <= 'z'
	switch w.Class {
	case 'f', 's', 'g':
		return false
	case 'M':
		return t.upper && (before.digits || behind.digits || before.class == '-' || len(english.Find(before.word)) > 0)
	case 'W':
		return t.upper && len(t.word) > 5
	case '$':
		return behind.digits && (!letter || t.upper)
	case 'k', 'u':
		if len(t.word) == 1 && w.Class == 'k' && (t.upper || t.word == "m") { // "4K", "5m"
			sign := english.Find(ts.word(i - 2))
			return t.glued && before.digits && (len(sign) > 0 && sign[0].Class == '$' || t.word == "m" && isPlural(behind.word))
		}
		return !letter || n > 1 || len(t.word) > 2 || before.digits && (t.glued || len(t.word) > 1)
	}
	return true
}

// at returns a token, an empty one outside the text.
func (ts tokens) at(i int) token {
	if i < 0 || i >= len(ts) {
		return token{}
	}
	return ts[i]
}

func (ts tokens) word(i int) string { return ts.at(i).word }
