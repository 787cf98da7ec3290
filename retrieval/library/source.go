package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"

	"parley/corpus/read"
)

// Source is where articles come from.
type Source interface {
	// Read reads all articles.
	Read(ctx context.Context, progress func(done, total int)) (*read.Reading, error)

	// Fingerprint changes whenever Read would give something else. It is cheap:
	// it cleans nothing.
	Fingerprint(ctx context.Context) (string, error)
}

var (
	_ Source = Talks{}
	_ Source = (*Files)(nil)
)

// Talks is the source of the built-in articles.
type Talks struct{}

// Read reads the articles.
func (Talks) Read(context.Context, func(done, total int)) (*read.Reading, error) {
	return read.Talks()
}

// Fingerprint is the same for as long as the program is.
func (Talks) Fingerprint(context.Context) (string, error) { return "built-in talks", nil }

// Files is the source of articles in files and folders.
type Files struct {
	Paths   []string
	Options read.Options // its Progress is not used
}

// Read reads the articles.
func (f *Files) Read(ctx context.Context, progress func(done, total int)) (*read.Reading, error) {
	opts := f.Options
	opts.Progress = progress
	return read.Read(ctx, f.Paths, opts)
}

// Fingerprint is a SHA-256 of the names and contents of all files, and of the
// limits of reading. Dates do not count: copying or unpacking changes them. A
// file that cannot be read counts by its error.
func (f *Files) Fingerprint(ctx context.Context) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, f.Options.Limits.FileBytes, f.Options.Limits.ArticleBytes)
	w := hasher{hash: h, visited: map[string]bool{}}
	for _, path := range f.Paths {
		if err := w.add(ctx, path); err != nil {
			return "", fmt.Errorf("fingerprint %s: %w", path, err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hasher walks files in the order of names, through links as reading does.
type hasher struct {
	hash    hash.Hash
	visited map[string]bool // real paths of folders
}

func (w *hasher) add(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	fmt.Fprintf(w.hash, "%q\n", path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		fmt.Fprintln(w.hash, "error", err)
	case info.IsDir():
		return w.addDir(ctx, path)
	case info.Mode().IsRegular():
		fmt.Fprintln(w.hash, info.Size())
		w.addFile(path)
	}
	return nil
}

func (w *hasher) addDir(ctx context.Context, dir string) error {
	target, err := filepath.EvalSymlinks(dir)
	if err != nil || w.visited[target] {
		return nil // a link that leads nowhere has been counted by its name
	}
	w.visited[target] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		fmt.Fprintln(w.hash, "error", err)
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name()[0] == '.' })
	for _, e := range entries {
		if err := w.add(ctx, filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (w *hasher) addFile(path string) {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		_, err = io.Copy(w.hash, f)
	}
	if err != nil {
		fmt.Fprintln(w.hash, "error", err)
	}
}
