package quantity

import (
	"slices"
	"strings"

	"parley/bot/answer/english"
)

// partOf makes a share of a part said in words. It is meant to within a fortieth
// of the whole, or a tenth of itself. A judgement: "half" for 48 percent.
func partOf(f float64) (token, bool) {
	return made(Value{Kind: Share, Low: f, High: f, Precision: min(0.025, 0.1*f)})
}

// share reads parts of a whole in words: "a fifth", "half of them".
func (r *reader) share(m match) (token, bool) {
	f, behind, before := r.get(m, 'f'), r.at(m.end), r.at(m.at-1)
	t, ok := partOf(f.low)
	whole := behind.class == 'O' || behind.class != 'a' && before.class != 'a' && english.IsFunction(behind.word)
	return t, ok && (f.class == share || before.class == 'h' || before.class != 'o' && whole)
}

// oneIn reads "one in five" and "nine out of 10".
func (r *reader) oneIn(m match) (token, bool) {
	n, whole := r.get(m, 'n').low, r.get(m, 'x').low
	t, ok := partOf(n / max(whole, 1))
	return t, ok && n < whole && (n == 1 || r.word(m.at+1) != "in") && strings.IndexByte("utM", r.at(m.end).class) < 0
}

// rank reads "third" and "No. 2".
func (r *reader) rank(m match) (token, bool) {
	t, behind := r.get(m, 'o'), r.at(m.end)
	if t.upper && (behind.upper || !r.opens(m.at)) && t.word[0] != 'n' || t.digits && t.word[0] != 'n' && behind.upper || // "First Minister", "5th Avenue"
		behind.word == "century" || r.word(m.at-1) == "at" ||
		t.word == "first" && strings.HasSuffix(behind.word, "ed") { // "first reported"
		return skip(r, m)
	}
	return made(Value{Kind: Rank, Low: t.low, High: t.low})
}

// opens reports whether a token begins a sentence or a quotation.
func (r *reader) opens(i int) bool {
	return i == 0 || strings.IndexByte("#.\"':(?!", r.at(i-1).class) >= 0
}

// span joins two numbers to a range: "three to four", "20-30 million".
func (r *reader) span(m match) (token, bool) {
	n, x, link, before := r.get(m, 'n'), r.get(m, 'x'), r.get(m, 'l').class, r.at(m.at-1)
	if before.class == '$' {
		before = r.at(m.at - 2)
	}
	switch {
	case r.inName(m.at) && (!n.plain || !x.plain || link != '-'): // but "Ostby 3-2"
		return skip(r, m)
	case n.class == vague, x.class == vague, link == 'T' && before.word == "from", link == '&' && before.class != 'B',
		link == 'R' && x.low > 2*n.low, n.low >= x.low && (!n.plain || !x.plain || link != '-'):
		return token{}, false
	}
	x.plain = n.plain && x.plain && link == '-'
	x.class, x.low, x.high = span, min(n.low, x.low), max(n.low, x.low)
	return x, true
}

// amount reads a number with its unit or noun.
func (r *reader) amount(m match) (token, bool) {
	n, u, before := r.get(m, 'n'), r.get(m, 'u'), r.at(m.at-1)
	v := Value{Low: n.low, High: n.high, Precision: n.step}
	switch n.class {
	case vague, span:
		v.Bound = Between
	case 'a', 'q':
		v.Precision = n.low / 2
	}
	hyphen := r.at(m.at+1).class == '-'
	switch {
	case u.class == 0:
		return r.bare(m, v, n)
	case n.class == '1' && u.word == "day" && !hyphen && before.class != 'h' && !strings.Contains(" in for after ", before.word), // "would one day"
		n.class == 'a' && (r.at(m.end).class == '-' || before.class == 't' || before.digits || isPlural(before.word)), // "$5 an hour"
		u.upper && len(u.word) > 2 && (u.class == 't' || !n.digits):                                                   // "60 Minutes"
		return skip(r, m)
	case strings.HasPrefix(u.word, "pound") && (v.Low < 1000 || hyphen || r.at(m.end).class == 'O'): // "a 500-pound bomb"
		u = token{low: 0.45359237, text: "measure/mass"}
	}
	const coarsest, year = 0.25, 365 * 86400 // of a value, at most, is the half of its last digit: "a year"
	kind, unit, _ := strings.Cut(u.text, "/")
	v.Kind, v.Unit = Kind(slices.Index(kindWords, kind)), unit
	if v.Kind == Duration && r.get(m, 'l').class != 0 {
		v.Kind, u.low = Age, u.low/year
	}
	v.Precision = min(v.Precision, coarsest*v.High) * u.low
	v.Low, v.High = v.Low*u.low, v.High*u.low
	return made(v)
}

