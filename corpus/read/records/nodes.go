package records

import (
	"slices"
	"strings"
)

// written is the object that a text is JSON of: some editors keep their trees so.
func (r *record) written(v value) (value, bool) {
	if v.bare || r.scan == nil || !strings.HasPrefix(v.raw, `"{\"`) {
		return value{}, false
	}
	s := v.String()
	if !slices.ContainsFunc([]string{`"root"`, `"blocks"`, `"type":"doc"`}, func(key string) bool { return strings.Contains(s, key) }) {
		return value{}, false
	}
	inner, end, err := newScanner(r.m, s).value(0, 1)
	inner.at = v.at
	return inner, err == nil && end == len(s)
}

// joined is the text of a list of nodes that an editor makes of one line, where its
// style or a link changes: "The ", a link "mill", " burnt.". The object that the list
// stands in has the given members: it says what it is.
func (r *record) joined(v value, of []member, depth int) (string, bool) {
	typed := slices.ContainsFunc(of, func(m member) bool {
		key := fold(m.key)
		return (key == "type" || key == "nodetype") && m.value.kind == textKind
	})
	if !typed || v.kind != listKind {
		return "", false
	}
	var b strings.Builder
	ok := r.nodes(&b, v, depth)
	return b.String(), ok && b.Len() > 0
}

// nodes writes the text of nodes. It reports whether all of them are within a line.
func (r *record) nodes(b *strings.Builder, v value, depth int) bool {
	const deepest = 24
	if depth > deepest {
		return false
	}
	elements, err := r.scan.elementsOf(v, most)
	if err != nil {
		return false
	}
	for _, e := range elements {
		members, err := r.scan.membersOf(e)
		if err != nil || e.kind != objectKind {
			return false
		}
		kind := ""
		var words string
		var within value
		for _, m := range members {
			switch key := fold(m.key); {
			case key == "type" || key == "nodetype":
				kind = fold(m.value.String())
			case (key == "text" || key == "value") && m.value.kind == textKind:
				words = m.value.String()
			case (key == "children" || key == "content") && m.value.kind == listKind:
				within = m.value
			}
		}
		switch {
		case kind == "linebreak" || kind == "hardbreak" || kind == "br":
			b.WriteByte('\n')
		case !inLine(kind):
			return false
		case within.kind == listKind && !r.nodes(b, within, depth+1):
			return false
		default:
			b.WriteString(words)
		}
	}
	return true
}

// inLine reports whether a node of a kind stands within a line.
func inLine(kind string) bool {
	switch kind {
	case "", "text", "extendedtext", "span", "link", "autolink", "a", "hyperlink", "entryhyperlink", "assethyperlink", "mention", "hashtag", "emoji",
		"code", "codehighlight", "strong", "em", "b", "i", "u", "bold", "italic", "underline", "mark", "tab":
		return true
	}
	return false
}
