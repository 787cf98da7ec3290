// Package enginetest makes engines that quote as the program's do, for tests.
package enginetest

import (
	"parley/bot/answer/extract"
	"parley/bot/answer/factcheck"
	"parley/bot/answer/suggest"
	"parley/retrieval/encoder"
	"parley/retrieval/library"
)

// Engine answers from a snapshot, checks statements against it and finds questions.
type Engine struct {
	*extract.Engine
	*factcheck.Checker
	*suggest.Suggester
}

// New returns an engine over a snapshot. It panics when the model in the binary
// cannot be read: then no test can run.
func New(s *library.Snapshot) Engine {
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		panic(err)
	}
	quotes := extract.New(s, pairs, extract.Options{Threshold: extract.DefaultThreshold, MaxSentences: extract.DefaultMaxSentences})
	return Engine{quotes, factcheck.New(quotes.Reader), suggest.New(s.Forward(), quotes)}
}
