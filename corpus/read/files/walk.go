package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// batch is how many names of a folder are asked for at a time.
const batch = 1024

// largest is the part of all entries, one in so many, from which a folder is what is
// wrong when there are too many: it alone is refused then. A judgement.
const largest = 4

// place is a file or folder on the way.
type place struct {
	root  int    // whose it is: its order among the given paths
	rel   string // below the root; empty for the root itself
	path  string // to open it by
	real  string // absolute, without links
	depth int
}

// below is an entry of a folder.
func (p *place) below(name string) place {
	return place{root: p.root, rel: filepath.Join(p.rel, name), path: filepath.Join(p.path, name), real: filepath.Join(p.real, name), depth: p.depth + 1}
}

// walker collects files. Links are followed when all that lies in the folders
// themselves has been seen, so that a link more or less changes no ID.
type walker struct {
	ctx      context.Context // of one call of Find, which ends before it returns
	opts     Options
	seen     map[string][]string // by real path in lower case: the real paths of what was listed
	order    []string            // keys of seen, as they came
	entries  int
	files    []place
	links    []place
	problems []located
}

// located is a problem with its place, to sort by.
type located struct {
	place
	reason string
}

func (w *walker) problem(p place, format string, args ...any) {
	w.problems = append(w.problems, located{p, fmt.Sprintf(format, args...)})
}

// errEntries ends a walk over more entries than there may be.
var errEntries = errors.New("too many entries")

// tree lists one of the given paths, or what a link leads to. One with too many
// entries is refused as a whole: which of them are the articles cannot be told.
func (w *walker) tree(p place, dir bool) error {
	if !dir {
		return w.file(p)
	}
	seen, entries, files, links, problems := len(w.order), w.entries, len(w.files), len(w.links), len(w.problems)
	err := w.folder(p)
	if !errors.Is(err, errEntries) {
		return err
	}
	for _, key := range w.order[seen:] {
		w.seen[key] = w.seen[key][:len(w.seen[key])-1]
	}
	w.order, w.entries, w.files, w.links, w.problems = w.order[:seen], entries, w.files[:files], w.links[:links], w.problems[:problems]
	w.problem(p, "holds more than %d files and folders, with which the corpus has more than %d: name the folder of the articles, or raise corpus.max_files", w.opts.Entries-entries, w.opts.Entries)
	return nil
}

// file adds a file, unless it is there already.
func (w *walker) file(p place) error {
	if w.listed(&p) {
		return nil
	}
	info, err := os.Stat(p.path)
	switch {
	case err != nil:
		w.problem(p, "%s", why(err))
	case !info.Mode().IsRegular():
		w.problem(p, "is %s, which is never opened", kindOf(info.Mode()))
	default:
		w.files = append(w.files, p)
	}
	return nil
}

// folder lists a folder and those in it.
func (w *walker) folder(p place) error {
	if p.depth > w.opts.Depth {
		w.problem(p, "lies more than %d folders deep: move it up, or name it as a folder of its own", w.opts.Depth)
		return nil
	}
	if w.listed(&p) {
		return nil
	}
	entries, err := w.list(p)
	if err != nil {
		return err
	}
	for _, e := range entries {
		at := p.below(e.name)
		switch {
		case e.mode.IsDir():
			if err := w.folder(at); err != nil {
				return err
			}
		case e.mode&fs.ModeSymlink != 0:
			w.links = append(w.links, at)
		case e.mode.IsRegular():
			if !w.listed(&at) {
				w.files = append(w.files, at)
			}
		default:
			w.problem(at, "is %s, which is never opened", kindOf(e.mode))
		}
	}
	return nil
}

// entry is a name in a folder.
type entry struct {
	name string
	mode fs.FileMode
}

// list returns what a folder holds but for what is hidden, sorted.
func (w *walker) list(p place) ([]entry, error) {
	d, err := os.Open(p.path)
	if err != nil {
		w.problem(p, "%s", why(err))
		return nil, w.ctx.Err()
	}
	defer func() { _ = d.Close() }()
	var out []entry
	for n := 0; ; {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		read, err := d.ReadDir(batch)
		n += len(read)
		switch over := w.entries+n > w.opts.Entries; {
		case over && n > w.opts.Entries/largest:
			w.problem(p, "holds more than %d files and folders, and a corpus may have %d: split it, or raise corpus.max_files", n-1, w.opts.Entries)
			return nil, nil
		case over && (err != nil || len(read) == 0):
			return nil, errEntries
		case over:
			out = nil
			continue
		}
		for _, e := range read {
			if !strings.HasPrefix(e.Name(), ".") {
				out = append(out, entry{e.Name(), e.Type()})
			}
		}
		if err != nil || len(read) == 0 {
			if err != nil && !errors.Is(err, io.EOF) {
				w.problem(p, "%s", why(err))
			}
			w.entries += n
			break
		}
	}
	slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// listed notes that a file or folder is listed, and reports whether it was
// before. Two paths that differ in case alone are the same where the file system
// says so.
func (w *walker) listed(p *place) bool {
	key := strings.ToLower(p.real)
	for _, other := range w.seen[key] {
		if other == p.real {
			return true
		}
		a, errA := os.Stat(p.real)
		b, errB := os.Stat(other)
		if errA == nil && errB == nil && os.SameFile(a, b) {
			return true
		}
	}
	w.seen[key] = append(w.seen[key], p.real)
	w.order = append(w.order, key)
	return false
}

// follow lists what links lead to, in their order; what it finds can hold more.
func (w *walker) follow() error {
	for len(w.links) > 0 {
		links := w.links
		w.links = nil
		slices.SortFunc(links, func(a, b place) int { return compare(&a, &b) })
		for _, p := range links {
			if err := w.ctx.Err(); err != nil {
				return err
			}
			info, err := os.Stat(p.path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				w.problem(p, "is a link to nothing")
			case errors.Is(err, syscall.ELOOP):
				w.problem(p, "is a link in a circle")
			case err != nil:
				w.problem(p, "%s", why(err))
			default:
				p.real = realPath(p.path)
				if err := w.tree(p, info.IsDir()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// compare orders places by the given path they are of, then as a walk in the
// order of names meets them.
func compare(a, b *place) int {
	if a.root != b.root {
		return a.root - b.root
	}
	return comparePaths(a.rel, b.rel)
}

// comparePaths compares name by name: "a/z" comes before "a.txt".
func comparePaths(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		switch {
		case x == y:
		case os.IsPathSeparator(x):
			return -1
		case os.IsPathSeparator(y):
			return 1
		default:
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

// clean is filepath.Clean that leaves an empty path empty.
func clean(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Clean(path)
}

// realPath is the absolute path without links, as far as that can be found out.
func realPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = filepath.Clean(path)
	}
	if target, err := filepath.EvalSymlinks(abs); err == nil {
		return target
	}
	return abs
}
