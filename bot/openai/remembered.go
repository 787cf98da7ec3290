package openai

import (
	"crypto/sha256"
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"
)

// remembered are the vectors of the texts that were asked for last, by the hashes
// of the texts. Nil remembers nothing.
type remembered struct {
	vectors *lru.Cache[[sha256.Size]byte, []float32]
}

func newRemembered(most int) *remembered {
	if most < 1 {
		return nil
	}
	vectors, _ := lru.New[[sha256.Size]byte, []float32](most) // fails for sizes below 1 only
	return &remembered{vectors}
}

func (r *remembered) get(text string) ([]float32, bool) {
	if r == nil {
		return nil, false
	}
	vec, ok := r.vectors.Get(sha256.Sum256([]byte(text)))
	return slices.Clone(vec), ok
}

func (r *remembered) put(text string, vec []float32) {
	if r != nil {
		r.vectors.Add(sha256.Sum256([]byte(text)), slices.Clone(vec))
	}
}
