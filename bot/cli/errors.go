package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// usageError is a command line that does not say what to do: exit code 2.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// hinted is an error with lines that say what to do about it.
type hinted struct {
	error
	hints []string
}

func (e *hinted) Unwrap() error { return e.error }

// hint adds lines that say what to do about an error.
func hint(err error, hints ...string) error {
	return &hinted{error: err, hints: hints}
}

func usagef(hintLine, format string, args ...any) error {
	return &usageError{hint(fmt.Errorf(format, args...), hintLine)}
}

// parseFailure turns kong's refusal into ours, with the place to look.
func parseFailure(err error) error {
	where := "parley --help"
	text := err.Error()
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if node := parse.Context.Selected(); node != nil {
			where = "parley " + node.Name + " --help"
		} else if strings.HasPrefix(text, "expected one of") {
			text = "no command" // kong lists some of them; the help lists all
		}
	}
	return &usageError{hint(errors.New(text), where+" lists what there is")}
}

// several are errors that are reported together, each with its hints.
type several []error

func (s several) Error() string   { return errors.Join(s...).Error() }
func (s several) Unwrap() []error { return s }

// report prints an error as one line, or one for each of several, and its hints.
func report(w io.Writer, err error) {
	if all, ok := errors.AsType[several](err); ok {
		for _, e := range all {
			report(w, e)
		}
		return
	}
	_, _ = fmt.Fprintf(w, "parley: %s\n", printable(strings.ReplaceAll(err.Error(), "\n", ": ")))
	if h, ok := errors.AsType[*hinted](err); ok {
		for _, line := range h.hints {
			_, _ = fmt.Fprintf(w, "hint: %s\n", printable(line))
		}
	}
}
