package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"
)

// State is what a button refers to.
type State struct {
	Ref     string
	Kind    string // tells those who stored it what Data is
	Owner   string // of Store.User
	Private bool   // only for the owner
	Data    []byte
	At      time.Time // to the second
}

// Put stores a state, in place of one with the same Ref. It is read from memory until
// it is on the disk.
func (s *Store) Put(ctx context.Context, st State) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("store state: %w", err)
	}
	st.At = time.Unix(st.At.Unix(), 0)
	if err := s.writer.put(&st); err != nil {
		return fmt.Errorf("store state: %w", err)
	}
	return nil
}

// State returns what was stored under a reference, or [ErrNotFound].
func (s *Store) State(ctx context.Context, ref string) (State, error) {
	st, ok := s.writer.state(ref)
	if !ok {
		var at int64
		const query = "SELECT kind, owner, private, data, at FROM states WHERE ref = ?"
		err := s.read.QueryRowContext(ctx, query, ref).Scan(&st.Kind, &st.Owner, &st.Private, &st.Data, &at)
		if errors.Is(err, sql.ErrNoRows) {
			return State{}, ErrNotFound
		}
		if err != nil {
			return State{}, fmt.Errorf("read state: %w", err)
		}
		st.Ref, st.At = ref, time.Unix(at, 0)
	}
	if st.At.Unix() < s.oldest() {
		return State{}, ErrNotFound
	}
	return st, nil
}

// Swap puts data in place of what a state holds, and reports whether it did: not
// when the state holds something else than before, or is no longer there. Of two
// at once in this process one has its way.
func (s *Store) Swap(ctx context.Context, ref string, before, data []byte) (bool, error) {
	s.swapping.Lock()
	defer s.swapping.Unlock()
	st, err := s.State(ctx, ref)
	if errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(st.Data, before) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("change state: %w", err)
	}
	st.Data = data
	if err := s.writer.put(&st); err != nil {
		return false, fmt.Errorf("change state: %w", err)
	}
	return true, nil
}

// Vote is what somebody thinks of an answer. Its JSON is what parley export
// writes.
type Vote struct {
	At       time.Time `json:"at"`
	Ref      string    `json:"ref"`
	User     string    `json:"user"` // of Store.User
	Helpful  bool      `json:"helpful"`
	Reason   string    `json:"reason"`
	Question string    `json:"question"`
	Answer   string    `json:"answer"`
	Engine   string    `json:"engine"`
}

// Vote stores a vote, in place of the user's earlier one on the same answer. One
// that says the same without a reason leaves the reason that was given. It is on the
// disk when Vote returns, unless the error is [ErrLate].
func (s *Store) Vote(ctx context.Context, v Vote) error {
	const query = `INSERT INTO votes (ref, user, helpful, reason, question, answer, engine, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (ref, user) DO UPDATE SET
			reason = CASE WHEN excluded.reason = '' AND excluded.helpful = helpful THEN reason ELSE excluded.reason END,
			helpful = excluded.helpful, question = excluded.question, answer = excluded.answer, engine = excluded.engine, at = excluded.at`
	args := []any{v.Ref, v.User, v.Helpful, v.Reason, v.Question, v.Answer, v.Engine, v.At.Unix()}
	if err := s.writer.wait(ctx, &write{query: query, args: args, row: true}); err != nil {
		return fmt.Errorf("store vote: %w", err)
	}
	return nil
}

// Votes yields all votes, oldest first. It ends after an error.
func (s *Store) Votes(ctx context.Context) iter.Seq2[Vote, error] {
	const query = "SELECT at, ref, user, helpful, reason, question, answer, engine FROM votes WHERE at >= ? ORDER BY at, ref, user"
	s.writer.settle(ctx)
	return rows(ctx, s.read, "read votes", func(r *sql.Rows) (v Vote, err error) {
		var at int64
		err = r.Scan(&at, &v.Ref, &v.User, &v.Helpful, &v.Reason, &v.Question, &v.Answer, &v.Engine)
		v.At = time.Unix(at, 0).UTC()
		return v, err
	}, query, s.oldest())
}

// Refuse stores a question that the articles do not answer. It does not wait for the
// disk.
func (s *Store) Refuse(user, question string, at time.Time) error {
	const query = "INSERT INTO refused (user, question, at) VALUES (?, ?, ?)"
	if err := s.writer.add(&write{query: query, args: []any{user, question, at.Unix()}, row: true}); err != nil {
		return fmt.Errorf("store question: %w", err)
	}
	return nil
}

// Gap is a question that was refused or whose answer did not help.
type Gap struct {
	Question  string
	Unhelpful bool   // it was answered, and somebody marked it
	Reason    string // that was given with the mark
}

// Gaps yields the gaps since a time, newest first. It ends after an error.
func (s *Store) Gaps(ctx context.Context, since time.Time) iter.Seq2[Gap, error] {
	const query = `SELECT question, unhelpful, reason FROM (
		SELECT question, 0 AS unhelpful, '' AS reason, at FROM refused WHERE at >= ?1
		UNION ALL SELECT question, 1, reason, at FROM votes WHERE NOT helpful AND at >= ?1
	) ORDER BY at DESC, question, unhelpful`
	s.writer.settle(ctx)
	return rows(ctx, s.read, "read gaps", func(r *sql.Rows) (g Gap, err error) {
		return g, r.Scan(&g.Question, &g.Unhelpful, &g.Reason)
	}, query, max(since.Unix(), s.oldest()))
}

// Forget deletes a user's votes and questions without an answer. They are gone from
// the disk when it returns, unless the error is [ErrLate].
func (s *Store) Forget(ctx context.Context, user string) error {
	for _, table := range [...]string{"votes", "refused"} {
		query := "DELETE FROM " + table + " WHERE user = ?" //nolint:gosec // the names of the tables are above
		if err := s.writer.wait(ctx, &write{query: query, args: []any{user}}); err != nil {
			return fmt.Errorf("forget %s: %w", table, err)
		}
	}
	return nil
}

// rows yields what a query finds.
func rows[T any](ctx context.Context, db *sql.DB, doing string, scan func(*sql.Rows) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		r, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, fmt.Errorf("%s: %w", doing, err))
			return
		}
		defer r.Close()
		for r.Next() {
			v, err := scan(r)
			if err != nil {
				yield(none, fmt.Errorf("%s: %w", doing, err))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := r.Err(); err != nil {
			yield(none, fmt.Errorf("%s: %w", doing, err))
		}
	}
}
