package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// uncapitalised writes a name that readers are shown in capitals, as by-lines and
// datelines have them, as names are written: "ANA O'BRIEN-RUIZ" is Ana O'Brien-Ruiz.
// Initials and what has no vowel stay, and names of up to shortName letters, which
// are abbreviations.
func uncapitalised(name string) string {
	if name != strings.ToUpper(name) || name == strings.ToLower(name) || utf8.RuneCountInString(name) <= shortName {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		switch {
		case utf8.RuneCountInString(w) <= 2 && i == 0, strings.Count(w, ".") > 1, !strings.ContainsFunc(fold(w), isVowel) && !strings.Contains(w, "."):
		case i > 0 && i+1 < len(words) && nobility(fold(w)):
			words[i] = strings.ToLower(w)
		default:
			words[i] = capitalWord(w)
		}
	}
	return strings.Join(words, " ")
}

// shortName is the length of the longest abbreviation that is one word.
const shortName = 3

// nobility reports whether a folded word within a name is written small.
func nobility(w string) bool {
	switch w {
	case "de", "del", "der", "den", "da", "di", "dos", "du", "van", "von", "of", "an", "am", "la", "le", "sur", "y":
		return true
	}
	return false
}

// capitalWord is a word in small letters but for the first, those behind marks and
// that behind "Mc".
func capitalWord(w string) string {
	var b strings.Builder
	start := true
	for i, r := range w {
		if start || i == len("MC") && strings.HasPrefix(w, "MC") && len(w) > len("MC")+1 {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	s := b.String()
	if strings.HasSuffix(s, "'S") || strings.HasSuffix(s, "’S") {
		s = s[:len(s)-1] + "s"
	}
	return s
}

func isVowel(r rune) bool { return strings.ContainsRune("aeiouyаеиоуыэюяαεηιουω", r) }
