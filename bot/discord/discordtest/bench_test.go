package discordtest_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

func TestMain(m *testing.M) {
	discordtest.AtOnce(4)
	os.Exit(m.Run())
}

// What the local Discord itself costs: 100 interactions at a time to a bot
// that defers and edits once, all in one process. Figures of a real bot hold
// at least this.
func BenchmarkInteractions(b *testing.B) {
	for name, spec := range map[string]string{"checked": "", "unchecked": discordtest.NoSpec} {
		b.Run(name, func(b *testing.B) {
			d := discordtest.New(b, discordtest.Options{Keep: 2000, Limits: []discordtest.Limit{}, Spec: spec})
			hand := newBot(b, d).registered()
			w, _ := hand.connect(nil)
			ctx, cancel := context.WithCancel(b.Context())
			var serving sync.WaitGroup
			serving.Go(func() {
				for ctx.Err() == nil {
					p, err := w.await(0, "INTERACTION_CREATE", 100*time.Millisecond)
					if err != nil {
						continue
					}
					serving.Go(func() {
						it := p["d"].(object)
						hand.callback(it, 5, nil)
						hand.do("PATCH", hand.webhook(it, "/messages/@original"), message(nil))
					})
				}
			})
			u, ch := d.User("user1"), d.Channel("general")
			b.ResetTimer()
			var asking sync.WaitGroup
			slots := make(chan struct{}, 100)
			for range b.N {
				slots <- struct{}{}
				asking.Go(func() {
					u.Slash(ch, "ask", discordtest.Args{"question": "?"}).
						Until(b.Context(), func(m discordtest.Message) bool { return m.Content != "" })
					<-slots
				})
			}
			asking.Wait()
			b.StopTimer()
			cancel()
			serving.Wait()
			all := d.Latencies()
			b.ReportMetric(discordtest.Quantile(all, 0.5).Seconds()*1000, "p50-ms")
			b.ReportMetric(discordtest.Quantile(all, 0.99).Seconds()*1000, "p99-ms")
		})
	}
}
