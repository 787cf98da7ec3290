package corpus

import (
	"slices"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/sentence"
)

const (
	// passageWords is the target length of a passage in words (DESIGN: about
	// 120); a passage takes a sentence more as long as it stays under 5/4 of it.
	passageWords = 120
	// passageTailWords is the length in words under which the last run of an
	// article joins the passage before: a retriever cannot rank a mere tail.
	passageTailWords = 30
)

// SplitSentences returns the sentences of an article's body in order: every
// byte of it that is not white space lies in exactly one sentence. Each line of
// the body is a paragraph, and no sentence crosses one. Sentence.Article is
// left zero.
func SplitSentences(a *Article) []Sentence {
	return appendSentences(nil, a, 0)
}

// appendSentences appends the sentences of the article with a number.
func appendSentences(out []Sentence, a *Article, article int) []Sentence {
	if n := stops(a.Body); n > cap(out)-len(out) { // at once: growing a long list keeps both
		out = slices.Grow(out, n)
	}
	headings := a.Headings
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
		spans := sentence.All(line)
		if heading {
			spans = sentence.Trimmed(line)
		}
		before := len(out)
		for start, end := range spans {
			out = append(out, Sentence{Span: Span{pos + start, pos + end}, Article: article, Paragraph: para, Heading: heading})
		}
		if len(out) > before {
			para++
		}
		pos = end + 1
	}
	return out
}

// stops counts what mostly ends a sentence.
func stops(s string) int {
	return strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! ") + strings.Count(s, "\n") + 1
}

// groupPassages cuts the sentences of an article into runs of about
// passageWords words. A heading opens a new run once the current one is half
// full, and never ends one; a short rest joins the run before it.
func groupPassages(a *Article, sentences []Sentence) [][2]int {
	var out [][2]int
	first, words := 0, 0
	for i := range sentences {
		s := &sentences[i]
		n := text.Words(a.Body[s.Start:s.End])
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
					words += text.Words(a.Body[sentences[cut].Start:sentences[cut].End])
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
