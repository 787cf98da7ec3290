package office

import (
	"archive/zip"
	"bytes"
	"testing"

	"parley/corpus/read/document"
)

// packed is a ZIP file of entries: names and contents in turn.
func packed(t testing.TB, entries ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		f, err := w.Create(entries[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(entries[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// word is a .docx file with a body, and with further entries.
func docx(t testing.TB, body string, entries ...string) []byte {
	t.Helper()
	const styles = `<w:styles xmlns:w="w">
		<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
		<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>
		<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
		<w:style w:type="paragraph" w:styleId="Eigentitel"><w:name w:val="Own title"/><w:basedOn w:val="Titel"/></w:style>
		<w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/></w:style>
		<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/><w:basedOn w:val="Standard"/></w:style>
		<w:style w:type="paragraph" w:styleId="Date"><w:name w:val="Date"/><w:basedOn w:val="Standard"/></w:style>
		<w:style w:type="paragraph" w:styleId="Aufz"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
		<w:style w:type="character" w:styleId="Versteckt"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
	</w:styles>`
	return packed(t, append([]string{
		"[Content_Types].xml", "<Types/>",
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:m="m" xmlns:mc="mc" xmlns:wps="wps"><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml", styles,
	}, entries...)...)
}

// odt is a text of OpenDocument with a body.
func odt(t testing.TB, body string, entries ...string) []byte {
	t.Helper()
	const styles = `<office:automatic-styles>
		<style:style style:name="Sup"><style:text-properties style:text-position="super 58%"/></style:style>
		<style:style style:name="Low"><style:text-properties style:text-position="-33% 58%"/></style:style>
		<style:style style:name="Out"><style:text-properties style:text-line-through-style="solid"/></style:style>
		<style:style style:name="Hid"><style:text-properties text:display="none"/></style:style>
		<style:style style:name="P1" style:parent-style-name="Title"/>
	</office:automatic-styles>`
	return packed(t, append([]string{
		"mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="tb" xmlns:draw="d" xmlns:svg="v" xmlns:dc="dc">` + styles + `<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	}, entries...)...)
}

// shown is what a reading gives, a line for each block and drop.
func shown(d *document.Document) string {
	var b bytes.Buffer
	for _, bl := range d.Blocks {
		b.WriteString([]string{"", "# ", "* ", "| "}[bl.Kind] + bl.Text + "\n")
	}
	for _, dr := range d.Dropped {
		b.WriteString("~ " + dr.Reason + ": " + dr.Text + "\n")
	}
	return b.String()
}

// stated is what a document states, a line for each statement.
func stated(d *document.Document) string {
	var b bytes.Buffer
	for _, s := range d.Statements {
		b.WriteString(string(s.Field) + " " + s.Value + " (" + s.From + ")\n")
	}
	return b.String()
}
