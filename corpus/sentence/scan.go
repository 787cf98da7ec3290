package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// reason says why a place may be a border.
type reason int

const (
	terminated reason = iota // a full stop or the like stands before it
	bullet                   // a bullet stands after it
	item                     // the next number of a list stands after it
	unmarked                 // a word stands after it that starts a sentence, and no stop before it
)

// place is where a sentence may end.
type place struct {
	why     reason
	stop    int  // the first of the full stops before the place
	end     int  // after the last of them
	next    int  // the first byte of what comes after
	spaced  bool // white space stands between
	quoted  bool // a quotation ends after the stop
	note    bool // a footnote mark stands after the stop
	bracket int  // where the bracket starts that ends after the stop, or -1
}

// scanner reads a paragraph once and collects the places where a sentence may
// end.
type scanner struct {
	marks
	s      string
	places []place // not decided yet
	start  int     // of the sentence that goes on
	yield  func(int, int) bool
	list   list
	tongue tongue // of the paragraph, 0 until somebody asks
	buffer [24]place
	spans  [12]span
}

// special are the ASCII bytes that scan looks at.
func special(c byte) bool {
	switch c {
	case '.', '!', '?', '"', '\'', '`', '(', ')', '[', ']', '{', '}', '<', '>', ' ', ';', ':':
		return true
	}
	return c >= utf8.RuneSelf
}

// manyPlaces is how many places are kept before those are decided that can be: a
// paragraph may have a million.
const manyPlaces = 1 << 10

// scan goes over a paragraph. It reports whether all of it was wanted.
func (p *scanner) scan(s string) bool {
	p.s = s
	p.places, p.ranges = p.buffer[:0], p.spans[:0]
	p.list.start(p, 0)
	for i := 0; i < len(s); {
		if len(p.places) >= manyPlaces && !p.decide(i-2*maxQuoteBytes) {
			return false
		}
		if !special(s[i]) {
			i++
			continue
		}
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == ' ':
			i++
			if i < len(s) && s[i] != ' ' {
				p.word(i)
			}
		case p.terminator(i, r):
			i = p.terminate(i, n)
		case isBullet(r):
			if i > 0 {
				p.places = append(p.places, place{why: bullet, stop: i, end: i, next: i, bracket: -1})
			}
			i += n
		default:
			_, size := p.mark(s, i, r)
			i += size
		}
	}
	return true
}

// terminator reports whether the character r at i ends sentences.
func (p *scanner) terminator(i int, r rune) bool {
	switch {
	case r == '.' || r == '!' || r == '?' || r == '…':
		return true
	case r == ';' || r == '\u037e': // the Greek question mark
		return i > 0 && unicode.Is(unicode.Greek, text.LastRune(p.s[:i]))
	case r == ':': // typed for the Armenian full stop
		return i > 0 && unicode.Is(unicode.Armenian, text.LastRune(p.s[:i]))
	case r < utf8.RuneSelf || r == '“' || r == '”' || r == '’' || r == '‘':
		return false
	}
	return unicode.Is(unicode.STerm, r) || r == '⋯' || r == '។' || r == '៕'
}

// word notes the word at i, which stands after a blank, if it numbers the next
// item of a list or starts a sentence without a full stop before it.
func (p *scanner) word(i int) {
	switch c := p.s[i]; {
	case p.list.next != "" && p.list.continues(p.s, i):
		p.list.advance()
		p.places = append(p.places, place{why: item, stop: i, end: i, next: i, bracket: -1})
	case c >= 'A' && c <= 'Z' && startsUnmarked(p.s, i):
		p.places = append(p.places, place{why: unmarked, stop: i, end: i, next: i, bracket: -1})
	}
}

// terminate reads the full stops at i, the first of them n bytes long, and what
// belongs to the same sentence after them: closing marks and footnotes. It
// returns where to go on.
func (p *scanner) terminate(i, n int) int {
	at := place{stop: i, end: p.run(i + n), bracket: -1}
	j := at.end
	for j < len(p.s) {
		k := p.tail(&at, j)
		if k == j {
			break
		}
		j = k
	}
	if j < len(p.s) {
		at.next = j
		p.places = append(p.places, at)
		p.list.start(p, j)
		if at.spaced {
			p.word(j)
		}
	}
	return j
}

// run returns the end of a run of full stops that goes on at j, which may have
// blanks between them: ". . .".
func (p *scanner) run(j int) int {
	for j < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[j:])
		if r != ';' && r != ':' && p.terminator(j, r) {
			j += n
			continue
		}
		if r == ' ' && p.s[j-1] == '.' && strings.HasPrefix(p.s[j+1:], ".") && !wordAfter(p.s, j+1) {
			j += 2
			continue
		}
		break
	}
	return j
}

