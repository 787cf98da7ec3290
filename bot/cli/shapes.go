package cli

import (
	"math"
	"time"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
)

// The JSON objects of ask and search. Arrays are never null.

type searchJSON struct {
	ID   string    `json:"id"`
	Hits []hitJSON `json:"hits"`
}

type hitJSON struct {
	ArticleID string             `json:"article_id"`
	PassageID string             `json:"passage_id"`
	Start     int                `json:"start"`
	End       int                `json:"end"`
	Score     float64            `json:"score"`
	Why       []retrieval.Reason `json:"why,omitempty"` // with --explain only
}

type askJSON struct {
	ID         string         `json:"id"`
	Question   string         `json:"question"`
	Abstained  bool           `json:"abstained"`
	Reason     answer.Reason  `json:"reason"`
	Confidence float64        `json:"confidence"`
	Answer     string         `json:"answer"`
	Engine     string         `json:"engine"`
	ElapsedMS  float64        `json:"elapsed_ms"`
	Claims     []claimJSON    `json:"claims"`
	Citations  []citationJSON `json:"citations"`
	Conflicts  []conflictJSON `json:"conflicts"`
	Language   string         `json:"language,omitempty"` // of a question in another language than the articles
	Explain    []string       `json:"explain,omitempty"`  // with --explain only
}

type claimJSON struct {
	Text        string `json:"text"`
	Translation string `json:"translation,omitempty"` // into language
	Citations   []int  `json:"citations"`
}

type citationJSON struct {
	N         int    `json:"n"`
	ArticleID string `json:"article_id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published"` // 2025-12-02, or empty
	URL       string `json:"url"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Quote     string `json:"quote"`

	Translation string `json:"translation,omitempty"` // of the quote, into language

	// AnswerSpan is where the words that answer stand in the article's text, as
	// start and end do; absent where they are not known.
	AnswerSpan []int `json:"answer_span,omitempty"`
}

type conflictJSON struct {
	Kind  string     `json:"kind"` // figures, disputed, differing, superseded
	About string     `json:"about"`
	Sides []sideJSON `json:"sides"`
}

type sideJSON struct {
	Claim     string `json:"claim"`
	Citations []int  `json:"citations"`
}

func newSearchJSON(id string, c *corpus.Corpus, hits []retrieval.Hit) searchJSON {
	out := searchJSON{ID: id, Hits: make([]hitJSON, 0, len(hits))}
	for _, h := range hits {
		p := &c.Passages[h.Passage]
		out.Hits = append(out.Hits, hitJSON{
			ArticleID: c.Articles[p.Article].ID, PassageID: p.ID,
			Start: p.Start, End: p.End, Score: h.Score, Why: h.Why,
		})
	}
	return out
}

func newAskJSON(id, question string, a *answer.Answer, took time.Duration) askJSON {
	out := askJSON{
		ID: id, Question: question,
		Abstained: a.Abstained, Reason: a.Reason, Confidence: a.Confidence,
		Answer: a.Text, Engine: a.Engine,
		ElapsedMS: math.Round(float64(took.Microseconds())) / 1000,
		Claims:    make([]claimJSON, 0, len(a.Claims)),
		Citations: make([]citationJSON, 0, len(a.Citations)),
		Conflicts: make([]conflictJSON, 0, len(a.Conflicts)),
		Language:  a.Language,
		Explain:   a.Explain,
	}
	for _, c := range a.Claims {
		out.Claims = append(out.Claims, claimJSON{Text: c.Text, Translation: c.Translation, Citations: list(c.Citations)})
	}
	for i := range a.Citations {
		out.Citations = append(out.Citations, newCitationJSON(&a.Citations[i]))
	}
	for _, c := range a.Conflicts {
		sides := make([]sideJSON, 0, len(c.Sides))
		for _, s := range c.Sides {
			sides = append(sides, sideJSON{Claim: s.Claim, Citations: list(s.Citations)})
		}
		out.Conflicts = append(out.Conflicts, conflictJSON{Kind: string(c.Kind), About: c.About, Sides: sides})
	}
	return out
}

func newCitationJSON(c *answer.Citation) citationJSON {
	out := citationJSON{
		N: c.N, ArticleID: c.ArticleID, Title: c.Title, Publisher: c.Publisher,
		Published: day(c.Published), URL: c.URL, Start: c.Start, End: c.End, Quote: c.Quote, Translation: c.Translation,
	}
	if c.Answer.Len() > 0 {
		out.AnswerSpan = []int{c.Answer.Start, c.Answer.End}
	}
	return out
}

// list makes a slice print as an array, never as null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// day writes a date as the JSON output has it, or "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
