// Package logistic gives calibrated probabilities by small models that tools/fit
// fits: multinomial logistic regressions over named features.
package logistic

import (
	"encoding/json"
	"fmt"
	"math"
)

// Model is a multinomial logistic regression. The last class is the reference: its
// score is 0.
type Model struct {
	bias    []float64
	weights [][]float64 // of each class but the reference
}

// class is a class in a model's file.
type class struct {
	Bias    *float64            `json:"bias"`
	Weights map[string]*float64 `json:"weights"` // by feature
}

// Open reads a model of some classes, the reference left out, over features in
// their order. A class or feature too many or too few is an error.
func Open(data []byte, classes, features []string) (*Model, error) {
	var file map[string]class
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	if len(file) != len(classes) {
		return nil, fmt.Errorf("read model: %d classes, want %d", len(file), len(classes))
	}
	m := &Model{}
	for _, name := range classes {
		c, ok := file[name]
		if !ok || c.Bias == nil {
			return nil, fmt.Errorf("read model: no class %s with a bias", name)
		}
		row := make([]float64, len(features))
		for i, f := range features {
			w, ok := c.Weights[f]
			if !ok || w == nil {
				return nil, fmt.Errorf("read model: class %s has no weight for %s", name, f)
			}
			row[i] = *w
		}
		if len(c.Weights) != len(features) {
			return nil, fmt.Errorf("read model: class %s has %d weights, want %d", name, len(c.Weights), len(features))
		}
		m.bias, m.weights = append(m.bias, *c.Bias), append(m.weights, row)
	}
	return m, nil
}

// farthest bounds a score, so that probabilities stay numbers.
const farthest = 50

// Probabilities are those of the classes, the reference last; they sum to 1.
func (m *Model) Probabilities(x []float64) []float64 {
	out := make([]float64, len(m.weights)+1)
	out[len(m.weights)] = 1
	sum := 1.
	for k, row := range m.weights {
		z := m.bias[k]
		for i, w := range row {
			z += float64(w * x[i])
		}
		out[k] = math.Exp(max(-farthest, min(farthest, z)))
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}
