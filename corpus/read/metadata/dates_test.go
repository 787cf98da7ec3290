package metadata

import (
	"os"
	"strings"
	"testing"
	"time"
)

// dateCase is a line of testdata/dates.txt.
type dateCase struct {
	line int
	text string
	loc  Locale
	want string // as [shown] gives it
}

// dateCases reads a file of dates with their answers.
func dateCases(t *testing.T, path string) []dateCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []dateCase
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "\t")
		if len(parts) != 3 {
			t.Fatalf("%s:%d has %d parts, want 3", path, n, len(parts))
		}
		tag, address := "", ""
		for f := range strings.FieldsSeq(parts[1]) {
			if strings.Contains(f, "://") {
				address = f
			} else {
				tag = f
			}
		}
		out = append(out, dateCase{n, parts[0], LocaleOf(tag, address), parts[2]})
	}
	return out
}

// shown is a day, or a time where one was read.
func shown(at time.Time, ok bool) string {
	switch h, m, s := at.Clock(); {
	case !ok:
		return "-"
	case h+m+s+at.Nanosecond() == 0:
		return at.Format(time.DateOnly)
	}
	return at.Format(time.RFC3339Nano)
}

// drawn is the share of a set that was drawn by chance that must be right; of the
// sets written by hand, all.
const drawn = 0.98

// score fails a test of a set of which too few are right.
func score(t *testing.T, right, all int, share float64) {
	t.Helper()
	t.Logf("%d of %d right", right, all)
	if float64(right) < share*float64(all) || all == 0 {
		t.Errorf("got %d of %d right, want %.0f %%", right, all, 100*share)
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for file, share := range map[string]float64{"testdata/dates.txt": 1, "testdata/dates-cldr.txt": drawn} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			cases := dateCases(t, file)
			right := 0
			for _, c := range cases {
				if got := shown(ParseDate(c.text, c.loc)); got != c.want {
					t.Logf("line %d: %q by %+v: got %s, want %s", c.line, c.text, c.loc, got, c.want)
					continue
				}
				right++
			}
			score(t, right, len(cases), share)
		})
	}
}
