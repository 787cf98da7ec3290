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
	headerLine = text.Pattern(`(?i)^(username|user|title|headline|titel|titre|título|titulo|titolo|by|author|authors|byline|autor|autorin|autores|auteur|auteurs|autore|autori|автор|published|published (on|at)|publication date|date|datum|fecha|data|дата|posted|posted on|updated|last updated|source|quelle|fuente|fonte|bron|źródło|источник|publisher|outlet|publication|url|link|location|place|dateline|ort|lieu|lugar|luogo|plaats) ?: *(\S.*)$`)
	placeDate  = text.Pattern(`^(\p{Lu}[\p{L}-]+|\p{Lu}{2,}(?: \p{Lu}{2,}){1,2}), (.*\d.*)$`)
	person     = text.Pattern(`^(?:By )?` + personName + `$`)
	datelined  = text.Pattern(`^(\p{Lu}[\p{Lu} .'’-]{2,30}\p{Lu}\.?)(?:, [\p{Lu}\p{Ll}. ]{2,20})?(?:, (?:(\p{Lu}\p{Ll}{2,8}\.? \d{1,2}, \d{4}|\d{1,2} \p{Lu}\p{Ll}{2,8}\.? \d{4})|\p{Lu}\p{Ll}{2,8}\.? \d{1,2}|\d{1,2} \p{Lu}\p{Ll}{2,8}\.?))? ?(?:[(/]([^()/]{2,30})[)/] ?)?[—–_-]+ `)
)

// personName is two to four capitalised words, the first may be an initial.
const personName = `(?:\p{Lu}\.|\p{Lu}[\p{L}'’.-]+)(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+|de|van|von|der|al|bin|la)){1,3}`

// headerLines is how many lines of a text may hold metadata, and standfirsts how
// many paragraphs may stand above a by-line.
const (
	headerLines = 15
	standfirsts = 2
)

// metadataLines takes the metadata from lines above the text, and by-lines from
// below its standfirst.
func (c *cleaner) metadataLines() {
	c.letterheadLines()
	above := 0 // paragraphs
	for i := 0; i < min(headerLines, len(c.lines)) && above <= standfirsts; i++ {
		l := &c.lines[i]
		switch {
		case !l.kept():
		case l.listed():
			if above > 0 || !c.letterhead(i) {
				above++
			}
		case l.Kind != document.Plain:
		case above == 0 && c.headerLine(i):
		case c.credits(i, above > 0):
		case l.paragraph():
			above++
		}
	}
	c.published()
}

// headerLine takes a "key: value" line.
func (c *cleaner) headerLine(i int) bool {
	m := headerLine().FindStringSubmatch(c.lines[i].Text)
	if m == nil || !c.header(i, strings.ToLower(m[1]), strings.TrimSpace(m[3])) {
		return false
	}
	c.drop(i, "metadata")
	return true
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
	case "username", "user":
		return text.Words(value) == 1
	case "title", "headline", "titel", "titre", "título", "titulo", "titolo":
		return set(document.Title, headlineWords)
	case "by", "author", "authors", "byline", "autor", "autorin", "autores", "auteur", "auteurs", "autore", "autori", "автор":
		return set(document.Author, 10)
	case "source", "publisher", "outlet", "publication", "quelle", "fuente", "fonte", "bron", "źródło", "источник":
		return set(document.Publisher, 4)
	case "location", "place", "dateline", "ort", "lieu", "lugar", "luogo", "plaats":
		return set(document.Place, 5)
	case "url", "link":
		return strings.HasPrefix(value, "http") && !strings.Contains(value, " ") && set(document.URL, 1)
	case "updated", "last updated":
		return metadata.HasDate(value, c.locale()) && set(document.Updated, headlineWords)
	}
	if credits, ok := metadata.ReadCredits(c.lines[i].Text, c.locale()); ok && (len(credits.Authors) > 0 || credits.Updated != "") {
		return false // it says more than the date
	}
	return (metadata.HasDate(value, c.locale()) || numbered(value) || i > 0 && fromNow().MatchString(value) && text.Words(value) <= 3) && set(document.Published, headlineWords)
}

// fromNow is a day that counts from one that a file does not say.
var fromNow = text.Pattern(`(?i)^(yesterday|today|tomorrow|now|\d+ \w+ ago|gestern|heute|hier|aujourd.hui|ayer|hoy|ieri|oggi|ontem|hoje|gisteren|vandaag|wczoraj|вчера|сегодня)`)

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

// datelineWithin is how many lines stand above a dateline at most: a standfirst and
// whom to ask.
const datelineWithin = 2

// dateline reads place and agency from "MOSCOW, Dec 2 (Reuters) - …", and the day
// of a text that nothing else dates, if it has a year. The text keeps it.
func (c *cleaner) dateline() {
	var m []string
	for i, n := c.next(-1), 0; i < len(c.lines) && n <= datelineWithin && m == nil; i, n = c.next(i), n+1 {
		if c.lines[i].Kind == document.Plain && c.lines[i].words >= paragraphWords {
			m = datelined().FindStringSubmatch(c.lines[i].Text)
		}
	}
	if m == nil {
		return
	}
	c.state(document.Place, m[1], "dateline", -1)
	if m[2] != "" && c.known.Published.IsZero() {
		c.state(document.Published, m[2], "dateline", -1)
	}
	if agency := strings.TrimSpace(m[3]); agency != "" && !strings.ContainsAny(agency, "0123456789") {
		c.imply(document.Publisher, agency, "dateline")
	}
}

// state notes what a line says about the article; i is the line's index, or -1.
func (c *cleaner) state(field document.Field, value, from string, i int) {
	s := document.Statement{Field: field, Value: value, From: from, Rank: document.Shown}
	if i >= 0 {
		s.Line = c.lines[i].Line
	}
	c.add(s)
}

// imply notes what the text says of something else than the article.
func (c *cleaner) imply(field document.Field, value, from string) {
	c.add(document.Statement{Field: field, Value: value, From: from, Rank: document.Implied})
}

func (c *cleaner) add(s document.Statement) {
	c.statements = append(c.statements, s)
	c.known = metadata.Resolve(append(slices.Clip(c.stated), c.statements...))
}
