package discordtest

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// Fault is something that goes wrong with requests of the bot. The first in
// the script that matches is used; without Status, Body, Reset and Lost a
// request is served as usual after Delay.
type Fault struct {
	Method string // "" = any
	// Path is the request's path without /api/vN: * stands for one element, a
	// last ** for all that follow. "" = any.
	Path  string
	Times int // how many requests; 0 = one, negative = until Calm

	Delay time.Duration // waited before anything else
	// Status answers with it instead of serving. 429 takes RetryAfter and Global.
	Status     int
	Code       int    // Discord's error code in the body
	Body       string // sent instead of Discord's error body, "" = Discord's
	RetryAfter time.Duration
	Global     bool
	Reset      bool // the connection is reset unserved
	Lost       bool // the request is served, then the connection is reset
	Garbage    bool // the request is served, the answer is 200 with a body that is no JSON
}

// faults is the script. Its own mutex lets a request wait without d.mu.
type faults struct {
	mu     sync.Mutex
	script []*Fault
	hits   int
}

// Fault adds to the script of faults.
func (d *Discord) Fault(f Fault) {
	d.faults.mu.Lock()
	defer d.faults.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	d.faults.script = append(d.faults.script, &f)
}

// Calm ends all faults.
func (d *Discord) Calm() {
	d.faults.mu.Lock()
	defer d.faults.mu.Unlock()
	d.faults.script = nil
}

// Faulted is how many requests a fault has met.
func (d *Discord) Faulted() int {
	d.faults.mu.Lock()
	defer d.faults.mu.Unlock()
	return d.faults.hits
}

// Storm429 answers the next n requests to a path (a pattern as in Fault) with
// 429 and the wait.
func (d *Discord) Storm429(path string, n int, wait time.Duration, global bool) {
	d.Fault(Fault{Path: path, Times: n, Status: http.StatusTooManyRequests, RetryAfter: wait, Global: global})
}

// next is the fault for a request, and uses it up.
func (f *faults) next(method, where string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.script {
		if fault.Method != "" && fault.Method != method || fault.Path != "" && !match(fault.Path, where) {
			continue
		}
		f.hits++
		if fault.Times > 0 {
			if fault.Times--; fault.Times == 0 {
				f.script = append(f.script[:i:i], f.script[i+1:]...)
			}
		}
		return *fault, true
	}
	return Fault{}, false
}

// reset breaks the connection so that the client reads ECONNRESET.
func reset(w http.ResponseWriter) {
	raw, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return // the connection is gone already
	}
	breakOff(raw)
}

func breakOff(raw net.Conn) {
	if tcp, ok := raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset instead of an orderly end
	}
	_ = raw.Close()
}
