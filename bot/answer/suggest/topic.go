package suggest

import (
	"cmp"
	"slices"
	"strings"
)

// mostTopics is how many names are tried.
const mostTopics = 4

// topics are questions about the people and things that some sentences name and nobody
// in the conversation has, those named most often first.
func (s *Suggester) topics(sentences []int, said string) []candidate {
	type topic struct {
		name   string
		first  int // sentence
		count  int
		person bool
		the    bool
	}
	var found []topic
	for _, k := range sentences {
		for _, n := range s.names.Of(k) {
			if len(n.Words) < 2 {
				continue
			}
			at := slices.IndexFunc(found, func(t topic) bool { return t.name == n.Text })
			if at < 0 {
				at = len(found)
				found = append(found, topic{name: n.Text, first: k})
			}
			found[at].count++
			found[at].the = found[at].the || n.The
			found[at].person = found[at].person || n.Person
		}
	}
	// A name of which a part was said is known.
	found = slices.DeleteFunc(found, func(t topic) bool {
		return slices.ContainsFunc(strings.Fields(strings.ToLower(t.name)), func(w string) bool { return strings.Contains(said, w) })
	})
	slices.SortStableFunc(found, func(a, b topic) int { return cmp.Compare(b.count, a.count) })
	var out []candidate
	for _, t := range found[:min(mostTopics, len(found))] {
		text := "What do the articles say about " + t.name + "?"
		switch {
		case t.the:
			text = "What do the articles say about the " + t.name + "?"
		case t.person:
			text = "Who is " + t.name + "?"
		}
		words := strings.Fields(strings.ToLower(t.name))
		out = append(out, candidate{text: text, sentence: t.first, who: words[len(words)-1], topic: true})
	}
	return out
}
