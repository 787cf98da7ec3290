package support

import (
	"slices"
	"strings"

	"parley/bot/answer/quantity"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// amount is a value where it stands.
type amount struct {
	quantity.Value
	said   string // the words of the value
	before string // "by", "to" or "from" ahead of it
	losing bool   // somebody loses in its text
}

// stated are the values of a text, dates as its article means them.
func stated(text string, a *corpus.Article) []amount {
	var out []amount
	losing := false
	for _, t := range analysis.Tokenize(text) {
		switch analysis.Stem(t.Word) {
		case "lose", "lost", "loss", "defeat":
			losing = !losing
		}
	}
	for _, v := range quantity.ParseAt(text, a.Date()) {
		x := amount{Value: v, said: text[v.Start:v.End], losing: losing}
		words := strings.Fields(text[:v.Start])
		if n := len(words); n > 0 {
			switch w := strings.ToLower(words[n-1]); w {
			case "by", "to", "from":
				x.before = w
			}
		}
		out = append(out, x)
	}
	return out
}

// meets is the best relation of a value to those of a text, and how many of these
// it can be compared with.
func meets(v amount, told []amount) (best quantity.Relation, n int) {
	for _, o := range told {
		r := quantity.Compare(v.Value, o.Value)
		if altered(v, o) {
			r = quantity.Different
		}
		if r == quantity.Incomparable {
			continue
		}
		n++
		if best == quantity.Incomparable || r < best {
			best = r // the relations are in the order of how well they agree
		}
	}
	return best, n
}

// altered reports whether a value of a claim is not what a text's is though the
// numbers may agree: another currency, a rate that the text does not give, a rise to
// for a rise by, a score the other way round.
func altered(v, o amount) bool {
	counts := func(v amount) bool {
		return v.Kind == quantity.Money || v.Kind == quantity.Count && v.Unit != ""
	}
	same := v.Low == o.Low && v.High == o.High
	switch {
	case same && v.Unit != o.Unit && counts(v) && counts(o) && (v.Kind == quantity.Money || o.Kind == quantity.Money):
		return true
	case quantity.Compare(v.Value, o.Value) == quantity.Incomparable:
		return false
	case v.Kind == quantity.Score:
		return same && (digits(v.said) == digits(o.said)) == (v.losing != o.losing)
	}
	return v.Per > 0 && o.Per == 0 || beyond(v, o) || v.before != "" && o.before != "" && v.before != o.before
}

// beyond reports whether a claim has a narrower bound than the text: "more than a
// million" for more than 100,000. Both can hold, but the text does not say so.
func beyond(v, o amount) bool {
	return least(v) && least(o) && v.Low > o.Low || most(v) && most(o) && v.High < o.High
}

// within reports whether what a text says bears out the bound of a claim: "more than
// 10,000" where it says more than 100,000, or 120,000.
func within(v, o amount) bool {
	return least(v) && o.Low >= v.Low && !most(o) || most(v) && o.High <= v.High && !least(o)
}

func least(v amount) bool { return v.Bound == quantity.AtLeast || v.Bound == quantity.MoreThan }

func most(v amount) bool { return v.Bound == quantity.AtMost || v.Bound == quantity.LessThan }

// digits are the digits of a text, in their order, and marks for what is between.
func digits(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }), "-")
}

// worded is a claim with the values that a text has, too, in the words of the text:
// "thirty-eight" where that says 38. So the pair model, which reads words, need not
// know that they are the same.
func worded(claim string, said, told []amount) string {
	for _, v := range slices.Backward(said) {
		for _, o := range told {
			rel := quantity.Compare(v.Value, o.Value)
			alike := rel == quantity.Same && (v.Bound == o.Bound || max(v.Bound, o.Bound) <= quantity.About)
			if (alike || rel == quantity.Compatible && within(v, o)) && !altered(v, o) {
				claim = claim[:v.Start] + o.said + claim[v.End:]
				break
			}
		}
	}
	return claim
}
