package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// coldQuestion is asked by the cold starts, about the built-in articles.
const coldQuestion = "How long did the Kremlin talks last?"

// coldStarts builds the command and returns how long each of n runs of it took.
func coldStarts(ctx context.Context, dir string, n int) ([]time.Duration, error) {
	binary := filepath.Join(dir, "parley")
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "parley").Output()
	if err != nil {
		return nil, fmt.Errorf("find module: %w", err)
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, ".")
	build.Dir = strings.TrimSpace(string(root))
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	var took []time.Duration
	for range n {
		start := time.Now()
		out, err := exec.CommandContext(ctx, binary, "ask", coldQuestion).Output()
		took = append(took, time.Since(start))
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(out, []byte("[1]")) {
			return nil, errors.New("the answer cites nothing")
		}
	}
	return took, nil
}

// labels are the engines' names in the tables.
var labels = map[string]string{
	"parley":       "parley",
	"bleve":        "bleve, `NewMemOnly`",
	"bleve-scorch": "bleve, scorch in memory",
	"chromem":      "chromem-go, all vectors",
}

// report prints the tables.
func report(w io.Writer, o options, sizes []size, cold []time.Duration) {
	fmt.Fprintf(w, "%s, %d processors, %s.\n\n", processor(), runtime.NumCPU(), runtime.Version())
	for _, s := range sizes {
		if len(s.results) < 2 {
			continue
		}
		p := s.results[0]
		fmt.Fprintf(w, "%d articles, %.1f MB, %d passages:\n\n", p.Articles, float64(s.bytes)/1e6, p.Passages)
		fmt.Fprintln(w, "| engine | index | peak memory | search p50 | search p99 | ask p50 | ask p99 |")
		fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
		for _, r := range s.results {
			fmt.Fprintf(w, "| %s | %s |\n", labels[r.Engine], strings.Join(r.cells(), " | "))
		}
		fmt.Fprintln(w)
	}
	if len(sizes) > 1 {
		fmt.Fprintln(w, "| parley on | articles | passages | text | index | peak memory | search p50 | search p99 | ask p50 | ask p99 |")
		fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|---|")
		for _, s := range sizes {
			r := s.results[0]
			fmt.Fprintf(w, "| %d × | %d | %d | %.1f MB | %s |\n", s.times, r.Articles, r.Passages, float64(s.bytes)/1e6, strings.Join(r.cells(), " | "))
		}
		fmt.Fprintln(w)
	}
	if len(cold) > 0 {
		fmt.Fprintf(w, "`parley ask %q` on the built-in articles, %d starts: median %.0f ms, slowest %.0f ms.\n",
			coldQuestion, len(cold), ms(quantile(cold, 50)), ms(quantile(cold, 100)))
	}
}

// cells are an engine's figures: medians over the runs, quantiles over all
// questions of all passes.
func (r *result) cells() []string {
	out := []string{fmt.Sprintf("%.2f s", quantile(r.index, 50).Seconds()), fmt.Sprintf("%d MB", quantile(r.peak, 50)/1e6)}
	for _, op := range []string{"search", "ask"} {
		for _, p := range []int{50, 99} {
			if len(r.took[op]) == 0 {
				out = append(out, "")
				continue
			}
			out = append(out, fmt.Sprintf("%.2f ms", ms(quantile(r.took[op], p))))
		}
	}
	return out
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// quantile is the smallest value that p percent do not exceed (nearest rank).
func quantile[T int64 | time.Duration](values []T, p int) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}

// processor is the model's name, where Linux tells it.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
