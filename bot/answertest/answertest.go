// Package answertest makes what tests of the steps to an answer read articles with.
package answertest

import (
	"context"
	"fmt"

	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/encoder"
	"parley/retrieval/library/librarytest"
)

// Reader reads articles as the program does.
func Reader(articles []corpus.Article) (*reading.Reader, error) {
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		return nil, fmt.Errorf("open reader of pairs: %w", err)
	}
	s, err := librarytest.Build(context.Background(), &read.Reading{Articles: articles})
	if err != nil {
		return nil, fmt.Errorf("build library: %w", err)
	}
	return reading.New(s, pairs), nil
}
