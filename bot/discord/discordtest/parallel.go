package discordtest

import (
	"flag"
	"runtime"
	"strconv"
)

// AtOnce lets so many tests per processor run at once, unless -parallel says
// otherwise: tests against a local Discord mostly wait, for limits, heartbeats
// and answers to settle. TestMain calls it before it runs the tests.
func AtOnce(perProcessor int) {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f != nil && f.Value.String() == f.DefValue {
		_ = f.Value.Set(strconv.Itoa(perProcessor * runtime.GOMAXPROCS(0)))
	}
}
