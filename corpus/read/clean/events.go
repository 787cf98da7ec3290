package clean

import (
	"strings"
	"time"

	"parley/corpus"
	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// ahead says that a sentence speaks of a day to come.
var ahead = text.Pattern(`(?i)\b(will|would|shall|until|till|deadline|scheduled|expires?|expected|planned|plans to|set to|due|upcoming|next|no later than|as early as|before the end of|takes? place|(is|are) (on|to be)|begins|starts|opens on|ends on|from now)\b`)

// latestDate is the day a text is from, as far as it says: the latest full date
// in it or in a caption or post that was dropped, without those in sentences
// that speak of days to come and, in a text with a publication date, later
// ones. The latest and not the most frequent one, because it orders articles in
// time and says what "Tuesday" means: a report written on the 3rd on a meeting
// of the 2nd is from the 3rd, and one that goes back to 2022 is not from 2022.
func (c *cleaner) latestDate() time.Time {
	var latest time.Time
	loc := c.locale()
	published := "" // its day where it was published
	if t := c.known.Published; !t.IsZero() {
		published = t.Format(time.DateOnly)
	}
	look := func(content string) {
		for _, d := range metadata.FindDates(content, loc) {
			if d.Day.After(latest) && !ahead().MatchString(content) && (published == "" || d.Day.Format(time.DateOnly) <= published) {
				latest = d.Day
			}
		}
	}
	body := corpus.Article{Body: c.body, Headings: c.headings}
	if metadata.FindDates(body.Body, loc) != nil {
		for _, s := range corpus.SplitSentences(&body) {
			look(body.Body[s.Start:s.End])
		}
	}
	for _, d := range c.dropped {
		switch d.Reason {
		case "photo caption", "photo caption or credit", "embedded post", dateLine, "title":
			look(d.Text)
		}
	}
	return latest
}

// event states the day the text is from.
func (c *cleaner) event() {
	if day := c.latestDate(); !day.IsZero() {
		c.state(document.Event, day.Format(time.DateOnly), "latest date in the text", -1)
	}
}

// language states the language that a text is in where its file does not: it says
// how its dates and by-lines are written.
func (c *cleaner) language() {
	if c.known.Language != "" {
		return
	}
	var b strings.Builder
	for i := range c.lines {
		if b.Len() > 3000 {
			break
		}
		b.WriteString(c.lines[i].Text)
		b.WriteByte('\n')
	}
	if lang := metadata.GuessLanguage(b.String()); lang != "" {
		c.imply(document.Language, lang, "words of the text")
	}
}

// locale is what is known about who wrote the dates of the article.
func (c *cleaner) locale() metadata.Locale {
	return metadata.LocaleOf(c.known.Language, c.known.URL)
}
