package page

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// facts are what a page says outside its text.
type facts struct {
	meter     *limit.Meter
	body      *html.Node
	meta      []metaElement
	linked    linked
	titles    []string // title elements of the head
	headings  []*html.Node
	canonical string
	lang      string
	marked    []document.Statement // microdata and RDFa of its article
	scopes    int                  // how many articles it marks
	times     []*html.Node
	bylines   []*html.Node
	hosts     map[string]int  // of the addresses that links lead to, "" for those of the page's own host
	ownHosts  map[string]bool // once they are asked for
	headEnd   int             // the part after the lines of a head that br ends, 0 for none
}

// maxShown is how many headings, times and by-lines of a page are looked at: the
// article's stand among the first.
const maxShown = 60

// readFacts walks a whole page once.
func readFacts(m *limit.Meter, root *html.Node) (*facts, error) {
	f := &facts{meter: m, body: root}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if err := m.Nodes(1); err != nil {
			return nil, err
		}
		f.element(n)
	}
	return f, nil
}

func (f *facts) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		f.lang = attr(n, "lang")
		if f.lang == "" {
			f.lang = attr(n, "xml:lang")
		}
	case atom.Body:
		if f.body.Type == html.DocumentNode {
			f.body = n
		}
	case atom.Meta, atom.Link:
		f.head(n)
	case atom.Title:
		if n.Parent != nil && n.Parent.DataAtom == atom.Head {
			f.titles = append(f.titles, textOf(n))
		}
	case atom.Script:
		f.script(n)
		return
	case atom.A:
		f.link(n)
	case atom.H1:
		if len(f.headings) == maxShown {
			break
		}
		f.headings = append(f.headings, n)
	case atom.Time:
		if len(f.times) == maxShown {
			break
		}
		f.times = append(f.times, n)
	}
	if len(n.Attr) == 0 {
		return
	}
	f.scope(n)
	if len(f.bylines) < maxShown && isByline(n) {
		f.bylines = append(f.bylines, n)
	}
}

// link counts where links lead to.
func (f *facts) link(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	if href == "" || href[0] == '#' {
		return
	}
	if u, err := url.Parse(href); err == nil && (u.Host != "" || u.Scheme == "") {
		if f.hosts == nil {
			f.hosts = make(map[string]int)
		}
		f.hosts[hostOf(u)]++
	}
}

func hostOf(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }

func (f *facts) head(n *html.Node) {
	if n.DataAtom == atom.Link {
		if hasWord(attr(n, "rel"), "canonical") && f.canonical == "" {
			f.canonical = strings.TrimSpace(attr(n, "href"))
		}
		return
	}
	if attr(n, "itemprop") != "" && attr(n, "name") == "" && attr(n, "property") == "" && within(n, isScope) {
		return // of the thing it stands in
	}
	if m, ok := metaOf(n); ok {
		f.meta = append(f.meta, m)
	}
}

func (f *facts) script(n *html.Node) {
	c := n.FirstChild
	if c == nil {
		return
	}
	if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
		f.linked.add(c.Data)
	}
}

// scope reads the article that an element is marked as, in microdata or RDFa. Of
// several only the first is the page's own, the others are teasers.
func (f *facts) scope(n *html.Node) {
	kind := attr(n, "itemtype")
	how := "microdata"
	if kind == "" {
		kind, how = attr(n, "typeof"), "RDFa"
	}
	if kind == "" || !isArticleType(kind) {
		return
	}
	if f.scopes++; f.scopes > 1 {
		return
	}
	s := scopeReader{how: how}
	s.children(n)
	f.marked = s.out
}

// scopeReader reads the properties of one marked thing.
type scopeReader struct {
	how string
	out []document.Statement
}

func (s *scopeReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		prop := property(c)
		if prop != "" {
			s.property(c, prop)
		}
		if !isScope(c) {
			s.children(c)
		}
	}
}

// property is the last word of the name of a property that an element gives.
func property(n *html.Node) string {
	p := attr(n, "itemprop")
	if p == "" {
		p = attr(n, "property")
	}
	p, _, _ = strings.Cut(strings.TrimSpace(p), " ")
	return p[strings.LastIndexAny(p, ":/")+1:]
}

func (s *scopeReader) property(n *html.Node, prop string) {
	field, ok := map[string]document.Field{
		"headline": document.Title, "name": document.Title, "datePublished": document.Published, "dateModified": document.Updated,
		"author": document.Author, "creator": document.Author, "publisher": document.Publisher, "inLanguage": document.Language,
		"mainEntityOfPage": document.URL, "dateline": document.Place,
	}[prop]
	if !ok {
		return
	}
	value := ""
	switch {
	case isScope(n):
		value = nameIn(n)
	case field == document.URL:
		if value = attr(n, "itemid"); value == "" {
			value = attr(n, "href")
		}
	default:
		value = valueOf(n)
	}
	if value = document.OneLine(value); value != "" {
		s.out = append(s.out, document.Statement{Field: field, Value: value, From: s.how + " " + prop, Rank: document.Linked})
	}
}

// valueOf is the value of a property: an attribute for machines, else the text.
func valueOf(n *html.Node) string {
	for _, key := range []string{"content", "datetime"} {
		if v := strings.TrimSpace(attr(n, key)); v != "" {
			return v
		}
	}
	if v := strings.TrimSpace(attr(n, "title")); n.DataAtom == atom.Abbr && v != "" {
		return v // as microformats have it
	}
	return textOf(n)
}

// nameIn is the name that a marked thing gives itself, or its text.
func nameIn(n *html.Node) string {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && property(c) == "name" {
			return valueOf(c)
		}
	}
	return textOf(n)
}

func isScope(n *html.Node) bool { return hasAttr(n, "itemscope") || hasAttr(n, "typeof") }

// isByline reports whether an element names the page's author for readers.
func isByline(n *html.Node) bool {
	if hasWord(attr(n, "rel"), "author") || attr(n, "itemprop") == "author" {
		return true
	}
	for w := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if bylineClass(w) {
			return true
		}
	}
	return false
}

// bylineClass reports whether a class names what holds the author: it ends in
// "author" or "byline", perhaps with "name" behind, whatever it begins with:
// "post-author", "c-byline__name", "post-info__item--type-author". What is of a
// comment's author, or tells of the article's, is none.
func bylineClass(class string) bool {
	words := strings.FieldsFunc(class, func(r rune) bool { return r == '-' || r == '_' || r == ':' })
	if n := len(words); n > 1 && (words[n-1] == "name" || words[n-1] == "line" && words[n-2] == "by") {
		words = words[:n-1]
	}
	n := len(words)
	if n == 0 || words[n-1] != "author" && words[n-1] != "byline" && words[n-1] != "by" {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return w == "comment" || w == "about" || w == "has" || w == "no" })
}

func within(n *html.Node, fits func(*html.Node) bool) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		if fits(a) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// hasWord reports whether a list of words in an attribute has a word.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// textOf is the text of a node in one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	var add func(*html.Node)
	add = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style, n.DataAtom == atom.Template, n.DataAtom == atom.Noscript:
			return
		case n.DataAtom == atom.Br || n.DataAtom == atom.Div || n.DataAtom == atom.P || n.DataAtom == atom.Li:
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
	}
	add(n)
	return document.OneLine(b.String())
}
