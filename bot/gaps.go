package bot

import (
	"context"
	"time"

	"parley/bot/manage"
	"parley/bot/phrases"
)

const (
	// maxGroups bounds the gaps shown.
	maxGroups = 15
	// maxGapDays bounds how far back it goes.
	maxGapDays = 3650
)

// gaps shows what could not be answered, the most frequent first.
func (j *job) gaps(ctx context.Context) (*Reply, error) {
	days := j.Days
	if days <= 0 {
		days = j.opts.GapDays
	}
	days = min(days, maxGapDays)
	groups, err := manage.Gaps(ctx, j.store, time.Now().AddDate(0, 0, -days))
	if err != nil {
		return nil, err
	}
	r := &Reply{Outcome: Told, Private: true}
	if len(groups) == 0 {
		r.Blocks = paragraphs(j.say.Say("gaps.none", phrases.Args{"Days": days}))
		return r, nil
	}
	r.Title = j.say.Say("gaps.title", phrases.Args{"Days": days})
	for _, g := range groups[:min(maxGroups, len(groups))] {
		count := j.say.Say("gaps.count", phrases.Args{"Refused": g.Refused, "Unhelpful": g.Unhelpful})
		r.Blocks = append(r.Blocks, Block{Style: Bullet, Spans: []Span{{Text: shorten(g.Question, maxReason), Bold: true}, {Text: "– " + count}}})
		if g.Reason != "" {
			r.Blocks = append(r.Blocks, plain(Note, j.say.Say("gaps.reason", phrases.Args{"Text": shorten(g.Reason, maxReason)})))
		}
	}
	if more := len(groups) - maxGroups; more > 0 {
		r.Blocks = append(r.Blocks, plain(Note, j.say.Say("reload.more", phrases.Args{"N": more})))
	}
	return r, nil
}
