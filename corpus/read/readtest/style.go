package readtest

import (
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"slices"
	"strings"
	"text/template"
	"time"
)

// style is a kind of site. Its template defines "page" and how the parts of an
// article are written: p, h2, h3, ul, ol, dl, table, quote, and gap, which stands
// between two paragraphs. "unstated" names the facts that its pages do not state.
type style struct {
	name string
	tmpl *template.Template
}

func readStyles(fsys fs.FS) ([]style, error) {
	var all []style
	err := readAll(fsys, "styles/*.html", func(name, text string) error {
		t, err := template.New(name).Funcs(template.FuncMap{
			"esc": html.EscapeString, "json": quoteJSON, "slug": slug, "upper": strings.ToUpper,
			"mod": func(a, b int) int { return a % b }, "add": func(a, b int) int { return a + b },
		}).Parse(text)
		all = append(all, style{name, t})
		return err
	})
	return all, err
}

// quoteJSON writes a string as JSON that may stand in a script element.
func quoteJSON(s string) (string, error) {
	b, err := json.Marshal(s)
	return string(b), err
}

// slug is a title as part of an address.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words[:min(len(words), 7)], "-")
}

func (s style) page(i int, all []construct, furniture map[string]map[string][]string) (Page, error) {
	c := all[i]
	v := newView(s.name, i, all, furniture)
	for k, p := range c.parts {
		if p.mark == "^" {
			v.Standfirst, v.lead = p.html, k
		}
	}
	unstated, err := s.render("unstated", v)
	if err != nil {
		return Page{}, err
	}
	if v.Body, err = s.body(c, v); err != nil {
		return Page{}, err
	}
	text, err := s.render("page", v)
	if err != nil {
		return Page{}, err
	}
	p := Page{
		Name: s.name + "/" + c.name, Style: s.name, Construct: c.name, HTML: text, Charset: c.field("charset", s.name),
		Kind: v.Kind, Want: c.wants(), Facts: c.facts(s.name, strings.Fields(unstated)),
	}
	return p, nil
}

func (s style) render(name string, v any) (string, error) {
	var b strings.Builder
	if err := s.tmpl.ExecuteTemplate(&b, name, v); err != nil {
		return "", err
	}
	return b.String(), nil
}

// facts are the metadata that a page in a style states.
func (c construct) facts(style string, unstated []string) Facts {
	get := func(key string) string {
		if slices.Contains(unstated, key) && len(c.fields[key+"@"+style]) == 0 {
			return ""
		}
		return c.field(key, style)
	}
	f := Facts{Title: get("title"), Publisher: get("publisher"), Place: get("place"), Date: get("date"), URL: get("url")}
	if get("author") != "" {
		f.Authors = c.list("author", style)
	}
	return f
}

// fragment is what the templates of parts are given.
type fragment struct {
	*view
	HTML string
	I    int // of the part in its article
}

// body writes the parts of an article, neighbours of one list or table together.
func (s style) body(c construct, v *view) (string, error) {
	names := map[string]string{"": "p", "#": "h2", "##": "h3", "-": "ul", "+": "ol", ":": "dl", "|": "table", "|!": "table", ">": "quote"}
	var b strings.Builder
	for k := 0; k < len(c.parts); {
		p := c.parts[k]
		if p.mark == "^" || p.mark == "!" {
			if p.mark == "!" {
				b.WriteString(p.html + "\n")
			}
			k++
			continue
		}
		name, inner, n := names[p.mark], "", 0
		for n == 0 || len(name) == 2 && name[0] != 'h' || name == "table" || name == "quote" {
			inner += inside(c.parts[k+n])
			n++
			if k+n == len(c.parts) || names[c.parts[k+n].mark] != name {
				break
			}
		}
		f := fragment{v, inner, k}
		out, err := s.render(name, f)
		if err != nil {
			return "", err
		}
		b.WriteString(out + "\n")
		if k += n; name == "p" && k < len(c.parts) && c.parts[k].mark == "" {
			gap, err := s.render("gap", f)
			if err != nil {
				return "", err
			}
			b.WriteString(gap)
		}
	}
	return b.String(), nil
}

// inside is a part as it stands in its list, table or quotation.
func inside(p part) string {
	switch p.mark {
	case "-", "+":
		return "<li>" + p.html + "</li>\n"
	case "|", "|!":
		cell := "td"
		if p.mark == "|!" {
			cell = "th"
		}
		return fmt.Sprintf("<tr><%s>%s</%[1]s></tr>\n", cell, strings.ReplaceAll(p.html, " | ", "</"+cell+"><"+cell+">"))
	case ">":
		return "<p>" + p.html + "</p>\n"
	}
	return p.html
}

// day reads a date of a construct; pages without one show no date.
func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, strings.Trim(s, "-"))
	if err != nil {
		return time.Time{}
	}
	return t
}
