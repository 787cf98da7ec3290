package readtest

import (
	"fmt"
	"strings"

	"parley/corpus/read/document"
)

// writeEPUB is a book of one article with a cover, a table of contents and a
// page about the publisher. The text is one file, or a file for each heading.
func writeEPUB(t Text) ([]byte, error) {
	chapters := []Text{{}}
	for _, bl := range t.Blocks {
		last := &chapters[len(chapters)-1]
		if bl.Kind == document.Heading && len(last.Blocks) > 0 && len(t.Title)%2 == 0 {
			chapters = append(chapters, Text{})
			last = &chapters[len(chapters)-1]
		}
		last.Blocks = append(last.Blocks, bl)
	}
	entries := []entry{
		{"mimetype", "application/epub+zip"},
		{"META-INF/container.xml", `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`},
		{"OEBPS/cover.xhtml", xhtml("Cover", `<div class="cover"><img src="cover.jpg" alt=""/></div>`)},
	}
	var manifest, spine, nav strings.Builder
	for i, c := range chapters {
		name := fmt.Sprintf("chapter%d.xhtml", i+1)
		inner := strings.NewReplacer("<p>", `<p class="calibre1">`, "<h2>", `<h2 class="calibre3">`).Replace(fragmentHTML(c))
		if i == 0 {
			inner = "<h1>" + xmlText(t.Title) + "</h1>\n" + inner
		}
		entries = append(entries, entry{"OEBPS/Text/" + name, xhtml(t.Title, inner)})
		fmt.Fprintf(&manifest, `<item id="c%d" href="Text/%s" media-type="application/xhtml+xml"/>`, i, name)
		fmt.Fprintf(&spine, `<itemref idref="c%d"/>`, i)
		fmt.Fprintf(&nav, `<li><a href="Text/%s">Part %d</a></li>`, name, i+1)
	}
	entries = append(entries,
		entry{"OEBPS/nav.xhtml", xhtml("Contents", `<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><h2>Contents</h2><ol>`+nav.String()+`</ol></nav>`)},
		entry{"OEBPS/toc.ncx", xmlHead + `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap><navPoint id="n1"><navLabel><text>Start</text></navLabel><content src="Text/chapter1.xhtml"/></navPoint></navMap></ncx>`},
		entry{"OEBPS/content.opf", xmlHead + opf(t, manifest.String(), spine.String())},
	)
	return pack(true, entries...)
}

func opf(t Text, manifest, spine string) string {
	var creators strings.Builder
	for _, a := range t.Authors {
		creators.WriteString("<dc:creator>" + xmlText(a) + "</dc:creator>")
	}
	return `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">` + xmlText(t.URL) + `</dc:identifier><dc:title>` + xmlText(t.Title) + `</dc:title>` + creators.String() + `<dc:publisher>` + xmlText(t.Publisher) + `</dc:publisher><dc:date>` + t.Date + `</dc:date><dc:language>` + t.Lang + `</dc:language><meta property="dcterms:modified">2026-03-30T00:00:00Z</meta></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>` + manifest + `</manifest><spine toc="ncx"><itemref idref="cover" linear="no"/>` + spine + `</spine></package>`
}

func xhtml(title, body string) string {
	return xmlHead + `<!DOCTYPE html>` + "\n" + `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>` + xmlText(title) + `</title></head><body class="calibre">` + body + `</body></html>`
}
