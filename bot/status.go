package bot

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"parley/bot/manage"
	"parley/bot/phrases"
	"parley/bot/store"
	"parley/retrieval/library"
)

// status says how the bot is.
func (j *job) status(ctx context.Context) (*Reply, error) {
	now, err := manage.Look(ctx, j.store)
	if err != nil {
		return nil, err
	}
	lines := j.articleLines()
	lines = append(lines, j.modelLines(now.Spent)...)
	if last := j.keeper.LastReload(); !last.At.IsZero() {
		lines = append(lines, j.say.Say("status.reloaded", phrases.Args{
			"Ago": j.say.Span(time.Since(last.At)), "Name": j.who(last.Who), "Took": took(last.Took),
		}))
	}
	served, declined := j.counts.served.Load(), j.counts.declined.Load()
	share := 0.0
	if served > 0 {
		share = math.Round(100 * float64(declined) / float64(served))
	}
	lines = append(lines,
		j.say.Say("status.process", phrases.Args{"Memory": mebibytes(now.Memory), "Uptime": j.say.Span(time.Since(j.started))}),
		j.say.Say("status.questions", phrases.Args{
			"Served": served, "Declined": declined, "Share": share, "Cached": j.counts.cached.Load(), "Waiting": j.queue.Waiting(),
		}),
		j.storeLine(now))
	r := &Reply{Outcome: Told, Private: true, Title: j.say.Say("status.title", nil)}
	for _, line := range lines {
		r.Blocks = append(r.Blocks, plain(Bullet, line))
	}
	return r, nil
}

// articleLines are the lines of the status about the articles and what ranks them.
func (j *job) articleLines() []string {
	c := j.on.snapshot.Corpus
	lines := []string{j.say.Say("status.articles", phrases.Args{"Articles": len(c.Articles), "Passages": len(c.Passages)})}
	if oldest, newest, ok := j.on.catalogue.Dates(); ok {
		lines = append(lines, j.say.Say("status.dates", phrases.Args{"Oldest": j.say.Date(oldest), "Newest": j.say.Date(newest)}))
	} else {
		lines = append(lines, j.say.Say("status.undated", nil))
	}
	vectors := j.keeper.Vectors()
	model := vectors.Model
	if model == "" {
		model = j.say.Say("status.no_vectors", nil)
	}
	lines = append(lines, j.say.Say("status.engine", phrases.Args{"Engine": j.opts.engineName(), "Model": model}))
	if line := j.standIn(vectors); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// modelLines are the lines of the status about models, where there are any.
func (j *job) modelLines(spent store.Spent) []string {
	if j.opts.Models == nil {
		return nil
	}
	var lines []string
	for _, m := range j.opts.Models() {
		part := "status.chat"
		if m.Embeds {
			part = "status.embeddings"
		}
		args := phrases.Args{"Part": j.say.Say(part, nil), "Model": m.Name}
		key := "status.model"
		if m.Down {
			key = "status.model_down"
			args["Ago"], args["Why"] = j.say.Span(time.Since(m.Since)), m.Why
		}
		lines = append(lines, j.say.Say(key, args))
	}
	args := phrases.Args{"Tokens": spent.Tokens, "Cost": strconv.FormatFloat(spent.Cost, 'f', 4, 64)}
	key := "status.spent"
	switch b := j.opts.Budget; {
	case b.Tokens > 0:
		key, args["Budget"] = "status.spent_of", b.Tokens
	case b.Cost > 0:
		key, args["Budget"] = "status.spent_of", strconv.FormatFloat(b.Cost, 'f', 2, 64)
	}
	return append(lines, j.say.Say(key, args))
}

// storeLine says what is stored and where.
func (j *job) storeLine(now manage.Status) string {
	args := phrases.Args{"States": now.Stored.States, "Votes": now.Stored.Votes, "Refused": now.Stored.Refused}
	if now.OnDisk {
		return j.say.Say("status.store_disk", args)
	}
	args["Why"] = j.say.Say("status.no_folder", nil)
	if j.noFolder != nil {
		args["Why"] = j.say.Say("status.bad_folder", nil)
	}
	return j.say.Say("status.store_memory", args)
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

func mebibytes(n uint64) string { return strconv.FormatUint(n>>20, 10) + " MiB" }
