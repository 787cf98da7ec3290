package library

import (
	"reflect"
	"slices"

	"parley/corpus"
)

// Diff is how one snapshot's articles differ from another's, by ID, sorted.
type Diff struct {
	Added, Changed, Removed []string
	Same                    int // articles that are the same in both
}

// Empty reports whether nothing differs.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Changed)+len(d.Removed) == 0 }

// Compare says what has become of the articles of the old snapshot, which may be
// nil, in the new one. An article has changed when anything that was read of it
// has, text or metadata.
func Compare(old, now *Snapshot) Diff {
	var d Diff
	if old == nil {
		old = &Snapshot{Corpus: &corpus.Corpus{}}
	}
	for i := range now.Corpus.Articles {
		a := &now.Corpus.Articles[i]
		j, ok := old.Corpus.Lookup(a.ID)
		switch {
		case !ok:
			d.Added = append(d.Added, a.ID)
		case same(&old.Corpus.Articles[j], a):
			d.Same++
		default:
			d.Changed = append(d.Changed, a.ID)
		}
	}
	for i := range old.Corpus.Articles {
		if id := old.Corpus.Articles[i].ID; !has(now.Corpus, id) {
			d.Removed = append(d.Removed, id)
		}
	}
	for _, ids := range [][]string{d.Added, d.Changed, d.Removed} {
		slices.Sort(ids)
	}
	return d
}

func has(c *corpus.Corpus, id string) bool {
	_, ok := c.Lookup(id)
	return ok
}

// same compares all fields; of times what they mean, and no headings with an
// empty list of them, because saving keeps no more.
func same(a, b *corpus.Article) bool {
	x, y := *a, *b
	if x.Published.Equal(y.Published) {
		y.Published = x.Published
	}
	if x.Event.Equal(y.Event) {
		y.Event = x.Event
	}
	if len(x.Headings) == 0 && len(y.Headings) == 0 {
		y.Headings = x.Headings
	}
	return reflect.DeepEqual(x, y)
}
