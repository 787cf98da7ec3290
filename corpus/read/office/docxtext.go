package office

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// paragraph is what a paragraph says of itself.
type paragraph struct {
	wordStyle
	style  string
	joined bool // the next one goes on where it ends
}

// paragraph reads a paragraph. Its properties come before its text.
func (w *word) paragraph(parent *html.Node) error {
	p := paragraph{style: w.styles.initial}
	var node *html.Node
	boxes := w.boxes
	w.boxes, w.inContents = nil, false
	start := func() {
		if node == nil {
			node = w.place(parent, &p)
		}
	}
	err := w.each(func(e xml.StartElement) error {
		if e.Name.Local == "pPr" {
			return w.paragraphProperties(&p)
		}
		start()
		return w.inline(node, e, p.hidden == on)
	}, nil)
	if err != nil {
		return err
	}
	start()
	w.fields = slices.DeleteFunc(w.fields, func(f field) bool { return !f.result }) // no instruction goes on behind a paragraph
	if w.goesOn = nil; w.inContents && node.Parent != nil {
		node.Parent.RemoveChild(node)
		left(w.doc, textOf(node), contents)
	}
	if p.joined && node.Parent != nil {
		w.goesOn = node
	}
	for _, box := range w.boxes {
		parent.AppendChild(box)
		w.goesOn = nil
	}
	w.boxes = boxes
	w.front.take(node, p.name)
	return nil
}

// place is where a paragraph's text goes.
func (w *word) place(parent *html.Node, p *paragraph) *html.Node {
	p.over(w.styles.resolve(p.style))
	level := headingLevel(p.name)
	if p.level > 0 {
		level = min(p.level, 6)
	}
	switch {
	case w.goesOn != nil:
		return w.goesOn
	case isContents(p.name):
		w.inContents = true
	case level > 0:
		for i := range w.fields { // a table of contents holds none: its end is lost
			w.fields[i].contents = false
		}
		return add(parent, "h"+strconv.Itoa(level))
	case p.list == on:
		return item(parent)
	}
	return add(parent, "p")
}

func (w *word) paragraphProperties(p *paragraph) error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = attr(e, "val")
		case "framePr":
			p.joined = p.joined || attr(e, "dropCap") == "drop" || attr(e, "dropCap") == "margin"
		case "rPr":
			return w.each(func(e xml.StartElement) error {
				p.joined = p.joined || e.Name.Local == "del" || e.Name.Local == "moveFrom"
				return nil
			}, nil)
		default:
			return p.paragraphProperty(w.scanner, e)
		}
		return nil
	}, nil)
}

// inline reads what stands in a paragraph.
func (w *word) inline(node *html.Node, e xml.StartElement, hidden bool) error {
	into := func(n *html.Node) error {
		return w.each(func(e xml.StartElement) error { return w.inline(n, e, hidden) }, nil)
	}
	switch e.Name.Local {
	case "r":
		return w.run(node, hidden)
	case "del", "moveFrom":
		return into(within(node, []string{"del"}))
	case "ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "sdt", "dir", "bdo", "rubyBase", "ruby":
		return into(node)
	case "fldSimple":
		if isContentsField(attr(e, "instr")) {
			text, err := wordText(w.scanner)
			left(w.doc, text, contents)
			return err
		}
		return into(node)
	case "AlternateContent":
		return w.alternative(func(e xml.StartElement) error { return w.inline(node, e, hidden) })
	case "oMath":
		return w.formula(node)
	case "oMathPara":
		return into(node)
	}
	return nil
}

// run reads a run of text: pieces of one look.
func (w *word) run(node *html.Node, hidden bool) error {
	var st wordStyle
	var style string
	var to *html.Node
	return w.each(func(e xml.StartElement) error {
		if e.Name.Local == "rPr" {
			return w.each(func(e xml.StartElement) error {
				if e.Name.Local == "rStyle" {
					style = attr(e, "val")
				}
				st.runProperty(e)
				return nil
			}, nil)
		}
		if to == nil {
			st.over(w.styles.resolve(style))
			to = within(node, runElements(&st, hidden))
		}
		return w.piece(node, to, e)
	}, nil)
}

