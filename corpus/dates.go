package corpus

import (
	"strings"
	"time"
)

const monthName = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`

// fullDate finds a day with its year in the ways English and American papers
// and machines write it.
var fullDate = pattern(`(?i)\b(?:` + monthName + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthName + `,? (\d{4})|(\d{4})-(\d{2})-(\d{2}))\b`)

// ahead says that a sentence speaks of a day to come.
var ahead = pattern(`(?i)\b(will|would|shall|until|till|deadline|scheduled|expires?|expected|planned|plans to|set to|due|upcoming|next|no later than|as early as|before the end of|takes? place|(is|are) (on|to be)|begins|starts|opens on|ends on|from now)\b`)

// parseTime reads a date or time as metadata states it. A time without a zone
// is taken as UTC.
func parseTime(s string) (time.Time, bool) {
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

// findTime reads a date in a short text, such as "Tue, December 2, 2025, 9:15
// AM ET". Without a machine's format it knows the day only.
func findTime(s string) (time.Time, bool) {
	if t, ok := parseTime(s); ok {
		return t, true
	}
	dates := findDates(s)
	if len(dates) == 0 {
		return time.Time{}, false
	}
	return dates[0].day, true
}

// bareDate reports whether a line is a date and nothing else but its weekday
// and time.
func bareDate(s string) bool {
	dates := findDates(s)
	return len(dates) == 1 && strings.Trim(s[:dates[0].Start], " ,MTWFSadehinorstuy") == "" &&
		strings.Trim(s[dates[0].End:], " ,:.|0123456789AaPpMmGTUCES") == ""
}

// endsInDate reports whether a line ends in a full date.
func endsInDate(s string) bool {
	dates := findDates(s)
	return len(dates) > 0 && strings.Trim(s[dates[len(dates)-1].End:], " .)") == ""
}

// dated is a full date in a text.
type dated struct {
	Span
	day time.Time
}

// findDates returns the full dates of a text in order.
func findDates(s string) []dated {
	var out []dated
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
			out = append(out, dated{Span{m[0], m[1]}, t})
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

// latestDate is the day a text is from, as far as it says: the latest full date
// in it or in a caption or post that was dropped, without those in sentences
// that speak of days to come and, in a text with a publication date, later
// ones. The latest and not the most frequent one, because it orders articles in
// time and says what "Tuesday" means: a report written on the 3rd on a meeting
// of the 2nd is from the 3rd, and one that goes back to 2022 is not from 2022.
func (c *cleaner) latestDate() time.Time {
	var latest time.Time
	look := func(text string) {
		for _, d := range findDates(text) {
			if d.day.After(latest) && !ahead().MatchString(text) && (c.article.Published.IsZero() || !d.day.After(c.article.Published)) {
				latest = d.day
			}
		}
	}
	body := Article{Body: c.article.Body, Headings: c.article.Headings}
	if fullDate().MatchString(body.Body) {
		for _, s := range SplitSentences(&body) {
			look(body.Body[s.Start:s.End])
		}
	}
	for _, d := range c.dropped {
		switch d.Reason {
		case "photo caption", "photo caption or credit", "embedded post", "date line", "title":
			look(d.Text)
		}
	}
	return latest
}
