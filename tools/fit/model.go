package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"gonum.org/v1/gonum/optimize"

	"parley/bot/answer/extract"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/bot/eval"
)

// example is one row to fit on.
type example struct {
	x      []float64
	y      int     // class; the last one is the reference
	weight float64 // what it counts; all together as many as they are
}

// kind says what a model is of.
type kind struct {
	classes  []string // the reference left out
	features []string
	examples func(r io.Reader) ([]example, error)
	evenly   bool // each file counts the same, however long
}

func kinds() map[string]kind {
	return map[string]kind{
		"choice":     {[]string{"answers"}, reading.Names(), choiceExamples, false},
		"confidence": {[]string{"answers"}, reading.ConfidenceNames(), confidenceExamples, true},
		"leaning":    {[]string{"answers"}, reading.FollowNames(), followExamples(true), true},
		"standing":   {[]string{"answers"}, reading.FollowNames(), followExamples(false), false},
		"lead":       {[]string{"yes", "no"}, extract.LeadNames(), leadExamples, false},
		"cite":       {[]string{"supported", "contradicted"}, support.Names(), citeExamples, false},
		"relations":  {[]string{"same", "differ", "adds"}, reading.RelationNames(), relationExamples, false},
	}
}

// choiceExamples are all sentences that were read for a question.
func choiceExamples(r io.Reader) (out []example, err error) {
	for line, err := range eval.Lines[rows](r) {
		if err != nil {
			return nil, err
		}
		for _, row := range line.Rows {
			out = append(out, row.example(row.Features[:]))
		}
	}
	return out, nil
}

// confidenceExamples are the sentences chosen, one for a question, by the model of
// the choice in the program.
func confidenceExamples(r io.Reader) (out []example, err error) {
	for line, err := range eval.Lines[rows](r) {
		if err != nil {
			return nil, err
		}
		best, at := -1., -1
		for i := range line.Rows {
			p, err := reading.Choose(&line.Rows[i].Features)
			if err != nil {
				return nil, err
			}
			if p > best {
				best, at = p, i
			}
		}
		if at >= 0 {
			out = append(out, line.Rows[at].example(line.Rows[at].Features.Confidence()))
		}
	}
	return out, nil
}

// followExamples are all sentences that were read for a question which follows on
// something said, and leaves something out or does not.
func followExamples(leans bool) func(r io.Reader) ([]example, error) {
	return func(r io.Reader) (out []example, err error) {
		for line, err := range eval.Lines[rows](r) {
			if err != nil {
				return nil, err
			}
			for _, row := range line.Rows {
				if line.Follows && line.Leans == leans {
					out = append(out, row.example(row.Follow[:]))
				}
			}
		}
		return out, nil
	}
}

func (r *row) example(x []float64) example {
	if r.Bears {
		return example{slices.Clone(x), 0, 1}
	}
	return example{slices.Clone(x), 1, 1}
}

