package readtest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"io"
	"strings"
)

// unpacked is what bombs unpack to: twice the limit, less than hurts when
// a test makes it.
const unpacked = 128 << 20

// bomb is a text and then blanks, deflated, with the sums that formats want. It
// packs a megabyte and repeats what came of it.
func bomb(before string) (packed []byte, crc, adler uint32, size int) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is right
	}
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	put := func(p []byte) []byte {
		start := b.Len()
		_, _ = w.Write(p)
		_ = w.Flush()
		return bytes.Clone(b.Bytes()[start:])
	}
	sums, adlers := crc32.NewIEEE(), adler32.New()
	both := io.MultiWriter(sums, adlers)
	_, _ = io.WriteString(both, before)
	packed = put([]byte(before))
	packed = append(packed, put(chunk)...)
	again := put(chunk)
	for i := range unpacked >> 20 {
		if i > 0 {
			packed = append(packed, again...)
		}
		_, _ = both.Write(chunk)
	}
	return append(packed, 3, 0), sums.Sum32(), adlers.Sum32(), len(before) + unpacked
}

// zipped is a package.
func zipped(stored bool, entries ...entry) func() []byte {
	return func() []byte {
		b, err := pack(stored, entries...)
		if err != nil {
			panic(err) // the writer is a buffer
		}
		return b
	}
}

func zipBomb(name, before string) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		packed, crc, _, size := bomb(before)
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(size)}) //nolint:gosec // lengths
		if err == nil {
			_, _ = w.Write(packed)
			err = z.Close()
		}
		if err != nil {
			panic(err) // the writer is a buffer
		}
		return b.Bytes()
	}
}

func gzipBomb() []byte {
	packed, crc, _, size := bomb("")
	b := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}, packed...)
	b = binary.LittleEndian.AppendUint32(b, crc)
	return binary.LittleEndian.AppendUint32(b, uint32(size)) //nolint:gosec // under 4 GB
}

func zlibBomb() []byte {
	packed, _, adler, _ := bomb("BT /F1 12 Tf ")
	return binary.BigEndian.AppendUint32(append([]byte{0x78, 0x9c}, packed...), adler)
}

func gzipped(parts ...string) []byte {
	b, err := Gzip([]byte(strings.Join(parts, "")))
	if err != nil {
		panic(err) // the writer is a buffer
	}
	return b
}

