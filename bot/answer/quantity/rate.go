package quantity

import (
	"regexp"
	"strings"

	"parley/bot/answer/english"
)

// rated matches what makes a rate of the value before it, up to two words on: "a
// month", "passengers per day", "weekly".
var rated = regexp.MustCompile(`^(?:[ -]\pL+){0,2}?[ -](?:(?:an?|per|each|every)[ -](\pL+)|(hourly|daily|weekly|monthly|yearly|annually))\b`)

// below matches what turns the sign of the value behind or before it.
var (
	minus = regexp.MustCompile(`(?i)(?:\bminus |(?:^|\s)[-−–])$`)
	below = regexp.MustCompile(`(?i)^ ?below (?:zero|freezing)\b`)
)

// complete adds to a value what stands around it: the time that a rate is for, and
// the sign.
func (v *Value) complete(text string) {
	if v.Kind == Duration || v.Kind == Date || v.Kind == TimeOfDay || v.Kind == Age {
		return
	}
	if m := rated.FindStringSubmatch(text[v.End:]); m != nil {
		v.Per = seconds(strings.ToLower(m[1] + m[2]))
	}
	if at := minus.FindStringIndex(text[:v.Start]); at != nil && v.Kind == Measure || v.Kind == Measure && below.MatchString(text[v.End:]) {
		v.Low, v.High = -v.High, -v.Low
	}
}

// seconds is how long an hour, a day or another such time is, also of "hourly" and
// "daily"; 0 for other words.
func seconds(word string) float64 {
	if each, ok := map[string]string{"daily": "day", "annually": "year"}[word]; ok {
		word = each
	}
	for _, w := range english.Find(strings.TrimSuffix(word, "ly")) {
		if w.Class == 't' {
			return w.Value
		}
	}
	return 0
}

// each is a value as it is for one second, where it is a rate.
func (v Value) each() Value {
	if v.Per > 0 {
		v.Low, v.High, v.Precision = v.Low/v.Per, v.High/v.Per, v.Precision/v.Per
	}
	return v
}
