package retrieval

// Options tune an [Index]; the zero value means the defaults.
type Options struct {
	// HalfLife is the age in days, counted back from the question's date, at
	// which the recency prior has halved.
	HalfLife float64
	// Sum are the numbers of the sum.
	Sum Sum
}

// Sum are the numbers by which scores are added up. The zero value means
// [DefaultSum]; to change one, start from that.
type Sum struct {
	// Depth is how many passages each ranker hands over: many times what a search
	// shows, so that a passage one ranker puts low can still rise by the others.
	Depth int
	// Outlet, Date and Recency are what a prior adds at most, as a share of the
	// best hit's score.
	Outlet, Date, Recency float64
	// DateHalfLife is how fast the date prior falls beside a named period, in
	// days: reports follow an event within days.
	DateHalfLife float64
	// Repeat is what each further passage of an article keeps of its score, so
	// that one long article does not fill the list.
	Repeat float64
}

// The defaults of [Sum].
const (
	depth        = 300
	outletPrior  = 0.3
	datePrior    = 0.5
	recencyPrior = 0.05
	dateHalfLife = 3
	repeatDecay  = 0.5
)

// DefaultSum is the sum that a search has. docs/retrieval.md holds what other
// values gave.
func DefaultSum() Sum {
	return Sum{
		Depth: depth, Outlet: outletPrior, Date: datePrior, Recency: recencyPrior,
		DateHalfLife: dateHalfLife, Repeat: repeatDecay,
	}
}
