package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/bot/answer"
	"parley/retrieval/library"
)

type checkCmd struct{}

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
func (checkCmd) Run(ctx context.Context, a *app) error {
	out := checkJSON{OK: true, Checks: a.check(ctx)}
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

// check tries one thing after the other; what builds on a broken one is left out.
func (a *app) check(ctx context.Context) []finding {
	var out []finding
	add := func(what string, err error, says string) bool {
		f := finding{What: what, OK: err == nil, Says: says, Hints: []string{}}
		if err == nil {
			out = append(out, f)
			return true
		}
		parts, ok := errors.AsType[several](err)
		if !ok {
			parts = several{err}
		}
		for _, e := range parts {
			f.Says, f.Hints = e.Error(), []string{}
			if h, ok := errors.AsType[*hinted](e); ok {
				f.Hints = h.hints
			}
			out = append(out, f)
		}
		return false
	}
	cfg, err := a.config()
	says := "no file: everything has its default"
	if a.flags.Config != "" {
		says = a.flags.Config + " is in order"
	}
	if !add("configuration", err, says) {
		return out
	}
	if cfg.Data != "" {
		add("snapshot folder", writable(cfg.Data), "can be written: "+cfg.Data)
	}
	report, err := a.reload(ctx, cfg)
	if err != nil {
		add("articles", err, "")
		return out
	}
	reading := report.Snapshot.Reading
	add("articles", nil, count(len(reading.Articles), "article", "articles")+" from "+count(reading.Files, "file", "files"))
	var refused several
	for _, r := range reading.Refused {
		refused = append(refused, hint(errors.New(r.String()), "correct it or take it out; the other articles are answered from"))
	}
	if len(refused) > 0 {
		add("articles", refused, "")
	}
	if cfg.Data != "" {
		add("snapshot", nil, snapshotState(report.State))
	}
	s := newStack(cfg, report.Snapshot)
	got, took, err := s.ask(ctx, answer.Question{Text: reading.Articles[0].Title + "?"})
	if err == nil {
		says = fmt.Sprintf("a question took %s", milliseconds(took))
		if got.Engine != "" {
			says += ", engine " + got.Engine
		}
	}
	add("answers", err, says)
	return out
}

// snapshotState says what became of the saved snapshot.
func snapshotState(s library.State) string {
	if s.Kind == library.Usable {
		return "opened"
	}
	return s.Reason + "; parley index makes a new one"
}

// writable tries to write where the snapshot goes: in the folder, or in the
// nearest one above it that is there, in which it will be made.
func writable(dir string) error {
	for {
		_, err := os.Stat(dir)
		if parent := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && parent != dir {
			dir = parent
			continue
		}
		break
	}
	f, err := os.CreateTemp(dir, ".check-*")
	if err != nil {
		return hint(err, "give the user who runs parley the right to write there, or name another folder with --data")
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
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
