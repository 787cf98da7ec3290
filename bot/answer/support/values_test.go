package support

import (
	"testing"

	"parley/bot/answer/quantity"
	"parley/corpus"
)

func TestMeets(t *testing.T) {
	tests := []struct {
		name, value, told string
		want              quantity.Relation
		with              int
	}{
		{"none", "five hours", "nothing", quantity.Incomparable, 0},
		{"the same behind another", "five hours", "six hours and then 5 hours", quantity.Same, 2},
		{"compatible before another", "five hours", "more than four hours, not six hours", quantity.Compatible, 2},
		{"another", "five hours", "six hours", quantity.Different, 1},
		{"two others", "five hours", "six hours and then nine hours", quantity.Different, 2},
		{"another rate", "300 crowns a week", "300 crowns a month", quantity.Different, 1},
		{"the same rate in other words", "300 crowns per month", "3,600 crowns a year", quantity.Same, 1},
		{"a rate where none is told", "300 crowns a month", "300 crowns", quantity.Different, 1},
		{"no rate where one is told", "300 crowns", "300 crowns a month", quantity.Same, 1},
		{"another currency", "300 dollars", "300 crowns", quantity.Different, 1},
		{"up to for up by", "rose to 20 percent", "rose by 20 percent", quantity.Different, 1},
		{"what it was before", "rose to 4.8 percent", "rose from 4.8 percent to 5.2 percent", quantity.Different, 2},
		{"up to", "rose to 5.2 percent", "rose from 4.8 percent to 5.2 percent", quantity.Same, 2},
		{"a score turned round", "beat Sel 1-3", "beat Sel 3-1", quantity.Different, 1},
		{"a score told by the loser", "lost to Orrin 1-3", "Orrin beat Sel 3-1", quantity.Same, 1},
		{"a score as it was", "won 3–1", "beat Sel 3-1", quantity.Same, 1},
		{"below zero", "12 degrees Celsius", "minus 12 degrees Celsius", quantity.Different, 1},
		{"below zero in other words", "12 degrees Celsius below zero", "minus 12 degrees Celsius", quantity.Same, 1},
		{"a narrower bound", "more than a million people", "more than 100,000 people", quantity.Different, 1},
		{"a wider bound", "more than 10,000 people", "more than 100,000 people", quantity.Compatible, 1},
		{"a narrower bound from above", "at most 10 people", "at most 12 people", quantity.Different, 1},
		{"of another kind", "five hours", "five ships", quantity.Incomparable, 0},
	}
	a := &corpus.Article{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, with := meets(stated(tt.value, a)[0], stated(tt.told, a)); got != tt.want || with != tt.with {
				t.Errorf("%s of %q: got %v of %d, want %v of %d", tt.value, tt.told, got, with, tt.want, tt.with)
			}
		})
	}
}

// TestWorded guards that values of a claim which a text has, too, are read in the
// words of the text, and no others.
func TestWorded(t *testing.T) {
	a := &corpus.Article{}
	for _, tt := range []struct{ claim, text, want string }{
		{"It carried thirty-eight people.", "It carried 38 people a day.", "It carried 38 people."},
		{"They met for an hour and a half.", "They met for 90 minutes.", "They met for 90 minutes."},
		{"It left at 4:30 p.m. and came back at 21:00 sharp.", "It left at 16:30 and came back at 9 p.m. on Monday", "It left at 16:30 and came back at 9 p.m. sharp."},
		{"A total of 1 204 people signed.", "A total of 1,204 people signed.", "A total of 1,204 people signed."},
		{"It carried thirty-nine people.", "It carried 38 people.", "It carried thirty-nine people."},
		{"It carried more than 38 people.", "It carried 38 people.", "It carried more than 38 people."},
		{"It carried more than 30 people.", "It carried more than 300 people.", "It carried more than 300 people."},
		{"It carried more than 300 people.", "It carried more than 30 people.", "It carried more than 300 people."},
		{"It carried at most 300 people.", "It carried 30 people.", "It carried 30 people."},
		{"It began at 4.30 pm.", "It began at about 16:30.", "It began at about 16:30."},
		{"It earns 300 crowns a year.", "It earns 300 crowns a month.", "It earns 300 crowns a year."},
		{"It carried nobody.", "It carried 38 people.", "It carried nobody."},
	} {
		if got := worded(tt.claim, stated(tt.claim, a), stated(tt.text, a)); got != tt.want {
			t.Errorf("%q beside %q: got %q, want %q", tt.claim, tt.text, got, tt.want)
		}
	}
}
