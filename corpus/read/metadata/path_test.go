package metadata

import (
	"testing"

	"parley/corpus/read/document"
)

// TestTitleOfName makes titles of the names of files that are words.
func TestTitleOfName(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"The Ferry Master.txt":                    "The Ferry Master",
		"news/2026-01-17-ferry-closes.md":         "Ferry closes",
		"ferry_closes_for_the_winter.txt.gz":      "Ferry closes for the winter",
		"Ferry closes 17.01.2026.pdf":             "Ferry closes",
		"entity-ferry_2026-03-11_to_annotate.txt": "Entity ferry to annotate",
		"Fähre stellt Betrieb ein.html":           "Fähre stellt Betrieb ein",
		"ferry.txt":                               "",
		"doc 12.txt":                              "",
		"article-3.html":                          "",
		"page_2_final.pdf":                        "",
		"01-budget.txt":                           "",
		"3f9ac0de ferry closes.html":              "",
		"IMG_20260117_1.txt":                      "",
		"index.html":                              "",
		"new text document.txt":                   "",
		"download?id=7&name=ferry closes.html":    "",
		"":                                        "",
	} {
		if got := titleOfName(file); got != want {
			t.Errorf("%q: got %q, want %q", file, got, want)
		}
	}
}

// TestFileNameIsTheLastTitle guards that the name of a file is a title only where
// nothing else is, and cuts no other.
func TestFileNameIsTheLastTitle(t *testing.T) {
	t.Parallel()
	name := OfPath("ferry-closes.html")
	title := say(document.Implied, document.Title, "Ferry closes - winners and losers", "title element")
	if k := Resolve(append([]document.Statement{title}, name...)); k.Title != title.Value || k.Publisher != "" {
		t.Errorf("got %q of %q", k.Title, k.Publisher)
	}
	if k := Resolve(name); k.Title != "Ferry closes" || k.From[document.Title] != FromFileName {
		t.Errorf("got %q from %q", k.Title, k.From[document.Title])
	}
}
