package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"parley/corpus/internal/text"
)

// Raised and lowered characters: marks of footnotes, exponents, ordinals,
// fractions, formulas.

// maxMark is the longest text, in bytes, that is looked at as a mark.
const maxMark = 64

const runeNone = utf8.RuneError

var (
	// bracketed is a mark of a footnote in brackets: [1], (2), [a], [note 3].
	bracketed = text.Pattern(`(?i)^(\[[^\]]{1,40}\]|\(\d{1,3}\)|\(?[*†‡§¶#]+\)?|[*†‡§¶]*\d{0,3}[*†‡§¶]+)$`)
	// numbers are one or several numbers of footnotes: 1; 2,3; 4–6.
	numbers = text.Pattern(`^\d{1,3}(\s*[,;–-]\s*\d{1,3})*[,.]?$`)
	// noteRef is an address of a footnote in its page.
	noteRef = text.Pattern(`(?i)#(user-content-)?_?(fn|ftn|edn|footnote|endnote|cite|note|ref|r\d|n\d|\d)`)
	// backLink is the text of a link from a footnote to its mark, or of one that
	// a heading has to itself.
	backLink = text.Pattern(`^[↩↑↵⤴⮐^#¶§🔗\x{fe0e}\x{fe0f}\s]+$`)
)

// isBackLink reports whether a link only leads to a place in its page.
func isBackLink(n *html.Node) bool {
	return strings.Contains(attr(n, "href"), "#") && backLink().MatchString(textOf(n, maxMark))
}

// isNoteLink reports whether an element that is not raised is a mark of a
// footnote.
func isNoteLink(n *html.Node) bool {
	if n.Data != "a" && n.Data != "span" || len(n.Attr) == 0 {
		return false
	}
	if attr(n, "role") == "doc-noteref" || hasClass(n, isNoteClass) {
		s := strings.TrimSpace(textOf(n, maxMark))
		return numbers().MatchString(s) || bracketed().MatchString(s)
	}
	if n.Data != "a" || !noteRef().MatchString(attr(n, "href")) {
		return false
	}
	s := strings.TrimSpace(textOf(n, maxMark))
	return bracketed().MatchString(s) && len(s) <= len("[note 123]")
}

func isNoteClass(class string) bool {
	switch class {
	case "footnote-ref", "footnoteref", "footnote-reference", "footnote-link", "noteref", "note-ref", "fn-ref", "reference", "citation-ref", "ftnref":
		return true
	}
	return false
}

// isBareMark reports whether a link is a number right behind a word that leads to a
// footnote, which style sheets raise.
func (w *walker) isBareMark(n *html.Node) bool {
	if n.Data != "a" || w.flow.blank || w.flow.last == 0 || w.flow.last == '\n' || unicode.IsDigit(w.flow.last) || !strings.HasPrefix(attr(n, "href"), "#") {
		return false
	}
	return noteRef().MatchString(attr(n, "href")) && numbers().MatchString(strings.TrimSpace(textOf(n, maxMark)))
}

// noteMark leaves out the mark of a footnote.
func (w *walker) noteMark(n *html.Node) {
	s := strings.TrimSpace(textOf(n, maxMark))
	w.drop(s, footnoteMark)
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) {
		if number, err := strconv.Atoi(field); err == nil {
			w.marks = number
		}
	}
	w.flow.apart = true
}

// raised reads a sup.
func (w *walker) raised(n *html.Node, depth int) error {
	s := strings.TrimSpace(textOf(n, maxMark))
	if s == "" {
		return w.children(n, depth)
	}
	if w.isMark(n, s) {
		w.noteMark(n)
		return nil
	}
	before, tail := w.flow.last, w.flow.tail()
	switch {
	case charge().MatchString(s) && (unicode.IsLetter(before) || isScript(before)):
		w.flow.write(strings.Map(superscript, s))
	case w.flow.blank || tail == "" || !isNumber(s):
		return w.raisedText(n, s, depth)
	case (unicode.IsDigit(before) || before == ')') && startsFraction(n):
		w.flow.write(" ")
		w.flow.write(s)
	case isPrice(tail) && len(s) == 2:
		w.flow.write("." + s)
	case unicode.IsDigit(before):
		w.flow.write("^" + s)
	default:
		w.flow.write(strings.Map(superscript, s))
	}
	return nil
}

// raisedText reads a sup that is no exponent: "1st", "M™", the 14 of ¹⁴C, the 1
// of 1/2, or words set small.
func (w *walker) raisedText(n *html.Node, s string, depth int) error {
	switch {
	case isNumber(s) && !startsFraction(n):
		w.flow.write(strings.Map(superscript, s))
		return nil
	case strings.EqualFold(s, "tm"):
		w.flow.write("™")
		return nil
	case strings.EqualFold(s, "sm"):
		w.flow.write("℠")
		return nil
	}
	if utf8.RuneCountInString(s) > maxOrdinal {
		w.flow.apart = true
	}
	return w.children(n, depth)
}

// maxOrdinal is the length of the longest ending that is raised behind a number
// or an abbreviation: "ème".
const maxOrdinal = 4

