// Package sentence finds the borders of sentences.
package sentence

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

const (
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

// span is a half-open range of byte offsets.
type span struct{ start, end int }

// All yields the start and end of the sentences of a paragraph, a text without
// line ends, in order: every byte of it that is not white space lies in exactly
// one sentence.
func All(paragraph string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for _, sp := range splitLine(nil, paragraph) {
			if !yield(sp.start, sp.end) {
				return
			}
		}
	}
}

// Trimmed yields the whole paragraph, without the white space around it, cut
// where it is too long for a sentence.
func Trimmed(paragraph string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for _, sp := range appendTrimmed(nil, paragraph, 0, len(paragraph)) {
			if !yield(sp.start, sp.end) {
				return
			}
		}
	}
}

// splitLine appends the sentences of one paragraph to dst.
func splitLine(dst []span, s string) []span {
	candidates := borderCandidates(s)
	var closed []span
	if len(candidates) > 0 {
		closed = closedRanges(s)
	}
	start := 0
	for _, b := range candidates {
		for len(closed) > 0 && closed[0].end <= b {
			closed = closed[1:]
		}
		if len(closed) > 0 && closed[0].start < b {
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
func appendTrimmed(dst []span, s string, start, end int) []span {
	trimmed := strings.TrimRightFunc(s[start:end], unicode.IsSpace)
	end = start + len(trimmed)
	start = end - len(strings.TrimLeftFunc(trimmed, unicode.IsSpace))
	if start == end {
		return dst
	}
	if cut := longCut(s[start:end]); cut > 0 {
		return appendTrimmed(appendTrimmed(dst, s, start, start+cut), s, start+cut, end)
	}
	return append(dst, span{start, end})
}

// longCut returns where to cut a sentence that is too long, or 0. It looks at
// no more than maxSentenceBytes of it.
func longCut(s string) int {
	window := s[:min(len(s), maxSentenceBytes)]
	// A word and its space are two bytes at least.
	if len(window) < 2*maxSentenceWords {
		return 0
	}
	if words := text.Words(window); words > maxSentenceWords {
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
