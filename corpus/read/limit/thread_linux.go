package limit

import (
	"time"

	"golang.org/x/sys/unix"
)

// thread is a thread of this process, by the number of its clock.
type thread struct{ clock int32 }

func thisThread() *thread {
	// The number of a thread's clock is made of its own, as the C library does it.
	const perThread, schedule = 4, 2
	t := &thread{^int32(unix.Gettid())<<3 | perThread | schedule} //nolint:gosec // numbers of threads have 22 bits
	var at unix.Timespec
	if unix.ClockGettime(t.clock, &at) != nil {
		return nil
	}
	return t
}

// time is what the thread has had of the processor.
func (t *thread) time() time.Duration {
	var at unix.Timespec
	if unix.ClockGettime(t.clock, &at) != nil {
		return 0
	}
	return time.Duration(at.Nano())
}
