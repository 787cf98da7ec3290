package sentence

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/corpus/read/limit"
)

// check reports what breaks the promises of All.
func check(t *testing.T, paragraph string) {
	t.Helper()
	end, valid := 0, utf8.ValidString(paragraph)
	for from, to := range All(paragraph) {
		if from < end || to <= from || to > len(paragraph) {
			t.Fatalf("sentence from %d to %d after one that ends at %d, in %d bytes", from, to, end, len(paragraph))
		}
		if rest := strings.TrimSpace(paragraph[end:from]); rest != "" {
			t.Fatalf("no sentence holds %q", rest)
		}
		text := paragraph[from:to]
		if text != strings.TrimFunc(text, unicode.IsSpace) {
			t.Fatalf("sentence %q has white space around it", text)
		}
		if valid && !utf8.ValidString(text) {
			t.Fatalf("sentence %q is cut inside a character", text)
		}
		if len(text) > maxBytes {
			t.Fatalf("sentence of %d bytes", len(text))
		}
		end = to
	}
	if rest := strings.TrimSpace(paragraph[end:]); rest != "" {
		t.Fatalf("no sentence holds %q", rest)
	}
}

func FuzzAll(f *testing.F) {
	cases := readCases(f, hardCases)
	if len(cases) == 0 {
		f.Fatal("no seeds")
	}
	for i, c := range cases {
		if i%10 == 0 {
			f.Add(c.text)
		}
	}
	for _, s := range hostile(100) {
		f.Add(s)
	}
	for _, s := range []string{
		"", "…", "a", "“", "””“", "\"\"\"", "(((", "[1] A", ".[1] A", "x.[", ". 5", "a.B", " • ", "\xe2\x80", "ä\xc3",
		"â\u0080\u0099", "1. 2. 3.", ". …a", "a. » B", "'' .", ".' A", "a.1 B", "? ?", "A: B։",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, paragraph string) { check(t, paragraph) })
}

// hostile are paragraphs of about a length that cost much to whoever looks back
// or ahead without a bound.
func hostile(size int) map[string]string {
	out := map[string]string{}
	for name, unit := range map[string]string{
		"quotes":        "“",
		"closing":       "”",
		"straight":      "\"",
		"apostrophes":   "' ",
		"pairs":         "“a.” ",
		"single":        "‘a’ ",
		"dots":          ".",
		"spaced dots":   ". ",
		"ellipses":      "… ",
		"brackets":      "(",
		"both brackets": ")(",
		"closed":        ").",
		"nested":        "(“[‘",
		"footnotes":     ".[1]",
		"superscripts":  ".¹",
		"numbers":       ".1",
		"bare numbers":  "war.1 ",
		"letters":       "a.",
		"initials":      "J. ",
		"capitals":      ".A",
		"abbreviations": "Mr. ",
		"list":          "1) ",
		"bullets":       "• ",
		"blanks":        " ",
		"wide blanks":   ".\u3000",
		"no blanks":     "ä",
		"times":         "at 5 p.m. ",
		"the":           "word The word ",
		"small":         "i am. ",
		"emoji":         ". 😀",
		"wide":          "。",
		"guillemets":    "«»",
		"dashes":        ". — ",
		"angles":        "<<>>",
		"low":           "„“,, ",
		"broken":        "\xff.",
	} {
		out[name] = strings.Repeat(unit, size/len(unit))
		out[name+", before a word"] = out[name] + " Word."
		out[name+", after a stop"] = "Word. " + out[name]
	}
	return out
}

// TestTime holds that a paragraph costs time in proportion to its length.
func TestTime(t *testing.T) {
	t.Parallel()
	for name, paragraph := range hostile(1 << 18) {
		m := limit.New(t.Context(), limit.Limits{Time: time.Hour})
		leave := m.OnThread()
		check(t, paragraph)
		if took := time.Hour - m.Left(); took > time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(paragraph), took)
		}
		leave()
	}
}

func TestSentencesStayShort(t *testing.T) {
	t.Parallel()
	for name, paragraph := range map[string]string{
		"no marks":   strings.Repeat("word ", 5000),
		"no blanks":  strings.Repeat("ä", 5000),
		"semicolons": strings.Repeat("one two three four five six seven eight nine ten; ", 30),
		"quotation":  "“" + strings.Repeat("We went there and it was good. ", 30) + "”",
	} {
		n := 0
		for from, to := range All(paragraph) {
			n++
			if words := len(strings.Fields(paragraph[from:to])); name != "no marks" && words > maxWords+minCutWords {
				t.Errorf("%s: sentence of %d words", name, words)
			}
		}
		if n < 2 {
			t.Errorf("%s: one sentence of %d bytes", name, len(paragraph))
		}
		check(t, paragraph)
	}
}

// TestLongParagraph guards that a paragraph of a million sentences costs no more memory
// than a short one, and that its sentences are those of its parts.
func TestLongParagraph(t *testing.T) {
	t.Parallel()
	const part = "“It is late. Go home.” The mayor (Mr. Finch. He is new.) said so on the 2. of May. Nobody went! "
	var want []string
	for start, end := range All(part) {
		want = append(want, part[start:end])
	}
	const n = 4000
	long := strings.Repeat(part, n)
	i := 0
	for start, end := range All(long) {
		if got := long[start:end]; got != want[i%len(want)] {
			t.Fatalf("sentence %d is %q, want %q", i, got, want[i%len(want)])
		}
		i++
	}
	if i != n*len(want) {
		t.Errorf("%d sentences, want %d", i, n*len(want))
	}
	var p scanner
	p.yield = func(int, int) bool { return true }
	if p.scan(strings.Repeat("A word. ", 100_000)); cap(p.places) > 4*manyPlaces {
		t.Errorf("room for %d places", cap(p.places))
	}
	for range All(long) {
		break // it stops when nobody wants more
	}
}

func BenchmarkAll(b *testing.B) {
	body := strings.Repeat("The U.S. envoy met Mr. Orrin on Dec. 2, 2025, in Ostrand. “We agreed on some things… It’s a war,” he said (p = 0.5). It cost 3.5 million; nobody paid. ", 10)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		for range All(body) {
		}
	}
}
