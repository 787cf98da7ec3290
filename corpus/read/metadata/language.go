package metadata

import (
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

// languageText is how many bytes of a text its language is told by.
const languageText = 3000

// Shares and numbers of small words by which a language is told: in running text
// every fourth word is one, in a list of names hardly any.
const (
	smallShare = 0.12
	smallWords = 5
)

// GuessLanguage is the language of a text by its letters and small words, empty
// where they do not tell.
func GuessLanguage(s string) string {
	s = strings.ToLower(strings.ToValidUTF8(s[:min(len(s), languageText)], ""))
	if lang := byLetters(s); lang != "" {
		return lang
	}
	counts := map[string]int{}
	total := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		total++
		for lang := range strings.SplitSeq(small(w), " ") {
			counts[lang]++
		}
	}
	delete(counts, "")
	best, second := "", ""
	for _, lang := range []string{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da"} {
		switch {
		case counts[lang] > counts[best]:
			best, second = lang, best
		case counts[lang] > counts[second]:
			second = lang
		}
	}
	if n := counts[best]; n < smallWords || float64(n) < smallShare*float64(total) || 2*n < 3*counts[second] {
		return ""
	}
	return best
}

// byLetters tells a language that has letters of its own, or that of most texts in
// a script.
func byLetters(s string) string {
	var kana, han, hangul, cyrillic, greek, ukrainian, all int
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Greek, r):
			greek++
		case strings.ContainsRune("іїєґ", r):
			ukrainian++
			cyrillic++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
		all++
	}
	switch {
	case 2*(kana+han+hangul+cyrillic+greek) < all || all < 20:
		return ""
	case hangul > han+kana:
		return "ko"
	case 10*kana > han && kana > 0:
		return "ja"
	case han > cyrillic+greek:
		return "zh"
	case greek > cyrillic:
		return "el"
	case 50*ukrainian > cyrillic:
		return "uk"
	}
	return "ru"
}

// small are the languages in which a word is a small one that most texts have and
// few other languages do.
func small(w string) string {
	switch w {
	case "the", "and", "was", "that", "with", "his", "were", "from", "this", "have", "by", "are":
		return "en"
	case "of":
		return "en nl"
	case "to":
		return "en pl"
	case "der", "und", "das", "ist", "nicht", "mit", "den", "von", "ein", "eine", "auf", "dem", "sich", "im", "für", "wird", "des", "die":
		return "de"
	case "le", "les", "et", "est", "dans", "pour", "sur", "du", "qui", "au", "ont", "une":
		return "fr"
	case "la", "un":
		return "fr es it"
	case "que":
		return "fr es pt"
	case "de":
		return "fr es pt nl"
	case "el", "los", "las", "con", "del", "y", "se", "una", "su":
		return "es"
	case "por", "para":
		return "es pt"
	case "o", "os", "uma", "não", "com", "do", "da", "em", "dos", "ao", "pela", "um":
		return "pt"
	case "e":
		return "it pt"
	case "il", "gli", "della", "che", "di", "per", "sono", "nel", "dal", "è", "alla", "ha":
		return "it"
	case "het", "een", "van", "dat", "niet", "op", "zijn", "met", "voor", "te", "wordt":
		return "nl"
	case "w", "na", "się", "że", "nie", "jest", "z", "i", "przez", "dla", "od":
		return "pl"
	case "och", "att", "det", "som", "är", "på", "för":
		return "sv"
	case "og", "til", "af", "ikke", "blev", "hun":
		return "da"
	case "en":
		return "nl es fr"
	}
	return ""
}

// isEastern reports whether a text is of a script that writes words without blanks.
func isEastern(s string) bool {
	return unicode.In(text.FirstRune(s), unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
