// Package wire holds the JSON objects of answers, searches and checks, as the
// command line, the HTTP API and the MCP server give them. Arrays are never null.
package wire

import (
	"math"
	"time"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
)

// Search is what a search found.
type Search struct {
	ID   string `json:"id"`
	Hits []Hit  `json:"hits"`
}

// Hit is a passage found.
type Hit struct {
	ArticleID string             `json:"article_id"`
	PassageID string             `json:"passage_id"`
	Start     int                `json:"start"`
	End       int                `json:"end"`
	Score     float64            `json:"score"`
	Why       []retrieval.Reason `json:"why,omitempty"` // with --explain only

	// What programs get over a network, which have no articles of their own.
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	Text      string `json:"text,omitempty"`
}

// Ask is an answer.
type Ask struct {
	ID         string        `json:"id"`
	Question   string        `json:"question"`
	Abstained  bool          `json:"abstained"`
	Reason     answer.Reason `json:"reason"`
	Confidence float64       `json:"confidence"`
	Answer     string        `json:"answer"`
	Engine     string        `json:"engine"`
	ElapsedMS  float64       `json:"elapsed_ms"`
	Claims     []Claim       `json:"claims"`
	Citations  []Citation    `json:"citations"`
	Conflicts  []Conflict    `json:"conflicts"`
	Language   string        `json:"language,omitempty"` // of a question in another language than the articles
	Explain    []string      `json:"explain,omitempty"`  // with --explain only
}

// Claim is one statement of an answer.
type Claim struct {
	Text        string `json:"text"`
	Translation string `json:"translation,omitempty"` // into language
	Citations   []int  `json:"citations"`
}

// Citation is a span of an article that a claim rests on: bytes of its text.
type Citation struct {
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

// Conflict is a matter on which articles differ.
type Conflict struct {
	Kind  string `json:"kind"` // figures, disputed, differing, superseded
	About string `json:"about"`
	Sides []Side `json:"sides"`
}

// Side is one account in a conflict.
type Side struct {
	Claim     string `json:"claim"`
	Citations []int  `json:"citations"`
}

// NewSearch makes the object of a search over a corpus.
func NewSearch(id string, c *corpus.Corpus, hits []retrieval.Hit) Search {
	out := Search{ID: id, Hits: make([]Hit, 0, len(hits))}
	for _, h := range hits {
		p := &c.Passages[h.Passage]
		out.Hits = append(out.Hits, Hit{
			ArticleID: c.Articles[p.Article].ID, PassageID: p.ID,
			Start: p.Start, End: p.End, Score: h.Score, Why: h.Why,
		})
	}
	return out
}

// NewAsk makes the object of an answer that took so long.
func NewAsk(id, question string, a *answer.Answer, took time.Duration) Ask {
	out := Ask{
		ID: id, Question: question,
		Abstained: a.Abstained, Reason: a.Reason, Confidence: a.Confidence,
		Answer: a.Text, Engine: a.Engine,
		ElapsedMS: math.Round(float64(took.Microseconds())) / 1000,
		Claims:    make([]Claim, 0, len(a.Claims)),
		Citations: make([]Citation, 0, len(a.Citations)),
		Conflicts: make([]Conflict, 0, len(a.Conflicts)),
		Language:  a.Language,
		Explain:   a.Explain,
	}
	for _, c := range a.Claims {
		out.Claims = append(out.Claims, Claim{Text: c.Text, Translation: c.Translation, Citations: List(c.Citations)})
	}
	for i := range a.Citations {
		out.Citations = append(out.Citations, NewCitation(&a.Citations[i]))
	}
	for _, c := range a.Conflicts {
		sides := make([]Side, 0, len(c.Sides))
		for _, s := range c.Sides {
			sides = append(sides, Side{Claim: s.Claim, Citations: List(s.Citations)})
		}
		out.Conflicts = append(out.Conflicts, Conflict{Kind: string(c.Kind), About: c.About, Sides: sides})
	}
	return out
}

// NewCitation makes the object of a citation.
func NewCitation(c *answer.Citation) Citation {
	out := Citation{
		N: c.N, ArticleID: c.ArticleID, Title: c.Title, Publisher: c.Publisher,
		Published: Day(c.Published), URL: c.URL, Start: c.Start, End: c.End, Quote: c.Quote, Translation: c.Translation,
	}
	if c.Answer.Len() > 0 {
		out.AnswerSpan = []int{c.Answer.Start, c.Answer.End}
	}
	return out
}

// List makes a slice print as an array, never as null.
func List[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Day writes a date as the JSON output has it, or "" for none.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Cite is what the articles say to a statement.
type Cite struct {
	ID         string     `json:"id"`
	Claim      string     `json:"claim"`
	Verdict    string     `json:"verdict"` // supported, contradicted, not_stated
	Confidence float64    `json:"confidence"`
	Citations  []Citation `json:"citations"`
}

// NewCite makes the object of a claim that was checked as one statement.
func NewCite(id, claim string, got *answer.Check) Cite {
	out := Cite{ID: id, Claim: claim, Verdict: Verdict(got), Confidence: got.Statements[0].Confidence, Citations: make([]Citation, 0, len(got.Citations))}
	for i := range got.Citations {
		out.Citations = append(out.Citations, NewCitation(&got.Citations[i]))
	}
	return out
}

// Verdict is what a check says of its only statement, in the words of the command
// line: supported, contradicted or not_stated. Where articles disagree it is the
// likelier side.
func Verdict(c *answer.Check) string {
	switch s := &c.Statements[0]; {
	case s.Verdict == answer.Supported, s.Verdict == answer.Split && s.Leans:
		return "supported"
	case s.Verdict == answer.Contradicted, s.Verdict == answer.Split:
		return "contradicted"
	}
	return "not_stated"
}
