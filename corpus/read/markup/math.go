package markup

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// maxFormula is the longest formula, in bytes, that is set as one.
const maxFormula = 4 << 10

// formula writes a math element as one writes it in a line: x^2, a/b, √(x).
func (w *walker) formula(n *html.Node) {
	s := textOf(n, maxFormula)
	if len(s) < maxFormula {
		s = formulaText(n)
	} else {
		s = textOf(n, 0)
	}
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		s = attr(n, "alttext")
	}
	w.flow.write(s)
}

func formulaText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type != html.ElementNode {
		return ""
	}
	var parts []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			parts = append(parts, c)
		}
	}
	part := func(i int) string { return strings.TrimSpace(formulaText(parts[i])) }
	switch {
	case n.Data == "annotation" || n.Data == "annotation-xml":
		return ""
	case n.Data == "mo" && n.FirstChild != nil && n.FirstChild.Type == html.TextNode:
		return operator(strings.TrimSpace(n.FirstChild.Data))
	case n.Data == "mi" || n.Data == "mn" || n.Data == "ms":
		return strings.TrimSpace(textOf(n, 0))
	case n.Data == "mfrac" && len(parts) == 2:
		return group(part(0)) + "/" + group(part(1))
	case n.Data == "msqrt":
		return "√" + group(sequence(parts))
	case n.Data == "mroot" && len(parts) == 2:
		return part(1) + "√" + group(part(0))
	case (n.Data == "msup" || n.Data == "mover") && len(parts) == 2:
		return group(part(0)) + "^" + group(part(1))
	case (n.Data == "msub" || n.Data == "munder") && len(parts) == 2:
		return part(0) + "_" + group(part(1))
	case (n.Data == "msubsup" || n.Data == "munderover") && len(parts) == 3:
		return part(0) + "_" + group(part(1)) + "^" + group(part(2))
	case len(parts) == 0:
		return textOf(n, 0)
	}
	return sequence(parts)
}

func sequence(parts []*html.Node) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(formulaText(p))
	}
	return b.String()
}

// group puts brackets around what has several parts.
func group(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 1 && strings.ContainsAny(s, " +-−/=×") {
		return "(" + s + ")"
	}
	return s
}

// operator sets blanks around the signs that stand between two sides.
func operator(s string) string {
	switch s {
	case "=", "+", "-", "−", "×", "⋅", "·", "≤", "≥", "<", ">", "≈", "≠", "→", "±":
		return " " + s + " "
	case "\u2061", "\u2062", "\u2063": // apply function, times, separator: unseen
		return ""
	}
	return s
}
