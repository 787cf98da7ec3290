package readtest

import (
	"bytes"
	"compress/gzip"
)

// Format puts articles into a file.
type Format struct {
	Name   string
	Ext    string   // of its files, with the dot
	Many   bool     // a file holds any number of articles, else one
	States []string // facts that its files state, as [Text.Facts] takes them
	Write  func([]Text) ([]byte, error)
}

// Formats are all formats that need no tools. Those of PDF are made by [PDF].
func Formats() []Format {
	all := []string{"title", "publisher", "author", "date", "url"}
	return []Format{
		{"txt-wrapped", ".txt", false, []string{"title", "author", "date"}, one(writeWrapped)},
		{"txt-hyphenated", ".txt", false, all, one(writeHyphenated)},
		{"txt-windows", ".txt", false, all, one(writeWindows)},
		{"md-hugo", ".md", false, all, one(writeHugo)},
		{"md-jekyll", ".md", false, all, one(writeJekyll)},
		{"md-obsidian", ".md", false, all, one(writeObsidian)},
		{"md-ghost", ".md", false, []string{"title", "author", "date", "url"}, one(writeGhost)},
		{"md-pandoc", ".md", false, []string{"title", "author", "date"}, one(writePandoc)},
		{"html-plain", ".html", false, all, one(writePlainHTML)},
		{"html-press", ".html", false, all, one(styled("press"))},
		{"html-metro", ".html", false, all, one(styled("metro"))},
		{"html-tables", ".html", false, []string{"title", "publisher", "author", "date"}, one(styled("tables"))},
		{"json", ".json", false, all, one(writeJSON)},
		{"json-array", ".json", true, all, writeJSONArray},
		{"jsonl", ".jsonl", true, append(all, "place"), writeJSONL},
		{"json-feed", ".json", true, []string{"title", "author", "date", "url"}, writeJSONFeed},
		{"csv", ".csv", true, all, writeCSV},
		{"tsv", ".tsv", true, all, writeTSV},
		{"rss", ".xml", false, all, writeRSS},
		{"rss-many", ".rss", true, []string{"title", "author", "date", "url"}, writeRSS},
		{"atom", ".atom", true, all, writeAtom},
		{"eml", ".eml", false, []string{"title", "author", "date"}, one(writeEML)},
		{"mbox", ".mbox", true, []string{"title", "author", "date"}, writeMbox},
		{"docx", ".docx", false, []string{"title", "author", "date"}, one(writeDOCX)},
		{"odt", ".odt", false, []string{"title", "author", "date"}, one(writeODT)},
		{"epub", ".epub", false, []string{"title", "author", "publisher", "date"}, one(writeEPUB)},
	}
}

// one makes a writer of one article a writer of articles.
func one(write func(Text) ([]byte, error)) func([]Text) ([]byte, error) {
	return func(ts []Text) ([]byte, error) { return write(ts[0]) }
}

// Gzip is a file packed, as name.ext.gz holds it.
func Gzip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
