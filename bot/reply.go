package bot

import (
	"context"
	"strings"
	"time"

	"parley/bot/answer"
)

// Outcome says what kind of reply it is.
type Outcome string

// The outcomes.
const (
	Answered Outcome = "answered" // the articles say something about it
	Disputed Outcome = "disputed" // the articles differ, all sides are there
	Declined Outcome = "declined" // the articles do not say, or there was no question
	Told     Outcome = "told"     // something about the bot, a list, a confirmation
	Working  Outcome = "working"  // on the way: another reply follows
	Refused  Outcome = "refused"  // not allowed, over a quota, too busy, expired
	Failed   Outcome = "failed"   // something went wrong on our side
)

// Reply is what the bot says, without a word about how a network shows it.
//
// Every text in it is plain: what looks like markup, mention or link is not
// meant as one and is to be shown as it stands. Links are in Card.URL only.
type Reply struct {
	Outcome Outcome
	Private bool // for the user alone, and so is everything that comes of it

	Title  string  // of the whole reply; often empty
	Blocks []Block // in reading order
	Cards  []Card  // below the blocks: cited sources, articles, passages

	Buttons []Button // in order
	Page    *Page    // position in a list, for the renderer's "3 of 7"
	Choices []Choice // of a Complete request
	Form    *Form    // to be opened instead of a message
	// After is to be called once the form is on its way: what may wait for a disk,
	// which forms cannot. May be nil.
	After  func(context.Context)
	Thread *Opening // a thread to be opened for the answer
	Public *Reply   // to be posted in the channel for all, beside this reply
	// Unposted is to be called when the network has refused Public, so that it can
	// be asked for again. Nil without Public.
	Unposted func(context.Context)

	// Later is to be called once the reply is shown: it returns the same with more
	// buttons, to be shown in its place, or nil. May be nil.
	Later func(context.Context) *Reply

	// Why says why it is Refused, where a program can go by it, and Wait when there
	// may be an answer. Empty and 0 for other refusals.
	Why  Why
	Wait time.Duration

	// Citations are what the marks and the numbers of cards stand for, where they
	// are those of an answer or a check.
	Citations []answer.Citation

	// Ref names the stored answer, empty when there is none to refer to.
	Ref string
}

// Style is how a block stands out.
type Style string

// The styles.
const (
	Paragraph Style = "paragraph"
	Heading   Style = "heading"
	Bullet    Style = "bullet"
	Quote     Style = "quote" // words of an article or a message
	Note      Style = "note"  // said by the bot about the reply, in small print
	Side      Style = "side"  // one of several accounts, under its Label
)

// Block is a part of a reply that stands on its own lines.
type Block struct {
	Style Style
	Spans []Span // joined by a blank
	Label string // of a Side: whose account it is
	Date  string // of a Side: when that was published, in the reader's language; may be empty
}

// Span is a run of text that is not cut unless it alone is too long for a
// message: a claim with its citations.
type Span struct {
	Text  string
	Bold  bool
	Marks []int // values of Card.N that the text rests on, shown as [1][2] after it
	Glued bool  // joined to the span before it without a blank
}

// Card is one article: cited, of a list, or with a passage of it.
type Card struct {
	N       int   // its number, from 1; 0 when it has none
	More    []int // further numbers, where several of its sentences are cited
	Title   string
	Outlet  string  // may be empty
	Date    string  // in the reader's language; empty when the article has none
	Detail  string  // further facts in the reader's language, such as the length
	URL     string  // http or https, from the corpus; may be empty
	Blocks  []Block // what is quoted of it and said nowhere else in the reply
	Article string  // the article's ID
}

// Numbers are all numbers of a card, in order.
func (c *Card) Numbers() []int {
	if c.N == 0 {
		return nil
	}
	return append([]int{c.N}, c.More...)
}

// ButtonStyle is how a button stands out.
type ButtonStyle string

// The styles of buttons.
const (
	Plain   ButtonStyle = "plain"
	Primary ButtonStyle = "primary"
)

// Button is something to press.
type Button struct {
	Label    string // at most 80 runes
	Style    ButtonStyle
	Action   Action
	Disabled bool
	Asks     bool // it asks the question on it, which may be long: on a row of its own
}

// Page is a position in a list.
type Page struct {
	Number, Of int // from 1
	Label      string
}

// Choice is a suggestion while somebody types.
type Choice struct {
	Label string // at most 100 runes
	Value string // at most 100 runes; what Filter.Article takes
}

// Form asks for one text.
type Form struct {
	Title       string // at most 45 runes
	Label       string // at most 45 runes
	Placeholder string // at most 100 runes
	Long        bool   // several lines
	Required    bool
	MaxLength   int // runes that may be entered
	Action      Action
}

// Opening is a thread to be opened. Once it is there, a Thread request with
// Action, made from the thread, gives its first message and takes the
// conversation there.
type Opening struct {
	Name   string // at most 100 runes
	Action Action
}

// Text is what the blocks say, a line each, without marks.
func (r *Reply) Text() string {
	var b strings.Builder
	for i, block := range r.Blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		for k, s := range block.Spans {
			if k > 0 && !s.Glued {
				b.WriteByte(' ')
			}
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// HasAnswer reports whether the articles were asked and answered from.
func (r *Reply) HasAnswer() bool { return r.Outcome == Answered || r.Outcome == Disputed }
