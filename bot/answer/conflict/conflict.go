// Package conflict tells in what way two accounts of one matter differ.
package conflict

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/evidence"
	"parley/bot/answer/quantity"
	"parley/bot/answer/reading"
	"parley/corpus"
)

// Dispute is a matter on which articles differ, one sentence for each account.
type Dispute struct {
	Kind  answer.Kind
	Sides []reading.Sentence // the earlier report first, where the later one supersedes it
}

// Find holds the first statement against its rivals. It returns at most one
// dispute: the accounts that differ most clearly.
func Find(c *corpus.Corpus, ev *evidence.Evidence) (Dispute, bool) {
	if len(ev.Rivals) == 0 {
		return Dispute{}, false
	}
	rivals := slices.Clone(ev.Rivals)
	slices.SortStableFunc(rivals, func(a, b evidence.Rival) int { return cmp.Compare(b.Relation.Differ, a.Relation.Differ) })
	first := ev.Statements[0].Main
	for _, r := range rivals {
		if kind, ok := between(c, first, r); ok {
			d := Dispute{Kind: kind, Sides: []reading.Sentence{first, r.Sentence}}
			if kind == answer.Superseded && date(c, first).After(date(c, r.Sentence)) {
				slices.Reverse(d.Sides)
			}
			return d, true
		}
	}
	return Dispute{}, false
}

func between(c *corpus.Corpus, a reading.Sentence, b evidence.Rival) (answer.Kind, bool) {
	rel := b.Relation.Values
	switch {
	case rel == quantity.Same:
		return "", false
	case rel == quantity.Compatible:
		return answer.Differing, true
	case updates(c, a, b.Sentence):
		return answer.Superseded, true
	case rel == quantity.Different:
		return answer.Figures, true
	}
	return answer.Disputed, true
}

// update matches words by which a report says that it tells a later state.
var update = regexp.MustCompile(`(?i)\b(?:now|revised|updated?|corrected|has (?:since )?(?:risen|climbed|grown|fallen|dropped)|ha[sd] earlier|earlier (?:said|reported|put)|previously|since then|no longer|latest|(?:ris(?:en|es)|rose|climbed|grown|fallen|fell|dropped) to|(?:up|down) from|postponed|rescheduled|replac(?:ed|es|ing)|succeed(?:ed|s|ing))\b`)

// updates reports whether the later of two reports, of different days, says that
// it tells a later state.
func updates(c *corpus.Corpus, a, b reading.Sentence) bool {
	da, db := date(c, a), date(c, b)
	if da.IsZero() || db.IsZero() || da.Equal(db) {
		return false
	}
	later := a
	if db.After(da) {
		later = b
	}
	return update.MatchString(c.SentenceText(later.Number))
}

func date(c *corpus.Corpus, s reading.Sentence) time.Time { return c.Articles[s.Article].Date() }
