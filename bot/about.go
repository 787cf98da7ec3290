package bot

import (
	"context"
	"time"

	"parley/bot/phrases"
)

// help says what can be done.
func (j *job) help() *Reply {
	command := func(key, name string) Block {
		return plain(Bullet, j.say.Say(key, phrases.Args{"Command": j.say.Say("command."+name+".name", nil)}))
	}
	conversation := j.say.Say("help.conversation", phrases.Args{
		"Quiet": j.say.Span(j.opts.Quiet), "Command": j.say.Say("command.forget.name", nil),
	})
	return &Reply{Outcome: Told, Private: true, Title: j.say.Say("help.title", nil), Blocks: []Block{
		plain(Paragraph, j.say.Say("help.intro", nil)),
		command("help.ask", "ask"),
		plain(Bullet, j.say.Say("help.mention", nil)),
		command("help.cite", "cite"),
		command("help.sources", "sources"),
		command("help.check", "check"),
		plain(Bullet, conversation),
		command("help.about", "about"),
	}}
}

// about says what the bot knows, how fresh it is, and what it stores.
func (j *job) about() *Reply {
	r := &Reply{Outcome: Told, Private: true, Title: j.say.Say("about.title", nil)}
	r.Blocks = paragraphs(j.say.Say("help.intro", nil), j.known())
	fresh := j.say.Say("about.undated", nil)
	if oldest, newest, ok := j.on.catalogue.Dates(); ok {
		fresh = j.say.Say("about.dates", phrases.Args{"Oldest": j.say.Date(oldest), "Newest": j.say.Date(newest)})
	}
	read := j.started
	if last := j.keeper.LastReload(); !last.At.IsZero() {
		read = last.At
	}
	r.Blocks = append(r.Blocks, paragraphs(fresh, j.say.Say("about.read", phrases.Args{"Ago": j.say.Span(time.Since(read))}))...)
	if model := j.opts.Writer; model != "" {
		r.Blocks = append(r.Blocks, plain(Paragraph, j.say.Say("about.written", phrases.Args{"Engine": model})))
	}
	r.Blocks = append(r.Blocks, plain(Paragraph, j.say.Say("about.quotes", nil)), plain(Heading, j.say.Say("about.stored", nil)))
	days := phrases.Args{"Days": int(j.opts.Retention / (24 * time.Hour))}
	stored := []string{
		j.say.Say("about.states", days), j.say.Say("about.votes", days), j.say.Say("about.users", nil),
		j.say.Say("about.conversations", phrases.Args{"Quiet": j.say.Span(j.opts.Quiet)}),
	}
	if !j.store.OnDisk() {
		stored = append(stored, j.say.Say("about.memory", nil))
	}
	stored = append(stored, j.say.Say("about.forget", phrases.Args{"Command": j.say.Say("command.forget.name", nil)}))
	for _, line := range stored {
		r.Blocks = append(r.Blocks, plain(Bullet, line))
	}
	return r
}

// forget drops the user's conversations, votes and unanswered questions.
func (j *job) forget(ctx context.Context) (*Reply, error) {
	j.talks.Forget(j.User.ID, j.store.User(j.User.ID))
	if err := j.store.Forget(ctx, j.store.User(j.User.ID)); err != nil {
		return nil, err
	}
	return j.tell(j.say.Say("forget.done", nil)), nil
}
