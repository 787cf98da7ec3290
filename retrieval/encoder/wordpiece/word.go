package wordpiece

import "unicode/utf8"

// maxChars is the length of the longest word that is cut into pieces; a longer one
// is [UNK], as the reference's max_input_chars_per_word says.
const maxChars = 100

// word is a word as far as it has been read.
type word struct {
	n       int  // its characters; those beyond maxChars are counted, not kept
	end     int  // of the last one in the text
	size    int  // bytes of letters in use
	hash    hash // of letters
	letters [maxChars * utf8.UTFMax]byte
	chars   [maxChars]char
}

// char is a character of a word.
type char struct {
	start, end int  // in the text
	to         int  // where it ends in letters
	hash       hash // of the piece that ends here, where longestAt looks
}

func (w *word) addByte(c byte, at int) {
	w.n++
	w.end = at + 1
	if w.n > maxChars {
		return
	}
	if w.n == 1 {
		w.hash = noLetters
	}
	w.hash = w.hash.add(c)
	w.letters[w.size] = c
	w.size++
	w.chars[w.n-1] = char{start: at, end: at + 1, to: w.size}
}

func (w *word) add(r rune, start, end int) {
	w.n++
	w.end = end
	if w.n > maxChars {
		return
	}
	if w.n == 1 {
		w.hash = noLetters
	}
	for _, c := range utf8.AppendRune(w.letters[w.size:w.size], r) {
		w.hash = w.hash.add(c)
		w.size++
	}
	w.chars[w.n-1] = char{start: start, end: end, to: w.size}
}

// piece is a word of the vocabulary within a word.
type piece struct {
	id    int32
	chars int // how many it covers
}

// endWord appends the tokens of the word read so far, if there is one.
func (e *encoder) endWord() {
	w := &e.word
	switch {
	case w.n == 0:
		return
	case w.n > maxChars:
		e.append(e.t.unk, w.chars[0].start, w.end)
	default:
		if id := e.t.words.find(w.hash, "", w.letters[:w.size]); id >= 0 {
			e.append(id, w.chars[0].start, w.end)
		} else {
			e.cut()
		}
	}
	w.n, w.size = 0, 0
}

// cut appends the pieces of the word, the longest first; [UNK] for all of it when
// a part is in no piece.
func (e *encoder) cut() {
	w := &e.word
	var pieces [maxChars]piece
	n := 0
	for at := 0; at < w.n; n++ {
		p := e.t.words.longestAt(w, at)
		if p.id < 0 {
			e.append(e.t.unk, w.chars[0].start, w.end)
			return
		}
		pieces[n] = p
		at += p.chars
	}
	at := 0
	for _, p := range pieces[:n] {
		e.append(p.id, w.chars[at].start, w.chars[at+p.chars-1].end)
		at += p.chars
	}
}

func (e *encoder) append(id int32, start, end int) {
	if e.room > 0 {
		e.dst = append(e.dst, Token{ID: id, Start: start, End: end})
		e.room--
	}
}

// longestAt returns the longest word of the vocabulary that the letters of w from
// its character at on begin with; its number is −1 if there is none.
func (v *vocabulary) longestAt(w *word, at int) piece {
	prefix, from, h := "", 0, noLetters
	if at > 0 {
		prefix, from = continues, w.chars[at-1].to
		for i := range len(prefix) {
			h = h.add(prefix[i])
		}
	}
	end, b := at, from
	for ; end < w.n && w.chars[end].to-from <= v.longest; end++ {
		for ; b < w.chars[end].to; b++ {
			h = h.add(w.letters[b])
		}
		w.chars[end].hash = h
	}
	for ; end > at; end-- {
		c := w.chars[end-1]
		if id := v.find(c.hash, prefix, w.letters[from:c.to]); id >= 0 {
			return piece{id, end - at}
		}
	}
	return piece{id: -1}
}
