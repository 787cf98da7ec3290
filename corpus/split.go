package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// passageWords is the target length of a passage in words (DESIGN: about
	// 120); a passage takes a sentence more as long as it stays under 5/4 of it.
	passageWords = 120
	// passageTailWords is the length in words under which the last run of an
	// article joins the passage before: a retriever cannot rank a mere tail.
	passageTailWords = 30
	// maxSentenceWords is where a sentence is cut at a semicolon or a full stop
	// that is not followed by a capital. The longest ordinary gold sentences of
	// CLAPNQ have about as many words.
	maxSentenceWords = 80
	// minCutWords keeps both sides of such a cut readable.
	minCutWords = 8
	// maxSentenceBytes bounds every sentence, also in text without any
	// punctuation: a quote has to fit a Discord embed (1024 characters a field,
	// 4096 a description).
	maxSentenceBytes = 1200
)

// SplitSentences returns the sentences of an article's body in order: every
// byte of it that is not white space lies in exactly one sentence. Each line of
// the body is a paragraph, and no sentence crosses one. Sentence.Article is
// left zero.
func SplitSentences(a *Article) []Sentence {
	out := make([]Sentence, 0, len(a.Body)/120+1)
	headings := a.Headings
	var spans []Span
	para := 0
	for pos := 0; pos < len(a.Body); {
		end := strings.IndexByte(a.Body[pos:], '\n')
		if end < 0 {
			end = len(a.Body)
		} else {
			end += pos
		}
		for len(headings) > 0 && headings[0].End <= pos {
			headings = headings[1:]
		}
		heading := len(headings) > 0 && headings[0].Start < end
		line := a.Body[pos:end]
		if heading {
			spans = appendTrimmed(spans[:0], line, 0, len(line))
		} else {
			spans = splitLine(spans[:0], line)
		}
		for _, sp := range spans {
			out = append(out, Sentence{Span: Span{pos + sp.Start, pos + sp.End}, Paragraph: para, Heading: heading})
		}
		if len(spans) > 0 {
			para++
		}
		pos = end + 1
	}
	return out
}

// splitLine appends the sentences of one paragraph to dst.
func splitLine(dst []Span, s string) []Span {
	candidates := borderCandidates(s)
	var closed []Span
	if len(candidates) > 0 {
		closed = closedRanges(s)
	}
	start := 0
	for _, b := range candidates {
		for len(closed) > 0 && closed[0].End <= b {
			closed = closed[1:]
		}
		if len(closed) > 0 && closed[0].Start < b {
			continue
		}
		if isBorder(s, start, b) {
			dst = appendTrimmed(dst, s, start, b)
			start = b
		}
	}
	return appendTrimmed(dst, s, start, len(s))
}

// appendTrimmed appends s[start:end] without the white space around it, cut
// into several spans if it is too long, and nothing if it is blank.
func appendTrimmed(dst []Span, s string, start, end int) []Span {
	text := strings.TrimRightFunc(s[start:end], unicode.IsSpace)
	end = start + len(text)
	start = end - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if start == end {
		return dst
	}
	if cut := longCut(s[start:end]); cut > 0 {
		return appendTrimmed(appendTrimmed(dst, s, start, start+cut), s, start+cut, end)
	}
	return append(dst, Span{start, end})
}

// longCut returns where to cut a sentence that is too long, or 0. It looks at
// no more than maxSentenceBytes of it.
func longCut(s string) int {
	window := s[:min(len(s), maxSentenceBytes)]
	// A word and its space are two bytes at least.
	if len(window) < 2*maxSentenceWords {
		return 0
	}
	if words := countWords(window); words > maxSentenceWords {
		if cut := softCut(window, words); cut > 0 {
			return cut
		}
	}
	if len(s) <= maxSentenceBytes {
		return 0
	}
	half := maxSentenceBytes / 2
	for _, at := range []string{", ", " "} {
		if i := strings.LastIndex(window[half:], at); i >= 0 {
			return half + i + len(at)
		}
	}
	cut := maxSentenceBytes
	for cut > half && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return cut
}

// softCut returns the semicolon or full stop of s that is nearest to its
// middle, or 0.
func softCut(s string, words int) int {
	best, bestOff := 0, words
	n, depth := 0, 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		}
		if s[i+1] != ' ' {
			continue
		}
		n++
		if depth > 0 || n < minCutWords || words-n < minCutWords {
			continue
		}
		switch s[i] {
		case ';', '!', '?':
		case '.':
			if abbreviated(lastWord(s[:i])) {
				continue
			}
		default:
			continue
		}
		if off := max(n-words/2, words/2-n); off < bestOff {
			best, bestOff = i+2, off
		}
	}
	return best
}

func abbreviated(word string) bool {
	return len(word) < 3 || strings.Contains(word, ".") || abbreviationOf(word) != 0
}

// countWords is the number of runs of ASCII-visible bytes between blanks: words
// for every purpose here, without decoding.
func countWords(s string) int {
	n := 0
	inside := false
	for i := range len(s) {
		blank := s[i] <= ' '
		if !blank && !inside {
			n++
		}
		inside = !blank
	}
	return n
}

// groupPassages cuts the sentences of an article into runs of about
// passageWords words. A heading opens a new run once the current one is half
// full, and never ends one; a short rest joins the run before it.
func groupPassages(a *Article, sentences []Sentence) [][2]int {
	var out [][2]int
	first, words := 0, 0
	for i := range sentences {
		s := &sentences[i]
		n := countWords(a.Body[s.Start:s.End])
		full := words+n > passageWords*5/4 || s.Heading && words >= passageWords/2
		if i > first && full {
			cut := i
			for cut > first && sentences[cut-1].Heading {
				cut--
			}
			if cut > first {
				out = append(out, [2]int{first, cut})
				first, words = cut, 0
				for ; cut < i; cut++ {
					words += countWords(a.Body[sentences[cut].Start:sentences[cut].End])
				}
			}
		}
		words += n
	}
	if first == len(sentences) {
		return out
	}
	if last := len(out) - 1; words < passageTailWords && last >= 0 {
		out[last][1] = len(sentences)
		return out
	}
	return append(out, [2]int{first, len(sentences)})
}
