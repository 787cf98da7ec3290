// Package records reads files of many articles that are made for programs:
// JSON, lines of JSON, and tables with a header. Exporters name the same things
// by many keys; keys.go lists those that are known here.
package records

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// record is one article as a file of many holds it.
type record struct {
	m       *limit.Meter
	roles   roles
	scan    *scanner // of the text that values have their offsets in; nil for a table
	line    int      // that the record begins in
	lineOf  func(at int) int
	what    string // what the file calls a field: "field" or "column"
	inherit []document.Statement
	base    *url.URL // of the feed that it stands in, nil if there is none

	slots []slot   // the known keys
	first []string // keys, for an error
	count int      // of all keys
	notes []document.Note
}

// slot is a member of a record with what it stands for.
type slot struct {
	member
	folded string
	role   role
}

// find returns the slot of a folded key, or -1.
func (r *record) find(folded string) int {
	return slices.IndexFunc(r.slots, func(s slot) bool { return s.folded == folded })
}

// add takes a member in. The last of two that have one key counts, as in every
// decoder. Keys that are not known are not kept: there may be any number.
func (r *record) add(m member) error {
	s, known := r.slot(m)
	if !known {
		return nil
	}
	switch i := r.find(s.folded); {
	case i < 0:
		r.slots = append(r.slots, s)
	case r.slots[i].key == m.key:
		r.note(m.value, "%q stands twice: the last is taken", m.key)
		r.slots[i] = s
	case empty(r.slots[i].value): // "URL" before "url"
		r.slots[i] = s
	}
	return nil
}

// addUnder takes in a member of an object around or in the record, for what the
// record lacks.
func (r *record) addUnder(m member) {
	s, known := r.slot(m)
	if !known {
		return
	}
	s.role.place += last
	if i := r.find(s.folded); i < 0 {
		r.slots = append(r.slots, s)
	} else if v := r.slots[i].value; empty(v) || s.role.field == document.Author && v.kind == numberKind { // of a user, not a name
		r.slots[i] = s
	}
}

func (r *record) slot(m member) (slot, bool) {
	if r.count++; len(r.first) < shownKeys {
		r.first = append(r.first, m.key)
	}
	s := slot{m, fold(m.key), role{}}
	s.role = r.roles.of(s.folded, m.value)
	return s, s.role.field != ""
}

// unwrap finds the article in an object that it stands in with something about
// it, as search engines and content systems export, and metadata that stands
// in an object of its own.
func (r *record) unwrap() error {
	for _, name := range wrapperNames() {
		i := -1
		if !r.has(textField) {
			i = r.find(name)
		}
		if i < 0 || r.slots[i].value.kind != objectKind {
			continue
		}
		members, err := r.scan.membersOf(r.slots[i].value)
		if err != nil {
			return err
		}
		inner := *r
		inner.slots = nil
		for _, m := range members {
			if err := inner.add(m); err != nil {
				return err
			}
		}
		if !inner.has(textField) {
			continue
		}
		for j, s := range r.slots {
			if j != i {
				inner.addUnder(s.member)
			}
		}
		*r = inner
	}
	for _, name := range metaNames() {
		if i := r.find(name); i >= 0 && r.slots[i].value.kind == objectKind {
			members, err := r.scan.membersOf(r.slots[i].value)
			if err != nil {
				return err
			}
			for _, m := range members {
				r.addUnder(m)
			}
		}
	}
	return nil
}

// of returns the members for a field that say something, the plainest key
// first.
func (r *record) of(field document.Field) []slot {
	var out []slot
	for _, s := range r.slots {
		if s.role.field == field && !empty(s.value) {
			out = append(out, s)
		}
	}
	if len(out) > 1 {
		slices.SortStableFunc(out, func(a, b slot) int { return cmp.Compare(a.role.place, b.role.place) })
	}
	return out
}

// has reports whether a text stands under a key for a field.
func (r *record) has(field document.Field) bool {
	return slices.ContainsFunc(r.slots, func(s slot) bool { return s.role.field == field && canBeText(s.value) })
}

