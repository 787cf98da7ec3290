package lexical

// The defaults of [Options].
const (
	titleWeight     = 1.0
	publisherWeight = 0.5
	commonGram      = 0.1
	lightBoost      = 0.7
	relatedWeight   = 0.25
	minRelation     = 0.2
	maxRelations    = 12
)

// Options are the numbers of the index. The zero value means [Defaults]; to
// change one, start from those.
type Options struct {
	// Title and Publisher are the field weights of BM25F: how many occurrences in
	// the body one in the field is worth.
	Title, Publisher float64
	// CommonGram is the share of passages above which a 4-gram is not indexed: its
	// IDF is small and its posting list long.
	CommonGram float64
	// Light is what a word that says little in a question counts, 0 to 1.
	Light float64
	// Degree is what the word after "how" counts, as in "how long", 0 to 1.
	Degree float64
	// Related is what a related word of the lexicon counts beside the word itself,
	// 0 to 1, times the weight of the relation.
	Related float64
	// MinRelation is the weight below which a relation is left out, and
	// MaxRelations how many a word has at most.
	MinRelation  float64
	MaxRelations int
}

// Defaults are the options that a search has. docs/retrieval.md holds what other
// values gave.
func Defaults() Options {
	return Options{
		Title: titleWeight, Publisher: publisherWeight, CommonGram: commonGram, Light: lightBoost,
		Related: relatedWeight, MinRelation: minRelation, MaxRelations: maxRelations,
	}
}

func (o Options) orDefault() Options {
	if o == (Options{}) {
		return Defaults()
	}
	return o
}