// isMark reports whether a raised text is the mark of a footnote. What is linked,
// bracketed or a sign is one. A lone number is one behind a word that is no unit,
// behind a stop, and where it goes on the marks before it; behind a number it is
// an exponent otherwise.
func (w *walker) isMark(n *html.Node, s string) bool {
	if bracketed().MatchString(s) {
		return true
	}
	if !numbers().MatchString(s) {
		return len(s) <= 2 && (noteLinked(n) || hasClass(n, isNoteClass))
	}
	if noteLinked(n) || hasClass(n, isNoteClass) || !isNumber(s) || attr(n, "role") == "doc-noteref" {
		return true
	}
	number, err := strconv.Atoi(s)
	if err != nil {
		return false
	}
	tail, before := w.flow.tail(), w.flow.last
	next := nextRune(n)
	following := number == 1 || w.marks > 0 && number == w.marks+1
	switch {
	case startsFraction(n):
		return false
	case tail == "":
		return !startsNuclide(n)
	case strings.HasSuffix(tail, "10") && !endsInDigit(tail[:len(tail)-2]) && number != 1:
		return false
	case unicode.IsDigit(before):
		return following && !unicode.IsDigit(next)
	case before == ')':
		return following || number > 3
	case unicode.IsLetter(before):
		return !isUnit(letters(tail), number)
	case strings.ContainsRune("=+−-×·/(", before):
		return false
	}
	return true
}

// noteLinked reports whether a link to a footnote is in a sup or around it.
func noteLinked(n *html.Node) bool {
	isLink := func(c *html.Node) bool {
		return c.Data == "a" && (strings.Contains(attr(c, "href"), "#") || hasClass(c, isNoteClass))
	}
	return n.Parent != nil && isLink(n.Parent) || has(n, isLink)
}

// isUnit reports whether a number above letters is their exponent: those of a
// unit of length or time, or one letter that stands for a number.
func isUnit(s string, number int) bool {
	switch s {
	case "m", "mm", "cm", "dm", "km", "hm", "dam", "nm", "µm", "μm", "pm", "ft", "in", "yd", "mi", "s", "sec", "h", "hr":
		return number == 2 || number == 3 || number == 4
	case "a", "A", "I", "":
		return false
	}
	return utf8.RuneCountInString(s) == 1 || s == "mc" && number == 2
}

// letters are the letters that a word ends in.
func letters(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

func isNumber(s string) bool {
	digits := strings.TrimLeft(s, "+-−–")
	return digits != "" && len(s)-len(digits) <= len("−") && strings.Trim(digits, "0123456789") == ""
}

func endsInDigit(s string) bool { return s != "" && text.IsDigit(s[len(s)-1]) }

// charge is that of an ion.
var charge = text.Pattern(`^\d?[+−–-]$`)

func isScript(r rune) bool { return r >= '₀' && r <= '₉' }

var price = text.Pattern(`^[$€£]\d[\d,]*$`)

func isPrice(s string) bool { return price().MatchString(s) }

// startsFraction reports whether a slash follows: the number is above a fraction.
func startsFraction(n *html.Node) bool {
	r := nextRune(n)
	return r == '/' || r == '⁄'
}

// startsNuclide reports whether the symbol of an element follows at once.
func startsNuclide(n *html.Node) bool {
	next := n.NextSibling
	return next != nil && next.Type == html.TextNode && nuclide().MatchString(next.Data)
}

var nuclide = text.Pattern(`^\p{Lu}\p{Ll}?([^\p{L}]|$)`)

// nextRune is the character after a node in its line, a blank at the line's end.
func nextRune(n *html.Node) rune {
	const far = 8 // elements without text are skipped, some of them
	for range far {
		for n != nil && n.NextSibling == nil {
			if n = n.Parent; n == nil || isBlock(n, true) {
				return ' '
			}
		}
		if n == nil {
			return ' '
		}
		n = n.NextSibling
		if n.Type == html.ElementNode && isBlock(n, true) {
			return ' '
		}
		if r, size := utf8.DecodeRuneInString(textOf(n, 1)); size > 0 {
			return r
		}
	}
	return ' '
}

// lowered reads a sub: the 2 of H₂O, the denominator of a fraction, an index.
func (w *walker) lowered(n *html.Node, depth int) error {
	s := strings.TrimSpace(textOf(n, maxMark))
	before := w.flow.last
	switch {
	case s == "" || w.flow.blank || before == 0 || before == '\n' || before == '/' || before == '⁄' || w.flow.apart:
	case isNumber(s):
		w.flow.write(strings.Map(subscript, s))
		return nil
	case strings.ContainsAny(s, " \n") || utf8.RuneCountInString(s) > maxIndex:
		w.flow.apart = true
	case isWordRune(before):
		w.flow.write("_")
	}
	return w.children(n, depth)
}

// maxIndex is the length of the longest word that is set as an index.
const maxIndex = 8

func superscript(r rune) rune { return script(r, []rune("⁰¹²³⁴⁵⁶⁷⁸⁹"), '⁺', '⁻') }

func subscript(r rune) rune { return script(r, []rune("₀₁₂₃₄₅₆₇₈₉"), '₊', '₋') }

func script(r rune, digits []rune, plus, minus rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return digits[r-'0']
	case r == '+':
		return plus
	case r == '-' || r == '−' || r == '–':
		return minus
	}
	return r
}
