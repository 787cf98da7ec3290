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
		found.add("snapshot folder", writable(cfg.Data), "can be written: "+cfg.Data)
	}
	report, err := a.reload(ctx, cfg)
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
	st, err := newStack(cfg, report.Snapshot)
	if err != nil {
		found.add("answers", err, "")
		return
	}
	got, took, err := st.ask(ctx, answer.Question{Text: reading.Articles[0].Title + "?"})
	if err == nil {
		says = fmt.Sprintf("a question took %s, engine %s", milliseconds(took), got.Engine)
	}
	found.add("answers", err, says)
	return found
}

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
