package wordpiece

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
)

// vocabulary finds words in the string they lie in: a hash table with open
// addressing, at most half full.
type vocabulary struct {
	words   string
	starts  []uint32 // where each word begins in words; one more, behind the end
	slots   []slot   // a power of two
	longest int      // bytes: no word is longer, one that continues counted without ##
}

// slot holds a word's number.
type slot struct {
	check uint16 // of its hash, to compare few words in vain
	id    uint16 // plus 1; 0 is an empty slot
}

// continues is how the words begin that only continue another.
const continues = "##"

// maxWords is as many as a slot can number.
const maxWords = 1<<16 - 1

func index(words string) (vocabulary, error) {
	n := strings.Count(words, "\n") + 1
	if n > maxWords {
		return vocabulary{}, fmt.Errorf("got %d words, want at most %d", n, maxWords)
	}
	v := vocabulary{
		words:  words,
		starts: make([]uint32, 0, n+1),
		slots:  make([]slot, 1<<bits.Len(uint(2*n-1))),
	}
	for at := 0; at <= len(words); {
		id := len(v.starts)
		v.starts = append(v.starts, uint32(at))
		h := noLetters
		end := at
		for ; end < len(words) && words[end] != '\n'; end++ {
			h = h.add(words[end])
		}
		if end == at {
			return vocabulary{}, fmt.Errorf("word %d is empty", id)
		}
		if err := v.insert(h, words[at:end], uint16(id)); err != nil {
			return vocabulary{}, err
		}
		at = end + 1
	}
	v.starts = append(v.starts, uint32(len(words)+1))
	return v, nil
}

func (v *vocabulary) insert(h hash, word string, id uint16) error {
	v.longest = max(v.longest, len(strings.TrimPrefix(word, continues)))
	for at := h.place(); ; at++ {
		s := &v.slots[at&uint32(len(v.slots)-1)]
		if s.id == 0 {
			*s = slot{h.check(), id + 1}
			return nil
		}
		if s.check == h.check() && v.word(s.id-1) == word {
			return errors.New("the word " + word + " is there twice")
		}
	}
}

func (v *vocabulary) len() int { return len(v.starts) - 1 }

// word returns the word with a number; its end must be known.
func (v *vocabulary) word(id uint16) string {
	return v.words[v.starts[id] : v.starts[id+1]-1]
}

// whole returns the number of a word, −1 when it is not there.
func (v *vocabulary) whole(word string) int32 {
	h := noLetters
	for i := range len(word) {
		h = h.add(word[i])
	}
	return v.find(h, "", []byte(word))
}

// find returns the number of the word that consists of prefix and rest and has the
// hash h, −1 when it is not there.
func (v *vocabulary) find(h hash, prefix string, rest []byte) int32 {
	for at := h.place(); ; at++ {
		s := v.slots[at&uint32(len(v.slots)-1)]
		if s.id == 0 {
			return -1
		}
		if s.check != h.check() {
			continue
		}
		if w, ok := strings.CutPrefix(v.word(s.id-1), prefix); ok && w == string(rest) {
			return int32(s.id - 1)
		}
	}
}

// hash is FNV-1a of 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/): what is
// hashed grows letter by letter, so that all beginnings of a word cost one pass.
type hash uint32

const (
	noLetters hash = 2166136261
	fnvPrime  hash = 16777619
)

func (h hash) add(b byte) hash { return (h ^ hash(b)) * fnvPrime }

func (h hash) place() uint32 { return uint32(h ^ h>>15) }

func (h hash) check() uint16 { return uint16(h >> 16) }