// citeExamples are the one sentence for each claim that says most to it.
func citeExamples(r io.Reader) (out []example, err error) {
	labels := []string{"supported", "contradicted", "not_stated"}
	for line, err := range eval.Lines[claimRows](r) {
		if err != nil {
			return nil, err
		}
		if len(line.Rows) == 0 {
			continue
		}
		most := func(f *support.Features) float64 { return max(f[support.Supports], f[support.Contradicts]) }
		best := slices.MaxFunc(line.Rows, func(a, b claimRow) int {
			switch x, y := most(&a.Features), most(&b.Features); {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
		out = append(out, example{slices.Clone(best.Features[:]), slices.Index(labels, line.Label), 1})
	}
	return out, nil
}

// relationExamples are the pairs of sentences of which one is of a side: those of
// another side by their relation, those of none as not answering.
func relationExamples(r io.Reader) (out []example, err error) {
	names := []string{"same", "differ", "adds", ""}
	for line, err := range eval.Lines[disputeRows](r) {
		if err != nil {
			return nil, err
		}
		for _, p := range line.Pairs {
			a, b := line.Sentences[p.I].Side, line.Sentences[p.J].Side
			switch {
			case a < 0 || a == b:
			case b < 0:
				out = append(out, example{slices.Clone(p.Features[:]), len(names) - 1, 1})
			default:
				out = append(out, example{slices.Clone(p.Features[:]), slices.Index(names, line.Relation), 1})
			}
		}
	}
	return out, nil
}

// fit prints the model of some files of rows, and how well it does on others.
func fit(of string, files, checks []string, out, report io.Writer) error {
	k, ok := kinds()[of]
	if !ok {
		return fmt.Errorf("no model of %q", of)
	}
	examples, err := readAll(k, files)
	if err != nil {
		return err
	}
	if len(examples) == 0 {
		return errors.New("no rows to fit on")
	}
	w, err := regress(examples, len(k.classes), len(k.features))
	if err != nil {
		return err
	}
	file := map[string]any{}
	for c, name := range k.classes {
		weights := map[string]float64{}
		for i, f := range k.features {
			weights[f] = rounded(w[c][i])
		}
		file[name] = map[string]any{"bias": rounded(w[c][len(k.features)]), "weights": weights}
	}
	for _, path := range append(files, checks...) {
		es, err := readAll(k, []string{path})
		if err != nil {
			return err
		}
		loss, right, off := quality(es, w)
		fmt.Fprintf(report, "%s: %d rows, loss %.3f, right %.3f, calibration error %.3f\n", path, len(es), loss, right, off)
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(file)
}

func rounded(v float64) float64 { return math.Round(v*1e4) / 1e4 }

func readAll(k kind, files []string) ([]example, error) {
	var out []example
	var sizes []int
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		es, err := k.examples(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		sizes = append(sizes, len(es))
		out = append(out, es...)
	}
	if k.evenly {
		rest := out
		for _, n := range sizes {
			for i := range rest[:n] {
				rest[i].weight = float64(len(out)) / float64(len(files)*n)
			}
			rest = rest[n:]
		}
	}
	return out, nil
}

// steep is the largest slope of the objective at which it is at its lowest.
const steep = 1e-5

// regress fits a multinomial logistic regression; the last weight of a class is
// its bias.
func regress(es []example, classes, features int) ([][]float64, error) {
	// The squared weights, of features scaled to a deviation of 1, count as one example
	// does: what scikit-learn's LogisticRegression has as default.
	ridge := 1 / float64(len(es))
	scale := deviations(es, features)
	at := func(w []float64, c int) []float64 { return w[c*(features+1):][:features+1] }
	objective := func(grad, w []float64) float64 {
		loss := 0.
		for i := range grad {
			grad[i] = 0
		}
		for _, e := range es {
			p := predict(e.x, scale, w, classes)
			loss -= e.weight * math.Log(max(p[e.y], 1e-12)) / float64(len(es))
			for c := range classes {
				d := p[c]
				if e.y == c {
					d--
				}
				d *= e.weight / float64(len(es))
				g := grad[c*(features+1):]
				for i, v := range e.x {
					g[i] += d * v / scale[i]
				}
				g[features] += d
			}
		}
		for c := range classes {
			for i, v := range at(w, c)[:features] {
				loss += ridge * v * v / 2
				grad[c*(features+1)+i] += ridge * v
			}
		}
		return loss
	}
	p := optimize.Problem{
		Func: func(w []float64) float64 { return objective(make([]float64, len(w)), w) },
		Grad: func(grad, w []float64) { objective(grad, w) },
	}
	got, err := optimize.Minimize(p, make([]float64, classes*(features+1)), &optimize.Settings{GradientThreshold: steep}, &optimize.LBFGS{})
	if err != nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	var out [][]float64
	for c := range classes {
		row := slices.Clone(at(got.X, c))
		for i := range features {
			row[i] /= scale[i]
		}
		out = append(out, row)
	}
	return out, nil
}

func deviations(es []example, features int) []float64 {
	out := make([]float64, features)
	for i := range out {
		mean, sum := 0., 0.
		for _, e := range es {
			mean += e.x[i] / float64(len(es))
		}
		for _, e := range es {
			sum += (e.x[i] - mean) * (e.x[i] - mean) / float64(len(es))
		}
		if out[i] = math.Sqrt(sum); out[i] == 0 {
			out[i] = 1
		}
	}
	return out
}

// predict are the probabilities of the classes, the reference last.
func predict(x, scale, w []float64, classes int) []float64 {
	out := make([]float64, classes+1)
	n := len(x) + 1
	sum := 1.
	for c := range classes {
		z := w[c*n+len(x)]
		for i, v := range x {
			z += w[c*n+i] * v / scale[i]
		}
		out[c] = math.Exp(min(50, max(-50, z)))
		sum += out[c]
	}
	out[classes] = 1
	for c := range out {
		out[c] /= sum
	}
	return out
}

// bins is how many bins of confidence the calibration error is taken over.
const bins = 10

// quality is the mean loss, the share of rows whose likeliest class is right, and
// the expected calibration error of the probability of the first class (Guo and
// others, 2017, with ten equal bins).
func quality(es []example, w [][]float64) (loss, right, off float64) {
	var flat, ones []float64
	for _, row := range w {
		flat = append(flat, row...)
	}
	for range len(w[0]) - 1 {
		ones = append(ones, 1)
	}
	var said, was, n [bins]float64
	for _, e := range es {
		p := predict(e.x, ones, flat, len(w))
		loss -= math.Log(max(p[e.y], 1e-12)) / float64(len(es))
		if p[e.y] == slices.Max(p) {
			right += 1 / float64(len(es))
		}
		b := min(bins-1, int(p[0]*bins))
		n[b]++
		said[b] += p[0]
		if e.y == 0 {
			was[b]++
		}
	}
	for b := range bins {
		off += math.Abs(said[b]-was[b]) / float64(len(es))
	}
	return loss, right, off
}
