package read

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/read/files"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// seeds are texts that have broken splitters and cleaners before.
func seeds() []string {
	return []string{
		"", " ", ".", "…", "\x00", "a", "A. B. C.", "“", "””“", "\"\"\"", "(((", "—", "[1] A", ".[1] A", "x.[", ". 5", "a.B", "•", " • ",
		"U.S. Dec. 1 “What? I can’t… It’s a war.” He said.", "Title_of_it\n\nTitle of it\n\nText goes on here and on.\n\nTags",
		"---\nid: x\n---\n# T\n\nText.", "<p>x</p>", `{"text":"x"}`, "a/ b/ c/ d e f g h i j k l m n.", "\xff\xfe", "\xe2\x80", "ä\xc3", "â\u0080\u0099",
		strings.Repeat("x", 3000), strings.Repeat("a. ", 1000), strings.Repeat("—", 900), "1. 2. 3.", "Reuters\nReuters\nReuters",
	}
}

func FuzzRead(f *testing.F) {
	if len(seeds()) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds() {
		for n := range 4 {
			f.Add([]byte(s), byte(n))
		}
	}
	names := []string{"x.txt", "x.md", "x.html", "x.jsonl"}
	f.Fuzz(func(t *testing.T, data []byte, n byte) {
		fl := source{File: files.File{Path: names[int(n)%len(names)], ID: "x"}}
		var res result
		readtest.Timed(t, data, func() { res = (*room)(nil).readData(t.Context(), limit.Limits{}, fl, data) })
		for i := range res.found {
			a := &res.found[i].article
			if !utf8.ValidString(a.Body) || !utf8.ValidString(a.Title) {
				t.Fatalf("body or title is not UTF-8")
			}
			if strings.Contains(a.Body, "\n\n\n") || a.Body != strings.TrimSpace(a.Body) {
				t.Fatalf("body is not normalised: %q", a.Body)
			}

			for _, h := range a.Headings {
				if h.Start < 0 || h.End > len(a.Body) || h.Start >= h.End || strings.Contains(a.Body[h.Start:h.End], "\n") {
					t.Fatalf("heading %v is no line of a body of %d bytes", h, len(a.Body))
				}
			}
		}
	})
}
