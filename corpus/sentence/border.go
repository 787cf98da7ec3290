package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// near is how many bytes before and after a place decide on it.
const near = 120

// border reports whether a place ends the sentence that starts at start.
func (p *scanner) border(at *place, start int) bool {
	left := p.s[max(start, at.stop-near):at.stop]
	if left != "" && !letterByte(left[len(left)-1]) {
		left = strings.TrimRightFunc(left, blankOrOpener)
	}
	right := p.s[at.next:min(len(p.s), at.next+near)]
	switch {
	case at.why == bullet:
		return strings.TrimSpace(p.s[start:min(at.next, start+near)]) != ""
	case at.why != terminated:
		return true
	case left == "":
		return false
	}
	stops := p.s[at.stop:at.end]
	first := text.FirstRune(right)
	switch {
	case strings.ContainsRune(",;:%)]}”’»›）」』", first) && !p.opensHere(at.next, first):
		return false
	case (first == '!' || first == '?') && (len(right) == 1 || right[1] == ' '): // French
		return false
	case first == '.' || first == '…': // "He left. …and then"
		return at.spaced && !p.mayContinue(at, start, right)
	}
	word := firstWord(right)
	lower := unicode.IsLower(text.FirstRune(word))
	switch {
	case lower && !mixedCase(right):
		return at.spaced && p.startsSmall(at, left, word, right)
	case !at.spaced && text.FirstRune(stops) < utf8.RuneSelf && !at.note && !wideQuote(p.s[at.end:at.next]):
		return p.glued(at, word)
	case cited(p.s, at.next):
		return false
	}
	switch {
	case strings.HasPrefix(stops, "..") || strings.HasPrefix(stops, ". .") || strings.Contains(stops, "…"):
		return p.ellipsisEnds(at, left, stops, right, word)
	case stops[0] == '.' && !strings.ContainsAny(stops, "!?"):
		return p.stopEnds(at, start, right, word)
	}
	return p.markEnds(at, start, left, right, word)
}

// opensHere reports whether a mark that mostly closes opens something at i.
func (p *scanner) opensHere(i int, r rune) bool {
	return strings.HasPrefix(p.s[i:], ",,") || (r == '”' || r == '»' || r == '›') && before(p.s, i, utf8.RuneLen(r)) && i > 0
}

// mayContinue reports whether an ellipsis after a place goes on with its
// sentence: only one that is glued to a word starts something.
func (p *scanner) mayContinue(at *place, start int, right string) bool {
	rest := strings.TrimLeft(right, ".…")
	return rest == "" || rest[0] == ' ' || !p.stopEnds(at, start, "The", "The")
}

// ellipsisEnds reports whether an ellipsis ends its sentence.
func (p *scanner) ellipsisEnds(at *place, left, stops, right, word string) bool {
	if last := text.LastRune(p.s[max(0, at.stop-4):at.stop]); last == '[' || last == '(' {
		// An omission in a quotation belongs to what is around it.
		return strings.ContainsRune(".!?", text.LastRune(strings.TrimRight(left, " [(")))
	}
	if word == "I" && strings.Count(stops, ".") < 4 && !at.quoted || text.IsDigit(right[0]) {
		return false
	}
	return !at.quoted || !attributes(right)
}

// markEnds reports whether an exclamation or question mark ends its sentence.
func (p *scanner) markEnds(at *place, start int, left, right, word string) bool {
	last := text.LastRune(p.s[max(0, at.stop-utf8.UTFMax):at.stop])
	switch {
	case last == '(' || last == '[':
		return false
	case at.quoted && (attributes(right) || spokenCJK(right)):
		return false
	case p.aside(at, start):
		return p.starts(word)
	case is(lastWord(left), exclaims):
		return p.starts(word)
	}
	return true
}

// aside reports whether the place follows a bracket that stands inside the
// sentence.
func (p *scanner) aside(at *place, start int) bool {
	return at.bracket > start && strings.TrimSpace(p.s[max(start, at.bracket-near):at.bracket]) != ""
}

// glued reports whether a stop that nothing but a closing mark separates from
// the next word ends a sentence: "… the war.The …".
func (p *scanner) glued(at *place, word string) bool {
	c := p.s[at.next]
	left := p.s[max(0, at.stop-near):at.stop]
	token := left[strings.LastIndexByte(left, ' ')+1:]
	switch {
	case at.quoted && opensWord(p.s, at.next):
		return true
	case c < 'A' || c > 'Z' || word == "" || strings.ContainsAny(token, "/@:_=&#<.") || strings.HasPrefix(token, "www"):
		return false
	}
	last := text.LastRune(token)
	rest := p.s[at.next+len(word):]
	switch {
	case p.starts(word):
		return text.IsCloser(last) || at.quoted || unicode.IsDigit(last) || lowerLetters(token) >= 2 || unicode.IsUpper(last) && len(token) > 2
	case len(word) < 2 || is(word, domain) || isName(word) && len(word) < 3 && !is(word, never) || lowerLetters(token) < len(token) || len(token) < 3:
		return false
	}
	if rest != "" && rest[0] == '.' {
		return is(word, never)
	}
	return rest == "" || rest[0] == ' ' || rest[0] == ',' || strings.HasPrefix(rest, "’s") || strings.HasPrefix(rest, "'s")
}

// opensWord reports whether an upper-case letter or an opening mark with one
// stands at i.
func opensWord(s string, i int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	if strings.ContainsRune("“‘\"«„", r) {
		r, _ = utf8.DecodeRuneInString(s[i+n:])
	}
	return unicode.IsUpper(r)
}

