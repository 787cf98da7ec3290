package metadata

import (
	"strings"
	"time"

	"parley/corpus/internal/text"
)

// eastmost is how far the first zone of the Earth is ahead of UTC.
const eastmost = 14 * time.Hour

// zoned is a time that says in which zone it is.
var zoned = text.Pattern(`(?i)\d\d(?:Z|\s?(?:[+-]\d\d:?\d\d|UTC|GMT))\s*$`)

// ToCome is the day of a date that is still to come at a time, empty for one that
// has come and for no date. A date without a zone has come when its day has begun
// anywhere on Earth.
func ToCome(s string, now time.Time) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDateText || !hasDigit(s) || strings.Trim(s, "0123456789") == "" {
		return ""
	}
	t, ok := ParseDate(s, Locale{})
	if !ok { // one that no article has: 2999-01-01
		var err error
		t, err = time.Parse(time.DateOnly, s[:min(len(s), len(time.DateOnly))])
		ok = err == nil
	}
	if !zoned().MatchString(s) {
		now = now.Add(eastmost)
	}
	if !ok || !t.After(now) {
		return ""
	}
	return t.Format(time.DateOnly)
}
