package markup

import (
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/internal/text"
)

// sheet holds the classes and IDs that the style sheets inside a page hide and
// never show: what a wide screen, a script or a state shows is not hidden.
type sheet map[string]bool // ".class" or "#id"

// hides reports whether the sheet hides an element.
func (s sheet) hides(n *html.Node) bool {
	if len(s) == 0 || len(n.Attr) == 0 {
		return false
	}
	if id := attr(n, "id"); id != "" && s["#"+id] {
		return true
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if s["."+class] {
			return true
		}
	}
	return false
}

// readSheet reads the style elements of the page that a node belongs to, where
// pages have them: in its head and right in its body.
func readSheet(n *html.Node) sheet {
	for n.Parent != nil {
		n = n.Parent
	}
	var styles []string
	var look func(n *html.Node, depth int)
	look = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode:
			case c.Data == "style" && c.FirstChild != nil && !strings.Contains(attr(c, "media"), "print"):
				styles = append(styles, c.FirstChild.Data)
			case depth > 0 && (c.Data == "html" || c.Data == "head" || c.Data == "body"):
				look(c, depth-1)
			}
		}
	}
	look(n, 2)
	if len(styles) == 0 {
		return nil
	}
	s := sheet{}
	shown := map[string]bool{}
	for _, css := range styles {
		s.add(css, shown)
	}
	for name := range shown {
		delete(s, name)
	}
	return s
}

var (
	cssComment = text.Pattern(`(?s)/\*.*?\*/`)
	cssName    = text.Pattern(`[.#][\w-]+`)
	cssAlone   = text.Pattern(`^[a-z0-9]*([.#][\w-]+)$`)
)

// add reads one style sheet. Rules inside others, such as those of @media, only
// tell what is shown.
func (s sheet) add(css string, shown map[string]bool) {
	css = cssComment().ReplaceAllString(css, "")
	depth := 0
	for css != "" {
		i := strings.IndexAny(css, "{}")
		if i < 0 {
			return
		}
		selector, mark := css[:i], css[i]
		css = css[i+1:]
		if mark == '}' {
			depth = max(0, depth-1)
			continue
		}
		end := strings.IndexAny(css, "{}")
		if end < 0 {
			return
		}
		if css[end] == '{' { // a rule around rules
			depth++
			continue
		}
		s.rule(selector, css[:end], depth == 0, shown)
		css = css[end+1:]
	}
}

func (s sheet) rule(selector, declarations string, counts bool, shown map[string]bool) {
	display, visibility := declaration(declarations, "display"), declaration(declarations, "visibility")
	switch {
	case display == "none" || display == "" && visibility == "hidden":
		for one := range strings.SplitSeq(selector, ",") {
			if m := cssAlone().FindStringSubmatch(strings.TrimSpace(one)); counts && m != nil {
				s[m[1]] = true
			}
		}
	case display != "" || visibility != "":
		for _, name := range cssName().FindAllString(selector, -1) {
			shown[name] = true
		}
	}
}
