package eval

import (
	"context"
	"fmt"
	"slices"

	"parley/bot/answer"
	"parley/bot/wire"
)

// Claim is one line of a file of claims. Further keys are ignored.
type Claim struct {
	ID       string   `json:"id"`
	Text     string   `json:"claim"`
	Label    string   `json:"label"`    // supported, contradicted or not_stated
	Evidence []string `json:"evidence"` // the sentences that decide
}

// Checker checks a statement.
type Checker interface {
	Claim(ctx context.Context, text string) (*answer.Check, error)
}

// Check checks every claim and returns the figures over them.
func Check(ctx context.Context, claims []Claim, checker Checker) (Figures, error) {
	var right, falsely, found mean
	counts := map[string]*[3]float64{"supported": {}, "contradicted": {}} // said, gold, both
	for i := range claims {
		c := &claims[i]
		got, err := checker.Claim(ctx, c.Text)
		if err != nil {
			return Figures{}, fmt.Errorf("check claim %s: %w", c.ID, err)
		}
		said := wire.Verdict(got)
		right.count(said == c.Label)
		if c.Label != "supported" {
			falsely.count(said == "supported")
		}
		if c.Label != "not_stated" {
			g := Gold{Evidence: c.Evidence}
			found.count(said == c.Label && slices.ContainsFunc(got.Citations, func(x answer.Citation) bool { return citesGold(&g, []answer.Citation{x}) }))
		}
		for label, n := range counts {
			if said == label {
				n[0]++
			}
			if c.Label == label {
				n[1]++
			}
			if said == label && c.Label == label {
				n[2]++
			}
		}
	}
	f1 := func(label string) float64 {
		n := counts[label]
		return 2 * n[2] / max(1, n[0]+n[1])
	}
	return Figures{Questions: len(claims), Values: []Figure{
		{"accuracy", right.value()},
		{"supported_f1", f1("supported")},
		{"contradicted_f1", f1("contradicted")},
		{"false_support", falsely.value()},
		{"found", found.value()},
	}}, nil
}
