// Package tongue tells in which language a question is, where it is not in English.
//
// Questions are short, and a question in English that is taken for another
// language gets no answer: so it is English unless its words speak against it. The
// script decides where it is not Latin or Cyrillic. Where it is, words that hardly
// any sentence of a language does without decide (words.txt), and letters that
// English lacks (letters.txt); names count for nothing. What is left open between
// languages, trigrams decide (whatlanggo), and where the asker's program is in one of them
// that one.
//
// The tables are read when the first text comes that is not plainly English.
package tongue

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Other is what [Of] returns for a language that is none of [Languages].
const Other = "und"

// Languages returns the locales of the languages that are told apart, English not
// among them: those that Discord has.
func Languages() []string {
	return []string{
		"id", "da", "de", "es", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk",
		"hi", "th", "zh-CN", "ja", "zh-TW", "ko",
	}
}

// Hints are what is known beside the text.
type Hints struct {
	Locale string                 // of the asker's program, such as "de" or "en-GB"; decides between languages alone
	Known  func(word string) bool // whether the English articles have a word, in small letters; nil for no articles
}

// Of returns the locale of the language that a text is in, such as "de" or "zh-TW";
// empty when it is English, or too short to tell, and [Other].
func Of(text string, h Hints) string {
	words := split(norm.NFC.String(text))
	switch script := scriptOf(words); script {
	case unicode.Latin, unicode.Cyrillic:
		return lettered(words, script, h)
	default:
		return written(words, script, h)
	}
}

//go:embed words.txt
var wordList string

//go:embed letters.txt
var letterList string

//go:embed han.txt
var hanList string

// tables are the lists, read when they are first needed.
type tables struct {
	words   map[string][]string // to the locales of the languages that have a word; English is "en"
	letters map[rune][]string
	han     map[rune]string
}

var lists = parseLater(wordList, letterList, hanList)

func parseLater(words, letters, han string) func() *tables {
	return sync.OnceValue(func() *tables {
		t := &tables{words: map[string][]string{}, letters: map[rune][]string{}, han: map[rune]string{}}
		each(words, func(locale, word string) {
			if !slices.Contains(t.words[word], locale) {
				t.words[word] = append(t.words[word], locale)
			}
		})
		each(letters, func(locale, all string) {
			for _, r := range all {
				t.letters[r] = append(t.letters[r], locale)
			}
		})
		each(han, func(locale, all string) {
			for _, r := range all {
				t.han[r] = locale
			}
		})
		return t
	})
}

// each hands over the words of a list, of which each line begins with a locale.
func each(list string, hand func(locale, word string)) {
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		for _, word := range f[1:] {
			hand(f[0], word)
		}
	}
}

// locale finds the language of a locale among some; it is empty when it is none.
func locale(of string, among []string) string {
	base, _, _ := strings.Cut(of, "-")
	for _, l := range among {
		if l == of {
			return l
		}
	}
	for _, l := range among {
		if b, _, _ := strings.Cut(l, "-"); b == base && base != "" {
			return l
		}
	}
	return ""
}
