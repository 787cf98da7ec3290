package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"parley/bot/answer"
)

// maxLine bounds a line of a questions file, in bytes: a conversation of
// hundreds of messages fits.
const maxLine = 16 << 20

// Question is one line of a questions file. Further keys are ignored.
type Question struct {
	ID      string      `json:"id"`
	Text    string      `json:"question"`
	History [][2]string `json:"history"` // role ("user" or anything else for the bot) and text, oldest first
	Date    Day         `json:"date"`    // the day it is asked; zero when the line states none
}

// Ask is the question for the engine. asOf stands in for a date the line does
// not state.
func (q *Question) Ask(asOf time.Time) answer.Question {
	out := answer.Question{Text: q.Text, AsOf: asOf}
	for _, turn := range q.History {
		out.History = append(out.History, answer.Turn{Role: turn[0], Text: turn[1]})
	}
	if !q.Date.IsZero() {
		out.AsOf = q.Date.Time
	}
	return out
}

// Gold is a question with what a right answer to it is.
type Gold struct {
	Question
	Kind       string     `json:"kind"`        // free text, to group by
	Relevant   []string   `json:"relevant"`    // IDs of the articles that answer it
	Evidence   []string   `json:"evidence"`    // sentences of theirs that do
	Answers    []string   `json:"answers"`     // short answers, one of which is enough
	AnswersAll [][]string `json:"answers_all"` // groups of short answers: one of each group is needed
	Forbidden  []string   `json:"forbidden"`   // must not be said
	Answerable *bool      `json:"answerable"`  // absent means true
	Conflict   *bool      `json:"conflict"`    // whether articles differ on it; absent means not known
	Sides      [][]string `json:"sides"`       // sentences of each side, where they do
}

// answerable reports whether the articles answer the question.
func (g *Gold) answerable() bool { return g.Answerable == nil || *g.Answerable }

// Lines decodes one JSON value from each line of a file that is not blank. An
// error names the line and ends the sequence.
func Lines[T any](r io.Reader) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		scan := bufio.NewScanner(r)
		scan.Buffer(nil, maxLine)
		n := 0
		for scan.Scan() {
			n++
			var v T
			line := bytes.TrimSpace(bytes.TrimPrefix(scan.Bytes(), []byte("\ufeff")))
			if len(line) == 0 {
				continue
			}
			if err := json.Unmarshal(line, &v); err != nil {
				yield(v, fmt.Errorf("line %d: %w", n, plain(err)))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := scan.Err(); err != nil {
			var v T
			yield(v, fmt.Errorf("line %d: %w", n+1, plain(err)))
		}
	}
}

// plain says what is wrong with a line without the names of Go types.
func plain(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("it is longer than %d MiB", maxLine>>20)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%q cannot be a %s", wrong.Field, wrong.Value)
	}
	return err
}

// dayLayouts are the ways in which people and files write a date.
var dayLayouts = [...]string{ //nolint:gochecknoglobals // a constant; Go has none of this type
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime,
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006",
}

// Day is a date in any of the usual spellings: 2025-12-03, RFC 3339,
// 3 December 2025.
type Day struct{ time.Time }

// UnmarshalText reads a date; empty text is the zero day.
func (d *Day) UnmarshalText(text []byte) error {
	s := string(bytes.TrimSpace(text))
	if s == "" {
		*d = Day{}
		return nil
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			*d = Day{t}
			return nil
		}
	}
	return fmt.Errorf("%q is not a date such as 2025-12-03", s)
}

// UnmarshalJSON reads a date from a JSON string; null is the zero day.
func (d *Day) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("%s is not a date such as \"2025-12-03\"", data)
	}
	if s == nil {
		*d = Day{}
		return nil
	}
	return d.UnmarshalText([]byte(*s))
}
