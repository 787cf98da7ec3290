package readtest

import (
	"fmt"
	"strings"

	"parley/corpus/read/document"
)

// writeODT is a text as LibreOffice writes it, with spans, a note in the margin,
// a tracked deletion, and the title at the top of each page.
func writeODT(t Text) ([]byte, error) {
	const spaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"`
	creator := ""
	if len(t.Authors) > 0 {
		name := xmlText(strings.Join(t.Authors, ", "))
		creator = "<meta:initial-creator>" + name + "</meta:initial-creator><dc:creator>" + name + "</dc:creator>"
	}
	return pack(true,
		entry{"mimetype", "application/vnd.oasis.opendocument.text"},
		entry{"content.xml", xmlHead + `<office:document-content` + spaces + `><office:scripts/><office:automatic-styles><style:style style:name="T1" style:family="text"/></office:automatic-styles><office:body><office:text><text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>Desk</dc:creator><dc:date>2026-01-02T00:00:00</dc:date></office:change-info><text:p text:style-name="P1">Nobody knows why.</text:p></text:deletion></text:changed-region></text:tracked-changes><text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Table"/></text:sequence-decls>` + odtBody(t) + `</office:text></office:body></office:document-content>`},
		entry{"meta.xml", xmlHead + `<office:document-meta` + spaces + `><office:meta><meta:creation-date>` + t.Date + `T08:12:33.120000000</meta:creation-date><dc:title>` + xmlText(t.Title) + `</dc:title>` + creator + `<dc:date>2026-03-30T10:00:00</dc:date><meta:generator>LibreOffice/24.2.7.2$Linux_X86_64</meta:generator></office:meta></office:document-meta>`},
		entry{"styles.xml", xmlHead + `<office:document-styles` + spaces + `><office:master-styles><style:master-page style:name="Standard"><style:header><text:p>` + xmlText(t.Title) + `</text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`},
		entry{"META-INF/manifest.xml", xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`},
	)
}

func odtBody(t Text) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<text:p text:style-name="Title">%s</text:p>`, odtSpans(t.Title, 0))
	for i := 0; i < len(t.Blocks); {
		bl := t.Blocks[i]
		n := i + 1
		for n < len(t.Blocks) && bl.Kind != document.Plain && t.Blocks[n].Kind == bl.Kind && t.Blocks[n].Numbered == bl.Numbered && !t.Blocks[n].Head {
			n++
		}
		switch bl.Kind {
		case document.Heading:
			n = i + 1
			fmt.Fprintf(&b, `<text:h text:style-name="Heading_20_2" text:outline-level="2">%s</text:h>`, odtSpans(bl.Text, i))
		case document.Item:
			b.WriteString(`<text:list text:style-name="L1">`)
			for k, item := range t.Blocks[i:n] {
				fmt.Fprintf(&b, `<text:list-item><text:p text:style-name="P3">%s</text:p></text:list-item>`, odtSpans(item.Text, k))
			}
			b.WriteString(`</text:list>`)
		case document.Row:
			b.WriteString(odtTable(t.Blocks[i:n]))
		case document.Plain:
			note := ""
			if i == 2 {
				note = `<text:change text:change-id="ct1"/><office:annotation><dc:creator>Desk</dc:creator><text:p>Please check this number again before we print it.</text:p></office:annotation>`
			}
			fmt.Fprintf(&b, `<text:p text:style-name="Text_20_body">%s%s</text:p>`, note, odtSpans(bl.Text, i))
			if i%8 == 7 {
				b.WriteString(`<text:p text:style-name="Text_20_body"/>`)
			}
		}
		i = n
	}
	return b.String()
}

// odtSpans cuts a text into spans and writes some of its blanks as elements.
func odtSpans(text string, seed int) string {
	var b strings.Builder
	for k, word := range strings.Fields(text) {
		if k > 0 {
			b.WriteString([]string{" ", " ", " ", "<text:s/>", " ", "\n"}[(k+seed)%6])
		}
		word = xmlText(word)
		switch (k + seed) % 9 {
		case 1:
			word = `<text:span text:style-name="T1">` + word + `</text:span>`
		case 4:
			word = `<text:soft-page-break/>` + word
		case 6:
			word = `<text:a xlink:type="simple" xlink:href="https://example.example/">` + word + `</text:a>`
		case 8:
			word = `<text:bookmark text:name="b"/>` + word
		}
		b.WriteString(word)
	}
	return b.String()
}

func odtTable(rows []Block) string {
	var b strings.Builder
	b.WriteString(`<table:table table:name="Table1"><table:table-column table:number-columns-repeated="3"/>`)
	for i, r := range rows {
		b.WriteString("<table:table-row>")
		for cell := range strings.SplitSeq(r.Text, " | ") {
			fmt.Fprintf(&b, `<table:table-cell office:value-type="string"><text:p text:style-name="Table_20_Contents">%s</text:p></table:table-cell>`, odtSpans(cell, i))
		}
		b.WriteString("</table:table-row>")
	}
	return b.String() + "</table:table>"
}
