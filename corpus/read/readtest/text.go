package readtest

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"parley/corpus/read/document"
)

// Text is an article to be written out in formats and read back.
type Text struct {
	Name                                     string // of its file, without extension
	Title, Publisher, Place, Date, URL, Lang string // Date is 2006-01-02; what is empty is not known
	Authors                                  []string
	Blocks                                   []Block
}

// Block is a paragraph, heading, list item or table row.
type Block struct {
	Kind     document.Kind
	Text     string // rows: cells separated by " | "
	Quoted   bool   // of a block quotation
	Numbered bool   // item of a numbered list
	Head     bool   // row of the names of columns
}

// Articles are sixty articles of 100 to 900 words: those of data/articles and
// collections of the short ones that the constructs tell.
func Articles() ([]Text, error) { return articles() }

var articles = sync.OnceValues(func() ([]Text, error) { //nolint:gochecknoglobals // made once, read by many tests
	root, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	var all []Text
	err = readAll(root, "articles/*.txt", func(name, text string) error {
		c, err := parseConstruct(name, text)
		all = append(all, c.text())
		return err
	})
	if err != nil {
		return nil, err
	}
	constructs, err := readConstructs(root)
	if err != nil {
		return nil, err
	}
	return append(all, digests(constructs, 60-len(all))...), nil
})

// text is the article of a construct whose parts are all plain.
func (c construct) text() Text {
	t := Text{
		Name: c.name, Title: c.field("title", ""), Publisher: c.field("publisher", ""), Place: c.field("place", ""),
		Date: c.field("date", ""), URL: c.field("url", ""), Lang: c.field("lang", ""), Authors: c.list("author", ""),
	}
	if len(t.Authors) == 1 && t.Authors[0] == None {
		t.Authors = nil
	}
	if t.Lang == "" {
		t.Lang = "en"
	}
	for _, p := range c.parts {
		kinds := map[string]document.Kind{"#": document.Heading, "##": document.Heading, "-": document.Item, "+": document.Item, "|": document.Row, "|!": document.Row}
		for line := range strings.SplitSeq(p.want, " ¶ ") {
			if line == "" || p.may {
				continue
			}
			t.Blocks = append(t.Blocks, Block{
				Kind: kinds[p.mark], Text: line, Quoted: p.mark == ">", Numbered: p.mark == "+", Head: p.mark == "|!",
			})
		}
	}
	return t
}

// digests are n articles that each tell two to six of the constructs' articles,
// one after the other under headings.
func digests(all []construct, n int) []Text {
	var plain []Text
	for _, c := range all {
		t := c.text()
		whole := t.Lang == "en" && c.field("kind", "") == "" && c.field("digest", "") == ""
		for _, b := range t.Blocks {
			whole = whole && !strings.Contains(b.Text, "{")
		}
		if whole {
			plain = append(plain, t)
		}
	}
	var out []Text
	for i := range n {
		first := plain[i%len(plain)]
		d := Text{
			Name: fmt.Sprintf("digest-%02d", i+1), Title: "In brief: " + first.Title, Publisher: first.Publisher, Lang: "en",
			Date: first.Date,
			URL:  "https://digests.example/" + slug(first.Title), Authors: first.Authors,
		}
		for k := range 2 + i%3*i%5 {
			t := plain[(i+k*11)%len(plain)]
			d.Blocks = append(d.Blocks, Block{Kind: document.Heading, Text: t.Title})
			d.Blocks = append(d.Blocks, t.Blocks...)
		}
		if i >= len(plain) {
			d.Title = "News in brief: " + first.Title
		}
		out = append(out, d)
	}
	return out
}

// Want is the article's text as [Compare] takes it.
func (t Text) Want() []Want {
	var ws []Want
	for _, b := range t.Blocks {
		ws = append(ws, Want{Text: b.Text})
	}
	return ws
}

// Facts are the metadata of an article that a format states.
func (t Text) Facts(stated ...string) Facts {
	var f Facts
	for _, s := range stated {
		switch s {
		case "title":
			f.Title = t.Title
		case "publisher":
			f.Publisher = t.Publisher
		case "author":
			f.Authors = t.Authors
		case "place":
			f.Place = t.Place
		case "date":
			f.Date = t.Date
		case "url":
			f.URL = t.URL
		}
	}
	return f
}

// Words counts the article's words.
func (t Text) Words() int {
	n := 0
	for _, b := range t.Blocks {
		n += len(strings.Fields(b.Text))
	}
	return n
}
