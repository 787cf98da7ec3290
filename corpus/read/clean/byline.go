package clean

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// Metadata that stands in the text: header lines, by-lines, datelines.

var (
	headerLine  = text.Pattern(`(?i)^(title|headline|by|author|authors|byline|published|published (on|at)|publication date|date|posted|posted on|updated|last updated|source|publisher|outlet|publication|url|link|location|place|dateline) ?: *(\S.*)$`)
	publishedOn = text.Pattern(`(?i)^(first )?(published|posted)( on| at)? +(\S.*)$`)
	updatedOn   = text.Pattern(`(?i)^(last )?(updated|modified|edited)( on| at)?:? +(\S*\d.*|\S+ ago)$`)
	byName      = text.Pattern(`^(?:(?i:by:? |(?:written|story|posted|reported|words|text|analysis)(?: by:? |: ?)))(\p{L}.*)$`)
	byForeign   = text.Pattern(`^(?i:(von|par|por|door|di)) (\p{Lu}.*)$`)
	updatedWord = text.Pattern(`(?i)\b(updated|modified|edited)\b`)
	placeDate   = text.Pattern(`^(\p{Lu}[\p{L}-]+|\p{Lu}{2,}(?: \p{Lu}{2,}){1,2}), (.*\d.*)$`)
	person      = text.Pattern(`^(?:By )?` + personName + `$`)
	role        = text.Pattern(`^(\p{Lu}[\p{L}&'’, -]* )?(?i:correspondent|reporter|editor|writer|columnist|contributor|bureau chief)(,? (in|at|of|for)? ?\p{Lu}.{0,30})?$`)
	datelined   = text.Pattern(`^(\p{Lu}[\p{Lu} .'’-]{2,30}\p{Lu}\.?)(?:, [\p{Lu}\p{Ll}. ]{2,20})?(?:, (?:(\p{Lu}\p{Ll}{2,8}\.? \d{1,2}, \d{4}|\d{1,2} \p{Lu}\p{Ll}{2,8}\.? \d{4})|\p{Lu}\p{Ll}{2,8}\.? \d{1,2}|\d{1,2} \p{Lu}\p{Ll}{2,8}\.?))? ?(?:[(/]([^()/]{2,30})[)/] ?)?[—–-]+ `)
)

// personName is two to four capitalised words, the first may be an initial.
const personName = `(?:\p{Lu}\.|\p{Lu}[\p{L}'’.-]+)(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+|de|van|von|der|al|bin|la)){1,3}`

// dateWords is the length of the longest line that is a date alone: "Updated
// Monday, March 30, 2026, at 9:15 a.m. Eastern Time".
const dateWords = 10

// headerLines is how many lines of a text may hold metadata.
const headerLines = 15

// bylineWords is the length of the longest by-line in words, with roles, places
// and dates.
const bylineWords = 20

// metadataLines takes the metadata from lines above the text.
func (c *cleaner) metadataLines() {
	end := min(c.top(), headerLines, len(c.lines))
	for i := range end {
		l := &c.lines[i]
		if l.Kind != document.Plain {
			continue
		}
		if m := headerLine().FindStringSubmatch(l.Text); m != nil && c.header(i, strings.ToLower(m[1]), strings.TrimSpace(m[3])) {
			c.drop(i, "metadata")
			continue
		}
		if names, ok := c.by(i); ok {
			c.state(document.Author, names, "by-line", i)
			if len(metadata.FindDates(l.Text, c.locale())) > 0 && !updatedWord().MatchString(l.Text) {
				c.state(document.Published, l.Text, "by-line", i)
			}
			c.drop(i, "by-line")
			continue
		}
		c.dated(i)
	}
	c.published(end)
}

// published takes the date of a line that is a date alone, next to the by-line if
// one is, else the last above the text: the first may be the day of the visit,
// which some pages show at their top.
func (c *cleaner) published(end int) {
	best := -1
	for i := range end {
		if c.lines[i].reason != dateLine || updatedWord().MatchString(c.lines[i].Text) {
			continue
		}
		if best < 0 || !c.besideByline(best) || c.besideByline(i) {
			best = i
		}
	}
	if best >= 0 && c.known.Published.IsZero() && (c.besideByline(best) || best > 0) {
		c.state(document.Published, c.lines[best].Text, "date line", best)
	}
}

// besideByline reports whether a by-line stands right above or below a line.
func (c *cleaner) besideByline(i int) bool {
	return i > 0 && c.lines[i-1].reason == "by-line" || i+1 < len(c.lines) && c.lines[i+1].reason == "by-line"
}

// dateLine is why a line goes that is a date alone.
const dateLine = "date line"

