package cli

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/bot/discord/discordtest"
)

// tidy runs the tests, many at once, and removes what they have built.
type tidy struct{ *testing.M }

func (t tidy) Run() int {
	discordtest.AtOnce(4)
	defer func() { _ = os.RemoveAll(programs()) }()
	return t.M.Run()
}

func TestMain(m *testing.M) {
	Child()
	testscript.Main(tidy{m}, map[string]func(){
		"parley": func() { os.Exit(Main(context.Background(), os.Args[1:], System())) },
	})
}

// TestScripts runs the command line as people do. Each script names what it guards.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"untimed": untimed,
		},
	})
}

// exits CODE COMMAND... runs a command that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%v: got exit code %d, want %d\n%s", args[1:], got, want, ts.ReadFile("stderr"))
	}
}

var elapsed = regexp.MustCompile(`"elapsed_ms":[0-9.]+`)

// untimed FILE writes what the last command printed to a file, without times.
func untimed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: untimed FILE")
	}
	out := elapsed.ReplaceAllString(ts.ReadFile("stdout"), `"elapsed_ms":0`)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out), 0o600))
}
