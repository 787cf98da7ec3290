package corpus

// DuplicateKind says how one article repeats another.
type DuplicateKind string

// The kinds of [Duplicate].
const (
	SameID    DuplicateKind = "same_id"   // refused: the first one stays
	Identical DuplicateKind = "identical" // refused: the first one stays
	Near      DuplicateKind = "near"      // kept
)

// Duplicate is an article that repeats an earlier one.
type Duplicate struct {
	ID         string
	Of         string // ID of the earlier article
	Kind       DuplicateKind
	Similarity float64 // share of common word sequences, 0 to 1; 1 unless Kind is Near
}

type duplicates struct {
	ids    map[string]bool
	bodies map[string]string
}

func newDuplicates() *duplicates {
	return &duplicates{ids: make(map[string]bool), bodies: make(map[string]string)}
}

func (d *duplicates) check(a *Article) (Duplicate, bool) {
	if d.ids[a.ID] {
		return Duplicate{ID: a.ID, Of: a.ID, Kind: SameID, Similarity: 1}, true
	}
	// Two outlets that print the same agency text are two articles.
	key := a.Publisher + "\x00" + a.Title + "\x00" + a.Body
	if of, ok := d.bodies[key]; ok {
		return Duplicate{ID: a.ID, Of: of, Kind: Identical, Similarity: 1}, true
	}
	d.ids[a.ID] = true
	d.bodies[key] = a.ID
	return Duplicate{}, false
}
