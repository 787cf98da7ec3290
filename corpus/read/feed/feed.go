// Package feed reads feeds: RSS 0.9 to 2.0, Atom, and what WordPress exports.
//
// xml.go walks over the file, item.go gathers what an item states, and article.go
// makes the article of it.
package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"parley/corpus/read/body"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// Read reads the items of a feed, one article each. The notes are about items
// that are none, and about what could not be read behind a fault.
func Read(m *limit.Meter, data []byte) ([]*document.Document, []document.Note, error) {
	text, err := textOf(data)
	if err != nil {
		return nil, nil, err
	}
	if err := checkTags(text); err != nil {
		return nil, nil, err
	}
	f := &feed{walker: newWalker(m, text)}
	err = f.read()
	syntax, broken := errors.AsType[*xml.SyntaxError](err)
	switch {
	case broken && f.count > 0:
		f.notes = append(f.notes, document.Note{Line: syntax.Line, Reason: fault(syntax) + ": no item from here on is read"})
	case broken:
		return nil, nil, &document.LineError{Line: syntax.Line, Err: errors.New(fault(syntax))}
	case err != nil:
		return nil, nil, err
	}
	if len(f.docs) == 0 {
		return nil, nil, f.none()
	}
	for _, d := range f.docs {
		f.inherit(d)
	}
	f.teasers()
	return f.docs, f.notes, nil
}

// fault says in plain words where a file stops being XML.
func fault(e *xml.SyntaxError) string {
	if e.Msg == "unexpected EOF" {
		return "is cut off"
	}
	return "is not XML: " + e.Msg
}

// feed is a feed that is being read.
type feed struct {
	*walker
	root      xml.Name
	docs      []*document.Document
	notes     []document.Note
	count     int // of items, articles or not
	title     string
	language  string
	author    []string
	wordpress bool              // what WordPress exports: posts as they are stored
	base      *url.URL          // what addresses are relative to, nil if the feed does not say
	names     map[string]string // of the authors of WordPress, by what they log in with
}

// none is the error for a file without articles.
func (f *feed) none() error {
	if len(f.notes) > 0 {
		return &document.LineError{
			Line: f.notes[0].Line,
			Err:  fmt.Errorf("none of its %d items is an article: the first %s", f.count, f.notes[0].Reason),
		}
	}
	switch strings.ToLower(f.root.Local) {
	case "rss", "rdf", "feed", "channel":
		return errors.New("is a feed without items")
	case "urlset", "sitemapindex":
		return errors.New("is a sitemap: it lists pages and does not hold them; save the pages, or the feed of the site")
	case "opml":
		return errors.New("is a list of feeds (OPML), not articles: save the feeds")
	case "":
		return errors.New("is no XML: it has no elements")
	}
	return fmt.Errorf("is XML but no feed: its root element is <%s>; RSS and Atom are read", f.root.Local)
}

// read walks over the file. Where items stand does not matter: RSS 1.0 has them
// beside its channel, the others in it.
func (f *feed) read() error {
	for {
		token, err := f.next()
		if err != nil || token == nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if f.root.Local == "" {
			f.root = start.Name
			f.language = attribute(start, "lang")
			f.base = absolute(attribute(start, "base"))
		}
		if err := f.element(start); err != nil {
			return err
		}
	}
}

// element reads an element of the feed that is in no item.
func (f *feed) element(start xml.StartElement) error {
	switch local := strings.ToLower(start.Name.Local); {
	case local == "item" || local == "entry":
		if !isCore(start.Name) {
			return f.skip()
		}
		return f.item(start)
	case local == "image", local == "textinput":
		return f.skip()
	case local == "title" && isCore(start.Name) && f.title == "":
		v, err := f.inner()
		if err != nil {
			return err
		}
		f.title, err = body.Line(f.m, v.text)
		return err
	case local == "language":
		v, err := f.inner()
		f.language = strings.TrimSpace(v.text)
		return err
	case local == "author" && isCore(start.Name):
		names, err := f.person()
		f.author = append(f.author, names...)
		return err
	case local == "link":
		v, err := f.inner()
		if rel := attribute(start, "rel"); f.base == nil && (rel == "" || rel == "alternate" || rel == "self") {
			f.base = absolute(strings.TrimSpace(v.text + attribute(start, "href")))
		}
		return err
	case local == "wxr_version":
		f.wordpress = true
		return f.skip()
	case local == "author" && isOf(start.Name, "wp", "wordpress.org/export"):
		return f.member()
	}
	return nil
}

// absolute is an address of the web, nil for what is none.
func absolute(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// resolve completes an address that is relative to that of the feed.
func (f *feed) resolve(s string) string {
	s = strings.TrimSpace(s)
	if f.base == nil || s == "" {
		return s
	}
	if u, err := f.base.Parse(s); err == nil && absolute(u.String()) != nil {
		return u.String()
	}
	return s
}

// member reads what WordPress states about an author: its items name them by what
// they log in with.
func (f *feed) member() error {
	var login, name string
	err := f.children(func(start xml.StartElement) error {
		v, err := f.inner()
		switch start.Name.Local {
		case "author_login":
			login = strings.TrimSpace(v.text)
		case "author_display_name":
			name = strings.TrimSpace(v.text)
		}
		return err
	})
	if login != "" && name != "" {
		if f.names == nil {
			f.names = make(map[string]string)
		}
		f.names[login] = name
	}
	return err
}
