package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// vocabulary is the words of a file, by which hyphens at the ends of lines are told
// apart: those that break a word and those that are of it.
type vocabulary struct {
	words  map[string]bool // that stand inside lines
	breaks bool            // words are broken
}

// wordsOf are the words of columns. Words are broken in them if enough of what stands
// before and behind the hyphens at lines' ends is no word, or makes one together.
func wordsOf(columns [][]*line) vocabulary {
	v := vocabulary{words: make(map[string]bool)}
	type pair struct{ head, tail string }
	var hyphened []pair
	for _, lines := range columns {
		for i, l := range lines {
			fields := strings.Fields(l.text)
			if i > 0 && lines[i-1].breaksWord() {
				head, tail := around(lines[i-1].text, l.text)
				hyphened = append(hyphened, pair{head, tail})
				fields = fields[min(len(fields), 1):]
			}
			for k := 0; k+1 < len(fields); k++ {
				v.words[bare(fields[k])] = true
			}
		}
	}
	const enough, syllable = 3, 3 // one in so many; letters
	broken := 0
	for _, p := range hyphened {
		part := !v.words[p.tail] && (!v.words[p.head] || utf8.RuneCountInString(p.head) <= syllable)
		if v.words[p.head+p.tail] || part && !v.words[p.head+"-"+p.tail] && !strings.Contains(p.head, "-") {
			broken++
		}
	}
	v.breaks = broken*enough > len(hyphened)
	return v
}

// bare is a word in lower case without marks around it.
func bare(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// around are what a line ends in before its hyphen, and what the next one begins
// with.
func around(s, next string) (head, tail string) {
	tail, _, _ = strings.Cut(next, " ")
	return bare(s[strings.LastIndexByte(s, ' ')+1:]), bare(tail)
}

// mend makes the end of a line ready for the next one: a blank, or nothing where a
// word goes on, with its hyphen or without.
func (v *vocabulary) mend(last *run, next string) {
	s := last.text
	before, first := text.LastRune(s), text.FirstRune(next)
	switch before {
	case hyphen, '-', '\u00AD', '‐':
		stem := strings.TrimRight(s, string(hyphen)+"-\u00AD‐")
		if r := text.LastRune(stem); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break // a dash
		}
		last.text = stem
		if before != '\u00AD' && !v.broken(stem, next) {
			last.text += "-"
		}
		return
	}
	word := s[strings.LastIndexByte(s, ' ')+1:]
	switch {
	case before == '–' && len(word) > len("–") && unicode.IsDigit(text.LastRune(strings.TrimSuffix(word, "–"))) && unicode.IsDigit(first),
		strings.ContainsRune("/@_=&", before) && (strings.Contains(word, "://") || strings.Contains(word, "www.") || strings.Contains(word, "@")):
		return
	}
	if isIdeograph(before) && isIdeograph(first) || strings.HasSuffix(s, " ") || last.shifted != "" {
		return
	}
	last.text = s + " "
}

// broken reports whether a hyphen was put in to break a word: the whole word stands
// elsewhere, or the word with the hyphen does not and its halves are no words. Of
// 3,900 hyphens at lines' ends of reports and manuals, that is wrong for 3 in 100.
func (v *vocabulary) broken(stem, next string) bool {
	head, tail := around(stem, next)
	if v.words[head+tail] {
		return true
	}
	const leastHead, leastTail = 3, 4 // letters: shorter ones are syllables, too
	words := v.words[head] && v.words[tail] && utf8.RuneCountInString(head) >= leastHead && utf8.RuneCountInString(tail) >= leastTail
	return v.breaks && unicode.IsLower(text.FirstRune(next)) && !words && !v.words[head+"-"+tail] && !strings.Contains(head, "-") && !strings.ContainsFunc(head, unicode.IsDigit)
}
