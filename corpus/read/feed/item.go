package feed

import (
	"encoding/xml"
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// item is what an item of a feed states.
type item struct {
	line       int
	what       string // what the feed calls it: "item" or "entry"
	statements []document.Statement
	updated    document.Statement
	permalink  document.Statement // the address that an identifier is
	title      string
	authors    bool
	full       content // the article
	summary    content // or what it is about
	aside      content // or what an extension says of its film or sound
	draft      bool
	other      bool // no article: a picture or a menu
	size       int64
}

// perItem is how many elements an item counts for, by the memory it takes.
const perItem = 4

// item reads an item of the feed.
func (f *feed) item(start xml.StartElement) error {
	if err := f.m.Nodes(perItem); err != nil {
		return err
	}
	it := &item{line: f.line(), what: strings.ToLower(start.Name.Local)}
	if base := absolute(f.resolve(attribute(start, "base"))); base != nil {
		defer func(outer *url.URL) { f.base = outer }(f.base)
		f.base = base
	}
	if lang := attribute(start, "lang"); lang != "" {
		f.state(it, document.Language, lang, "lang")
	}
	from := f.dec.InputOffset()
	err := f.children(func(child xml.StartElement) error { return f.child(it, child) })
	it.size = f.dec.InputOffset() - from
	if err != nil {
		return err // what is cut off is no article
	}
	f.count++
	if it.other {
		return nil
	}
	return f.take(it)
}

// state adds a statement from an element of an item.
func (f *feed) state(it *item, field document.Field, value, element string) {
	if value = strings.TrimSpace(value); document.OneLine(value) != "" {
		it.statements = append(it.statements, document.Statement{
			Field: field, Value: value, From: fmt.Sprintf("%s %q", it.what, element), Rank: document.Stated, Line: f.line(),
		})
	}
}

// child reads an element of an item.
func (f *feed) child(it *item, start xml.StartElement) error {
	name := start.Name
	local := strings.ToLower(name.Local)
	switch {
	case local == "encoded" && isOf(name, "content", "/content/"):
		return f.text(&it.full)
	case isOf(name, "wp", "wordpress.org/export") && !strings.Contains(name.Space, "excerpt"):
		return f.wordPress(it, local)
	case local == "origlink":
		return f.field(it, document.URL, local)
	case isOf(name, "dc", "purl.org/dc/"):
		return f.dublinCore(it, local)
	case local == "group" && isOf(name, "media", "search.yahoo.com/mrss"):
		return f.children(func(child xml.StartElement) error { return f.child(it, child) })
	case local == "description" && isOf(name, "media", "search.yahoo.com/mrss"), local == "summary" && isOf(name, "itunes", "itunes.com/dtds"):
		return f.text(&it.aside)
	case !isCore(name):
		return f.skip()
	}
	switch local {
	case "title":
		v, err := f.inner()
		it.title = v.text
		if v.markup || attribute(start, "type") == "html" {
			it.title = "<p>" + v.text + "</p>"
		}
		return err
	case "link":
		return f.link(it, start)
	case "guid", "id":
		return f.identifier(it, start, local)
	case "description", "summary":
		return f.text(&it.summary)
	case "content", "body", "fulltext":
		return f.atomContent(it, start)
	case "pubdate", "published", "issued", "created", "date":
		return f.field(it, document.Published, name.Local)
	case "updated", "modified":
		v, err := f.inner()
		it.updated = document.Statement{
			Field: document.Updated, Value: strings.TrimSpace(v.text), From: fmt.Sprintf("%s %q", it.what, name.Local), Rank: document.Stated, Line: v.line,
		}
		return err
	case "author":
		return f.itemAuthor(it)
	case "source":
		return f.source(it)
	case "language":
		return f.field(it, document.Language, local)
	}
	return f.skip()
}

// field makes a statement of the text of an element.
func (f *feed) field(it *item, field document.Field, element string) error {
	v, err := f.inner()
	f.state(it, field, v.text, element)
	return err
}

// text keeps the longer of two texts: some feeds give both a teaser and the
// article under one name.
func (f *feed) text(to *content) error {
	v, err := f.inner()
	if len(v.text) > len(to.text) {
		*to = v
	}
	return err
}

// atomContent reads the content of an entry, which its type says the form of.
func (f *feed) atomContent(it *item, start xml.StartElement) error {
	if attribute(start, "src") != "" {
		return f.skip() // it stands elsewhere
	}
	v, err := f.inner()
	if attribute(start, "type") == "html" {
		v.markup = true
	}
	if len(v.text) > len(it.full.text) {
		it.full = v
	}
	return err
}

// link reads the address of an item: RSS has it as a text, Atom as an attribute
// of the link that is for the article itself.
func (f *feed) link(it *item, start xml.StartElement) error {
	v, err := f.inner()
	if rel := attribute(start, "rel"); rel == "" || rel == "alternate" {
		f.state(it, document.URL, f.resolve(v.text), "link")
		f.state(it, document.URL, f.resolve(attribute(start, "href")), "link")
	}
	return err
}

// identifier reads an item's ID, which is an address of it unless it says that
// it is not.
func (f *feed) identifier(it *item, start xml.StartElement, local string) error {
	v, err := f.inner()
	f.state(it, document.ID, v.text, local)
	if s := strings.TrimSpace(v.text); local == "guid" && attribute(start, "isPermaLink") != "false" && strings.HasPrefix(s, "http") {
		it.permalink = document.Statement{Field: document.URL, Value: s, From: `item "guid"`, Rank: document.Stated, Line: v.line}
	}
	return err
}

// dublinCore reads an element of the Dublin Core.
func (f *feed) dublinCore(it *item, local string) error {
	fields := map[string]document.Field{
		"creator": document.Author, "date": document.Published, "issued": document.Published, "created": document.Published,
		"publisher": document.Publisher, "language": document.Language,
	}
	field := fields[local]
	if field == "" {
		return f.skip()
	}
	it.authors = it.authors || field == document.Author
	v, err := f.inner()
	if name := f.names[strings.TrimSpace(v.text)]; field == document.Author && name != "" {
		v.text = name
	}
	f.state(it, field, v.text, "dc:"+local)
	return err
}

// wordPress reads an element of what WordPress exports.
func (f *feed) wordPress(it *item, local string) error {
	v, err := f.inner()
	switch value := strings.TrimSpace(v.text); local {
	case "status":
		it.draft = value == "draft" || value == "private" || value == "pending" || value == "trash" || value == "auto-draft"
	case "post_type":
		it.other = value != "post" && value != "page"
	}
	return err
}

// source reads where an item was taken from: its name as RSS and as Atom have it.
func (f *feed) source(it *item) error {
	var b strings.Builder
	for open := f.depth; ; {
		token, err := f.next()
		if err != nil {
			return err
		}
		if token == nil || f.depth < open {
			break
		}
		switch t := token.(type) {
		case xml.CharData:
			if f.depth == open {
				b.Write(t)
			}
		case xml.StartElement:
			if t.Name.Local != "title" {
				if err := f.skip(); err != nil {
					return err
				}
				continue
			}
			v, err := f.inner()
			if err != nil {
				return err
			}
			b.WriteString(v.text)
		}
	}
	f.state(it, document.Publisher, b.String(), "source")
	return nil
}

// itemAuthor reads an author of an item, if none was named by a better element.
func (f *feed) itemAuthor(it *item) error {
	names, err := f.person()
	if it.authors {
		return err
	}
	for _, name := range names {
		f.state(it, document.Author, name, "author")
	}
	return err
}

// nameBehind finds the name behind an address: "desk@gazette.example (Ada Holm)".
var nameBehind = text.Pattern(`^\S+@\S+\s+\((.+)\)$`)

// person reads the names in an element: elements of their own in Atom, in RSS a
// text that should be an address with a name.
func (f *feed) person() ([]string, error) {
	var names []string
	var b strings.Builder
	for open := f.depth; ; {
		token, err := f.next()
		if err != nil {
			return nil, err
		}
		if token == nil || f.depth < open {
			break
		}
		switch t := token.(type) {
		case xml.CharData:
			if f.depth == open {
				b.Write(t)
			}
		case xml.StartElement:
			v, err := f.inner()
			if err != nil {
				return nil, err
			}
			if t.Name.Local == "name" && strings.TrimSpace(v.text) != "" {
				names = append(names, strings.TrimSpace(v.text))
			}
		}
	}
	if len(names) > 0 {
		return names, nil
	}
	return personName(strings.TrimSpace(b.String())), nil
}

func personName(s string) []string {
	if m := nameBehind().FindStringSubmatch(s); m != nil {
		return m[1:]
	}
	if strings.Contains(s, "@") {
		if a, err := mail.ParseAddress(s); err == nil && a.Name != "" {
			return []string{a.Name}
		}
		return nil
	}
	if s == "" {
		return nil
	}
	return []string{s}
}
