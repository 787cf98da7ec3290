package metadata

import (
	"strings"
	"time"

	"parley/corpus/internal/text"
)

const monthName = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`

// fullDate finds a day with its year in the ways English and American papers
// and machines write it.
var fullDate = text.Pattern(`(?i)\b(?:` + monthName + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthName + `,? (\d{4})|(\d{4})-(\d{2})-(\d{2}))\b`)

// ParseTime reads a date or time as metadata states it. A time without a zone
// is taken as UTC.
func ParseTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		time.RFC3339, time.DateOnly, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04",
		"2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04:05 -0700 MST", "2006/01/02", "2006/01/02 15:04:05", "2006.01.02", "20060102",
		time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.UnixDate, "2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// FindTime reads a date in a short text, such as "Tue, December 2, 2025, 9:15
// AM ET". Without a machine's format it knows the day only.
func FindTime(s string) (time.Time, bool) {
	if t, ok := ParseTime(s); ok {
		return t, true
	}
	dates := FindDates(s)
	if len(dates) == 0 {
		return time.Time{}, false
	}
	return dates[0].Day, true
}

// BareDate reports whether a line is a date and nothing else but its weekday
// and time.
func BareDate(s string) bool {
	dates := FindDates(s)
	return len(dates) == 1 && strings.Trim(s[:dates[0].Start], " ,MTWFSadehinorstuy") == "" &&
		strings.Trim(s[dates[0].End:], " ,:.|0123456789AaPpMmGTUCES") == ""
}

// EndsInDate reports whether a line ends in a full date.
func EndsInDate(s string) bool {
	dates := FindDates(s)
	return len(dates) > 0 && strings.Trim(s[dates[len(dates)-1].End:], " .)") == ""
}

// Dated is a full date in a text: its bytes from Start to End.
type Dated struct {
	Start, End int
	Day        time.Time
}

// FindDates returns the full dates of a text in order.
func FindDates(s string) []Dated {
	var out []Dated
	for _, m := range fullDate().FindAllStringSubmatchIndex(s, -1) {
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return s[m[2*n]:m[2*n+1]]
		}
		year, month, day := group(3), monthOf(group(1)), group(2)
		switch {
		case group(4) != "":
			year, month, day = group(6), monthOf(group(5)), group(4)
		case group(7) != "":
			year, month, day = group(7), group(8), group(9)
		}
		if len(day) == 1 {
			day = "0" + day
		}
		if t, err := time.Parse(time.DateOnly, year+"-"+month+"-"+day); err == nil {
			out = append(out, Dated{m[0], m[1], t})
		}
	}
	return out
}

// monthOf is the number of a month by its name, in two digits.
func monthOf(name string) string {
	if len(name) < 3 {
		return ""
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(name[:3]))
	if i < 0 {
		return ""
	}
	return time.Date(2000, time.Month(i/3+1), 1, 0, 0, 0, 0, time.UTC).Format("01")
}

// HasDate reports whether there may be a full date in a text.
func HasDate(s string) bool { return fullDate().MatchString(s) }
