package manage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"parley/bot/store"
	"parley/retrieval/library"
)

// reloads are what is known about reloads. The zero value is ready for use.
type reloads struct {
	mu   sync.Mutex
	who  string     // who started the one under way
	busy time.Time  // since when one is under way; zero when none is
	last LastReload // the last one that succeeded
}

// LastReload is the last reload that succeeded.
type LastReload struct {
	At   time.Time // zero when there was none
	Who  string    // empty for the system
	Took time.Duration
}

// BusyError is what [Keeper.Reload] returns while another reload is under way.
type BusyError struct {
	Since time.Time
	Who   string // empty for the system
}

func (e *BusyError) Error() string {
	return "a reload has been under way since " + e.Since.Format(time.TimeOnly)
}

// Reload reads the articles again and makes them live. When it fails those of
// before stay. Who is told to those who want to reload meanwhile, and in the
// status; empty means the system. Progress may be nil.
func (k *Keeper) Reload(ctx context.Context, who string, progress library.Progress) (report *library.Report, err error) {
	if err := k.reloads.begin(who); err != nil {
		return nil, err
	}
	defer k.reloads.end()
	// Files of all kinds are taken apart here, and a signal starts it, too, where
	// nobody else recovers.
	defer func() {
		if p := recover(); p != nil {
			report, err = nil, fmt.Errorf("reload articles: panic: %v\n%s", p, debug.Stack())
		}
	}()
	k.probeFolder() // before something makes the folder anew
	load := k.opts.Library.Reload
	if k.opts.Library.Snapshot() == nil || !k.Vectors().Since.IsZero() {
		// Embedding everything takes long, and an embedder that is down even longer:
		// Run does it while people are answered.
		load = k.opts.Library.ReloadAtOnce
	}
	if report, err = load(ctx, progress); err != nil {
		return nil, fmt.Errorf("reload articles: %w", err)
	}
	k.opts.Live()
	k.lookAfterEmbedder()
	k.reloads.done(who, report.Took)
	k.log.Info("articles reloaded", "articles", len(report.Snapshot.Corpus.Articles), "added", len(report.Diff.Added),
		"changed", len(report.Diff.Changed), "removed", len(report.Diff.Removed), "refused", len(report.Snapshot.Reading.Refused), "took", report.Took)
	k.saveSnapshot(report)
	return report, nil
}

// probeFolder tells the log when what is kept can no longer be: people are answered
// all the same. What is stored is looked at, too: saving a snapshot makes a folder
// anew that somebody took away, and the store goes on in the old one.
func (k *Keeper) probeFolder() {
	if k.opts.Data == "" {
		return
	}
	stored, missing := os.Stat(filepath.Join(k.opts.Data, store.FileName))
	if k.stored == nil {
		k.stored = stored
	}
	err := library.Probe(k.opts.Data)
	switch gone := k.stored != nil && (missing != nil || !os.SameFile(k.stored, stored)); {
	case gone || errors.Is(err, fs.ErrNotExist):
		k.log.Warn("data folder is gone or another one: what is stored now is lost at the end, restart when it is there", "folder", k.opts.Data, "error", errors.Join(err, missing))
	case err != nil:
		k.log.Warn("data folder cannot be written: nothing new is kept until it can", "folder", k.opts.Data, "error", err)
	}
}

// saveSnapshot keeps what was costly for the next start.
func (k *Keeper) saveSnapshot(r *library.Report) {
	fresh := r.State.Kind != library.Usable && r.State.Kind != library.Unchanged
	if k.opts.Data == "" || !fresh || r.Saved || r.Snapshot.Reading.Bytes < library.WorthSaving {
		return
	}
	if err := library.Save(k.opts.Data, r.Snapshot); err != nil {
		k.log.Warn("snapshot not saved", "error", err)
	}
}

// LastReload is the last reload that succeeded.
func (k *Keeper) LastReload() LastReload {
	k.reloads.mu.Lock()
	defer k.reloads.mu.Unlock()
	return k.reloads.last
}

func (r *reloads) begin(who string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.busy.IsZero() {
		return &BusyError{Since: r.busy, Who: r.who}
	}
	r.busy, r.who = time.Now(), who
	return nil
}

func (r *reloads) done(who string, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = LastReload{At: time.Now(), Who: who, Took: took}
}

func (r *reloads) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy = time.Time{}
}
