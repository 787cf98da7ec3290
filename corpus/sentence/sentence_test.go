package sentence

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

// hardCases are paragraphs whose sentences are hard to find, a line each with
// "|" between them, by kinds.
//
//go:embed testdata/hard.txt
var hardCases string

// hardCase is one paragraph and its sentences.
type hardCase struct {
	kind, text string
	want       []string
}

func readCases(t testing.TB, file string) []hardCase {
	t.Helper()
	var out []hardCase
	kind := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "# "); ok || line == "" {
			kind = name
			continue
		}
		c := hardCase{kind: kind, text: strings.ReplaceAll(strings.ReplaceAll(line, " | ", " "), "|", "")}
		for part := range strings.SplitSeq(line, "|") {
			c.want = append(c.want, strings.TrimSpace(part))
		}
		out = append(out, c)
	}
	return out
}

func sentencesOf(paragraph string) []string {
	var out []string
	for start, end := range All(paragraph) {
		out = append(out, paragraph[start:end])
	}
	return out
}

// maxWrong is how many of the hard cases are known to be wrong.
const maxWrong = 3

func TestHardCases(t *testing.T) {
	t.Parallel()
	cases := readCases(t, hardCases)
	if len(cases) < 400 {
		t.Fatalf("%d cases, want 400", len(cases))
	}
	wrong := 0
	for _, c := range cases {
		if got := sentencesOf(c.text); !slices.Equal(got, c.want) {
			wrong++
			t.Logf("%s:\n got  %s\n want %s", c.kind, strings.Join(got, " | "), strings.Join(c.want, " | "))
		}
	}
	t.Logf("%d of %d wrong", wrong, len(cases))
	if wrong > maxWrong {
		t.Errorf("%d of %d paragraphs wrong, want at most %d", wrong, len(cases), maxWrong)
	}
}
