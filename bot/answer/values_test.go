package answer

import (
	"math"
	"slices"
	"testing"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// valuesIn reads the values of one sentence.
func valuesIn(t *testing.T, sentence string) []value {
	t.Helper()
	c, err := corpus.New([]corpus.Article{{ID: "a", Body: sentence}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sentences) != 1 {
		t.Fatalf("%q is %d sentences, want 1", sentence, len(c.Sentences))
	}
	fwd := analysis.Analyze(c)
	return values(c.SentenceText(0), fwd.Sentence(0), func(w analysis.Tok) string { return fwd.Words[w.Word].Text })
}

func TestValues(t *testing.T) {
	tests := []struct {
		sentence string
		want     []value // at is not compared
	}{
		{"The talks lasted five hours.", []value{{amount: 18000, unit: "s"}}},
		{"The talks lasted nearly 5 hours.", []value{{amount: 18000, unit: "s"}}},
		{"The talks lasted 4.5 hours.", []value{{amount: 16200, unit: "s"}}},
		{"The talks lasted 90 minutes.", []value{{amount: 5400, unit: "s"}}},
		{"The more than four-hour dialogue ended.", []value{{amount: 14400, unit: "s"}}},
		{"It took two days and three nights.", []value{{amount: 172800, unit: "s"}, {amount: 3, unit: "night"}}},
		{"Two weeks passed.", []value{{amount: 1209600, unit: "s"}}},
		{"About 40 percent of the crop was lost.", []value{{amount: 40, unit: "%"}}},
		{"About 40% of the crop was lost.", []value{{amount: 40, unit: "%"}}},
		{"A quarter of the crop was lost.", []value{{amount: 25, unit: "%"}}},
		{"One third of the crop was lost.", []value{{amount: 100.0 / 3, unit: "%"}}},
		{"The damage cost $2.5 million.", []value{{amount: 2.5e6, unit: "$"}}},
		{"The damage cost €300.", []value{{amount: 300, unit: "€"}}},
		{"The damage cost £1,200.", []value{{amount: 1200, unit: "£"}}},
		{"They met at 16:30 on a ship.", []value{{amount: 16.5, unit: "h:m"}}},
		{"Some 1,400 workers joined.", []value{{amount: 1400, unit: "worker"}}},
		{"Nineteen ships waited.", []value{{amount: 19, unit: "ship"}}},
		{"Two million workers joined.", []value{{amount: 2e6}}},
		{"It holds 3 thousand tonnes.", []value{{amount: 3000}}},
		{"It took more than a year.", []value{{amount: 31536000, unit: "s"}}},
		{"It pumps a million barrels of oil a day.", []value{{amount: 1e6}}},
		{"A week was lost.", nil},
		{"Nobody came.", nil},
		{"The ferry is called Half Moon.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.sentence, func(t *testing.T) {
			got := valuesIn(t, tt.sentence)
			if !slices.EqualFunc(got, tt.want, func(a, b value) bool {
				return math.Abs(a.amount-b.amount) <= 1e-9*b.amount && (a.unit == b.unit || b.unit == "" && a.unit != "s")
			}) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			for _, v := range got {
				if v.at < 0 || v.at >= len(analysis.Tokenize(tt.sentence)) {
					t.Errorf("value %+v is at no word", v)
				}
			}
		})
	}
}

// TestRelativeValues guards that a span that leads to a point in time is told
// from one that something takes.
func TestRelativeValues(t *testing.T) {
	tests := []struct {
		sentence string
		want     bool
	}{
		{"The talks ended two years ago.", true},
		{"The talks ended 30 minutes later.", true},
		{"Four days earlier the talks ended.", true},
		{"Two weeks after the talks it rained.", true},
		{"The talks lasted two years.", false},
		{"The talks lasted two years and ended three weeks later.", false}, // the first of them
		{"The talks went on for two years, long ago.", false},
		{"It has been two hours since they began.", true},
		{"They talked for two hours", false},
	}
	for _, tt := range tests {
		got := valuesIn(t, tt.sentence)
		if len(got) == 0 || got[0].unit != "s" || got[0].relative != tt.want {
			t.Errorf("%q: got %+v, want relative to be %v", tt.sentence, got, tt.want)
		}
		if len(got) > 0 && Duration.fits(got[0]) == tt.want {
			t.Errorf("%q: the first value fits a duration: %v", tt.sentence, !tt.want)
		}
	}
}

func TestDiffers(t *testing.T) {
	hours := func(n float64) value { return value{amount: n * 3600, unit: "s"} }
	tests := []struct {
		name string
		a, b value
		want bool
	}{
		{"four and five hours", hours(4), hours(5), true},
		{"the same", hours(5), hours(5), false},
		{"minutes and hours alike", value{amount: 300 * 60, unit: "s"}, hours(5), false},
		{"rounded", hours(4.8), hours(5), false},
		{"about something else", hours(5), hours(120), false},
		{"other units", hours(5), value{amount: 18001, unit: "%"}, false},
		{"counts", value{amount: 1100, unit: "worker"}, value{amount: 1400, unit: "worker"}, true},
		{"counts of other things", value{amount: 1100, unit: "worker"}, value{amount: 1400, unit: "ship"}, false},
		{"nothing", value{unit: "worker"}, value{amount: 5, unit: "worker"}, false},
		{"below nothing", value{amount: -4, unit: "worker"}, value{amount: 5, unit: "worker"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.a.differs(tt.b); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if got := tt.b.differs(tt.a); got != tt.want {
				t.Errorf("the other way round: got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		word string
		want float64
		ok   bool
	}{
		{"5", 5, true},
		{"4.5", 4.5, true},
		{"1400", 1400, true},
		{"five", 5, true},
		{"nineteen", 19, true},
		{"16:30", 16.5, true},
		{"ship", 0, false},
		{"16:30:15", 0, false},
		{"5th", 0, false},
	}
	for _, tt := range tests {
		got, ok := number(tt.word)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%q: got %v, %v, want %v, %v", tt.word, got, ok, tt.want, tt.ok)
		}
	}
}
