package decode

import (
	"archive/zip"
	"bytes"
	"testing"
)

// packed is a ZIP file of entries, each with some content.
func packed(t *testing.T, entries ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: entries[i], Method: zip.Store})
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
	return b.String()
}

func TestSniff(t *testing.T) {
	t.Parallel()
	docx := packed(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", "x", "word/document.xml", "<w/>")
	for _, tt := range []struct {
		name, head, file string
		want             Format
	}{
		{"text", "The ferry sails.", "a.txt", Plain},
		{"no name", "The ferry sails.", "", Plain},
		{"markdown", "# The ferry", "a.MD", Markdown},
		{"page", "\n<!-- x --><!DOCTYPE html><p>", "a.txt", HTML},
		{"page by name", "Hello <b>", "a.htm", HTML},
		{"piece of a page", "<p>The ferry", "a", HTML},
		{"HTML in Markdown", "<div>The ferry</div>\n\n# x", "a.md", Markdown},
		{"XHTML", "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"a\" \"b\"><html xmlns=\"x\">", "a.xml", HTML},
		{"RSS", "<?xml version=\"1.0\"?><rss version=\"2.0\">", "a.xml", Feed},
		{"RSS below a comment", "<!--\nof 2025 > 2024\n-->\n<!-- b --><rss version=\"2.0\"><channel>", "a.xml", Feed},
		{"RSS, bare", "<rss version=\"2.0\"><channel>", "", Feed},
		{"Atom", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><!-- x --><feed xmlns=\"x\">", "feed", Feed},
		{"RSS 1.0", "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"x\">", "", Feed},
		{"sitemap", "<?xml version=\"1.0\"?><urlset xmlns=\"x\">", "a.xml", Feed},
		{"list of feeds", "<opml version=\"2.0\">", "a", Feed},
		{"XML by name", "<story><p>The ferry", "a.xml", XML},
		{"no XML", "<story><p>The ferry", "a.txt", Plain},
		{"XML", "<?xml version=\"1.0\"?><nitf>", "a.xml", XML},
		{"JSON", "{\"title\": \"A\", \"text\": \"B", "", JSON},
		{"array", "[\n {\"title\": \"A\"},", "", JSON},
		{"lines", "{\"a\": 1}\n{\"a\": 2}\n", "", JSONLines},
		{"lines by name", "{\"a\": 1}", "a.jsonl", JSONLines},
		{"no JSON", "[The ferry](x) sails.", "", Plain},
		{"front matter in JSON", "{\"title\": \"A\"}\n\nText", "a.md", Markdown},
		{"table", "title,text\nA,B", "a.csv", CSV},
		{"tabs", "title\ttext", "a.tsv", TSV},
		{"message", "Return-Path: <a@b.example>\nFrom: A <a@b.example>\nSubject: X\n\nHi", "", Mail},
		{"message by name", "Subject: X\n\nHi", "a.eml", Mail},
		{"article with a head", "Title: A\nDate: 5 May\nFrom: Lowford\n\nText", "a.txt", Plain},
		{"mailbox", "From a@b.example Mon May  5 10:00:00 2025\nReturn-Path: <a@b.example>\n", "mail", Mbox},
		{"no mailbox", "From Lowford to Millbrook in 2025\nit is far", "", Plain},
		{"PDF", "%PDF-1.7\n%\xE2\xE3\xCF\xD3", "a.txt", PDF},
		{"PDF after bytes", "\x00\x00\x01%PDF-1.7", "", PDF},
		{"gzip", "\x1F\x8B\x08", "a.txt.gz", Gzip},
		{"Word", docx, "", DOCX},
		{"Word by name", packed(t, "customXml/item1.xml", "x"), "a.docx", DOCX},
		{"OpenDocument", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x"), "", ODT},
		{"book", packed(t, "mimetype", "application/epub+zip", "META-INF/container.xml", "x"), "a.zip", EPUB},
	} {
		if got := Sniff([]byte(tt.head), tt.file); got.Format != tt.want || got.Err() != nil {
			t.Errorf("%s: Sniff = %+v, %v, want format %d", tt.name, got, got.Err(), tt.want)
		}
	}
}

func TestSniffNamesWhatIsNotRead(t *testing.T) {
	t.Parallel()
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for _, tt := range []struct{ name, head, file, want string }{
		{"MP4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "a.txt", "is a video (MP4): not read"},
		{"Matroska", "\x1A\x45\xDF\xA3\x01\x00\x00\x00\x00\x00\x00\x1F\x42\x86\x81\x01\x42\x82\x88matroska", "", "is a video (MKV): not read"},
		{"MP3", "\xFF\xFB\x90\x64\x00\x00\x00", "a.md", "is a sound recording (MP3): not read"},
		{"PNG", "\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR", "", "is a picture (PNG): not read"},
		{"JPEG", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "", "is a picture (JPG): not read"},
		{"SVG", "<?xml version=\"1.0\"?><svg xmlns=\"x\">", "", "is a picture (SVG): not read"},
		{"old Word", ole + string(make([]byte, 600)), "a.doc", "is an old Word file: save it as .docx"},
		{"old Excel", ole + string(make([]byte, 600)), "a.xls", "is an old spreadsheet: save it as .csv"},
		{"locked Word", ole + string(make([]byte, 600)), "a.docx", "is protected with a password: save a copy without it"},
		{"RTF", "{\\rtf1\\ansi The ferry}", "a.txt", "is an RTF file: save it as .docx"},
		{"SQLite", "SQLite format 3\x00\x10\x00", "", "is a database: save its texts as .jsonl or .csv"},
		{"program", "\x7FELF\x02\x01\x01\x00", "", "is a program: not read"},
		{"program of Windows", "MZ\x90\x00\x03\x00\x00\x00", "a.txt", "is a program: not read"},
		{"LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0", "a.pdf", "is a Git LFS pointer: fetch the file with git lfs pull"},
		{"spreadsheet", packed(t, "[Content_Types].xml", "x", "_rels/.rels", "x", "xl/workbook.xml", "x"), "", "is a spreadsheet: save it as .csv"},
		{"slides", packed(t, "[Content_Types].xml", "x", "_rels/.rels", "x", "ppt/presentation.xml", "x"), "", "is a presentation: save it as .pdf"},
		{"archive", packed(t, "a.txt", "x"), "a.zip", "is a ZIP archive: unpack it"},
		{"RAR", "Rar!\x1A\x07\x01\x00", "", "is an archive (RAR): unpack it"},
		{"PostScript", "%!PS-Adobe-3.0", "", "is a PostScript file: save it as .pdf"},
		{"wiki", "<mediawiki xml:lang=\"en\">", "a.xml", "is an export of a wiki (MediaWiki): save its pages as .html"},
		{"FB2", "<?xml version=\"1.0\"?><FictionBook>", "a.fb2", "is an FB2 book: save it as .epub"},
		{"saved page", "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n", "a.mhtml", "is a saved web page (MHTML): save it as .html"},
		{"Pages", packed(t, "Index/Document.iwa", "x"), "a.pages", "is a Pages file: save it as .docx"},
		{"unknown", "\x00\x01\x02\x03\x04\x05", "a.txt", "is binary, of a kind that is not known: not read"},
	} {
		err := Sniff([]byte(tt.head), tt.file).Err()
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
