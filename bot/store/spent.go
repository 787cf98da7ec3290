package store

import (
	"context"
	"fmt"
	"time"
)

// Spent is what models have taken on one day.
type Spent struct {
	Tokens int
	Cost   float64 // by the configured prices
}

// Spend adds to what models have taken for a user on the day of at, by UTC, and
// drops what is known of the days before.
func (s *Store) Spend(ctx context.Context, user string, at time.Time, more Spent) error {
	day := at.UTC().Format(time.DateOnly)
	const add = `INSERT INTO spent (day, user, tokens, cost) VALUES (?, ?, ?, ?)
		ON CONFLICT (day, user) DO UPDATE SET tokens = tokens + excluded.tokens, cost = cost + excluded.cost`
	if _, err := s.db.ExecContext(ctx, add, day, user, more.Tokens, more.Cost); err != nil {
		return fmt.Errorf("store spending: %w", err)
	}
	if _, err := s.db.ExecContext(ctx, "DELETE FROM spent WHERE day < ?", day); err != nil {
		return fmt.Errorf("drop spending: %w", err)
	}
	return nil
}

// Spending returns what models have taken for a user on the day of at, by UTC,
// and for all.
func (s *Store) Spending(ctx context.Context, user string, at time.Time) (own, all Spent, err error) {
	const query = `SELECT COALESCE(SUM(tokens), 0), COALESCE(SUM(cost), 0), COALESCE(SUM(tokens) FILTER (WHERE user = ?2), 0),
		COALESCE(SUM(cost) FILTER (WHERE user = ?2), 0) FROM spent WHERE day = ?1`
	err = s.read.QueryRowContext(ctx, query, at.UTC().Format(time.DateOnly), user).Scan(&all.Tokens, &all.Cost, &own.Tokens, &own.Cost)
	if err != nil {
		return own, all, fmt.Errorf("read spending: %w", err)
	}
	return own, all, nil
}
