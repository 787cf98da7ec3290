package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/answer/layout"
)

const (
	// historyTurns is how many earlier messages a question is read with, both
	// sides counted: what people still refer to with "he" and "then".
	historyTurns = 20
	// maxChatLine bounds a line of piped input, in bytes.
	maxChatLine = 1 << 20
	chatHelp    = "Ask a question, or\n/sources  the sentences behind the last answer\n/forget   start a new conversation\n/help     this list\n/quit     leave (so does Ctrl-D)"
)

type chatCmd struct{}

// Run holds a conversation: lines from standard input, answers to standard output.
func (chatCmd) Run(ctx context.Context, a *app) error {
	if a.flags.JSON {
		return usagef("for JSON, use parley ask --questions - --json", "chat has no --json")
	}
	s, err := a.open(ctx, true)
	if err != nil {
		return err
	}
	in, interactive := newLineReader(a.env, a.out)
	c := &conversation{app: a, stack: s, offered: s.offered}
	if interactive {
		a.out.linef("Answering from %s. /help lists what you can do.", count(len(s.corpus.Articles), "article", "articles"))
		a.out.line("")
	}
	for {
		if err := a.out.Flush(); err != nil {
			return err
		}
		line, err := in.next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			if interactive {
				a.out.line("") // the shell's prompt gets a line of its own
			}
			return nil
		case err != nil:
			return err
		}
		quit, err := c.turn(ctx, strings.TrimSpace(line))
		if err != nil || quit {
			return err
		}
	}
}

// conversation is what was said so far.
type conversation struct {
	app     *app
	stack   *stack
	history []answer.Turn
	last    *answer.Answer
	offers  []answer.Reading // questions that a number asks
	offered int              // how many questions follow an answer at most
}

// turn answers one line and reports whether it was the last.
func (c *conversation) turn(ctx context.Context, line string) (quit bool, err error) {
	out := c.app.out
	switch strings.ToLower(line) {
	case "":
		return false, nil
	case "/quit", "/exit":
		return true, nil
	case "/help":
		out.line(chatHelp)
	case "/forget":
		c.history, c.last, c.offers = nil, nil, nil
		out.line("Forgotten. The next question starts a new conversation.")
	case "/sources":
		if c.last == nil || len(c.last.Citations) == 0 {
			out.line("There is no answer with sources yet.")
			break
		}
		out.sources(layout.NewTold().Sources(c.last.Citations))
	default:
		if strings.HasPrefix(line, "/") {
			out.line("There is no such command. " + chatHelp)
			break
		}
		if i := c.picked(line); i >= 0 {
			line = c.offers[i].Question
			out.wrap("", "", line, out.bold)
		} else if numeral.MatchString(line) {
			out.wrap("", "", "There is no number "+line+".", nil)
			break
		}
		return false, c.ask(ctx, line)
	}
	out.line("")
	return false, nil
}

// numeral matches a line that picks a question by its number.
var numeral = regexp.MustCompile(`^\d+$`)

// picked is which of the questions offered a line asks, by its number or by its name;
// below 0 where it asks another.
func (c *conversation) picked(line string) int {
	return slices.IndexFunc(c.offers, func(o answer.Reading) bool {
		return strings.EqualFold(line, o.Name) || line == strconv.Itoa(slices.Index(c.offers, o)+1)
	})
}

// ask answers a question that may lean on what was said before.
func (c *conversation) ask(ctx context.Context, text string) error {
	got, _, err := c.stack.ask(ctx, answer.Question{Text: text, History: c.history, AsOf: c.app.flags.AsOf.Time, Clarify: true})
	if err != nil {
		return err
	}
	c.app.failed(c.stack, got)
	c.last = got
	c.history = append(c.history, answer.Turn{Role: "user", Text: text}, answer.Turn{Role: "assistant", Text: got.Text})
	c.history = c.history[max(0, len(c.history)-historyTurns):]
	out := c.app.out
	if c.offers = got.Readings; len(c.offers) > 0 {
		out.line(whichOne)
		c.list("")
		return nil
	}
	out.said(got)
	out.noted(got)
	out.cites(got)
	out.line("")
	return c.offer(ctx)
}

// whichOne is what is asked where one can be read in several ways.
const whichOne = "Which one do you mean?"

// offer lists questions to go on with, below an answer that can be read meanwhile.
func (c *conversation) offer(ctx context.Context) error {
	if m := c.last.Missing; m != nil && m.Meant != nil {
		c.offers = []answer.Reading{{Name: m.Meant.Question, Question: m.Meant.Question}}
		c.list("If so, type the number:")
		return nil
	}
	engine, ok := c.stack.engine.(bot.Suggester)
	if !ok || c.offered == 0 || c.last.Abstained {
		return nil
	}
	if err := c.app.out.Flush(); err != nil {
		return err
	}
	var asked []string
	for _, t := range c.history {
		if t.Role == "user" {
			asked = append(asked, t.Text)
		}
	}
	found, err := engine.Suggest(ctx, asked, c.last, c.offered)
	if err != nil {
		return fmt.Errorf("find questions: %w", err)
	}
	for _, q := range found {
		c.offers = append(c.offers, answer.Reading{Name: q, Question: q})
	}
	if len(found) > 0 {
		c.list("You could ask next (type the number):")
	}
	return nil
}

// list writes the questions that a number asks.
func (c *conversation) list(heading string) {
	out := c.app.out
	if heading != "" {
		out.wrap("", "", heading, out.dim)
	}
	for i, o := range c.offers {
		out.wrap(fmt.Sprintf("  %d  ", i+1), "     ", o.Name, nil)
	}
	out.line("")
}

// lineReader reads lines as a person types them, or as they come from a pipe.
type lineReader struct {
	scan     *bufio.Scanner
	terminal *term.Terminal // nil for a pipe
	fd       int
}

// newLineReader edits lines when both ends are a terminal.
func newLineReader(env Env, out *output) (r *lineReader, interactive bool) {
	in, ok := env.Stdin.(*os.File)
	width, outOK := terminalWidth(env.Stdout)
	if ok && outOK && term.IsTerminal(int(in.Fd())) {
		t := term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{in, env.Stdout}, out.mark("› "))
		_ = t.SetSize(width, 24) // only the width matters for one line
		return &lineReader{terminal: t, fd: int(in.Fd())}, true
	}
	scan := bufio.NewScanner(env.Stdin)
	scan.Buffer(nil, maxChatLine)
	return &lineReader{scan: scan}, false
}

// next returns the next line, io.EOF after the last. When ctx ends first, the
// goroutine that reads stays behind: a blocked read of standard input cannot be
// called off, and the process is about to end.
func (r *lineReader) next(ctx context.Context) (string, error) {
	restore := func() {}
	if r.terminal != nil {
		state, err := term.MakeRaw(r.fd)
		if err != nil {
			return "", fmt.Errorf("prepare terminal: %w", err)
		}
		restore = func() { _ = term.Restore(r.fd, state) }
	}
	defer restore()
	type read struct {
		line string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		line, err := r.read()
		got <- read{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case g := <-got:
		return g.line, g.err
	}
}

func (r *lineReader) read() (string, error) {
	if r.terminal != nil {
		return r.terminal.ReadLine()
	}
	if r.scan.Scan() {
		return r.scan.Text(), nil
	}
	if err := r.scan.Err(); err != nil {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	return "", io.EOF
}
