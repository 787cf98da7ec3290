package decode

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// HeadBytes is how much of a file [Sniff] wants to see of it.
const HeadBytes = 4096

// Format is how a file is to be read.
type Format int

// The formats. Those from PDF on are no text.
const (
	Other Format = iota // not read: see [Kind.Err]
	Plain
	Markdown
	HTML
	XML
	Feed // RSS, Atom, RDF
	JSON
	JSONLines
	CSV
	TSV
	Mail
	Mbox
	PDF
	DOCX
	ODT
	EPUB
	Gzip
)

// Kind says what a file is.
type Kind struct {
	Format Format
	What   string // with its article, for people: "a PDF file", "a video (MP4)"
	Advice string // for Other: what to do about it, such as "save it as .docx"
}

// Err is why a file of this kind is not read, nil if it is.
func (k Kind) Err() error {
	switch {
	case k.Format != Other:
		return nil
	case k.What == "":
		return errors.New("is binary, of a kind that is not known: not read")
	case k.Advice == "":
		return fmt.Errorf("is %s: not read", k.What)
	}
	return fmt.Errorf("is %s: %s", k.What, k.Advice)
}

// IsText reports whether the file is to be decoded by [Text].
func (k Kind) IsText() bool { return k.Format > Other && k.Format < PDF }

// Sniff tells what a file is by its first bytes, and by its name where they do
// not say. Head may be the whole file; [HeadBytes] are enough.
func Sniff(head []byte, name string) Kind {
	head = head[:min(len(head), HeadBytes)]
	ext := strings.ToLower(filepath.Ext(name))
	if k, ok := signature(head); ok {
		return k
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return archive(head, ext)
	}
	if isText(head) {
		return textKind(head, ext)
	}
	return binary(head, ext)
}

// signature tells formats that begin with what looks like text, or that mimetype
// does not know.
func signature(head []byte) (Kind, bool) {
	has := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case has("\x1F\x8B"):
		return Kind{Format: Gzip, What: "a gzip file"}, true
	case has("%PDF-"), !isText(head) && bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return Kind{Format: PDF, What: "a PDF file"}, true
	case has("{\\rtf"):
		return Kind{What: "an RTF file", Advice: "save it as .docx"}, true
	case has("version https://git-lfs"):
		return Kind{What: "a Git LFS pointer", Advice: "fetch the file with git lfs pull"}, true
	case has("%!PS"):
		return Kind{What: "a PostScript file", Advice: "save it as .pdf"}, true
	case has("\x28\xB5\x2F\xFD"), has("\x04\x22\x4D\x18"), has("BZh"):
		return Kind{What: "a compressed file", Advice: "unpack it"}, true
	case has("bplist0"):
		return Kind{What: "a property list or a web archive of Safari", Advice: "save the page as .html"}, true
	}
	return Kind{}, false
}

// archive tells what a ZIP file holds: by the entries that head shows, else by
// its name.
func archive(head []byte, ext string) Kind {
	found := mimetype.Detect(head)
	if found.Is("application/zip") {
		return namedArchive(ext)
	}
	switch ext = found.Extension(); ext {
	case ".docx", ".odt", ".ott", ".epub", ".xlsx", ".pptx", ".ods", ".odp", ".odg":
		return namedArchive(ext)
	case ".jar", ".apk":
		return Kind{What: "a program (" + strings.ToUpper(ext[1:]) + ")"}
	}
	return Kind{What: "a file of " + found.String(), Advice: "save its text as .docx or .txt"}
}

