package page_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"parley/corpus/read/readtest"
)

// lettersOf are the letters of a text in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// shownTexts are the texts of a page's elements that hold nothing but text and
// what stands in a line, as far as the page shows them.
func shownTexts(n *html.Node) []string {
	switch n.Data {
	case "script", "style", "noscript", "template", "head", "svg", "form", "button", "select", "iframe", "label":
		return nil
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "layout" && a.Val == "nodisplay" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
			return nil
		}
	}
	var out []string
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode && len(strings.Fields(c.Data)) >= 5:
			out = append(out, c.Data)
		case c.Type == html.ElementNode:
			out = append(out, shownTexts(c)...)
		}
	}
	return out
}

// TestEveryTextIsSomewhere holds what is read and what is listed as left out
// against all that the pages show.
func TestEveryTextIsSomewhere(t *testing.T) {
	t.Parallel()
	pages, err := readtest.Pages()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if p.Kind == readtest.Home {
			continue
		}
		d := read(t, p.HTML)
		var have strings.Builder
		have.WriteString(lettersOf(all(d)))
		for _, drop := range d.Dropped {
			have.WriteString(" " + lettersOf(drop.Text))
			if drop.Reason == "" {
				t.Errorf("%s: %q has no reason", p.Name, drop.Text)
			}
		}
		root, err := html.Parse(strings.NewReader(p.HTML))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range shownTexts(root) {
			if !strings.Contains(have.String(), lettersOf(s)) {
				t.Errorf("%s: %q is neither read nor listed", p.Name, strings.TrimSpace(s))
			}
		}
	}
}
