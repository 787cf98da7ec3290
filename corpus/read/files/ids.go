package files

import (
	"path/filepath"
	"slices"
	"strings"
)

// result puts what was found in order and gives each file its ID.
func (w *walker) result(roots []root) *Found {
	slices.SortFunc(w.files, func(a, b place) int { return compare(&a, &b) })
	slices.SortStableFunc(w.problems, func(a, b located) int { return compare(&a.place, &b.place) })
	folders := make(map[int]string, len(roots))
	for _, r := range roots {
		folders[r.order] = r.real
		if !r.dir {
			folders[r.order] = filepath.Dir(r.real)
		}
	}
	ids := make([]id, len(w.files))
	for i := range w.files {
		p := &w.files[i]
		if p.rel == "" { // it was given itself
			p.rel = filepath.Base(p.real)
		}
		ids[i] = id{rel: p.rel, folder: folders[p.root]}
	}
	tellApart(ids)
	out := &Found{Files: make([]File, len(ids))}
	for i := range ids {
		out.Files[i] = File{Path: w.files[i].path, ID: ids[i].String()}
	}
	for _, p := range w.problems {
		key := p.rel
		if key == "" {
			key = p.real
		}
		out.Problems = append(out.Problems, Problem{Path: p.path, Reason: p.reason, key: key})
	}
	return out
}

// id is an ID in the making.
type id struct {
	rel    string // so far
	folder string // what of the folder's path is not in it yet
}

// String is the ID: with slashes, and without what steers a terminal.
func (x *id) String() string { return escape(filepath.ToSlash(x.rel)) }

// longer takes one more folder into the ID, and reports whether there was one.
func (x *id) longer() bool {
	parent, name := filepath.Split(strings.TrimRight(x.folder, string(filepath.Separator)))
	if name == "" {
		return false
	}
	x.rel, x.folder = filepath.Join(name, x.rel), parent
	return true
}

// tellApart makes IDs that are the same longer until no two are.
func tellApart(ids []id) {
	count := make(map[string]int, len(ids))
	for {
		clear(count)
		for i := range ids {
			count[ids[i].rel]++
		}
		changed := false
		for i := range ids {
			if count[ids[i].rel] > 1 {
				changed = ids[i].longer() || changed
			}
		}
		if !changed {
			return
		}
	}
}
