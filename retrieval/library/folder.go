package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// unfinished begins the names of files that are being written. One that stays
// behind when a process dies goes when the next begins.
const unfinished = ".snapshot-"

// abandoned is the age from which a file that nobody can be asked about counts as
// left behind. A judgement: writing one takes seconds.
const abandoned = time.Hour

// create makes a file to write to in dir. It is locked while it is open, so that
// whoever tidies up sees that it is in use.
func create(dir string) (*os.File, error) {
	for range 10 {
		f, err := os.CreateTemp(dir, unfinished+"*")
		if err != nil {
			return nil, err
		}
		lock(f)
		// Somebody may have tidied up between the two.
		here, err := os.Stat(f.Name())
		mine, err2 := f.Stat()
		if err == nil && err2 == nil && os.SameFile(here, mine) {
			return f, nil
		}
		_ = f.Close()
	}
	return nil, fmt.Errorf("make a file in %s: it is taken away at once", dir)
}

// tidy removes what processes that died have left in dir, but not what one is
// writing. It does what it can.
func tidy(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), unfinished) && e.Type().IsRegular() {
			removeAbandoned(filepath.Join(dir, e.Name()))
		}
	}
}

func removeAbandoned(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	state := lock(f)
	info, err := f.Stat()
	if state == locked || state == unknown && err == nil && time.Since(info.ModTime()) > abandoned {
		if os.Remove(path) != nil { // where an open file cannot be removed
			_ = f.Close()
			_ = os.Remove(path)
			return
		}
	}
	_ = f.Close()
}

// lockState is what became of locking a file.
type lockState int

const (
	locked  lockState = iota // by this process
	taken                    // by another one
	unknown                  // the system cannot tell
)

// probeBytes is how much [Probe] writes. A full disk has room for a name.
const probeBytes = 64 << 10

// Probe tries whether a folder of snapshots is there and can be written to. An
// error that is [fs.ErrNotExist] says that it is not there.
func Probe(dir string) (err error) {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	f, err := create(dir)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, probeBytes))
	err = errors.Join(err, f.Sync(), f.Close())
	if remove := os.Remove(f.Name()); remove != nil && !errors.Is(remove, fs.ErrNotExist) {
		err = errors.Join(err, remove)
	}
	return err
}
