package maintext

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

//go:embed model.json
var modelJSON []byte //nolint:gochecknoglobals // a file

// model are the fitted models. Trees are lists of nodes; a node's children come
// after it.
type model struct {
	Features  []string           `json:"features"` // names in order, to see that the model fits the code
	Words     map[string]float32 `json:"words"`
	Intercept float32            `json:"intercept"`
	First     forest             `json:"first"`
	Second    forest             `json:"second"`
}

// forest is a sum of trees. All their nodes stand in the same lists: a node
// whose feature is not negative sends values up to its limit to the node left,
// others to the node right; else value is the leaf's.
type forest struct {
	Roots   []int32   `json:"roots"`
	Feature []int16   `json:"feature"`
	Value   []float32 `json:"value"` // the limit or the leaf's value
	Left    []int32   `json:"left"`
	Right   []int32   `json:"right"`
}

// load is the model, read from its file when it is first asked for.
var load = sync.OnceValue(func() *model { //nolint:gochecknoglobals // made once
	var m model
	if err := json.Unmarshal(modelJSON, &m); err != nil {
		panic(fmt.Sprintf("model.json: %v", err)) // it is part of the program
	}
	return &m
})

// probability is the forest's verdict on a chunk.
func (f *forest) probability(x []float32) float64 {
	sum := 0.0
	for _, at := range f.Roots {
		for f.Feature[at] >= 0 {
			if x[f.Feature[at]] <= f.Value[at] {
				at = f.Left[at]
			} else {
				at = f.Right[at]
			}
		}
		sum += float64(f.Value[at])
	}
	return 1 / (1 + math.Exp(-sum))
}
