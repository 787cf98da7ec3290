package wordpiece

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzAppend holds for every text, UTF-8 or not: spans lie inside the text, on
// borders of its characters, never before the span before them; what is between
// them has no tokens; a limit cuts and changes nothing else; reading again gives
// the same; bytes that are not UTF-8 count for no more than U+FFFD.
func FuzzAppend(f *testing.F) {
	tok := open(f, few+"\n"+strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyz0123456789.;<>", ""), "\n##")[2:])
	seeds := []string{
		"", "Unaffable café, 京都 [MASK]a[SEP]", "a\u0301\u0323 e\u1b44\u0334\u0345 \U0001d15e\u0334", "\xff\xed\xa0\x80a\x00b\xf0\x9f",
		strings.Repeat("á", 101) + "가각\u1fef\u037e≮", "\u0344\U0001d165[SEP]\u302e\u0334\ufffd", "  \u2028\u3000\v\f\r\n",
	}
	for _, s := range seeds {
		f.Add(s, 10)
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		got := tok.Append(nil, text, len(text)*maxParts+2)
		if n := len(got); n < 2 || got[0] != (Token{ID: tok.cls}) || got[n-1].ID != tok.sep || got[n-1].Start != got[n-1].End {
			t.Fatalf("%q: got %v", text, got)
		}
		inOrder(t, text, got)
		if !strings.ContainsFunc(text, func(r rune) bool { return slices.ContainsFunc(decomposed(r), moves) }) {
			between(t, tok, text, got)
		}
		limit = max(0, min(limit, len(got)))
		cut := tok.Append(nil, text, limit)
		if len(cut) > limit || limit >= 2 && (len(cut) != limit || !slices.Equal(cut[:limit-1], got[:limit-1])) {
			t.Fatalf("%q cut to %d: got %v of %v", text, limit, cut, got)
		}
		if again := tok.Append(nil, text, len(got)); !slices.Equal(again, got) {
			t.Fatalf("%q: got %v, then %v", text, got, again)
		}
		valid := tok.Append(nil, strings.ToValidUTF8(text, "\ufffd"), len(got)+1)
		if ids(valid) != ids(got) {
			t.Fatalf("%q: got %v, as UTF-8 %v", text, got, valid)
		}
	})
}

func inOrder(t *testing.T, text string, tokens []Token) {
	t.Helper()
	valid := utf8.ValidString(text)
	border := func(at int) bool { return !valid || at == len(text) || utf8.RuneStart(text[at]) }
	last := Token{}
	for i, k := range tokens {
		if k.Start < last.Start || k.End < last.End || k.End < k.Start || k.End > len(text) {
			t.Fatalf("%q: %v stands behind %v in a text of %d bytes", text, k, last, len(text))
		}
		if i > 0 && i < len(tokens)-1 && (k.Start == k.End || !border(k.Start) || !border(k.End)) {
			t.Fatalf("%q: %v is not a span of characters", text, k)
		}
		last = k
	}
}

// between guards that nothing is lost: the texts between tokens have none.
func between(t *testing.T, tok *Tokenizer, text string, tokens []Token) {
	t.Helper()
	at := 0
	for _, k := range append(tokens[1:len(tokens)-1:len(tokens)-1], Token{Start: len(text), End: len(text)}) {
		if k.Start > at {
			if lost := tok.Append(nil, text[at:k.Start], 10); len(lost) > 2 {
				t.Fatalf("%q: %q is in no token", text, text[at:k.Start])
			}
		}
		at = max(at, k.End)
	}
}

func decomposed(r rune) []rune {
	var parts [maxParts]rune
	return decompose(&parts, r, string(r))
}

func moves(r rune) bool { return classOf(r) == moving }

func ids(tokens []Token) string {
	var b strings.Builder
	for _, k := range tokens {
		fmt.Fprint(&b, k.ID, " ")
	}
	return b.String()
}
