package readtest

import (
	"fmt"
	"strings"

	"parley/corpus/read/document"
)

// writeDOCX is a document as Word writes it: text in many runs, a header with
// the title on each page, a footer with its number, a comment, and a change of
// which the deleted words are still in the file.
func writeDOCX(t Text) ([]byte, error) {
	const types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	rel := func(id int, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
	}
	rels := func(inner string) string {
		return xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + inner + `</Relationships>`
	}
	return pack(false,
		entry{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + types + `styles+xml"/><Override PartName="/word/numbering.xml" ContentType="` + types + `numbering+xml"/><Override PartName="/word/header1.xml" ContentType="` + types + `header+xml"/><Override PartName="/word/footer1.xml" ContentType="` + types + `footer+xml"/><Override PartName="/word/comments.xml" ContentType="` + types + `comments+xml"/></Types>`},
		entry{"_rels/.rels", rels(rel(1, "officeDocument", "word/document.xml") + `<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`)},
		entry{"word/_rels/document.xml.rels", rels(rel(1, "styles", "styles.xml") + rel(2, "numbering", "numbering.xml") + rel(3, "header", "header1.xml") + rel(4, "footer", "footer1.xml") + rel(5, "comments", "comments.xml"))},
		entry{"word/document.xml", xmlHead + wordElement("document", "<w:body>"+wordBody(t)+`<w:sectPr w:rsidR="00A77B3E"><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:body>`)},
		entry{"word/header1.xml", xmlHead + wordElement("hdr", `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>`+xmlText(t.Title)+`</w:t></w:r></w:p>`)},
		entry{"word/footer1.xml", xmlHead + wordElement("ftr", `<w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>`)},
		entry{"word/comments.xml", xmlHead + wordElement("comments", `<w:comment w:id="0" w:author="Desk" w:date="2026-01-01T00:00:00Z"><w:p><w:r><w:t>Please check this number again before we print it.</w:t></w:r></w:p></w:comment>`)},
		entry{"word/styles.xml", xmlHead + wordElement("styles", wordStyle("Normal", "Normal")+wordStyle("Title", "Title")+wordStyle("Heading1", "heading 1")+wordStyle("ListParagraph", "List Paragraph")+wordStyle("Quote", "Quote"))},
		entry{"word/numbering.xml", xmlHead + wordElement("numbering", wordNumbering(1, "bullet", "\uf0b7")+wordNumbering(2, "decimal", "%1.")+`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`)},
		entry{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + xmlText(t.Title) + `</dc:title><dc:creator>` + xmlText(strings.Join(t.Authors, "; ")) + `</dc:creator><cp:lastModifiedBy>Desk 4</cp:lastModifiedBy><cp:revision>7</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">` + t.Date + `T07:41:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2026-03-30T10:00:00Z</dcterms:modified></cp:coreProperties>`},
	)
}

func wordElement(name, inner string) string {
	return fmt.Sprintf(`<w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">%s</w:%[1]s>`, name, inner)
}

func wordStyle(id, name string) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/></w:style>`, id, name)
}

func wordNumbering(id int, format, text string) string {
	return fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl></w:abstractNum>`, id, format, text)
}

func wordBody(t Text) string {
	var b strings.Builder
	b.WriteString(wordParagraph(`<w:pStyle w:val="Title"/>`, wordRuns(t.Title, 0)))
	for i := 0; i < len(t.Blocks); i++ {
		bl := t.Blocks[i]
		runs := wordRuns(bl.Text, i)
		switch {
		case bl.Kind == document.Row:
			n := i + 1
			for n < len(t.Blocks) && t.Blocks[n].Kind == document.Row && !t.Blocks[n].Head {
				n++
			}
			b.WriteString(wordTable(t.Blocks[i:n]))
			i = n - 1
		case bl.Kind == document.Heading:
			b.WriteString(wordParagraph(`<w:pStyle w:val="Heading1"/>`, runs))
		case bl.Kind == document.Item && bl.Numbered:
			b.WriteString(wordParagraph(`<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>`, runs))
		case bl.Kind == document.Item:
			b.WriteString(wordParagraph(`<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, runs))
		case bl.Quoted:
			b.WriteString(wordParagraph(`<w:pStyle w:val="Quote"/>`, runs))
		case i == 1:
			b.WriteString(wordParagraph("", `<w:del w:id="3" w:author="Desk"><w:r><w:delText xml:space="preserve">Nobody knows why. </w:delText></w:r></w:del>`+runs+`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`))
		default:
			b.WriteString(wordParagraph("", runs))
		}
		if i%9 == 8 {
			b.WriteString(wordParagraph("", ""))
		}
	}
	return b.String()
}

func wordParagraph(properties, runs string) string {
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	return `<w:p w14:paraId="1F2A0B3C" w:rsidR="00C41D52" w:rsidRDefault="00C41D52">` + properties + runs + "</w:p>"
}

// wordRuns cuts a text into runs as Word's spelling checker and editing leave
// them: at any letter.
func wordRuns(text string, seed int) string {
	var b strings.Builder
	r := []rune(text)
	for k := 0; len(r) > 0; k++ {
		n := min(len(r), []int{17, 5, 31, 1, 12, 44}[(k+seed)%6])
		run := `<w:r w:rsidRPr="00D15E0A"><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">` + xmlText(string(r[:n])) + `</w:t></w:r>`
		switch (k + seed) % 7 {
		case 2:
			run = `<w:proofErr w:type="spellStart"/>` + run + `<w:proofErr w:type="spellEnd"/>`
		case 3:
			run = `<w:ins w:id="12" w:author="Desk" w:date="2026-01-02T00:00:00Z">` + run + `</w:ins>`
		case 4:
			run = `<w:bookmarkStart w:id="4" w:name="_GoBack"/><w:bookmarkEnd w:id="4"/>` + run
		case 5:
			run = `<w:hyperlink w:anchor="top">` + run + `</w:hyperlink>`
		case 6:
			run = `<w:r><w:lastRenderedPageBreak/></w:r>` + run
		}
		b.WriteString(run)
		r = r[n:]
	}
	return b.String()
}

func wordTable(rows []Block) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/>`)
	for i, r := range rows {
		b.WriteString("<w:tr>")
		for cell := range strings.SplitSeq(r.Text, " | ") {
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2337" w:type="dxa"/></w:tcPr>` + wordParagraph("", wordRuns(cell, i)) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}
