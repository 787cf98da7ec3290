package cli

import (
	"fmt"
	"time"
)

// dayLayouts are the ways to write a date.
var dayLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime,
	"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006",
}

// parseDay reads a date as people and files write it.
func parseDay(s string) (time.Time, error) {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date", s)
}

// asOf is the day of --as-of, zero without it.
func (a *app) asOf() (time.Time, error) {
	if a.flags.AsOf == "" {
		return time.Time{}, nil
	}
	t, err := parseDay(a.flags.AsOf)
	if err != nil {
		return t, usagef("write it as 2025-12-03", "--as-of: %w", err)
	}
	return t, nil
}

// day writes a date as the JSON output has it, or "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
