package lexicon

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

//nolint:gochecknoglobals // a flag
var update = flag.Bool("update", false, "write the golden files")

// TestFigures holds how well Similarity parts related pairs from others, so that
// a change in quality is a difference in testdata/figures.golden.
func TestFigures(t *testing.T) {
	const golden = "testdata/figures.golden"
	l := open(t)
	pairs := readPairs(t)
	got := "                 random crossed contrast  at1%  at5%\n" +
		measure(pairs, "+", l.direct).row("direct relations") +
		measure(pairs, "+", l.Similarity).row("similarity") +
		measure(pairs, "h", l.Similarity).row("held out") +
		"\n" + deciles(pairs, l.Similarity)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("figures changed (go test -update accepts them)\ngot:\n%s\nwant:\n%s", got, want)
	}
}

// direct is the greater weight of the relations between two words.
func (l *Lexicon) direct(a, b string) float64 {
	best := 0.0
	for _, p := range [][2]string{{a, b}, {b, a}} {
		forms := l.Lemmas(p[1])
		if slices.ContainsFunc(l.Lemmas(p[0]), func(f string) bool { return slices.Contains(forms, f) }) {
			return 1
		}
		for _, r := range l.Related(p[0]) {
			if slices.Contains(forms, r.Word) {
				best = max(best, r.Weight)
			}
		}
	}
	return best
}

type pair struct{ sign, a, b string }

func readPairs(t testing.TB) []pair {
	t.Helper()
	f, err := os.Open("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pairs []pair
	for s := bufio.NewScanner(f); s.Scan(); {
		if w := strings.Fields(s.Text()); w[0] != "#" {
			pairs = append(pairs, pair{w[0], w[1], w[2]})
		}
	}
	return pairs
}

// figures tell how well a similarity parts one kind of related pairs from others.
type figures struct {
	random, crossed, contrast float64 // AUROC against "-" pairs, crossed pairs and "x" pairs
	at1, at5                  float64 // the share above all but 1 %, 5 % of the crossed pairs
}

func (f figures) row(name string) string {
	return fmt.Sprintf("%-16s  %.3f   %.3f    %.3f  %.2f  %.2f\n", name, f.random, f.crossed, f.contrast, f.at1, f.at5)
}

func measure(pairs []pair, sign string, sim func(a, b string) float64) figures {
	scores := map[string][]float64{}
	for _, p := range append(crossed(pairs, sign), pairs...) {
		scores[p.sign] = append(scores[p.sign], sim(p.a, p.b))
	}
	related, cross := scores[sign], scores["crossed"]
	slices.Sort(cross)
	above := func(x float64) float64 {
		n := 0
		for _, r := range related {
			if r > x {
				n++
			}
		}
		return float64(n) / float64(len(related))
	}
	return figures{
		auroc(related, scores["-"]), auroc(related, cross), auroc(related, scores["x"]),
		above(cross[len(cross)*99/100]), above(cross[len(cross)*95/100]),
	}
}

// crossed pairs words of different related pairs: unrelated for the most part,
// and as frequent as those.
func crossed(pairs []pair, sign string) []pair {
	var all []pair
	for i, p := range pairs {
		for j := i + 3; j < len(pairs); j += 7 {
			if p.sign == sign && pairs[j].sign == sign {
				all = append(all, pair{"crossed", p.a, pairs[j].b})
			}
		}
	}
	return all
}

// auroc is the probability that a related pair scores higher than another one,
// ties counting half.
func auroc(related, others []float64) float64 {
	sum := 0.0
	for _, r := range related {
		for _, o := range others {
			switch {
			case r > o:
				sum++
			case r == o:
				sum += 0.5
			}
		}
	}
	return sum / float64(len(related)*len(others))
}

// deciles shows how similarities are distributed.
func deciles(pairs []pair, sim func(a, b string) float64) string {
	var b strings.Builder
	b.WriteString("deciles  0 %  10 %  20 %  30 %  40 %  50 %  60 %  70 %  80 %  90 % 100 %\n")
	for _, sign := range []string{"+", "h", "x", "-"} {
		var scores []float64
		for _, p := range pairs {
			if p.sign == sign {
				scores = append(scores, sim(p.a, p.b))
			}
		}
		slices.Sort(scores)
		fmt.Fprintf(&b, "   %s   ", sign)
		for i := range 11 {
			fmt.Fprintf(&b, "  %.2f", scores[int(math.Round(float64(i*(len(scores)-1))/10))])
		}
		b.WriteString("\n")
	}
	return b.String()
}
