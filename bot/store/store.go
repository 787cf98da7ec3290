// Package store keeps what the bot must remember beyond one request: what its
// buttons refer to, votes, and questions that it could not answer.
//
// It is one SQLite file in the data folder, or memory when there is none
// ([Open], [Memory]). Nothing in it says who somebody is: user IDs are hashed
// with a key that lies beside the file (key.go). Everything in it is dropped
// after the time of retention, at the latest when [Store.Prune] runs next.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// FileName is the name of the database in the data folder.
const FileName = "bot.db"

// version of the tables, kept as SQLite's user_version.
const version = 1

// How many rows of each table are kept at most: on disk as many as fit into some
// hundred megabytes, in memory as many as fit into ten. Judgements.
const (
	diskRows   = 100_000
	memoryRows = 1_000
)

// connections to the file for reading. Writing has one of its own: SQLite lets
// one write at a time, and what waits for a disk would keep readers waiting for
// a connection.
const connections = 4

// pruneEvery is how many rows may be added before those that are too many or too
// old go. A judgement: memory then holds a quarter too many at most.
const pruneEvery = memoryRows / 4

// ErrNotFound is returned for what was never stored or is no longer.
var ErrNotFound = errors.New("not stored, or no longer")

const schema = `
CREATE TABLE IF NOT EXISTS states (
	ref TEXT PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, private INTEGER NOT NULL,
	data BLOB NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS states_at ON states (at);
CREATE TABLE IF NOT EXISTS votes (
	ref TEXT NOT NULL, user TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL,
	question TEXT NOT NULL, answer TEXT NOT NULL, engine TEXT NOT NULL, at INTEGER NOT NULL,
	PRIMARY KEY (ref, user)
);
CREATE INDEX IF NOT EXISTS votes_at ON votes (at);
CREATE TABLE IF NOT EXISTS refused (
	id INTEGER PRIMARY KEY, user TEXT NOT NULL, question TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS refused_at ON refused (at);
CREATE TABLE IF NOT EXISTS spent (
	day TEXT NOT NULL, user TEXT NOT NULL, tokens INTEGER NOT NULL, cost REAL NOT NULL, PRIMARY KEY (day, user)
);
`

// Store is open. It is safe for concurrent use, also by several processes. Nothing
// that an answer needs of it waits for the disk: what is to be written is queued,
// and read from memory until it is there.
type Store struct {
	db        *sql.DB // for writing
	read      *sql.DB // the same where all is in memory
	writer    *writer
	swapping  sync.Mutex // held by Swap
	spent     ledger
	key       []byte
	retention time.Duration
	rows      int
	onDisk    bool
	added     int // rows since the start; of the writer's goroutine
}

// Open opens the store in a folder, which it makes if need be. What is older
// than the retention counts as not there.
func Open(ctx context.Context, dir string, retention time.Duration) (*Store, error) {
	for start := time.Now(); ; {
		s, err := openFolder(ctx, dir, retention)
		// While another process makes the file, SQLite does not always wait for it.
		if !isBusy(err) || time.Since(start) > patience || ctx.Err() != nil {
			return s, err
		}
		time.Sleep(retryFirst)
	}
}

// isBusy reports whether another holds the database.
func isBusy(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == lib.SQLITE_BUSY
}