func namedArchive(ext string) Kind {
	switch ext {
	case ".docx", ".docm", ".dotx":
		return Kind{Format: DOCX, What: "a Word file"}
	case ".odt", ".ott":
		return Kind{Format: ODT, What: "an OpenDocument text"}
	case ".epub":
		return Kind{Format: EPUB, What: "an EPUB book"}
	case ".xlsx", ".xlsm", ".ods":
		return Kind{What: "a spreadsheet", Advice: "save it as .csv"}
	case ".pptx", ".odp":
		return Kind{What: "a presentation", Advice: "save it as .pdf"}
	case ".odg":
		return Kind{What: "a drawing", Advice: "save it as .pdf"}
	case ".pages":
		return Kind{What: "a Pages file", Advice: "save it as .docx"}
	}
	return Kind{What: "a ZIP archive", Advice: "unpack it"}
}

// binary tells what a file that is no text is.
func binary(head []byte, ext string) Kind {
	found := mimetype.Detect(head)
	kind, _, _ := strings.Cut(found.String(), ";")
	major, minor, _ := strings.Cut(kind, "/")
	label := strings.ToUpper(strings.TrimPrefix(found.Extension(), "."))
	if label == "" {
		label = minor
	}
	switch {
	case major == "video", kind == "application/ogg", kind == "application/vnd.rn-realmedia-vbr":
		return Kind{What: "a video (" + label + ")"}
	case major == "audio":
		return Kind{What: "a sound recording (" + label + ")"}
	case kind == "image/vnd.djvu":
		return Kind{What: "a DjVu file", Advice: "save it as .pdf with its text"}
	case major == "image":
		return Kind{What: "a picture (" + label + ")"}
	case major == "font", kind == "application/vnd.ms-fontobject":
		return Kind{What: "a font"}
	}
	switch kind {
	case "application/x-ole-storage", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
		"application/vnd.ms-publisher", "application/vnd.ms-outlook", "application/x-ms-installer":
		return compound(kind, ext)
	case "application/vnd.sqlite3", "application/x-msaccess", "application/x-dbf":
		return Kind{What: "a database", Advice: "save its texts as .jsonl or .csv"}
	case "application/vnd.microsoft.portable-executable", "application/x-elf", "application/x-executable", "application/x-sharedlib",
		"application/x-object", "application/x-mach-binary", "application/wasm", "application/x-java-applet", "application/x-archive":
		return Kind{What: "a program"}
	case "application/x-7z-compressed", "application/vnd.rar", "application/x-tar", "application/x-xar", "application/x-xz",
		"application/vnd.debian.binary-package", "application/x-rpm", "application/x-cpio", "application/vnd.ms-cab-compressed",
		"application/lzip", "application/zstd", "application/x-bzip2":
		return Kind{What: "an archive (" + label + ")", Advice: "unpack it"}
	case "application/x-mobipocket-ebook":
		return Kind{What: "a Kindle book", Advice: "save it as .epub"}
	case "application/octet-stream", "text/plain":
		return Kind{}
	}
	return Kind{What: "a file of " + kind}
}

// compound tells old Office files apart; their names do where head is too short.
func compound(kind, ext string) Kind {
	switch {
	case kind == "application/vnd.ms-excel", ext == ".xls":
		return Kind{What: "an old spreadsheet", Advice: "save it as .csv"}
	case kind == "application/vnd.ms-powerpoint", ext == ".ppt":
		return Kind{What: "an old presentation", Advice: "save it as .pdf"}
	case kind == "application/vnd.ms-publisher", ext == ".pub":
		return Kind{What: "a Publisher file", Advice: "save it as .pdf"}
	case kind == "application/vnd.ms-outlook", ext == ".msg":
		return Kind{What: "a message of Outlook", Advice: "save it as .eml"}
	case kind == "application/x-ms-installer", ext == ".msi":
		return Kind{What: "a program"}
	case ext == ".docx", ext == ".xlsx", ext == ".pptx":
		return Kind{What: "protected with a password", Advice: "save a copy without it"}
	case kind == "application/msword", ext == ".doc", ext == ".dot":
		return Kind{What: "an old Word file", Advice: "save it as .docx"}
	}
	return Kind{What: "an old Office file", Advice: "save it as .docx"}
}
