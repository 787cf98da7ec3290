package corpus

import (
	"slices"
	"strings"
	"testing"
)

// sentencesOf returns the sentences of a body as text.
func sentencesOf(body string) []string {
	a := &Article{Body: body}
	var out []string
	for _, s := range SplitSentences(a) {
		out = append(out, a.Body[s.Start:s.End])
	}
	return out
}

// TestSentenceBorders writes the expected sentences with "|" between them.
func TestSentenceBorders(t *testing.T) {
	for name, marked := range map[string]string{
		"plain":                  "It rained. | The sun came out! | Did it last?",
		"country":                "The U.S. President met the U.K. Prime Minister in the U.S. | They talked.",
		"country before who":     "He left the U.S. after the war.",
		"month":                  "On Dec. 1, 2025, they met. | On Sept. 30 they had not.",
		"month at the end":       "They met in Dec. | The talks failed.",
		"initial":                "J. Mansour wrote it for George W. Bush and J. K. Rowling. | It is short.",
		"initials like words":    "The L. A. Mayer Institute is in Jerusalem. | A. Smith works there.",
		"title":                  "Mr. Smith and Dr. Jones saw Gen. Lee and Sen. Kim. | They spoke.",
		"saint":                  "They met in St. Petersburg. | St. Martin was closed.",
		"company":                "Apple Inc. Chief Executive Tim Cook left. | He joined Acme Corp. | The shares fell.",
		"district":               "He lives in Washington, D.C. | The house is small.",
		"district goes on":       "Washington, D.C. Mayor Jane Roe said so.",
		"time of day":            "It began at 5 p.m. Tuesday and ended at 9 a.m. GMT. | Nobody slept.",
		"time of day at end":     "They left at 5 p.m. | Police followed.",
		"number":                 "He is No. 5 on the list. | The answer was no. | He left.",
		"figure":                 "See Fig. 2 and pp. 3-5, vol. 2. | It is clear.",
		"for example":            "Some, e.g. Musca, are small, i.e. Tiny ones vs. Big ones. | Others are not.",
		"and others":             "Smith et al. (2010) found it. | Jones et al. 2011 did not.",
		"decimal":                "Growth was 3.5 percent. | It was 2.1% before.",
		"number starts":          "It fell in 2005. | 69% of them agreed. | $5 million was lost.",
		"quoted end":             "He called it “a mess.” | She left.",
		"quoted end, straight":   "He called it \"a mess.\" | She left.",
		"quotation inside":       "Trump stated, “What comes out of it? I can’t tell you… It’s a war that should not be.” | He left.",
		"quotation of two":       "“There will be no easy way. It is important that it is fair.” | He added more.",
		"straight quotation":     "She said, \"It is over. We won. Go home.\" | They went.",
		"question, then who":     "“Why?” he asked. | “Who knows?” President Trump said.",
		"quotation, then who":    "“It is over,” he said, “and we won.” | They went.",
		"quotation left open":    "“It is over, he said. | They went home.",
		"ellipsis inside":        "We agreed on some things… while others caused criticism. | It went on.",
		"ellipsis at the end":    "And then… | Nothing happened.",
		"three stops":            "He waited... and waited. | Then... | He left.",
		"exclaiming name":        "Yahoo! said it would pay. | It did.",
		"brackets":               "He left (it was late. The bus was gone.) and slept. | She stayed.",
		"bracketed sentence":     "He left. | (It was late.) | She stayed.",
		"address":                "See www.example.com/a?b=C.D for more. | It is free. | Write to a.b@example.org.",
		"lower case":             "The approx. five hours were long. this goes on.",
		"word in mixed case":     "It grows. | mRNA is made. | iPhone sales fell.",
		"list number":            "1. First point is here. | 2. Second point is here.",
		"glued":                  "They ended the war.The next day was calm. | Use Node.Js there.",
		"footnote":               "They ended the war.[12] | The next day was calm.",
		"inline bullets":         "Points: | • One thing | • Another thing",
		"letter as a name":       "It needs vitamin C. | Patients took it. | Plan B. | Everyone left.",
		"degrees":                "It lies at 51° N. | Prague is south of it.",
		"tokenised":              "Viruses cause mumps . | Vaccines help .",
		"state":                  "He lives in Austin, Tex. | The house is big.",
		"unknown abbreviation":   "The Blvd. Saint-Michel and Sgt. Pepper. | It is known.",
		"Chinese":                "他来了。|我走了。",
		"no punctuation":         "a line without any mark",
		"doctor of philosophy":   "She has a Ph.D. in physics. | He has none.",
		"middle of a name":       "Peter M. Blau and Robert S.P. Beekes wrote it. | It sold.",
		"roman number":           "It is the deadliest since World War II. | It goes on.",
		"quotation marks inside": "They call it “market definition.” | If the court agrees, they win.",
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for part := range strings.SplitSeq(marked, "|") {
				want = append(want, strings.TrimSpace(part))
			}
			body := strings.ReplaceAll(strings.ReplaceAll(marked, " | ", " "), "|", "")
			if name == "glued" {
				want = []string{"They ended the war.", "The next day was calm.", "Use Node.Js there."}
			}
			if name == "footnote" {
				want[0] = "They ended the war.[12]"
			}
			if got := sentencesOf(body); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestSentencesStayShort(t *testing.T) {
	word := "word "
	for name, body := range map[string]string{
		"no marks":   strings.Repeat(word, 5000),
		"no blanks":  strings.Repeat("ä", 5000),
		"semicolons": strings.Repeat("one two three four five six seven eight nine ten; ", 30),
		"small":      strings.Repeat("i went there and it was good. then i came back again. ", 30),
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range sentencesOf(body) {
				if len(s) > maxSentenceBytes {
					t.Errorf("sentence of %d bytes, want at most %d", len(s), maxSentenceBytes)
				}
				if n := countWords(s); name != "no marks" && n > maxSentenceWords+minCutWords {
					t.Errorf("sentence of %d words: %q", n, s)
				}
			}
			checkSplit(t, &Article{Body: body})
		})
	}
}

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
		if len(text) > maxSentenceBytes && !s.Heading {
			t.Fatalf("sentence of %d bytes", len(text))
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
		name     string
		blocks   []block
		want     []int // sentences of each passage
		startsAt int   // passage that a heading opens, or -1
	}{
		{"short", []block{{text: paragraph(3)}}, []int{3}, -1},
		{"long", []block{{text: paragraph(30)}}, []int{15, 15}, -1},
		{"tail joins", []block{{text: paragraph(17)}}, []int{17}, -1},
		{"heading opens", []block{{text: paragraph(8)}, {text: title, kind: heading}, {text: paragraph(6)}}, []int{8, 7}, 1},
		{"heading too early", []block{{text: paragraph(4)}, {text: title, kind: heading}, {text: paragraph(6)}}, []int{11}, -1},
		{"heading stays with what follows", []block{{text: paragraph(5)}, {text: title, kind: heading}, {text: paragraph(14)}}, []int{15, 5}, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body, headings := composeBody(tt.blocks)
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
