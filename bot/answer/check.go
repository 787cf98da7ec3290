package answer

// Verdict is what the articles say about a statement.
type Verdict string

// The verdicts.
const (
	Supported    Verdict = "supported"
	Contradicted Verdict = "contradicted"
	Split        Verdict = "disputed"        // some sentences support it, others contradict it
	NotSaid      Verdict = "not_in_articles" // nothing was found for or against it
	NoStatement  Verdict = "no_statement"    // a question, an order, or too little to look for
)

// Checked is one statement of a text and the sentences for and against it.
type Checked struct {
	Text        string // as it stands in the text
	Verdict     Verdict
	Supports    []int // values of Citation.N
	Contradicts []int
	Nearest     []int   // articles, as indices into the corpus, when nothing was found
	Confidence  float64 // calibrated probability of the verdict, 0 to 1
	Leans       bool    // with Split: to being supported
}

// Check is a text held against the articles.
type Check struct {
	Statements []Checked
	Citations  []Citation // numbered from 1 in order of appearance
	Left       int        // statements that were not looked at, because there were too many
}
