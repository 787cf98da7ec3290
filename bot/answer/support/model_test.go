package support

import "testing"

// TestModel guards that the model in the program opens and goes by what the pair
// model and the values say.
func TestModel(t *testing.T) {
	m, err := model()
	if err != nil {
		t.Fatal(err)
	}
	const supported, contradicted = 0, 1
	tests := []struct {
		name     string
		verdict  int
		more     Features // than nothing
		likelier bool
	}{
		{"the pair model finds it supported", supported, Features{Supports: 4}, true},
		{"the pair model finds it not stated", supported, Features{Supports: -4}, false},
		{"the pair model finds it contradicted", contradicted, Features{Contradicts: 4}, true},
		{"the pair model finds nothing against it", contradicted, Features{Contradicts: -4}, false},
	}
	before := m.Probabilities(make([]float64, len(Names())))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Probabilities(tt.more[:])[tt.verdict]
			if was := before[tt.verdict]; got == was || got > was != tt.likelier {
				t.Errorf("the probability goes from %v to %v, likelier: want %v", was, got, tt.likelier)
			}
		})
	}
	if len(Names()) != int(nFeatures) {
		t.Errorf("%d names for %d features", len(Names()), nFeatures)
	}
}
