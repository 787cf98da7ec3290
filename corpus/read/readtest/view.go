package readtest

import (
	"fmt"
	"html"
	"io/fs"
	"strings"
	"time"
)

// view is what the template of a style is given.
type view struct {
	c         construct
	style     string
	furniture map[string][]string
	lead      int

	N          int // number of the construct: what varies from page to page varies by it
	Kind       Kind
	Lang       string
	Title      string // shown in the h1
	Publisher  string
	Authors    []string
	URL        string
	Standfirst string // HTML
	Body       string // HTML
	Teasers    []Teaser
}

// Teaser is another article, as a page announces it.
type Teaser struct{ Title, Summary, URL string }

func newView(styleName string, i int, all []construct, furniture map[string]map[string][]string) *view {
	c := all[i]
	v := &view{
		c: c, style: styleName, N: i, Kind: Kind(c.field("kind", styleName)), Lang: c.field("lang", styleName),
		Publisher: shown(c.field("site", styleName), c.field("publisher", styleName)), URL: shown(c.field("page-url", styleName), c.field("url", styleName)),
		Title: shown(c.field("h1", styleName), c.field("title", styleName)), Authors: c.list("author", styleName),
	}
	if v.Kind == "" {
		v.Kind = Article
	}
	if v.Lang == "" {
		v.Lang = "en"
	}
	if len(v.Authors) == 1 && v.Authors[0] == None {
		v.Authors = nil
	}
	v.furniture = furniture[v.Lang[:2]]
	if v.furniture == nil {
		v.furniture = furniture["en"]
	}
	v.Teasers = teasers(styleName, i, all)
	return v
}

// shown is the first of the values that is one, without variants.
func shown(values ...string) string {
	for _, s := range values {
		if s != "" && s != None {
			first, _, _ := strings.Cut(s, "~")
			return strings.TrimPrefix(first, "{")
		}
	}
	return ""
}

// teasers are those that a construct names, or announce the constructs after it.
func teasers(styleName string, i int, all []construct) []Teaser {
	var ts []Teaser
	for _, line := range all[i].fields["teaser"] {
		title, summary, _ := strings.Cut(line, " :: ")
		ts = append(ts, Teaser{title, summary, "/" + slug(title)})
	}
	for k := 1; len(ts) < 8 && k < len(all); k++ {
		o := all[(i+k*7+len(styleName))%len(all)]
		if o.name == all[i].name || o.field("lang", "") != "" || o.field("kind", "") == string(Home) {
			continue
		}
		for _, p := range o.parts {
			if p.want != "" && (p.mark == "" || p.mark == "^") && !strings.ContainsAny(p.want, "{¶") {
				first := split(p.want)[0]
				ts = append(ts, Teaser{shown(o.field("h1", ""), o.field("title", "")), first, "/" + slug(o.field("title", ""))})
				break
			}
		}
	}
	return ts
}

// Field is a field of the construct, "" without it.
func (v *view) Field(key string) string { return v.c.field(key, v.style) }

// Fields are all values of a field of the construct, for its style or for all.
func (v *view) Fields(key string) string {
	if own := v.c.fields[key+"@"+v.style]; len(own) > 0 {
		return strings.Join(own, "\n")
	}
	return strings.Join(v.c.fields[key], "\n")
}

// Bare reports whether the page states nothing for machines but what the construct says.
func (v *view) Bare() bool { return v.Field("meta") == "bare" }

// Host is the site's name on the net.
func (v *view) Host() string {
	_, rest, _ := strings.Cut(v.URL, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// Author is the names of the authors as a by-line has them.
func (v *view) Author() string {
	n := len(v.Authors)
	if n < 2 {
		return strings.Join(v.Authors, "")
	}
	return strings.Join(v.Authors[:n-1], ", ") + " and " + v.Authors[n-1]
}

// Day is the date in a layout of package time, "" without a date.
func (v *view) Day(layout string) string {
	t := day(v.c.field("date", v.style))
	if t.IsZero() {
		return ""
	}
	return t.Add(time.Duration(8+v.N%9)*time.Hour + time.Duration(v.N*7%60)*time.Minute).Format(layout)
}

// Pick is one of the texts of a kind of furniture: the construct's own, or one
// of the language's, another for each page.
func (v *view) Pick(key string, i int) string {
	texts := v.c.fields[key]
	if len(texts) == 0 {
		texts = v.furniture[key]
	}
	if len(texts) == 0 {
		return fmt.Sprintf("[no furniture %q in %s]", key, v.Lang)
	}
	return html.EscapeString(texts[(v.N*3+len(v.style)+i)%len(texts)])
}

// readFurniture reads what stands around articles, by language and kind.
func readFurniture(fsys fs.FS) (map[string]map[string][]string, error) {
	all := map[string]map[string][]string{}
	err := readAll(fsys, "furniture/*.txt", func(name, text string) error {
		all[name] = map[string][]string{}
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			key, value, ok := strings.Cut(line, ": ")
			if !ok {
				return fmt.Errorf("line %q has no value", line)
			}
			all[name][key] = append(all[name][key], value)
		}
		return nil
	})
	return all, err
}
