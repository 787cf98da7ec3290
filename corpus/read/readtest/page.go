package readtest

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

//go:embed data
var data embed.FS

// Kind is what a page is to its readers.
type Kind string

// The kinds of pages.
const (
	Article   Kind = "article"
	Live      Kind = "live"      // a blog of events with timed entries
	Paywalled Kind = "paywalled" // the beginning of an article
	Home      Kind = "home"      // a front page or the list of a section: no article
)

// Page is a page with what is right to read from it.
type Page struct {
	Name      string // style/construct
	Style     string
	Construct string
	HTML      string // decoded
	Charset   string // of the file, UTF-8 when empty
	Kind      Kind
	Want      []Want
	Facts     Facts
}

// Want is a block of text that belongs to an article.
type Want struct {
	Text string // with variants: "{a~b}" is a or b; " ¶ " is a border of blocks
	May  bool   // it is no fault to leave it out: a caption, the time of an entry
}

// Facts are metadata. What is empty is not checked, [None] must not be known.
type Facts struct {
	Title, Publisher, Place, Date, URL string // Date is 2006-01-02; the first four with variants
	Authors                            []string
}

// None is the value of a fact that a page does not state.
const None = "-"

// Bytes is the page as its file would hold it.
func (p Page) Bytes() ([]byte, error) {
	if p.Charset == "" {
		return []byte(p.HTML), nil
	}
	enc, err := htmlindex.Get(p.Charset)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", p.Name, err)
	}
	return encoding.HTMLEscapeUnsupported(enc.NewEncoder()).Bytes([]byte(p.HTML))
}

// Pages are all constructs in all styles, in the order of their names.
func Pages() ([]Page, error) { return pages() }

var pages = sync.OnceValues(func() ([]Page, error) { //nolint:gochecknoglobals // made once, read by many tests
	root, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return PagesFrom(root)
})

// PagesFrom makes pages of the folders constructs, styles and furniture of fsys.
func PagesFrom(fsys fs.FS) ([]Page, error) {
	styles, err := readStyles(fsys)
	if err != nil {
		return nil, err
	}
	constructs, err := readConstructs(fsys)
	if err != nil {
		return nil, err
	}
	furniture, err := readFurniture(fsys)
	if err != nil {
		return nil, err
	}
	var all []Page
	for _, s := range styles {
		for i, c := range constructs {
			if !c.in(s.name) {
				continue
			}
			p, err := s.page(i, constructs, furniture)
			if err != nil {
				return nil, fmt.Errorf("make page %s/%s: %w", s.name, c.name, err)
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// readAll gives the text of each file that matches to f, in order of names.
func readAll(fsys fs.FS, pattern string, f func(name, text string) error) error {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no file %s", pattern)
	}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		base := path.Base(name)
		if err := f(base[:len(base)-len(path.Ext(base))], string(text)); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	return nil
}
