package discordtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Interaction types.
const (
	interactionCommand   = 2
	interactionComponent = 3
	interactionComplete  = 4
	interactionModal     = 5
)

// How long an interaction waits for its acknowledgement, and how long its
// token then lives.
const (
	ackWithin = 3 * time.Second
	tokenLife = 15 * time.Minute
)

// Interaction is something a user did with the application, and what came of
// it.
type Interaction struct {
	ID, Token string
	User      *User
	Channel   *Channel

	d        *Discord
	kind     int
	data     object
	source   *message  // of a component's interaction
	dead     bool      // it was too late before it arrived
	taken    bool      // somebody else has acknowledged it
	created  time.Time // by Discord's clock
	sent     time.Time
	reached  int  // how many sessions it was sent to, or waits for
	lost     bool // with its connection, before it was acknowledged
	harmed   bool // a fault has met a request about it
	checked  bool
	acked    bool
	callback int
	latency  time.Duration
	original *message
	follow   []*message
	choices  []Choice
	modal    *Modal
	touched  time.Time
	changed  signal
}

// Modal is a form shown to a user.
type Modal struct {
	CustomID, Title string
	Inputs          []Component
}

// ask makes an interaction known and sends it to the bot. Callers hold d.mu.
func (d *Discord) ask(it *Interaction) *Interaction {
	it.d, it.ID, it.Token = d, d.id(), rand.Text()+rand.Text()
	it.created, it.sent = d.now(), time.Now()
	it.touched = it.sent
	if it.dead {
		it.created = it.created.Add(-ackWithin - time.Millisecond)
	}
	it.acked = it.taken
	if it.taken {
		it.callback = callbackDeferred
	}
	d.interactions[it.Token] = it
	d.asked = append(d.asked, it.Token)
	live, waiting := d.dispatch(it.Channel.guild, 0, "INTERACTION_CREATE", func(int) object { return it.payload() })
	it.reached, it.lost = live+waiting, live == 0
	d.forget()
	return it
}

// owners says who installed the application where this happens.
func (it *Interaction) owners() object {
	switch {
	case it.Channel.guild != nil && it.Channel.guild.hasBot:
		return object{"0": it.Channel.guild.ID}
	case it.Channel.guild == nil && it.Channel.with(it.d.bot):
		return object{"0": "0"}
	}
	return object{"1": it.User.ID}
}

// userInstalled says whether the application is there for this user alone.
func (it *Interaction) userInstalled() bool { return has(it.owners(), "1") }

// context is Discord's number for where an interaction happens.
func (c *Channel) context() int {
	switch {
	case c.guild != nil:
		return 0
	case c.with(c.d.bot):
		return 1
	}
	return 2
}

func (it *Interaction) payload() object {
	d, c := it.d, it.Channel
	perms := c.permissions()
	if it.userInstalled() {
		perms = PermEmbedLinks | PermAttachFiles
	}
	o := object{
		"id": it.ID, "application_id": d.appID, "type": it.kind, "token": it.Token, "version": 1, "data": it.data,
		"channel_id": c.ID, "channel": c.payload(), "locale": it.User.locale, "context": c.context(),
		"app_permissions": bits(perms), "authorizing_integration_owners": it.owners(), "entitlements": []any{},
		"attachment_size_limit": 10 << 20,
	}
	if c.guild != nil {
		member := it.User.member(c.guild, c)
		member["user"] = it.User.payload()
		o["member"], o["guild_id"], o["guild_locale"] = member, c.guild.ID, c.guild.Locale
		o["guild"] = object{"id": c.guild.ID, "locale": c.guild.Locale, "features": []any{}}
	} else {
		o["user"] = it.User.payload()
	}
	if it.source != nil {
		o["message"] = it.source.payload()
	}
	return o
}

// touch notes that something came of the interaction.
func (it *Interaction) touch() {
	it.touched = time.Now()
	it.changed.wake()
}

// expired says whether the token has died. Callers hold d.mu.
func (it *Interaction) expired() bool { return it.d.now().Sub(it.created) > tokenLife }

// checkUnanswered records what users would see as a bot that does not answer.
// Callers hold d.mu.
func (it *Interaction) checkUnanswered() {
	if it.checked || it.reached == 0 || it.dead || it.taken || it.harmed {
		return
	}
	it.checked = true
	where := "interaction " + it.ID
	switch {
	case !it.acked && !it.lost:
		it.d.violate(RuleSilent, where, "of type %d by %s was never acknowledged", it.kind, it.User.Name)
	case it.acked && it.callback == callbackDeferred && it.original.flags&FlagLoading != 0 && !it.original.deleted:
		it.d.violate(RuleThinking, where, "of type %d by %s was deferred and never answered", it.kind, it.User.Name)
	}
}

