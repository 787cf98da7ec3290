package read

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/files"
	"parley/corpus/read/limit"
)

// pageForms are ways in which pages have the line below a title.
func pageForms() map[string]string {
	return map[string]string{
		"div":     `<html lang="en"><head><title>Ferry closes for winter repairs | Bay News</title></head><body><div id="nav"><a href="/">Home</a> <a href="/s">Sport</a></div><h1>Ferry closes for winter repairs</h1><div class="meta">%s</div><div class="content">%s</div><div id="footer">Bay News, Aldmoor</div></body></html>`,
		"article": `<html><head><title>Ferry closes for winter repairs | Bay News</title></head><body><article><h1>Ferry closes for winter repairs</h1><p>%s</p>%s</article></body></html>`,
		"header":  `<html><head><title>Ferry closes for winter repairs - Bay News</title></head><body><header><h1>Ferry closes for winter repairs</h1><span>%s</span></header><main>%s</main></body></html>`,
		"text":    "Ferry closes for winter repairs\n%s\n\n%s",
		"paper":   "The Quarry Ledger\nFerry closes for winter repairs\n%s\n\n%s",
	}
}

// TestCredits guards that what a page or a text says below its title of who wrote
// it and when is known and not quoted, in whatever form it says so.
func TestCredits(t *testing.T) {
	t.Parallel()
	body := []string{
		"The ferry between Aldmoor and Sennet closes on Monday for repairs to its engine, the harbour office said.",
		"It will run again in March, when the ice has gone from the river and the engine has come back from the works.",
		"Passengers will take the bus over the bridge, which costs two crowns and takes an hour more than the boat.",
	}
	for _, c := range []struct{ line, author, date, warning string }{
		{"Posted on 12 January 2026 by Ana Ruiz in Local News", "Ana Ruiz", "2026-01-12", ""},
		{"by kim_ash92 in News", "", "", ""},
		{"By Ana Ruiz | Madrid", "Ana Ruiz", "", ""},
		{"By Ana Ruiz and Jo Hale | Madrid", "Ana Ruiz and Jo Hale", "", ""},
		{"Last modified 14 January 2026 First published 12 January 2026", "", "2026-01-12", ""},
		{"Jan 12, 2026 10:15 AM ET Updated Jan 14, 2026", "", "2026-01-12", ""},
		{"Updated 3 hours ago", "", "", ""},
		{"STAFF REPORTER", "", "", ""},
		{"Staff writer | Jan 12, 2026", "", "2026-01-12", ""},
		{"Published: 12/01/2026 07:55 • Harriet Dowd • 4 min read", "Harriet Dowd", "", "is ambiguous"},
		{"Published: 13/01/2026 07:55 • Harriet Dowd • 4 min read", "Harriet Dowd", "2026-01-13", ""},
		{"Von Jürgen Höß 4 min read", "Jürgen Höß", "", ""},
		{"Publié le 12 janvier 2026 à 18h30 par Ana Ruiz", "Ana Ruiz", "2026-01-12", ""},
		{"12 stycznia 2026, 10:15", "", "2026-01-12", ""},
		{"12 января 2026", "", "2026-01-12", ""},
		{"2026年1月12日", "", "2026-01-12", ""},
		{"1/5/26", "", "", "is ambiguous"},
		{"Photo by Ana Ruiz", "", "", ""},
	} {
		for form, page := range pageForms() {
			markup, name := "<p>"+strings.Join(body, "</p>\n<p>")+"</p>", "page.html"
			if !strings.HasPrefix(page, "<") {
				markup, name = strings.Join(body, "\n\n"), "page.txt"
			}
			res := (*room)(nil).readData(t.Context(), limit.Limits{}, source{File: files.File{Path: name, ID: name}}, []byte(fmt.Sprintf(page, c.line, markup)))
			if len(res.found) != 1 {
				t.Fatalf("%s, %s: got %d articles, %v", c.line, form, len(res.found), res.refused)
			}
			a, date := res.found[0].article, ""
			if !a.Published.IsZero() {
				date = a.Published.Format(time.DateOnly)
			}
			if a.Title != "Ferry closes for winter repairs" || a.Author != c.author || date != c.date || a.Body != strings.Join(body, "\n\n") {
				t.Errorf("%s, %s: got %q by %q, published %q, body\n%s", c.line, form, a.Title, a.Author, date, a.Body)
			}
			if publisher := map[bool]string{true: "Bay News", false: ""}[name == "page.html"]; form != "paper" && a.Publisher != publisher {
				t.Errorf("%s, %s: got publisher %q", c.line, form, a.Publisher)
			}
			if c.warning != "" && (len(res.found[0].warnings) != 1 || !strings.Contains(res.found[0].warnings[0].Reason, c.warning)) {
				t.Errorf("%s, %s: got warnings %v", c.line, form, res.found[0].warnings)
			}
		}
	}
}
