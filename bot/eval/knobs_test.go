package eval

import "parley/retrieval/library"

// A knob is a number of the search and the values that are compared.
type knob struct {
	name   string
	values []float64
	set    func(v *variant, value float64)
	base   func(v *variant) // what is unlike the default beside it; may be nil
	fit    bool             // changes what vectors are fitted, which takes seconds
}

func vectorsAlone(v *variant) { v.weights = library.Weights{Vectors: 1} }

// lsaInstead puts the vectors that are fitted on the articles in the place of the
// encoder's.
func lsaInstead(v *variant) { v.weights.Neural, v.weights.Vectors = 0, library.DefaultVectors }

func knobs() []knob {
	return []knob{
		{"4-grams", []float64{0, .3, .5, .7, 1}, func(v *variant, x float64) { v.weights.Grams = x }, nil, false},
		{"encoder", []float64{0, .2, .4, .6, .8, 1, 1.5}, func(v *variant, x float64) { v.weights.Neural = x }, nil, false},
		{"encoder from zero", []float64{0, 1}, func(v *variant, x float64) { v.fromZero = x == 1 }, nil, false},
		{"vectors beside the encoder", []float64{0, .1, .2, .3}, func(v *variant, x float64) { v.weights.Vectors = x }, nil, false},
		{"vectors", []float64{0, .1, .2, .3, .45}, func(v *variant, x float64) { v.weights.Vectors = x }, lsaInstead, false},
		{"related words", []float64{0, .15, .25, .35, .5}, func(v *variant, x float64) { v.lexical.Related = x }, nil, false},
		{"least relation", []float64{.1, .2, .3, .4}, func(v *variant, x float64) { v.lexical.MinRelation = x }, nil, false},
		{"light words", []float64{0, .2, .4, .6, .7, .8, 1}, func(v *variant, x float64) { v.lexical.Light = x }, nil, false},
		{"words after how", []float64{0, .2, .4, 1}, func(v *variant, x float64) { v.lexical.Degree = x }, nil, false},
		{"title", []float64{0, .5, 1, 2, 3}, func(v *variant, x float64) { v.lexical.Title = x }, nil, false},
		{"outlet field", []float64{0, .25, .5, 1, 2}, func(v *variant, x float64) { v.lexical.Publisher = x }, nil, false},
		{"common 4-grams", []float64{1, .33, .2, .15, .1, .07, .05}, func(v *variant, x float64) { v.lexical.CommonGram = x }, nil, false},
		{"outlet prior", []float64{0, .05, .15, .3, .5, .75}, func(v *variant, x float64) { v.sum.Outlet = x }, nil, false},
		{"date prior", []float64{0, .15, .3, .5, .75}, func(v *variant, x float64) { v.sum.Date = x }, nil, false},
		{"half-life of the date prior", []float64{.5, 1, 2, 3, 7}, func(v *variant, x float64) { v.sum.DateHalfLife = x }, nil, false},
		{"depth", []float64{50, 100, 300, 1000}, func(v *variant, x float64) { v.sum.Depth = int(x) }, nil, false},
		{"dimensions of vectors", []float64{32, 64, 128, 256}, func(v *variant, x float64) { v.lsa.Dims = int(x) }, lsaInstead, true},
		{"passages decomposed", []float64{1024, 2048, 4096, 16384}, func(v *variant, x float64) { v.lsa.Sample = int(x) }, lsaInstead, true},
		{"dimensions of vectors alone", []float64{32, 64, 128, 256}, func(v *variant, x float64) { v.lsa.Dims = int(x) }, vectorsAlone, true},
		{"exact scan of vectors", []float64{0, 1}, func(v *variant, x float64) { v.exact = x == 1 }, lsaInstead, true},
		{"feedback", []float64{0, .1, .2, .4}, func(v *variant, x float64) { v.feedback = x }, nil, false},
		{"phrases", []float64{0, .1, .2, .4}, func(v *variant, x float64) { v.phrase = x }, nil, false},
		{"proximity", []float64{0, .1, .2, .4}, func(v *variant, x float64) { v.near = x }, nil, false},
	}
}
