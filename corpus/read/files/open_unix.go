//go:build unix

package files

import "syscall"

// openFlags keep opening from waiting for the other end of a pipe, or taking a
// terminal, if something has taken a file's place since it was found.
const openFlags = syscall.O_NONBLOCK | syscall.O_NOCTTY
