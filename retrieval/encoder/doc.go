// Package encoder turns text into vectors with a small BERT-type encoder that
// lies in the program itself: no key, no network, no cgo.
//
// A [Model] is opened from a file of weights ([Open]; [Builtin] opens the one in the
// binary). [Model.Encode] cuts texts into tokens (package wordpiece), runs them
// through the layers and returns the mean of each text's tokens. [Model.Tokens]
// returns the vector of each token.
//
// The weights are 8-bit integers with a scale for each output, activations are
// made 8-bit row by row as they arise, and sums are exact (package kernel). So a
// text's vectors are the same to the bit on every processor, in every batch and on
// any number of cores.
//
// The file of weights is made by tools/reader, which docs/reader.md describes. The
// package knows nothing of questions, articles or search.
package encoder
