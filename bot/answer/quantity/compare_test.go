package quantity

import "testing"

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Relation
	}{
		{"a fifth of them", "19 percent", Same},
		{"19 percent", "20 percent", Different},
		{"19.4 percent", "19 percent", Same},
		{"half of them", "48 percent", Same},
		{"nearly 5,000 homes", "4,870 homes", Same},
		{"nearly 5,000 homes", "5,200 homes", Different},
		{"about 5,000 homes", "5,200 homes", Same},
		{"5,000 homes", "4,870 homes", Compatible}, // rounded
		{"5,000 homes", "4,300 homes", Different},
		{"20 boats", "17 boats", Different},
		{"200 boats", "204 boats", Compatible},
		{"Nov. 30", "30 November 2022", Same},
		{"Nov. 29", "30 November 2022", Different},
		{"half an hour", "30 minutes", Same},
		{"about 64 percent", "60 percent", Different},
		{"about 64 percent", "62 percent", Same},
		{"five hours", "seven hours", Different},
		{"two hours", "more than four hours", Different},
		{"340 boats", "more than 300 boats", Compatible},
		{"on Nov. 30", "in November", Compatible},
		{"twenty-first", "21st", Same},
		{"in 2022", "in 2023", Different},
		{"half an hour", "a quarter of an hour", Different},
		{"a year", "8 months", Different},
		{"1.5 years", "18 months", Same},
		{"£1.5bn", "1.5 billion pounds", Same},
		{"£1.5bn", "£1.6bn", Different},
		{"£1.5bn", "$1.5bn", Incomparable},
		{"more than four hours", "nearly five hours", Compatible},
		{"at least 20 boats", "29 boats", Compatible},
		{"at least 20 boats", "20 boats", Compatible},
		{"more than 20 boats", "20 boats", Different},
		{"more than 20 boats", "over 20 boats", Same},
		{"more than 20 boats", "at least 20 boats", Compatible},
		{"up to 20 boats", "29 boats", Different},
		{"fewer than 20 boats", "at least 20 boats", Different},
		{"fewer than 20 boats", "at least 10 boats", Compatible},
		{"between 20 and 30 boats", "25 boats", Compatible},
		{"between 20 and 30 boats", "20–30 boats", Same},
		{"between 20 and 30 boats", "35 boats", Different},
		{"in March 2022", "3 March 2022", Compatible},
		{"in March 2022", "3 April 2022", Different},
		{"in February", "February 2022", Same},
		{"in 2022", "3 April 2022", Compatible},
		{"in 2022", "on Dec. 2", Compatible},
		{"100 miles", "160 km", Same},
		{"100 miles", "140 km", Different},
		{"100 miles", "100 kg", Incomparable},
		{"23 missiles", "23 drones", Incomparable},
		{"killed 23", "23 drones", Same},
		{"killed 25", "23 drones", Different},
		{"hundreds of fans", "300 fans", Compatible},
		{"hundreds of fans", "12 fans", Different},
		{"23 percent", "23 boats", Incomparable},
		{"won 3-2", "lost 2-3", Same},
		{"won 3-2", "won 3-1", Different},
		{"she came third", "she came fourth", Different},
		{"7:30 p.m.", "7 p.m.", Different},
		{"aged 47", "a 47-year-old", Same},
		{"aged 47", "a 48-year-old", Different},
	} {
		t.Run(c.a+" / "+c.b, func(t *testing.T) {
			a, b := one(t, c.a), one(t, c.b)
			if got := Compare(a, b); got != c.want {
				t.Errorf("Compare(%s, %s) = %v, want %v", show(a), show(b), got, c.want)
			}
			if got := Compare(b, a); got != c.want {
				t.Errorf("Compare(%s, %s) = %v, want %v", show(b), show(a), got, c.want)
			}
		})
	}
}

// one returns the only value of a text.
func one(t *testing.T, text string) Value {
	t.Helper()
	vs := Parse(text)
	if len(vs) != 1 {
		t.Fatalf("Parse(%q) = %s, want one value", text, showAll(vs))
	}
	return vs[0]
}
