package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// passageWords is the target length of a passage in words (DESIGN: about 120).
const passageWords = 120

// SplitSentences returns the sentences of an article's body in order.
func SplitSentences(a *Article) []Sentence {
	var out []Sentence
	para := 0
	pos := 0
	for pos <= len(a.Body) {
		end := strings.IndexByte(a.Body[pos:], '\n')
		if end < 0 {
			end = len(a.Body)
		} else {
			end += pos
		}
		line := a.Body[pos:end]
		if strings.TrimSpace(line) != "" {
			for _, sp := range splitLine(line) {
				out = append(out, Sentence{Span: Span{pos + sp.Start, pos + sp.End}, Paragraph: para})
			}
			para++
		}
		pos = end + 1
	}
	return out
}

func splitLine(s string) []Span {
	var out []Span
	start := 0
	emit := func(end int) {
		for start < end && unicode.IsSpace(rune(s[start])) {
			start++
		}
		e := end
		for e > start && s[e-1] == ' ' {
			e--
		}
		if e > start {
			out = append(out, Span{start, e})
		}
		start = end
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '.' && s[i] != '!' && s[i] != '?' {
			continue
		}
		j := i + 1
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if r == '”' || r == '"' || r == '’' || r == '\'' || r == ')' {
				j += n
				continue
			}
			break
		}
		if j < len(s) && s[j] != ' ' {
			continue
		}
		k := j
		for k < len(s) && s[k] == ' ' {
			k++
		}
		r, _ := utf8.DecodeRuneInString(s[k:])
		if k < len(s) && !(unicode.IsUpper(r) || unicode.IsDigit(r) || r == '“' || r == '"' || r == '‘') {
			continue
		}
		w := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if s[i] == '.' && (len(w) == 1 || strings.Contains(w, ".") || w == "Dec" || w == "Mr" || w == "Dr" || w == "St") {
			continue
		}
		emit(j)
	}
	emit(len(s))
	return out
}

// groupPassages cuts sentences into runs of about passageWords words.
func groupPassages(a *Article, sentences []Sentence) [][2]int {
	var out [][2]int
	first, words := 0, 0
	for i, s := range sentences {
		n := len(strings.Fields(a.Body[s.Start:s.End]))
		if i > first && words+n > passageWords*5/4 {
			out = append(out, [2]int{first, i})
			first, words = i, 0
		}
		words += n
	}
	if first < len(sentences) {
		out = append(out, [2]int{first, len(sentences)})
	}
	return out
}
