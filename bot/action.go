package bot

import (
	"errors"
	"strconv"
	"strings"
)

// Verb is what a button or a form does.
type Verb string

// The verbs. They are part of what stands in messages that the network keeps:
// their texts never change.
const (
	ShowSources Verb = "src"   // a cited passage in its context [Index counts the citations from 0]
	FollowUp    Verb = "ask"   // a form for a question that continues the conversation
	Helpful     Verb = "good"  // a vote
	NotHelpful  Verb = "bad"   // a vote, and a form that asks why
	Share       Verb = "share" // a private answer, for all to see
	Continue    Verb = "talk"  // the conversation in a thread of its own
	TurnPage    Verb = "page"  // another page of a list [Index is the page, from 0]
	Pick        Verb = "pick"  // asks a question that was offered [Index counts them from 0]
)

// Action is what a button or a form does and to what. [Action.String] is what
// the network keeps in the button; [ParseAction] makes it the same again, also
// after the bot was started anew.
type Action struct {
	Verb  Verb
	Ref   string // the stored answer or list it is about
	Index int    // of a citation or page, from 0
}

// actionVersion opens every action's text.
const actionVersion = "p1"

// MaxActionLength is the most bytes that [Action.String] has.
const MaxActionLength = 64

// ErrAction is returned for a text that is not an action of this bot.
var ErrAction = errors.New("not an action of this bot")

// String is an action as text of at most [MaxActionLength] bytes: letters,
// digits, dots and hyphens.
func (a Action) String() string {
	return actionVersion + "." + string(a.Verb) + "." + a.Ref + "." + strconv.Itoa(a.Index)
}

// IsZero reports whether there is no action.
func (a Action) IsZero() bool { return a == Action{} }

// OpensForm reports whether pressing a button with this action opens a form.
// Such a press must not be acknowledged in another way before its reply is there.
func (a Action) OpensForm() bool { return a.Verb == FollowUp || a.Verb == NotHelpful }

// Asks reports whether pressing a button with this action asks a question: the answer
// is for whoever sees the message with the button.
func (a Action) Asks() bool { return a.Verb == Pick }

// ParseAction reads what [Action.String] wrote. Anything else is [ErrAction],
// however it came about; whether Ref is of something stored is not checked here.
func ParseAction(s string) (Action, error) {
	parts := strings.Split(s, ".")
	if len(s) > MaxActionLength || len(parts) != 4 || parts[0] != actionVersion || !isRef(parts[2]) {
		return Action{}, ErrAction
	}
	verb := Verb(parts[1])
	switch verb {
	case ShowSources, FollowUp, Helpful, NotHelpful, Share, Continue, TurnPage, Pick:
	default:
		return Action{}, ErrAction
	}
	index, err := strconv.Atoi(parts[3])
	if err != nil || index < 0 || strconv.Itoa(index) != parts[3] {
		return Action{}, ErrAction
	}
	return Action{Verb: verb, Ref: parts[2], Index: index}, nil
}

// refLength is the length of a reference: 130 random bits in base 32.
const refLength = 26

func isRef(s string) bool {
	return len(s) == refLength && !strings.ContainsFunc(s, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '2' || r > '7') })
}
