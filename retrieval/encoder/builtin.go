package encoder

import (
	_ "embed"
	"sync"
	"unsafe"
)

// reader.weights is made by tools/reader.
//
//go:embed reader.weights
var builtin string

// Builtin returns the model in the binary, opened once. Its checksum is not
// looked at, since it is loaded with the program; a test does.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var Builtin = sync.OnceValues(func() (*Model, error) {
	data := unsafe.Slice(unsafe.StringData(builtin), len(builtin)) //nolint:gosec // nobody writes to it
	return open(data)
})

// pairs.weights is made by tools/reader and stands on reader.weights.
//
//go:embed pairs.weights
var builtinPairs string

// BuiltinPairs returns the pair model in the binary, opened once.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var BuiltinPairs = sync.OnceValues(func() (*PairModel, error) {
	base, err := Builtin()
	if err != nil {
		return nil, err
	}
	return openPairs(base, unsafe.Slice(unsafe.StringData(builtinPairs), len(builtinPairs))) //nolint:gosec // nobody writes to it
})
