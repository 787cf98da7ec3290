package eval

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/enginetest"
	"parley/corpus/read"
	"parley/retrieval/library"
	"parley/retrieval/library/librarytest"
)

//nolint:gochecknoglobals // a flag
var update = flag.Bool("update", false, "write the golden file anew")

// TestGolden is what becomes of every question and claim about an imagined town,
// and the figures over them, so that a change in quality is a diff.
func TestGolden(t *testing.T) {
	const dir = "testdata/town"
	s, engine := over(t, filepath.Join(dir, "articles.jsonl"))
	golds := lines[Gold](t, filepath.Join(dir, "questions.jsonl"))
	report, err := Run(t.Context(), golds, s, engine, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checks, err := Check(t.Context(), lines[Claim](t, filepath.Join(dir, "claims.jsonl")), engine)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, part := range []struct {
		name    string
		figures Figures
	}{{"search", report.Search}, {"ask", report.Ask}, {"cite", checks}} {
		for _, f := range part.figures.Values {
			fmt.Fprintf(&b, "%s %s %.3f\n", part.name, f.Name, f.Value)
		}
	}
	for i := range golds {
		fmt.Fprintf(&b, "%s %s %s\n", golds[i].ID, golds[i].Kind, outcome(&golds[i], report.Answers[i]))
	}
	path := filepath.Join(dir, "golden.txt")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i < len(got) && got[i] != line {
			t.Errorf("line %d: got %q, want %q", i+1, got[i], line)
		}
	}
	if n := strings.Count(string(want), "\n"); n != len(got)-1 {
		t.Errorf("got %d lines, want %d", len(got)-1, n)
	}
}

// over reads articles and makes the program's engine over them.
func over(t *testing.T, path string) (*library.Snapshot, enginetest.Engine) {
	t.Helper()
	reading, err := read.Read(t.Context(), []string{path}, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := librarytest.Build(t.Context(), reading)
	if err != nil {
		t.Fatal(err)
	}
	return s, enginetest.New(s)
}

// outcome is what became of a question, in a word or two.
func outcome(g *Gold, a *answer.Answer) string {
	var notes []string
	hits := 0
	for i := range a.Citations {
		if !a.Abstained && bears(g, &a.Citations[i]) {
			hits++
		}
	}
	switch {
	case !g.answerable() && a.Abstained:
		notes = append(notes, "refused")
	case a.Abstained:
		notes = append(notes, "REFUSED")
	case !g.answerable(), hits == 0:
		notes = append(notes, "MISLED")
	case bears(g, &a.Citations[0]):
		notes = append(notes, "right")
	default:
		notes = append(notes, "LATE")
	}
	if !a.Abstained {
		notes = append(notes, fmt.Sprintf("%d of %d", hits, len(a.Citations)))
	}
	for _, c := range a.Conflicts {
		notes = append(notes, string(c.Kind))
	}
	return strings.Join(notes, ", ")
}

func lines[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []T
	for v, err := range Lines[T](f) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		t.Fatalf("%s is empty", path)
	}
	return slices.Clip(out)
}
