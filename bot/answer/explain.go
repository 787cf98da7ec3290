package answer

import (
	"fmt"
	"strings"

	"parley/retrieval"
)

// explainedCandidates is how many sentences an explanation shows.
const explainedCandidates = 6

var signalNames = [nSignals]string{
	sSupport: "support", sAgreement: "agreement", sNames: "names missing", sNumber: "numbers missing", sQuantity: "no quantity",
	sTime: "no time", sName: "no name", sLoose: "value elsewhere", sUnknown: "unknown name", sPremise: "not as presupposed",
}

// explain says how an answer came about, a line each.
func (e *Engine) explain(u *understood, ev *evidence) []string {
	lines := []string{"searched for: " + u.text}
	if u.ignored {
		lines[0] += " (an instruction was left out)"
	}
	if len(u.context) > 0 {
		lines = append(lines, fmt.Sprintf("from the conversation, at %.2g: %s", u.boost, strings.Join(u.context, " / ")))
	}
	lines = append(lines, "expects: "+ev.kind.String())
	for _, t := range ev.terms {
		lines = append(lines, e.explainTerm(t))
	}
	var parts []string
	for i, v := range e.signals(ev) {
		if v != 0 {
			parts = append(parts, fmt.Sprintf("%s %.2f", signalNames[i], v))
		}
	}
	lines = append(lines, "signals: "+strings.Join(parts, ", "))
	for _, c := range ev.candidates[:min(explainedCandidates, len(ev.candidates))] {
		a := &e.fwd.Corpus.Articles[e.article(c)]
		lines = append(lines, fmt.Sprintf("%6.2f covers %.2f, with surroundings %.2f: %s (%s)",
			c.score, c.features[fCoverage], c.features[fSurroundings], clip(e.text(c), 100), label(a)))
	}
	return lines
}

func (e *Engine) explainTerm(t retrieval.Term) string {
	line := fmt.Sprintf("term %s, weight %.2f", t.Word, t.Weight)
	var spelt, related []string
	for _, v := range t.Variants {
		if v.Kind == retrieval.Spelling {
			spelt = append(spelt, e.fwd.Terms[v.ID])
		} else {
			related = append(related, e.fwd.Terms[v.ID])
		}
	}
	switch {
	case t.Corrected:
		line += ", not in the articles, read as " + strings.Join(spelt, ", ")
	case t.ID < 0:
		line += ", not in the articles"
	case len(spelt) > 0:
		line += ", also spelt " + strings.Join(spelt, ", ")
	}
	if len(related) > 0 {
		line += ", related " + strings.Join(related, ", ")
	}
	return line
}
