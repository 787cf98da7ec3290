// Package answer says what a question, an answer and a checked statement are, and
// what their makers need. Everything below it does the work, each package on those
// before it:
//
//   - english, quantity: the few words that have to be known, and values;
//   - quote: writes answers out of spans of articles, and verifies them;
//   - question: what is asked;
//   - reading: sentences held against a question or a claim by the encoder;
//   - evidence: the fewest sentences that answer, or none;
//   - conflict: in what way two accounts differ;
//   - support: a claim held against sentences;
//   - extract, generate, factcheck: what people get: quotations, a model's
//     sentences that were verified, statements checked.
package answer

import (
	"cmp"
	"context"
	"slices"
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
	Explain bool   // fill Answer.Explain
	Part    bool   // it is one of several of a message, after the first
	NoModel Note   // why no model is to be asked; empty when one may be
	Clarify bool   // who asks can be asked which of several readings is meant
	Locale  string // of the asker's program, such as "de"; helps to tell the languages of short questions apart. May be empty
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
	Ambiguous     Reason = "ambiguous" // the question can be read in several ways; with Question.Clarify only
)

// Note says why an answer was not written by the model that there is. Empty where
// it was, or where there is none.
type Note string

// The notes.
const (
	Unaided     Note = ""             // nothing to say
	ModelFailed Note = "model_failed" // it could not be reached, refused, or wrote nothing that can be read
	NothingHeld Note = "nothing_held" // none of its sentences held against the articles
	OverBudget  Note = "over_budget"  // the day's budget is used up
)

// Claim finds a statement of the answer by its text.
func (a *Answer) Claim(text string) Claim {
	for _, c := range a.Claims {
		if c.Text == text {
			return c
		}
	}
	return Claim{Text: text}
}

// Citation is a span of an article that a claim rests on.
type Citation struct {
	N         int // from 1, in order of appearance
	ArticleID string
	Title     string
	Publisher string
	Published time.Time // zero when the article states none
	URL       string
	corpus.Span
	Quote  string      // exactly Body[Start:End]
	Answer corpus.Span // what of the article's body says what was asked, within Span; empty where it is not known

	Translation string // of Quote, by a model, into Answer.Language; often empty
}

// Claim is one statement of an answer and the citations it rests on.
type Claim struct {
	Text      string      // without marks
	Citations []int       // values of Citation.N
	Marked    corpus.Span // of Text: the words that say what was asked; empty where they are not known
	Day       time.Time   `json:",omitzero"` // of its article, where that matters: of what is new

	Translation string // of Text, by a model, into Answer.Language; often empty
}

// Shown is what people read of a claim: its translation, where it has one.
func (c Claim) Shown() string { return cmp.Or(c.Translation, c.Text) }

// Side is one account in a conflict.
type Side struct {
	Claim     string
	Citations []int
}

// Kind says in what way accounts differ.
type Kind string

// The ways to differ.
const (
	Figures    Kind = "figures"    // values of one thing that cannot both be true
	Disputed   Kind = "disputed"   // what cannot both be true otherwise: names, outcomes, yes against no
	Differing  Kind = "differing"  // both could be true, and a reader wants to see both
	Superseded Kind = "superseded" // the later report tells a later state of the same thing
)

// Conflict is a matter on which articles differ.
type Conflict struct {
	Kind  Kind
	About string // the kind in words
	Sides []Side
	Woven bool // the sides are told among the answer's other claims, by a model
}

// Lead is what an answer begins with.
type Lead string

// The leads of a question of yes or no.
const (
	Yes       Lead = "yes"
	No        Lead = "no"
	Denied    Lead = "not according to" // no by the word of somebody, [Answer.DeniedBy]
	Contested Lead = "disputed"         // one report says yes and another no
)

// Shape is how the claims of an answer are to be shown.
type Shape string

// The shapes.
const (
	Prose Shape = ""     // one after the other
	List  Shape = "list" // on a line each, behind the day of those that have one
)

// Lines reports whether so many claims stand on lines of their own: one alone is prose.
func (s Shape) Lines(claims int) bool { return s != Prose && claims > 1 }

// Answer is the outcome of a question.
type Answer struct {
	Lead       Lead   // what it begins with; empty for nothing
	DeniedBy   string // whose word a denial is, as the article names them
	Text       string // what people read: plain text with [n] marks, also when abstaining
	Shape      Shape  // of the claims that are in no conflict
	Intro      string // what is said above them of their number; often empty
	Claims     []Claim
	Citations  []Citation
	Conflicts  []Conflict
	Confidence float64 // calibrated probability, 0 to 1, that the articles answer the question
	Abstained  bool
	Reason     Reason
	Talk       Talk      // of [SmallTalk]
	Engine     string    // "extractive", or the model that wrote it
	Nearest    []int     // articles named by an abstention, as indices into the corpus
	Missing    *Missing  // what an abstention tells of why there is no answer; nil for nothing
	Readings   []Reading // of a question that is [Ambiguous]
	Follows    string    // the question before, where it had to be guessed that this one goes on from it
	Note       Note      // why it is extractive although there is a model
	Usage      Usage     // what it has taken from models
	Unsaid     []string  // of several questions, those that the articles do not answer
	Rewritten  string    // the question as a model put it to stand alone; often empty
	Explain    []string  // how the answer came about, a line each; with Question.Explain only

	// Language is a locale such as "de" or "zh-TW" where the question is in another
	// language than the articles: Text is in it, as far as it could be translated.
	Language string
	Unread   bool // the question was not read: it is in Language, and no model has translated it
}

// Translated reports whether people read a translation of some of the answer.
func (a *Answer) Translated() bool {
	return slices.ContainsFunc(a.Claims, func(c Claim) bool { return c.Translation != "" }) ||
		slices.ContainsFunc(a.Citations, func(c Citation) bool { return c.Translation != "" })
}

// Source is what questions are answered from: articles, the search over them and
// the vectors of their sentences.
type Source interface {
	// Search finds passages.
	Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error)

	// Forward is the analyzed corpus.
	Forward() *analysis.Forward

	// Sentences returns the vectors of sentences, by their numbers in the corpus.
	Sentences(ctx context.Context, sentences []int) ([]retrieval.SentenceVector, error)

	// Question returns the vector of a question, to compare with them.
	Question(ctx context.Context, text string) ([]float32, error)
}
