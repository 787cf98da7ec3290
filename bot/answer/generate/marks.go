package generate

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The forms of marks that models cite with. They are made on first use: few runs of
// the program have a model.
//
//nolint:gochecknoglobals // expressions; Go has no constants of this type
var marking = sync.OnceValue(func() *markForms {
	const (
		// What passages are called, and what other things may be called that have numbers.
		what   = `(?:passages?|sources?|excerpts?|snippets?|chunks?|references?|refs?|citations?|documents?|docs?)`
		other  = `(?:` + what + `|articles?|texts?|no\.?|nr\.?|[sp])`
		blank  = `[\s:#.№-]*`
		number = `\d{1,4}`
		list   = number + `(?:\s*(?:[,;&/–-]|and)\s*(?:` + other + blank + `)?` + number + `)*`
		detail = `(?:\s*[†‡:|@][^】〗〕］\]]*)?` // 【1†source】, 【4:0†L3-L5】, [1: …]
		see    = `(?:(?:see|cf\.?|from|per)\s+)?`
		by     = `(?:according to|as (?:stated|reported|noted|described|said|written|mentioned|seen) (?:in|by)|as per|per|based on|from|in)\s+(?:the\s+)?`
		says   = `(?:says?|states?|reports?|notes?|mentions?|explains?|indicates?|confirms?|shows?|tells? us|writes?|adds?)\s+that\s+`
	)
	inner := `\s*` + see + `(?:` + other + blank + `)?(` + list + `)` + detail + `\s*`
	return &markForms{
		bracket: regexp.MustCompile(`(?i)\s*(?:[【〖〔［]` + inner + `[】〗〕］]|\[{1,2}\^?` + inner + `\]{1,2}(?:\([^()\s]*\))?|` +
			`\(\s*` + see + what + blank + `(` + list + `)\s*\)|<sup>\s*\[?(` + list + `)\]?\s*</sup>)`),
		loose:  regexp.MustCompile(`\s*(?:\(\s*(` + list + `)\s*\)|\{{1,2}\s*(` + list + `)\s*\}{1,2})`),
		behind: regexp.MustCompile(`(?i)(?:([.!?]["”’]?)\s+|\s*[;—–(,-]\s*)` + see + what + blank + `(` + list + `)[\s)]*([.!?]?["”’]?)\s*$|,?\s*` + by + what + blank + `(` + list + `)\s*([.!?]?["”’]?)\s*$`),
		before: regexp.MustCompile(`(?i)^\s*(?:` + by + what + blank + `(` + list + `)\s*[,:]\s*|` + what + blank + `(` + list + `)\s*(?::\s*|` + says + `))`),
		ending: regexp.MustCompile(`([.!?]["”’]?)((?: \[[\d, ]*\])+)`),
		only:   regexp.MustCompile(`(?i)^[\s>*•#_-]*(?:` + other + `|footnotes?)?[\s:*_]*(?:\[?(?:` + list + `)\]?)?[\s.:*_-]*$`),
		answer: regexp.MustCompile(`(?i)^[\s*_#]*(?:(?:final |short )?answer|response|summary)[\s*_]*:[\s*_]*`),
		note:   regexp.MustCompile(`(?m)^\s*\[\^\d{1,4}\]:.*$`),
	}
})

// markForms are the forms: in brackets; in signs that other numbers stand in, too;
// in words behind a sentence and before it; behind the end of a sentence; sentences
// that are nothing else; a word that says that an answer follows; footnotes.
type markForms struct{ bracket, loose, behind, before, ending, only, answer, note *regexp.Regexp }

