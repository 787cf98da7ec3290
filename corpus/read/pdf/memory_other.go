//go:build !unix

package pdf

// reserve leaves memory to the heap.
func reserve(uint64) ([]byte, bool) { return nil, false }

func unreserve([]byte) {}
