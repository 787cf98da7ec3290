package records

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/corpus/read/body"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// reader gathers the articles of a file.
type reader struct {
	m       *limit.Meter
	roles   roles
	scan    *scanner
	docs    []*document.Document
	notes   []document.Note
	inherit []document.Statement
	base    *url.URL // of a feed
	site    *site    // of an export, nil for other files

	records   int  // met, articles or not
	outermost bool // the last article stands in nothing else
	lines     bool // each line should be an article

	// lineAt is a place whose line is known; later ones are counted from it.
	lineAt, lineNo int
}

func newReader(m *limit.Meter, s string) *reader {
	return &reader{m: m, roles: newRoles(), scan: newScanner(m, s), lineNo: 1}
}

// ReadJSON reads a file of JSON: one article, a list of them, an object that has
// such lists somewhere in it, or several of these one behind the other.
func ReadJSON(m *limit.Meter, s string) ([]*document.Document, []document.Note, error) {
	r := newReader(m, s)
	if err := r.json(); err != nil {
		return nil, nil, r.located(err)
	}
	if r.records == 1 && r.outermost {
		r.docs[0].Part = "" // the file is the article
	}
	return r.docs, r.notes, nil
}

func (r *reader) json() error {
	s := r.scan.text
	i := r.scan.blank(0)
	if i == len(s) {
		return errors.New("is empty")
	}
	for i < len(s) {
		end, err := r.top(i)
		if err != nil {
			return err
		}
		if i = r.scan.blank(end); i < len(s) && s[i] == ',' { // a list that lost its brackets
			i = r.scan.blank(i + 1)
		}
	}
	return r.none("records")
}

// none is the error for a file without articles.
func (r *reader) none(things string) error {
	switch {
	case len(r.docs) > 0:
		return nil
	case len(r.notes) == 0:
		return errors.New("is JSON without articles: an empty list")
	case r.records == 1:
		return &document.LineError{Line: r.notes[0].Line, Err: errors.New(r.notes[0].Reason)}
	}
	return &document.LineError{
		Line: r.notes[0].Line,
		Err:  fmt.Errorf("none of its %d %s is an article: the first %s", r.records, things, r.notes[0].Reason),
	}
}

// located puts an error of the scanner in its line.
func (r *reader) located(err error) error {
	if syntax, ok := errors.AsType[*syntaxError](err); ok {
		return &document.LineError{Line: r.line(min(syntax.at, len(r.scan.text))), Err: err}
	}
	return err
}

// top reads a value that stands in nothing else, and returns its end. The error
// refuses the file.
func (r *reader) top(i int) (int, error) {
	s := r.scan.text
	switch s[i] {
	case '[':
		return r.elements(i)
	case '{':
	default:
		_, end, err := r.scan.value(i, 1)
		if err == nil {
			r.records++
			err = r.refuse(i, errors.New("is no article, nor a list of articles"))
		}
		return end, err
	}
	r.scan.list = -1
	rec := r.record(i)
	end, err := r.scan.members(i, 1, rec.add)
	if err == nil {
		return end, r.object(rec, i, end)
	}
	if syntax, ok := errors.AsType[*syntaxError](err); ok && syntax.err == nil {
		if r.scan.list > i {
			_, err := r.elements(r.scan.list) // all the same, what can be read around the fault
			return len(s), err
		}
		if len(r.docs) > 0 {
			r.records++
			return len(s), r.refuse(i, err)
		}
	}
	return end, err
}

// object reads an object that stands in nothing else: an article, or something
// with articles in it.
func (r *reader) object(rec *record, at, end int) error {
	if err := rec.unwrap(); err != nil {
		return err
	}
	if rec.has(textField) {
		r.outermost = true
		return r.take(rec, at, end)
	}
	lists, err := r.find(value{kind: objectKind, raw: r.scan.text[at:end], at: at}, 0)
	switch {
	case err != nil:
		return err
	case len(lists) == 0 && (rec.isArticle() || r.lines):
		r.outermost = true
		return r.take(rec, at, end)
	case len(lists) == 0:
		r.records++
		return r.refuse(at, notArticles(rec))
	}
	if r.inherit = feedStatements(rec); r.inherit != nil {
		r.base = baseOf(rec)
	}
	for _, l := range lists {
		if l.article {
			_, err = r.element(l.at, false)
		} else {
			_, err = r.elements(l.at)
		}
		if err != nil {
			return err
		}
	}
	r.inherit, r.base, r.site = nil, nil, nil
	return nil
}

// elements reads the articles in the list that begins at an offset, or in an
// object whose keys are their IDs, and returns its end. A broken one is refused
// alone if one can tell where the next begins.
func (r *reader) elements(i int) (int, error) {
	s := r.scan.text
	closing, keyed := byte(']'), s[i] == '{'
	if keyed {
		closing = '}'
	}
	for i = r.scan.blank(i + 1); i < len(s); {
		if s[i] == closing {
			return i + 1, nil
		}
		end, err := r.element(i, keyed)
		if syntax, ok := errors.AsType[*syntaxError](err); ok {
			next := r.next(i)
			if err := r.refuse(i, syntax); err != nil {
				return end, err
			}
			if next < 0 {
				return len(s), nil
			}
			i = next
			continue
		}
		if err != nil {
			return end, err
		}
		if i = r.scan.blank(end); i < len(s) && s[i] == ',' {
			i = r.scan.blank(i + 1)
		}
	}
	return len(s), r.noteLine(r.line(len(s)), "is cut off: the list of articles has no end")
}

