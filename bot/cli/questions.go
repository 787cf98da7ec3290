package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"parley/bot/answer"
)

// maxQuestionLine bounds a line of a questions file, in bytes: a conversation
// of hundreds of messages fits.
const maxQuestionLine = 16 << 20

// asked is one line of a questions file. Further keys are ignored.
type asked struct {
	ID       string      `json:"id"`
	Question string      `json:"question"`
	History  [][2]string `json:"history"` // role ("user" or anything else for the bot) and text, oldest first
	Date     string      `json:"date"`    // the day it is asked
}

// question is what the engine is asked; a date in the file goes before --as-of.
func (q *asked) question(asOf time.Time) (answer.Question, error) {
	out := answer.Question{Text: q.Question, AsOf: asOf}
	for _, turn := range q.History {
		out.History = append(out.History, answer.Turn{Role: turn[0], Text: turn[1]})
	}
	if q.Date != "" {
		day, err := parseDay(q.Date)
		if err != nil {
			return out, err
		}
		out.AsOf = day
	}
	return out, nil
}

// openQuestions opens a questions file; "-" is standard input.
func (a *app) openQuestions(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.env.Stdin), nil
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file to read
	if err != nil {
		return nil, hint(fmt.Errorf("open questions: %w", err), "a questions file holds one JSON object a line: {\"id\": \"q1\", \"question\": \"…\"}")
	}
	return f, nil
}

// eachQuestion calls f for every question in order, as soon as its line is read.
func (a *app) eachQuestion(ctx context.Context, path string, f func(id string, q answer.Question) error) error {
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	r, err := a.openQuestions(path)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxQuestionLine)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var q asked
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
		question, err := q.question(asOf)
		if err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
		if err := f(q.ID, question); err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
