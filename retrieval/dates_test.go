package retrieval_test

import (
	"strings"
	"testing"
	"time"

	"parley/retrieval"
)

// periods writes periods as days, or "from..to".
func periods(ps []retrieval.Period) string {
	var out []string
	for _, p := range ps {
		s := p.From.Format(time.DateOnly)
		if !p.To.Equal(p.From) {
			s += ".." + p.To.Format(time.DateOnly)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestPeriods reads with a question asked on Wednesday, 10 December 2025.
func TestPeriods(t *testing.T) {
	asOf := time.Date(2025, 12, 10, 18, 30, 0, 0, time.FixedZone("", -5*3600))
	tests := []struct{ name, text, want string }{
		{"nothing", "What was agreed in the Kremlin?", ""},
		{"empty", "", ""},

		{"day month year", "on 2 December 2025", "2025-12-02"},
		{"month day year", "on December 2, 2025", "2025-12-02"},
		{"short month", "on Dec. 2, 2025 and 3 Sept 2024", "2025-12-02 2024-09-03"},
		{"ordinals", "the 2nd of December 2025, 1st May 2024, March 3rd", "2025-12-02 2024-05-01 2025-03-03"},
		{"ISO", "on 2025-12-02.", "2025-12-02"},
		{"ISO beside text", "2025-12-02's talks", "2025-12-02"},
		{"not ISO", "2025 - 12 - 02", "2025-01-01..2025-12-31"},
		{"no such month", "2025-13-02", "2025-01-01..2025-12-31"},
		{"leap day", "on 29 February 2024", "2024-02-29"},
		{"in lower case", "on december 2 2025", "2025-12-02"},
		{"in capitals", "ON DECEMBER 2, 2025", "2025-12-02"},
		{"two days", "from 1 December 2025 to December 5, 2025", "2025-12-01 2025-12-05"},

		{"month and year", "in November 2025", "2025-11-01..2025-11-30"},
		{"February of a leap year", "in February 2024", "2024-02-01..2024-02-29"},
		{"year", "in 2023", "2023-01-01..2023-12-31"},
		{"years", "between 2021 and 2023", "2021-01-01..2021-12-31 2023-01-01..2023-12-31"},
		{"no years", "25,000 men, 16:30, 1.2, 2200 and 1700 of them", ""},

		{"no year, past", "on December 2", "2025-12-02"},
		{"no year, would be long ahead", "on 15 March", "2025-03-15"},
		{"month without a year", "in October", "2025-10-01..2025-10-31"},
		{"a day of today", "on 10 December", "2025-12-10"},

		{"the month May", "in May", "2025-05-01..2025-05-31"},
		{"May with a day", "on May 4", "2025-05-04"},
		{"the verb may", "what may happen", ""},
		{"the verb may, first", "May I ask?", ""},
		{"the verb march", "they march on Moscow", ""},

		{"today", "what happened today", "2025-12-10"},
		{"yesterday", "Yesterday's talks", "2025-12-09"},
		{"tomorrow", "tomorrow", "2025-12-11"},
		{"weekday", "on Tuesday", "2025-12-09"},
		{"the weekday of today", "on Wednesday", "2025-12-10"},
		{"the weekday of tomorrow", "on Thursday", "2025-12-04"},
		{"last weekday", "last Friday", "2025-12-05"},
		{"past days", "in the past 3 days", "2025-12-07..2025-12-10"},
		{"last weeks, in words", "the last two weeks", "2025-11-26..2025-12-10"},
		{"last words", "at last two of them left", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := periods(retrieval.Periods(tt.text, asOf, time.Time{})); got != tt.want {
				t.Errorf("Periods(%q): got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestPeriodsOfWeeks: how wide "this" and "last" reach is a judgement; that they
// hold the days meant is not.
func TestPeriodsOfWeeks(t *testing.T) {
	asOf := date(2025, 12, 10)
	tests := []struct {
		text     string
		in, from time.Time // a day inside, and one long before
	}{
		{"this week", date(2025, 12, 9), date(2025, 11, 30)},
		{"last week", date(2025, 12, 3), date(2025, 11, 20)},
		{"last month", date(2025, 11, 15), date(2025, 9, 1)},
		{"this year", date(2025, 6, 1), date(2024, 6, 1)},
		{"last year", date(2024, 6, 1), date(2023, 6, 1)},
	}
	for _, tt := range tests {
		got := retrieval.Periods("what happened "+tt.text+"?", asOf, time.Time{})
		if len(got) != 1 {
			t.Errorf("%s: got %q, want one period", tt.text, periods(got))
			continue
		}
		if d := got[0].Days(tt.in); d != 0 {
			t.Errorf("%s: got %q, %v days from %v", tt.text, periods(got), d, tt.in)
		}
		if d := got[0].Days(tt.from); d <= 0 {
			t.Errorf("%s: got %q, it holds %v", tt.text, periods(got), tt.from)
		}
	}
}

// TestPeriodsWithoutAsOf: relative dates say nothing, and a day without a year is
// one of the newest article's.
func TestPeriodsWithoutAsOf(t *testing.T) {
	newest := date(2023, 11, 5)
	tests := []struct{ text, want string }{
		{"yesterday, last week, on Tuesday", ""},
		{"on October 7", "2023-10-07"},
		{"on 20 December", "2022-12-20"},
		{"in March", "2023-03-01..2023-03-31"},
		{"on 2 December 2025", "2025-12-02"},
	}
	for _, tt := range tests {
		if got := periods(retrieval.Periods(tt.text, time.Time{}, newest)); got != tt.want {
			t.Errorf("Periods(%q): got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestPeriodDays(t *testing.T) {
	p := retrieval.Period{From: date(2025, 12, 2), To: date(2025, 12, 4)}
	for day, want := range map[int]float64{1: 1, 2: 0, 3: 0, 4: 0, 6: 2} {
		if got := p.Days(date(2025, 12, day)); got != want {
			t.Errorf("Days(%d December): got %v, want %v", day, got, want)
		}
	}
}

func FuzzPeriods(f *testing.F) {
	seeds := []string{"", "on 2 December 2025 or 2025-12-02", "last 99 years", "May May 31st of", "2025-", "31 February", "٣ December", "last two", "\xff2025-12-02"}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	asOf := date(2025, 12, 10)
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range retrieval.Periods(text, asOf, time.Time{}) {
			if p.From.IsZero() || p.To.Before(p.From) || !p.From.Equal(p.From.Truncate(24*time.Hour)) {
				t.Errorf("Periods(%q): got %v to %v", text, p.From, p.To)
			}
		}
		_ = retrieval.Periods(text, time.Time{}, time.Time{})
	})
}
