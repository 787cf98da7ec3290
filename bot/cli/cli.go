// Package cli is parley's command line, and the only place where the other
// packages meet: it reads the configuration, loads the articles, builds the
// index and the answer engine over them (wire.go) and runs one command.
//
// Standard output carries results and nothing else, as text or, with --json, as
// JSON; progress, errors and hints go to standard error. [Main] takes everything
// it touches from its arguments, so that tests run whole commands in process.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"parley/bot/eval"
	"parley/corpus/read"
	"parley/retrieval"
)

// The exit codes of every command.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128 + SIGINT, as shells report it
)

// Env is the process around a command.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string
	Exit   func(code int) // ends the process where a command does not end in time; nil waits for it
}

// System is the environment of the running process.
func System() Env {
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Exit: os.Exit} //nolint:forbidigo // System is what main hands over
}

// Child reads one file and ends the process, if parley was started by itself to do
// that. It is to be called first.
func Child() { read.Child() }

// grammar is the command line as kong parses it.
type grammar struct {
	commonFlags

	Ask      askCmd      `cmd:"" help:"Answer a question, with its sources."`
	Search   searchCmd   `cmd:"" help:"Find the passages a question is about."`
	Cite     citeCmd     `cmd:"" help:"Say whether the articles support or contradict a statement."`
	Chat     chatCmd     `cmd:"" help:"Hold a conversation on the terminal."`
	Serve    serveCmd    `cmd:"" help:"Answer in Discord."`
	Web      webCmd      `cmd:"" help:"Answer on a web page, and other programs over HTTP."`
	MCP      mcpCmd      `cmd:"" name:"mcp" help:"Answer programs that speak the Model Context Protocol, over standard input and output."`
	Index    indexCmd    `cmd:"" help:"Read the articles and say what became of them."`
	Eval     evalCmd     `cmd:"" help:"Measure search and answers on questions with known answers."`
	Check    checkCmd    `cmd:"" help:"Try what is configured: what works, what does not, what to do."`
	Commands commandsCmd `cmd:"" help:"Register the commands with Discord; serve does it, too."`
	Export   exportCmd   `cmd:"" help:"Write what people thought of answers, one JSON object a line."`
	Version  versionCmd  `cmd:"" help:"Print what this program was built from."`

	Completion completionCmd `cmd:"" help:"Write what a shell needs to complete this command line."`
	Man        manCmd        `cmd:"" help:"Write the manual page."`
}

// commonFlags are understood by every command, before or after its name.
type commonFlags struct {
	Help   helpFlag `short:"h" help:"Show this help."`
	Config string   `placeholder:"FILE" help:"Configuration file; without one everything has its default."`
	Corpus []string `placeholder:"PATH" sep:"none" help:"Articles: a folder, a file or a .jsonl (repeatable). Without it, the configured ones or the built-in talks."`
	Data   string   `placeholder:"DIR" help:"Folder that keeps the snapshot between runs; parley index fills it."`
	AsOf   eval.Day `placeholder:"DATE" help:"The day the question is asked, such as 2025-12-03; \"yesterday\" counts from it."`
	JSON   bool     `name:"json" help:"Print JSON instead of text."`
}

// helpFlag prints the usage and ends the run. kong's own help flag calls
// os.Exit, which Main must not.
type helpFlag bool

var errHelp = errors.New("help was shown")

// BeforeReset is called by kong when the flag is given, before anything is required.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	if err := ctx.PrintUsage(false); err != nil {
		return err
	}
	return errHelp
}

// app is one run: its environment and the common flags.
type app struct {
	env   Env
	flags *commonFlags
	out   *output

	models  *endpoints // once they were asked for
	failure string     // of a model, that was told last
	reading bool       // what is kept is read and not written
}

// Main runs one command and returns the process's exit code.
func Main(ctx context.Context, args []string, env Env) int {
	out := newOutput(env)
	err := run(ctx, args, env, out)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	switch {
	case err == nil, errors.Is(err, errHelp), errors.Is(err, syscall.EPIPE):
		return exitDone
	case ctx.Err() != nil:
		return exitInterrupted
	}
	report(env.Stderr, err)
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

func run(ctx context.Context, args []string, env Env, out *output) error {
	var g grammar
	parser, err := kong.New(&g,
		kong.Name("parley"),
		kong.Description("Answers questions about news articles, each statement with the sentence it rests on."),
		kong.Vars{"default_limit": strconv.Itoa(retrieval.DefaultLimit), "eval_limit": strconv.Itoa(eval.DefaultLimit)},
		kong.NoDefaultHelp(),
		kong.Writers(out, env.Stderr),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		return err
	}
	kctx, err := parser.Parse(args)
	if err != nil {
		if errors.Is(err, errHelp) {
			return err
		}
		return parseFailure(err)
	}
	if env.Exit != nil && kctx.Command() != "serve" && kctx.Command() != "web" { // which end their answers first
		defer context.AfterFunc(ctx, func() {
			time.Sleep(hurry)
			env.Exit(exitInterrupted)
		})()
	}
	kctx.BindTo(ctx, (*context.Context)(nil))
	return kctx.Run(&app{env: env, flags: &g.commonFlags, out: out})
}

// hurry is how long a command that is interrupted may take to end by itself: within
// a step that nothing ends, or for a disk that does not answer. What it was writing
// has another name until it is whole.
const hurry = 700 * time.Millisecond

// note says something that is no failure.
func (a *app) note(format string, args ...any) {
	_, _ = fmt.Fprintf(a.env.Stderr, "note: %s\n", printable(fmt.Sprintf(format, args...)))
}

// count writes a number with the noun it needs.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
