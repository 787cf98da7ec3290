package readtest

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestPages(t *testing.T) {
	t.Parallel()
	all, err := Pages()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(all), 354; got != want {
		t.Errorf("%d pages, want %d", got, want)
	}
	for _, p := range all {
		checkPage(t, p)
	}
}

// checkPage holds what a page is to say against all that is written on it.
func checkPage(t *testing.T, p Page) {
	t.Helper()
	raw, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if p.Charset != "" && bytes.Contains(raw, []byte("Ã")) {
		t.Errorf("%s is not in %s", p.Name, p.Charset)
	}
	if strings.Contains(p.HTML, "[no furniture") || strings.Contains(p.HTML, "<no value>") {
		t.Errorf("%s has holes in its furniture", p.Name)
	}
	root, err := html.Parse(strings.NewReader(p.HTML))
	if err != nil {
		t.Fatal(err)
	}
	all := letters(textOf(root))
	for _, w := range p.Want {
		for part := range strings.SplitSeq(firstWritten(all, w.Text), "¶") {
			for _, s := range split(part) {
				if !strings.Contains(all, letters(s)) {
					t.Errorf("%s: is to say %q, which is not on the page", p.Name, s)
				}
			}
		}
	}
	if p.Kind != Home && !strings.Contains(all, letters(shown(p.Facts.Title))) {
		t.Errorf("%s does not show its title %q", p.Name, p.Facts.Title)
	}
	for _, a := range p.Facts.Authors {
		name := html.EscapeString(a)
		if a != None && !strings.Contains(p.HTML, name) && !strings.Contains(p.HTML, strings.ToUpper(name)) {
			t.Errorf("%s does not name its author %q", p.Name, a)
		}
	}
}

// firstWritten is the first variant of a text that stands on the page.
func firstWritten(page, text string) string {
	all := variants(text)
	for _, v := range all {
		if strings.Contains(page, letters(v)) {
			return v
		}
	}
	return all[0]
}

// letters are a text's letters and digits, so that marks and blanks that a page
// writes otherwise do not count.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t\u00a0\u00ad\u202f\u200b“”\"‘’'¶|#^()", r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ReplaceAll(s, "₂", "2"), "²", "2"))
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	style := ""
	for _, a := range n.Attr {
		if a.Key == "style" {
			style = a.Val
		}
	}
	switch n.Data {
	case "script", "style", "title", "del", "s", "strike", "noscript":
		return ""
	case "sup":
		if mark := textOfChildren(n); n.FirstChild != nil && n.FirstChild.Type == html.ElementNode || mark == "1" || mark == "4,5" {
			return ""
		}
	case "span":
		if style == "display: none" {
			return ""
		}
	}
	if n.Data == "a" && strings.Contains(textOfChildren(n), "[3]") || leadsToNote(n) {
		return ""
	}
	return textOfChildren(n)
}

func textOfChildren(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// leadsToNote reports whether an element is the mark of a note: a number that leads to
// a place on the page.
func leadsToNote(n *html.Node) bool {
	if n.Data != "a" || strings.Trim(textOfChildren(n), "0123456789") != "" {
		return false
	}
	for _, a := range n.Attr {
		if a.Key == "href" && strings.HasPrefix(a.Val, "#") {
			return true
		}
	}
	return false
}
