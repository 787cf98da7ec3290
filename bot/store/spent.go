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

// ledger knows what was spent today, so that nobody waits for the disk to be told.
type ledger struct {
	mu  sync.Mutex
	day string // by UTC
	own map[string]*Spent
	all Spent
}

// open reads what was spent on a day before this process.
func (l *ledger) open(ctx context.Context, db *sql.DB, at time.Time) error {
	l.turn(at)
	type row struct {
		user  string
		spent Spent
	}
	read := rows(ctx, db, "read spending", func(r *sql.Rows) (x row, err error) {
		return x, r.Scan(&x.user, &x.spent.Tokens, &x.spent.Cost)
	}, "SELECT user, tokens, cost FROM spent WHERE day = ?", l.day)
	for x, err := range read {
		if err != nil {
			return err
		}
		l.of(x.user).add(x.spent)
		l.all.add(x.spent)
	}
	return nil
}

// turn begins a new day if it is one.
func (l *ledger) turn(at time.Time) {
	if day := at.UTC().Format(time.DateOnly); day > l.day {
		l.day, l.own, l.all = day, map[string]*Spent{}, Spent{}
	}
}

// of is what was spent for a user.
func (l *ledger) of(user string) *Spent {
	if l.own[user] == nil {
		l.own[user] = &Spent{}
	}
	return l.own[user]
}

// Spend adds to what models have taken for a user on the day of at, by UTC, and
// drops what is known of the days before. It does not wait for the disk.
func (s *Store) Spend(user string, at time.Time, more Spent) error {
	l := &s.spent
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.day
	l.turn(at)
	l.of(user).add(more)
	l.all.add(more)
	const add = `INSERT INTO spent (day, user, tokens, cost) VALUES (?, ?, ?, ?)
		ON CONFLICT (day, user) DO UPDATE SET tokens = tokens + excluded.tokens, cost = cost + excluded.cost`
	err := s.writer.add(&write{query: add, args: []any{l.day, user, more.Tokens, more.Cost}})
	if err == nil && l.day != before {
		err = s.writer.add(&write{query: "DELETE FROM spent WHERE day < ?", args: []any{l.day}})
	}
	if err != nil {
		return fmt.Errorf("store spending: %w", err)
	}
	return nil
}

// Spending returns what models have taken for a user on the day of at, by UTC,
// and for all, as this process knows it.
func (s *Store) Spending(user string, at time.Time) (own, all Spent) {
	l := &s.spent
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn(at)
	if at.UTC().Format(time.DateOnly) != l.day {
		return Spent{}, Spent{} // a day that is over
	}
	if of := l.own[user]; of != nil {
		own = *of
	}
	return own, l.all
}
