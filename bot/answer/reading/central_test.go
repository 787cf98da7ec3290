package reading

import (
	"context"
	"errors"
	"slices"
	"testing"

	"parley/corpus"
)

// TestOutline guards that what is near the middle and tells something else comes first,
// so many of an article, and that a topic takes the place of the middle.
func TestOutline(t *testing.T) {
	const body = "One is so. Two is so. Three is so. Four is so."
	d := lay(t, corpus.Article{Body: body}, corpus.Article{Body: body})
	// Angles: sentences 0 and 1 lie together, 2 beside them, 3 apart; the second article's
	// are a little further on.
	for n, c := range []float64{.99, .98, .7, .1, .97, .96, .6, .05} {
		d.cosines[n] = c
	}
	r := New(d, newPairs(t))
	ctx := context.WithValue(t.Context(), deskKey{}, true)
	all := []int{0, 1, 2, 3, 4, 5, 6, 7}
	outline := func(topic string, sentences []int, most, ofOne int) []int {
		d.alone = topic
		got, err := r.Outline(ctx, topic, sentences, most, ofOne)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := outline("", all, 3, 2)
	if len(got) != 3 || !slices.Contains([]int{2, 6}, got[0]) {
		t.Errorf("got %v, want one of the middle first", got)
	}
	if got := outline("", all, 8, 2); len(got) != 4 {
		t.Errorf("got %v, want two of each article", got)
	}
	if got := outline("", all, 8, 8); len(got) != 8 {
		t.Errorf("got %v, want all", got)
	}
	if got := outline("ferries", all, 1, 1); !slices.Equal(got, []int{0}) {
		t.Errorf("got %v, want what comes nearest to the topic", got)
	}
	if got := outline("", nil, 3, 2); len(got) != 0 {
		t.Errorf("got %v of none", got)
	}
	for _, call := range []string{"sentences", "question"} {
		d.failing, d.alone = call, "ferries"
		if _, err := r.Outline(ctx, "ferries", all, 3, 2); !errors.Is(err, errDesk) {
			t.Errorf("%s failed: got %v", call, err)
		}
	}
}
