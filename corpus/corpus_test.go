package corpus

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkSplit reports what breaks the promises of SplitSentences.
func checkSplit(t *testing.T, a *Article) {
	t.Helper()
	end, paragraph := 0, 0
	for i, s := range SplitSentences(a) {
		if s.Start < end || s.End <= s.Start || s.End > len(a.Body) {
			t.Fatalf("sentence %d is %v after one that ends at %d, in %d bytes", i, s.Span, end, len(a.Body))
		}
		if rest := strings.TrimSpace(a.Body[end:s.Start]); rest != "" {
			t.Fatalf("no sentence holds %q", rest)
		}
		text := a.Body[s.Start:s.End]
		if text != strings.TrimSpace(text) || strings.ContainsRune(text, '\n') {
			t.Fatalf("sentence %q has white space around it or a line end in it", text)
		}
		if strings.ToValidUTF8(a.Body, "") == a.Body && strings.ToValidUTF8(text, "") != text {
			t.Fatalf("sentence %q is cut inside a character", text)
		}
		if s.Paragraph < paragraph {
			t.Fatalf("paragraph %d after %d", s.Paragraph, paragraph)
		}
		end, paragraph = s.End, s.Paragraph
	}
	if rest := strings.TrimSpace(a.Body[end:]); rest != "" {
		t.Fatalf("no sentence holds %q", rest)
	}
}

func TestPassages(t *testing.T) {
	sentence := "This is a sentence of ten words that says nothing. "
	const title = "A Heading Here"
	paragraph := func(n int) string { return strings.TrimSpace(strings.Repeat(sentence, n)) }
	for _, tt := range []struct {
		name       string
		paragraphs []string
		want       []int // sentences of each passage
		startsAt   int   // passage that a heading opens, or -1
	}{
		{"short", []string{paragraph(3)}, []int{3}, -1},
		{"long", []string{paragraph(30)}, []int{15, 15}, -1},
		{"tail joins", []string{paragraph(17)}, []int{17}, -1},
		{"heading opens", []string{paragraph(8), title, paragraph(6)}, []int{8, 7}, 1},
		{"heading too early", []string{paragraph(4), title, paragraph(6)}, []int{11}, -1},
		{"heading stays with what follows", []string{paragraph(5), title, paragraph(14)}, []int{15, 5}, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.Join(tt.paragraphs, "\n\n")
			var headings []Span
			if at := strings.Index(body, title); at >= 0 {
				headings = []Span{{at, at + len(title)}}
			}
			c, err := New([]Article{{ID: "a", Body: body, Headings: headings}})
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for i, p := range c.Passages {
				got = append(got, p.Last-p.First)
				if c.Sentences[p.Last-1].Heading {
					t.Errorf("passage %d ends in a heading", i)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got passages of %v sentences, want %v", got, tt.want)
			}
			if tt.startsAt >= 0 && !c.Sentences[c.Passages[tt.startsAt].First].Heading {
				t.Errorf("passage %d does not start with the heading", tt.startsAt)
			}
		})
	}
}

func TestFingerprint(t *testing.T) {
	base := []Article{{ID: "a", Title: "T", Body: "One. Two."}, {ID: "b", Body: "Three."}}
	fingerprint := func(change func([]Article)) string {
		articles := slices.Clone(base)
		change(articles)
		c, err := New(articles)
		if err != nil {
			t.Fatal(err)
		}
		return c.Fingerprint()
	}
	same := fingerprint(func([]Article) {})
	if got := fingerprint(func([]Article) {}); got != same || len(got) != 64 {
		t.Errorf("got %q and %q for one corpus", got, same)
	}
	for name, change := range map[string]func([]Article){
		"body":   func(a []Article) { a[0].Body = "One. Three." },
		"title":  func(a []Article) { a[0].Title, a[0].Publisher = "", "T" },
		"order":  func(a []Article) { a[0], a[1] = a[1], a[0] },
		"id":     func(a []Article) { a[1].ID = "c" },
		"header": func(a []Article) { a[0].Headings = []Span{{0, 4}} },
	} {
		if fingerprint(change) == same {
			t.Errorf("a change of %s does not show", name)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	body := strings.Repeat("The U.S. envoy met Mr. Putin on Dec. 2, 2025, in Moscow. “We agreed on some things… It’s a war,” he said (p = 0.5). It cost 3.5 million; nobody paid. ", 10)
	articles := make([]Article, 5000)
	for i := range articles {
		articles[i] = Article{ID: strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26), Body: body}
	}
	b.SetBytes(int64(len(body) * len(articles)))
	for b.Loop() {
		if _, err := New(articles); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzNew(f *testing.F) {
	for _, s := range []string{"", " ", "One. Two.\n\nA heading\n\nThree.", strings.Repeat("a b. ", 400), "x\n\n\n y"} {
		f.Add(s, uint16(0), uint16(3))
	}
	f.Fuzz(func(t *testing.T, body string, start, length uint16) {
		if !utf8.ValidString(body) {
			t.Skip()
		}
		checkSplit(t, &Article{Body: body})
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
