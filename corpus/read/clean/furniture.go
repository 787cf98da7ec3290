package clean

import (
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// What pages add around reports goes for what a line says; a line that says
// something about the world stays, whatever it begins with.

// maxFurnitureBytes is the length of a line above which it is not looked at:
// the longest prompts and copyright notices stay under it.
const maxFurnitureBytes = 420

// promptWords is the length of the longest line, in words, that is furniture for
// how it begins although it ends like a sentence and speaks to nobody:
// the name of a sponsor, with a full stop.
const promptWords = 8

var (
	// spoken says that a line speaks to the reader of the page.
	spoken = text.Pattern(`\b(you|your|yours|we|us|our|ours|my|me|i|here|below|cookies|newsletters?|inbox|subscribers?|e-?mail)\b`)

	// dated says that a line names a day or an hour.
	dated = text.Pattern(`\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|\d may|may \d|june|july|august|september|october|november|december|\d{1,2}(:\d\d)? ?(am|pm|a\.m|p\.m)|noon|midnight|o'clock)\b`)

	// attributed says that a line tells what somebody said.
	attributed = text.Pattern(`\b(said|says|told|according to|announced|reported|reports|added|warned|urged|wrote|confirmed|claimed|argued|explained|stated|insisted|testified)\b|["“”«»]`)
)

// divider is why a line that only parts the text is taken for no text of it. It stays
// where it is: agencies' reports have them, and nobody is quoted with them.
const divider = "divider"

// drawn reports whether a line is one sign three times or more, blanks aside.
func drawn(content string) bool {
	s := strings.Join(strings.Fields(content), "")
	return len(s) >= 3 && strings.Trim(s, s[:1]) == "" && strings.Contains("_*-=~.", s[:1])
}

// furnitureReason says what kind of page furniture a line is, or nothing.
func furnitureReason(content string) string {
	if len(content) > maxFurnitureBytes {
		return ""
	}
	t := strings.ToLower(strings.Trim(content, " *:!.|>»›→←«‹+#[]▼▲►▶●■✓✔-–—_~=…"))
	t = strings.ReplaceAll(t, "’", "'")
	if t == "" && drawn(content) {
		return divider
	}
	if t == "" {
		return "no text"
	}
	ends := closes(content) && !strings.HasSuffix(content, ":")
	words := text.Words(t)
	if ends && attributed().MatchString(t) && words > promptWords {
		return "" // what somebody said is of the report
	}
	told := ends && words > promptWords && !spoken().MatchString(t) // to nobody: it tells something
	switch {
	case commentForm().MatchString(t):
		return "comment form"
	case rating().MatchString(t):
		return "rating"
	case legal().MatchString(t):
		return "legal notice"
	case advertising().MatchString(t) && !told:
		return "advertising"
	case subscribe().MatchString(t) && (!told || !dated().MatchString(t)):
		return "subscription prompt"
	case republished().MatchString(t), agencyNote().MatchString(t):
		return "note of the editors"
	case signOff().MatchString(t) && credits(content, ends):
		return "credits of the report"
	case contributed().MatchString(t) && words <= headlineWords:
		return "credits of the report"
	case sharePrompt().MatchString(t) && !ends, socialNames().MatchString(t) && networks().MatchString(t) && !ends:
		return "share prompt"
	case related().MatchString(t) && (!ends || words <= 6):
		return linkLabel
	case navigation().MatchString(t) && !ends:
		return "navigation"
	}
	return ""
}

// credits reports whether a line that begins like "Reporting by" goes on with
// names alone.
func credits(content string, ends bool) bool {
	if strings.HasPrefix(content, "(") || strings.Contains(content, ";") {
		return true
	}
	words := strings.Fields(content)
	if ends && len(words) > promptWords {
		return false
	}
	small := 0
	for _, w := range words[1:] {
		if unicode.IsLower(text.FirstRune(w)) && !slices.Contains([]string{"by", "and", "in", "for", "at", "with", "from", "of", "the", "additional", "reporting", "editing", "de", "van", "von", "der"}, w) {
			small++
		}
	}
	return small == 0
}

// Reasons that say something about the lines that follow.
const (
	linkLabel   = "link to other articles"
	otherReport = "headline of another article"
)

// furniture drops the lines that furnitureReason knows.
func (c *cleaner) furniture() {
	for i := range c.lines {
		l := &c.lines[i]
		if !l.kept() || l.listed() && l.ends {
			continue
		}
		reason := furnitureReason(l.Text)
		if n := c.next(i); reason == "navigation" && l.Kind == document.Heading && n < len(c.lines) && c.lines[n].paragraph() {
			continue // a section that is called "Sections"
		}
		if reason != "" {
			c.drop(i, reason)
		}
	}
}

// pager matches the labels of links to the article before and after.
var pager = text.Pattern(`(?i)^[«‹←<\s]*(previous|prev|next|older|newer)( (article|post|story|entry|news))?s?[»›→>:\s]*$`)

// listLabel matches the labels, in lower case, that stand above a list of links.
var listLabel = text.Pattern(`^(related|more (on|from|about|in|stories|news|coverage|top)|(the )?(top|latest|recent|breaking|other|popular|trending|recommended|suggested)|most |also |you (may|might|will|could)|explore|editor|around the web|from (the|our)|in case you|what to read)`)

// promotion matches the lines around an advertisement for a newsletter that
// some pages add for screen readers.
var promotion = text.Pattern(`(?i)^(skip past|after) .{0,30}promotion$`)

// maxPromotion is how many lines such an advertisement may have.
const maxPromotion = 12

// promotions drops what stands between "skip past newsletter promotion" and
// "after newsletter promotion".
func (c *cleaner) promotions() {
	start := -1
	for i := range c.lines {
		switch content := c.lines[i].Text; {
		case !promotion().MatchString(content):
		case content[0] == 's' || content[0] == 'S':
			start = i
		case start >= 0 && i-start <= maxPromotion:
			for j := start; j <= i; j++ {
				c.drop(j, "subscription prompt")
			}
			start = -1
		}
	}
}

// neighbours drops what follows a label: the headline after "Previous Article",
// the headlines after "Related stories", and the readers' comments after a
// comment form.
func (c *cleaner) neighbours() {
	paragraphs := 0
	for i := range c.lines {
		l := &c.lines[i]
		if l.kept() && l.paragraph() {
			paragraphs++
		}
		switch {
		case l.Kind == document.Code:
		case pager().MatchString(l.Text):
			l.reason = "navigation"
			if n := c.next(i); n < len(c.lines) && c.lines[n].name() && c.lines[n].words <= headlineWords {
				c.drop(n, otherReport)
			}
		case l.reason == linkLabel && !strings.Contains(l.Text, ": ") && listLabel().MatchString(strings.ToLower(l.Text)):
			c.dropHeadlines(i)
		case l.reason == "comment form" && paragraphs >= 3 && strings.HasPrefix(strings.ToLower(l.Text), "leave a"):
			for j := i + 1; j < len(c.lines); j++ {
				c.drop(j, "after the comment form")
			}
			return
		}
	}
}

// dropHeadlines drops the headlines under a label, but not one that stands
// right above a paragraph: that one may be a heading of the report.
func (c *cleaner) dropHeadlines(label int) {
	for i := c.next(label); i < len(c.lines); i = c.next(i) {
		l := &c.lines[i]
		if l.ends && l.listed() || !l.name() && !l.listed() || l.words > headlineWords {
			return
		}
		if n := c.next(i); n < len(c.lines) && c.lines[n].Kind == document.Plain && c.lines[n].paragraph() {
			return
		}
		c.drop(i, otherReport)
	}
}

// formatLabel reports whether a heading names only the format of what follows
// it, alone or after a colon.
func formatLabel(content string) bool {
	if i := strings.LastIndex(content, ": "); i >= 0 {
		content = content[i+2:]
	}
	switch strings.ToLower(strings.Trim(content, " :.-–—")) {
	case "quick look", "quick looks", "deep look", "deep dive", "at a glance", "in brief", "in short", "tl;dr", "tldr", "the gist",
		"summary", "highlights", "key points", "key takeaways", "key highlights", "takeaways", "the lead", "overview",
		"full story", "the full story", "in depth", "the details", "story highlights", "what to know", "fast facts",
		"quick facts", "quick read", "long read", "top story", "main story", "article", "story", "news", "report":
		return true
	}
	return false
}
