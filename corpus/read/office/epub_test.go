package office

import (
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// epub is a book of three chapters, the second in two files, with pages around
// them.
func epub(t testing.TB) []byte {
	t.Helper()
	page := func(body string) string {
		return `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><style>p{}</style></head>` + body + `</html>`
	}
	return packed(t,
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
		"META-INF/encryption.xml", `<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><CipherData><CipherReference URI="OEBPS/a.otf"/></CipherData></EncryptedData></encryption>`,
		"OEBPS/book.opf", `<package xmlns:dc="d" xmlns:opf="o"><metadata><dc:title>The Salt Road</dc:title><dc:title>A subtitle</dc:title><dc:creator opf:role="aut">Ada Marsh</dc:creator><dc:creator opf:role="ill">Tom Reed</dc:creator><dc:publisher>Lowford Press</dc:publisher><dc:date>2025-05-06</dc:date><dc:language>en</dc:language></metadata>
			<manifest><item id="cv" href="cover.xhtml"/><item id="im" href="front.xhtml"/><item id="nv" href="nav.xhtml" properties="nav"/><item id="c1" href="text/one.xhtml"/><item id="c2" href="text/two%20a.xhtml"/><item id="c2b" href="text/two_b.xhtml"/><item id="c3" href="text/three.xhtml"/><item id="no" href="gone.xhtml"/><item id="as" href="answers.xhtml"/></manifest>
			<spine><itemref idref="cv"/><itemref idref="im"/><itemref idref="nv"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c2b"/><itemref idref="no"/><itemref idref="c3"/><itemref idref="as" linear="no"/></spine></package>`,
		"OEBPS/cover.xhtml", page(`<body><p>The Salt Road, cover</p></body>`),
		"OEBPS/front.xhtml", page(`<body><section epub:type="copyright-page"><p>All rights reserved.</p></section></body>`),
		"OEBPS/nav.xhtml", page(`<body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">Setting out</a></li><li><a href="text/two%20a.xhtml#x">The ferry</a></li><li><a href="text/three.xhtml">Home</a></li></ol></nav></body>`),
		"OEBPS/text/one.xhtml", page(`<body><h1>Setting out</h1><p>The road is&nbsp;long.<a epub:type="noteref" href="#n1"><sup>1</sup></a> It is 51 m<sup>2</sup>.</p><aside epub:type="footnote" id="fn1"><p>Very long.</p></aside></body>`),
		"OEBPS/text/two a.xhtml", page(`<body><h1>The ferry</h1><p>It sails at noon.</p></body>`),
		"OEBPS/text/two_b.xhtml", page(`<body><p>It comes back at night.</p></body>`),
		"OEBPS/text/three.xhtml", "<html><body><p>Home <b>at last.<p>It <br>rains.</body>",
		"OEBPS/answers.xhtml", page(`<body><p>Answers.</p></body>`))
}

func TestReadEPUB(t *testing.T) {
	t.Parallel()
	documents, err := ReadEPUB(meter(), epub(t))
	if err != nil {
		t.Fatal(err)
	}
	const author = "author Ada Marsh (EPUB property creator)\npublisher Lowford Press (EPUB property publisher)\npublished 2025-05-06 (EPUB property date)\nlanguage en (EPUB property language)\ntitle "
	const from = " (EPUB property title, table of contents)\n"
	want := []struct{ part, text, statements string }{
		{"one", "# Setting out\nThe road is long. It is 51 m².\n~ cover: The Salt Road, cover\n~ copyright page: All rights reserved.\n~ table of contents: Setting outThe ferryHome\n~ page beside the text: Answers.\n~ footnote mark: 1\n~ footnote: Very long.\n", author + "The Salt Road: Setting out" + from},
		{"two a", "# The ferry\nIt sails at noon.\nIt comes back at night.\n", author + "The Salt Road: The ferry" + from},
		{"three", "Home at last.\nIt\nrains.\n", author + "The Salt Road: Home" + from},
	}
	if len(documents) != len(want) {
		t.Fatalf("ReadEPUB gives %d chapters, want %d", len(documents), len(want))
	}
	for i, d := range documents {
		if d.Part != want[i].part {
			t.Errorf("chapter %d is %q, want %q", i, d.Part, want[i].part)
		}
		if got := shown(d); got != want[i].text {
			t.Errorf("chapter %d is\n%s\nwant\n%s", i, got, want[i].text)
		}
		if got := stated(d); got != want[i].statements {
			t.Errorf("chapter %d states\n%s\nwant\n%s", i, got, want[i].statements)
		}
	}
}

func TestReadEPUB2(t *testing.T) {
	t.Parallel()
	documents, err := ReadEPUB(meter(), packed(t,
		"content.opf", `<package><metadata><dc-metadata><title>The Salt Road</title><date>2025-05-06T10:00:00Z</date><meta property="dcterms:modified">2025-05-06T10:00:00Z</meta></dc-metadata></metadata><manifest><item id="ncx" href="toc.ncx"/><item id="a" href="a.html"/><item id="b" href="b.html"/></manifest><spine toc="ncx"><itemref idref="a"/><itemref idref="b"/></spine><guide><reference type="copyright-page" href="b.html"/></guide></package>`,
		"toc.ncx", `<ncx><navMap><navPoint><navLabel><text>Setting out</text></navLabel><content src="a.html#p1"/></navPoint></navMap></ncx>`,
		"a.html", `<html><body><p>The road is long.</p></body></html>`, "b.html", `<html><body><p>All rights reserved.</p></body></html>`))
	if err != nil || len(documents) != 1 {
		t.Fatalf("ReadEPUB gives %d chapters, %v", len(documents), err)
	}
	if got, want := shown(documents[0])+stated(documents[0]), "The road is long.\n~ copyright page: All rights reserved.\nupdated 2025-05-06T10:00:00Z (EPUB property meta)\ntitle The Salt Road: Setting out (EPUB property title, table of contents)\n"; got != want {
		t.Errorf("ReadEPUB gives\n%s\nwant\n%s", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("docx", docx(f, p(r("It sails.")+`<w:del><w:r><w:delText>x</w:delText></w:r></w:del>`+`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`)))
	f.Add("docx", docx(f, "<w:tbl><w:tr><w:tc>"+p(r("Year"))+"</w:tc><w:tc>"+p(r("\x01"))+"</w:tc></w:tr></w:tbl>"))
	f.Add("odt", odt(f, `<text:list><text:list-item><text:p>one<text:s/><text:note><text:note-citation>1</text:note-citation></text:note></text:p></text:list-item></text:list>`))
	f.Add("epub", epub(f))
	f.Add("xml", []byte("<w:p><w:r><w:t>a</w:t><w:fldChar/><w:drawing><w:txbxContent><w:p/></w:txbxContent></w:drawing></w:r></w:p>"))
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		m := limit.New(t.Context(), limit.Limits{Unpacked: 8 << 20})
		var all []*document.Document
		var d *document.Document
		var err error
		readtest.Timed(t, data, func() {
			switch kind {
			case "odt":
				d, err = ReadODT(m, data)
			case "epub":
				all, err = ReadEPUB(m, data)
			case "xml": // what a ZIP file would hide from the fuzzer
				d, err = ReadDOCX(m, docx(t, string(data)))
				if o, odtErr := ReadODT(m, odt(t, string(data))); odtErr == nil {
					all = append(all, o)
				}
			default:
				d, err = ReadDOCX(m, data)
			}
		})
		if err != nil {
			return
		}
		if d != nil {
			all = append(all, d)
		}
		for _, d := range all {
			checkBlocks(t, d)
		}
	})
}
