package extract

import (
	"sync"
	"testing"

	"parley/corpus"
	"parley/retrieval/library"
)

// valley are made-up articles of two papers that tell the same matters otherwise, with
// people who deny, who are quoted, and who are not.
func valley() []corpus.Article {
	return []corpus.Article{
		{
			ID: "post", Title: "Council meets on the dam", Publisher: "Orlen Post", URL: "https://post.example/dam", Published: may(5),
			Body: "The council of Orlen sold the old mill to a brewery on Monday. Anna Feld, the mayor of Orlen, said the repair of the dam would cost 4 million crowns. “We will not leave the valley to the water,” Feld said. The meeting on the dam took three hours. Nobody from the ferry company came to the town hall. The footbridge to Kvern is open again.",
		},
		{
			ID: "courier", Title: "Engineers warn of the dam", Publisher: "Valley Courier", Published: may(6),
			Body: "The council of Orlen did not sell the old mill to a brewery, the clerk wrote in a letter. Peter Lund, an engineer, said the repair of the dam would cost 9 million crowns. The dam has cracks on both sides of the gate. The meeting on the dam took five hours. The footbridge to Kvern is still closed.",
		},
		{
			ID: "herald", Title: "School gets a new roof", Publisher: "Kvern Herald", Published: may(7),
			Body: "The school in Kvern got a new roof in spring. Rita Holm denied that the school had lost its library. Workers from Sundby carried slates across the frozen lake. The pupils sang in the old gym for the workers. A meeting in Kvern on the dam took eight hours. It rained.",
		},
	}
}

var dammed struct {
	once     sync.Once
	snapshot *library.Snapshot
}

// paper returns an engine over the valley.
func paper(t testing.TB) *Engine {
	t.Helper()
	dammed.once.Do(func() { dammed.snapshot = build(t, valley()) })
	return over(t, dammed.snapshot, Options{Threshold: DefaultThreshold, MaxSentences: 3})
}
