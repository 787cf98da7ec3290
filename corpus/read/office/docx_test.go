package office

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

func meter() *limit.Meter {
	return limit.New(context.Background(), limit.Limits{Time: time.Minute}) // for machines that do much else
}

func p(runs string) string { return "<w:p>" + runs + "</w:p>" }

func r(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }

func look(look, text string) string {
	return "<w:r><w:rPr><w:" + look + "/></w:rPr><w:t>" + text + "</w:t></w:r>"
}

func mark(kind string) string {
	return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>`
}

func TestReadDOCX(t *testing.T) {
	t.Parallel()
	const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
	for _, tt := range []struct{ name, body, want string }{
		{"paragraphs", p(r("The ferry")+r(" sails.")) + p(r("It is late.")), "The ferry sails.\nIt is late.\n"},
		{"headings", p(`<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>`+r("Ferry")) + p(`<w:pPr><w:pStyle w:val="Eigen"/></w:pPr>`+r("Crew")) + p(`<w:pPr><w:outlineLvl w:val="2"/></w:pPr>`+r("Locks")) + p(r("x")), "# Ferry\n# Crew\n# Locks\nx\n"},
		{"lists", p(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`+r("one")) + p(`<w:pPr><w:pStyle w:val="Aufz"/></w:pPr>`+r("two")) + p(`<w:pPr><w:pStyle w:val="Aufz"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`+r("no item")), "* one\n* two\nno item\n"},
		{"table", "<w:tbl><w:tr><w:tc>" + p(r("Year")) + "</w:tc><w:tc>" + p(r("Guests")) + "</w:tc></w:tr><w:tr><w:tc>" + p(r("2024")) + "</w:tc><w:tc>" + p(r("5,100")) + "</w:tc></w:tr></w:tbl>", "| Year | Guests\n| 2024 | 5,100\n"},
		{"deleted row", "<w:tbl><w:tr><w:tc>" + p(r("Year")) + "</w:tc><w:tc>" + p(r("Guests")) + "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(`<w:del><w:r><w:delText>2023</w:delText></w:r></w:del>`) + "</w:tc></w:tr><w:tr><w:tc>" + p(r("2024")) + "</w:tc><w:tc>" + p(r("5,100")) + "</w:tc></w:tr></w:tbl>", "| Year | Guests\n| 2024 | 5,100\n~ struck text: 2023\n"},
		{"changes", p(r("It costs ") + `<w:del w:author="a"><w:r><w:delText>five</w:delText></w:r></w:del><w:ins><w:r><w:t>six</w:t></w:r></w:ins>` + r(" crowns.")), "It costs six crowns.\n~ struck text: five\n"},
		{"moved", p(`<w:moveFrom>`+r("It moved.")+`</w:moveFrom>`) + p(r("First.")) + p(`<w:moveTo>`+r("It moved.")+`</w:moveTo>`), "First.\nIt moved.\n~ struck text: It moved.\n"},
		{"deleted end", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("The ferry ")) + p(r("sails.")), "The ferry sails.\n"},
		{"initial", p(`<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>`+r("T")) + p(r("he ferry sails.")), "The ferry sails.\n"},
		{"hidden", p(r("It sails.") + look("vanish", " Not today.") + look(`rStyle w:val="Versteckt"`, " Never.") + look(`vanish w:val="0"`, " Soon.")), "It sails. Soon.\n~ hidden text: Not today. Never.\n"},
		{"struck", p(look("strike", "Old") + r(" new.") + look(`dstrike w:val="false"`, " Kept.")), "new. Kept.\n~ struck text: Old\n"},
		{"raised", p(r("It cost 10") + look(`vertAlign w:val="superscript"`, "6") + r(" crowns and has 51 m") + look(`vertAlign w:val="superscript"`, "2") + r(" of H") + look(`vertAlign w:val="subscript"`, "2") + r("O on the 1") + look(`position w:val="8"`, "st") + r(".")), "It cost 10^6 crowns and has 51 m² of H₂O on the 1st.\n"},
		{"note mark", p(r("It sank.") + `<w:r><w:footnoteReference w:id="2"/></w:r>` + r(" In May.")), "It sank. In May.\n~ footnote mark: *\n"},
		{"characters", p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"), "a b\nc-de\n"},
		{"link", p(`See <w:hyperlink w:anchor="x">` + r("the ferry") + `</w:hyperlink>` + r(".")), "the ferry.\n"},
		{"field", p(r("On ") + mark("begin") + `<w:r><w:instrText>DATE \@ "d"</w:instrText></w:r>` + mark("separate") + r("5 May") + mark("end") + r(".")), "On 5 May.\n"},
		{"fields in fields", p(mark("begin") + `<w:r><w:instrText>IF </w:instrText></w:r>` + mark("begin") + `<w:r><w:instrText>PAGE</w:instrText></w:r>` + mark("separate") + r("3") + mark("end") + mark("separate") + r("yes") + mark("end") + r(" or no.")), "yes or no.\n"},
		{"field that never ends", p(r("One.")+mark("begin")) + p(r("Two.")), "One.\nTwo.\n"},
		{"simple field", p(`<w:fldSimple w:instr="PAGE">` + r("5") + `</w:fldSimple>`), "5\n"},
		{"contents", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p(r("Contents")) + `</w:sdtContent></w:sdt>` + p(`<w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr>`+r("Ferry 3")) + p(r("Text.")), "Text.\n~ table of contents: Contents\n~ table of contents: Ferry 3\n"},
		{"contents by field", p(mark("begin")+`<w:r><w:instrText>TOC \o</w:instrText></w:r>`+mark("separate")+r("Ferry 3")) + p(r("Locks 4")+mark("end")) + p(r("Text.")), "Text.\n~ table of contents: Ferry 3\n~ table of contents: Locks 4\n"},
		{"box", p(r("Before.")+box+r(" After.")) + p(r("Next.")), "Before. After.\nIn a box.\nNext.\n"},
		{"control", `<w:sdt><w:sdtPr/><w:sdtContent>` + p(r("Inside.")) + `</w:sdtContent></w:sdt>`, "Inside.\n"},
		{"formula", p(r("So ") + `<m:oMath><m:r><m:t>x</m:t></m:r><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>`), "So xy^2\n"},
		{"comment", p(`<w:commentRangeStart w:id="1"/>` + r("It sails.") + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`), "It sails.\n"},
	} {
		d, err := ReadDOCX(meter(), docx(t, tt.body))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if got := shown(d); got != tt.want {
			t.Errorf("%s: ReadDOCX gives\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestReadDOCXParts(t *testing.T) {
	t.Parallel()
	const relation = `<Relationship Id="r" Type="http://x/relationships/`
	d, err := ReadDOCX(meter(), docx(t, p(`<w:pPr><w:pStyle w:val="Titel"/></w:pPr>`+r("The ferry of Lowford"))+p(r("It sails.")),
		"word/_rels/document.xml.rels", `<Relationships>`+relation+`header" Target="header1.xml"/>`+relation+`footnotes" Target="footnotes.xml"/>`+relation+`comments" Target="/word/comments.xml"/>`+relation+`styles" Target="styles.xml"/>`+relation+`image" Target="../../../../etc/passwd"/></Relationships>`,
		"word/header1.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>County report</w:t></w:r></w:p></w:hdr>`,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>As he told it.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments xmlns:w="w"><w:comment><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment></w:comments>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="e"><dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Ada Marsh;Tom Reed</dc:creator><dcterms:created>2025-05-06T10:00:00Z</dcterms:created><cp:lastModifiedBy>x</cp:lastModifiedBy></cp:coreProperties>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(d), "It sails.\n~ title: The ferry of Lowford\n~ page header: County report\n~ footnote: As he told it.\n~ comment: Really?\n"; got != want {
		t.Errorf("ReadDOCX gives\n%s\nwant\n%s", got, want)
	}
	if got, want := stated(d), "title The ferry of Lowford (paragraph in the style Title)\nauthor Ada Marsh (document property creator)\nauthor Tom Reed (document property creator)\npublished 2025-05-06T10:00:00Z (document property created, when the file was made)\n"; got != want {
		t.Errorf("statements\n%s\nwant\n%s", got, want)
	}
}

// TestFront has what stands above the text in paragraphs that are styled as what is
// known about it.
func TestFront(t *testing.T) {
	t.Parallel()
	styled := func(style, s string) string {
		return p(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + r(s))
	}
	for _, tt := range []struct{ name, body, want, stated string }{
		{
			"all", styled("Titel", "The ferry of Lowford") + styled("Untertitel", "A year on the water") + styled("Author", "Ada Marsh and Tom Reed") + styled("Date", "6 May 2025") + p(r("It sails.")),
			"It sails.\n~ title: The ferry of Lowford\n~ subtitle: A year on the water\n~ by-line: Ada Marsh and Tom Reed\n~ date line: 6 May 2025\n",
			"title The ferry of Lowford (paragraph in the style Title)\nauthor Ada Marsh and Tom Reed (paragraph in the style Author)\npublished 6 May 2025 (paragraph in the style Date)\n",
		},
		{"based on it", styled("Eigentitel", "The ferry of Lowford") + p(r("It sails.")), "It sails.\n~ title: The ferry of Lowford\n", "title The ferry of Lowford (paragraph in the style Title)\n"},
		{"no name, no day", styled("Author", "42") + styled("Date", "in spring") + p(r("It sails.")), "42\nin spring\nIt sails.\n", ""},
		{
			"below text", p(r("It sails.")) + styled("Titel", "The ferry of Lowford") + styled("Author", "Ada Marsh") + styled("Titel", "The bridge"),
			"It sails.\n# The ferry of Lowford\nAda Marsh\n# The bridge\n", "title The ferry of Lowford (paragraph in the style Title)\n",
		},
		{"in a table", "<w:tbl><w:tr><w:tc>" + styled("Date", "6 May 2025") + "</w:tc><w:tc>" + p(r("Lowford")) + "</w:tc></w:tr></w:tbl>", "| 6 May 2025 | Lowford\n", ""},
	} {
		d, err := ReadDOCX(meter(), docx(t, tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(d); got != tt.want {
			t.Errorf("%s: ReadDOCX gives\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if got := stated(d); got != tt.stated {
			t.Errorf("%s: statements\n%s\nwant\n%s", tt.name, got, tt.stated)
		}
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	readDOCX := func(data []byte) error { _, err := ReadDOCX(meter(), data); return err }
	readODT := func(data []byte) error { _, err := ReadODT(meter(), data); return err }
	readEPUB := func(data []byte) error { _, err := ReadEPUB(meter(), data); return err }
	whole := docx(t, p(r("It sails.")))
	for _, tt := range []struct {
		name string
		read func([]byte) error
		data []byte
		want string
	}{
		{"no archive", readDOCX, []byte("The ferry"), "is not a .docx file, or it is cut off: its directory is missing; save it again"},
		{"cut off", readDOCX, whole[:len(whole)-30], "is not a .docx file, or it is cut off: its directory is missing; save it again"},
		{"another archive", readDOCX, packed(t, "a.txt", "x"), "is not a .docx file: word/document.xml is missing"},
		{"no body", readDOCX, packed(t, "word/document.xml", "<w:document/>"), "is not a .docx file: word/document.xml has no body"},
		{"no XML", readDOCX, docx(t, "<w:p><"), "is damaged, word/document.xml is no XML in its line 1: save it again"},
		{"no text", readODT, packed(t, "content.xml", "<a><body><spreadsheet/></body></a>"), "is not an .odt file: content.xml holds no text"},
		{"locked text", readODT, odt(t, "", "META-INF/manifest.xml", "<manifest:encryption-data/>"), "is protected with a password: save a copy without it"},
		{"no book", readEPUB, packed(t, "a.txt", "x"), "is not an .epub file: its package file (.opf) is missing"},
		{"locked book", readEPUB, packed(t, "META-INF/encryption.xml", `<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData><CipherReference URI="OEBPS/ch1.xhtml"/></CipherData></EncryptedData></encryption>`), "is locked by its shop (DRM): it can be read only in the shop's programs"},
	} {
		if err := tt.read(tt.data); err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// TestBounds has files that would take minutes or much memory.
func TestBounds(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	many := make([]string, 0, 4000)
	for range 2000 {
		many = append(many, "a", "")
	}
	for name, tt := range map[string]struct {
		limits limit.Limits
		data   []byte
	}{
		"a bomb":         {limit.Limits{Unpacked: 1 << 20}, docx(t, strings.Repeat(p(r("x")), 100_000))},
		"deep":           {limit.Limits{}, docx(t, strings.Repeat("<w:ins>", 100_000))},
		"deep tables":    {limit.Limits{}, docx(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 10_000))},
		"deep lists":     {limit.Limits{}, odt(t, strings.Repeat("<text:list><text:list-item>", 10_000))},
		"wide":           {limit.Limits{Nodes: 10_000}, docx(t, strings.Repeat("<w:p/>", 200_000))},
		"many entries":   {limit.Limits{Nodes: 1000}, packed(t, many...)},
		"time":           {limit.Limits{Time: time.Nanosecond}, docx(t, strings.Repeat(p(r("x")), 1000))},
		"deep in a book": {limit.Limits{}, packed(t, "a.opf", `<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`, "a.xhtml", "<html><body>"+strings.Repeat("<div>", 100_000))},
	} {
		if tt.limits.Time == 0 {
			tt.limits.Time = time.Minute // for machines that do much else
		}
		m := limit.New(context.Background(), tt.limits)
		read := func() error { _, err := ReadDOCX(m, tt.data); return err }
		switch name {
		case "deep lists":
			read = func() error { _, err := ReadODT(m, tt.data); return err }
		case "deep in a book":
			read = func() error { _, err := ReadEPUB(m, tt.data); return err }
		}
		if err := read(); !errors.Is(err, limit.ErrLimit) {
			t.Errorf("%s: %v, want %v", name, err, limit.ErrLimit)
		}
	}
	if d := time.Since(begin); d > 20*time.Second {
		t.Errorf("took %s", d)
	}
}

func checkBlocks(t *testing.T, d *document.Document) {
	t.Helper()
	for _, b := range d.Blocks {
		if !utf8.ValidString(b.Text) || b.Text != document.Normalise(b.Text) || b.Text == "" {
			t.Errorf("block %q is not normalised", b.Text)
		}
	}
}
