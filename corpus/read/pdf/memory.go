package pdf

import (
	"sync"

	"github.com/tetratelabs/wazero/experimental"
)

// memory is PDFium's for one file. Where the system can, all that it may take is
// reserved at once, beside the heap: the system gives what is used, nothing is copied,
// and the collector does not wait for as much again.
type memory struct {
	all      []byte
	most     uint64
	reserved bool
}

// firstMemory is what PDFium gets at once, in bytes, of the heap. Of 1,120 files tried,
// up to 16 MB large, two need more.
const firstMemory = 32 << 20

// memories are those that are reserved. They are given back when nothing of their
// file runs any more: PDFium is closed while it runs when a file takes too long.
type memories struct {
	mu  sync.Mutex
	all []*memory
}

func (ms *memories) allocate(_, most uint64) experimental.LinearMemory {
	all, reserved := reserve(most)
	if !reserved {
		return &memory{all: make([]byte, min(firstMemory, most)), most: most}
	}
	m := &memory{all: all, most: most, reserved: true}
	ms.mu.Lock()
	defer ms.mu.Unlock()
	ms.all = append(ms.all, m)
	return m
}

// giveBack gives all memories back.
func (ms *memories) giveBack() {
	ms.mu.Lock()
	defer ms.mu.Unlock()
	for _, m := range ms.all {
		unreserve(m.all)
	}
	ms.all = nil
}

// Reallocate gives the first size bytes.
func (m *memory) Reallocate(size uint64) []byte {
	if size > m.most {
		return nil
	}
	if size > uint64(len(m.all)) {
		all := make([]byte, m.most)
		copy(all, m.all)
		m.all = all
	}
	return m.all[:size]
}

// Free lets the memory go.
func (m *memory) Free() {
	if !m.reserved {
		m.all = nil
	}
}
