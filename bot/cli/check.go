package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/discord"
	"parley/bot/watch"
	"parley/corpus/read/files"
	"parley/retrieval/library"
)

type checkCmd struct {
	Running string `placeholder:"ADDRESS" help:"Ask the bot that serves its figures there whether it is ready, and nothing else."`
}

// finding is what check says about one thing.
type finding struct {
	What  string   `json:"what"`
	OK    bool     `json:"ok"`
	Says  string   `json:"says"`
	Hints []string `json:"hints"` // what to do
}

type checkJSON struct {
	OK     bool      `json:"ok"`
	Checks []finding `json:"checks"`
}

// errBroken ends a check that found something: what it is has been said.
var errBroken = errors.New("something does not work: see above")

// Run tries everything that is configured, without changing anything.
func (cmd checkCmd) Run(ctx context.Context, a *app) error {
	out := checkJSON{OK: true, Checks: cmd.try(ctx, a)}
	for _, f := range out.Checks {
		out.OK = out.OK && f.OK
	}
	if a.flags.JSON {
		if err := a.out.object(out); err != nil {
			return err
		}
	} else {
		for _, f := range out.Checks {
			a.out.finding(f)
		}
	}
	if !out.OK {
		return errBroken
	}
	return nil
}

// try asks the running bot, or tries everything.
func (cmd checkCmd) try(ctx context.Context, a *app) findings {
	if cmd.Running != "" {
		return a.running(ctx, cmd.Running)
	}
	return a.check(ctx)
}

// check tries one thing after the other; what builds on a broken one is left out.
func (a *app) check(ctx context.Context) (found findings) {
	cfg, err := a.config()
	says := "no file: everything has its default"
	if a.flags.Config != "" {
		says = a.flags.Config + " is in order"
	}
	if !found.add("configuration", err, says) {
		return found
	}
	if cfg.Data != "" {
		says, err := probeFolder(cfg.Data)
		found.add("snapshot folder", err, says)
	}
	// Vectors are not asked for: a few are enough to see whether they can be had.
	report, err := a.load(ctx, cfg, reloadAtOnce)
	if err != nil {
		found.add("articles", err, "")
		return found
	}
	reading := report.Snapshot.Reading
	found.add("articles", nil, count(len(reading.Articles), "article", "articles")+" from "+count(reading.Files, "file", "files"))
	for _, r := range reading.Refused {
		found.add("articles", hint(errors.New(r.String()), "correct it or take it out; the other articles are answered from"), "")
	}
	if cfg.Data != "" {
		found.add("snapshot", nil, snapshotState(report.State))
	}
	if broken := a.checkModels(ctx, &cfg, &found); broken {
		return a.checkDiscord(ctx, cfg, found)
	}
	st, err := a.newStack(cfg, report.Snapshot)
	if err != nil {
		found.add("answers", err, "")
		return found
	}
	got, took, err := st.ask(ctx, answer.Question{Text: reading.Articles[0].Title + "?"})
	if err == nil {
		says = fmt.Sprintf("a question took %s, engine %s", milliseconds(took), got.Engine)
	}
	found.add("answers", err, says)
	return a.checkDiscord(ctx, cfg, found)
}

// checkModels tries what the endpoint of the models can do. It reports whether
// there is no use in asking it a question.
func (a *app) checkModels(ctx context.Context, cfg *Config, found *findings) (broken bool) {
	if !cfg.OpenAI.on() {
		found.add("models", nil, "none: answers are quotations, vectors are made in the program")
		return false
	}
	models, err := a.endpoints(cfg, a.quietLogger())
	if err != nil {
		return !found.add("models", err, "")
	}
	for _, client := range models.all() {
		report := client.Probe(ctx)
		for _, c := range report.Checks {
			f := finding{What: c.Name, OK: c.OK, Says: c.Says, Hints: []string{}}
			if c.Hint != "" {
				f.Hints = append(f.Hints, c.Hint)
			}
			*found = append(*found, f)
		}
		broken = broken || !report.OK()
	}
	return broken
}

