package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"parley/bot/manage"
	"parley/bot/phrases"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/library"
)

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
	if busy, ok := errors.AsType[*manage.BusyError](err); ok {
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
		if d.Kind == read.Near {
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
	if line := j.standIn(j.keeper.Vectors()); line != "" {
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
