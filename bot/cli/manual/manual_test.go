package manual_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"parley/bot/cli/manual"
)

// grammar has one of each thing that a command line has.
type grammar struct {
	Quiet bool   `short:"q" help:"Say nothing: it's [all] done."`
	Root  string `placeholder:"DIR" help:"A folder."`

	Mix struct {
		What  []string `arg:"" optional:"" help:"What to mix."`
		From  string   `placeholder:"FILE" help:"A file."`
		Speed string   `enum:"slow,fast" default:"slow" help:"How fast."`
		Deep  bool     `hidden:"" help:"Not to be shown."`
	} `cmd:"" help:"Mix things."`
	Export struct {
		What string `arg:"" enum:"tea,milk" help:"What to write."`
	} `cmd:"" help:"Write things."`
}

func model(t *testing.T) *kong.Application {
	t.Helper()
	k, err := kong.New(&grammar{}, kong.Name("mixer"), kong.Description("Mixes things – with care."))
	if err != nil {
		t.Fatal(err)
	}
	return k.Model
}

func completion(t *testing.T, shell string) string {
	t.Helper()
	var b bytes.Buffer
	if err := manual.Completion(&b, model(t), shell); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Contains(s, "deep") {
		t.Errorf("%s: what is hidden is shown: %s", shell, s)
	}
	return b.String()
}

// TestBash guards what bash offers after each line.
func TestBash(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not there")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"mixer ":                    "-h -q --help --quiet --root export mix",
		"mixer m":                   "mix",
		"mixer -q mix --f":          "--from",
		"mixer mix --speed ":        "fast slow",
		"mixer mix --speed f":       "fast",
		"mixer export m":            "milk",
		"mixer export --s":          "",
		"mixer mix --from x --root": "--root",
	} {
		// What compopt and the shell's own completion add is not asked for here.
		script := completion(t, "bash") + "\ncompopt() { :; }\nCOMP_WORDS=(" + line + ")\n"
		if strings.HasSuffix(line, " ") {
			script += "COMP_WORDS+=('')\n"
		}
		script += "COMP_CWORD=$((${#COMP_WORDS[@]}-1))\n_mixer\nprintf '%s\\n' \"${COMPREPLY[@]}\" | sort | tr '\\n' ' '\n"
		cmd := exec.Command(bash, "-uc", script) //nolint:gosec // what is under test
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C")
		out, err := cmd.CombinedOutput()
		if got := sortedWords(string(out)); err != nil || got != sortedWords(want) {
			t.Errorf("%q: got %q, %v, want %q", line, got, err, want)
		}
	}
}

func sortedWords(s string) string {
	words := strings.Fields(s)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// TestScriptsParse guards that the shells can read what is written for them.
func TestScriptsParse(t *testing.T) {
	t.Parallel()
	for _, shell := range manual.Shells() {
		path, err := exec.LookPath(shell)
		if err != nil {
			t.Logf("%s is not there", shell)
			continue
		}
		file := filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(file, []byte(completion(t, shell)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(path, "-n", file).CombinedOutput(); err != nil || len(out) > 0 { //nolint:gosec // a shell
			t.Errorf("%s: %v: %s", shell, err, out)
		}
	}
	if err := manual.Completion(&bytes.Buffer{}, model(t), "tcsh"); err == nil {
		t.Error("a shell that is not known: no error")
	}
}

// TestMan guards that a manual page has every command and flag, and that man finds no
// fault with it.
func TestMan(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	more := []manual.Section{{Title: "Environment", Items: [][2]string{{"MIXER", ".starts with a dot"}}}}
	if err := manual.Man(&b, model(t), "1.2", time.Date(2026, 1, 17, 0, 0, 0, 0, time.UTC), more); err != nil {
		t.Fatal(err)
	}
	man, err := exec.LookPath("man")
	if err != nil {
		t.Skip("man is not there")
	}
	file := filepath.Join(t.TempDir(), "mixer.1")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(man, "--warnings", "-E", "ascii", "-l", file) //nolint:gosec // what is under test
	cmd.Env = append(os.Environ(), "MANWIDTH=80", "MANROFFOPT=-c", "MANPAGER=cat")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Skipf("man does not work here: %v: %s", err, &errs)
	}
	if errs.Len() > 0 {
		t.Errorf("man says: %s", &errs)
	}
	shown := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{"MIXER(1)", "2026-01-17", "mixer mix [<what>]", "mixer export <what>", "--from=FILE A file.", "-q, --quiet Say nothing: it's [all] done.", "MIXER .starts with a dot"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in %s", want, shown)
		}
	}
}
