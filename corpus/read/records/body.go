package records

import (
	"cmp"
	"fmt"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/body"
	"parley/corpus/read/document"
	"parley/corpus/read/markdown"
	webpage "parley/corpus/read/page"
)

// body reads the text of a record.
func (r *record) body(d *document.Document) error {
	for _, field := range []document.Field{textField, summaryField} {
		if field == summaryField && !r.isArticle() {
			break
		}
		for _, s := range r.of(field) {
			if !canBeText(s.value) {
				continue
			}
			if err := r.blocks(d, s.value, formOf(s.folded), 0); err != nil {
				return err
			}
			if len(d.Blocks) == 0 {
				continue
			}
			if len(d.Blocks) == 1 && takenAway(d.Blocks[0].Text) {
				return fmt.Errorf("has no text: it was taken away, %q is %q", s.key, d.Blocks[0].Text)
			}
			if s.folded != "text" { // a data set's texts are taken as they stand
				r.doubt(d, s, field)
			}
			return nil
		}
	}
	for _, s := range r.of(textField) {
		if s.value.kind != textKind {
			return fmt.Errorf("has no text: %q is %s", s.key, s.value.describe())
		}
	}
	for _, s := range r.slots {
		if s.role.field == textField {
			return fmt.Errorf("has no text: %q is empty", s.key)
		}
	}
	return fmt.Errorf(`has no "text", "content" or "body", %s`, r.keys())
}

// takenAway reports whether a text is what services put for one that is gone.
func takenAway(s string) bool {
	return strings.EqualFold(s, "[removed]") || strings.EqualFold(s, "[deleted]")
}

// markdownForm is a form that only records have.
const markdownForm body.Form = -1

// formOf says what texts under a key are written in.
func formOf(folded string) body.Form {
	switch {
	case strings.Contains(folded, "html"), folded == "contentencoded":
		return body.HTML
	case strings.HasSuffix(folded, "markdown"), folded == "bodymd", folded == "selftext":
		return markdownForm
	case strings.HasPrefix(folded, "plain"), folded == "textcontent", folded == "contenttext":
		return body.Text
	}
	return body.Unknown
}

// doubt says when a text is the start of an article only.
func (r *record) doubt(d *document.Document, s slot, field document.Field) {
	if mark, cut := body.Cut(d); cut {
		d.Doubt = fmt.Sprintf("only the start of its text is there: %q ends in %q", s.key, mark)
	}
	if field == summaryField {
		d.Doubt = fmt.Sprintf("its text is not there, only its %q", s.key)
	}
}

// blocks reads a text, the paragraphs of a list, or the text in an object.
func (r *record) blocks(d *document.Document, v value, form body.Form, depth int) error {
	const deepest = 24
	if depth > deepest || empty(v) {
		return nil
	}
	switch v.kind {
	case textKind:
		if inner, ok := r.written(v); ok {
			return r.blocks(d, inner, form, depth+1)
		}
		return r.text(d, v, form)
	case listKind:
		in := newScanner(r.m, v.raw)
		_, err := in.elements(0, 1, func(e value) error {
			e.at += v.at
			return r.blocks(d, e, form, depth+1)
		})
		return err
	case objectKind:
		return r.part(d, v, form, depth)
	case nullKind, numberKind, truthKind:
	}
	return nil
}

// page tells a whole page from a piece of HTML.
var page = text.Pattern(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)[\s>]`)

// text reads a text that stands as one: Markdown, a page that was kept whole, a
// piece of HTML or plain text.
func (r *record) text(d *document.Document, v value, form body.Form) error {
	s, line := v.String(), r.lineOf(v.at)
	var inner *document.Document
	var err error
	switch {
	case form == markdownForm:
		inner, err = markdown.Read(r.m, s)
	case form != body.Text && strings.Contains(s, "<") && page().MatchString(s):
		if inner, err = webpage.Read(r.m, s); err == nil {
			d.Light = inner.Light
		}
	default:
		blocks, drops, err := body.Blocks(r.m, s, form, line, !v.bare)
		d.Blocks = append(d.Blocks, blocks...)
		d.Dropped = append(d.Dropped, drops...)
		return err
	}
	if err != nil {
		return err
	}
	for i := range inner.Blocks {
		inner.Blocks[i].Line = line
	}
	for i := range inner.Dropped {
		inner.Dropped[i].Line = line
	}
	for _, s := range inner.Statements {
		s.Line = line
		r.inherit = append(r.inherit, s)
	}
	for _, n := range inner.Warnings {
		r.note(v, "%s", n.Reason)
	}
	d.Blocks = append(d.Blocks, inner.Blocks...)
	d.Dropped = append(d.Dropped, inner.Dropped...)
	d.Doubt, d.Refused = cmp.Or(inner.Doubt, d.Doubt), cmp.Or(inner.Refused, d.Refused)
	return nil
}

// part reads an object that is a text or a part of one: a paragraph or heading
// of an editor, or a text beside what it is written in.
func (r *record) part(d *document.Document, v value, form body.Form, depth int) error {
	members, err := r.scan.membersOf(v)
	if err != nil {
		return err
	}
	before := len(d.Blocks)
	heading, item := false, false
	for _, m := range members {
		switch key := fold(m.key); key {
		case "type", "kind", "style", "tag", "nodetype", "listitem":
			kind := fold(m.value.String())
			heading = heading || isHeading(kind)
			item = item || kind == "listitem" || key == "listitem" && kind != ""
		case "heading", "headline", "title":
			if err := r.blocks(d, m.value, form, depth+1); err != nil {
				return err
			}
		}
	}
	titles := len(d.Blocks)
	for _, key := range partNames() {
		for _, m := range members {
			if fold(m.key) != key || len(d.Blocks) > titles {
				continue
			}
			if s, ok := r.joined(m.value, members, depth); ok {
				blocks, _, err := body.Blocks(r.m, s, body.Text, r.lineOf(m.value.at), true)
				if err != nil {
					return err
				}
				d.Blocks = append(d.Blocks, blocks...)
				continue
			}
			if err := r.blocks(d, m.value, cmp.Or(formOf(key), form), depth+1); err != nil {
				return err
			}
		}
	}
	for i := before; item && i < len(d.Blocks); i++ {
		if d.Blocks[i].Kind == document.Plain {
			d.Blocks[i].Kind = document.Item
		}
	}
	if heading {
		titles = len(d.Blocks)
	}
	for i := before; i < titles; i++ {
		d.Blocks[i].Kind = document.Heading
	}
	return nil
}

// partNames are the keys under which a part of a text has its text.
func partNames() []string {
	return []string{
		"rendered", "root", "text", "value", "content", "contents", "body", "html", "markdown", "data", "blocks", "items", "children", "paragraphs", "paragraph", "context",
	}
}

// isHeading reports whether a part's type is a heading: "heading", "header-two", "h2".
func isHeading(kind string) bool {
	return strings.HasPrefix(kind, "head") || len(kind) == 2 && kind[0] == 'h' && kind[1] >= '1' && kind[1] <= '6'
}
