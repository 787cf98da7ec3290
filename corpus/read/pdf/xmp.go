package pdf

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/metadata"
	"parley/corpus/read/properties"
)

// Newer files state their metadata a second time, as XMP: more of it, and with the
// authors one by one.

const (
	nsDC    = "http://purl.org/dc/elements/1.1/"
	nsXMP   = "http://ns.adobe.com/xap/1.0/"
	nsPDF   = "http://ns.adobe.com/pdf/1.3/"
	nsRDF   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsPrism = "http://prismstandard.org/namespaces/" // and a version and "basic/"
)

// mostXMP is how long a packet of XMP may be, in bytes. They have some 3 KB, and
// some blanks to grow.
const mostXMP = 1 << 20

// xmp is the XMP of a file, nil for none. Pictures in it may have their own, so that
// only the last packet with properties of PDF counts. Packets stand open in files,
// so that other programs find them.
func xmp(data []byte) []byte {
	for end := len(data); ; {
		end = bytes.LastIndex(data[:end], []byte("</rdf:RDF>"))
		if end < 0 {
			return nil
		}
		from := max(0, end-mostXMP)
		start := bytes.LastIndex(data[from:end], []byte("<rdf:RDF"))
		if start < 0 {
			continue
		}
		if packet := data[from+start : end+len("</rdf:RDF>")]; bytes.Contains(packet, []byte(nsPDF)) {
			return packet
		}
	}
}

// xmpFields are the properties that are read.
func xmpField(name xml.Name) (document.Field, bool) {
	if strings.HasPrefix(name.Space, nsPrism) {
		name.Space = nsPrism
	}
	field, ok := map[xml.Name]document.Field{
		{Space: nsDC, Local: "title"}:              document.Title,
		{Space: nsDC, Local: "creator"}:            document.Author,
		{Space: nsDC, Local: "publisher"}:          document.Publisher,
		{Space: nsDC, Local: "language"}:           document.Language,
		{Space: nsXMP, Local: "CreateDate"}:        document.Published,
		{Space: nsXMP, Local: "ModifyDate"}:        document.Updated,
		{Space: nsPrism, Local: "publicationName"}: document.Publisher,
		{Space: nsPrism, Local: "publicationDate"}: document.Published,
		{Space: nsPrism, Local: "coverDate"}:       document.Published,
		{Space: nsPrism, Local: "url"}:             document.URL,
	}[name]
	return field, ok
}

// readXMP reads a packet. What is wrong with it is no reason to refuse the file.
func readXMP(m *limit.Meter, packet []byte) ([]document.Statement, properties.Made, error) {
	var l xmpList
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	var open []xml.StartElement
	for {
		if err := m.Nodes(1); err != nil {
			return nil, l.made, err
		}
		token, err := d.Token()
		if err != nil {
			return l.list.All, l.made, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if m.Depth(len(open)) != nil {
				return l.list.All, l.made, nil
			}
			open = append(open, t.Copy())
			for _, a := range t.Attr {
				l.add(a.Name, a.Value)
			}
		case xml.EndElement:
			open = open[:max(len(open)-1, 0)]
		case xml.CharData:
			l.addText(open, string(t))
		}
	}
}

// sameFile reports whether two lists of properties may be of one file: when they say
// it was made is not days apart. A picture from elsewhere has XMP of its own.
func sameFile(a, b properties.Made) bool {
	x, known := metadata.ParseDate(a.Created.Value, metadata.Locale{})
	y, also := metadata.ParseDate(b.Created.Value, metadata.Locale{})
	const zones = 48 * time.Hour
	return !known || !also || x.Sub(y).Abs() < zones
}

// xmpList collects what XMP states.
type xmpList struct {
	list properties.List
	made properties.Made
}

func (l *xmpList) add(name xml.Name, value string) {
	field, ok := xmpField(name)
	switch from := "XMP " + name.Local; {
	case !ok:
	case name.Space == nsXMP:
		l.made.Note(field, value, from)
	default:
		l.list.Add(field, value, from)
	}
}

// addText adds a text, which stands in a property or in an item of its list. Of one
// in several languages the default counts.
func (l *xmpList) addText(open []xml.StartElement, value string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	for i := range slices.Backward(open) {
		e := open[i]
		if e.Name.Space != nsRDF {
			l.add(e.Name, value)
			return
		}
		for _, a := range e.Attr {
			if a.Name.Local == "lang" && a.Value != "x-default" {
				return
			}
		}
	}
}
