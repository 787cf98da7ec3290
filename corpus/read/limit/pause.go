package limit

import "time"

// Pause stops the clock of a file while it waits for something that is not its
// own cost: a place among other files, or what is set up once for all of them. The
// clock goes on when resume is called.
func (m *Meter) Pause() (resume func()) {
	start := time.Now()
	return func() { m.deadline = m.deadline.Add(time.Since(start)) }
}

// Deadline is when the file's time is over.
func (m *Meter) Deadline() time.Time { return m.deadline }
