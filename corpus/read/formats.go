package read

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/feed"
	"parley/corpus/read/files"
	"parley/corpus/read/limit"
	"parley/corpus/read/mail"
	"parley/corpus/read/markdown"
	"parley/corpus/read/office"
	"parley/corpus/read/page"
	"parley/corpus/read/pdf"
	"parley/corpus/read/plain"
	"parley/corpus/read/records"
	"parley/corpus/read/sandbox"
)

// Formats are the ends of the names of files that are read within a folder, each
// also with ".gz" after it. What a file is its first bytes say; a file that is
// named itself is read whatever its name.
func Formats() []string {
	return []string{
		".txt", ".text", ".md", ".markdown", ".mdown", ".mdx", ".mkd", ".mkdn", ".mdwn", ".qmd", ".rmd", ".rmarkdown", ".html", ".htm", ".xhtml", ".shtml",
		".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".rss", ".atom", ".rdf", ".nitf", ".eml", ".mbox",
		".docx", ".odt", ".epub", ".pdf",
	}
}

// isArticle reports whether a file's name is one of articles.
func isArticle(name string) bool {
	return slices.Contains(Formats(), strings.ToLower(filepath.Ext(decode.Unzipped(name))))
}

// mayHoldArticles reports whether a file's name is one of texts that parley does not
// read, but that can be saved as what it reads. They are refused with that advice, while
// other files of a folder are passed over.
func mayHoldArticles(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".doc", ".docm", ".dot", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".pages", ".mht", ".mhtml", ".webarchive",
		".djvu", ".ps", ".mobi", ".azw3", ".msg", ".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst":
		return true
	}
	return false
}

// accept says how many bytes a file of a name may have, by its first bytes.
func accept(name string, limits limit.Limits) files.Accept {
	return func(head []byte) (int64, error) {
		kind := decode.Sniff(head, name)
		if kind.Format == decode.Gzip {
			return limits.FileBytes, nil
		}
		return size(kind.Format, limits), kind.Err()
	}
}

// size is how many bytes a file of a format may have.
func size(f decode.Format, limits limit.Limits) int64 {
	switch f {
	case decode.JSON, decode.JSONLines, decode.CSV, decode.TSV, decode.XML, decode.Feed, decode.Mail, decode.Mbox, decode.PDF, decode.DOCX, decode.ODT, decode.EPUB:
		return max(limits.FileBytes, limits.ArticleBytes)
	}
	return limits.ArticleBytes
}

// Parse takes the content of a file apart. The name tells what the content does
// not. The notes are about articles of the file that were refused.
func Parse(m *limit.Meter, name string, data []byte) ([]*document.Document, []document.Note, error) {
	kind := decode.Sniff(data, name)
	if kind.Format == decode.Gzip {
		unpacked, err := decode.Gunzip(m, data, func(head []byte) int64 { return size(decode.Sniff(head, decode.Unzipped(name)).Format, m.Limits()) })
		if err != nil {
			return nil, nil, err
		}
		name, data = decode.Unzipped(name), unpacked
		if kind = decode.Sniff(data, name); kind.Format == decode.Gzip {
			return nil, nil, fmt.Errorf("is %s in a gzip file: unpack it", kind.What)
		}
	}
	if err := kind.Err(); err != nil {
		return nil, nil, err
	}
	if !m.Apart() && sandbox.Suspicious(kind.Format, data) {
		return nil, nil, limit.ErrApart
	}
	if kind.IsText() && kind.Format != decode.Mail && kind.Format != decode.Mbox && kind.Format != decode.Feed {
		return parseText(m, kind.Format, data)
	}
	switch kind.Format {
	case decode.Feed:
		return feed.Read(m, data)
	case decode.Mail:
		return mail.Read(m, data)
	case decode.Mbox:
		return mail.ReadMbox(m, data)
	case decode.PDF:
		return one(pdf.Read(m, data))
	case decode.DOCX:
		return one(office.ReadDOCX(m, data))
	case decode.ODT:
		return one(office.ReadODT(m, data))
	case decode.EPUB:
		list, err := office.ReadEPUB(m, data)
		return list, nil, err
	}
	return nil, nil, fmt.Errorf("is %s, for which there is no reader", kind.What)
}

// parseText takes apart a file that is text.
func parseText(m *limit.Meter, f decode.Format, data []byte) ([]*document.Document, []document.Note, error) {
	content, err := decode.Text(data, f == decode.HTML || f == decode.XML)
	if err != nil {
		return nil, nil, err
	}
	switch f {
	case decode.JSON:
		return records.ReadJSON(m, content)
	case decode.JSONLines:
		return records.ReadLines(m, content)
	case decode.CSV, decode.TSV:
		return records.ReadCSV(m, content)
	case decode.Markdown:
		return one(markdown.Read(m, content))
	case decode.HTML, decode.XML:
		d, err := page.Read(m, content)
		if err != nil {
			return nil, nil, whyEmpty(content, err)
		}
		return one(d, nil)
	}
	return one(plain.Read(m, content))
}

// one is what the reader of a file that is one article gives.
func one(d *document.Document, err error) ([]*document.Document, []document.Note, error) {
	if err != nil {
		return nil, nil, err
	}
	return []*document.Document{d}, nil, nil
}
