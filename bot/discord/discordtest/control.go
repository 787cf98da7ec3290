package discordtest

import (
	"context"
	"time"
)

// DropGateway closes all gateway connections with a close code, or by a reset
// when it is 0. After 4004 and 4010 to 4014 the bot must not come back.
func (d *Discord) DropGateway(code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.gateway.conns {
		if code != 0 {
			d.ends(c, code)
		}
		d.excuse(ackWithin)
		c.closeLater(code, "")
	}
}

// Op7 asks all connections to reconnect.
func (d *Discord) Op7() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.gateway.conns {
		c.send(opReconnect, nil)
		c.leaving = true
		d.excuse(ackWithin)
	}
}

// Op7First sends op 7 as the first packet after the next n IDENTIFYs or
// RESUMEs, in place of READY or RESUMED.
func (d *Discord) Op7First(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.op7First = n
}

// InvalidSession sends op 9 to all connections; their sessions end unless they
// are resumable.
func (d *Discord) InvalidSession(resumable bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.gateway.conns {
		if s := c.session; s != nil {
			if !resumable {
				s.end()
			}
			s.conn = nil
		}
		c.session = nil
		c.send(opInvalidSession, resumable)
	}
}

// RefuseSessions answers the next IDENTIFYs and RESUMEs with op 9, each with
// its value of resumable.
func (d *Discord) RefuseSessions(resumable ...bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.refuse = append(d.gateway.refuse, resumable...)
}

// WithholdAcks stops or restarts the acknowledging of heartbeats.
func (d *Discord) WithholdAcks(yes bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.noAcks = yes
}

// Silence makes the gateway send nothing at all, as when a connection is dead
// and nobody has noticed. Events wait for a RESUME.
func (d *Discord) Silence(yes bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.silent = yes
}

// AskHeartbeat sends op 1, which wants a heartbeat at once.
func (d *Discord) AskHeartbeat() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.gateway.conns {
		c.send(opHeartbeat, nil)
	}
}

// NewProcess tells that the test starts the bot anew: its IDENTIFY may come
// within 5 s of the last, and after a close code that was final. Sessions
// without a connection end, as nobody knows of them any more.
func (d *Discord) NewProcess() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.gateway.recent)
	clear(d.gateway.fatalClose)
	for _, s := range d.gateway.sessions {
		if s.conn == nil {
			s.end()
		}
	}
}

// Gateway is the state of the gateway.
type Gateway struct {
	Connections int // open now
	Ready       int // of them, with a session
	Opened      int // connections so far
	Identifies  int // in the last day
	Resumes     int
	Intents     int // of the newest session
}

// Gateway counts the bot's connections and sessions.
func (d *Discord) Gateway() Gateway {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gatewayState()
}

func (d *Discord) gatewayState() Gateway {
	g := &d.gateway
	out := Gateway{Connections: len(g.conns), Opened: g.opened, Identifies: len(g.identified), Resumes: g.resumes}
	for c := range g.conns {
		if c.session != nil && !c.leaving {
			out.Ready++
		}
	}
	if len(g.order) > 0 {
		out.Intents = g.sessions[g.order[len(g.order)-1]].intents
	}
	return out
}

// AwaitGateway waits until ok holds for the gateway's state. It fails the test
// when ctx ends before.
func (d *Discord) AwaitGateway(ctx context.Context, ok func(Gateway) bool) bool {
	d.tb.Helper()
	if err := d.await(ctx, &d.changed, func() bool { return ok(d.gatewayState()) }); err != nil {
		d.tb.Errorf("discordtest: the gateway came to %+v: %v", d.Gateway(), err)
		return false
	}
	return true
}

// AwaitReady waits until the bot has a session on n connections and its
// commands are registered, with any number of commands. It fails the test when
// ctx ends before.
func (d *Discord) AwaitReady(ctx context.Context, n int) bool {
	d.tb.Helper()
	err := d.await(ctx, &d.changed, func() bool { return d.gatewayState().Ready >= n && len(d.commands) > 0 })
	if err != nil {
		d.tb.Errorf("discordtest: bot not ready, %+v: %v", d.Gateway(), err)
	}
	return err == nil
}

// Eventually polls a condition every few milliseconds. It fails the test when
// ctx ends before it holds.
func (d *Discord) Eventually(ctx context.Context, what string, ok func() bool) bool {
	d.tb.Helper()
	const every = 5 * time.Millisecond
	tick := time.NewTicker(every)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			d.tb.Errorf("discordtest: %s: %v", what, ctx.Err())
			return false
		}
	}
	return true
}
