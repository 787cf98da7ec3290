// Package quantity reads the values that a sentence states, such as spans of
// time, sums, counts, shares and dates, in base units and with how loosely they are
// said, so that two reports can be compared and a claim checked.
//
// A text is cut into tokens, each with a class of one letter (token.go, english's
// words.txt). Rules are patterns of these letters (rules.go). In five passes they
// join tokens to numbers (number.go), dates (date.go), ranges, amounts (amount.go)
// and what their hedges make of them. Compare (compare.go) weighs two values.
package quantity

import (
	"strings"
	"time"
)

// Kind is what a value measures.
type Kind int

// The kinds, each with the base unit of its values and what Value.Unit holds.
const (
	Number    Kind = iota // a number of nothing in particular
	Count                 // a number of some noun; Unit is the noun's stem
	Money                 // whole units of the currency Unit (ISO 4217)
	Duration              // seconds; a month is a twelfth of a year of 365 days
	Date                  // days since 1 January 1970, from the first to the last
	TimeOfDay             // seconds since midnight
	Share                 // a part of a whole, 0 to 1
	Age                   // years
	Rank                  // 1 is first
	Measure               // SI units of the dimension Unit; °C, Richter and percentage points as they are
	Score                 // Low is the smaller side, High the larger
)

var kindWords = strings.Fields("number count money duration date time share age rank measure score")

// Bound is how a value may differ from what is said.
type Bound int

// The bounds. "nearly 30" is About, with Low below and High at what is said.
const (
	Exact Bound = iota
	About
	AtLeast
	MoreThan
	AtMost
	LessThan
	Between // somewhere from Low to High: "20–30", "hundreds"
)

// Value is a quantity stated in a text. Low is never above High.
type Value struct {
	Kind       Kind
	Low, High  float64 // in the kind's base unit
	Unit       string
	Per        float64 // seconds of what it is said for: 86400 for "300 a day"; 0 for no rate
	Bound      Bound
	Precision  float64 // half the last digit said, in the base unit: 5e7 for "1.5bn"
	Start, End int     // bytes of the text: hedge, number and unit, but no counted noun
}

// Parse returns the values of a text in the order in which they stand, none
// overlapping. Dates keep to what is said: "Dec. 2" has no year, and days such
// as "yesterday" and "two years ago" are left out.
func Parse(text string) []Value { return ParseAt(text, time.Time{}) }

// ParseAt is Parse for a report of the given day, which dates without a year,
// days of the week and "last month" are counted from. The zero day is none.
func ParseAt(text string, day time.Time) []Value {
	if !tells(text) {
		return nil
	}
	r := &reader{text: text, tokens: tokenize(text)}
	if !day.IsZero() {
		r.today, r.dated = dayOf(day.Date()), true
	}
	for _, rules := range passes {
		r.pass(rules)
	}
	var out []Value
	for _, t := range r.tokens {
		if v := t.value; t.class == value && !below.MatchString(text[t.start:t.end]) {
			v.Start, v.End = t.start, t.end
			v.complete(text)
			out = append(out, v)
		}
	}
	return out
}
