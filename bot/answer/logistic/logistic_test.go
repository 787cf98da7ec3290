package logistic

import (
	"math"
	"strings"
	"testing"
)

// TestOpen guards that a file is read that has a weight for each feature of each
// class, and that of another the error says what is wrong with it.
func TestOpen(t *testing.T) {
	const no = `"no":{"bias":0,"weights":{"a":0,"b":0}}`
	tests := []struct {
		name, data string
		says       string // empty when it opens
	}{
		{"as it is to be", `{"yes":{"bias":1,"weights":{"a":1,"b":2}},` + no + `}`, ""},
		{"a feature lacks", `{"yes":{"bias":1,"weights":{"a":1}},` + no + `}`, "class yes has no weight for b"},
		{"another feature", `{"yes":{"bias":1,"weights":{"a":1,"c":2}},` + no + `}`, "class yes has no weight for b"},
		{"a feature too many", `{"yes":{"bias":1,"weights":{"a":1,"b":2,"c":3}},` + no + `}`, "class yes has 3 weights, want 2"},
		{"the second class lacks a feature", `{"yes":{"bias":1,"weights":{"a":1,"b":2}},"no":{"bias":0,"weights":{"b":1}}}`, "class no has no weight for a"},
		{"a class lacks", `{"yes":{"bias":1,"weights":{"a":1,"b":2}}}`, "1 classes, want 2"},
		{"another class", `{"yes":{"bias":1,"weights":{"a":1,"b":2}},"maybe":{"bias":1,"weights":{"a":1,"b":2}}}`, "no class no with a bias"},
		{"a class too many", `{"yes":{"bias":1,"weights":{"a":1,"b":2}},` + no + `,"maybe":{"bias":1,"weights":{"a":0,"b":0}}}`, "3 classes, want 2"},
		{"a bias lacks", `{"yes":{"weights":{"a":1,"b":2}},` + no + `}`, "no class yes with a bias"},
		{"a bias of nothing", `{"yes":{"bias":null,"weights":{"a":1,"b":2}},` + no + `}`, "no class yes with a bias"},
		{"a weight of nothing", `{"yes":{"bias":1,"weights":{"a":1,"b":null}},` + no + `}`, "class yes has no weight for b"},
		{"a bias in words", `{"yes":{"bias":"much","weights":{"a":1,"b":2}},` + no + `}`, "bias"},
		{"a weight in words", `{"yes":{"bias":1,"weights":{"a":1,"b":"much"}},` + no + `}`, "weights"},
		{"a weight beyond numbers", `{"yes":{"bias":1,"weights":{"a":1,"b":1e999}},` + no + `}`, "1e999"},
		{"something behind it", `{"yes":{"bias":1,"weights":{"a":1,"b":2}},` + no + `}}`, "after top-level value"},
		{"no object", `[]`, "array"},
		{"half of it", `{"yes":{"bias":1,"wei`, "end of JSON"},
		{"nothing", ``, "end of JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := Open([]byte(tt.data), []string{"yes", "no"}, []string{"a", "b"})
			switch {
			case tt.says == "" && (err != nil || m == nil):
				t.Errorf("got %v and the error %v", m, err)
			case tt.says != "" && (err == nil || !strings.HasPrefix(err.Error(), "read model: ") || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("got the error %v, want one that says %q", err, tt.says)
			}
		})
	}
}

// TestProbabilities guards that each feature counts by its weight, for its class,
// and that no feature is too large to reckon with.
func TestProbabilities(t *testing.T) {
	m, err := Open([]byte(`{"yes":{"bias":0.5,"weights":{"a":2,"b":0}},"no":{"bias":-1,"weights":{"a":0,"b":-3}}}`), []string{"yes", "no"}, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	yes, no := math.Exp(1), math.Exp(-1.75)
	tests := []struct {
		name string
		x    []float64
		want [3]float64
	}{
		{"weighed", []float64{.25, .25}, [3]float64{yes / (1 + yes + no), no / (1 + yes + no), 1 / (1 + yes + no)}},
		{"the first large", []float64{1e9, 0}, [3]float64{1, 0, 0}},
		{"the second large", []float64{0, -1e9}, [3]float64{0, 1, 0}},
		{"both large", []float64{1e9, -1e9}, [3]float64{.5, .5, 0}},
		{"both small", []float64{-1e9, 1e9}, [3]float64{0, 0, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Probabilities(tt.x)
			if len(got) != 3 {
				t.Fatalf("got %v, want 3 classes", got)
			}
			for i := range got {
				if !(math.Abs(got[i]-tt.want[i]) < 1e-9) {
					t.Errorf("class %d: got %v, want %v", i, got[i], tt.want[i])
				}
			}
		})
	}
}

// TestProbabilitiesOfNothing guards that without a feature the biases count, and
// that a model of one class is a logistic regression.
func TestProbabilitiesOfNothing(t *testing.T) {
	m, err := Open([]byte(`{"yes":{"bias":2,"weights":{}}}`), []string{"yes"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, want := m.Probabilities(nil), 1/(1+math.Exp(-2))
	if len(got) != 2 || math.Abs(got[0]-want) > 1e-12 || math.Abs(got[0]+got[1]-1) > 1e-12 {
		t.Errorf("got %v, want %v for the first", got, want)
	}
}
