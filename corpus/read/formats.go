package read

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/feed"
	"parley/corpus/read/limit"
	"parley/corpus/read/mail"
	"parley/corpus/read/markdown"
	"parley/corpus/read/page"
	"parley/corpus/read/plain"
	"parley/corpus/read/records"
)

// format is a file format of articles, by the end of its files' names.
type format string

const (
	formatText     format = ".txt"
	formatMarkdown format = ".md"
	formatHTML     format = ".html"
	formatJSON     format = ".json"
	formatJSONL    format = ".jsonl"
	formatCSV      format = ".csv"
	formatFeed     format = ".xml"
	formatMail     format = ".eml"
	formatMbox     format = ".mbox"
)

// formatOf returns the format of a file name, or "".
func formatOf(name string) format {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".txt", ".text":
		return formatText
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		return formatMarkdown
	case ".html", ".htm", ".xhtml":
		return formatHTML
	case ".json":
		return formatJSON
	case ".jsonl", ".ndjson":
		return formatJSONL
	case ".csv", ".tsv":
		return formatCSV
	case ".xml", ".rss", ".atom", ".rdf":
		return formatFeed
	case ".eml":
		return formatMail
	case ".mbox":
		return formatMbox
	}
	return ""
}

// many reports whether a file of the format holds many articles.
func (f format) many() bool {
	switch f {
	case formatJSON, formatJSONL, formatCSV, formatFeed, formatMbox:
		return true
	}
	return false
}

// accept says how many bytes a file may have, by its format.
func accept(f format, limits limit.Limits) func(head []byte) (int64, error) {
	return func([]byte) (int64, error) {
		switch {
		case f == "":
			return 0, errors.New("is not a .txt, .md, .html or .jsonl file")
		case f.many():
			return max(limits.FileBytes, limits.ArticleBytes), nil
		}
		return limits.ArticleBytes, nil
	}
}

// parse takes a file apart by its format.
func parse(m *limit.Meter, f format, data []byte) ([]*document.Document, []document.Note, error) {
	switch f {
	case formatFeed:
		return feed.Read(m, data)
	case formatMail:
		return mail.Read(m, data)
	case formatMbox:
		return mail.ReadMbox(m, data)
	}
	content, err := decode.Text(data, f == formatHTML)
	if err != nil {
		return nil, nil, err
	}
	switch f {
	case formatJSON:
		return records.ReadJSON(m, content)
	case formatJSONL:
		return records.ReadLines(m, content)
	case formatCSV:
		return records.ReadCSV(m, content)
	case formatMarkdown:
		return one(markdown.Read(m, content))
	case formatHTML:
		return one(page.Read(m, content))
	case formatText:
		return one(&document.Document{Blocks: plain.Blocks(content, 1)}, nil)
	}
	return nil, nil, fmt.Errorf("read %s: no reader", f)
}

// one is what the reader of a file that is one article gives.
func one(d *document.Document, err error) ([]*document.Document, []document.Note, error) {
	if err != nil {
		return nil, nil, err
	}
	return []*document.Document{d}, nil, nil
}
