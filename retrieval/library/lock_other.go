//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package library

import "os"

// lock locks nothing: there a file that is open cannot be removed, or its age tells.
func lock(*os.File) lockState { return unknown }

// rename closes a file and renames it: some systems rename none that is open.
func rename(f *os.File, path string) error {
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
