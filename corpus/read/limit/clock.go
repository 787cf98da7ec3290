package limit

import (
	"runtime"
	"sync/atomic"
	"time"
)

// patience is how many times a file's time may pass on the clock: where the
// machine does much else, reading gets a part of the processor only. A judgement.
const patience = 10

// clock measures how long a file takes: the processor's time of the thread that reads
// it, where the system counts that, so that it is the same on a busy machine.
type clock struct {
	began  time.Time // on the clock
	paused time.Duration

	thread       *thread // nil before OnThread, and where threads are not counted
	spent        time.Duration
	pausedThread time.Duration

	share time.Duration // of the time on the clock, one in so many counts
	more  atomic.Int64  // nanoseconds that the file has earned
}

// OnThread keeps the goroutine on its thread until leave is called, and counts the
// time that the thread takes of the processor instead of that on the clock.
func (m *Meter) OnThread() (leave func()) {
	runtime.LockOSThread()
	if m.clock.thread = thisThread(); m.clock.thread != nil {
		m.clock.spent = m.clock.thread.time()
	} else {
		const busy = 4
		m.clock.share = busy
	}
	return runtime.UnlockOSThread
}

// Patience is how long reading a file may take on the clock.
func (l Limits) Patience() time.Duration { return patience * l.WithDefaults().Time }

// Earn gives the file more time, for what it has been seen to hold: a long report is
// not a file that takes long.
func (m *Meter) Earn(more time.Duration) { m.clock.more.Add(int64(more)) }

// Left is how much of its time the file has left. It may be called from other
// goroutines while none calls Pause or OnThread.
func (m *Meter) Left() time.Duration {
	allowed := m.limits.Time + time.Duration(m.clock.more.Load())
	wall := time.Since(m.clock.began) - m.clock.paused
	used := wall / m.clock.share
	if m.clock.thread != nil {
		used = max(m.clock.thread.time()-m.clock.spent-m.clock.pausedThread, wall/patience)
	}
	return allowed - used
}

// Pause stops the clock of a file while it waits for something that is not its
// own cost: a place among other files, or what is set up once for all of them. The
// clock goes on when resume is called.
func (m *Meter) Pause() (resume func()) {
	start := time.Now()
	thread := time.Duration(0)
	if m.clock.thread != nil {
		thread = m.clock.thread.time()
	}
	return func() {
		m.clock.paused += time.Since(start)
		if m.clock.thread != nil {
			m.clock.pausedThread += m.clock.thread.time() - thread
		}
	}
}
