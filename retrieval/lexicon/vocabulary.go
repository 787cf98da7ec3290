package lexicon

import (
	"runtime"
	"sync"

	"parley/retrieval/lexicon/internal/table"
)

// Vocabulary is a list of words in which those similar to a given one are found
// without comparing it with each: their neighbourhoods, by lemma. It takes about
// 12 bytes for each entry of a neighbourhood, 8 MB for the 38,000 words of 5,000
// abstracts. It is immutable and safe for concurrent use.
type Vocabulary struct {
	lex  *Lexicon
	near table.Lists[held]  // by lemma: the words whose neighbourhood holds it
	own  table.Lists[int32] // by lemma: the words of which it is a form
	pool sync.Pool          // *reached
}

// held is a lemma's place in a word's neighbourhood.
type held struct {
	word   int32
	weight float32
	family family
}

// reached are the words that a search has reached.
type reached struct {
	best  []float32 // by word, zero between searches
	words []int32   // that have one
}

// Vocabulary makes a list of words searchable. That takes about 3 µs a word.
func (l *Lexicon) Vocabulary(words []string) *Vocabulary {
	all := make([]Neighbourhood, len(words))
	var wg sync.WaitGroup
	part := len(words)/runtime.GOMAXPROCS(0) + 1
	for lo := 0; lo < len(words); lo += part {
		wg.Go(func() {
			for i := lo; i < min(lo+part, len(words)); i++ {
				all[i] = l.Neighbourhood(words[i])
			}
		})
	}
	wg.Wait()
	v := &Vocabulary{lex: l}
	v.pool.New = func() any { return &reached{best: make([]float32, len(words))} }
	v.near = table.Collect(len(l.texts), func(add func(uint32, held)) {
		for i := range all {
			for _, n := range all[i].near {
				add(n.lemma, held{int32(i), n.weight, n.family})
			}
		}
	})
	v.own = table.Collect(len(l.texts), func(add func(uint32, int32)) {
		for i := range all {
			for _, id := range all[i].own {
				add(id, int32(i))
			}
		}
	})
	return v
}

// Similar calls visit with the number of each word of the list that is similar
// to the one given, and with what [Neighbourhood.Similarity] gives for them, in
// an order that depends on the words alone.
func (v *Vocabulary) Similar(word string, visit func(number int32, similarity float64)) {
	n := v.lex.Neighbourhood(word)
	r := v.pool.Get().(*reached)
	for _, a := range n.near {
		for _, b := range v.near.At(a.lemma) {
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
		for _, i := range v.own.At(id) {
			r.best[i] = 0
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
