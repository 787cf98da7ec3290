package answer

import (
	"math"
	"strconv"
	"strings"

	"parley/retrieval/analysis"
)

// value is a quantity stated in a sentence, in a base unit.
type value struct {
	amount   float64 // seconds for durations, percent for shares, else as stated
	unit     string  // "s", "%", "h:m", a currency sign, or the stem of the word counted
	at       int     // position of its number among the sentence's words
	relative bool    // a span that leads to a point in time: "two years ago"
}

// Seconds of each unit of time; a month is 30 days and a year 365.
var unitSeconds = map[string]float64{
	"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800,
	"month": 2592000, "year": 31536000, "decade": 315360000, "century": 3153600000,
}

var magnitudes = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
}

// Fractions written as words, in percent.
var fractions = map[string]float64{"half": 50, "third": 100.0 / 3, "quarter": 25, "fifth": 20, "sixth": 100.0 / 6, "tenth": 10}

// pointing are words after a span of time that make it a point in time.
var pointing = set("ago earlier later before after since hence")

// values returns the quantities of a sentence in order.
func values(text string, toks []analysis.Tok, word func(analysis.Tok) string) []value {
	var out []value
	for i, t := range toks {
		w := word(t)
		if pct, ok := fractions[w]; ok && i > 0 && isOne(word(toks[i-1])) {
			out = append(out, value{amount: pct, unit: "%", at: i})
			continue
		}
		n, ok := number(w)
		if !ok {
			n, ok = 1, (w == "a" || w == "an") && i+1 < len(toks) && countsOne(toks, i, word)
		}
		if !ok {
			continue
		}
		if strings.IndexByte(w, ':') > 0 {
			out = append(out, value{amount: n, unit: "h:m", at: i})
			continue
		}
		v := value{amount: n, at: i}
		if sign := currencyBefore(text, int(t.Start)); sign != "" {
			v.unit = sign
		}
		for j := i + 1; j < min(len(toks), i+4); j++ {
			next := word(toks[j])
			if m, ok := magnitudes[strings.TrimSuffix(next, "s")]; ok {
				v.amount *= m
				continue
			}
			if v.unit != "" {
				break
			}
			if next == "percent" {
				v.unit = "%"
				break
			}
			if sec, ok := unitSeconds[strings.TrimSuffix(next, "s")]; ok {
				v.unit, v.amount = "s", v.amount*sec
				v.relative = j+1 < len(toks) && pointing[word(toks[j+1])]
				break
			}
			if _, isNum := number(next); isNum || toks[j].Stop {
				break
			}
			if v.unit == "" && j == i+1 {
				v.unit = analysis.Stem(next)
			}
		}
		out = append(out, v)
	}
	return out
}

// Words before "a year" that make it a span of one, and not a rate.
var spanning = set("than over about almost nearly around roughly for in within lasted lasting took takes least after half")

// countsOne reports whether "a" before a word is a number: "a million barrels",
// "more than a year", but not "barrels a day".
func countsOne(toks []analysis.Tok, at int, word func(analysis.Tok) string) bool {
	next := word(toks[at+1])
	if _, ok := magnitudes[next]; ok {
		return true
	}
	_, ok := unitSeconds[next]
	return ok && at > 0 && spanning[word(toks[at-1])]
}

func isOne(w string) bool { return w == "a" || w == "one" }

// number reads digits, clock times (as hours) and number words.
func number(w string) (float64, bool) {
	if h, m, ok := strings.Cut(w, ":"); ok {
		hours, err1 := strconv.ParseFloat(h, 64)
		minutes, err2 := strconv.ParseFloat(m, 64)
		return hours + minutes/60, err1 == nil && err2 == nil
	}
	if w[0] >= 'a' && w[0] <= 'z' {
		w = analysis.Base(w)
	}
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(w, 64)
	return n, err == nil
}

func currencyBefore(text string, at int) string {
	for _, sign := range [...]string{"$", "€", "£", "¥"} {
		if strings.HasSuffix(text[:at], sign) {
			return sign
		}
	}
	return ""
}

// differs reports whether two values answer one question differently: the same
// unit, near enough to be about the same thing and apart by more than rounding.
func (v value) differs(o value) bool {
	if v.unit != o.unit || v.amount <= 0 || o.amount <= 0 {
		return false
	}
	r := math.Abs(math.Log(v.amount / o.amount))
	return r > math.Log(1.1) && r < math.Log(3)
}