func hostilePackages() []Hostile {
	docx := func(body string) []entry {
		return []entry{{"word/document.xml", xmlHead + wordElement("document", "<w:body>"+body+"</w:body>")}}
	}
	lives := wordParagraph("", wordRuns(Lives, 0))
	costly := []string{"unpack", "limit", "nested", "elements"}
	damaged := []string{"damaged", "corrupt", "broken", "zip", "checksum", "unpack", "cut", "end"}
	return []Hostile{
		{Name: "bomb.docx", Data: zipBomb("word/document.xml", xmlHead+"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"), Refused: costly},
		{Name: "bomb.odt", Data: zipBomb("content.xml", xmlHead+"<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">"), Refused: costly},
		{Name: "empty.docx", Data: zipped(false, entry{"readme.txt", "nothing here"}), Refused: []string{"word/document.xml"}},
		{Name: "no-zip.docx", Data: text("This is not a package at all, only a line of text."), Says: "only a line of text"},
		{Name: "old.docx", Data: text("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", strings.Repeat("\x00", 2_000)), Refused: []string{"password", "encrypted", "old", "doc"}},
		{Name: "cut.docx", Data: func() []byte { b := zipped(false, docx(lives)...)(); return b[:len(b)/2] }, Refused: damaged},
		{Name: "checksum.docx", Data: func() []byte {
			b := zipped(false, docx(lives)...)()
			copy(b[60:], "XXXX")
			return b
		}, Refused: append(damaged, "XML", "docx"), Says: Lives, Either: true},
		{Name: "deep.docx", Data: func() []byte { return zipped(false, docx(lives+strings.Repeat("<w:sdt>", 100_000))...)() }, Refused: append(costly, "XML"), Says: Lives, Either: true},
		{Name: "deep.odt", Data: func() []byte {
			return zipped(false, entry{"mimetype", "application/vnd.oasis.opendocument.text"}, entry{"content.xml", strings.Repeat("<a>", 200_000)})()
		}, Refused: append(costly, "XML", "text")},
		{Name: "climb.epub", Data: zipped(true, entry{"mimetype", "application/epub+zip"}, entry{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="../../../../etc/passwd"/></rootfiles></container>`}), Refused: []string{"epub", "package", "missing", "container", "../"}, Never: "root:"},
		{Name: "loop.epub", Data: zipped(true, entry{"mimetype", "application/epub+zip"}, entry{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`}, entry{"a.opf", `<package><manifest><item id="a" href="a.xhtml"/></manifest><spine>` + strings.Repeat(`<itemref idref="a"/>`, 200_000) + `</spine></package>`}, entry{"a.xhtml", xhtml("F", "<p>"+Lives+"</p>"+strings.Repeat("<p>x</p>", 500))}), Refused: costly, Says: Lives, Either: true},
		{Name: "bomb.txt.gz", Data: gzipBomb, Refused: append(costly, "large")},
		{Name: "cut.txt.gz", Data: func() []byte { b := gzipped(opening, strings.Repeat(Lives+"\n", 50)); return b[:len(b)-20] }, Refused: damaged},
		{Name: "twice.txt.gz", Data: func() []byte { return gzipped(string(gzipped(opening))) }, Refused: []string{"gz", "packed", "not text"}, Says: Lives, Either: true},
		{Name: "no-gzip.txt.gz", Data: text(opening), Refused: []string{"gz", "packed"}, Says: Lives, Either: true},
	}
}

// pdf puts objects into a file without a table of where they are, as damaged
// files have none.
func pdf(trailer string, objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return []byte(b.String() + "trailer\n<< /Root 1 0 R " + trailer + " >>\nstartxref\n0\n%%EOF\n")
}

func stream(dict, s string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(s), s)
}

func hostilePDF() []Hostile {
	const catalog, pages, leaf, font = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
	shows := stream("", "BT /F1 12 Tf 72 700 Td ("+Lives+") Tj ET")
	broken := []string{"pdf", "damaged", "broken", "page", "text", "limit", "loop", "takes more"}
	return []Hostile{
		{Name: "no-table.pdf", Data: func() []byte { return pdf("", catalog, pages, leaf, shows, font) }, Refused: broken, Says: Lives, Either: true},
		{Name: "cut.pdf", Data: func() []byte { b := pdf("", catalog, pages, leaf, shows, font); return b[:150] }, Refused: broken},
		{Name: "loop.pdf", Data: func() []byte {
			return pdf("", catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 1000000 >>", leaf, shows, font)
		}, Refused: broken, Says: Lives, Either: true},
		{Name: "form-loop.pdf", Data: func() []byte {
			return pdf("", catalog, pages, strings.Replace(leaf, "/Font", "/XObject << /X 6 0 R >> /Font", 1), stream("", "/X Do BT /F1 12 Tf 72 700 Td ("+Lives+") Tj ET"), font,
				stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>", strings.Repeat("/X Do ", 50)))
		}, Refused: broken, Says: Lives, Either: true},
		{Name: "bomb.pdf", Data: func() []byte {
			return pdf("", catalog, pages, leaf, stream("/Filter /FlateDecode", string(zlibBomb())), font)
		}, Refused: append(broken, "unpack")},
		{Name: "locked.pdf", Data: func() []byte {
			return pdf("/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O ("+strings.Repeat("o", 32)+") /U ("+strings.Repeat("u", 32)+") >> /ID [(a) (b)]", catalog, pages, leaf, shows, font)
		}, Refused: []string{"password", "encrypted", "locked", "damaged", "broken"}},
		{Name: "scan.pdf", Data: func() []byte {
			return pdf("", catalog, pages, leaf, stream("", "q 612 0 0 792 0 0 cm /Im0 Do Q"), font)
		}, Refused: []string{"no text", "scan", "picture", "image", "broken", "damaged"}},
	}
}
