package library

import (
	"context"

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

// Fingerprint is that of [read.Fingerprint].
func (f *Files) Fingerprint(ctx context.Context) (string, error) {
	return read.Fingerprint(ctx, f.Paths, f.Options)
}