// takeMarks takes the marks by which a sentence cites off it. It returns the numbers
// of the passages, in order; most is how many there are.
func takeMarks(text string, most int) (string, []int) {
	if !strings.ContainsFunc(text, unicode.IsNumber) { // raised ones are, too
		return text, nil
	}
	f := marking()
	var cited []int
	take := func(m string) (string, bool) {
		ns, ok := markNumbers(m, most)
		if ok {
			cited = append(cited, ns...)
		}
		return "", ok
	}
	text = replaceMarks(f.bracket, text, func(m string) (string, bool) { _, _ = take(m); return "", true })
	text = replaceMarks(f.loose, text, take)
	text = raised(text, take)
	if m := f.behind.FindStringSubmatch(text); m != nil && len(m[0]) < len(text) {
		if _, ok := take(m[2] + m[4]); ok {
			text = text[:len(text)-len(m[0])] + cmp.Or(m[1], m[3]+m[5])
		}
	}
	if m := f.before.FindStringSubmatch(text); m != nil && len(m[0]) < len(text) {
		if _, ok := take(m[1] + m[2]); ok {
			text = capital(text[len(m[0]):])
		}
	}
	var out []int
	for _, n := range cited {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return text, out
}

// replaceMarks puts other text in the place of what an expression finds, where with
// knows one for its numbers.
func replaceMarks(form *regexp.Regexp, text string, with func(numbers string) (string, bool)) string {
	var b strings.Builder
	at := 0
	for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
		var numbers string // one form of several matches
		for i := 2; i < len(m) && numbers == ""; i += 2 {
			if m[i] >= 0 {
				numbers = text[m[i]:m[i+1]]
			}
		}
		put, ok := with(numbers)
		if !ok {
			continue
		}
		b.WriteString(text[at:m[0]] + put)
		if r, _ := utf8.DecodeRuneInString(text[m[1]:]); unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteByte(' ') // a mark between two words
		}
		at = m[1]
	}
	return b.String() + text[at:]
}

// longestRange bounds how many passages a mark such as [2-4] names. A judgement: a
// wider one is something else.
const longestRange = 10

// markNumbers reads the numbers of a mark; a range has all in it. It reports whether
// there are passages of these numbers.
func markNumbers(mark string, most int) ([]int, bool) {
	var out []int
	from := -1
	for part := range strings.FieldsFuncSeq(mark, func(r rune) bool { return !unicode.IsDigit(r) && r != '-' && r != '–' }) {
		for i, piece := range strings.FieldsFunc(part, func(r rune) bool { return r == '-' || r == '–' }) {
			n, err := strconv.Atoi(piece)
			if err != nil {
				continue
			}
			if i > 0 && n > from && n-from < longestRange {
				for k := from + 1; k < n; k++ {
					out = append(out, k)
				}
			}
			out, from = append(out, n), n
		}
	}
	return out, len(out) > 0 && !slices.ContainsFunc(out, func(n int) bool { return n < 1 || n > most })
}

// shortUnit is up to how many letters may be a unit with a power: km², not lines².
const shortUnit = 3

// raised puts other text in the place of raised figures that are no powers: those
// behind a mark, or a word that is no unit.
func raised(text string, with func(numbers string) (string, bool)) string {
	const figures = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	if !strings.ContainsAny(text, figures) {
		return text
	}
	runes := []rune(text)
	var out []rune
	for i := 0; i < len(runes); {
		end := i
		var numbers []rune
		for ; end < len(runes) && strings.ContainsRune(figures+",⸴˒", runes[end]) && (end > i || strings.ContainsRune(figures, runes[end])); end++ {
			n := slices.Index([]rune(figures), runes[end])
			if n < 0 && (end+1 == len(runes) || !strings.ContainsRune(figures, runes[end+1])) {
				break // a comma of the sentence
			}
			numbers = append(numbers, map[bool]rune{true: rune('0' + n), false: ','}[n >= 0])
		}
		if end == i {
			out = append(out, runes[i])
			i++
			continue
		}
		put, ok := "", !isPower(out)
		if ok {
			put, ok = with(string(numbers))
		}
		if ok {
			out = append(out, []rune(put)...)
		} else {
			out = append(out, runes[i:end]...)
		}
		i = end
	}
	return string(out)
}

// isPower reports whether raised figures behind a text are a power.
func isPower(before []rune) bool {
	letters := 0
	for k := len(before) - 1; k >= 0 && unicode.IsLetter(before[k]); k-- {
		letters++
	}
	return len(before) > 0 && unicode.IsDigit(before[len(before)-1]) || letters > 0 && letters <= shortUnit
}

func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

// plainMarks writes the marks of a running text as [1, 2], each before the end of
// its sentence, and takes out footnotes.
func plainMarks(text string, most int) string {
	f := marking()
	text = f.note.ReplaceAllString(text, "")
	write := func(m string) (string, bool) {
		ns, ok := markNumbers(m, most)
		return mark(ns), ok
	}
	text = replaceMarks(f.bracket, text, func(m string) (string, bool) { put, _ := write(m); return put, true })
	text = replaceMarks(f.loose, text, write)
	text = raised(text, write)
	return f.ending.ReplaceAllString(text, "$2$1")
}

func mark(ns []int) string {
	var parts []string
	for _, n := range ns {
		parts = append(parts, strconv.Itoa(n))
	}
	return " [" + strings.Join(parts, ", ") + "]"
}
