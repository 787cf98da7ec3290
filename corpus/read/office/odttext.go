package office

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// container reads what stands in the body, a cell, an item or a box.
func (w *writer) container(parent *html.Node) error {
	return w.each(func(e xml.StartElement) error { return w.block(parent, e) }, nil)
}

func (w *writer) block(parent *html.Node, e xml.StartElement) error {
	switch e.Name.Local {
	case "p", "h":
		return w.paragraph(parent, e)
	case "list", "list-item", "list-header", "numbered-paragraph":
		if e.Name.Local == "list" || parent.Data == "li" && e.Name.Local != "list-item" {
			return w.container(parent)
		}
		return w.container(item(parent))
	case "table":
		return w.container(add(parent, "table"))
	case "table-header-rows", "table-row-group", "table-rows", "section", "index-body", "change", "text-box":
		if attr(e, "display") == "none" {
			return w.container(add(parent, "div", "hidden", ""))
		}
		return w.container(parent)
	case "table-row":
		return w.container(add(parent, "tr"))
	case "table-cell":
		return w.container(add(parent, "td"))
	case "covered-table-cell":
		add(parent, "td")
	case "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index":
		return w.leave(contents)
	case "tracked-changes":
		return w.changes()
	case "bibliography", "index-title":
		return w.container(parent)
	case "frame", "custom-shape", "g", "rect":
		err := w.frame()
		for _, box := range w.boxes {
			parent.AppendChild(box)
		}
		w.boxes = nil
		return err
	}
	return nil
}

// leave notes an element's text as left out.
func (w *writer) leave(reason string) error {
	text, err := w.text()
	left(w.doc, text, reason)
	return err
}

// changes notes what was deleted while changes were tracked. What was inserted
// stands in the text.
func (w *writer) changes() error {
	return w.each(func(xml.StartElement) error { // changed-region
		return w.each(func(e xml.StartElement) error {
			if e.Name.Local != "deletion" {
				return nil
			}
			return w.each(func(e xml.StartElement) error {
				if e.Name.Local == "change-info" {
					return nil
				}
				return w.leave(deleted)
			}, nil)
		}, nil)
	}, nil)
}

// paragraph reads a paragraph or a heading.
func (w *writer) paragraph(parent *html.Node, e xml.StartElement) error {
	style := attr(e, "style-name")
	level := w.level(style)
	if e.Name.Local == "h" {
		level = 1
		if n, err := strconv.Atoi(attr(e, "outline-level")); err == nil && n > 0 {
			level = min(n, 6)
		}
	}
	name := "p"
	if level > 0 {
		name = "h" + strconv.Itoa(level)
	}
	node := add(parent, name)
	boxes := w.boxes
	w.boxes = nil
	if err := w.inline(node, w.looks(style)); err != nil {
		return err
	}
	for _, box := range w.boxes {
		parent.AppendChild(box)
	}
	w.boxes = boxes
	w.front.take(node, w.role(style))
	return nil
}

// role is the style of those that say what a paragraph is that a style is based on.
func (w *writer) role(style string) string {
	role := ""
	w.named(style, func(name string, _ *writerStyle) bool {
		switch name {
		case "Title", "Subtitle", "Author", "Date":
			role = strings.ToLower(name)
		}
		return role != ""
	})
	return role
}

// inline reads what stands in a paragraph; looks are the elements around it.
func (w *writer) inline(node *html.Node, looks []string) error {
	last := byte(' ') // white space counts once, and not at the beginning
	text := func(s string) {
		if s != "" {
			write(within(node, looks), s)
			last = s[len(s)-1]
		}
	}
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "span":
			return w.inline(node, append(slices.Clip(looks), w.looks(attr(e, "style-name"))...))
		case "s":
			text(" ")
		case "tab":
			text(" ")
		case "line-break":
			add(within(node, looks), "br")
		case "note":
			return w.note(within(node, looks))
		case "annotation":
			return w.leave(comment)
		case "ruby":
			return w.each(func(e xml.StartElement) error {
				if e.Name.Local == "ruby-base" {
					return w.inline(node, looks)
				}
				return nil
			}, nil)
		case "hidden-text", "hidden-paragraph":
			return w.inline(node, append(slices.Clip(looks), "span"))
		case "frame", "custom-shape", "g", "rect":
			return w.frame()
		case "annotation-end", "bookmark", "bookmark-start", "bookmark-end", "change", "change-start", "change-end", "soft-page-break",
			"reference-mark", "reference-mark-start", "reference-mark-end", "toc-mark", "toc-mark-start", "toc-mark-end", "script", "a11y":
			return nil
		default: // links, fields, marks around text
			return w.inline(node, looks)
		}
		return nil
	}, func(s string) error {
		if strings.ContainsAny(s, "\n\t\r") {
			s = strings.NewReplacer("\r", " ", "\n", " ", "\t", " ").Replace(s)
		}
		if last == ' ' && node.FirstChild == nil {
			s = strings.TrimLeft(s, " ")
		}
		text(s)
		return nil
	})
}

// note reads a footnote: its mark goes to the text, where it is left out as such.
func (w *writer) note(node *html.Node) error {
	return w.each(func(e xml.StartElement) error {
		if e.Name.Local == "note-citation" {
			s, err := w.text()
			mark := add(add(node, "sup"), "a", "role", "doc-noteref", "href", "#fn")
			write(mark, s)
			return err
		}
		return w.leave(footnote)
	}, nil)
}

// frame reads the text of a box, which stands behind the paragraph that the box
// is in.
func (w *writer) frame() error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "title", "desc", "object", "image", "plugin", "glue-point", "enhanced-geometry":
			return nil
		case "p", "h", "list", "table":
			if len(w.boxes) == 0 {
				w.boxes = append(w.boxes, element("div"))
			}
			return w.block(w.boxes[len(w.boxes)-1], e)
		}
		return w.frame()
	}, nil)
}
