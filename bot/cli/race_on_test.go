//go:build race

package cli

// raced says that the tests run with the race detector: then the program is
// built with it, too, and ends with code 66 when it has found something.
const raced = true
