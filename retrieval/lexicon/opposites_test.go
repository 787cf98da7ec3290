package lexicon

import (
	"slices"
	"testing"
)

func TestOpposites(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ word, want string }{{"accepted", "refuse"}, {"shorter", "long"}, {"rises", "fall"}} {
		if got := l.Opposites(tt.word); !slices.Contains(got, tt.want) {
			t.Errorf("%s: got %v, want %s among them", tt.word, got, tt.want)
		}
	}
	if got := l.Opposites("zxqv"); len(got) != 0 {
		t.Errorf("an unknown word has the opposites %v", got)
	}
}
