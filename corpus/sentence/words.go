package sentence

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

//go:embed words.txt
var wordLists string

// class is a set of things known about a word.
type class uint32

const (
	never class = 1 << iota
	mayEnd
	state
	beforeNumber
	month
	timeOfDay
	era
	unit
	street
	labels
	exclaims
	domain
	zone
	fronts
	conjoins
	speaks
	office
	weak
)

// abbreviation is what can be known of a word before a full stop.
const abbreviation = never | mayEnd | state | beforeNumber | month | timeOfDay | era | unit | street

// tongue is a set of languages.
type tongue uint32

const (
	english tongue = 1 << iota
	german
	french
	spanish
	italian
	portuguese
	dutch
	polish
	czech
	russian
	nordic
	hungarian
	finnish
	turkish
)

// tongues is the number of languages.
const tongues = 14

// ordinals reports whether a full stop after a number makes it ordinal in a
// language.
func (t tongue) ordinals() bool {
	return t&(german|polish|czech|nordic|hungarian|finnish|turkish) != 0
}

// known is what one language knows of a word.
type known struct {
	in    tongue
	class class
}

// entry is all that is known of a word, whatever its letters.
type entry struct {
	class     class   // in any spelling
	capital   class   // with a capital
	foreign   []known // in some languages
	functions tongue  // where it is a small word
}

// words reads the lists when they are first asked for, by small letters.
//
//nolint:gochecknoglobals // read-only, made once
var words = sync.OnceValue(func() map[string]*entry {
	m := map[string]*entry{}
	name, in := "", tongue(0)
	for line := range strings.Lines(wordLists) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if list, ok := strings.CutPrefix(line, "["); ok {
			list, _, _ = strings.Cut(list, "]")
			name, list, _ = strings.Cut(list, " ")
			in = tongueNamed(list)
			continue
		}
		for word := range strings.FieldsSeq(line) {
			lower := strings.ToLower(word)
			if m[lower] == nil {
				m[lower] = &entry{}
			}
			m[lower].add(name, in, word != lower)
		}
	}
	return m
})

func (e *entry) add(name string, in tongue, capital bool) {
	switch c := classNamed(name); {
	case name == "words":
		e.functions |= in
	case in != 0:
		e.foreign = append(e.foreign, known{in, c})
	case capital:
		e.capital |= c
	default:
		e.class |= c
	}
}

// maxWord is the length in bytes of the longest word worth looking up.
const maxWord = 20

// lookup returns what is known of a word, or nil.
func lookup(word string) *entry {
	if word == "" || len(word) > maxWord {
		return nil
	}
	var lower [maxWord]byte
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return words()[strings.ToLower(word)]
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return words()[string(lower[:len(word)])]
}

func classNamed(name string) class {
	for i, n := range [...]string{
		"never", "mayEnd", "state", "beforeNumber", "month", "timeOfDay", "era", "unit", "street", "labels", "exclaims",
		"domain", "zone", "fronts", "conjoins", "speaks", "office", "weak",
	} {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

func tongueNamed(name string) tongue {
	for i, n := range [...]string{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "no", "hu", "fi", "tr"} {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

// classOf is what all languages know of a word.
func classOf(word string) class {
	return lookup(word).classOf(word)
}

func (e *entry) classOf(word string) class {
	switch {
	case e == nil:
		return 0
	case !unicode.IsUpper(text.FirstRune(word)):
		return e.class
	case utf8.RuneCountInString(word) == 1: // an initial
		return e.capital
	}
	return e.class | e.capital
}

// is reports whether a word is in one of some lists.
func is(word string, c class) bool { return classOf(word)&c != 0 }

// classOf is what the language of the paragraph knows of a word, and else what
// all know.
func (p *scanner) classOf(word string) class {
	e := lookup(word)
	if e == nil {
		return 0
	}
	if e.foreign != nil && (utf8.RuneCountInString(word) > 1 || !unicode.IsUpper(text.FirstRune(word))) {
		lang := p.language()
		for _, k := range e.foreign {
			if k.in&lang != 0 {
				return k.class
			}
		}
	}
	return e.classOf(word)
}

// functionIn is the languages in which a word is one of the small words.
func functionIn(word string) tongue {
	if e := lookup(word); e != nil {
		return e.functions
	}
	return 0
}

// functionWord reports whether a word is one of the small words of English.
func functionWord(word string) bool { return functionIn(word)&english != 0 }

// starts reports whether a word is one that sentences of the paragraph's
// language start with and names do not.
func (p *scanner) starts(word string) bool {
	e := lookup(word)
	if e == nil || !unicode.IsUpper(text.FirstRune(word)) {
		return false
	}
	in := e.functions
	if e.class&weak != 0 {
		in |= english
	}
	return in != 0 && in&p.language() != 0
}

// sample is how much of a paragraph its language is told by.
const sample = 600

// language is the language of the paragraph, English if nothing says otherwise.
func (p *scanner) language() tongue {
	if p.tongue == 0 {
		p.tongue = languageOf(p.s[:min(len(p.s), sample)])
	}
	return p.tongue
}

// languageOf counts the small words of each language, and the letters that only
// some of them have.
func languageOf(s string) tongue {
	var count [tongues]int
	vote := func(in tongue) {
		for i := 0; in != 0; i, in = i+1, in>>1 {
			count[i] += int(in & 1)
		}
	}
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z') {
			continue
		}
		if i < len(s) && s[i] >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			vote(lettersOf(r))
			if unicode.IsLetter(r) {
				i += n - 1
				continue
			}
		}
		if n := i - start; n > 1 || n == 1 && s[start] >= 'a' { // a capital is an initial
			vote(functionIn(s[start:i]))
		}
		start = i + 1
		if count[0] > 5 && count[0] > 2*slices.Max(count[1:]) {
			return english
		}
	}
	best := 0
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	return 1 << best
}

// lettersOf is the languages that a letter speaks for.
func lettersOf(r rune) tongue {
	switch r {
	case 'ß', 'ä', 'Ä', 'ü', 'Ü':
		return german
	case 'ö', 'Ö':
		return german | hungarian | nordic
	case 'ñ', '¿', '¡':
		return spanish
	case 'ã', 'õ':
		return portuguese
	case 'ł', 'ą', 'ę', 'ż', 'ś', 'ź', 'ć', 'ń', 'Ł', 'Ś', 'Ż':
		return polish
	case 'ř', 'ů', 'ě', 'č', 'š', 'ž', 'Č', 'Š', 'Ž', 'Ř':
		return czech
	case 'ő', 'ű':
		return hungarian
	case 'ø', 'æ', 'Ø', 'å', 'Å':
		return nordic
	case 'ı', 'ğ', 'ş', 'İ', 'Ş':
		return turkish
	case 'œ', 'ê', 'ç':
		return french
	case 'è', 'È':
		return french | italian
	case 'ò', 'ì', 'ù':
		return italian
	case 'é':
		return french | spanish | portuguese | czech | hungarian
	case 'ó':
		return spanish | portuguese | polish | hungarian
	case 'á', 'í', 'ú':
		return spanish | portuguese | czech | hungarian
	}
	if r >= 0x0400 && r < 0x0500 {
		return russian
	}
	return 0
}

// isMonth reports whether a word, after a number with a full stop, is the name of
// a month that English does not write so, or a century.
func isMonth(word string) bool {
	switch strings.ToLower(word) {
	case "jahrhundert", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
		"jänner", "janvier", "février", "mars", "avril", "juin", "juillet", "août", "octobre", "novembre", "décembre":
		return true
	}
	return false
}