// wideQuote reports whether closing marks are those of East Asia, after which
// nobody writes a blank.
func wideQuote(closers string) bool {
	return strings.ContainsAny(closers, "」』）》")
}

// cited reports whether the bracket at i names the source of the sentence
// before it: “It is over.” (Roe 55).
func cited(s string, i int) bool {
	if s[i] != '(' {
		return false
	}
	window := s[i:min(len(s), i+near)]
	end := strings.IndexByte(window, ')')
	if end < 2 || end+1 >= len(window) || strings.IndexByte(".,;", window[end+1]) < 0 {
		return false
	}
	inside := window[1:end]
	return strings.IndexByte(".!?", inside[len(inside)-1]) < 0 &&
		(text.Words(inside) < 4 || strings.ContainsAny(inside, "0123456789"))
}

// maxAttribution is how many words stand before the verb that says who spoke.
const maxAttribution = 6

// attributes reports whether text goes on with who said the quotation before
// it: “Why?” President Dane asked.
func attributes(s string) bool {
	if !unicode.IsLetter(text.FirstRune(s)) {
		return false
	}
	for n := range maxAttribution {
		word := firstWord(s)
		if n == 0 && functionWord(word) {
			return false // "The mayor asked" would be written small
		}
		if n > 0 && is(word, speaks) {
			return true
		}
		if word == "" || n > 0 && !unicode.IsUpper(text.FirstRune(word)) && !is(word, office) {
			return false
		}
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			return false
		}
		s = s[i+1:]
	}
	return false
}

// spokenCJK reports whether Chinese or Japanese text goes on with who said the
// quotation before it.
func spokenCJK(right string) bool {
	if strings.HasPrefix(right, "と") || strings.HasPrefix(right, "って") {
		return true
	}
	n := 0
	for _, r := range right {
		switch r {
		case '说', '說', '道', '问', '問', '喊':
			return n > 0
		case '，', '。', '“', '「', ' ':
			return false
		}
		if n++; n > 6 || r < 0x2E80 {
			return false
		}
	}
	return false
}

// mixedCase reports whether text starts with a word like mRNA or iPhone, which
// may start a sentence.
func mixedCase(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			return i > 0 && i <= 4
		case c < 'a' || c > 'z':
			return false
		}
	}
	return false
}

// startsUnmarked reports whether the capitalised word at i, after a blank,
// starts a sentence although no stop stands before it, as after a headline. It
// has to be a word that names do not begin with, between words of a sentence.
func startsUnmarked(s string, i int) bool {
	if !strings.HasPrefix(s[i+1:], "h") && strings.IndexByte("ISWA", s[i]) < 0 {
		return false
	}
	word := firstWord(s[i:])
	switch word {
	case "The", "This", "These", "There", "It", "They", "She", "We", "According":
	default:
		return false
	}
	rest := s[i+len(word):]
	if len(rest) < 2 || rest[0] != ' ' || rest[1] < 'a' || rest[1] > 'z' {
		return false
	}
	left := s[max(0, i-near) : i-1]
	before := lastWord(left)
	return len(before) > 2 && lowerLetters(before) >= 2 && left[len(left)-1] >= 'a' && classOf(strings.ToLower(before))&abbreviation == 0 && !functionWord(before)
}

// startsSmall reports whether a sentence starts with a small letter: who writes
// all of them so, or forgot it before a word that sentences start with, or
// writes a name like van Dane.
func (p *scanner) startsSmall(at *place, left, word, right string) bool {
	stops := p.s[at.stop:at.end]
	before := lastWord(left)
	if at.quoted || at.bracket >= 0 || !strings.HasPrefix(right, word) || before == "" || abbreviated(before) || len(stops) > 1 && strings.Contains(stops, "..") {
		return false
	}
	if strings.HasPrefix(right, "http") || strings.HasPrefix(right, "www.") {
		return true
	}
	if stops == "?" && p.language() == english && functionWord(word) && !saidSoon(right) {
		return true // "Why? he asked" goes on, "Why? it is late" does not
	}
	if p.small() {
		return lowerLetters(before) > 1 || stops[0] != '.'
	}
	if stops != "." || lowerLetters(before) < len(before) || p.classOf(before)&abbreviation != 0 {
		return false
	}
	switch word {
	case "de", "van", "von", "al", "bin", "di", "da", "del", "ten", "ter":
		rest := strings.TrimLeft(right[len(word):], " ")
		return unicode.IsUpper(text.FirstRune(rest)) && p.language() == english
	}
	switch word {
	case "of", "and", "or", "to", "per":
		return false // go on after an abbreviation nobody listed
	}
	return len(before) > 3 && strings.ContainsAny(before, "aeiou") && functionWord(word) && p.language() == english
}

// saidSoon reports whether one of the next words is a verb of saying.
func saidSoon(right string) bool {
	for range 3 {
		if is(firstWord(right), speaks) {
			return true
		}
		_, right, _ = strings.Cut(right, " ")
	}
	return false
}

// small reports whether the paragraph is by somebody who begins sentences with
// small letters.
func (p *scanner) small() bool {
	return unicode.IsLower(text.FirstRune(strings.TrimLeft(p.s[:min(len(p.s), near)], openers+" "))) ||
		p.language() == english && strings.Contains(p.s[:min(len(p.s), 4*near)], " i ")
}
