package metadata

import (
	"os"
	"strings"
	"testing"

	"parley/corpus/read/document"
)

// tabbed reads the lines of a file of cases, in their parts.
func tabbed(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	cases := tabbed(t, "testdata/authors.txt")
	right := 0
	for _, c := range cases {
		k := Resolve([]document.Statement{
			{Field: document.Author, Value: c[0], From: "JSON-LD author", Rank: document.Linked},
			{Field: document.Publisher, Value: c[1], From: "og:site_name", Rank: document.Declared},
		})
		if want := strings.TrimPrefix(c[2], "-"); k.Author != want {
			t.Logf("%q of %q: got %q, want %q", c[0], c[1], k.Author, want)
			continue
		}
		right++
	}
	score(t, right, len(cases), 1)
}

func TestTitlesAndOutlets(t *testing.T) {
	t.Parallel()
	kinds := map[string]document.Statement{
		"A": {Field: document.Title, From: `field "title"`, Rank: document.Stated},
		"L": {Field: document.Title, From: "JSON-LD headline", Rank: document.Linked},
		"D": {Field: document.Title, From: "meta og:title", Rank: document.Declared},
		"S": {Field: document.Title, From: "heading", Rank: document.Shown},
		"I": {Field: document.Title, From: "title element", Rank: document.Implied},
		"P": {Field: document.Publisher, From: "JSON-LD publisher", Rank: document.Linked},
		"O": {Field: document.Publisher, From: "meta og:site_name", Rank: document.Declared},
		"U": {Field: document.URL, From: "canonical link", Rank: document.Declared},
	}
	cases := tabbed(t, "testdata/titles.txt")
	right := 0
	for _, c := range cases {
		var stated []document.Statement
		for _, part := range c[:len(c)-1] {
			kind, value, _ := strings.Cut(part, ":")
			s, ok := kinds[kind]
			if !ok {
				t.Fatalf("%q: kind %q", part, kind)
			}
			s.Value = value
			stated = append(stated, s)
		}
		want := strings.TrimPrefix(c[len(c)-1], "=> ")
		i := strings.LastIndex(want, " | ")
		title, outlet := want[:i], strings.TrimPrefix(want[i+3:], "-")
		if k := Resolve(stated); k.Title != strings.TrimSpace(title) || k.Publisher != outlet {
			t.Logf("%q: got %q of %q, want %q of %q", c, k.Title, k.Publisher, title, outlet)
			continue
		}
		right++
	}
	score(t, right, len(cases), 1)
}
