//go:build unix

package pdf

import "syscall"

// reserve reserves memory that is zero.
func reserve(size uint64) ([]byte, bool) {
	all, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE) //nolint:gosec // memoryPages at most
	return all, err == nil
}

func unreserve(all []byte) { _ = syscall.Munmap(all) } // of what reserve gave, it cannot fail
