package readtest

import (
	"fmt"
	"html"
	"io/fs"
	"strings"

	"parley/corpus/read/document"
)

// fragmentHTML is the text of an article as simple HTML.
func fragmentHTML(t Text) string {
	var b strings.Builder
	open := ""
	for i, bl := range t.Blocks {
		group := ""
		switch {
		case bl.Kind == document.Item && bl.Numbered:
			group = "ol"
		case bl.Kind == document.Item:
			group = "ul"
		case bl.Kind == document.Row:
			group = "table"
		case bl.Quoted:
			group = "blockquote"
		}
		if group != open || i > 0 && bl.Head {
			if open != "" {
				b.WriteString("</" + open + ">\n")
			}
			if group != "" {
				b.WriteString("<" + group + ">\n")
			}
			open = group
		}
		text := html.EscapeString(bl.Text)
		switch bl.Kind {
		case document.Heading:
			b.WriteString("<h2>" + text + "</h2>\n")
		case document.Item:
			b.WriteString("<li>" + text + "</li>\n")
		case document.Row:
			mark := "|"
			if bl.Head {
				mark = "|!"
			}
			b.WriteString(inside(part{mark: mark, html: text}))
		default:
			b.WriteString("<p>" + text + "</p>\n")
		}
	}
	if open != "" {
		b.WriteString("</" + open + ">\n")
	}
	return b.String()
}

// writePlainHTML is a page as programs that save articles for later write it.
func writePlainHTML(t Text) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n", t.Lang, html.EscapeString(t.Title))
	for _, a := range t.Authors {
		fmt.Fprintf(&b, "<meta name=\"author\" content=\"%s\">\n", html.EscapeString(a))
	}
	fmt.Fprintf(&b, "<meta property=\"og:site_name\" content=\"%s\">\n<meta property=\"article:published_time\" content=\"%sT12:00:00+02:00\">\n<link rel=\"canonical\" href=\"%s\">\n</head>\n", html.EscapeString(t.Publisher), t.Date, html.EscapeString(t.URL))
	fmt.Fprintf(&b, "<body>\n<article>\n<h1>%s</h1>\n%s</article>\n</body>\n</html>\n", html.EscapeString(t.Title), fragmentHTML(t))
	return []byte(b.String()), nil
}

// styled writes an article into the pages of a style.
func styled(name string) func(Text) ([]byte, error) {
	return func(t Text) ([]byte, error) {
		root, err := fs.Sub(data, "data")
		if err != nil {
			return nil, err
		}
		styles, err := readStyles(root)
		if err != nil {
			return nil, err
		}
		constructs, err := readConstructs(root)
		if err != nil {
			return nil, err
		}
		furniture, err := readFurniture(root)
		if err != nil {
			return nil, err
		}
		for _, s := range styles {
			if s.name == name {
				i := len(t.Title) % len(constructs)
				constructs[i] = t.construct()
				p, err := s.page(i, constructs, furniture)
				return []byte(p.HTML), err
			}
		}
		return nil, fmt.Errorf("no style %q", name)
	}
}

// construct is the article as a construct without special markup.
func (t Text) construct() construct {
	c := construct{name: t.Name, fields: map[string][]string{
		"title": {t.Title}, "publisher": {t.Publisher}, "date": {t.Date}, "url": {t.URL}, "lang": {t.Lang},
	}}
	if len(t.Authors) > 0 {
		c.fields["author"] = []string{strings.Join(t.Authors, "; ")}
	}
	for _, b := range t.Blocks {
		mark := ""
		switch {
		case b.Kind == document.Heading:
			mark = "#"
		case b.Kind == document.Item && b.Numbered:
			mark = "+"
		case b.Kind == document.Item:
			mark = "-"
		case b.Kind == document.Row && b.Head:
			mark = "|!"
		case b.Kind == document.Row:
			mark = "|"
		case b.Quoted:
			mark = ">"
		}
		c.parts = append(c.parts, part{mark: mark, html: html.EscapeString(b.Text), want: b.Text})
	}
	return c
}
