package bot

import (
	"cmp"
	"context"
	"slices"
	"time"

	"parley/bot/phrases"
	"parley/bot/store"
	"parley/retrieval/analysis"
)

const (
	// sameGap is the overlap of content words (Jaccard) from which two questions
	// ask the same. A judgement.
	sameGap = 0.5
	// maxGaps bounds the questions that are grouped, the newest first, and
	// maxGroups the groups shown.
	maxGaps   = 3000
	maxGroups = 15
	// maxGapDays bounds how far back it goes.
	maxGapDays = 3650
)

// gap is questions that ask the same.
type gap struct {
	question           string // the newest of them
	words              map[string]bool
	refused, unhelpful int
	reason             string // the newest that was given
}

func (g *gap) count() int { return g.refused + g.unhelpful }

// gaps shows what could not be answered, the most frequent first.
func (j *job) gaps(ctx context.Context) (*Reply, error) {
	days := j.Days
	if days <= 0 {
		days = j.opts.GapDays
	}
	days = min(days, maxGapDays)
	var groups []*gap
	n := 0
	for g, err := range j.store.Gaps(ctx, time.Now().AddDate(0, 0, -days)) {
		if err != nil {
			return nil, err
		}
		if n++; n > maxGaps {
			break
		}
		groups = addGap(groups, g)
	}
	r := &Reply{Outcome: Told, Private: true}
	if len(groups) == 0 {
		r.Blocks = paragraphs(j.say.Say("gaps.none", phrases.Args{"Days": days}))
		return r, nil
	}
	slices.SortStableFunc(groups, func(a, b *gap) int { return cmp.Compare(b.count(), a.count()) })
	r.Title = j.say.Say("gaps.title", phrases.Args{"Days": days})
	for _, g := range groups[:min(maxGroups, len(groups))] {
		count := j.say.Say("gaps.count", phrases.Args{"Refused": g.refused, "Unhelpful": g.unhelpful})
		r.Blocks = append(r.Blocks, Block{Bullet, []Span{{Text: shorten(g.question, maxReason), Bold: true}, {Text: "– " + count}}})
		if g.reason != "" {
			r.Blocks = append(r.Blocks, plain(Note, j.say.Say("gaps.reason", phrases.Args{"Text": shorten(g.reason, maxReason)})))
		}
	}
	if more := len(groups) - maxGroups; more > 0 {
		r.Blocks = append(r.Blocks, plain(Note, j.say.Say("reload.more", phrases.Args{"N": more})))
	}
	return r, nil
}

// addGap puts a question into the group that asks the same, or a new one.
func addGap(groups []*gap, g store.Gap) []*gap {
	words := contentWords(g.Question)
	i := slices.IndexFunc(groups, func(o *gap) bool { return overlap(words, o.words) >= sameGap })
	if i < 0 {
		i = len(groups)
		groups = append(groups, &gap{question: g.Question, words: words})
	}
	if g.Unhelpful {
		groups[i].unhelpful++
	} else {
		groups[i].refused++
	}
	groups[i].reason = cmp.Or(groups[i].reason, g.Reason)
	return groups
}

// contentWords are the stems of a question's content words; of one without any,
// its words.
func contentWords(question string) map[string]bool {
	words, content := map[string]bool{}, map[string]bool{}
	for _, t := range analysis.Tokenize(question) {
		words[t.Word] = true
		if !analysis.IsStop(t.Word) {
			content[analysis.Stem(t.Word)] = true
		}
	}
	if len(content) == 0 {
		return words
	}
	return content
}

// overlap is the Jaccard index of two sets.
func overlap(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if union := len(a) + len(b) - both; union > 0 {
		return float64(both) / float64(union)
	}
	return 1
}
