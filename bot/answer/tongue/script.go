package tongue

import (
	"slices"
	"strings"
	"unicode"
)

// word is a word of a text.
type word struct {
	text   string // in small letters
	name   bool   // has a capital where no sentence begins, or is all capitals
	opens  bool   // has a capital where a sentence begins
	script *unicode.RangeTable
}

// scripts are those that are told apart.
func scripts() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Devanagari, unicode.Thai,
	}
}

// split cuts a text into words. Signs of scripts without blanks stand together as
// one word, and marks with the letter before them.
func split(text string) []word {
	var out []word
	start, begins := -1, true // of the word; a sentence begins
	shouted := !strings.ContainsFunc(text, unicode.IsLower)
	end := func(to int) {
		if start < 0 {
			return
		}
		w := text[start:to]
		r := []rune(w)
		out = append(out, word{
			text: strings.ToLower(w), script: scriptOfRune(r[0]),
			opens: !shouted && unicode.IsUpper(r[0]),
			name:  !shouted && unicode.IsUpper(r[0]) && (!begins || len(r) > 1 && unicode.IsUpper(r[1])),
		})
		start, begins = -1, false
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || start >= 0 && unicode.IsMark(r):
			if start >= 0 && scriptOfRune(r) != scriptOfRune([]rune(text[start:])[0]) && !unicode.IsMark(r) {
				end(i)
			}
			if start < 0 {
				start = i
			}
		default:
			end(i)
			begins = begins || strings.ContainsRune(".?!:\n¿¡", r)
		}
	}
	end(len(text))
	return out
}

// scriptOfRune is the script of a letter; nil for one that is not told apart.
func scriptOfRune(r rune) *unicode.RangeTable {
	if r < unicode.MaxASCII {
		return unicode.Latin
	}
	for _, s := range scripts() {
		if unicode.Is(s, r) {
			return s
		}
	}
	return nil
}

// scriptOf is the script that most words are in, nil for one that is not told apart.
// Names in Latin letters stand in texts of every script. Kana makes a text Japanese.
func scriptOf(words []word) *unicode.RangeTable {
	count := map[*unicode.RangeTable]int{} // nil stands for all that are not told apart
	latin, english := 0, 0
	for _, w := range words {
		s := w.script
		if s == unicode.Latin {
			latin++
			if !w.name && isEnglish(w.text) {
				english++
			}
			continue
		}
		n := 1
		if s == unicode.Han || s == unicode.Thai || s == unicode.Hiragana || s == unicode.Katakana {
			n = (len([]rune(w.text)) + 1) / 2
		}
		if s == unicode.Hiragana || s == unicode.Katakana {
			n += count[unicode.Han]
			delete(count, unicode.Han)
			s = unicode.Hiragana
		} else if s == unicode.Han && count[unicode.Hiragana] > 0 {
			s = unicode.Hiragana
		}
		count[s] += n
	}
	var best *unicode.RangeTable
	for _, s := range scripts() {
		if count[s] > count[best] {
			best = s
		}
	}
	switch {
	case count[best] == 0 && latin == 0:
		return unicode.Latin // nothing to tell
	case count[best] == 0, english > 1, english > 0 && latin >= count[best]:
		return unicode.Latin
	}
	return best
}

// isEnglish reports whether a word is one of those that hardly any English sentence
// does without.
func isEnglish(text string) bool {
	return slices.Contains(lists().words[text], "en")
}

// written is the language of a script that has one, or of Chinese the way it is
// written.
func written(words []word, script *unicode.RangeTable, h Hints) string {
	switch script {
	case unicode.Greek:
		return "el"
	case unicode.Hiragana:
		return "ja"
	case unicode.Hangul:
		return "ko"
	case unicode.Devanagari:
		return "hi"
	case unicode.Thai:
		return "th"
	case unicode.Han:
		return chinese(words, h)
	}
	return Other
}

// chinese tells in which of its two ways Chinese is written.
func chinese(words []word, h Hints) string {
	count := map[string]int{}
	for _, w := range words {
		for _, r := range w.text {
			count[lists().han[r]]++
		}
	}
	switch {
	case count["zh-TW"] > count["zh-CN"]:
		return "zh-TW"
	case count["zh-CN"] > count["zh-TW"]:
		return "zh-CN"
	}
	if l := locale(h.Locale, []string{"zh-CN", "zh-TW"}); l != "" {
		return l
	}
	return "zh-CN"
}
