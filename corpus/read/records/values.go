package records

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/corpus/read/body"
	"parley/corpus/read/document"
)

// state adds the statements that a record makes about a field, the plainest key
// first. Of authors only one key's are taken: several keys name the same people.
func (r *record) state(d *document.Document, field document.Field) error {
	slots := r.of(field)
	if field == document.URL && r.base == nil && slices.ContainsFunc(slots, func(s slot) bool { return isAddress(s.value.String()) }) {
		slots = slices.DeleteFunc(slots, func(s slot) bool { return strings.HasPrefix(s.value.String(), "/") }) // paths within a site
	}
	for _, s := range slots {
		if s.value.kind == truthKind && s.folded == "published" {
			continue
		}
		values, err := r.values(s.value, field, 0)
		if err != nil {
			return err
		}
		if len(values) == 0 {
			r.note(s.value, "%q is %s: left out", s.key, s.value.describe())
			continue
		}
		values = slices.DeleteFunc(values, func(v string) bool { return document.OneLine(v) == "" })
		if field != document.Author && len(values) > 1 {
			values = values[:1]
		}
		for _, v := range values {
			d.Statements = append(d.Statements, document.Statement{
				Field: field, Value: strings.Clone(v), From: fmt.Sprintf("%s %q", r.what, s.key), Rank: document.Stated, Line: r.lineOf(s.value.at),
			})
		}
		if field == document.Author {
			break
		}
	}
	return nil
}

// describe says what a value is, for people.
func (v value) describe() string {
	switch v.kind {
	case numberKind:
		return "a number, " + quoteless(v.raw)
	case textKind:
		return "a text, " + quoteStart(v.String())
	case objectKind:
		return "an object without a text that is known for it"
	case nullKind, truthKind, listKind:
	}
	return v.kind.String()
}

// quoteless cuts a number that is longer than one can read.
func quoteless(s string) string { return s[:min(len(s), 24)] }

// maxNames bounds the authors of one article.
const maxNames = 64

// values are the texts that a value says about a field: its own, those of its
// elements, or one that stands in it under a key for such texts.
func (r *record) values(v value, field document.Field, depth int) ([]string, error) {
	const deepest = 4
	if depth > deepest || empty(v) {
		return nil, nil
	}
	switch v.kind {
	case textKind, numberKind:
		return r.one(v, field)
	case listKind:
		elements, err := r.scan.elementsOf(v, maxNames)
		var out []string
		for _, e := range elements {
			more, err := r.values(e, field, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		if field == document.ID && len(out) > 1 {
			out = []string{strings.Join(out, ", ")}
		}
		return out, err
	case objectKind:
		members, err := r.scan.membersOf(v)
		if err != nil {
			return nil, err
		}
		for _, key := range innerNames(field) {
			for _, m := range members {
				if fold(m.key) != key || empty(m.value) {
					continue
				}
				if out, err := r.values(m.value, field, depth+1); err != nil || len(out) > 0 {
					return out, err
				}
			}
		}
		if field == document.Author {
			return fullName(members), nil
		}
	case nullKind, truthKind:
	}
	return nil, nil
}

// innerNames are the keys under which an object has what it stands for.
func innerNames(field document.Field) []string {
	switch field {
	case document.ID:
		return []string{"oid", "value", "text", "id", "rendered"}
	case document.URL:
		return []string{"url", "href", "value", "id"}
	case document.Published, document.Updated, document.Event:
		return []string{"date", "value", "iso", "utc", "numberlong", "seconds", "published", "text"}
	case document.Author:
		return []string{"displayname", "name", "fullname", "original", "value", "text", "title", "attributes", "data"}
	case document.Publisher, document.Place:
		return []string{"name", "title", "legalname", "value", "text", "displayname"}
	default:
		return []string{"rendered", "main", "value", "text", "name", "title", "plain", "default", "code"}
	}
}

// fullName is a name whose parts stand apart.
func fullName(members []member) []string {
	var parts [2]string
	for _, m := range members {
		switch fold(m.key) {
		case "firstname", "givenname", "given", "first":
			parts[0] = m.value.String()
		case "lastname", "familyname", "family", "last", "surname":
			parts[1] = m.value.String()
		}
	}
	if name := strings.TrimSpace(parts[0] + " " + parts[1]); name != "" {
		return []string{name}
	}
	return nil
}

// one is the text of a text or number about a field.
func (r *record) one(v value, field document.Field) ([]string, error) {
	s := strings.TrimSpace(strings.ToValidUTF8(v.String(), "\uFFFD"))
	switch field {
	case document.Published, document.Updated, document.Event:
		if t, ok := stamp(s); ok {
			return []string{t}, nil
		}
		if v.kind == numberKind {
			return nil, nil
		}
	case document.Author:
		if v.bare || strings.HasPrefix(s, "[") {
			return listed(s), nil
		}
	case document.Title:
		line, err := body.Line(r.m, s)
		return []string{line}, err
	case document.URL:
		if u, err := url.Parse(s); err == nil && r.base != nil && s != "" {
			return []string{r.base.ResolveReference(u).String()}, nil
		}
	default:
	}
	if s == "" {
		return nil, nil
	}
	return []string{s}, nil
}

// listed takes apart a list of names that was written into a text as Python or
// JSON writes lists.
func listed(s string) []string {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return []string{s}
	}
	inner := s[1 : len(s)-1]
	var out []string
	for inner != "" && len(out) < maxNames {
		inner = strings.TrimLeft(inner, ", \t")
		if inner == "" {
			break
		}
		mark := inner[:1]
		if mark != `"` && mark != "'" {
			return []string{s}
		}
		name, rest, ok := strings.Cut(inner[1:], mark)
		if !ok {
			return []string{s}
		}
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
		inner = rest
	}
	return out
}

// A number that stands for a time counts from 1970, in seconds or in thousandths,
// millionths or billionths of them. Below minStamp it counts something else: the
// first nine-digit second is one of 1973.
const (
	minStamp = 1e8
	maxStamp = 1e10 // in 2286
)

// stamp writes a time that is a number as RFC 3339 does. A day may also be
// written as a number of eight digits, a year as one of four.
func stamp(s string) (string, bool) {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return "", false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return "", false
	}
	s = strings.TrimSuffix(s, ".0")
	if day, err := time.Parse("20060102", s); err == nil && day.Year() >= 1800 && day.Year() < 2200 {
		return day.Format(time.DateOnly), true
	}
	if len(s) == len("2006") && f >= 1000 && f < 2200 {
		return s, true
	}
	for unit := 1.0; unit <= 1e9; unit *= 1e3 {
		if sec := f / unit; sec >= minStamp && sec < maxStamp {
			return time.Unix(int64(sec), 0).UTC().Format(time.RFC3339), true
		}
	}
	return "", false
}
