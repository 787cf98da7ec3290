//go:build !unix

package files

const openFlags = 0
