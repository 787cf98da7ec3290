package read

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
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
	formatJSONL    format = ".jsonl"
)

// formatOf returns the format of a file name, or "".
func formatOf(name string) format {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".txt", ".text":
		return formatText
	case ".md", ".markdown":
		return formatMarkdown
	case ".html", ".htm", ".xhtml":
		return formatHTML
	case ".jsonl", ".ndjson":
		return formatJSONL
	}
	return ""
}

// accept says how many bytes a file may have, by its format.
func accept(f format, limits limit.Limits) func(head []byte) (int64, error) {
	return func([]byte) (int64, error) {
		switch f {
		case "":
			return 0, errors.New("is not a .txt, .md, .html or .jsonl file")
		case formatJSONL:
			return max(limits.FileBytes, limits.ArticleBytes), nil
		}
		return limits.ArticleBytes, nil
	}
}

// parse takes a file apart by its format.
func parse(m *limit.Meter, f format, data []byte) ([]*document.Document, []document.Note, error) {
	content, err := decode.Text(data, f == formatHTML)
	if err != nil {
		return nil, nil, err
	}
	switch f {
	case formatJSONL:
		return records.ReadLines(m, content)
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
