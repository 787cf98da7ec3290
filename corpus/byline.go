package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Metadata that stands in the text: header lines, by-lines, datelines.

var (
	headerLine  = pattern(`(?i)^(title|headline|by|author|authors|byline|published|published (on|at)|publication date|date|posted|posted on|updated|last updated|source|publisher|outlet|publication|url|link|location|place|dateline) ?: *(\S.*)$`)
	publishedOn = pattern(`(?i)^(first )?(published|posted)( on| at)? +(\S.*)$`)
	updatedOn   = pattern(`(?i)^(last )?(updated|modified|edited)( on| at)?:? +(\S*\d.*|\S+ ago)$`)
	byName      = pattern(`^(?:By|BY|Written by|Story by) ((?:` + personName + `)(?:(?:,| and| &) ` + personName + `){0,4})((?: ?[,|•·–—-] ?| for | in ).{1,80})?$`)
	person      = pattern(`^(?:By )?` + personName + `$`)
	role        = pattern(`^(\p{Lu}[\p{L}&'’, -]* )?(?i:correspondent|reporter|editor|writer|columnist|contributor|bureau chief)(,? (in|at|of|for)? ?\p{Lu}.{0,30})?$`)
	datelined   = pattern(`^(\p{Lu}[\p{Lu} .'’-]{2,30}\p{Lu}\.?)(?:, [\p{Lu}\p{Ll}. ]{2,20})?(?:, \p{Lu}\p{Ll}{2,8}\.? \d{1,2}(?:, \d{4})?)? ?(?:\(([^()]{2,30})\) ?)?[—–-]+ `)
)

// personName is two to four capitalised words, the first may be an initial.
const personName = `(?:\p{Lu}\.|\p{Lu}[\p{L}'’.-]+)(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+|de|van|von|der|al|bin|la)){1,3}`

// headerLines is how many lines of a text may hold metadata.
const headerLines = 15

// metadataLines takes the metadata from lines above the text.
func (c *cleaner) metadataLines() {
	end := min(c.top(), headerLines, len(c.lines))
	for i := range end {
		l := &c.lines[i]
		text := l.text
		if l.kind != plain {
			continue
		}
		if m := headerLine().FindStringSubmatch(text); m != nil && c.header(strings.ToLower(m[1]), strings.TrimSpace(m[3])) {
			c.drop(i, "metadata")
			continue
		}
		if m := publishedOn().FindStringSubmatch(text); m != nil {
			if day, ok := findTime(m[4]); ok {
				if c.article.Published.IsZero() {
					c.article.Published = day
				}
				c.drop(i, "metadata")
			}
		}
		if l.words <= 14 && updatedOn().MatchString(text) {
			c.drop(i, "metadata")
		}
		if m := byName().FindStringSubmatch(text); m != nil && l.words <= 20 {
			c.article.Author = cmp.Or(c.article.Author, m[1])
			c.drop(i, "by-line")
		}
		if role().MatchString(text) && l.words <= 6 && i > 0 && person().MatchString(c.lines[i-1].text) {
			c.article.Author = cmp.Or(c.article.Author, c.lines[i-1].text)
			c.drop(i-1, "by-line")
			c.drop(i, "by-line")
		}
		if l.words <= 6 && bareDate(text) {
			c.drop(i, "date line")
		}
	}
}

// header takes one "key: value" line, and reports whether it was metadata.
func (c *cleaner) header(key, value string) bool {
	a := &c.article
	set := func(field *string, words int) bool {
		if countWords(value) > words || closes(value) && words < headlineWords {
			return false
		}
		*field = cmp.Or(*field, value)
		return true
	}
	switch key {
	case "title", "headline":
		if !set(&a.Title, headlineWords) {
			return false
		}
		a.TitleFrom = TitleFromMetadata
		return true
	case "by", "author", "authors", "byline":
		return set(&a.Author, 10)
	case "source", "publisher", "outlet", "publication":
		return set(&a.Publisher, 4)
	case "location", "place", "dateline":
		return set(&a.Place, 5)
	case "url", "link":
		if !strings.HasPrefix(value, "http") || strings.Contains(value, " ") {
			return false
		}
		a.URL = cmp.Or(a.URL, value)
		return true
	case "updated", "last updated":
		_, ok := findTime(value)
		return ok
	}
	day, ok := findTime(value)
	if ok && a.Published.IsZero() {
		a.Published = day
	}
	return ok
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
		parts, rest := slashParts(c.lines[i].text)
		if len(parts) < 3 || countWords(rest) < bylineRest || !slices.ContainsFunc(parts, c.surelyByline) {
			return
		}
		for n, part := range parts {
			c.bylinePart(part, n)
		}
		c.cut(i, len(c.lines[i].text)-len(rest), "by-line")
		return
	}
}

// surelyByline reports whether a part can only come from a by-line: the title,
// a place in capitals or an initial with a name. Slashes alone also stand around
// pronunciations.
func (c *cleaner) surelyByline(part string) bool {
	return c.article.Title != "" && keyOf(part) == keyOf(c.article.Title) || placeName(part) || person().MatchString(part) && strings.Contains(part, ".")
}

// placeName reports whether a part is in capitals, as datelines are.
func placeName(part string) bool {
	return len(part) > 3 && part == strings.ToUpper(part) && unicode.IsUpper(firstRune(part)) && countWords(part) <= 3
}

func (c *cleaner) bylinePart(part string, n int) {
	a := &c.article
	switch {
	case keyOf(part) == keyOf(a.Title):
	case n == 0 && countWords(part) >= 4:
		if a.Title == "" {
			a.Title, a.TitleFrom = part, TitleFromLine
		}
	case deskName(part):
	case placeName(part):
		a.Place = cmp.Or(a.Place, part)
	case person().MatchString(part):
		a.Author = cmp.Or(a.Author, strings.TrimPrefix(part, "By "))
	case countWords(part) <= 4:
		a.Publisher = cmp.Or(a.Publisher, part)
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
func slashParts(text string) (parts []string, rest string) {
	rest = text
	for len(parts) < maxBylineParts {
		i := strings.Index(rest, "/ ")
		if i < 0 || i > 160 {
			break
		}
		part := strings.TrimSpace(rest[:i])
		if part == "" || countWords(part) > headlineWords || strings.Contains(strings.TrimLeftFunc(part, unicode.IsUpper), ". ") && !person().MatchString(part) {
			break
		}
		parts = append(parts, part)
		rest = strings.TrimSpace(rest[i+2:])
	}
	return parts, rest
}

// dateline reads place and agency from "MOSCOW, Dec 2 (Reuters) - …". The text
// keeps it.
func (c *cleaner) dateline() {
	m := datelined().FindStringSubmatch(c.article.Body)
	if m == nil {
		return
	}
	c.article.Place = cmp.Or(c.article.Place, m[1])
	if agency := strings.TrimSpace(m[2]); agency != "" && !strings.ContainsAny(agency, "0123456789") {
		c.article.Publisher = cmp.Or(c.article.Publisher, agency)
	}
}

// sortDrops orders drops by line.
func sortDrops(drops []Drop) {
	slices.SortStableFunc(drops, func(a, b Drop) int { return cmp.Compare(a.Line, b.Line) })
}

// String is "line N: reason: text".
func (d Drop) String() string {
	return fmt.Sprintf("line %d: %s: %s", d.Line, d.Reason, d.Text)
}
