package answer

import (
	"testing"

	"parley/retrieval"
)

func TestRarity(t *testing.T) {
	e := strikeEngine(t)
	rarity := func(word string) float64 { return e.rarity(&retrieval.Term{Word: word}) }
	order := []string{"said", "people", "crane"}
	for i := range len(order) - 1 {
		if rarity(order[i]) >= rarity(order[i+1]) {
			t.Errorf("%s has %.2f, %s has %.2f: want less", order[i], rarity(order[i]), order[i+1], rarity(order[i+1]))
		}
	}
	if rarity("anything") >= rarity("people") {
		t.Errorf("anything has %.2f, people %.2f: want less", rarity("anything"), rarity("people"))
	}
	for _, term := range []retrieval.Term{{Word: "people", Upper: true}, {Word: "12", Number: true}, {Word: "xyzzyx"}} {
		if got := e.rarity(&term); got != 1 {
			t.Errorf("%s: got %v, want 1", term.Word, got)
		}
	}
}