// dated takes a line that says when the text was published or updated, or
// that is a date alone.
func (c *cleaner) dated(i int) {
	l := &c.lines[i]
	if m := publishedOn().FindStringSubmatch(l.Text); m != nil && metadata.HasDate(m[4], c.locale()) {
		c.state(document.Published, m[4], "date line", i)
		c.drop(i, "metadata")
	}
	if l.words <= 14 && updatedOn().MatchString(l.Text) {
		c.drop(i, "metadata")
	}
	if l.words > dateWords {
		return
	}
	if m := placeDate().FindStringSubmatch(l.Text); m != nil && !metadata.BareDate(l.Text, c.locale()) && metadata.BareDate(m[2], c.locale()) {
		c.state(document.Place, m[1], "dateline", i)
		c.drop(i, dateLine)
		return
	}
	if metadata.BareDate(l.Text, c.locale()) {
		c.drop(i, dateLine)
		if i > 1 && c.lines[i-1].kept() && c.lines[i-1].words <= 4 && person().MatchString(c.lines[i-1].Text) && len(metadata.Names(c.lines[i-1].Text)) > 0 {
			c.state(document.Author, c.lines[i-1].Text, "by-line", i-1)
			c.drop(i-1, "by-line")
		}
	}
}

// by returns the by-line at i: after "By", beside a date, or above or before what
// somebody does.
func (c *cleaner) by(i int) (byline string, ok bool) {
	l := &c.lines[i]
	if l.words > bylineWords {
		return "", false
	}
	if rest := c.afterBy(l.Text); rest != "" {
		return rest, !l.ends && slices.ContainsFunc(metadata.Names(rest), wholeName) || agencyLine(rest)
	}
	if byline, ok := c.namesBeside(l.Text); ok {
		return byline, true
	}
	if role().MatchString(l.Text) && l.words <= 6 && i > 0 && person().MatchString(c.lines[i-1].Text) {
		c.drop(i-1, "by-line")
		return c.lines[i-1].Text, true
	}
	if name, rest, found := strings.Cut(l.Text, ", "); found && l.words <= 10 && person().MatchString(name) && (role().MatchString(rest) || agencyLine(rest)) {
		return name, true
	}
	return "", false
}

// afterBy is what follows "By" at the start of a line, or the word of the
// language that the text is known to be in.
func (c *cleaner) afterBy(line string) string {
	if m := byName().FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if m := byForeign().FindStringSubmatch(line); m != nil {
		switch c.locale().Language + " " + strings.ToLower(m[1]) {
		case "de von", "fr par", "es por", "pt por", "nl door", "it di":
			return m[2]
		}
	}
	return ""
}

// namesBeside returns the names that stand beside a date in a line: "Jane Doe |
// January 5, 2026", "Posted on January 5, 2026 by Jane Doe".
func (c *cleaner) namesBeside(line string) (byline string, ok bool) {
	dates := metadata.FindDates(line, c.locale())
	if len(dates) != 1 {
		return "", false
	}
	before, after := line[:dates[0].Start], line[dates[0].End:]
	for _, part := range []string{strings.Trim(before, " ,|•·/–—-"), strings.Trim(after, " ,|•·/–—-")} {
		if m := byName().FindStringSubmatch(part); m != nil {
			part = m[1]
		} else if !strings.ContainsAny(before+after, "|•·/–—-") {
			continue
		}
		if names := metadata.Names(part); len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !wholeName(n) }) {
			return part, true
		}
	}
	return "", false
}

// wholeName reports whether a name has a first name or an initial.
func wholeName(s string) bool { return person().MatchString(s) }

// agencyLine reports whether what follows "By" is a news agency.
func agencyLine(s string) bool {
	return loneCredit().MatchString(s) && text.Words(s) <= 4
}

// header takes the "key: value" line at i, and reports whether it was metadata.
func (c *cleaner) header(i int, key, value string) bool {
	set := func(field document.Field, words int) bool {
		if text.Words(value) > words || closes(value) && words < headlineWords {
			return false
		}
		c.state(field, value, fmt.Sprintf("line %q", key+":"), i)
		return true
	}
	switch key {
	case "title", "headline":
		return set(document.Title, headlineWords)
	case "by", "author", "authors", "byline":
		return set(document.Author, 10)
	case "source", "publisher", "outlet", "publication":
		return set(document.Publisher, 4)
	case "location", "place", "dateline":
		return set(document.Place, 5)
	case "url", "link":
		return strings.HasPrefix(value, "http") && !strings.Contains(value, " ") && set(document.URL, 1)
	case "updated", "last updated":
		return metadata.HasDate(value, c.locale())
	}
	return (metadata.HasDate(value, c.locale()) || numbered(value)) && set(document.Published, headlineWords)
}

