package sandbox

import (
	"archive/zip"
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

// Suspicious reports whether a file is to be read in a child: it is not what people
// write, and a parser might take more for it than it can be kept from. PDFium keeps
// its own bounds, being WebAssembly.
func Suspicious(f decode.Format, data []byte) bool {
	switch f {
	case decode.DOCX, decode.ODT, decode.EPUB:
		return swells(data)
	case decode.HTML, decode.XML:
		return len(data) > large || bytes.Count(data, []byte("<")) > tags || several(data)
	case decode.Markdown, decode.Plain, decode.Mail:
		return len(data) > large || bytes.Count(data, []byte("\n")) > lines
	case decode.Feed:
		return bytes.Count(data, []byte("<")) > items
	}
	return false
}

// swells reports whether a package says that its texts are large when they are
// unpacked. Pictures, which are packed already, do not count, nor does what lies:
// unpacking is counted.
func swells(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false // its reader says so
	}
	var total uint64
	for _, f := range z.File {
		if f.UncompressedSize64 > 2*f.CompressedSize64 {
			total += f.UncompressedSize64
		}
	}
	return total > large
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
