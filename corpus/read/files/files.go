// Package files finds the files of a corpus and reads them, whatever lies in
// their folders.
//
// [Find] lists what is there: recursively, sorted, every file once, however many
// ways lead to it. It opens no file. [Read] reads one: only a regular file, only
// after its first bytes have been looked at, never more than it may have, and with
// the digest of exactly the bytes that it returns. A [Print] makes one fingerprint
// of all of them, and [Fingerprint] makes the same one without keeping a text.
// [Quote] shows a path to people.
package files

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// File is a file that was found.
type File struct {
	Path string // to open it by: below the folder as it was given, cleaned
	ID   string // of its article, where the file states none; unlike that of any other file
}

// Problem is a path that is no file to read, and why.
type Problem struct {
	Path   string // not quoted: see [Quote]
	Reason string // for people: it follows the path

	key string // the same however the path was spelt
}

// Found is what [Find] found.
type Found struct {
	Files    []File    // in the order of the given paths, then of names
	Problems []Problem // in the same order
}

// Options bound what [Find] looks at. A zero stands for its default.
type Options struct {
	Entries int // files and folders, of one folder and in all; default [DefaultEntries]
	Depth   int // of folders within folders; default [DefaultDepth]
}

// The defaults of [Options]. A quarter of a million names take some 60 MB. An
// archive has a folder for the year, one for the day and few more.
const (
	DefaultEntries = 250_000
	DefaultDepth   = 64
)

func (o Options) withDefaults() Options {
	if o.Entries <= 0 {
		o.Entries = DefaultEntries
	}
	if o.Depth <= 0 {
		o.Depth = DefaultDepth
	}
	return o
}

// Find lists the files at paths and, for folders, below them. What is hidden
// within a folder (its name begins with a dot) is left out. A link leads to what it
// names, also outside, but nothing is listed twice: not by a link, nor by a second
// path to the same folder or file, nor by another spelling of one.
//
// A file's ID is its path below its folder, with slashes; the name of a file that
// was given itself. Where two would have the same, as much of the folder's path as
// tells them apart stands before. IDs depend neither on the order of paths nor on
// how they are spelt.
//
// What cannot be listed becomes a problem, and the rest goes on. The error is that
// of the context.
func Find(ctx context.Context, paths []string, opts Options) (*Found, error) {
	w := &walker{ctx: ctx, opts: opts.withDefaults(), seen: make(map[string][]string)}
	roots := w.roots(paths)
	for _, r := range roots {
		if err := w.tree(place{root: r.order, path: r.path, real: r.real}, r.dir); err != nil {
			return nil, err
		}
	}
	if err := w.follow(); err != nil {
		return nil, err
	}
	return w.result(roots), nil
}

// root is one of the given paths.
type root struct {
	order int // among them
	path  string
	real  string // absolute, without links
	dir   bool
	info  fs.FileInfo
}

// roots looks at the given paths, each once, in the order in which they are to be
// walked: the outer folder before the inner one, folders before files. So a file
// belongs to the outermost folder, whichever was named first.
func (w *walker) roots(paths []string) []root {
	var out []root
	for i, path := range paths {
		r := root{order: i, path: clean(path), real: realPath(path)}
		info, err := os.Stat(path)
		if err != nil {
			w.problem(place{root: i, path: r.path, real: r.real}, "%s: name a folder or file of articles", why(err))
			continue
		}
		r.info, r.dir = info, info.IsDir()
		if !slices.ContainsFunc(out, func(other root) bool { return os.SameFile(info, other.info) }) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b root) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.Count(a.real, string(os.PathSeparator)), strings.Count(b.real, string(os.PathSeparator)))
	})
	return out
}

// why is an error for people, without the path.
func why(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is not there"
	case errors.Is(err, fs.ErrPermission):
		return "may not be read by the user who runs parley"
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	} else if e, ok := errors.AsType[*os.SyscallError](err); ok {
		err = e.Err
	}
	return "cannot be read: " + err.Error()
}

// kindOf names what is neither a file nor a folder.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "neither a file nor a folder"
}
