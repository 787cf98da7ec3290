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
	t.digits = share(digits, runes)
	t.caps = share(upper, max(letters, 1))
	t.stops = float32(strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! ") + strings.Count(s, ".” ") + strings.Count(s, ".\" "))
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
		if n == 80 {
			break
		}
	}
	t.function = share(function, n)
	if n <= 14 && (year || strings.Count(s, ":") == 1 && digits >= 3) {
		t.date = 1
	}
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
	return t
}