func openFolder(ctx context.Context, dir string, retention time.Duration) (*Store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	key, err := readKey(dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := ownFile(path); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	file := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_txlock=immediate"
	s := &Store{key: key, retention: retention, rows: diskRows, onDisk: true}
	if err := s.open(ctx, file+"&_pragma=busy_timeout(2000)&_pragma=auto_vacuum(incremental)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=secure_delete(ON)"); err != nil {
		return nil, err
	}
	// What the file is like is set by now. Setting it again would be writing.
	if s.read, err = sql.Open("sqlite", file+"&_pragma=busy_timeout(500)&_pragma=query_only(ON)"); err != nil {
		return nil, fmt.Errorf("open store: %w", errors.Join(err, s.db.Close()))
	}
	s.read.SetMaxOpenConns(connections)
	if err := s.begin(ctx); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// Memory returns a store that ends with the process.
func Memory(ctx context.Context, retention time.Duration) (*Store, error) {
	s := &Store{key: newKey(), retention: retention, rows: memoryRows}
	if err := s.open(ctx, ":memory:"); err != nil {
		return nil, err
	}
	s.read = s.db
	if err := s.begin(ctx); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// begin starts what writes, and reads what was spent today.
func (s *Store) begin(ctx context.Context) error {
	s.writer = startWriter(s.db, s.written)
	if err := s.spent.open(ctx, s.read, time.Now()); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// open opens what is written to, and makes the tables.
func (s *Store) open(ctx context.Context, source string) error {
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	s.db = db
	db.SetMaxOpenConns(1) // in memory another connection would be another database
	if err := s.prepare(ctx); err != nil {
		return fmt.Errorf("open store: %w", errors.Join(err, db.Close()))
	}
	return nil
}

// prepare makes the tables. It always writes, so that a file that cannot be
// written is found now and not at the first vote.
func (s *Store) prepare(ctx context.Context) error {
	var found int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found); err != nil {
		return err
	}
	if found > version {
		return fmt.Errorf("%s was written by a newer parley (tables %d, known are %d)", FileName, found, version)
	}
	if _, err := s.db.ExecContext(ctx, schema); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return s.Prune(ctx)
}

// ownFile makes an empty file that only its owner can read, unless it is there.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// OnDisk reports whether what is stored outlives the process.
func (s *Store) OnDisk() bool { return s.onDisk }

// Close writes what waits for the disk, for some seconds at most, and frees what the
// store holds.
func (s *Store) Close() error {
	if err := errors.Join(s.writer.close(), s.read.Close(), s.db.Close()); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// oldest is the time, in seconds since 1970, before which nothing counts.
func (s *Store) oldest() int64 { return time.Now().Add(-s.retention).Unix() }

// Prune deletes what is older than the retention, and the oldest of what is more
// than the store keeps.
func (s *Store) Prune(ctx context.Context) error {
	for _, table := range [...]string{"states", "votes", "refused"} {
		query := fmt.Sprintf("DELETE FROM %[1]s WHERE at < ? OR rowid IN (SELECT rowid FROM %[1]s ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?)", table) //nolint:gosec // the names of the tables are above
		if _, err := s.db.ExecContext(ctx, query, s.oldest(), s.rows); err != nil {
			return fmt.Errorf("prune %s: %w", table, err)
		}
	}
	if _, err := s.db.ExecContext(ctx, "DELETE FROM spent WHERE day < ?", time.Now().UTC().Format(time.DateOnly)); err != nil {
		return fmt.Errorf("prune spent: %w", err)
	}
	if _, err := s.db.ExecContext(ctx, "PRAGMA incremental_vacuum"); err != nil {
		return fmt.Errorf("prune store: %w", err)
	}
	return nil
}

// written is told what is on the disk: it prunes now and then, and reads what was
// spent.
func (s *Store) written(done []*write) {
	ctx := context.Background()
	before := s.added / pruneEvery
	var spent []spending
	for _, w := range done {
		if w.row {
			s.added++
		}
		if w.spent != nil {
			spent = append(spent, *w.spent)
		}
	}
	if s.added/pruneEvery > before {
		_ = s.Prune(ctx) // what failed is done the next time
	}
	if len(spent) > 0 {
		s.spent.written(ctx, s.read, spent)
	}
}

// Backlog is what waits for the disk, and what was lost because too much did.
type Backlog struct {
	Waiting, Lost int
	Failure       error // why the last try to write failed; nil if it did not
}

// Backlog returns how the store's writing is.
func (s *Store) Backlog() Backlog {
	w := s.writer
	w.mu.Lock()
	defer w.mu.Unlock()
	return Backlog{Waiting: len(w.waiting) + len(w.under), Lost: w.lost, Failure: w.failure}
}

// Counts is how much is stored.
type Counts struct{ States, Votes, Refused int }

// Counts counts what is stored and not too old.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	s.writer.settle(ctx)
	const query = "SELECT (SELECT COUNT(*) FROM states WHERE at >= ?1), (SELECT COUNT(*) FROM votes WHERE at >= ?1), (SELECT COUNT(*) FROM refused WHERE at >= ?1)"
	if err := s.read.QueryRowContext(ctx, query, s.oldest()).Scan(&c.States, &c.Votes, &c.Refused); err != nil {
		return c, fmt.Errorf("count what is stored: %w", err)
	}
	return c, nil
}
