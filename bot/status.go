package bot

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"parley/bot/phrases"
	"parley/retrieval/library"
)

// status says how the bot is.
func (j *job) status(ctx context.Context) (*Reply, error) {
	stored, err := j.store.Counts(ctx)
	if err != nil {
		return nil, err
	}
	snapshot := j.on.snapshot
	lines := []string{j.say.Say("status.articles", phrases.Args{"Articles": len(snapshot.Corpus.Articles), "Passages": len(snapshot.Corpus.Passages)})}
	if oldest, newest, ok := j.dates(); ok {
		lines = append(lines, j.say.Say("status.dates", phrases.Args{"Oldest": j.say.Date(oldest), "Newest": j.say.Date(newest)}))
	} else {
		lines = append(lines, j.say.Say("status.undated", nil))
	}
	vectors := j.opts.Library.Vectors()
	model := vectors.Model
	if model == "" {
		model = j.say.Say("status.no_vectors", nil)
	}
	lines = append(lines, j.say.Say("status.engine", phrases.Args{"Engine": j.opts.EngineName, "Model": model}))
	if line := j.standIn(vectors); line != "" {
		lines = append(lines, line)
	}
	models, err := j.models(ctx)
	if err != nil {
		return nil, err
	}
	lines = append(lines, models...)
	if last := j.loading.latest(); !last.at.IsZero() {
		lines = append(lines, j.say.Say("status.reloaded", phrases.Args{
			"Ago": j.say.Span(time.Since(last.at)), "Name": j.who(last.who), "Took": took(last.took),
		}))
	}
	served, declined := j.counts.served.Load(), j.counts.declined.Load()
	share := 0.0
	if served > 0 {
		share = math.Round(100 * float64(declined) / float64(served))
	}
	lines = append(lines,
		j.say.Say("status.process", phrases.Args{"Memory": memory(), "Uptime": j.say.Span(time.Since(j.started))}),
		j.say.Say("status.questions", phrases.Args{
			"Served": served, "Declined": declined, "Share": share, "Cached": j.counts.cached.Load(), "Waiting": j.queue.waiting.Load(),
		}))
	args := phrases.Args{"States": stored.States, "Votes": stored.Votes, "Refused": stored.Refused}
	switch {
	case j.store.OnDisk():
		lines = append(lines, j.say.Say("status.store_disk", args))
	case j.noFolder != nil:
		args["Why"] = j.say.Say("status.bad_folder", nil)
		lines = append(lines, j.say.Say("status.store_memory", args))
	default:
		args["Why"] = j.say.Say("status.no_folder", nil)
		lines = append(lines, j.say.Say("status.store_memory", args))
	}
	r := &Reply{Outcome: Told, Private: true, Title: j.say.Say("status.title", nil)}
	for _, line := range lines {
		r.Blocks = append(r.Blocks, plain(Bullet, line))
	}
	return r, nil
}

// standIn says what stands in for the embedder, since when and why; empty while
// nothing does.
func (j *job) standIn(v library.Vectors) string {
	if v.Since.IsZero() {
		return ""
	}
	why := ""
	switch v.Why {
	case library.Failing:
		why = j.say.Say("status.why_failing", nil)
	case library.Slow:
		why = j.say.Say("status.why_slow", nil)
	case library.Unfit:
		why = j.say.Say("status.why_unfit", nil)
	case library.Embedding, library.Nothing: // the number below says it
	}
	if v.Missing > 0 {
		why += " " + j.say.Say("status.why_embedding", phrases.Args{"Missing": v.Missing, "Total": v.Total})
	}
	standIn := v.StandIn
	if standIn == "" {
		standIn = j.say.Say("status.words_alone", nil)
	}
	return j.say.Say("status.standing_in", phrases.Args{
		"Model": v.Model, "Ago": j.say.Span(time.Since(v.Since)), "StandIn": standIn, "Why": strings.TrimSpace(why),
	})
}

// dates are those of the oldest and the newest article that has one.
func (j *job) dates() (oldest, newest time.Time, ok bool) {
	for i := range j.on.snapshot.Corpus.Articles {
		d := j.on.snapshot.Corpus.Articles[i].Date()
		if d.IsZero() {
			continue
		}
		if oldest.IsZero() || d.Before(oldest) {
			oldest = d
		}
		if d.After(newest) {
			newest = d
		}
	}
	return oldest, newest, !oldest.IsZero()
}

// memory is what the process holds: on Linux its resident set, elsewhere what
// the Go runtime has of the system, which lacks SQLite's part.
func memory() string {
	var size, resident uint64
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		if _, err := fmt.Sscan(string(data), &size, &resident); err == nil {
			return mebibytes(resident * uint64(os.Getpagesize()))
		}
	}
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return mebibytes(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}

func mebibytes(n uint64) string { return strconv.FormatUint(n>>20, 10) + " MiB" }