// andHalf reads "an hour and a half".
func (r *reader) andHalf(m match) (token, bool) {
	t, ok := r.amount(m)
	half := r.get(m, 'u').low / 2
	t.value.Low, t.value.High, t.value.Precision = t.value.Low+half, t.value.High+half, half/2
	return t, ok && t.class == value
}

// bare makes an age, a count of what follows, a score or a number.
func (r *reader) bare(m match, v Value, n token) (token, bool) {
	behind, one := r.at(m.end), n.class == '1'
	if v.High < 1000 && v.Precision >= 0.5 && v.Bound != Between { // a count of so few is exact
		v.Precision = 0.5
	}
	v.Kind, v.Unit = Count, r.noun(m.end, one)
	switch {
	case n.class != span && r.inName(m.at), one && (v.Unit == "" || behind.class == 'O' || behind.class == '-' || r.word(m.at-1) == "no"), // "one of"
		behind.glued && (behind.class == plain || behind.class == name), n.class == span && behind.class == '-' && v.Unit == "":
		return skip(r, m)
	case r.isAge(m, n):
		v.Kind, v.Unit = Age, ""
	case v.Unit != "":
	case behind.class == name && n.plain: // "10 Downing Street"
		return skip(r, m)
	case n.class == span && n.plain:
		v.Kind, v.Bound, v.Precision = Score, Exact, 0
	default:
		v.Kind = Number
	}
	return made(v)
}

// isAge reports whether a number is an age, 115 at most: "aged 47", "Mara Lindt, 47, said".
func (r *reader) isAge(m match, n token) bool {
	before, who, behind := r.at(m.at-1), r.at(m.at-2), r.at(m.end)
	if before.class == 'h' || before.class == 'B' {
		before = who
	}
	return n.low >= 1 && n.high <= 115 && (before.class == 'A' || strings.HasSuffix(behind.word, "older") ||
		n.plain && before.class == ',' && who.class == name && behind.class == ',')
}

// inName reports whether a number without a unit is part of a name: "Article 5",
// "Boeing 737", "Formula One".
func (r *reader) inName(i int) bool {
	t, before := r.at(i), r.at(i-1)
	_, people := english.IrregularSingular(r.word(i + 1))
	after := before.class == name || before.class == 't' && before.upper
	return before.class == 'X' || !t.digits && t.upper && !r.opens(i) || t.plain && len(t.word) <= 4 && after && !people
}

// hedged loosens a value by the words beside it: "nearly 5,000", "an hour or
// so". By a tenth, and times and shares by so much; judgements.
func (r *reader) hedged(m match) (token, bool) {
	const aboutPart, aboutClock, aboutShare = 0.1, 1800, 0.03
	t, hedge := r.get(m, 'v'), r.get(m, 'h')
	v := &t.value
	if hedge.class == 0 || hedge.word == "over" && v.Kind == Duration && v.Low >= 86400 { // "over two days": during
		hedge = r.get(m, 'H')
	}
	if hedge.class == 0 || v.Kind == Rank || v.Kind == Score || v.Kind == Date {
		return t, false
	}
	margin := aboutPart * v.High
	if most, ok := map[Kind]float64{TimeOfDay: aboutClock, Share: aboutShare}[v.Kind]; ok {
		margin = min(margin, most)
	}
	margin = max(v.Precision, margin)
	switch v.Bound = Bound(hedge.low); {
	case v.Bound > Between: // nearly
		v.Bound, v.Low = About, v.Low-margin
	case v.Bound == About:
		v.Precision = margin
	}
	return t, true
}
