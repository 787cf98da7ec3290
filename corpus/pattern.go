package corpus

import (
	"regexp"
	"sync"
)

// pattern returns a regular expression that is compiled when it is first asked
// for. There are many large ones here, which take 20 ms to compile, and most
// commands meet no text that they are for.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
