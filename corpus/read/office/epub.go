package office

import (
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/properties"
)

// ReadEPUB reads an electronic book, an article a chapter: a citation then names
// the chapter, and each chapter counts for itself where articles are compared.
// Pages that are no text of the book (cover, contents, imprint, index) are noted as
// left out in the first chapter.
func ReadEPUB(m *limit.Meter, data []byte) ([]*document.Document, error) {
	a, err := open(m, data, "an .epub file")
	if err != nil {
		return nil, err
	}
	if err := isLocked(a); err != nil {
		return nil, err
	}
	name, err := packageFile(a)
	if err != nil {
		return nil, err
	}
	b, err := readPackage(a, name)
	if err != nil {
		return nil, err
	}
	if err := b.readContents(); err != nil {
		return nil, err
	}
	documents, err := b.chapters()
	if err == nil && len(documents) == 0 {
		err = errors.New("has no text, only pictures or pages around the text")
	}
	return documents, err
}

// isLocked fails for a book that only its shop's programs open. Fonts may be
// hidden in any book.
func isLocked(a *archive) error {
	if a.has("META-INF/sinf.xml") {
		return errLocked
	}
	s, err := a.scan("META-INF/encryption.xml")
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	for {
		_, ok, err := s.find("EncryptedData")
		if err != nil || !ok {
			return err
		}
		hidden := false
		var child func(xml.StartElement) error
		child = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "EncryptionMethod":
				hidden = strings.HasSuffix(attr(e, "Algorithm"), "/embedding") || strings.HasSuffix(attr(e, "Algorithm"), "#RC")
			case "CipherReference":
				switch strings.ToLower(path.Ext(attr(e, "URI"))) {
				case ".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx", "":
					if !hidden {
						return errLocked
					}
				}
			}
			return s.each(child, nil)
		}
		if err := s.each(child, nil); err != nil {
			return err
		}
	}
}

var errLocked = errors.New("is locked by its shop (DRM): it can be read only in the shop's programs")

// packageFile is the name of the file that describes the book.
func packageFile(a *archive) (string, error) {
	s, err := a.scan("META-INF/container.xml")
	if err == nil {
		e, ok, err := s.find("rootfile")
		if err != nil {
			return "", err
		}
		if name := resolve("", attr(e, "full-path")); ok && a.has(name) {
			return name, nil
		}
	} else if !errors.Is(err, errMissing) {
		return "", err
	}
	for _, name := range a.names {
		if strings.EqualFold(path.Ext(name), ".opf") {
			return name, nil
		}
	}
	return "", errors.New("is not an .epub file: its package file (.opf) is missing")
}

// book is an electronic book.
type book struct {
	archive    *archive
	name       string // of the package file
	properties properties.List
	title      string
	items      map[string]bookItem // by ID
	spine      []bookItem
	ncx        string              // ID of the table of contents of EPUB 2
	roles      map[string]string   // of files, as the book's guide states them: cover, toc, copyright-page
	labels     map[string][]string // what the table of contents calls the places in a file, in order
}

// bookItem is a file of a book.
type bookItem struct {
	id, name   string
	properties string
	aside      bool // not in the order of reading
}

// readPackage reads the description of a book.
func readPackage(a *archive, name string) (*book, error) {
	b := &book{archive: a, name: name, items: make(map[string]bookItem), roles: make(map[string]string), labels: make(map[string][]string)}
	s, err := a.scan(name)
	if err != nil {
		return nil, err
	}
	if _, ok, err := s.find("package"); err != nil || !ok {
		if err == nil {
			err = errors.New("is not an .epub file: " + name + " describes no book")
		}
		return nil, err
	}
	return b, s.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "metadata":
			if err := b.readMetadata(s); err != nil {
				return err
			}
			b.properties.All = slices.DeleteFunc(b.properties.All, b.isOfMaking)
			return nil
		case "manifest":
			return s.each(func(e xml.StartElement) error {
				id := attr(e, "id")
				b.items[id] = bookItem{id: id, name: resolve(name, attr(e, "href")), properties: attr(e, "properties")}
				return nil
			}, nil)
		case "spine":
			b.ncx = attr(e, "toc")
			return s.each(func(e xml.StartElement) error {
				if it, ok := b.items[attr(e, "idref")]; ok {
					it.aside = attr(e, "linear") == "no"
					b.spine = append(b.spine, it)
				}
				return nil
			}, nil)
		case "guide":
			return s.each(func(e xml.StartElement) error {
				b.roles[resolve(name, attr(e, "href"))] = attr(e, "type")
				return nil
			}, nil)
		}
		return nil
	}, nil)
}

// readMetadata reads what a book states about itself.
func (b *book) readMetadata(s *scanner) error {
	return s.each(func(e xml.StartElement) error {
		name := e.Name.Local
		if name == "dc-metadata" || name == "x-metadata" {
			return b.readMetadata(s)
		}
		value, err := s.text()
		if err != nil {
			return err
		}
		from := "EPUB property " + name
		switch role := attr(e, "role"); {
		case name == "title" && b.title == "":
			b.title = document.OneLine(value)
		case name == "creator" && (role == "" || role == "aut"):
			b.properties.Add(document.Author, value, from)
		case name == "publisher":
			b.properties.Add(document.Publisher, value, from)
		case name == "date" && (attr(e, "event") == "" || strings.HasSuffix(attr(e, "event"), "publication")):
			b.properties.Add(document.Published, value, from)
		case name == "language":
			b.properties.Add(document.Language, value, from)
		case name == "meta" && attr(e, "property") == "dcterms:modified":
			b.properties.Add(document.Updated, value, from)
		}
		return nil
	}, nil)
}

// isOfMaking reports whether a day of publication is the moment at which a program
// made the book of something older.
func (b *book) isOfMaking(s document.Statement) bool {
	return s.Field == document.Published && strings.Contains(s.Value, "T") && slices.ContainsFunc(b.properties.All, func(t document.Statement) bool {
		return t.Field == document.Updated && t.Value == s.Value
	})
}

// readContents reads the table of contents: that of EPUB 3, else that of EPUB 2.
func (b *book) readContents() error {
	for _, it := range b.items {
		for property := range strings.FieldsSeq(it.properties) {
			if property == "nav" {
				b.roles[it.name] = "toc"
				return b.readNav(it.name)
			}
		}
	}
	name := b.items[b.ncx].name
	s, err := b.archive.scan(name)
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	label := ""
	var child func(xml.StartElement) error
	child = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "navLabel":
			var err error
			label, err = s.text()
			return err
		case "content":
			b.label(name, attr(e, "src"), label)
			return nil
		}
		return s.each(child, nil)
	}
	return s.each(child, nil)
}

func (b *book) label(from, reference, label string) {
	name := resolve(from, reference)
	b.labels[name] = append(b.labels[name], document.OneLine(label))
}

// readNav reads the navigation page of EPUB 3.
func (b *book) readNav(name string) error {
	s, err := b.archive.scan(name)
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	kind := ""
	var child func(xml.StartElement) error
	child = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "nav":
			kind = attr(e, "type")
		case "a":
			label, err := s.text()
			switch {
			case err != nil:
				return err
			case kind == "landmarks":
				b.roles[resolve(name, attr(e, "href"))] = attr(e, "type")
			case kind != "page-list":
				b.label(name, attr(e, "href"), label)
			}
			return nil
		}
		return s.each(child, nil)
	}
	return s.each(child, nil)
}