// checkDiscord asks Discord about the bot, when there is a token.
func (a *app) checkDiscord(ctx context.Context, cfg Config, found findings) findings {
	if a.env.Getenv(tokenKey) == "" && a.env.Getenv(tokenFileKey) == "" {
		found.add("Discord", nil, "not asked: "+tokenKey+" is not set, which parley serve needs")
		return found
	}
	report, err := a.inspect(ctx, cfg)
	if !found.add("Discord", explain(err), "") {
		return found
	}
	found[len(found)-1].Says = "the token is that of " + report.Name + ", application " + report.ID
	err = nil
	if report.Endpoint != "" {
		err = hint(fmt.Errorf("interactions go to %s, so that parley hears of none", report.Endpoint),
			"empty the field Interactions Endpoint URL in the developer portal (General Information)")
	}
	found.add("interactions", err, "come over the gateway")
	says := "are registered"
	if !report.Registered {
		says = "are not those of this version; parley commands registers them, and so does parley serve"
	}
	found.add("commands", nil, says)
	found.add("sessions", nil, fmt.Sprintf("%d of %d a day are left, %s recommended", report.Start.Remaining, report.Start.Total, count(report.Start.Shards, "shard is", "shards are")))
	for _, s := range report.Servers {
		found.server(s)
	}
	if report.MoreServers {
		found.add("servers", nil, "there are more; only these were looked at")
	}
	if len(report.Servers) == 0 {
		found.add("servers", nil, "the bot is on none yet: open the server link below")
	}
	found.add("server link", nil, report.ServerLink)
	if report.UserLink != "" {
		found.add("user link", nil, report.UserLink)
	}
	return found
}

// inspect asks Discord about the bot.
func (a *app) inspect(ctx context.Context, cfg Config) (*discord.Report, error) {
	token, err := a.token()
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.DiscardHandler)
	cfg.Data = "" // a store that is in use is left alone
	bare := *a
	bare.models = &endpoints{} // they have been tried
	b, err := bare.bot(ctx, cfg, &watched{Watch: watch.New()}, quiet)
	if err != nil {
		return nil, err
	}
	defer a.closeBot(b, quiet)
	ctx, cancel := context.WithTimeout(ctx, inspectTimeout)
	defer cancel()
	return discord.Inspect(ctx, cfg.discord(token, b, quiet))
}

// inspectTimeout bounds asking Discord. A judgement.
const inspectTimeout = 30 * time.Second

type findings []finding

// add notes what became of one thing, and reports whether it works. Several
// errors are a finding each.
func (f *findings) add(what string, err error, says string) bool {
	if err == nil {
		*f = append(*f, finding{What: what, OK: true, Says: says, Hints: []string{}})
		return true
	}
	parts, ok := errors.AsType[several](err)
	if !ok {
		parts = several{err}
	}
	for _, e := range parts {
		broken := finding{What: what, Says: e.Error(), Hints: []string{}}
		if h, ok := errors.AsType[*hinted](e); ok {
			broken.Hints = h.hints
		}
		*f = append(*f, broken)
	}
	return false
}

// server says what the bot lacks on a server, and in which of its channels.
func (f *findings) server(s discord.Server) {
	what := "server " + clip(s.Name)
	var err error
	if len(s.Missing) > 0 {
		err = hint(errors.New("lacks "+strings.Join(s.Missing, ", ")), "give the bot's role these rights (Server Settings, Roles), or open the server link below once more")
	}
	f.add(what, err, "has all the rights it needs")
	for _, c := range s.Channels {
		f.add(what, hint(fmt.Errorf("lacks %s in #%s", strings.Join(c.Missing, ", "), clip(c.Name)), "allow the bot's role that (Edit Channel, Permissions)"), "")
	}
}

// snapshotState says what became of the saved snapshot.
func snapshotState(s library.State) string {
	if s.Kind == library.Usable {
		return "opened"
	}
	return s.Reason + "; parley index makes a new one"
}

// probeFolder tries whether what goes into a folder can be written: there, or
// where the folder will be made.
func probeFolder(dir string) (says string, err error) {
	says = "can be written: " + files.Quote(dir)
	err = library.Probe(dir)
	for at := dir; errors.Is(err, fs.ErrNotExist) && filepath.Dir(at) != at; {
		at = filepath.Dir(at)
		says = "is not there: " + files.Quote(dir) + "; it can be made, and begins empty"
		err = library.Probe(at)
	}
	if err != nil {
		err = hint(err, "give the user who runs parley the right and the room to write there, or name another folder with --data")
	}
	return says, err
}

// finding writes one line of a check, and what to do.
func (o *output) finding(f finding) {
	state := o.mark("ok     ")
	if !f.OK {
		state = o.warn("broken ")
	}
	first := state + fmt.Sprintf("%-16s", f.What)
	indent := fmt.Sprintf("%23s", "")
	o.wrap(first, indent, f.Says, nil)
	for _, h := range f.Hints {
		o.wrap(indent+"→ ", indent+"  ", h, nil)
	}
}
