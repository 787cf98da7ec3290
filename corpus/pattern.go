package corpus

import (
	"regexp"
	"sync"
)

// pattern returns a regular expression that is compiled when it is first asked
// for: there are many large ones here, and most commands meet no text that they
// are for. GODEBUG=inittrace=1 shows what a package costs each start.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
