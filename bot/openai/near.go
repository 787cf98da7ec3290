package openai

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearNames is how many names are suggested.
const nearNames = 3

// near returns the names most like another one, the likest first: those that
// hold it or are held by it, and those within a third of its letters.
func near(name string, names []string) []string {
	type candidate struct {
		name string
		off  int
	}
	var found []candidate
	low := strings.ToLower(name)
	for _, n := range names {
		other := strings.ToLower(n)
		off := levenshtein.ComputeDistance(low, other)
		if strings.Contains(other, low) || strings.Contains(low, other) && other != "" {
			off = min(off, 1)
		}
		if off <= max(len(low)/3, 2) {
			found = append(found, candidate{n, off})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		if a.off != b.off {
			return a.off - b.off
		}
		return strings.Compare(a.name, b.name)
	})
	out := make([]string, 0, nearNames)
	for _, c := range found[:min(len(found), nearNames)] {
		out = append(out, c.name)
	}
	return out
}
