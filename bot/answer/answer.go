// Package answer turns a question into an answer whose every sentence rests on
// a span of an article.
package answer

import (
	"context"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Turn is one earlier message of a conversation.
type Turn struct {
	Role string // "user" or anything else for the bot
	Text string
}

// Question is what somebody asks.
type Question struct {
	Text    string
	History []Turn    // oldest first
	AsOf    time.Time // the day it is asked; relative dates count from it. Zero when unknown
	Filter  retrieval.Filter
	Explain bool // fill Answer.Explain
}

// Reason says why an answer abstains.
type Reason string

// The reasons of the command-line contract.
const (
	Answered      Reason = ""
	NotInArticles Reason = "not_in_articles"
	SmallTalk     Reason = "small_talk"
	Instruction   Reason = "instruction" // the text asks the bot to do something instead of asking about the articles
	Empty         Reason = "empty"
)

// Citation is a span of an article that a claim rests on.
type Citation struct {
	N         int // from 1, in order of appearance
	ArticleID string
	Title     string
	Publisher string
	Published time.Time // zero when the article states none
	URL       string
	corpus.Span
	Quote string // exactly Body[Start:End]
}

// Claim is one statement of an answer and the citations it rests on.
type Claim struct {
	Text      string // without marks
	Citations []int  // values of Citation.N
}

// Side is one account in a conflict.
type Side struct {
	Claim     string
	Citations []int
}

// Conflict is a matter on which articles differ.
type Conflict struct {
	About string
	Sides []Side
}

// Answer is the outcome of a question.
type Answer struct {
	Text       string // what people read: plain text with [n] marks, also when abstaining
	Claims     []Claim
	Citations  []Citation
	Conflicts  []Conflict
	Confidence float64 // calibrated probability, 0 to 1, that the articles answer the question
	Abstained  bool
	Reason     Reason
	Engine     string   // "extractive", or the model that wrote it
	Nearest    []int    // articles named by an abstention, as indices into the corpus
	Explain    []string // how the answer came about, a line each; with Question.Explain only
}

// Searcher finds passages.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error)
	Forward() *analysis.Forward
}

// Options tune an [Engine]; zero fields mean the defaults.
type Options struct {
	Threshold    float64 // confidence below which it abstains
	MaxSentences int     // sentences of an answer at most
}

// Engine answers questions over one corpus. It is safe for concurrent use.
type Engine struct {
	search Searcher
	opts   Options
}

// New returns an engine over what a searcher finds.
func New(s Searcher, opts Options) *Engine { return &Engine{search: s, opts: opts} }

// Answer answers a question. An abstention is an answer, not an error.
func (e *Engine) Answer(ctx context.Context, q Question) (*Answer, error) {
	return nil, nil
}
