package morph

import (
	"slices"
	"testing"

	"parley/retrieval/lexicon/internal/table"
)

func TestLemmas(t *testing.T) {
	const noun, verb, adjective = 1 << table.Noun, 1 << table.Verb, 1 << table.Adjective
	words := map[string]table.PartSet{
		"dog": noun | verb, "church": noun, "box": noun | verb, "city": noun, "man": noun, "glass": noun, "bus": noun,
		"wrap": verb, "wrapped": adjective, "make": verb, "call": verb, "carry": verb, "leave": verb, "left": adjective | noun,
		"leaf": noun, "large": adjective, "great": adjective, "go": verb, "wind": noun | verb,
	}
	irregular := map[string][]Irregular{
		"left": {{"leave", table.Verb}}, "leaves": {{"leaf", table.Noun}}, "went": {{"go", table.Verb}},
		"wound": {{"wind", table.Verb}}, "gone": {{"unknown", table.Verb}},
	}
	r := New(func(word string) table.PartSet { return words[word] }, func(form string) []Irregular { return irregular[form] })
	tests := []struct {
		word string
		want []string
	}{
		{"dog", []string{"dog"}},
		{"dogs", []string{"dog"}},
		{"churches", []string{"church"}},
		{"boxes", []string{"box"}},
		{"cities", []string{"city"}},
		{"men", []string{"man"}},
		{"glass", []string{"glass"}},
		{"buses", []string{"bus"}},
		{"wrapped", []string{"wrapped", "wrap"}},
		{"wrapping", []string{"wrap"}},
		{"making", []string{"make"}},
		{"made", nil},
		{"calling", []string{"call"}},
		{"carries", []string{"carry"}},
		{"left", []string{"left", "leave"}},
		{"leaves", []string{"leaf", "leave"}},
		{"larger", []string{"large"}},
		{"greatest", []string{"great"}},
		{"went", []string{"go"}},
		{"wound", []string{"wind"}},
		{"gone", nil},
		{"s", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if got := r.Lemmas(tt.word); !slices.Equal(got, tt.want) {
			t.Errorf("Lemmas(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
