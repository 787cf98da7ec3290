package quantity

import "math"

// Relation is how two values stand to each other as values of one thing.
type Relation int

// The relations.
const (
	Incomparable Relation = iota // of different kinds, units or nouns
	Same                         // equal within what is said
	Compatible                   // both can hold, though they say different things
	Different                    // cannot both be true of one thing
)

// Compare weighs two values as if they were said of one thing. It is symmetric. Two
// rates are compared for the same time.
func Compare(a, b Value) Relation {
	if a.Per > 0 && b.Per > 0 && a.Per != b.Per {
		a, b = a.each(), b.each()
	}
	gap := max(a.Low-b.High, b.Low-a.High)
	switch {
	case !ofOneThing(a, b):
		return Incomparable
	case a.Kind == Date:
		return compareDates(a, b)
	case a.Kind == Rank || a.Kind == Score:
		if a.Low == b.Low && a.High == b.High {
			return Same
		}
		return Different
	case max(a.Bound, b.Bound) > About:
		return compareSpans(a, b)
	case gap <= 0 || less(gap, max(a.Precision, b.Precision)):
		return Same
	case less(gap, a.Precision+b.Precision) || rounded(a, b) || rounded(b, a):
		return Compatible
	}
	return Different
}

// ofOneThing reports whether two values can be: not counts of different nouns.
func ofOneThing(a, b Value) bool {
	counts := max(a.Kind, b.Kind) <= Count && (a.Unit == "" || b.Unit == "")
	return counts || a.Kind == b.Kind && (a.Kind == Date || a.Unit == b.Unit)
}

// less reports a < b, further apart than floating point errs.
func less(a, b float64) bool { return a < b-1e-9*math.Abs(b) }

// limits returns the lowest and highest number that a value allows.
func limits(v Value) (low, high float64) {
	step := v.Precision
	if v.Kind <= Count && v.Bound != About && step <= 0.5 {
		step = 0 // things are whole
	}
	inf := math.Inf(1)
	switch v.Bound {
	case AtLeast:
		return v.Low, inf
	case MoreThan:
		return math.Nextafter(v.Low, inf), inf
	case AtMost:
		return -inf, v.High
	case LessThan:
		return -inf, math.Nextafter(v.High, -inf)
	}
	return v.Low - step, v.High + step
}

// compareSpans compares values of which one at least is a span.
func compareSpans(a, b Value) Relation {
	step := max(a.Precision, b.Precision)
	same := a.Low == b.Low && a.High == b.High || less(math.Abs(a.Low-b.Low), step) && less(math.Abs(a.High-b.High), step)
	if a.Bound == b.Bound && same {
		return Same
	}
	aLow, aHigh := limits(a)
	bLow, bHigh := limits(b)
	if max(aLow, bLow) <= min(aHigh, bHigh) {
		return Compatible
	}
	return Different
}

// rounded reports whether a is what b becomes with fewer digits and no further
// apart than this part: "5,000" and "4,870" do not contradict. Judgements.
func rounded(a, b Value) bool {
	const from, part = 100, 0.05
	place := 1.0
	for place*10 <= a.Low && math.Mod(a.Low, place*10) == 0 {
		place *= 10
	}
	return a.Low == a.High && b.Low == b.High && a.Low >= from && math.Abs(a.Low-b.Low) <= part*a.Low &&
		place > 1 && math.Round(b.Low/place)*place == a.Low
}

// compareDates compares spans of days, by day and month where one has no year.
func compareDates(a, b Value) Relation {
	if a.Unit == noYear {
		a, b = b, a
	}
	if a.Unit != b.Unit {
		b = inYear(b, dateOf(a.Low).Year())
	}
	switch {
	case a.Low == b.Low && a.High == b.High:
		return Same
	case a.Low-a.Precision <= b.High+b.Precision && b.Low-b.Precision <= a.High+a.Precision:
		return Compatible
	}
	return Different
}
