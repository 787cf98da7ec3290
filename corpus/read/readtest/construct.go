package readtest

import (
	"fmt"
	"html"
	"io/fs"
	"slices"
	"strings"
)

// construct is an article with the markup that it is about.
type construct struct {
	name   string
	fields map[string][]string // by key; a key "url@static" counts for one style
	parts  []part
}

// part is one line of a construct's article.
type part struct {
	mark string // what the line is: see [marks]
	html string
	want string // its text; empty when it has none
	may  bool
}

// marks are the signs that lines of an article begin with. A line without one is
// a paragraph; its text is written as it stands, or as "HTML ==> text".
//
//	^ standfirst   # heading   ## lower heading   - item   + numbered item
//	: term :: definition   | cell | cell   |! heads of columns   > quotation
//	! raw HTML, in the text only with "==> text", perhaps with "==? text"
func marks() []string {
	return []string{"^ ", "## ", "# ", "- ", "+ ", ": ", "|! ", "| ", "> ", "!"}
}

func readConstructs(fsys fs.FS) ([]construct, error) {
	var all []construct
	err := readAll(fsys, "constructs/*.txt", func(name, text string) error {
		c, err := parseConstruct(name, text)
		all = append(all, c)
		return err
	})
	return all, err
}

// parseConstruct reads fields up to a line "---" and then the article.
func parseConstruct(name, text string) (construct, error) {
	c := construct{name: name, fields: map[string][]string{}}
	head, body, ok := strings.Cut(strings.ReplaceAll(text, "\\\n", ""), "\n---\n")
	if !ok {
		return c, fmt.Errorf("no line --- between fields and article")
	}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return c, fmt.Errorf("field %q has no value", line)
		}
		c.fields[key] = append(c.fields[key], strings.TrimSpace(value))
	}
	for line := range strings.SplitSeq(body, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			c.parts = append(c.parts, parsePart(line))
		}
	}
	return c, nil
}

func parsePart(line string) part {
	var p part
	for _, m := range marks() {
		if rest, ok := strings.CutPrefix(line, m); ok {
			p.mark, line = strings.TrimSpace(m), rest
			break
		}
	}
	left, right, split := strings.Cut(line, " ==> ")
	if !split {
		left, right, p.may = strings.Cut(line, " ==? ")
	}
	p.html, p.want = left, right
	switch {
	case p.mark == ":":
		term, def, _ := strings.Cut(left, " :: ")
		p.html = "<dt>" + term + "</dt>\n<dd>" + def + "</dd>"
		if right == "" {
			p.want = fmt.Sprintf("{%s: %s~%s ¶ %s~%s | %s}", term, def, term, def, term, def)
		}
	case p.mark == "|" || p.mark == "|!":
		if right == "" {
			p.want = left
		}
	case p.mark == "!" || split || p.may:
	default:
		p.html, p.want = html.EscapeString(left), left
	}
	return p
}

// field is the value of a key, the first when it has several.
func (c construct) field(key, style string) string {
	if v := c.fields[key+"@"+style]; len(v) > 0 {
		return v[0]
	}
	if v := c.fields[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// in reports whether the construct is to be put into a style: all, or those it names.
func (c construct) in(style string) bool {
	return len(c.fields["style"]) == 0 || slices.Contains(c.fields["style"], style)
}

// list splits the value of a key at semicolons.
func (c construct) list(key, style string) []string {
	v := c.field(key, style)
	if v == "" {
		return nil
	}
	return strings.Split(v, "; ")
}

// wants is the text of the article.
func (c construct) wants() []Want {
	var ws []Want
	for _, p := range c.parts {
		if p.want != "" {
			ws = append(ws, Want{Text: p.want, May: p.may})
		}
	}
	return ws
}
