package library

import _ "embed"

// talksVectors is a snapshot file with nothing but the vectors that the encoder in
// the binary gives of the built-in articles, so that nobody waits for them. With
// other articles or another encoder it is of no use, and of no harm.
//
//	go test ./retrieval/library -run TestTalksVectors -update
//
// makes it anew; the same test fails when it is not up to date.
//
//go:embed talks.vectors
var talksVectors []byte

// learnTalks takes the vectors of the built-in articles, if they are of the models
// that are wanted.
func (m *material) learnTalks(opts *Options) {
	_, vectors, _ := decodeFile(talksVectors, header{Embedder: opts.model(), reader: opts.reader()})
	m.learn(vectors)
}
