// Package page reads web pages: which text is the article's, what the page
// states of it and what kind of page it is. The text is found by maintext and
// rendered by markup; here they are put together.
//
// facts.go walks the page for what it states, meta.go, linked.go and
// statements.go make statements of meta elements, JSON-LD and what readers see;
// text.go cuts the article out, live.go and stamps.go keep the entries of live
// reports, drops.go says why the rest was left out, stream.go puts late parts of a page in their places, kind.go and cards.go tell pages that are no articles, and nitf.go reads NITF, the XML of
// news agencies.
package page

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/maintext"
	"parley/corpus/read/markup"
	"parley/corpus/read/plain"
)

// Read finds the main text of a page, what it states of its article, and what
// kind of page it is.
func Read(m *limit.Meter, htmlText string) (*document.Document, error) {
	htmlText = strings.ToValidUTF8(htmlText, "")
	if isNITF(htmlText) {
		return readNITF(m, htmlText)
	}
	root, err := markup.Parse(m, htmlText)
	if err != nil {
		return nil, err
	}
	unstream(root)
	f, err := readFacts(m, root)
	if err != nil {
		return nil, err
	}
	own := f.linked.article(f.addresses(), f.titleKeys())
	hints := f.hints(own)
	found, err := maintext.Find(m, f.body, hints)
	if err != nil {
		return nil, err
	}
	parts, err := found.Parts(m)
	if err != nil {
		return nil, err
	}
	parts = f.apart(parts)
	c := &cutter{meter: m, body: f.body, parts: parts, main: found.Main(), titles: f.titleKeys(), addresses: f.addresses(), article: outermostArticle(found.Main())}
	live := c.live(f.linked.live(own), f.shownTitles())
	c.together()
	first := c.first()
	d := &document.Document{Statements: f.statements(own, parts, first)}
	k := kindOf(f, own, parts)
	k.flow, k.flowWords = found.Flow()
	if err := c.cut(d); err != nil {
		return nil, err
	}
	if err := k.judge(m, d, hints.Body); err != nil {
		return nil, err
	}
	if live > 0 && d.Refused == "" {
		d.Warnings = append(d.Warnings, document.Note{Reason: "is a live report: its entries stand in the order of the page, each under its time"})
	}
	if len(parts) == 0 && len(d.Blocks) == 0 && d.Refused == "" {
		return nil, errors.New("has no text")
	}
	if len(d.Blocks) == 0 && d.Refused == "" {
		return nil, errors.New("has no main text that could be told from its page")
	}
	return d, nil
}

// hints are what the page tells machines of its article.
func (f *facts) hints(own object) maintext.Hints {
	h := maintext.Hints{Titles: slices.Clone(f.titles)}
	for _, s := range f.marked {
		if s.Field == document.Title {
			h.Titles = append(h.Titles, s.Value)
		}
	}
	for _, m := range f.meta {
		switch m.name {
		case "og:title", "twitter:title":
			h.Titles = append(h.Titles, m.content)
		case "og:description", "description", "twitter:description":
			h.Summaries = append(h.Summaries, m.content)
		case "author", "article:author", "parsely-author":
			h.Authors = append(h.Authors, m.content)
		}
	}
	if own != nil {
		h.Body = own.text("articleBody", "text")
	}
	return h
}

// addresses are those that the page gives itself, in the form of samePage.
func (f *facts) addresses() []string {
	var out []string
	if f.canonical != "" {
		out = append(out, samePage(f.canonical))
	}
	for _, m := range f.meta {
		if m.name == "og:url" {
			out = append(out, samePage(m.content))
		}
	}
	return out
}

// shownTitles are the page's titles.
func (f *facts) shownTitles() []string {
	out := slices.Clone(f.titles)
	for _, m := range f.meta {
		if m.name == "og:title" || m.name == "twitter:title" {
			out = append(out, m.content)
		}
	}
	for _, h := range f.headings {
		out = append(out, textOf(h))
	}
	return out
}

// titleKeys are the letters and digits of the page's titles.
func (f *facts) titleKeys() []string {
	var out []string
	for _, t := range f.shownTitles() {
		if k := keyOf(t); len(k) > 3 {
			out = append(out, k)
		}
	}
	return out
}

// keyOf keeps the letters and digits of a text, in lower case.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// linkedBlocks are the blocks of a text in JSON-LD, which is plain or HTML.
func linkedBlocks(m *limit.Meter, text string) ([]document.Block, []document.Drop, error) {
	if strings.Contains(text, "</") || strings.Contains(text, "<p") || strings.Contains(text, "&lt;p") {
		if !strings.Contains(text, "</") {
			text = html.UnescapeString(text)
		}
		return markup.Fragment(m, text)
	}
	return plain.Blocks(text, 0), nil, nil
}

// Chunks takes a page apart as [Read] does, for the program that fits the models
// of maintext.
func Chunks(m *limit.Meter, root *html.Node) (*maintext.Page, error) {
	unstream(root)
	f, err := readFacts(m, root)
	if err != nil {
		return nil, err
	}
	return maintext.Find(m, f.body, f.hints(f.linked.article(f.addresses(), f.titleKeys())))
}
