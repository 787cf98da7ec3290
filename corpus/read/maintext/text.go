package maintext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (pg *Page) factsOf(ch *chunk) textFacts {
	var t textFacts
	s := ch.text
	t.key = keyOf(s)
	t.dup = float32(pg.keys[t.key])
	pg.keys[t.key]++
	t.characters(s)
	t.marks(s)
	t.words(s)
	pg.told(&t, s)
	return t
}

// characters counts characters by their kinds.
func (t *textFacts) characters(s string) {
	letters, upper, digits, commas, runes := 0, 0, 0, 0, 0
	for _, r := range s {
		runes++
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == ',' || r == '،' || r == '、' || r == '，':
			commas++
		case r == '|' || r == '·' || r == '•' || r == '»' || r == '›' || r == '/':
			t.bar++
		case r == '@':
			t.at = 1
		case unicode.IsUpper(r):
			upper++
			letters++
		case unicode.IsLetter(r):
			letters++
		}
	}
	t.length = float32(runes)
	t.commas = float32(commas)
	t.digits, t.numerals = share(digits, runes), digits
	t.caps = share(upper, max(letters, 1))
	t.stops = float32(strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! ") + strings.Count(s, ".” ") + strings.Count(s, ".\" "))
}

// marks looks at how a text begins and ends.
func (t *textFacts) marks(s string) {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”\"’'») ]"))
	switch last {
	case '.', '!', '?', '…', '。', '؟', '।':
		t.ends = 1
	case ':':
		t.colon = 1
	}
	first, _ := utf8.DecodeRuneInString(s)
	if unicode.IsLower(first) {
		t.lower = 1
	}
	if strings.ContainsRune("“\"‘«„'", first) {
		t.quote = 1
	}
	if strings.Contains(s, "http") || strings.Contains(s, "www.") || strings.Contains(s, ".com") {
		t.url = 1
	}
}

// dateWords is the length of a line that may be a date in words, and sampleWords
// how many words of a text are looked at.
const (
	dateWords   = 14
	sampleWords = 80
)

// words looks at the words of a text.
func (t *textFacts) words(s string) {
	n, function := 0, 0
	year := false
	for w := range strings.FieldsSeq(s) {
		n++
		if functionWord(w) {
			function++
		}
		if len(w) >= 4 && (strings.HasPrefix(w, "20") || strings.HasPrefix(w, "19")) && len(w) <= 5 {
			year = true
		}
		if n == sampleWords {
			break
		}
	}
	t.function = share(function, n)
	if n <= dateWords && (year || strings.Count(s, ":") == 1 && t.numerals >= 3) {
		t.date = 1
	}
}

// told compares a text with what machines are told of the article.
func (pg *Page) told(t *textFacts, s string) {
	if t.key != "" {
		for _, title := range pg.titles {
			switch {
			case title == t.key:
				t.title = 1
			case t.title == 0 && len(t.key) > 15 && len(title) > 15 && (strings.HasPrefix(title, t.key) || strings.HasPrefix(t.key, title) && len(t.key) < len(title)*3/2):
				t.title = 0.8
			}
		}
		if len(t.key) > 20 && len(pg.summary) > 20 {
			if strings.HasPrefix(pg.summary, t.key[:min(len(t.key), len(pg.summary), 60)]) {
				t.summary = 1
			} else if strings.Contains(pg.summary, t.key) {
				t.summary = 0.5
			}
		}
		for _, a := range pg.author {
			if len(a) > 4 && strings.Contains(t.key, a) {
				t.author = share(len(a), len(t.key))
			}
		}
	}
	t.ld = -1
	if len(pg.body) > 0 {
		hit, all := 0, 0
		for h := range threes(s) {
			all++
			if pg.body[h] {
				hit++
			}
		}
		t.ld = share(hit, all)
		if all == 0 {
			t.ld = -0.5
		}
	}
}
