package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/bot/phrases"
	"parley/corpus"
	"parley/retrieval/library"
)

// loading is what is known about reloads.
type loading struct {
	mu   sync.Mutex
	who  string    // who started the one under way
	last lastLoad  // the last one that succeeded
	busy time.Time // since when one is under way; zero when none is
}

type lastLoad struct {
	at   time.Time
	who  string // empty for the system
	took time.Duration
}

// ReloadError is what [Bot.Reload] returns while another reload is under way.
type ReloadError struct {
	Since time.Time
	Who   string // empty for the system
}

func (e *ReloadError) Error() string {
	return "a reload has been under way since " + e.Since.Format(time.TimeOnly)
}

// Reload reads the articles again and makes them live. Requests being answered
// go on with those of before, which also stay when it fails. Who is told to those
// who want to reload meanwhile, and in the status; empty means the system.
// Progress may be nil.
func (b *Bot) Reload(ctx context.Context, who string, progress library.Progress) (report *library.Report, err error) {
	if err := b.loading.begin(who); err != nil {
		return nil, err
	}
	defer b.loading.end()
	// Files of all kinds are taken apart here, and a signal starts it, too, where
	// nobody else recovers.
	defer func() {
		if p := recover(); p != nil {
			report, err = nil, fmt.Errorf("reload articles: panic: %v\n%s", p, debug.Stack())
		}
	}()
	load := b.opts.Library.Reload
	if b.live.Load() == nil || !b.opts.Library.Vectors().Since.IsZero() {
		// Embedding everything takes long, and an embedder that is down even longer:
		// keepEmbedder does it while people are answered.
		load = b.opts.Library.ReloadAtOnce
	}
	if report, err = load(ctx, progress); err != nil {
		return nil, fmt.Errorf("reload articles: %w", err)
	}
	b.goLive()
	b.lookAfterEmbedder()
	b.loading.done(who, report.Took)
	b.log.Info("articles reloaded", "articles", len(report.Snapshot.Corpus.Articles), "added", len(report.Diff.Added),
		"changed", len(report.Diff.Changed), "removed", len(report.Diff.Removed), "refused", len(report.Snapshot.Reading.Refused), "took", report.Took)
	b.saveSnapshot(report)
	return report, nil
}

// saveSnapshot keeps what was costly for the next start.
func (b *Bot) saveSnapshot(r *library.Report) {
	fresh := r.State.Kind != library.Usable && r.State.Kind != library.Unchanged
	if b.opts.Data == "" || !fresh || r.Saved || r.Snapshot.Reading.Bytes < library.WorthSaving {
		return
	}
	if err := library.Save(b.opts.Data, r.Snapshot); err != nil {
		b.log.Warn("snapshot not saved", "error", err)
	}
}

func (l *loading) begin(who string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.busy.IsZero() {
		return &ReloadError{Since: l.busy, Who: l.who}
	}
	l.busy, l.who = time.Now(), who
	return nil
}

func (l *loading) done(who string, took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = lastLoad{at: time.Now(), who: who, took: took}
}

func (l *loading) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = time.Time{}
}

func (l *loading) latest() lastLoad {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// who is a name for people: of a user, else of the system.
func (j *job) who(name string) string {
	if name == "" {
		return j.say.Say("reload.signal", nil)
	}
	return shorten(name, maxTitle)
}

// reload reads the articles again, showing how far it is.
func (j *job) reload(ctx context.Context) *Reply {
	name := j.User.Name
	if name == "" {
		name = j.User.ID
	}
	before := j.on
	j.progress(&Reply{Blocks: paragraphs(j.say.Say("reload.working", nil))})
	report, err := j.Reload(ctx, name, j.stage)
	if busy, ok := errors.AsType[*ReloadError](err); ok {
		return j.refuse("reload.busy", phrases.Args{"Took": j.say.Span(time.Since(busy.Since)), "Name": j.who(busy.Who)})
	}
	if err != nil {
		j.log.Error("reload failed", "request", j.ID, "error", err)
		r := j.tell(j.say.Say("reload.failed", phrases.Args{"ID": j.ID}))
		r.Outcome = Failed
		return r
	}
	return j.reloaded(before, report)
}

// stage shows one step of a reload.
func (j *job) stage(stage string, done, total int) {
	key := "stage." + strings.ReplaceAll(stage, " ", "_")
	name := j.say.Say(key, nil)
	switch {
	case name == key:
		name = j.say.Say("reload.working", nil)
	case total > 0:
		name = j.say.Say("reload.stage", phrases.Args{"Stage": name, "Done": done, "Total": total})
	}
	j.progress(&Reply{Blocks: paragraphs(j.say.Say("reload.working", nil), name)})
}

// maxListed bounds each list in the report of a reload; maxReason a line of it,
// in runes.
const (
	maxListed = 8
	maxReason = 200
)

// reloaded says what a reload did.
func (j *job) reloaded(before *live, report *library.Report) *Reply {
	r := j.tell(j.say.Say("reload.done", phrases.Args{"Took": took(report.Took)}))
	reading := report.Snapshot.Reading
	var similar []string
	for _, d := range reading.Duplicates {
		if d.Kind == corpus.Near {
			similar = append(similar, d.ID+" ~ "+d.Of)
		}
	}
	var refused []string
	for _, f := range reading.Refused {
		refused = append(refused, f.String())
	}
	old := report.Snapshot.Corpus
	if before != nil {
		old = before.snapshot.Corpus
	}
	if line := j.standIn(j.opts.Library.Vectors()); line != "" {
		r.Blocks = append(r.Blocks, plain(Paragraph, line))
	}
	if report.Diff.Empty() {
		r.Blocks = append(r.Blocks, plain(Paragraph, j.say.Say("reload.same", nil)))
	}
	j.part(r, "reload.added", titles(report.Snapshot.Corpus, report.Diff.Added))
	j.part(r, "reload.changed", titles(report.Snapshot.Corpus, report.Diff.Changed))
	j.part(r, "reload.removed", titles(old, report.Diff.Removed))
	j.part(r, "reload.refused", refused)
	j.part(r, "reload.similar", similar)
	if report.Diff.Same > 0 {
		r.Blocks = append(r.Blocks, plain(Note, j.say.Say("reload.unchanged", phrases.Args{"N": report.Diff.Same})))
	}
	return r
}

// part adds a list to a report, unless it is empty.
func (j *job) part(r *Reply, key string, lines []string) {
	if len(lines) == 0 {
		return
	}
	r.Blocks = append(r.Blocks, plain(Heading, j.say.Say(key, phrases.Args{"N": len(lines)})))
	for _, line := range lines[:min(maxListed, len(lines))] {
		r.Blocks = append(r.Blocks, plain(Bullet, shorten(line, maxReason)))
	}
	if more := len(lines) - maxListed; more > 0 {
		r.Blocks = append(r.Blocks, plain(Note, j.say.Say("reload.more", phrases.Args{"N": more})))
	}
}

// titles names articles by title and ID.
func titles(c *corpus.Corpus, ids []string) []string {
	var out []string
	for _, id := range ids {
		line := id
		if i, ok := c.Lookup(id); ok && c.Articles[i].Title != "" {
			line = shorten(c.Articles[i].Title, maxTitle) + " (" + id + ")"
		}
		out = append(out, line)
	}
	return out
}

// took writes a short time as people read it.
func took(d time.Duration) string {
	if d >= time.Second {
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return strconv.FormatInt(max(d.Round(time.Millisecond), time.Millisecond).Milliseconds(), 10) + " ms"
}
