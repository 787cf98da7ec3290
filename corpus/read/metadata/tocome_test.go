package metadata

import (
	"testing"
	"time"
)

func TestToCome(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 11, 9, 30, 0, 0, time.UTC)
	for date, want := range map[string]string{
		"2026-01-11":                "",
		"2026-01-12":                "2026-01-12",
		"2026-01-10":                "",
		"January 13, 2026":          "2026-01-13",
		"13 de enero de 2026":       "2026-01-13",
		"2026-01-11T09:31:00Z":      "2026-01-11",
		"2026-01-11T09:29:00Z":      "",
		"2026-01-11T10:00:00+01:00": "",
		"2026-01-11 23:00":          "",
		"2999-01-01":                "2999-01-01",
		"20270101":                  "",
		"soon":                      "",
		"":                          "",
	} {
		if got := ToCome(date, now); got != want {
			t.Errorf("%q: got %q, want %q", date, got, want)
		}
	}
}
