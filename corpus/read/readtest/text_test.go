package readtest

import (
	"strings"
	"testing"

	"parley/corpus/read/document"
)

func TestArticles(t *testing.T) {
	t.Parallel()
	all, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 60 {
		t.Errorf("%d articles, want 60", len(all))
	}
	names := map[string]bool{}
	rows, items := 0, 0
	for _, a := range all {
		if w := a.Words(); w < 100 || w > 900 {
			t.Errorf("%s has %d words", a.Name, w)
		}
		if names[a.Name] || a.Title == "" || a.Date == "" || a.URL == "" {
			t.Errorf("%s: twice, or lacks a title, date or address: %+v", a.Name, a.Facts("title", "date", "url"))
		}
		names[a.Name] = true
		for _, b := range a.Blocks {
			if b.Text != document.Squeeze(document.Normalise(b.Text)) || strings.ContainsAny(b.Text, "{}¶") {
				t.Errorf("%s: block is not plain: %q", a.Name, b.Text)
			}
			rows += map[document.Kind]int{document.Row: 1}[b.Kind]
			items += map[document.Kind]int{document.Item: 1}[b.Kind]
		}
	}
	if rows < 40 || items < 60 {
		t.Errorf("%d rows and %d items, want more", rows, items)
	}
}
