package readtest

import (
	"testing"
	"time"
)

// TestProcessor guards that waiting is no time of a test, and that work is.
func TestProcessor(t *testing.T) {
	t.Parallel()
	const wait = 200 * time.Millisecond
	if took := processor(func() { <-time.After(wait) }); took > wait/2 {
		t.Errorf("waiting for %s took %s", wait, took)
	}
	sum := 0
	took := processor(func() {
		for i := range 50_000_000 {
			sum += i % 7
		}
	})
	if took < time.Millisecond {
		t.Errorf("counting to %d took %s", sum, took)
	}
}
