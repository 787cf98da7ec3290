// Package library owns what parley answers from: the articles and the index
// over them.
//
// A [Snapshot] is one state of both. It never changes, so whoever holds one can
// go on using it while the next is made. [Build] makes one from what was read
// (snapshot.go, embed.go), [Save] writes what was costly about it to a file and
// [Open] makes it again from that file if the articles and the options are
// still the same (store.go, codec.go), and [Compare] says how two differ
// (diff.go). A [Source] is where the articles come from (source.go), and a
// [Library] puts the parts together: it holds the live snapshot and
// swaps it on [Library.Reload].
//
// With an embedder a snapshot ranks by its vectors (neural.go), of which none is
// asked for twice (known.go). While some are missing or queries cannot be embedded,
// LSA stands in, and [Library.Recover] brings the embedder back (recover.go).
package library

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Progress hears how far a stage of the work is. Calls do not overlap. Total is
// 0 for a stage that is not counted: then done is 0 when it starts and 1 when it
// has ended.
type Progress func(stage string, done, total int)

// BusyError is what a reload returns while another is under way.
type BusyError struct {
	Since time.Time // when the other began
}

func (e *BusyError) Error() string {
	return "a reload has been under way since " + e.Since.Format(time.TimeOnly)
}

// Library holds the live snapshot. It is safe for concurrent use.
type Library struct {
	source Source
	dir    string
	opts   Options
	live   atomic.Pointer[Snapshot]
	from   material      // of all its snapshots
	turn   chan struct{} // holds a value while one embeds passages

	mu       sync.Mutex
	since    time.Time // of the reload under way; zero when there is none
	degraded time.Time // since when the live snapshot is; zero when it is not
	cause    error     // what the embedder last failed with meanwhile
	unsaved  error     // why its vectors could not be saved the last time
}

// New returns a library that is empty until the first reload. It looks for
// a saved snapshot in dir, unless that is empty.
func New(source Source, dir string, opts Options) *Library {
	l := &Library{source: source, dir: dir, opts: opts, from: newMaterial(), turn: make(chan struct{}, 1)}
	if _, ok := source.(Talks); ok {
		l.from.learnTalks(&opts)
	}
	return l
}

// Snapshot returns the live snapshot, or nil before the first reload.
func (l *Library) Snapshot() *Snapshot { return l.live.Load() }

// Report is what a reload did.
type Report struct {
	Snapshot *Snapshot
	Diff     Diff // against what was live before
	State    State
	Saved    bool // with the vectors it asked for, in the library's folder
	Took     time.Duration
}

// Reload makes what the source holds now live, after asking the embedder, if there
// is one, for the vectors that are missing. When it fails the snapshot is a
// degraded one, and what it gave is kept for [Library.Recover]. With a folder it
// is saved there, too, also when the context ends.
//
// The snapshot of before stays live when a reload fails, and stays usable by
// those who hold it in any case. While another reload is under way it returns a
// [BusyError] at once.
func (l *Library) Reload(ctx context.Context, progress Progress) (*Report, error) {
	return l.reload(ctx, progress.locked(), l.embed)
}

// ReloadAtOnce is Reload that leaves asking the embedder to [Library.Recover]:
// where vectors are missing the snapshot is a degraded one.
func (l *Library) ReloadAtOnce(ctx context.Context, progress Progress) (*Report, error) {
	return l.reload(ctx, progress.locked(), nil)
}

// reload loads a snapshot, completes it by embed, which may be nil, and swaps.
func (l *Library) reload(
	ctx context.Context, progress Progress, embed func(context.Context, *Snapshot, Progress) (*Snapshot, bool, error),
) (*Report, error) {
	start := time.Now()
	if err := l.begin(start); err != nil {
		return nil, err
	}
	defer l.end()
	old := l.live.Load()
	then := embedLater
	if embed != nil {
		then = embedNow
	}
	s, state, err := l.load(ctx, old, then, progress)
	saved := false
	if err == nil && embed != nil && s.wants() {
		s, saved, err = embed(ctx, s, progress)
	}
	if err != nil {
		return nil, err
	}
	if state.Kind == Unchanged {
		l.live.CompareAndSwap(old, s)
		s = l.live.Load() // what Recover made of it meanwhile is as good
	} else {
		l.live.Store(s)
		l.from.known.retain(s.hashes)
		l.from.sentences.retain(s.sentenceHashes)
	}
	l.note(cmp.Or(errors.Unwrap(s.Degraded), l.Vectors().Err))
	return &Report{Snapshot: s, Diff: Compare(old, s), State: state, Saved: saved, Took: time.Since(start)}, nil
}

func (l *Library) begin(now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.since.IsZero() {
		return &BusyError{Since: l.since}
	}
	l.since = now
	return nil
}

func (l *Library) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.since = time.Time{}
}

// load returns the live snapshot if nothing has changed, else the saved one if
// it fits, else a new one.
func (l *Library) load(ctx context.Context, old *Snapshot, then next, progress Progress) (*Snapshot, State, error) {
	fingerprint, state := "", State{Kind: Missing, Reason: "no folder for snapshots is set"}
	if l.dir != "" && !l.opts.ReadOnly {
		tidy(l.dir)
	}
	// What is read of files says itself what it was: without anything to compare it
	// with they need not be read twice.
	if _, says := l.source.(*Files); old != nil || l.dir != "" || !says {
		var err error
		if fingerprint, err = l.source.Fingerprint(ctx); err != nil {
			return nil, State{}, err
		}
	}
	if old != nil && old.Fingerprint == fingerprint {
		return old, State{Kind: Unchanged}, nil
	}
	if l.dir != "" {
		s, opened, err := open(ctx, l.dir, fingerprint, &l.opts, l.from, then, progress)
		if s != nil || err != nil {
			return s, opened, err
		}
		state = opened
	}
	reading, err := l.source.Read(ctx, func(done, total int) { progress.step("reading", done, total) })
	if err != nil {
		return nil, state, err
	}
	// What has changed since the fingerprint was taken is in the reading, and in
	// the fingerprint of what was read.
	if reading.Fingerprint != "" {
		fingerprint = reading.Fingerprint
	}
	s, err := build(ctx, reading, fingerprint, &l.opts, l.from, then, progress)
	return s, state, err
}

// step calls a progress function that may be nil.
func (p Progress) step(stage string, done, total int) {
	if p != nil {
		p(stage, done, total)
	}
}

// locked returns a progress function whose calls do not overlap.
func (p Progress) locked() Progress {
	if p == nil {
		return nil
	}
	var mu sync.Mutex
	return func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		p(stage, done, total)
	}
}
