package readtest

import (
	"context"
	"testing"
	"time"

	"parley/corpus/read/limit"
)

// Slow is what no input of a fuzz test may take: a reader of a small file that takes
// longer has a cost that grows faster than the file.
const Slow = 2 * time.Second

// Timed runs a function that may take no longer than [Slow], by the processor's time of
// its thread: the clock on the wall also counts what else the machine does.
func Timed(t *testing.T, what any, f func()) {
	t.Helper()
	Within(t, Slow, what, f)
}

// Within is [Timed] with another bound.
func Within(t *testing.T, most time.Duration, what any, f func()) {
	t.Helper()
	if took := processor(f); took > most {
		t.Errorf("took %s: %.200q", took.Round(time.Millisecond), what)
	}
}

// processor is the time of the processor that a function takes on its thread, where the
// system counts that.
func processor(f func()) time.Duration {
	const long = time.Hour
	m := limit.New(context.Background(), limit.Limits{Time: long})
	leave := m.OnThread()
	defer leave()
	f()
	return long - m.Left()
}
