package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parley/bot/answer"
)

// reference is the folder of the scorer that defines the figures and of the
// sets it is for; it is not part of this repository.
const reference = "../../../shared"

func python(t *testing.T) string {
	t.Helper()
	p, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: the scorer that defines the figures cannot run")
	}
	return p
}

// TestAgreesWithScorer guards the port: on made-up runs over every set at hand,
// good, bad and odd answers mixed, the figures equal the scorer's to four digits.
func TestAgreesWithScorer(t *testing.T) {
	py := python(t)
	files, err := filepath.Glob(filepath.Join(reference, "eval", "*", "questions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no question sets at %s", reference)
	}
	files = append(files, filepath.Join(reference, "questions", "talks.jsonl"))
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			golds := readGolds(t, file)
			r := rand.New(rand.NewPCG(1, uint64(len(golds))))
			ranked, answers := madeUp(golds, r)
			var searches, asks bytes.Buffer
			writeRun(t, &searches, &asks, golds, ranked, answers)
			compare(t, py, file, searches.Bytes(), SearchFigures(golds, ranked))
			compare(t, py, file, asks.Bytes(), AskFigures(golds, answers))
		})
	}
}

// TestWordsAgreeWithPython guards the meaning of \w and of lower case.
func TestWordsAgreeWithPython(t *testing.T) {
	py := python(t)
	texts := []string{
		"Putin’s “closed-door” talks: 4.5 hours, U.S. envoys_2", "ΣΊΣΥΦΟΣ ΑΣ", "İstanbul ISPARTA ı", "ﬁne Straße ẞ",
		"naïve nai\u0308ve", "x² ½ Ⅷ ⑤ ٣", "北京 東京。", "हिन्दी", "e\u200dmoji 👍🏽 a\u00adb", "don't don’t", "ǅ ǆ",
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(py, "-c", `import json,re,sys; json.dump([re.findall(r"\w+", s.lower()) for s in json.load(sys.stdin)], sys.stdout)`)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want [][]string
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if got := words(text); strings.Join(got, "|") != strings.Join(want[i], "|") {
			t.Errorf("words(%q): got %q, want %q", text, got, want[i])
		}
	}
}

func readGolds(t *testing.T, file string) []Gold {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var golds []Gold
	for g, err := range Lines[Gold](f) {
		if err != nil {
			t.Fatal(err)
		}
		golds = append(golds, g)
	}
	return golds
}

// madeUp invents a run: gold things, things of other questions and nothing, by chance.
func madeUp(golds []Gold, r *rand.Rand) (ranked [][]string, answers []*answer.Answer) {
	other := func() *Gold { return &golds[r.IntN(len(golds))] }
	for i := range golds {
		var ids []string
		for range r.IntN(30) {
			if r.IntN(5) == 0 {
				ids = append(ids, golds[i].Relevant...)
			} else {
				ids = append(ids, append(other().Relevant, "elsewhere")[0])
			}
		}
		ranked = append(ranked, ids)
		a := &answer.Answer{Confidence: float64(r.IntN(20)) / 20, Abstained: r.IntN(4) == 0}
		for _, g := range []*Gold{&golds[i], other()} {
			if r.IntN(2) == 0 {
				a.Text += "Said: " + strings.Join(append(g.Answers, g.Forbidden...), ", ") + ". "
			}
			for _, e := range g.Evidence {
				fields := strings.Fields(e)
				quote := strings.Join(fields[r.IntN(len(fields)):], " ")
				if r.IntN(3) == 0 {
					fields[r.IntN(len(fields))] = "otherwise"
					quote = strings.Join(fields, " ")
				}
				a.Citations = append(a.Citations, cite(append(g.Relevant, "elsewhere")[0], quote))
			}
		}
		answers = append(answers, a)
	}
	return ranked, answers
}

func writeRun(t *testing.T, searches, asks *bytes.Buffer, golds []Gold, ranked [][]string, answers []*answer.Answer) {
	t.Helper()
	type hit struct {
		ArticleID string `json:"article_id"`
	}
	for i := range golds {
		hits := []hit{}
		for _, id := range ranked[i] {
			hits = append(hits, hit{id})
		}
		cites := []Cited{}
		for _, c := range answers[i].Citations {
			cites = append(cites, Cited{c.ArticleID, c.Quote})
		}
		for w, v := range map[*bytes.Buffer]any{
			searches: map[string]any{"id": golds[i].ID, "hits": hits},
			asks: map[string]any{
				"id": golds[i].ID, "abstained": answers[i].Abstained, "confidence": answers[i].Confidence,
				"answer": answers[i].Text, "citations": cites,
			},
		} {
			if err := json.NewEncoder(w).Encode(v); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// compare runs the scorer on a run and compares what it prints with the figures.
func compare(t *testing.T, py, questions string, run []byte, got Figures) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "run.jsonl")
	if err := os.WriteFile(file, run, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(py, filepath.Join(reference, "eval", "score.py"), questions, file)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("score.py: %v\n%s", err, out)
	}
	var want map[string]*float64
	if err := json.Unmarshal(bytes.ReplaceAll(out, []byte("NaN"), []byte("null")), &want); err != nil {
		t.Fatal(err)
	}
	if len(want) != len(got.Values)+1 || want["questions"] == nil || int(*want["questions"]) != got.Questions {
		t.Errorf("got %d figures over %d questions, the scorer prints %s", len(got.Values), got.Questions, out)
	}
	for _, f := range got.Values {
		w := want[f.Name]
		switch {
		case w == nil && !math.IsNaN(f.Value), w != nil && math.IsNaN(f.Value):
			t.Errorf("%s: got %v, the scorer prints %s", f.Name, f.Value, out)
		case w != nil && fmt.Sprintf("%.4f", f.Value) != fmt.Sprintf("%.4f", *w):
			t.Errorf("%s: got %.6f, want %.4f", f.Name, f.Value, *w)
		}
	}
}
