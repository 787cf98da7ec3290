package openai

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"parley/bot/answer"
)

// vainFor is how long nothing is found out about a refusal that was no part's
// fault. A judgement: an endpoint that is ill is asked once more a minute.
const vainFor = time.Minute

// discovery finds out which parts of a request an endpoint takes.
type discovery struct {
	one chan struct{} // one at a time: the next caller takes what the one before has found

	mu    sync.Mutex
	until time.Time // nothing is found out
}

func newDiscovery() *discovery { return &discovery{one: make(chan struct{}, 1)} }

func (d *discovery) inVain() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Now().Before(d.until)
}

func (d *discovery) giveUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.until = time.Now().Add(vainFor)
}

// errHeard ends a request that was to find out whether it is taken.
var errHeard = errors.New("it is taken")

// discover finds out what an endpoint takes that has refused a request, whatever
// it has said: by a small request without all that can be left out, and one more
// for each part that is put back. It begins at floor, which was known before words
// were read into refusals. It reports whether something was found that the endpoint
// was not asked with.
func (c *Completer) discover(ctx context.Context, w *writing, asked, floor chatTraits, e *Error) (chatTraits, bool) {
	if !e.refusal() || c.discovery.inVain() {
		return asked, false
	}
	select {
	case c.discovery.one <- struct{}{}:
		defer func() { <-c.discovery.one }()
	case <-ctx.Done():
		return asked, false
	}
	if now := c.traits.get(); now != asked {
		return now, true // somebody else has found out
	}
	found := bare()
	if w.prompt.Schema == nil {
		found[traitFormat] = floor[traitFormat] // nothing can be said of it
	}
	if !c.thinks.get() {
		found[traitEffort] = floor[traitEffort] // nor of this
	}
	if taken, known := c.takes(ctx, w, found); !taken {
		if known {
			c.discovery.giveUp()
		}
		return asked, false
	}
	for part := range allTraits {
		for level := floor[part]; level < found[part]; level++ {
			with := found.with(part, level)
			taken, known := c.takes(ctx, w, with)
			if !known {
				return asked, false
			}
			if taken {
				found = with
			}
		}
	}
	if found == asked { // it is something in the messages
		c.discovery.giveUp()
		return asked, false
	}
	c.traits.update(func(chatTraits) chatTraits { return found })
	c.dispatcher.log.LogAttrs(ctx, slog.LevelInfo, "endpoint was found to take less", slog.Any("error", e), slog.Any("left_out", found.lacks()))
	return found, true
}

// takes asks for next to nothing with some parts. It reports whether that is taken,
// and whether it can be told: an endpoint may be gone, or busy.
func (c *Completer) takes(ctx context.Context, w *writing, t chatTraits) (taken, known bool) {
	small := &answer.Prompt{
		System:    "You answer in JSON.",
		Messages:  []answer.Turn{{Role: userRole, Text: "Answer with yes, as JSON."}},
		Schema:    w.prompt.Schema,
		MaxTokens: w.prompt.MaxTokens,
	}
	probe := &writing{prompt: small, write: func(string) error { return nil }, most: w.most, probing: true}
	err := c.ask(ctx, probe, t)
	w.done.Usage.Add(probe.done.Usage)
	e, failed := errors.AsType[*Error](err)
	switch {
	case err == nil || isWrite(err), failed && e.Kind == KindProtocol && e.Status == 0:
		return true, true
	case failed && e.refusal():
		return false, true
	}
	return false, false
}

// lacks names what is left out, in words for an operator; nil for nothing.
func (t chatTraits) lacks() []string {
	names := [allTraits][]string{
		traitSystem:      {"the system role"},
		traitFormat:      {"json_schema", "response_format"},
		traitTemperature: {"a temperature of 0", "temperature"},
		traitEffort:      {"reasoning_effort"},
		traitLimit:       {"max_tokens", "max_tokens and max_completion_tokens"},
		traitStream:      {"stream"},
		traitUsage:       {"stream_options"},
	}
	var out []string
	for part, level := range t {
		if level > 0 {
			out = append(out, names[part][level-1])
		}
	}
	return out
}
