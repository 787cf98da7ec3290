// Package wordpiece cuts text into the pieces of words that a BERT encoder with an
// uncased vocabulary reads (bert-base-uncased, e5-small-v2): number for number and
// offset for offset as the reference does, Hugging Face's tokenizers 0.22.2 with
// BertNormalizer, BertPreTokenizer and WordPiece
// (https://github.com/huggingface/tokenizers).
//
// The text passes once, without a copy of it. encoder (normalize.go) reads its
// characters as BertNormalizer would write them: control characters dropped, marks
// such as accents taken off, the rest in lower case, ideographs as words by
// themselves. Blanks and punctuation end a word, and vocabulary (vocabulary.go)
// cuts it into the longest pieces it knows, from the left.
//
// The reference mixes versions of Unicode, so what kind of character each code
// point is stands in a table (classes.go) that tools/reader/tokens.py wrote by
// asking it. Decomposition and case come from Go: versions differ there in letters
// that no vocabulary of BERT holds, and a word with one of these is [UNK] whatever
// its other letters are.
package wordpiece

import (
	"fmt"
	"strings"
)

// Token is a piece of a word.
type Token struct {
	ID int32 // its number in the vocabulary
	// Start and End are where it stands in the text, in bytes. The first and the
	// last token, [CLS] and [SEP], are empty: one stands at 0, the other where the
	// last token before it ends, so that what was cut off begins there.
	//
	// A letter's span holds the accents that are one character with it, not those
	// that follow it as characters of their own: these lie inside a token only when
	// more of it comes after them.
	Start, End int
}

// Tokenizer cuts text into tokens. It is immutable and safe for concurrent use.
type Tokenizer struct {
	words         vocabulary
	cls, sep, unk int32
	special       []special
}

// special is a word that is a token of its own wherever it stands in a text, as it
// is for the reference: “a[MASK]b” holds the vocabulary's [MASK].
type special struct {
	text string
	id   int32
}

// New returns the tokenizer for a vocabulary: its words in the order of their
// numbers, from 0, with a line feed between them. It keeps the string, which may
// lie in the binary, and makes an index of 4 bytes a word and of 4 for each of the
// next power of two of twice their number: for 30,522 words 385 KB in about a
// millisecond. It is an error when [UNK], [CLS] or [SEP] is missing, a word is
// empty or there twice, or when there are more than 65,535.
func New(words string) (*Tokenizer, error) {
	v, err := index(words)
	if err != nil {
		return nil, fmt.Errorf("read vocabulary: %w", err)
	}
	t := &Tokenizer{words: v}
	for _, need := range []struct {
		text string
		id   *int32
	}{{"[UNK]", &t.unk}, {"[CLS]", &t.cls}, {"[SEP]", &t.sep}, {"[PAD]", nil}, {"[MASK]", nil}} {
		id := v.whole(need.text)
		switch {
		case id >= 0:
			t.special = append(t.special, special{need.text, id})
		case need.id != nil:
			return nil, fmt.Errorf("read vocabulary: %s is not among its %d words", need.text, v.len())
		}
		if need.id != nil {
			*need.id = id
		}
	}
	return t, nil
}

// Append appends the tokens of text to dst: [CLS], the pieces of its words, [SEP],
// at most limit of them; what is too much falls off before [SEP]. With a limit
// below 2 there is room for nothing. Bytes that are not UTF-8 are passed over, as
// the reference does with the U+FFFD that it is handed for them.
func (t *Tokenizer) Append(dst []Token, text string, limit int) []Token {
	if limit < 2 {
		return dst
	}
	e := encoder{t: t, text: text, dst: append(dst, Token{ID: t.cls}), room: limit - 2}
	e.run()
	end := e.dst[len(e.dst)-1].End
	return append(e.dst, Token{ID: t.sep, Start: end, End: end})
}

// specialAt returns the special word that text begins with, an empty one if none.
func (t *Tokenizer) specialAt(text string) special {
	for _, s := range t.special {
		if strings.HasPrefix(text, s.text) {
			return s
		}
	}
	return special{}
}
