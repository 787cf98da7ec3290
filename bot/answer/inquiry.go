package answer

import (
	"context"
	"fmt"

	"parley/retrieval"
)

// inquiry is what was found for a question.
type inquiry struct {
	hits       []retrieval.Hit
	evidence   *evidence
	confidence float64
}

// standsAlone is the confidence from which a question that can stand alone is
// answered whatever was said before. Of .65, .7, .75, .8 and .85 it has the
// highest AUROC on mtragun (.734; .729 without the rule). That set has no changes
// of subject, which the rule is for.
const standsAlone = 0.8

// inquire searches for a question and gathers the evidence. What was said before
// helps to tell whether the articles answer a question. It does not choose the
// sentences of an answer to one that can stand alone and has enough so: the
// other side of a dispute need not be about what was said before.
func (e *Engine) inquire(ctx context.Context, u *understood, q Question) (*inquiry, error) {
	in, err := e.gatherFor(ctx, u, q)
	if err != nil || len(u.context) == 0 || u.dependent {
		return in, err
	}
	bare := *u
	bare.context = nil
	own, err := e.gatherFor(ctx, &bare, q)
	if err != nil {
		return nil, err
	}
	switch {
	case in.confidence < standsAlone && own.confidence >= standsAlone:
		return own, nil
	case in.confidence >= e.opts.Threshold && own.confidence >= e.opts.Threshold:
		in.evidence = own.evidence
	}
	return in, nil
}

func (e *Engine) gatherFor(ctx context.Context, u *understood, q Question) (*inquiry, error) {
	res, err := e.search.Search(ctx, u.query(q, evidenceHits))
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	ev := e.gather(u, res)
	e.dropOrders(ev)
	return &inquiry{res.Hits, ev, e.confidence(ev)}, nil
}

// orderDepth is how many of the best sentences are looked at for orders: more
// than an answer is made of.
const orderDepth = 24

// dropOrders takes out the sentences that tell a bot what to do.
func (e *Engine) dropOrders(ev *evidence) {
	kept := ev.candidates[:0]
	for i, c := range ev.candidates {
		if i >= orderDepth || !e.isOrder(c.sentence) {
			kept = append(kept, c)
		}
	}
	ev.candidates = kept
}