// numbered reports whether a value can only be meant for a date, although it is
// none that is understood: it has two numbers and hardly anything else.
func numbered(value string) bool {
	numbers := strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsDigit(r) })
	return len(numbers) > 1 && text.Words(value) <= 5
}

// maxBylineParts and bylineRest bound a by-line of parts between slashes and
// the paragraph that must follow it.
const (
	maxBylineParts = 8
	bylineRest     = 8
)

// byline takes apart a paragraph that starts with a by-line of parts between
// slashes, "Headline/ Outlet/ PLACE/ J. Doe/ Evening Edition/ The report …".
func (c *cleaner) byline() {
	for i := range c.lines {
		if !c.lines[i].kept() || !c.lines[i].paragraph() {
			continue
		}
		parts, rest := slashParts(c.lines[i].Text)
		if len(parts) < 3 || text.Words(rest) < bylineRest || !slices.ContainsFunc(parts, c.surelyByline) {
			return
		}
		for n, part := range parts {
			c.bylinePart(i, part, n)
		}
		c.cut(i, len(c.lines[i].Text)-len(rest), "by-line")
		return
	}
}

// surelyByline reports whether a part can only come from a by-line: the title,
// a place in capitals or an initial with a name. Slashes alone also stand around
// pronunciations.
func (c *cleaner) surelyByline(part string) bool {
	return c.known.Title != "" && keyOf(part) == keyOf(c.known.Title) || placeName(part) || person().MatchString(part) && strings.Contains(part, ".")
}

// placeName reports whether a part is in capitals, as datelines are.
func placeName(part string) bool {
	return len(part) > 3 && part == strings.ToUpper(part) && unicode.IsUpper(text.FirstRune(part)) && text.Words(part) <= 3
}

func (c *cleaner) bylinePart(i int, part string, n int) {
	switch {
	case keyOf(part) == keyOf(c.known.Title):
	case n == 0 && text.Words(part) >= 4:
		c.state(document.Title, part, "by-line", i)
	case deskName(part):
	case placeName(part):
		c.state(document.Place, part, "by-line", i)
	case person().MatchString(part):
		c.state(document.Author, strings.TrimPrefix(part, "By "), "by-line", i)
	case text.Words(part) <= 4:
		c.state(document.Publisher, part, "by-line", i)
	}
}

// deskName reports whether a part of a by-line names an edition or a desk.
func deskName(part string) bool {
	words := strings.Fields(strings.ToLower(part))
	if len(words) == 0 {
		return true
	}
	switch words[len(words)-1] {
	case "edition", "desk", "staff", "report", "reports", "update", "updates", "team", "bureau", "newsroom", "writer", "correspondent":
		return true
	}
	return false
}

// slashParts returns the parts of a by-line at the start of text and what
// follows the last slash.
func slashParts(content string) (parts []string, rest string) {
	rest = content
	for len(parts) < maxBylineParts {
		i := strings.Index(rest, "/ ")
		if i < 0 || i > 160 {
			break
		}
		part := strings.TrimSpace(rest[:i])
		if part == "" || text.Words(part) > headlineWords || strings.Contains(strings.TrimLeftFunc(part, unicode.IsUpper), ". ") && !person().MatchString(part) {
			break
		}
		parts = append(parts, part)
		rest = strings.TrimSpace(rest[i+2:])
	}
	return parts, rest
}

// dateline reads place and agency from "MOSCOW, Dec 2 (Reuters) - …", and the day
// of a text that nothing else dates, if it has a year. The text keeps it.
func (c *cleaner) dateline() {
	m := datelined().FindStringSubmatch(c.body)
	if m == nil {
		return
	}
	c.state(document.Place, m[1], "dateline", -1)
	if m[2] != "" && c.known.Published.IsZero() {
		c.state(document.Published, m[2], "dateline", -1)
	}
	if agency := strings.TrimSpace(m[3]); agency != "" && !strings.ContainsAny(agency, "0123456789") {
		c.state(document.Publisher, agency, "dateline", -1)
	}
}

// state notes what a line says about the article; i is the line's index, or -1.
func (c *cleaner) state(field document.Field, value, from string, i int) {
	s := document.Statement{Field: field, Value: value, From: from, Rank: document.Shown}
	if i >= 0 {
		s.Line = c.lines[i].Line
	}
	c.statements = append(c.statements, s)
	c.known = metadata.Resolve(append(slices.Clip(c.stated), c.statements...))
}
