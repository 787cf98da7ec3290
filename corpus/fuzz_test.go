package corpus

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are texts that have broken splitters and cleaners before.
func seeds() []string {
	return []string{
		"", " ", ".", "…", "\x00", "a", "A. B. C.", "“", "””“", "\"\"\"", "(((", "—", "[1] A", ".[1] A", "x.[", ". 5", "a.B", "•", " • ",
		"U.S. Dec. 1 “What? I can’t… It’s a war.” He said.", report, "Title_of_it\n\nTitle of it\n\nText goes on here and on.\n\nTags",
		"---\nid: x\n---\n# T\n\nText.", "<p>x</p>", `{"text":"x"}`, "a/ b/ c/ d e f g h i j k l m n.", "\xff\xfe", "\xe2\x80", "ä\xc3", "â\u0080\u0099",
		strings.Repeat("x", 3000), strings.Repeat("a. ", 1000), strings.Repeat("—", 900), "1. 2. 3.", "Reuters\nReuters\nReuters",
	}
}

func FuzzSplit(f *testing.F) {
	if len(seeds()) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds() {
		f.Add(s, uint16(0), uint16(3))
	}
	f.Fuzz(func(t *testing.T, body string, start, length uint16) {
		if !utf8.ValidString(body) {
			t.Skip()
		}
		a := &Article{Body: body}
		checkSplit(t, a)
		c, err := New([]Article{{ID: "a", Body: body, Headings: []Span{{int(start), int(start) + int(length)}}}})
		if err != nil {
			t.Fatal(err)
		}
		next := 0
		for _, p := range c.Passages {
			if p.First != next || p.Last <= p.First {
				t.Fatalf("passage has sentences %d to %d, want them from %d", p.First, p.Last, next)
			}
			next = p.Last
		}
		if next != len(c.Sentences) {
			t.Fatalf("passages hold %d of %d sentences", next, len(c.Sentences))
		}
	})
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
	formats := []format{formatText, formatMarkdown, formatHTML, formatJSONL}
	f.Fuzz(func(t *testing.T, data []byte, n byte) {
		fl := file{path: "x", id: "x", format: formats[int(n)%len(formats)]}
		res := readData(fl, data, ReadOptions{}.withDefaults())
		for i := range res.cleaned {
			a := &res.cleaned[i].article
			if !utf8.ValidString(a.Body) || !utf8.ValidString(a.Title) {
				t.Fatalf("body or title is not UTF-8")
			}
			if strings.Contains(a.Body, "\n\n\n") || a.Body != strings.TrimSpace(a.Body) {
				t.Fatalf("body is not normalised: %q", a.Body)
			}
			checkSplit(t, a)
			checkHeadings(t, a)
		}
	})
}
