//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package library

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock locks an open file for as long as it is open, if nobody else has.
func lock(f *os.File) lockState {
	switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
	case err == nil:
		return locked
	case errors.Is(err, unix.EWOULDBLOCK):
		return taken
	}
	return unknown
}

// rename closes a file under its new name, so that it is locked for as long as it
// has the old one.
func rename(f *os.File, path string) error {
	return errors.Join(os.Rename(f.Name(), path), f.Close())
}
