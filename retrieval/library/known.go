package library

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math"
	"sync"

	"parley/retrieval/vector"
)

// textHash names the text of a passage as an embedder sees it.
type textHash [16]byte

func hashText(text string) textHash {
	sum := sha256.Sum256([]byte(text))
	return textHash(sum[:16])
}

func setOf(hashes []textHash) map[textHash]bool {
	out := make(map[textHash]bool, len(hashes))
	for _, hash := range hashes {
		out[hash] = true
	}
	return out
}

// vectorsByText are vectors of one model and one length, by the text they were
// made from. Nil is the vector of a text that says nothing to the model.
type vectorsByText map[textHash][]float32

// known are the vectors that an embedder has given, so that no text goes to it
// twice: they outlast failures and belong to no snapshot. It is safe for
// concurrent use.
type known struct {
	mu    sync.RWMutex
	dims  int  // of all vectors; 0 while there are none
	seen  bool // the embedder itself has given vectors of that length since the start
	age   int  // how often all were dropped
	texts vectorsByText
}

func newKnown() *known { return &known{texts: vectorsByText{}} }

// learn takes what was saved, as far as it fits.
func (k *known) learn(saved vectorsByText) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for hash, vec := range saved {
		if _, ok := k.texts[hash]; ok || vec != nil && (!hasDirection(vec) || k.dims != 0 && len(vec) != k.dims) {
			continue
		}
		if vec != nil {
			k.dims = len(vec)
		}
		k.texts[hash] = vec
	}
}

// add takes what the embedder gave for some texts, all of it or nothing.
//
// Vectors of another length than those of before are refused, unless those of
// before are from a file and the embedder has not confirmed their length since:
// then it has become another one under the same name, and they are dropped.
// So an embedder that wavers costs what is known once at most.
func (k *known) add(hashes []textHash, vectors [][]float32) error {
	if len(vectors) != len(hashes) {
		return fmt.Errorf("%w: got %d for %d texts", vector.ErrUnfit, len(vectors), len(hashes))
	}
	dims := 0
	for _, vec := range vectors {
		switch {
		case vec == nil:
		case !hasDirection(vec):
			return fmt.Errorf("%w: one of %d dimensions has no direction", vector.ErrUnfit, len(vec))
		case dims == 0:
			dims = len(vec)
		case len(vec) != dims:
			return fmt.Errorf("%w: one has %d dimensions, another %d", vector.ErrUnfit, dims, len(vec))
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if dims != 0 {
		if k.dims != 0 && dims != k.dims {
			if k.seen {
				return fmt.Errorf("%w: it has %d dimensions, those of before have %d", vector.ErrUnfit, dims, k.dims)
			}
			k.forget()
		}
		k.dims, k.seen = dims, true
	}
	for i, hash := range hashes {
		k.texts[hash] = vectors[i]
	}
	return nil
}

// doubt drops what is from a file only, when the embedder has come to give
// vectors of another length, and reports whether it did.
func (k *known) doubt() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen || k.dims == 0 {
		return false
	}
	k.forget()
	return true
}

// forget drops everything; the caller holds the lock.
func (k *known) forget() {
	k.dims, k.texts = 0, vectorsByText{}
	k.age++
}

// confirm notes that the embedder gives vectors of the length known.
func (k *known) confirm() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen = k.dims != 0
}

// generation changes when everything is dropped.
func (k *known) generation() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.age
}

// missing are the passages whose texts have no vector yet, by number, one for
// each text.
func (k *known) missing(passages []textHash) []int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	var out []int
	named := map[textHash]bool{}
	for p, hash := range passages {
		if _, ok := k.texts[hash]; !ok && !named[hash] {
			named[hash] = true
			out = append(out, p)
		}
	}
	return out
}

// of are the vectors of passages, whether all are known, and their generation.
func (k *known) of(passages []textHash) (vectors [][]float32, whole bool, age int) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	vectors, whole = make([][]float32, len(passages)), true
	for p, hash := range passages {
		vec, ok := k.texts[hash]
		vectors[p], whole = vec, whole && ok
	}
	return vectors, whole, k.age
}

// pick is what is known of some passages, by text.
func (k *known) pick(passages []textHash) vectorsByText {
	k.mu.RLock()
	defer k.mu.RUnlock()
	out := vectorsByText{}
	for _, hash := range passages {
		if vec, ok := k.texts[hash]; ok {
			out[hash] = vec
		}
	}
	return out
}

// retain drops the vectors of all texts but those of some passages.
func (k *known) retain(passages []textHash) {
	kept := setOf(passages)
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.texts, func(hash textHash, _ []float32) bool { return !kept[hash] })
}

// hasDirection reports whether a vector can be scaled to length 1.
func hasDirection(vec []float32) bool {
	sum := 0.0
	for _, v := range vec {
		sum += float64(v) * float64(v)
	}
	return sum > 0 && !math.IsInf(sum, 0) && !math.IsNaN(sum)
}
