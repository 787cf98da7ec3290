package gateway

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"parley/bot/discord/sleep"
)

// identifyEvery is how far apart two turns to IDENTIFY with the same key are: Discord's
// 5 s, and some for what comes between a turn and its IDENTIFY: the connection and
// Discord's HELLO, which may take longer for one turn than for the next.
const identifyEvery = 5*time.Second + 750*time.Millisecond

// identifies gives out turns to IDENTIFY. How many are left is asked of Discord
// each time: it counts over restarts and over processes with the same token.
type identifies struct {
	start func(context.Context) (Start, error)
	turn  chan struct{} // full while what is left is divided

	mu   sync.Mutex
	keys map[int]*keyTurn
}

// keyTurn is taken by the shard of a key that is about to IDENTIFY.
type keyTurn struct {
	turn chan struct{} // full while it is taken
	last time.Time
}

func newIdentifies(start func(context.Context) (Start, error)) *identifies {
	return &identifies{start: start, turn: make(chan struct{}, 1), keys: map[int]*keyTurn{}}
}

// wait returns when a shard may IDENTIFY, with how long it waited to
// spare the day's allowance.
func (i *identifies) wait(ctx context.Context, shard int) (waited time.Duration, err error) {
	select {
	case i.turn <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	start, err := i.start(ctx)
	if err == nil {
		waited = spread(start)
		err = sleep.For(ctx, waited)
	}
	<-i.turn
	if err != nil {
		return waited, err
	}
	k := i.key(shard % max(start.MaxConcurrency, 1))
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return waited, ctx.Err()
	}
	defer func() { <-k.turn }()
	if err := sleep.For(ctx, identifyEvery-time.Since(k.last)); err != nil {
		return waited, err
	}
	k.last = time.Now()
	return waited, nil
}

func (i *identifies) key(n int) *keyTurn {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.keys[n] == nil {
		i.keys[n] = &keyTurn{turn: make(chan struct{}, 1)}
	}
	return i.keys[n]
}

// spread is the pause before the next IDENTIFY. The first half of a day's
// allowance is free; the second is divided evenly over what is left of the day,
// so that it never runs out: then Discord would reset the token.
func spread(s Start) time.Duration {
	switch {
	case s.Remaining <= 1:
		return s.ResetAfter + time.Second
	case s.Remaining*2 >= s.Total:
		return 0
	}
	return s.ResetAfter / time.Duration(s.Remaining-1)
}

const (
	// firstPause and longestPause bound the pause between attempts to connect. Judgements.
	firstPause   = time.Second
	longestPause = time.Minute
	// quickResumes is how often in a row a session goes on nearly at once: people
	// are waiting, and RESUME is free. After that something is wrong. A judgement.
	quickResumes = 3
)

// backoff counts the failures in a row. The zero value has seen none.
type backoff struct{ n, resumed int }

// next is the pause after one more failure.
func (b *backoff) next() time.Duration {
	d := min(firstPause<<min(b.n, 10), longestPause)
	b.n++
	return d/2 + rand.N(d)
}

// pause is the pause after the end of a connection: again says that the session
// goes on, invalid that Discord ended it by op 9, after which it wants 1 to 5 s.
func (b *backoff) pause(again, invalid bool) time.Duration {
	switch {
	case invalid:
		return max(b.next(), time.Second+rand.N(4*time.Second))
	case again && b.resumed < quickResumes:
		b.resumed++
		return rand.N(firstPause / 4)
	}
	return b.next()
}
