package manage

import (
	"context"
	"fmt"
	"os"
	"runtime/metrics"
	"time"

	"parley/bot/store"
)

// Model is how a model is that the engine asks.
type Model struct {
	Name   string
	Embeds bool // it makes vectors; else it writes
	Down   bool
	Since  time.Time // when Down
	Why    string    // when Down: a fixed sentence
}

// Status is how the process is and what it has stored.
type Status struct {
	Memory uint64 // bytes
	Stored store.Counts
	OnDisk bool        // what is stored outlives the process
	Spent  store.Spent // what models have taken today
}

// Look says how the process is and what is in its store.
func Look(ctx context.Context, s *store.Store) (Status, error) {
	out := Status{Memory: memory(), OnDisk: s.OnDisk()}
	_, out.Spent = s.Spending("", time.Now())
	var err error
	out.Stored, err = s.Counts(ctx)
	return out, err
}

// memory is the bytes that the process has: on Linux its resident set, elsewhere
// what the Go runtime has of the system, which lacks SQLite's part.
func memory() uint64 {
	var size, resident uint64
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		if _, err := fmt.Sscan(string(data), &size, &resident); err == nil {
			return resident * uint64(os.Getpagesize())
		}
	}
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
