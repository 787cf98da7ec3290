package sentence

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// sentencesOf returns the sentences of a body as text.
func sentencesOf(body string) []string {
	var out []string
	for start, end := range All(body) {
		out = append(out, body[start:end])
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
				if n := text.Words(s); name != "no marks" && n > maxSentenceWords+minCutWords {
					t.Errorf("sentence of %d words: %q", n, s)
				}
			}
			check(t, body)
		})
	}
}

// check reports what breaks the promises of All.
func check(t *testing.T, s string) {
	t.Helper()
	last := 0
	for start, end := range All(s) {
		if start < last || end <= start || end > len(s) {
			t.Fatalf("sentence is %d to %d after one that ends at %d, in %d bytes", start, end, last, len(s))
		}
		if rest := strings.TrimSpace(s[last:start]); rest != "" {
			t.Fatalf("no sentence holds %q", rest)
		}
		part := s[start:end]
		if part != strings.TrimSpace(part) {
			t.Fatalf("sentence %q has white space around it", part)
		}
		if utf8.ValidString(s) && !utf8.ValidString(part) {
			t.Fatalf("sentence %q is cut inside a character", part)
		}
		if len(part) > maxSentenceBytes {
			t.Fatalf("sentence of %d bytes", len(part))
		}
		last = end
	}
	if rest := strings.TrimSpace(s[last:]); rest != "" {
		t.Fatalf("no sentence holds %q", rest)
	}
}

// seeds are texts that have broken splitters before.
func seeds() []string {
	return []string{
		"", " ", ".", "…", "a", "A. B. C.", "“", "””“", "\"\"\"", "(((", "—", "[1] A", ".[1] A", "x.[", ". 5", "a.B", "•", " • ",
		"U.S. Dec. 1 “What? I can’t… It’s a war.” He said.", "\xe2\x80", "ä\xc3", "â\u0080\u0099",
		strings.Repeat("x", 3000), strings.Repeat("a. ", 1000), strings.Repeat("—", 900), "1. 2. 3.",
	}
}

func FuzzAll(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(check)
}
