// Package answer turns a question into an answer whose every sentence rests on
// a span of an article.
package answer

import (
	"context"
	"slices"
	"sync"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
	"parley/retrieval/wordvec"
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
	NoModel Note // why no model is to be asked; empty when one may be
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

// Note says why an answer was not written by the model that there is. Empty where
// it was, or where there is none.
type Note string

// The notes.
const (
	Unaided     Note = ""             // nothing to say
	ModelFailed Note = "model_failed" // it could not be reached, or did not come to its end
	NothingHeld Note = "nothing_held" // none of its sentences held against the articles
	OverBudget  Note = "over_budget"  // the day's budget is used up
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
	Woven bool // the sides are told among the answer's other claims, by a model
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
	Note       Note     // why it is extractive although there is a model
	Usage      Usage    // what it has taken from models
	Rewritten  string   // the question as a model put it to stand alone; often empty
	Explain    []string // how the answer came about, a line each; with Question.Explain only
}

// Searcher finds passages.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error)
	Forward() *analysis.Forward
}

// DefaultMaxSentences is how many sentences an answer has at most, a conflict's
// sides not counted. On selqa a fourth raises hits on gold evidence from .810 to .832
// (parley eval with answer.max_sentences = 3, and without).
const DefaultMaxSentences = 4

// Options tune an [Engine]; zero fields mean the defaults.
type Options struct {
	Threshold    float64          // confidence below which it abstains, 0 to 1
	MaxSentences int              // sentences of an answer at most
	Lexicon      *lexicon.Lexicon // relates words of a question to others of the articles; may be nil
	Vectors      *wordvec.Table   // says which words are used alike; may be nil
}

// Engine answers questions over one corpus by quoting it. It is safe for
// concurrent use.
type Engine struct {
	search  Searcher
	fwd     *analysis.Forward
	classes []class    // by word
	names   []bool     // by term: mostly written with a capital
	kinds   []nameKind // by word
	first   []int32    // by term: a word of it
	called  epithets
	words   *lexicon.Vocabulary // of the corpus; nil without a lexicon
	rows    []int32             // by word: its row in Options.Vectors, -1 without one
	opts    Options

	withinOnce sync.Once
	within     []bool // by word; see capitals
}

// New returns an engine over what a searcher finds.
func New(s Searcher, opts Options) *Engine {
	if opts.Threshold == 0 {
		opts.Threshold = DefaultThreshold
	}
	if opts.MaxSentences == 0 {
		opts.MaxSentences = DefaultMaxSentences
	}
	fwd := s.Forward()
	e := &Engine{search: s, fwd: fwd, classes: classify(fwd), names: make([]bool, len(fwd.Terms)), called: readEpithets(fwd), opts: opts}
	e.kinds = nameKinds(fwd, e.classes, opts.Lexicon)
	e.first = make([]int32, len(fwd.Terms))
	for i := range slices.Backward(fwd.Words) {
		e.first[fwd.Words[i].Term] = int32(i)
	}
	if opts.Lexicon != nil {
		words := make([]string, len(fwd.Words))
		for i := range words {
			words[i] = fwd.Words[i].Text
		}
		e.words = opts.Lexicon.Vocabulary(words)
	}
	e.rows = make([]int32, len(fwd.Words))
	for i := range fwd.Words {
		e.rows[i] = -1
		if opts.Vectors != nil {
			e.rows[i] = opts.Vectors.Lookup(fwd.Words[i].Text)
		}
	}
	for i := range fwd.Words {
		if e.classes[i]&isName != 0 {
			e.names[fwd.Words[i].Term] = true
		}
	}
	return e
}

// evidenceHits is how many passages are asked for: those read for evidence and
// some more to name the nearest articles.
const evidenceHits = 30

// Query is the search that answers a question begin with: instructions are left
// out, and earlier turns lend their words. A text that is no question is searched
// for as it stands.
func Query(q Question, limit int) retrieval.Query {
	r := sift(q.Text)
	if r.reason != Answered {
		r.text = q.Text
	}
	return understand(r, q.History).query(q, limit)
}

// Answer answers a question. An abstention is an answer, not an error.
func (e *Engine) Answer(ctx context.Context, q Question) (*Answer, error) {
	r := sift(q.Text)
	if r.reason != Answered {
		return e.decline(r.reason, nil, 0), nil
	}
	if a := e.metadata(r.text, q.Filter); a != nil {
		return a, nil
	}
	u := understand(r, q.History)
	u.narrowed = q.Filter.Active()
	in, err := e.inquire(ctx, u, q)
	if err != nil {
		return nil, err
	}
	a := e.concludes(u, in)
	if q.Explain {
		a.Explain = e.explain(u, in.evidence)
	}
	return a, nil
}

// concludes quotes the evidence, or declines where it is not enough.
func (e *Engine) concludes(u *understood, in *inquiry) *Answer {
	conf := in.confidence
	if u.dangling {
		conf = min(conf, unknownMeta)
	}
	if len(in.evidence.candidates) > 0 && conf >= e.opts.Threshold {
		if a := e.compose(in.evidence, conf); e.holds(a) {
			return a
		}
	}
	return e.decline(NotInArticles, in.hits, conf)
}

// besideConflict is how far below the best a sentence may score to be said
// beside a conflict.
const besideConflict = 1.0

// compose writes the extractive answer.
func (e *Engine) compose(ev *evidence, conf float64) *Answer {
	a := &Answer{Confidence: conf, Engine: "extractive"}
	w := newWriter(e.fwd.Corpus, a)
	told := map[int]bool{}
	statements := e.choose(ev, conf)
	disputes := e.disputes(ev)
	for _, d := range disputes {
		a.Conflicts = append(a.Conflicts, e.tell(w, d))
		for _, side := range d.sides {
			told[side.sentence] = true
		}
	}
	for _, s := range statements {
		// The accounts that differ are the answer; little is worth adding.
		if told[s.main.sentence] || len(disputes) > 0 && s.main.score < ev.candidates[0].score-besideConflict {
			continue
		}
		if before := e.antecedent(ev, s.main.sentence); before >= 0 && !told[before] {
			told[before] = true
			w.claim(e.fwd.Corpus.SentenceText(before), before)
		}
		said := e.speaker(ev, s.main.sentence)
		if said >= 0 && said < s.main.sentence && !told[said] {
			told[said] = true
			w.claim(e.fwd.Corpus.SentenceText(said), said)
		}
		sentences := []int{s.main.sentence}
		for _, c := range s.also {
			sentences = append(sentences, c.sentence)
		}
		for _, i := range sentences {
			told[i] = true
		}
		w.claim(e.text(s.main), sentences...)
		if said > s.main.sentence && !told[said] {
			told[said] = true
			w.claim(e.fwd.Corpus.SentenceText(said), said)
		}
	}
	a.Text = render(a)
	return a
}

// tell quotes every side of a dispute under the name of its report.
func (e *Engine) tell(w *writer, d dispute) Conflict {
	c := Conflict{About: d.about}
	for _, side := range d.sides {
		art := &e.fwd.Corpus.Articles[e.article(side)]
		name := label(art)
		if d.dated {
			name += dateLabel(art)
		}
		claim := w.claim(name+": "+e.text(side), side.sentence)
		c.Sides = append(c.Sides, Side{Claim: claim.Text, Citations: claim.Citations})
	}
	return c
}
