package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"
)

// Spent is what models have taken on one day.
type Spent struct {
	Tokens int
	Cost   float64 // by the configured prices
}

func (s *Spent) add(more Spent) {
	s.Tokens += more.Tokens
	s.Cost += more.Cost
}

// spending is what an answer has taken of models.
type spending struct {
	day, user string
	spent     Spent
}

// sums are what was spent, by user and for all.
type sums struct {
	own map[string]Spent
	all Spent
}

func (s *sums) add(user string, more Spent) {
	if s.own == nil {
		s.own = map[string]Spent{}
	}
	own := s.own[user]
	own.add(more)
	s.own[user] = own
	s.all.add(more)
}

// ledger knows what was spent today, so that nobody waits for the disk to be told.
type ledger struct {
	mu      sync.Mutex
	day     string // by UTC
	disk    sums   // as it was read last, of all processes
	pending sums   // of this one, which is not in disk
}

// open reads what was spent on a day before.
func (l *ledger) open(ctx context.Context, db *sql.DB, at time.Time) (err error) {
	l.turn(at)
	l.disk, err = spentOn(ctx, db, l.day)
	return err
}

// spentOn reads what was spent on a day.
func spentOn(ctx context.Context, db *sql.DB, day string) (out sums, err error) {
	read := rows(ctx, db, "read spending", func(r *sql.Rows) (x spending, err error) {
		return x, r.Scan(&x.user, &x.spent.Tokens, &x.spent.Cost)
	}, "SELECT user, tokens, cost FROM spent WHERE day = ?", day)
	for x, err := range read {
		if err != nil {
			return sums{}, err
		}
		out.add(x.user, x.spent)
	}
	return out, nil
}

// written notes that spending is on the disk, and reads what is there: others may
// spend, too.
func (l *ledger) written(ctx context.Context, db *sql.DB, done []spending) {
	l.mu.Lock()
	day := l.day
	l.mu.Unlock()
	disk, err := spentOn(ctx, db, day) // unlocked: it may take as long as the disk does
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != day {
		return
	}
	if err == nil {
		l.disk = disk
	}
	for _, s := range done {
		if s.day != day {
			continue
		}
		if err != nil {
			l.disk.add(s.user, s.spent)
		}
		l.pending.add(s.user, Spent{-s.spent.Tokens, -s.spent.Cost})
	}
}

// turn begins a new day if it is one.
func (l *ledger) turn(at time.Time) {
	if day := at.UTC().Format(time.DateOnly); day > l.day {
		l.day, l.disk, l.pending = day, sums{}, sums{}
	}
}

// Spend adds to what models have taken for a user on the day of at, by UTC, and
// drops what is known of the days before. It does not wait for the disk.
func (s *Store) Spend(user string, at time.Time, more Spent) error {
	l := &s.spent
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.day
	l.turn(at)
	l.pending.add(user, more)
	const add = `INSERT INTO spent (day, user, tokens, cost) VALUES (?, ?, ?, ?)
		ON CONFLICT (day, user) DO UPDATE SET tokens = tokens + excluded.tokens, cost = cost + excluded.cost`
	err := s.writer.add(&write{query: add, args: []any{l.day, user, more.Tokens, more.Cost}, spent: &spending{l.day, user, more}})
	if err == nil && l.day != before {
		err = s.writer.add(&write{query: "DELETE FROM spent WHERE day < ?", args: []any{l.day}})
	}
	if err != nil {
		return fmt.Errorf("store spending: %w", err)
	}
	return nil
}

// Spending returns what models have taken for a user on the day of at, by UTC,
// and for all. What other processes spend is known when this one has written what it
// spends itself.
func (s *Store) Spending(user string, at time.Time) (own, all Spent) {
	l := &s.spent
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn(at)
	if at.UTC().Format(time.DateOnly) != l.day {
		return Spent{}, Spent{} // a day that is over
	}
	own, all = l.disk.own[user], l.disk.all
	own.add(l.pending.own[user])
	all.add(l.pending.all)
	return own, all
}
