package cli

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// unlimited asks for more than people do.
const unlimited = `
[bot]
questions_per_user = 0
questions_per_channel = 0
questions_per_server = 0
queue = 1000
`

var loadQuestions = []string{
	"How long did the Kremlin talks last?", "Who met Putin?", "What did Zelenskyy say?", "Where did the talks take place?",
	"What did Trump say about the meeting?", "What happened in the Black Sea?", "Who is the president of China?", "What is in the peace plan?",
}

// BenchmarkAcknowledgement measures how soon 100 questions in flight are
// acknowledged, and how many are answered a second. One operation is one
// question to a running parley serve over the built-in articles; the first 100,
// which come all at once to a process that has done nothing yet, are a figure of
// their own.
func BenchmarkAcknowledgement(b *testing.B) {
	d := discordtest.New(b, discordtest.Options{Keep: 2000})
	p := serveProcess(b, build(b), d, "[discord]\napi_url = \""+d.URL()+"\"\n"+unlimited)
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Minute)
	defer cancel()
	flood(ctx, d, 100, 100)
	burst := d.Latencies()
	b.ResetTimer()
	flood(ctx, d, b.N, 100)
	took := b.Elapsed()
	b.StopTimer()
	times := d.Latencies()[len(burst):]
	b.ReportMetric(float64(discordtest.Quantile(burst, 0.99).Microseconds())/1000, "first-100-p99-ms")
	b.ReportMetric(float64(discordtest.Quantile(times, 0.50).Microseconds())/1000, "ack-p50-ms")
	b.ReportMetric(float64(discordtest.Quantile(times, 0.99).Microseconds())/1000, "ack-p99-ms")
	b.ReportMetric(float64(b.N)/took.Seconds(), "answers/s")
	_ = p.end(b)
}

// flood asks n questions, so many at a time, each a text of its own so that no
// cache answers, and waits for the answers.
func flood(ctx context.Context, d *discordtest.Discord, n, atOnce int) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for i := range n {
		slots <- struct{}{}
		u := d.User(fmt.Sprintf("user%d", i%200))
		c := d.Channel(fmt.Sprintf("channel%d", i%20))
		it := u.Slash(c, "ask", discordtest.Args{"question": fmt.Sprintf("%s (%d)", loadQuestions[i%len(loadQuestions)], i)})
		wg.Go(func() {
			defer func() { <-slots }()
			it.Until(ctx, func(m discordtest.Message) bool { return !m.Loading && m.Exists() })
		})
	}
	wg.Wait()
}

// BenchmarkMemory measures how much the process has grown after 50,000
// interactions against after 1,000. Run it with -benchtime 1x.
func BenchmarkMemory(b *testing.B) {
	for range b.N {
		d := discordtest.New(b, discordtest.Options{Keep: 2000})
		p := serveProcess(b, build(b), d, "[discord]\napi_url = \""+d.URL()+"\"\n"+unlimited)
		ctx, cancel := context.WithTimeout(b.Context(), 30*time.Minute)
		flood(ctx, d, 1000, 20)
		first := p.memory(b)
		flood(ctx, d, 49_000, 20)
		last := p.memory(b)
		cancel()
		b.ReportMetric(float64(first)/1e6, "MB-after-1000")
		b.ReportMetric(float64(last)/1e6, "MB-after-50000")
		b.ReportMetric(float64(last-first)/1e6, "MB-grown")
		_ = p.end(b)
	}
}