// runElements are the elements that say of a run's text what its look does.
func runElements(st *wordStyle, hidden bool) []string {
	var names []string
	if st.hidden == on || hidden && st.hidden == inherit {
		names = append(names, "span")
	}
	if st.struck == on {
		names = append(names, "s")
	}
	switch st.shifted {
	case "superscript":
		names = append(names, "sup")
	case "subscript":
		names = append(names, "sub")
	}
	return names
}

// piece reads one piece of a run.
func (w *word) piece(node, to *html.Node, e xml.StartElement) error {
	switch e.Name.Local {
	case "fldChar":
		w.fieldMark(attr(e, "fldCharType"))
		return nil
	case "instrText":
		s, err := w.text()
		if n := len(w.fields); n > 0 && !w.fields[n-1].result && w.fields[n-1].instruction.Len() < maxInstruction {
			w.fields[n-1].instruction.WriteString(s)
		}
		return err
	}
	for i := range w.fields {
		if !w.fields[i].result {
			return nil
		}
		w.inContents = w.inContents || w.fields[i].contents
	}
	switch e.Name.Local {
	case "t", "delText":
		s, err := w.text()
		write(to, s)
		return err
	case "tab", "ptab":
		write(to, " ")
	case "br", "cr":
		if kind := attr(e, "type"); kind == "" || kind == "textWrapping" {
			add(to, "br")
		} else {
			write(to, " ")
		}
	case "noBreakHyphen":
		write(to, "-")
	case "footnoteReference", "endnoteReference":
		mark := add(within(node, nil), "sup")
		add(mark, "a", "role", "doc-noteref", "href", "#fn").AppendChild(&html.Node{Type: html.TextNode, Data: "*"})
	case "AlternateContent":
		return w.alternative(func(e xml.StartElement) error { return w.piece(node, to, e) })
	case "drawing", "pict", "object":
		return w.drawing()
	case "ruby":
		return w.each(func(e xml.StartElement) error {
			if e.Name.Local != "rubyBase" {
				return nil
			}
			return w.each(func(e xml.StartElement) error { return w.inline(to, e, false) }, nil)
		}, nil)
	}
	return nil
}

// maxInstruction is how much of a field's instruction is kept: its first word
// counts.
const maxInstruction = 64

// fieldMark goes on in a field: its beginning, its middle or its end.
func (w *word) fieldMark(kind string) {
	n := len(w.fields)
	switch {
	case kind == "begin":
		if n < w.meter.Limits().Depth {
			w.fields = append(w.fields, field{})
		}
	case n == 0:
	case kind == "separate":
		w.fields[n-1].result = true
		w.fields[n-1].contents = isContentsField(w.fields[n-1].instruction.String())
	case kind == "end":
		w.fields = w.fields[:n-1]
	}
}

// isContentsField reports whether a field makes a table of contents or an index.
func isContentsField(instruction string) bool {
	f := strings.Fields(instruction)
	return len(f) > 0 && (f[0] == "TOC" || f[0] == "INDEX" || f[0] == "TOA")
}

// drawing reads the text of boxes in a drawing, which stands behind the
// paragraph that the drawing is in.
func (w *word) drawing() error {
	return w.each(func(e xml.StartElement) error {
		if e.Name.Local == "txbxContent" {
			box := element("div")
			if err := w.container(box); err != nil {
				return err
			}
			w.goesOn = nil
			w.boxes = append(w.boxes, box)
			return nil
		}
		if e.Name.Local == "AlternateContent" {
			return w.alternative(func(xml.StartElement) error { return w.drawing() })
		}
		return w.drawing()
	}, nil)
}

// formula reads a formula: its letters and signs in their order.
func (w *word) formula(node *html.Node) error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			s, err := w.text()
			write(node, s)
			return err
		case "sup":
			write(node, "^")
		case "sub":
			write(node, "_")
		case "den":
			write(node, "/")
		case "rPr", "ctrlPr", "sSupPr", "sSubPr", "fPr", "dPr", "naryPr", "radPr":
			return nil
		}
		return w.formula(node)
	}, nil)
}
