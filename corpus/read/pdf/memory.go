package pdf

import "github.com/tetratelabs/wazero/experimental"

// firstMemory is what PDFium gets at once, in bytes. Of 1,120 files tried, up to
// 16 MB large, two need more.
const firstMemory = 32 << 20

// memory is PDFium's for one file. It has what most files need from the beginning,
// of which the system gives what is used: growing bit by bit would leave a copy of
// each size behind until it is collected, three times as much together.
type memory struct {
	all  []byte
	most uint64
}

func allocate(_, most uint64) experimental.LinearMemory {
	return &memory{all: make([]byte, min(firstMemory, most)), most: most}
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
func (m *memory) Free() { m.all = nil }
