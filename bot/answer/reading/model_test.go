package reading

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"parley/bot/answer/logistic"
)

// use puts a model in the place of one in the program, or an error.
func use(t *testing.T, in *func() (*logistic.Model, error), m *logistic.Model, err error) {
	t.Helper()
	was := *in
	t.Cleanup(func() { *in = was })
	*in = func() (*logistic.Model, error) { return m, err }
}

// weights are the model files by class and feature.
type weights map[string]struct {
	Bias    float64            `json:"bias"`
	Weights map[string]float64 `json:"weights"`
}

// changed is a model's file after a change.
func changed(t *testing.T, file []byte, change func(weights)) []byte {
	t.Helper()
	var w weights
	if err := json.Unmarshal(file, &w); err != nil {
		t.Fatal(err)
	}
	change(w)
	out, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// coin is a model by which all is as likely as not.
func coin(t *testing.T) *logistic.Model {
	t.Helper()
	m, err := logistic.Open([]byte(`{"answers": {"bias": 0, "weights": {}}}`), []string{"answers"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fitted is a model in the program.
type fitted struct {
	name              string
	open              func() (*logistic.Model, error)
	file              []byte
	classes, features []string
	count             int // of features
}

func models() []fitted {
	return []fitted{
		{"choice.json", choiceModel, choiceFile, []string{"answers"}, Names(), int(nFeatures)},
		{"confidence.json", confidenceModel, confidenceFile, []string{"answers"}, ConfidenceNames(), len((&Features{}).Confidence())},
		{"relation.json", relationModel, relationFile, []string{"same", "differ", "adds"}, RelationNames(), nRelationFeatures},
	}
}

// TestModelFiles guards that the models in the program open, have a weight for
// each feature under its name, and give probabilities whatever is read.
func TestModelFiles(t *testing.T) {
	for _, m := range models() {
		t.Run(m.name, func(t *testing.T) {
			got, err := m.open()
			if err != nil {
				t.Fatal(err)
			}
			if len(m.features) != m.count {
				t.Fatalf("%d features have %d names", m.count, len(m.features))
			}
			for _, v := range []float64{0, 1, -3, 50, -1e6, 1e6} {
				for f := range m.features {
					x := make([]float64, m.count)
					x[f] = v
					sum := 0.
					for _, p := range got.Probabilities(x) {
						if !(p >= 0 && p <= 1) {
							t.Errorf("%s of %v: a probability is %v", m.features[f], v, p)
						}
						sum += p
					}
					if math.Abs(sum-1) > 1e-9 {
						t.Errorf("%s of %v: the probabilities sum to %v", m.features[f], v, sum)
					}
				}
			}
		})
	}
}

// TestNames guards that each feature has the weight that was fitted for it.
func TestNames(t *testing.T) {
	var f Features
	by := map[string]float64{}
	for at, want := range map[Feature]string{
		Answers: "answers", Cosine: "cosine", Match: "match", Coverage: "coverage", Lacking: "lacking",
		Rivals: "rivals", Apart: "apart",
	} {
		if got := Names()[at]; got != want {
			t.Errorf("feature %d is %q, want %q", at, got, want)
		}
		f[at] = float64(at + 1)
		by[want] = f[at]
	}
	if len(by) != int(nFeatures) || len(Names()) != int(nFeatures) {
		t.Errorf("%d and %d names for %d features", len(by), len(Names()), nFeatures)
	}
	for name, of := range map[string]struct {
		names  []string
		values []float64
	}{"choice": {Names(), f[:]}, "confidence": {ConfidenceNames(), f.Confidence()}} {
		if len(of.names) != len(of.values) {
			t.Fatalf("%s: %d names for %d features", name, len(of.names), len(of.values))
		}
		for i, n := range of.names {
			if of.values[i] != by[n] {
				t.Errorf("%s: %s is %v, want %v", name, n, of.values[i], by[n])
			}
		}
	}
	for f, want := range map[int]string{
		relSame: "same", relDiffer: "differ", relEntails: "entails", relBoth: "both", relContradicts: "contradicts",
		relAnswers: "answers", relCosine: "cosine", relFirst: "first",
	} {
		if got := RelationNames()[f]; got != want {
			t.Errorf("feature %d of a relation is %q, want %q", f, got, want)
		}
	}
}

// TestModelFilesDamaged guards that a file that is not whole is refused, and that
// the error says what is wrong with it.
func TestModelFilesDamaged(t *testing.T) {
	for _, m := range models() {
		for _, class := range m.classes {
			for _, feature := range m.features {
				renamed := changed(t, m.file, func(w weights) {
					c := w[class]
					c.Weights["x_"+feature] = c.Weights[feature]
					delete(c.Weights, feature)
				})
				_, err := logistic.Open(renamed, m.classes, m.features)
				if err == nil || !strings.Contains(err.Error(), feature) || !strings.Contains(err.Error(), class) {
					t.Errorf("%s without %s of %s: got the error %v", m.name, feature, class, err)
				}
			}
			fewer := changed(t, m.file, func(w weights) { delete(w[class].Weights, m.features[0]) })
			if _, err := logistic.Open(fewer, m.classes, m.features); err == nil || !strings.Contains(err.Error(), class) {
				t.Errorf("%s with a weight too few: got the error %v", m.name, err)
			}
			without := changed(t, m.file, func(w weights) { delete(w, class) })
			if _, err := logistic.Open(without, m.classes, m.features); err == nil || !strings.Contains(err.Error(), "classes") {
				t.Errorf("%s without %s: got the error %v", m.name, class, err)
			}
			other := changed(t, m.file, func(w weights) { w["x"] = w[class]; delete(w, class) })
			if _, err := logistic.Open(other, m.classes, m.features); err == nil || !strings.Contains(err.Error(), class) {
				t.Errorf("%s with another name for %s: got the error %v", m.name, class, err)
			}
		}
		if _, err := logistic.Open(m.file[:len(m.file)/2], m.classes, m.features); err == nil || !strings.Contains(err.Error(), "read model") {
			t.Errorf("half of %s: got the error %v", m.name, err)
		}
	}
}

// TestModelDamaged guards that nothing is read by a model that does not open.
func TestModelDamaged(t *testing.T) {
	r := newReader(t)
	read := func() (any, error) { return r.Read(t.Context(), ask("What did the tram cost?")) }
	relate := func() (any, error) { return r.Relate(t.Context(), "What did the tram cost?", Sentence{}, nil) }
	for _, tt := range []struct {
		name string
		in   *func() (*logistic.Model, error)
		do   func() (any, error)
	}{{"choice", &choiceModel, read}, {"confidence", &confidenceModel, read}, {"relation", &relationModel, relate}} {
		t.Run(tt.name, func(t *testing.T) {
			use(t, tt.in, nil, errDesk)
			if got, err := tt.do(); !errors.Is(err, errDesk) {
				t.Errorf("got %+v and the error %v", got, err)
			}
		})
	}
}

// TestModelSigns guards what has to hold whatever the models were fitted on: what
// speaks for an answer never makes it less likely, and what speaks against it
// never more.
func TestModelSigns(t *testing.T) {
	confidence := func(f *Features) (float64, error) {
		m, err := confidenceModel()
		if err != nil {
			return 0, err
		}
		return m.Probabilities(f.Confidence())[0], nil
	}
	// Some sentences: one of which nothing is known, one that likely answers, one
	// that hardly does.
	bases := []Features{
		{},
		{Answers: 2, Cosine: .8, Match: 1, Coverage: .9, Rivals: 1, Apart: .1},
		{Answers: -4, Cosine: .3, Match: .3, Coverage: .2, Rivals: -3, Apart: -.2},
	}
	tests := []struct {
		name string
		more map[Feature]float64
		down bool
	}{
		{"the pair model is surer that it answers", map[Feature]float64{Answers: 1}, false},
		{"it is surer, the others stay", map[Feature]float64{Answers: 1, Rivals: 1}, false},
		{"its vector is nearer", map[Feature]float64{Cosine: .1}, false},
		{"it is nearer, the others stay", map[Feature]float64{Cosine: .1, Apart: .1}, false},
		{"the article lacks names", map[Feature]float64{Lacking: .25}, true},
	}
	for name, of := range map[string]func(*Features) (float64, error){"choice": Choose, "confidence": confidence} {
		at := func(f Features) float64 {
			t.Helper()
			p, err := of(&f)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		for _, tt := range tests {
			for i, f := range bases {
				was := at(f)
				for range 4 {
					for at, v := range tt.more {
						f[at] += v
					}
					is := at(f)
					if tt.down && is > was || !tt.down && is < was {
						t.Errorf("%s, %s: sentence %d goes from %v to %v", name, tt.name, i, was, is)
					}
					was = is
				}
			}
		}
		// What the pair model says has to count.
		if low, high := at(Features{Answers: -5, Rivals: -5}), at(Features{Answers: 5, Rivals: 5}); low >= high {
			t.Errorf("%s: what hardly answers has the probability %v, what surely does %v", name, low, high)
		}
	}
}

// TestRelationModelSigns is the same of how two answers stand to each other.
func TestRelationModelSigns(t *testing.T) {
	m, err := relationModel()
	if err != nil {
		t.Fatal(err)
	}
	const same, differ = 0, 1
	tests := []struct {
		name  string
		class int
		more  RelationFeatures
	}{
		{"the pair model finds them the same", same, RelationFeatures{relSame: 4}},
		{"the pair model finds that one excludes the other", differ, RelationFeatures{relDiffer: 4}},
	}
	before := m.Probabilities(make([]float64, nRelationFeatures))
	for _, tt := range tests {
		if got, was := m.Probabilities(tt.more[:])[tt.class], before[tt.class]; got <= was {
			t.Errorf("%s: the probability goes from %v to %v", tt.name, was, got)
		}
	}
}