var errNotSent = errors.New("the interaction reached no connection of the bot")

// Acked is the time from the interaction's sending to its acknowledgement, and
// whether there is one.
func (it *Interaction) Acked() (time.Duration, bool) {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	return it.latency, it.acked
}

// Reached is how many of the bot's gateway sessions got the interaction, or will
// when they resume.
func (it *Interaction) Reached() int {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	return it.reached
}

// Callback is the type of the bot's callback, 0 before there is one.
func (it *Interaction) Callback() int {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	return it.callback
}

// WaitAck waits for the acknowledgement.
func (it *Interaction) WaitAck(ctx context.Context) error {
	return it.wait(ctx, func() bool { return it.acked })
}

// wait waits for ok, called with d.mu held, which can only come true when the
// bot knows of the interaction.
func (it *Interaction) wait(ctx context.Context, ok func() bool) error {
	if it.Reached() == 0 {
		return errNotSent
	}
	return it.d.await(ctx, &it.changed, ok)
}

// Final waits for the answer and, with its edits, until it rests for
// Options.Settle (or looks complete, see Options.Done). For a callback that
// updates, the answer is the message that was updated. It fails the test, and
// returns the zero Message, when ctx ends before.
func (it *Interaction) Final(ctx context.Context) Message {
	it.d.tb.Helper()
	err := it.wait(ctx, func() bool { return it.answered() || it.callback >= callbackChoices })
	if err == nil && it.Callback() >= callbackChoices {
		err = fmt.Errorf("callback of type %d", it.Callback())
	}
	if err != nil {
		it.d.tb.Errorf("discordtest: no answer to interaction %s of type %d by %s: %v", it.ID, it.kind, it.User.Name, err)
		return Message{}
	}
	return it.d.settled(ctx, &it.changed, func() (Message, time.Time) { return it.original.view(), it.touched })
}

func (it *Interaction) answered() bool {
	if it.original == nil || it.callback == callbackDeferredUpdate && it.original.since().Before(it.sent) {
		return false
	}
	return it.original.flags&FlagLoading == 0 || it.original.deleted
}

// Until waits for an answer of which ok is true. It fails the test when ctx
// ends before.
func (it *Interaction) Until(ctx context.Context, ok func(Message) bool) Message {
	it.d.tb.Helper()
	var found Message
	err := it.wait(ctx, func() bool {
		if it.original == nil {
			return false
		}
		found = it.original.view()
		return ok(found)
	})
	if err != nil {
		it.d.tb.Errorf("discordtest: interaction %s never came to what was awaited: %v", it.ID, err)
	}
	return found
}

// Response is the answer as it stands, the zero Message when there is none.
func (it *Interaction) Response() Message {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	if it.original == nil {
		return Message{}
	}
	return it.original.view()
}

// Followups are the further messages of the interaction, oldest first.
func (it *Interaction) Followups() []Message {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	var out []Message
	for _, m := range it.follow {
		if !m.deleted {
			out = append(out, m.view())
		}
	}
	return out
}

// Choices waits for the choices that autocomplete offers. It fails the test
// when ctx ends before.
func (it *Interaction) Choices(ctx context.Context) []Choice {
	it.d.tb.Helper()
	if err := it.WaitAck(ctx); err != nil {
		it.d.tb.Errorf("discordtest: no choices: %v", err)
	}
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	return slices.Clone(it.choices)
}

// Modal waits for the form that the interaction opens. It fails the test when
// ctx ends before or something else comes.
func (it *Interaction) Modal(ctx context.Context) Modal {
	it.d.tb.Helper()
	err := it.WaitAck(ctx)
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	if it.modal == nil {
		it.d.tb.Errorf("discordtest: no modal but callback %d: %v", it.callback, err)
		return Modal{}
	}
	return *it.modal
}

// Latencies are the times to acknowledgement of all interactions so far, in
// the order in which they came.
func (d *Discord) Latencies() []time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.latencies)
}

// Quantile is the exact q-quantile of times, q from 0 to 1: the smallest that
// is not below a share q of them. 0 for none.
func Quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	rank := int(q*float64(len(sorted)) + 0.999999999)
	return sorted[min(max(rank, 1), len(sorted))-1]
}
