package cli

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// outcome is what became of one question.
type outcome struct {
	at     time.Time
	took   time.Duration
	quoted bool
}

// crowd asks one bot the question about the bonus, again and again.
type crowd struct {
	*modelBot
	t *testing.T

	mu       sync.Mutex
	outcomes []outcome
}

// ask asks the question of that number and waits for the answer.
func (c *crowd) ask(n int) outcome {
	began := time.Now()
	m := c.whole(c.t.Context(), fmt.Sprintf("user%d", n%40), bonusQuestion)
	text := m.Text()
	if !strings.Contains(text, "220 crowns") {
		c.t.Errorf("question %d: got %q", n, text)
	}
	o := outcome{began, time.Since(began), strings.Contains(text, quotedFailed)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.outcomes = append(c.outcomes, o)
	return o
}

// batch asks the questions of these numbers, eight at a time.
func (c *crowd) batch(from, to int) {
	const workers = 8
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Go(func() {
			for n := range next {
				c.ask(n)
			}
		})
	}
	for n := from; n < to; n++ {
		next <- n
	}
	close(next)
	wg.Wait()
}

// untilWritten asks one question after the other until the model writes the
// answer. It returns the number of the last one.
func (c *crowd) untilWritten(n int) int {
	for back := time.Now(); c.ask(n).quoted; n++ {
		if time.Since(back) > 40*time.Second {
			c.t.Fatal("the model is not used again")
		}
		time.Sleep(50 * time.Millisecond)
	}
	return n
}

// TestEndpointDiesAndComesBack guards a thousand questions while the endpoint of
// the model is away for a time: each is answered within the deadline, and the
// model is in use again soon after it is back. The breaker has its usual times.
// One article is enough: what is measured is the time that the endpoint costs,
// not that of reading.
func TestEndpointDiesAndComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	t.Parallel()
	b := newModelBot(t, strikeArticles+"/mail-deal.md", openaitest.Options{}, func(_ *Config, o *openai.Options) {
		o.Stall = 5 * time.Second
		o.Probe, o.ProbeMax, o.RetryFloor = openai.DefaultProbe, openai.DefaultProbeMax, openai.DefaultRetryFloor
	})
	b.answers(func(r openaitest.Request) openaitest.Script {
		return openaitest.Script{Text: readSheet(r).object(written{bonusSentence, []string{bonusSentence}})}
	})
	const questions = 1000
	c := &crowd{modelBot: b, t: t}
	c.batch(0, 400)
	b.server.Die()
	died := time.Now()
	failuresBefore := len(c.outcomes)
	for n := range 3 { // one after the other, to see how many it takes
		c.ask(400 + n)
	}
	open := b.client.State().Chat.Breaker.Open
	c.batch(403, 700)
	away := time.Since(died)
	if away < 6*time.Second { // the first probe fails
		time.Sleep(6*time.Second - away)
	}
	b.server.Reopen()
	back := time.Now()
	n := c.untilWritten(700)
	recovered := time.Since(back)
	c.batch(n+1, max(questions, n+100))
	worst := slices.MaxFunc(c.outcomes, func(a, b outcome) int { return int(a.took - b.took) }).took
	quoted := 0
	for i, o := range c.outcomes {
		quoted += map[bool]int{true: 1}[o.quoted]
		if i < failuresBefore && o.quoted {
			t.Error("quoted although the endpoint was there")
		}
	}
	t.Logf("%d questions, %d of them quoted, the longest took %v, the breaker open after three: %v, the model in use again %v after it was back", len(c.outcomes), quoted, worst, open, recovered)
	if !open {
		t.Error("the breaker is not open after three failures")
	}
	if worst > modelSeconds*time.Second {
		t.Errorf("a question took %v, the deadline is %d s", worst, modelSeconds)
	}
	if recovered > 30*time.Second {
		t.Errorf("the model was used again after %v, want 30 s", recovered)
	}
}
