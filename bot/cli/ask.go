package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/eval"
	"parley/bot/wire"
)

type askCmd struct {
	Question  []string `arg:"" optional:"" help:"The question."`
	Questions string   `placeholder:"FILE" help:"Answer every question of a file, one JSON object a line; - is standard input."`
	Explain   bool     `help:"Say how the answer came about."`
}

// Run answers one question, or a file of them.
func (cmd *askCmd) Run(ctx context.Context, a *app) error {
	text, err := oneOrMany("ask", aQuestion, cmd.Question, cmd.Questions)
	if err != nil {
		return err
	}
	questions, s, err := a.openBoth(ctx, aQuestion, cmd.Questions)
	if err != nil {
		return err
	}
	defer func() { _ = questions.Close() }()
	each := func(id string, q answer.Question) error {
		q.Explain = cmd.Explain
		q.Clarify = !a.flags.JSON && cmd.Questions == "" // who reads JSON gets an answer
		got, took, err := s.ask(ctx, q)
		if err != nil {
			return err
		}
		a.failed(s, got)
		if a.flags.JSON || cmd.Questions != "" {
			return a.out.object(wire.NewAsk(id, q.Text, got, took))
		}
		a.out.answer(got)
		if cmd.Explain {
			a.out.explain(got, took)
		}
		return nil
	}
	if cmd.Questions != "" {
		return a.eachQuestion(ctx, cmd.Questions, questions, each)
	}
	return each("", answer.Question{Text: text, AsOf: a.flags.AsOf.Time})
}

// failed says why an answer is not the model's, once for each reason in a row.
func (a *app) failed(s *stack, got *answer.Answer) {
	if got.Note != answer.ModelFailed || s.models.chat == nil {
		return
	}
	st := s.models.chat.State().Chat
	why := st.Failure
	if st.Says != "" {
		why += ": " + st.Says
	}
	if why != "" && why != a.failure {
		a.failure = why
		a.note("%s; %s", why, st.Hint)
	}
}

// askable is what a command takes from the command line or from a file.
type askable struct{ what, example, line string }

//nolint:gochecknoglobals // constants; Go has none of this type
var (
	aQuestion  = askable{"question", "How long did the talks last?", `{"id": "q1", "question": "…"}`}
	aStatement = askable{"statement", "The talks lasted more than four hours.", `{"id": "c1", "claim": "…"}`}
)

// hint says what a file of them looks like.
func (of askable) hint() string { return "each line is one JSON object: " + of.line }

// oneOrMany returns the words of a command line as one text; a file takes their
// place.
func oneOrMany(command string, of askable, words []string, file string) (string, error) {
	switch {
	case file == "" && len(words) == 0:
		return "", usagef(fmt.Sprintf("for example: parley %s %q", command, of.example), "%s needs a %s", command, of.what)
	case file != "" && len(words) > 0:
		return "", usagef("leave one of them out", "a %s and --questions cannot go together", of.what)
	}
	return strings.TrimSpace(strings.Join(words, " ")), nil
}

// ask answers one question and takes the time.
func (s *stack) ask(ctx context.Context, q answer.Question) (*answer.Answer, time.Duration, error) {
	start := time.Now()
	bar := newProgress(s.env)
	defer bar.end()
	bar.step("answering", 0, 0)
	got, err := s.engine.Answer(ctx, q)
	if err != nil {
		return nil, 0, fmt.Errorf("answer question: %w", err)
	}
	return got, time.Since(start), nil
}

// openQuestions opens a file of questions or statements; "-" is standard input, ""
// is none.
func (a *app) openQuestions(ctx context.Context, of askable, path string) (io.ReadCloser, error) {
	switch path {
	case "":
		return io.NopCloser(strings.NewReader("")), nil
	case "-":
		return interruptible(ctx, a.env.Stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, hint(fmt.Errorf("open %ss: %w", of.what, err), of.hint())
	}
	return f, nil
}

// openBoth opens the file of questions, if there is one, and the articles.
func (a *app) openBoth(ctx context.Context, of askable, path string) (io.ReadCloser, *stack, error) {
	questions, err := a.openQuestions(ctx, of, path)
	if err != nil {
		return nil, nil, err
	}
	s, err := a.open(ctx, path == "")
	if err != nil {
		_ = questions.Close()
		return nil, nil, err
	}
	return questions, s, nil
}

// interruptible reads from r until ctx ends. The goroutine stays behind then: a
// blocked read of standard input cannot be called off, and the process is
// about to end.
func interruptible(ctx context.Context, r io.Reader) io.ReadCloser {
	out, in := io.Pipe()
	stop := context.AfterFunc(ctx, func() { _ = in.CloseWithError(ctx.Err()) })
	go func() {
		defer stop()
		_, err := io.Copy(in, r)
		_ = in.CloseWithError(err)
	}()
	return out
}

// eachQuestion calls f for every question in order, as soon as its line is
// read. One runs at a time, so that the time of each is its own.
func (a *app) eachQuestion(ctx context.Context, path string, r io.Reader, f func(id string, q answer.Question) error) error {
	for q, err := range eval.Lines[eval.Question](r) {
		if err != nil {
			return hint(fmt.Errorf("read questions %s: %w", path, err), aQuestion.hint())
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(q.ID, q.Ask(a.flags.AsOf.Time)); err != nil {
			return fmt.Errorf("question %s: %w", q.ID, err)
		}
	}
	return nil
}
