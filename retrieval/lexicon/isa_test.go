package lexicon

import "testing"

func TestIsA(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		word, class string
		low, high   float64
	}{
		{"embassy", "building", 0.5, 1},
		{"embassies", "building", 0.5, 1},
		{"moscow", "location", 0.9, 1},
		{"moscow", "person", 0, 0.1},
		{"envoy", "person", 0.8, 1},
		{"nato", "organization", 0.9, 1},
		{"building", "building", 0.3, 1}, // a class is of itself; the act of building is not
		{"building", "embassy", 0, 0},    // and not the other way round
		{"war", "person", 0, 0.1},
		{"xyzzyx", "person", 0, 0},
		{"envoy", "xyzzyx", 0, 0},
	}
	for _, tt := range tests {
		if got := l.IsA(tt.word, tt.class); got < tt.low || got > tt.high {
			t.Errorf("IsA(%q, %q) = %.2f, want %.2f to %.2f", tt.word, tt.class, got, tt.low, tt.high)
		}
	}
}
