package bot

import (
	"context"
	"fmt"
	"strings"

	"parley/bot/phrases"
)

// job is one request being handled.
type job struct {
	*Bot
	Request
	say    *phrases.Speaker
	on     *live
	length int // of Text as it came in, in runes: what is too long is cut

	engine string // that was asked; empty where none was
	cached bool   // it had answered the same before
}

// handle does what the request asks for.
func (j *job) handle(ctx context.Context) (*Reply, error) {
	if refusal := j.mayManage(); refusal != nil {
		return refusal, nil
	}
	j.on = j.live.Load()
	if j.on == nil && j.Kind != Forget && j.Kind != Reload {
		return j.refuse("refused.loading", nil), nil
	}
	switch j.Kind {
	case Ask:
		return j.ask(ctx)
	case Cite:
		return j.cite(ctx)
	case Sources:
		return j.sources(ctx)
	case Check:
		return j.check(ctx)
	case Complete:
		return j.complete(), nil
	case Press:
		return j.press(ctx)
	case Submit:
		return j.submit(ctx)
	case Thread:
		return j.openThread(ctx)
	case Forget:
		return j.forget(ctx)
	case Help:
		return j.help(), nil
	case About:
		return j.about(), nil
	case Reload:
		return j.reload(ctx), nil
	case Status:
		return j.status(ctx)
	case Gaps:
		return j.gaps(ctx)
	}
	return nil, fmt.Errorf("handle request: no kind %q", j.Kind)
}

// mayManage returns nil when the user may make a request of this kind, else the
// refusal. The network's own right alone is not enough: the corpus is the same
// for all servers, and whoever runs a server need not run the bot.
func (j *job) mayManage() *Reply {
	switch {
	case !j.Kind.Manages():
		return nil
	case j.Place.Guild == "" || !j.User.Manager:
		return j.refuse("refused.right", nil)
	case !j.opts.Managers.Lists(j.User.ID, j.User.Roles):
		return j.refuse("refused.list", nil)
	}
	return nil
}

// alwaysPrivate reports whether replies of a kind are for the user alone.
func (k Kind) alwaysPrivate() bool {
	switch k {
	case Check, Forget, Help, About, Complete:
		return true
	}
	return k.Manages()
}

// refuse is a reply that says why there is no other.
func (j *job) refuse(key string, args phrases.Args) *Reply {
	r := &Reply{Outcome: Refused, Private: j.Private, Blocks: paragraphs(j.say.Say(key, args)), Why: whys[key]}
	if r.Why != "" {
		r.Wait = shortWait
	}
	return r
}

// tell is a reply of fixed sentences for the user alone.
func (j *job) tell(texts ...string) *Reply {
	return &Reply{Outcome: Told, Private: true, Blocks: paragraphs(texts...)}
}

// progress tells of a reply on the way.
func (j *job) progress(r *Reply) {
	if j.Progress != nil {
		r.Outcome, r.Private = Working, j.Private || j.Kind.alwaysPrivate()
		j.Progress(r)
	}
}

// paragraphs makes a block of each text that is not empty.
func paragraphs(texts ...string) []Block {
	var out []Block
	for _, t := range texts {
		if t != "" {
			out = append(out, plain(Paragraph, t))
		}
	}
	return out
}

// plain is a block of one text.
func plain(style Style, text string) Block { return Block{Style: style, Spans: []Span{{Text: text}}} }

// cut is the first n runes of a text.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// shorten cuts a text at a word border to at most n runes, marked by an ellipsis.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	short := cut(s, n)
	if short == s {
		return s
	}
	short = cut(short, n-1)
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}
