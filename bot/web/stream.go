package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"parley/bot"
)

const eventStream = "text/event-stream"

// pingTime is after how long of silence a line without a meaning is sent: what stands
// between here and a browser hangs up on those who say nothing.
const pingTime = 10 * time.Second

// events writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
type events struct {
	mu sync.Mutex // guards w
	w  http.ResponseWriter

	stop func()
}

// newEvents begins a stream, which end ends.
func newEvents(w http.ResponseWriter) *events {
	w.Header().Set("Content-Type", eventStream)
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	e := &events{w: w}
	ctx, cancel := context.WithCancel(context.Background())
	var pinging sync.WaitGroup
	pinging.Go(func() {
		tick := time.NewTicker(pingTime)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				e.write(":\n\n")
			}
		}
	})
	e.stop = func() {
		cancel()
		pinging.Wait()
	}
	return e
}

// send sends an event.
func (e *events) send(name, data string) {
	e.write("event: " + name + "\ndata: " + strings.ReplaceAll(strings.ReplaceAll(data, "\r", ""), "\n", "\ndata: ") + "\n\n")
}

func (e *events) write(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, err := e.w.Write([]byte(text)); err != nil { //nolint:gosec // the templates have escaped it
		return // who does not listen any more is noticed by the context
	}
	if f, ok := e.w.(http.Flusher); ok {
		f.Flush()
	}
}

// stream has the bot do something, and sends drafts, the reply, and what is added to
// it later: pieces of a page as the templates make them.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, q bot.Request) {
	e := newEvents(w)
	defer e.stop()
	below := 2 // the question, or the page's own title
	if q.Kind == bot.Forget || q.Kind == bot.Reload {
		below = 1
	}
	send := func(name string, reply *bot.Reply, template string) {
		text, err := s.part(template, newReplyView(reply, below))
		if err != nil {
			s.log.Error("page not made", "request", q.ID, "error", err)
			return
		}
		e.send(name, text)
	}
	q.Progress = func(draft *bot.Reply) { send("draft", draft, "reply") }
	reply := s.bot.Handle(r.Context(), q)
	send("reply", reply, "reply")
	after := context.WithoutCancel(r.Context())
	if reply.After != nil {
		reply.After(after)
	}
	if reply.Later != nil && r.Context().Err() == nil {
		if more := reply.Later(r.Context()); more != nil {
			send("more", more, "offers")
		}
	}
}
