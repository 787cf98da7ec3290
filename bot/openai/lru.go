package openai

import (
	"container/list"
	"crypto/sha256"
	"slices"
	"sync"
)

// lru keeps the vectors of the texts that were asked for last, by the hashes of
// the texts.
type lru struct {
	most int

	mu    sync.Mutex
	order *list.List // of *kept, the last used one first
	by    map[[sha256.Size]byte]*list.Element
}

type kept struct {
	key [sha256.Size]byte
	vec []float32
}

func newLRU(most int) *lru {
	return &lru{most: most, order: list.New(), by: map[[sha256.Size]byte]*list.Element{}}
}

func (l *lru) get(text string) ([]float32, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.by[sha256.Sum256([]byte(text))]
	if !ok {
		return nil, false
	}
	l.order.MoveToFront(e)
	k, ok := e.Value.(*kept)
	if !ok {
		return nil, false
	}
	return slices.Clone(k.vec), true
}

func (l *lru) put(text string, vec []float32) {
	if l.most == 0 {
		return
	}
	key := sha256.Sum256([]byte(text))
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.by[key]; ok {
		return
	}
	l.by[key] = l.order.PushFront(&kept{key, slices.Clone(vec)})
	for l.order.Len() > l.most {
		if k, ok := l.order.Remove(l.order.Back()).(*kept); ok {
			delete(l.by, k.key)
		}
	}
}
