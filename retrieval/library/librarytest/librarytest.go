// Package librarytest makes libraries as the program has them, for tests.
package librarytest

import (
	"context"
	"fmt"

	"parley/corpus/read"
	"parley/retrieval/embedding"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

// Options are those of the program where nothing is configured: with the lexicon
// and the encoder in it.
func Options() (library.Options, error) {
	words, err := lexicon.Open()
	if err != nil {
		return library.Options{}, fmt.Errorf("open lexicon: %w", err)
	}
	e, err := embedding.Builtin()
	if err != nil {
		return library.Options{}, fmt.Errorf("open encoder: %w", err)
	}
	return library.Options{Lexicon: words, Embedder: e, Steady: true, Reader: e}, nil
}

// Build is a snapshot of articles under [Options].
func Build(ctx context.Context, read *read.Reading) (*library.Snapshot, error) {
	opts, err := Options()
	if err != nil {
		return nil, err
	}
	return library.Build(ctx, read, opts, nil)
}
