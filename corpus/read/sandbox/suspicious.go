package sandbox

import (
	"bytes"

	"parley/corpus/read/decode"
)

const (
	// tags is how many tags a page may have to be read without a child. Finding the
	// main text among twice as many takes a second where they are arranged badly; a
	// news page has two thousand.
	tags = 15_000
	// pages is how often <body or <html may stand in a page: the attributes of each
	// are held against those of all before.
	pages = 20
	// lines and items are how many lines a text may have, and tags a feed. Each is a
	// block or an element, some hundred bytes in memory; a book has ten thousand.
	lines = 100_000
	items = 100_000
	// large is how many bytes of one text are read without a child. A long report
	// has 50 KB, a page with its scripts 3 MB.
	large = 4 << 20
)

// Suspicious reports whether a file is to be read in a child: it is of a format
// whose parser cannot be bounded from within, or is not what people write.
func Suspicious(f decode.Format, data []byte) bool {
	switch f {
	case decode.PDF, decode.DOCX, decode.ODT, decode.EPUB:
		return true
	case decode.HTML, decode.XML:
		return len(data) > large || bytes.Count(data, []byte("<")) > tags || several(data)
	case decode.Markdown, decode.Plain, decode.Mail:
		return len(data) > large || bytes.Count(data, []byte("\n")) > lines
	case decode.Feed:
		return bytes.Count(data, []byte("<")) > items
	}
	return false
}

// several reports whether a page begins again and again.
func several(data []byte) bool {
	n := 0
	for len(data) > 0 {
		at := bytes.IndexByte(data, '<')
		if at < 0 {
			break
		}
		data = data[at+1:]
		if name := data[:min(len(data), 4)]; bytes.EqualFold(name, []byte("body")) || bytes.EqualFold(name, []byte("html")) {
			n++
		}
	}
	return n > pages
}
