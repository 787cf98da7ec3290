package quantity

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	seeds := []string{
		"", "-", "½", "a", "No.", "£", "$1,200 to $1,300", "between", "Feb. 30, 0000", "1e308 999999999999999999999 km",
		"million million billion of thousands of hundreds of millions", "-3 °C\xff\xfe 5ft", "’s ‘47’, İstanbul 3½½ years", "0000-00-00",
		"nearly -5 °C or so", "aged 18- to 24-year-olds", "from 2019 to 2021 and Dec. 2-4", "one in five in 2019", "1/2/3/4", "p.m. 7.30.p.m.",
		"99.99.9999", "twenty-one hundred and and a half", "minus minus 5 percent points a day ago", "Tuesday, Tuesday Dec. 31", "10 to 2-3-4",
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	day := time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, Parse(text))
		check(t, text, ParseAt(text, day))
	})
}

// check fails where values break what Value and Parse promise.
func check(t *testing.T, text string, vs []Value) {
	t.Helper()
	end := 0
	for i, v := range vs {
		if v.Start < end || v.End <= v.Start || v.End > len(text) {
			t.Fatalf("%q: span %d:%d after %d of %d", text, v.Start, v.End, end, len(text))
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[v.Start:v.End]) {
			t.Fatalf("%q: span %d:%d cuts a rune", text, v.Start, v.End)
		}
		end = v.End
		for _, x := range []float64{v.Low, v.High, v.Precision} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%q: %+v", text, v)
			}
		}
		if v.Low > v.High || v.Precision < 0 || v.Kind < Number || v.Kind > Score {
			t.Fatalf("%q: %+v", text, v)
		}
		if got := Compare(v, v); got != Same && v.Bound == Exact {
			t.Fatalf("%q: Compare(%+v, itself) = %v", text, v, got)
		}
		if i > 0 && Compare(v, vs[i-1]) != Compare(vs[i-1], v) {
			t.Fatalf("%q: Compare is not symmetric: %+v %+v", text, v, vs[i-1])
		}
	}
}

// long are texts that repeat what a rule looks ahead for.
var long = []string{
	"hundred and ", "20-", "1,", "a.b.", "Dec. ", "more than ", "http:", "5 to ", "x@", "12.", "one hundred and five thousand ", "½", "+1 ", "9",
}

func TestParseLong(t *testing.T) {
	for _, unit := range long {
		text := strings.Repeat(unit, 2000)
		check(t, text, Parse(text))
	}
}

// BenchmarkParse shows that time grows with the length of the text, and what a
// sentence takes.
func BenchmarkParse(b *testing.B) {
	const sentence = "The firm lost £1.5bn on Tuesday, Dec. 2, 2025, said Mara Lindt, 47, and more than 20 young people left after five-hour talks. "
	for _, c := range []struct {
		name, text string
	}{
		{"sentence", sentence},
		{"100 sentences", strings.Repeat(sentence, 100)},
		{"20000 bytes of 20-", strings.Repeat("20- ", 5000)},
		{"200000 bytes of 20-", strings.Repeat("20- ", 50000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Parse(c.text)
			}
		})
	}
}
