package bot

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"parley/bot/limits"
)

// BenchmarkAsk is a whole question, with storing what its buttons need, asked on
// all cores and never from the cache.
func BenchmarkAsk(b *testing.B) {
	bot := newBot(b, Options{Data: b.TempDir(), Repeat: time.Nanosecond, Quotas: limits.Quotas{PerUser: -1, PerChannel: -1, PerServer: -1}})
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if r := bot.Handle(b.Context(), Request{Kind: Ask, User: User{ID: strconv.Itoa(i)}, Place: server, Text: durations}); !r.HasAnswer() {
				b.Errorf("got %s %q", r.Outcome, texts(r))
			}
		}
	})
}

// maxGrowth is what memory may grow by in TestMemory. What is bounded is full
// before; 5,000 states of 5 KB would be 25 MB.
const maxGrowth = 4 << 20

// TestMemory guards that nothing is kept of requests for ever: the process has no
// more memory after many than after some. It measures the Go heap; the rows in
// memory are bounded by TestPruneKeepsTheNewest of package store.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests take long")
	}
	b := newBot(t, Options{})
	questions := []string{durations, "What did Dmitriev write on X?", "Who met Putin?", "Who is the president of China?", "When did the talks start?"}
	ask := func(from, to int) uint64 {
		for i := from; i < to; i++ {
			u := User{ID: strconv.Itoa(i % 1500)}
			r := b.Handle(t.Context(), Request{Kind: Ask, User: u, Place: Place{Guild: strconv.Itoa(i % 40), Channel: fmt.Sprint(i % 300)}, Text: questions[i%len(questions)]})
			for _, button := range r.Buttons {
				b.Handle(t.Context(), Request{Kind: Press, User: u, Place: server, Action: button.Action})
			}
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := ask(0, 1500)
	after := ask(1500, 5000)
	if after > before+maxGrowth {
		t.Errorf("memory grew from %d to %d KiB", before>>10, after>>10)
	}
	t.Logf("%d KiB, then %d KiB", before>>10, after>>10)
}
