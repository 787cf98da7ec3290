package cli

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// What people may wait longer than the model itself takes: for the first
// sentence after the model has finished it, and for the whole answer, the
// ninety-ninth of a hundred.
const (
	firstSentence = 150 * time.Millisecond
	wholeAnswer   = 300 * time.Millisecond
)

// quietFlag says that nothing else runs on the machine: then times are held to
// their bounds. Beside other tests they only guard against gross slowness.
var quietFlag = flag.Bool("quiet", false, "hold times to their bounds: nothing else runs on this machine")

// busyFactor is what times may be beside other tests. A judgement: two processors
// then have half a dozen test programs.
const busyFactor = 8

// TestModelOverhead guards that verified answers are shown as quickly as they are
// written, with fifty at a time; the best of three rounds counts.
//
//	go test ./bot/cli -run ModelOverhead -v -quiet
func TestModelOverhead(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes everything slow: times mean nothing")
	}
	b := newModelBot(t, strikeArticles, openaitest.Options{}, patient)
	// The first sentence is complete with the first piece; the rest takes a while.
	b.answers(func(r openaitest.Request) openaitest.Script {
		const limited = "Night shifts are limited to nine hours under the deal."
		text := readSheet(r).object(written{bonusSentence, []string{bonusSentence}}, written{limited, []string{limited}})
		cut := strings.Index(text, `{"replaces":2`)
		return openaitest.Script{Pieces: []string{text[:cut], text[cut:]}, Wait: overheadWait, Pace: 700 * time.Millisecond}
	})
	mostFirst, mostWhole := firstSentence, wholeAnswer
	if !*quietFlag {
		mostFirst, mostWhole = busyFactor*firstSentence, busyFactor*wholeAnswer
	}
	var first, whole time.Duration
	for range 3 {
		first, whole = b.overhead(t)
		if first <= mostFirst && whole <= mostWhole {
			return
		}
	}
	t.Errorf("first sentence after %v, want %v; overhead %v, want %v", first, mostFirst, whole, mostWhole)
}

// patient gives models all the time that a busy machine may take.
func patient(c *Config, o *openai.Options) {
	c.OpenAI.AnswerSeconds = 60
	o.Timeout, o.Stall = time.Minute, 20*time.Second
}

// overheadWait is how long the model of TestModelOverhead takes for its first sentence.
const overheadWait = 100 * time.Millisecond

// overhead asks fifty questions at once. It returns the 99th percentiles of the
// time from when the model has finished its first sentence until it is shown, and
// of the time that an answer takes beyond the model's own.
func (b *modelBot) overhead(t *testing.T) (firstP99, wholeP99 time.Duration) {
	t.Helper()
	const people = 50
	before := len(b.server.Requests())
	asked := time.Now()
	got := make([]discordtest.Message, people)
	var wg sync.WaitGroup
	for i := range people {
		wg.Go(func() { got[i] = b.whole(t.Context(), fmt.Sprintf("user%d", i), bonusQuestion) })
	}
	wg.Wait()
	// Which request is whose does not show: all times are sorted.
	var began, ended, first, last []time.Time
	for _, r := range b.server.Requests()[before:] {
		began, ended = append(began, r.Began), append(ended, r.Ended)
	}
	for _, m := range got {
		if len(m.EditTimes) < 2 || !strings.Contains(m.Shown[0]+m.Shown[1], "220 crowns") || !strings.Contains(m.Content, "nine hours") {
			t.Fatalf("shown was %q, in %d edits", m.Shown, m.Edits)
		}
		first, last = append(first, m.EditTimes[0]), append(last, m.EditTimes[len(m.EditTimes)-1])
	}
	if len(began) != people {
		t.Fatalf("%d requests for %d questions", len(began), people)
	}
	for _, times := range [][]time.Time{began, ended, first, last} {
		slices.SortFunc(times, time.Time.Compare)
	}
	var firsts, wholes []time.Duration
	for i := range people {
		firsts = append(firsts, first[i].Sub(began[i].Add(overheadWait)))
		// Before the model is asked there is work, too.
		wholes = append(wholes, last[i].Sub(ended[i])+began[i].Sub(asked))
	}
	firstP99, wholeP99 = discordtest.Quantile(firsts, 0.99), discordtest.Quantile(wholes, 0.99)
	t.Logf("first sentence after the model had finished it: p50 %v, p99 %v; beyond the model's own time: p50 %v, p99 %v",
		discordtest.Quantile(firsts, 0.5), firstP99, discordtest.Quantile(wholes, 0.5), wholeP99)
	return firstP99, wholeP99
}
