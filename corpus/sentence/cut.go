package sentence

import (
	"strings"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

const (
	// maxWords is where a sentence is cut at a semicolon or a full stop that is
	// not followed by a capital. The longest ordinary gold sentences of CLAPNQ
	// have about as many words.
	maxWords = 80
	// minCutWords keeps both sides of such a cut readable.
	minCutWords = 8
	// maxBytes bounds every sentence, also in text without any punctuation: a
	// quote has to fit a Discord embed (1024 characters a field, 4096 a
	// description).
	maxBytes = 1200
)

// longCut returns where to cut a sentence that is too long, or 0. It looks at
// no more than maxBytes of it.
func longCut(s string) int {
	window := s[:min(len(s), maxBytes)]
	// A word and its space are two bytes at least.
	if len(window) < 2*maxWords {
		return 0
	}
	if words := text.Words(window); words > maxWords {
		if cut := softCut(window, words); cut > 0 {
			return cut
		}
	}
	if len(s) <= maxBytes {
		return 0
	}
	half := maxBytes / 2
	for _, at := range []string{", ", " "} {
		if i := strings.LastIndex(window[half:], at); i >= 0 {
			return half + i + len(at)
		}
	}
	cut := maxBytes
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

// abbreviated reports whether a full stop after a word more likely shortens it
// than ends anything.
func abbreviated(word string) bool {
	return len(word) < 3 || strings.Contains(word, ".") || classOf(word)&abbreviation != 0
}