// isArticle reports whether the record is one. What has only a summary needs
// what articles have beside it: a title, and unless it is a row of a table, a date,
// an author, an address or an outlet: descriptions stand in settings and schemas,
// too.
func (r *record) isArticle() bool {
	if r.has(textField) {
		return true
	}
	dated := len(r.of(document.Published)) > 0 && len(r.of(document.URL)) > 0
	title := slices.ContainsFunc(r.of(document.Title), func(s slot) bool { return s.folded != "name" || dated })
	return title && r.has(summaryField) &&
		(r.scan == nil || len(r.of(document.Published))+len(r.of(document.Author))+len(r.of(document.URL))+len(r.of(document.Publisher)) > 0)
}

// note remarks something about a value of the record.
func (r *record) note(v value, format string, args ...any) {
	r.notes = append(r.notes, document.Note{Line: r.lineOf(v.at), Reason: fmt.Sprintf(format, args...)})
}

// document makes the article. The error says why the record is none.
func (r *record) document() (*document.Document, error) {
	d := &document.Document{Line: r.line, Light: true}
	if err := r.body(d); err != nil {
		return nil, err
	}
	for _, field := range fieldOrder() {
		if err := r.state(d, field); err != nil {
			return nil, err
		}
	}
	d.Statements = append(d.Statements, r.inherit...)
	d.Warnings = append(d.Warnings, r.notes...)
	if d.Refused == "" {
		d.Refused = r.unpublished()
	}
	return d, nil
}

// unpublished says that the record is not published, if it states so.
func (r *record) unpublished() string {
	for _, s := range r.slots {
		v := s.value
		switch word := strings.ToLower(strings.Trim(v.raw, `"`)); s.folded {
		case "draft", "isdraft":
			if word == "true" {
				return "is a draft"
			}
		case "published", "ispublished":
			if word == "false" {
				return fmt.Sprintf("is not published: its %q is false", s.key)
			}
		case "status", "poststatus":
			switch word {
			case "draft", "auto-draft":
				return "is a draft"
			case "pending", "private", "trash", "future", "scheduled", "unpublished":
				return fmt.Sprintf("is not published: its %q is %q", s.key, word)
			}
		}
	}
	return ""
}

// shownKeys is how many keys an error lists.
const shownKeys = 8

// keys lists the keys of the record for an error.
func (r *record) keys() string {
	if r.count == 0 {
		return "no keys at all"
	}
	list := make([]string, len(r.first))
	for i, key := range r.first {
		list[i] = quoteStart(key)
	}
	if more := r.count - len(list); more > 0 {
		return fmt.Sprintf("only %s and %d more", strings.Join(list, ", "), more)
	}
	return "only " + strings.Join(list, ", ")
}

// empty reports whether a value says nothing.
func empty(v value) bool {
	const short = 64 // longer texts are hardly all blanks, and are not decoded for it
	switch {
	case v.bare:
		return missing(v.raw)
	case v.kind == textKind:
		return len(v.raw) < short && strings.TrimSpace(v.String()) == ""
	case v.kind == objectKind, v.kind == listKind:
		return len(v.raw) < short && strings.Trim(v.raw, "{[]} \t\r\n") == ""
	}
	return v.kind == nullKind || v.raw == "NaN"
}

// missing reports whether a cell is empty or has what programs write for that.
func missing(cell string) bool {
	switch cell = strings.TrimSpace(cell); cell {
	case "", "nan", "NaN", "NAN", "null", "NULL", "None", "N/A", "<NA>", `\N`:
		return true
	}
	return false
}

// canBeText reports whether a value may be the text of an article.
func canBeText(v value) bool {
	switch v.kind {
	case textKind, listKind:
		return !empty(v)
	case objectKind: // what it is written in stands beside it
		for _, key := range []string{`"rendered"`, `"blocks"`, `"content"`, `"children"`} {
			if strings.Contains(v.raw, key) {
				return true
			}
		}
	}
	return false
}
