package lexicon

import (
	"runtime"
	"slices"
	"sync"
)

// Vocabulary is a list of words in which those similar to a given one are found
// without comparing it with each: their neighbourhoods, by lemma. It takes about
// 12 bytes for each entry of a neighbourhood, 8 MB for the 38,000 words of 5,000
// abstracts. It is immutable and safe for concurrent use.
type Vocabulary struct {
	lex   *Lexicon
	first []uint32  // by lemma, index into near; one extra at the end
	near  []held    // the words whose neighbourhoods hold the lemma, ordered
	pool  sync.Pool // *reached
}

// held is a lemma's place in a word's neighbourhood.
type held struct {
	word   int32
	weight float32
	family family
	own    bool // the lemma is a form of the word
}

// reached are the words that a search has reached; a pool keeps them.
type reached struct {
	best  []float32 // by word, zero between searches
	words []int32   // that have one
}

// Vocabulary makes a list of words searchable.
func (l *Lexicon) Vocabulary(words []string) *Vocabulary {
	v := &Vocabulary{lex: l}
	v.pool.New = func() any { return &reached{best: make([]float32, len(words))} }
	parts := make([][][]placed, runtime.GOMAXPROCS(0))
	size := (len(words) + len(parts) - 1) / len(parts)
	var wg sync.WaitGroup
	for i := range parts {
		lo := min(i*size, len(words))
		wg.Go(func() { parts[i] = l.gather(words[lo:min(lo+size, len(words))], int32(lo)) })
	}
	wg.Wait()
	v.collect(slices.Concat(parts...))
	return v
}

// placed is a lemma's place in a word's neighbourhood, with the lemma.
type placed struct {
	lemma uint32
	held
}

// chunk is how many places are kept in one piece, so that none is ever copied.
const chunk = 1 << 13

// gather returns the neighbourhoods of words, whose numbers begin with first.
func (l *Lexicon) gather(words []string, first int32) [][]placed {
	var all [][]placed
	last := make([]placed, 0, chunk)
	var s spread
	var buf []near
	for i, word := range words {
		l.spread(&s, word)
		buf = s.appendNear(buf[:0])
		if len(last)+len(buf) > chunk {
			all = append(all, last)
			last = make([]placed, 0, chunk)
		}
		for j, n := range buf {
			last = append(last, placed{n.lemma, held{first + int32(i), n.weight, n.family, j < s.owns}})
		}
	}
	return append(all, last)
}

// collect sorts neighbourhoods by lemma, keeping their order, by counting.
func (v *Vocabulary) collect(parts [][]placed) {
	lemmas, total := v.lex.words.Lemmas(), 0
	// While the lists are filled, first[i+1] is where the next entry of list i goes;
	// in the end it is where that list ends.
	v.first = make([]uint32, lemmas+2)
	for _, part := range parts {
		total += len(part)
		for i := range part {
			v.first[part[i].lemma+2]++
		}
	}
	for i := range lemmas {
		v.first[i+2] += v.first[i+1]
	}
	v.near = make([]held, total)
	for _, part := range parts {
		for i := range part {
			next := &v.first[part[i].lemma+1]
			v.near[*next] = part[i].held
			*next++
		}
	}
}

// at returns the words whose neighbourhoods hold a lemma.
func (v *Vocabulary) at(lemma uint32) []held { return v.near[v.first[lemma]:v.first[lemma+1]] }

// Similar calls visit with the number of each word of the list that is similar
// to the one given, and with what [Neighbourhood.Similarity] gives for them, in
// an order that depends on the words alone.
func (v *Vocabulary) Similar(word string, visit func(number int32, similarity float64)) {
	n := v.lex.Neighbourhood(word)
	r := v.pool.Get().(*reached)
	for _, a := range n.near {
		for _, b := range v.at(a.lemma) {
			w := a.weight * b.weight
			if a.weight < 1 && b.weight < 1 {
				w *= meeting[a.family][b.family]
			}
			if w <= r.best[b.word] {
				continue
			}
			if r.best[b.word] == 0 {
				r.words = append(r.words, b.word)
			}
			r.best[b.word] = w
		}
	}
	for _, id := range n.against {
		for _, b := range v.at(id) {
			if b.own {
				r.best[b.word] = 0
			}
		}
	}
	for _, i := range r.words {
		if r.best[i] > 0 {
			visit(i, float64(r.best[i]))
			r.best[i] = 0
		}
	}
	r.words = r.words[:0]
	v.pool.Put(r)
}
