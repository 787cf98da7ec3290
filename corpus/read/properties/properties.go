// Package properties reads what office programs note in a file about it: title,
// author, dates. Much of that is the program's own and says nothing of the text.
//
// When a file was made is not when its text was published, but near it if somebody
// wrote the text in it. It is a last resort, and none for a file that was made at one
// go: a program made that of something older, be it a page, another file or a draft.
package properties

import (
	"strings"
	"time"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// List collects statements.
type List struct {
	All []document.Statement
}

// Add adds the value of a field, unless a program made it up. From names where it
// stands, for people. Authors may stand in one value, separated by semicolons. When
// the file was made and changed is a worse source of when its text was published
// than what the text says.
func (l *List) Add(field document.Field, value, from string) {
	rank := document.Declared
	if field == document.Published || field == document.Updated {
		rank = document.Implied
	}
	values := []string{value}
	if field == document.Author {
		values = strings.Split(value, ";")
	}
	for _, v := range values {
		v = document.OneLine(v)
		switch {
		case v == "":
			continue
		case field == document.Title && IsJunkTitle(v), field == document.Author && isJunkAuthor(v), isJunkDate(v):
			continue
		}
		l.All = append(l.All, document.Statement{Field: field, Value: v, From: from, Rank: rank})
	}
}

// Made is when a file was made and when it was changed last, as it says.
type Made struct{ Created, Changed document.Statement }

// Note keeps a statement of when a file was made or changed.
func (m *Made) Note(field document.Field, value, from string) {
	if value = document.OneLine(value); value == "" || isJunkDate(value) {
		return
	}
	s := document.Statement{Field: field, Value: value, From: from, Rank: document.Implied}
	switch {
	case field == document.Published && m.Created.Value == "":
		s.From += ", when the file was made"
		m.Created = s
	case field == document.Updated && m.Changed.Value == "":
		m.Changed = s
	}
}

// Statements are those about the text: none where the file was made at one go.
// Alone says whether a file that only says when it was made counts.
func (m *Made) Statements(alone bool) []document.Statement {
	const atOneGo = time.Minute
	created, known := metadata.ParseDate(m.Created.Value, metadata.Locale{})
	changed, also := metadata.ParseDate(m.Changed.Value, metadata.Locale{})
	switch {
	case known && also && changed.Sub(created) > atOneGo:
		return []document.Statement{m.Created, m.Changed}
	case known && !also && alone:
		return []document.Statement{m.Created}
	case also && !known:
		return []document.Statement{m.Changed}
	}
	return nil
}

var (
	// programTitle is a title that a program gives to what it prints or makes anew.
	programTitle = text.Pattern(`(?i)^(microsoft (office )?(word|powerpoint|excel)( - .*)?|(untitled|document|dokument|documento|presentation|präsentation|slide|book|mappe)[ -]?\d*|unbenannt\d*|sans titre( ?\d+)?|sin título( ?\d+)?|powerpoint[- ]präsentation|powerpoint presentation|(no|without|ohne|kein) tit(le|el)|print|layout ?\d*|template|vorlage|about:blank|title|titel|cover|scan(ned)?([ _-]?\d+)*|[0-9a-f]{16,})$`)
	// fileTitle is a file's name or path in the place of a title.
	fileTitle = text.Pattern(`(?i)(\.(docx?|dotx?|rtf|odt|pdf|indd|qxd|qxp|pptx?|xlsx?|tex|dvi|ps|eps|p65|pmd|ai|tmp|html?|fm|wpd|txt|pages|md|exe|dll)$|^[a-z]:\\|^file:|^/[^ ]*/)`)
	// programAuthor is an account's or a program's name.
	programAuthor = text.Pattern(`(?i)^(((microsoft )?(office|windows) )?user\d*|benutzer|utente|usuario|utilisateur|admin(istrator)?|owner|root|unknown|author|autor|default|guest|test|pc|hp|dell|lenovo|acer|asus|home|(your|name|user) ?name|anonymous|none|n/?a|python-docx|docx4j|openpyxl|apache poi|aspose.*|libreoffice|openoffice(\.org)?|writer|microsoft( office| corporation| word)?|adobe.*|tex|latex|pandoc|office[ -]?\d+|[a-z]{0,3}\d{3,}|calibre.*|-)$`)
)

// IsJunkTitle reports whether a title is a program's or a file's name.
func IsJunkTitle(s string) bool {
	return programTitle().MatchString(s) || fileTitle().MatchString(s)
}

func isJunkAuthor(s string) bool { return programAuthor().MatchString(s) }

// isJunkDate reports whether a date is that of a program's empty file: those of
// python-docx and of clocks that were not set.
func isJunkDate(s string) bool {
	for _, prefix := range []string{"2013-12-23T23:15:00", "1601-", "1970-01-01", "1980-01-01", "0001-", "0000-"} {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}
