package answer

import (
	"strings"
)

// speaker returns the sentence that says whose words a sentence within quotation
// marks are, for a question that asks who: the nearest before it, else the one
// right behind it; −1 for a sentence that says so itself or is no quotation.
func (e *Engine) speaker(ev *evidence, sentence int) int {
	if ev.kind != Person || !e.allQuoted(sentence) {
		return -1
	}
	first, end := e.fwd.Corpus.ArticleSentences(e.fwd.Corpus.Sentences[sentence].Article)
	for s := sentence - 1; s >= max(first, sentence-backward); s-- {
		if e.attributes(s) {
			return s
		}
		if !e.allQuoted(s) {
			break // the quotation begins here
		}
	}
	if next := sentence + 1; next < end && e.attributes(next) {
		return next
	}
	return -1
}

// attributes reports whether a sentence says outside of what it quotes that
// somebody with a name said something.
func (e *Engine) attributes(sentence int) bool {
	said, named := false, false
	for _, t := range e.fwd.Sentence(sentence) {
		if e.insideQuote(sentence, int(t.Start)) {
			continue
		}
		said = said || speaking[e.wordOf(t)] || e.wordOf(t) == "saying" || e.wordOf(t) == "speaking"
		named = named || t.Upper && !t.Stop && (e.kinds[t.Word] == personName || e.kinds[t.Word] == unknownName && t.Start > 0)
	}
	return said && named
}

// allQuoted reports whether a sentence consists of nothing but a quotation, or of
// a part of one.
func (e *Engine) allQuoted(sentence int) bool {
	toks := e.fwd.Sentence(sentence)
	for _, t := range toks {
		if !e.insideQuote(sentence, int(t.Start)) {
			return false
		}
	}
	return len(toks) > 0
}

// insideQuote reports whether a byte of a sentence lies between quotation marks,
// which may have been opened in a sentence before, in the same paragraph.
func (e *Engine) insideQuote(sentence, at int) bool {
	s := &e.fwd.Corpus.Sentences[sentence]
	if text := e.fwd.Corpus.SentenceText(sentence); strings.HasPrefix(text, "“") || strings.HasPrefix(text, `"`) {
		return insideQuotation(text, at) // whatever was left open before
	}
	body := e.fwd.Corpus.Articles[s.Article].Body[:s.Start+at]
	if i := strings.LastIndexByte(body, '\n'); i >= 0 {
		body = body[i+1:]
	}
	return insideQuotation(body, len(body))
}
