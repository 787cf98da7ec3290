package quantity

import "math"

// number adds up "two hundred and ten", "1.5bn", "three and a half", "half a million".
func (r *reader) number(m match) (token, bool) {
	t := r.tokens[m.at]
	total, group, step := 0.0, 0.0, t.step
	for i := m.at; i < m.end; i++ {
		switch w := r.tokens[i]; {
		case w.class == 'k' && w.low == 100:
			group *= w.low
		case w.class == 'k':
			if step == 0 && w.low >= 1e6 {
				step = 0.5
			}
			total, group, step = total+group*w.low, 0, step*w.low
		case w.class == 'q':
			group, step = group+w.low, 0.25
		case w.class != 'a' || i == m.at && r.at(i+1).class != 'q':
			group += w.low
		}
	}
	if t.low, t.step = total+group, step; step == 0 {
		t.step = roundStep(t.low)
	}
	t.high = t.low
	if m.end > m.at+1 || t.class == 'c' || t.class == 'z' {
		t.class, t.plain = number, false
	}
	return t, true
}

// roundStep is half the last digit that a whole number says: at least its first
// two digits are meant, zeros behind them may be rounding.
func roundStep(value float64) float64 {
	step := 1.0
	for step*100 <= value && math.Mod(value, step*10) == 0 {
		step *= 10
	}
	return step / 2
}

// vague reads "hundreds" and "tens of thousands": two to ten of the scale. A judgement.
func (r *reader) vague(m match) (token, bool) {
	scale := r.get(m, 'K').low * max(r.get(m, 'k').low, 1)
	return token{class: vague, low: 2 * scale, high: 10 * scale, step: scale / 2}, scale > 10
}

// part reads a part of a whole: "two-thirds", "a fifth of", "nearly a quarter".
func (r *reader) part(m match) (token, bool) {
	n, whole, before, behind := r.tokens[m.at], r.tokens[m.end-1], r.at(m.at-1), r.at(m.end)
	f := n.low / whole.low
	rank := n.low == 1 && m.end == m.at+2 && behind.class != 'O' && before.class != 'h' && before.word != "by" // "a third man"
	return token{class: share, low: f, high: f, step: f / 4}, f > 0 && f < 1 && whole.low > 2 && !rank
}
