package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What waits for the disk is kept in memory meanwhile: an answer never waits. The
// figures are judgements.
const (
	// mostWaiting is how many writes are kept at most; what comes later is lost, and
	// counted. A state has some ten kilobytes.
	mostWaiting = 10_000
	// mostAtOnce is how many writes one transaction has.
	mostAtOnce = 256
	// patience is how long a vote, say, waits to be on the disk before its user hears
	// that it is not there yet.
	patience = 2 * time.Second
	// retryFirst and retryLast are how long the writer waits after a failure, twice as
	// long each time.
	retryFirst, retryLast = 50 * time.Millisecond, time.Second
	// closing is how long Close waits for what is not written yet.
	closing = 5 * time.Second
)

// ErrLate is returned for what is not on the disk yet. It is kept, and will be
// written when that can be done, unless the process ends before.
var ErrLate = errors.New("not on the disk yet")

// errDropped says that a write was dropped, so that the others can be done.
var errDropped = errors.New("a write was dropped")

// errLost is returned for what was not kept: too much waits for the disk.
var errLost = errors.New("not kept: too much waits for the disk")

// write is one statement that waits for the disk.
type write struct {
	query string
	args  []any
	row   bool       // it adds a row
	state *State     // that it writes
	spent *spending  // that it writes
	done  chan error // gets its end, if somebody waits
}

// writer does the writes of a store, one after the other, by itself.
type writer struct {
	db    *sql.DB
	after func(done []*write) // is told what is on the disk

	mu      sync.Mutex
	waiting []*write
	under   []*write          // being written
	states  map[string]*State // that wait, by reference
	lost    int
	failure error // of the last try; nil after a success
	closed  bool

	wake chan struct{}
	end  context.CancelFunc
	done chan struct{}
}

func startWriter(db *sql.DB, after func(done []*write)) *writer {
	ctx, end := context.WithCancel(context.Background())
	w := &writer{db: db, after: after, states: map[string]*State{}, wake: make(chan struct{}, 1), end: end, done: make(chan struct{})}
	go w.run(ctx)
	return w
}

// add has a write be done. It does not wait.
func (w *writer) add(one *write) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.addLocked(one)
}

func (w *writer) addLocked(one *write) error {
	if w.closed {
		return sql.ErrConnDone
	}
	if len(w.waiting)+len(w.under) >= mostWaiting {
		w.lost++
		return errLost
	}
	w.waiting = append(w.waiting, one)
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return nil
}

// put has a state be written, which is read from memory until it is.
func (w *writer) put(st *State) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.putLocked(st)
}

func (w *writer) putLocked(st *State) error {
	const query = "INSERT OR REPLACE INTO states (ref, kind, owner, private, data, at) VALUES (?, ?, ?, ?, ?, ?)"
	args := []any{st.Ref, st.Kind, st.Owner, st.Private, st.Data, st.At.Unix()}
	if err := w.addLocked(&write{query: query, args: args, row: true, state: st}); err != nil {
		return err
	}
	w.states[st.Ref] = st
	return nil
}

// state is a state that is not on the disk yet.
func (w *writer) state(ref string) (State, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if st := w.states[ref]; st != nil {
		return *st, true
	}
	return State{}, false
}

// wait has a write be done, and waits for it.
func (w *writer) wait(ctx context.Context, one *write) error {
	one.done = make(chan error, 1)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.add(one); err != nil {
		return err
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case err := <-one.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-late.C:
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.failure != nil {
			return fmt.Errorf("%w: %w", ErrLate, w.failure)
		}
		return ErrLate
	}
}

// settle waits until what was to be written when it was called is on the disk, for as
// long as there is patience.
func (w *writer) settle(ctx context.Context) {
	w.mu.Lock()
	idle := len(w.waiting)+len(w.under) == 0
	w.mu.Unlock()
	if !idle {
		_ = w.wait(ctx, &write{query: "SELECT 1"})
	}
}

// run writes what waits until ctx ends, and then what is left for as long as closing.
func (w *writer) run(ctx context.Context) {
	defer close(w.done)
	pause := retryFirst
	for {
		if !w.take() {
			select {
			case <-ctx.Done():
				return
			case <-w.wake:
			}
			continue
		}
		err := w.commit()
		switch done := w.settled(err); {
		case done != nil:
			w.after(done)
			fallthrough
		case errors.Is(err, errDropped):
			pause = retryFirst
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			pause = min(2*pause, retryLast)
		}
	}
}

// take puts writes under way. It reports false when there are none.
func (w *writer) take() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.under) == 0 {
		n := min(mostAtOnce, len(w.waiting))
		w.under, w.waiting = w.waiting[:n:n], w.waiting[n:]
	}
	return len(w.under) > 0
}

// commit does the writes under way in one transaction. One that can never be done is
// lost, so that it does not keep the others waiting.
func (w *writer) commit() error {
	ctx := context.Background() // SQLite itself gives up waiting for a lock
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for i, one := range w.under {
		if _, err := tx.ExecContext(ctx, one.query, one.args...); err != nil {
			if never(err) {
				w.drop(i, err)
				err = errDropped
			}
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// never reports whether a statement is itself what is wrong.
func never(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch e.Code() & 0xff { // the rest tells kinds of one error apart
	case lib.SQLITE_ERROR, lib.SQLITE_CONSTRAINT, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG, lib.SQLITE_RANGE, lib.SQLITE_MISUSE:
		return true
	}
	return false
}

// drop takes a write that cannot be done from those under way.
func (w *writer) drop(i int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	one := w.under[i]
	w.under = slices.Delete(w.under, i, i+1)
	w.lost++
	w.forget(one)
	if one.done != nil {
		one.done <- err
	}
}

// forget drops the state of a write from memory, unless a later one has written it.
func (w *writer) forget(one *write) {
	if st := one.state; st != nil && w.states[st.Ref] == st {
		delete(w.states, st.Ref)
	}
}

// settled takes the writes that are done off the queue, tells who waits, and returns
// them. After a failure they are tried again, and none are returned.
func (w *writer) settled(err error) []*write {
	w.mu.Lock()
	defer w.mu.Unlock()
	if errors.Is(err, errDropped) {
		return nil // what is wrong is not the disk
	}
	if w.failure = err; err != nil {
		return nil
	}
	done := w.under
	for _, one := range done {
		w.forget(one)
		if one.done != nil {
			one.done <- nil // it has room
		}
	}
	w.under = nil
	return done
}

// close ends the writer after what waits has been written, or after closing.
func (w *writer) close() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		<-w.done
		return nil
	}
	w.closed = true
	written := make(chan error, 1)
	last := &write{query: "SELECT 1", done: written}
	w.waiting = append(w.waiting, last)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
	select {
	case err := <-written:
		if err != nil {
			w.end()
			<-w.done
			return err
		}
	case <-time.After(closing):
	}
	w.end()
	<-w.done
	w.mu.Lock()
	defer w.mu.Unlock()
	left := slices.DeleteFunc(slices.Concat(w.under, w.waiting), func(one *write) bool { return one == last })
	if len(left) == 0 {
		return nil
	}
	w.lost += len(left)
	return fmt.Errorf("%d rows were not written: %w", len(left), w.failure)
}