// element reads what stands in a list of articles at an offset.
func (r *reader) element(i int, keyed bool) (int, error) {
	r.records++
	key := ""
	if keyed {
		var err error
		if key, i, err = r.scan.key(i); err != nil {
			return i, err
		}
	}
	if i >= len(r.scan.text) || r.scan.text[i] != '{' {
		v, end, err := r.scan.value(i, 1)
		if err != nil {
			return end, err
		}
		return end, r.refuse(i, fmt.Errorf("is %s, not an article", v.describe()))
	}
	rec := r.record(i)
	end, err := r.scan.members(i, 1, rec.add)
	if err != nil {
		return end, err
	}
	if err := rec.unwrap(); err != nil {
		return end, err
	}
	if document.OneLine(key) != "" {
		rec.inherit = append([]document.Statement{{Field: document.ID, Value: strings.Clone(key), From: "key", Rank: document.Stated, Line: rec.line}}, rec.inherit...)
	}
	r.records--
	return end, r.take(rec, i, end)
}

// next finds where the element behind a broken one begins: at the next line that
// starts as the broken one's does. It returns -1 if that does not show.
func (r *reader) next(i int) int {
	s := r.scan.text
	start := strings.LastIndexByte(s[:i], '\n') + 1
	indent := s[start:i]
	if strings.Trim(indent, " \t") != "" || i >= len(s) {
		return -1
	}
	at := strings.Index(s[i:], "\n"+indent+s[i:i+1])
	if at < 0 {
		return -1
	}
	return i + at + 1 + len(indent)
}

// notArticles says what a file of JSON is, as far as its keys tell.
func notArticles(rec *record) error {
	if i := rec.find("type"); i >= 0 && slices.Contains([]string{"FeatureCollection", "Feature", "Topology"}, rec.slots[i].value.String()) {
		return errors.New("is a map (GeoJSON), not articles")
	}
	for _, s := range rec.of(textField) {
		return fmt.Errorf("is JSON without articles: %q is %s", s.key, s.value.describe())
	}
	for _, s := range rec.slots {
		if s.role.field == textField {
			return fmt.Errorf("has no text: %q is empty", s.key)
		}
	}
	return fmt.Errorf(`is JSON without articles: no "text", "content" or "body", %s`, rec.keys())
}

// feedStatements are what a feed says about each of its items.
func feedStatements(rec *record) []document.Statement {
	i := rec.find("version")
	if i < 0 || !strings.Contains(rec.slots[i].value.String(), "jsonfeed.org") {
		return nil
	}
	var out []document.Statement
	for _, s := range rec.slots {
		field := map[string]document.Field{"title": document.Publisher, "language": document.Language}[s.folded]
		if field != "" && !empty(s.value) {
			out = append(out, document.Statement{Field: field, Value: s.value.String(), From: fmt.Sprintf("feed %q", s.key), Rank: document.Declared})
		}
	}
	for _, s := range rec.of(document.Author) {
		names, err := rec.values(s.value, document.Author, 0)
		if err != nil || len(names) == 0 {
			continue
		}
		for _, name := range names {
			out = append(out, document.Statement{Field: document.Author, Value: name, From: fmt.Sprintf("feed %q", s.key), Rank: document.Declared})
		}
		break
	}
	return out
}

// baseOf is the address that those in a JSON Feed are relative to, nil if it states
// none.
func baseOf(rec *record) *url.URL {
	for _, key := range []string{"homepageurl", "feedurl"} {
		if i := rec.find(key); i >= 0 && isAddress(rec.slots[i].value.String()) {
			if u, err := url.Parse(rec.slots[i].value.String()); err == nil {
				return u
			}
		}
	}
	return nil
}

// record begins a record at an offset.
func (r *reader) record(at int) *record {
	line := r.line(at)
	rec := &record{m: r.m, roles: r.roles, scan: r.scan, line: line, what: "field", inherit: r.inherit, base: r.base}
	rec.lineOf = func(v int) int { return line + strings.Count(r.scan.text[at:max(at, v)], "\n") }
	return rec
}

// take makes the article of a record that begins and ends at offsets.
func (r *reader) take(rec *record, at, end int) error {
	r.records++
	if most := r.m.Limits().ArticleBytes; int64(end-at) > most {
		return r.refuse(at, fmt.Errorf("has more than %d bytes, the limit for one article", most))
	}
	if err := r.m.Nodes(1); err != nil {
		return err
	}
	r.site.state(rec)
	d, err := rec.document()
	if err != nil {
		return r.refuse(at, err)
	}
	d.Part = strconv.Itoa(r.records)
	r.docs = append(r.docs, d)
	return nil
}

// refuse notes why what begins at an offset is no article. An error that
// nothing can be read after is returned.
func (r *reader) refuse(at int, err error) error {
	if spent := body.Spent(r.m); spent != nil {
		return spent
	}
	if syntax, ok := errors.AsType[*syntaxError](err); ok && !syntax.cut {
		at = min(syntax.at, len(r.scan.text))
	}
	return r.noteLine(r.line(at), err.Error())
}

// maxNotes bounds what is said about one file.
const maxNotes = 1000

func (r *reader) noteLine(line int, reason string) error {
	switch {
	case len(r.notes) < maxNotes:
		r.notes = append(r.notes, document.Note{Line: line, Reason: reason})
	case len(r.notes) == maxNotes:
		r.notes = append(r.notes, document.Note{Line: line, Reason: "is refused, too, and so may be lines after it: the list of refusals ends here"})
	}
	return r.m.Nodes(1)
}

// line is the line of an offset.
func (r *reader) line(at int) int {
	if at < r.lineAt {
		return r.lineNo - strings.Count(r.scan.text[at:r.lineAt], "\n")
	}
	r.lineNo += strings.Count(r.scan.text[r.lineAt:at], "\n")
	r.lineAt = at
	return r.lineNo
}