// wordAfter reports whether the stops at i belong to a word after them, as in
// ".NET" and "...and then".
func wordAfter(s string, i int) bool {
	for n := 0; n < 4 && i < len(s) && s[i] == '.'; n++ {
		i++
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// tail reads one thing at j that still belongs to the sentence that the stops
// of a place end, and returns where it ends: j if there is none.
func (p *scanner) tail(at *place, j int) int {
	r, n := utf8.DecodeRuneInString(p.s[j:])
	switch {
	case unicode.IsSpace(r):
		if k := p.spacedTail(at, j+n); k > 0 {
			return k
		}
		at.spaced = true
		return j + n
	case at.spaced:
		return j
	case r != ';' && r != ':' && p.terminator(j, r): // after a closing mark
		at.stop, at.end = j, p.run(j+n)
		at.quoted, at.note, at.bracket = false, false, -1
		return at.end
	case superscript(r):
		at.note = true
		return j + n
	case r == '[':
		if end := footnote(p.s, j); end > 0 {
			at.note = true
			return end
		}
		return j
	case text.IsDigit(p.s[j]):
		if end := p.bareFootnote(at, j); end > 0 {
			at.note = true
			return end
		}
		return j
	case r == '‘' || r == '“' || r == '<' || r == '«' || r == '"' || r == '\'' || r == '`' || text.IsCloser(r) || opening(r) != r:
		return p.closing(at, j, r)
	}
	return j
}

// closing reads a mark at j if it closes something.
func (p *scanner) closing(at *place, j int, r rune) int {
	saved := p.marks
	known := len(p.ranges)
	what, n := p.mark(p.s, j, r)
	switch what {
	case closesQuote:
		at.quoted = true
		return j + n
	case closesBracket:
		if len(p.ranges) > 0 && p.ranges[len(p.ranges)-1].end == j+n {
			at.bracket = p.ranges[len(p.ranges)-1].start
		}
		return j + n
	}
	// It opens the next sentence: the scan comes to it again.
	p.open, p.n, p.ranges = saved.open, saved.n, p.ranges[:known]
	return j
}

// spacedTail reads what belongs to the sentence although a blank stands before
// it: a footnote mark, the closing mark of a tokeniser or of French, an emoji.
// It returns 0 if there is no such thing at j.
func (p *scanner) spacedTail(at *place, j int) int {
	if j >= len(p.s) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(p.s[j:])
	alone := j+n >= len(p.s) || p.s[j+n] == ' ' || p.s[j+n] == '.' || p.s[j+n] == ','
	switch {
	case r == '[':
		if end := footnote(p.s, j); end > 0 && text.IsDigit(p.s[j+1]) {
			at.note = true
			return end
		}
	case superscript(r):
		return j + n
	case r == '…' && alone:
		at.end = j + n
		return j + n
	case r >= 0x1F300 && unicode.Is(unicode.So, r):
		at.spaced = true
		return j + n
	case (r == '»' || r == '›') && p.find(j, opening(r), opening(r)) >= 0,
		r == '"' && alone && p.find(j, '"', '"') >= 0:
		if k := p.closing(at, j, r); k > j {
			return k
		}
	case strings.HasPrefix(p.s[j:], "''") && (j+2 == len(p.s) || p.s[j+2] == ' '):
		p.mark(p.s, j, r)
		at.quoted = true
		return j + 2
	}
	return 0
}

// maxFootnote is the length in bytes of a footnote mark.
const maxFootnote = 20

// footnote returns the end of a mark like [12], [a] or [note 3] at i, or 0.
func footnote(s string, i int) int {
	end := strings.IndexByte(s[i:min(len(s), i+maxFootnote)], ']')
	if end < 2 {
		return 0
	}
	inside := s[i+1 : i+end]
	switch {
	case strings.Trim(inside, "0123456789,-– ") == "",
		len(inside) == 1 && inside[0] >= 'a' && inside[0] <= 'z',
		strings.HasPrefix(inside, "note "), strings.HasPrefix(inside, "nb "), strings.HasPrefix(inside, "citation"):
		return i + end + 1
	}
	return 0
}

// bareFootnote returns the end of footnote numbers that have lost their marks
// after a stop, as in "… in a consultation.11 12 The …", or 0.
func (p *scanner) bareFootnote(at *place, i int) int {
	before := p.s[max(0, at.stop-near):at.stop]
	word := lastWord(before)
	last := text.LastRune(before)
	if lowerLetters(word) < 3 && !text.IsCloser(last) || classOf(word)&abbreviation != 0 || strings.ContainsAny(word, "./@") {
		return 0
	}
	j := i
	for j < len(p.s) && j-i < maxFootnote && strings.IndexByte("0123456789,- ", p.s[j]) >= 0 {
		j++
	}
	if at.end-at.stop > 1 || j == len(p.s) || is(firstWord(p.s[j:]), zone) || p.s[j-1] != ' ' || len(strings.Fields(p.s[i:j])[0]) > 3 || !unicode.IsUpper(text.FirstRune(p.s[j:])) {
		return 0
	}
	return j - 1
}

func superscript(r rune) bool {
	return r == '¹' || r == '²' || r == '³' || r == '⁰' || r >= '⁴' && r <= '⁹' || r == '†' || r == '‡'
}

func isBullet(r rune) bool {
	switch r {
	case '•', '▪', '●', '◦', '‣', '⁃', '■', '➤', '►', '✓', '✔':
		return true
	}
	return false
}
