// Package sandbox reads a file in a child process of this very program, with
// bounds on time, memory and what it returns, so that no file can do more than
// have itself refused.
//
// [Child] makes a program one that can be its own child; main calls it first. [Read]
// starts the child, hands it the file on its standard input, and has what was read
// from its standard output. The child ends with its parent: its standard input
// stays open until then, and where the system can it is killed, too.
//
// Ordinary files are read without all that. [Suspicious] tells them apart by a look
// at their bytes that costs less than reading them.
package sandbox

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// Reader reads a file of a kind in the child. It is what reads ordinary files in
// the parent.
type Reader func(m *limit.Meter, kind string, data []byte) ([]*document.Document, []document.Note, error)

// What tells a child that it is one. Both are needed, so that neither a stray
// variable nor a stray argument makes a reader of a program.
const (
	childKey = "PARLEY_READER"
	childArg = "read-one-file"
)

// ready says that Child was called, so that this program may be its own child.
// Another one would not read a file: it would do all over again what it is for.
var ready atomic.Bool //nolint:gochecknoglobals // a property of the program

// Child reads a file and ends the process if it is a child. In any other it
// returns at once.
func Child(read Reader) {
	if len(os.Args) == 2 && os.Args[1] == childArg && os.Getenv(childKey) != "" {
		os.Exit(child(os.Stdin, os.Stdout, read)) //nolint:forbidigo // it is the child's main
	}
	ready.Store(true)
}

// job goes to the child, and the file's bytes after it.
type job struct {
	Kind   string
	Bytes  int
	Limits limit.Limits
}

// outcome comes from the child, and the documents after it.
type outcome struct {
	Documents int
	Notes     []document.Note
	Err       *failure // nil when there is none
}

// failure is an error of a reader.
type failure struct {
	Text  string
	Line  int
	Limit bool // it is a limit.ErrLimit
}

// Read reads the content of a file in a child. Its errors are those of the reader,
// or say what the child ran into. One of the context is returned as it is.
func Read(ctx context.Context, limits limit.Limits, kind string, data []byte) ([]*document.Document, []document.Note, error) {
	if !ready.Load() {
		return nil, nil, errors.New("is to be read in a process of its own, which this program cannot start")
	}
	limits = limits.WithDefaults()
	within, cancel := context.WithTimeout(ctx, limits.Patience())
	defer cancel()
	c, err := start(within, job{kind, len(data), limits}, data)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot be read: start a process for it: %w", err)
	}
	documents, notes, err := c.receive(limits)
	failed := c.wait()
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case within.Err() != nil:
		return nil, nil, fmt.Errorf("takes more than %s to read, %w", limits.Patience(), limit.ErrLimit)
	case failed != nil && errors.Is(err, errCut):
		return nil, nil, c.died(failed, limits)
	}
	return documents, notes, err
}

// process is a running child.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.Reader
	sent   chan struct{} // closed when all has been written or cannot be
	stderr head
}

// start starts a child and hands it its job.
func start(ctx context.Context, j job, data []byte) (*process, error) {
	program, err := self()
	if err != nil {
		return nil, err
	}
	c := &process{sent: make(chan struct{})}
	c.cmd = exec.CommandContext(ctx, program, childArg) //nolint:gosec // it is this program
	c.cmd.Env = environment()
	c.cmd.SysProcAttr = attributes()
	c.cmd.Cancel = func() error { return kill(c.cmd.Process) }
	c.cmd.WaitDelay = time.Second
	c.cmd.Stderr = &c.stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if c.out, err = c.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	head, err := frame(j)
	if err != nil {
		return nil, err
	}
	// Where the system ends a child with the thread that started it, that thread is
	// kept until the child has ended.
	runtime.LockOSThread()
	if err := c.cmd.Start(); err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	go func() {
		defer close(c.sent)
		if _, err := c.in.Write(head); err == nil { // a child that has died says so itself
			_, _ = c.in.Write(data)
		}
	}()
	return c, nil
}

// frame encodes a job after its length.
func frame(j job) ([]byte, error) {
	var b bytes.Buffer
	b.Write(make([]byte, 4))
	if err := gob.NewEncoder(&b).Encode(j); err != nil {
		return nil, err
	}
	binary.LittleEndian.PutUint32(b.Bytes(), uint32(b.Len()-4)) //nolint:gosec // some hundred bytes
	return b.Bytes(), nil
}

// environment is the child's: none of the parent's secrets.
func environment() []string {
	env := []string{childKey + "=1", "GOMAXPROCS=2", "GOTRACEBACK=none"}
	for _, key := range []string{"TZ", "ZONEINFO", "SYSTEMROOT"} {
		if value, ok := os.LookupEnv(key); ok {
			env = append(env, key+"="+value)
		}
	}
	return env
}

// errCut says that the child did not send all of its outcome.
var errCut = errors.New("cannot be read: its reader ended too early")

// receive decodes what the child sends, but no more bytes than reading may make.
func (c *process) receive(limits limit.Limits) ([]*document.Document, []document.Note, error) {
	out := &io.LimitedReader{R: c.out, N: limits.Unpacked + limits.FileBytes}
	dec := gob.NewDecoder(out)
	cut := func() error {
		if out.N <= 0 {
			_ = kill(c.cmd.Process)
			return fmt.Errorf("holds more text than %d bytes, %w", limits.Unpacked, limit.ErrLimit)
		}
		return errCut
	}
	var o outcome
	if dec.Decode(&o) != nil {
		return nil, nil, cut()
	}
	if o.Err != nil {
		return nil, nil, o.Err.err()
	}
	var documents []*document.Document
	for range o.Documents {
		d := &document.Document{}
		if dec.Decode(d) != nil {
			return nil, nil, cut()
		}
		documents = append(documents, d)
	}
	return documents, o.Notes, nil
}

// wait waits for the child's end, which its closed input asks for.
func (c *process) wait() error {
	defer runtime.UnlockOSThread()
	_ = c.in.Close()
	err := c.cmd.Wait()
	<-c.sent
	return err
}

// died says what a child ended of that sent nothing.
func (c *process) died(err error, limits limit.Limits) error {
	said := c.stderr.String()
	exit, ok := errors.AsType[*exec.ExitError](err)
	switch {
	case ok && exit.ExitCode() == exitTime:
		return fmt.Errorf("takes more than %s to read, %w", limits.Time, limit.ErrLimit)
	case ok && exit.ExitCode() == exitMemory, strings.Contains(said, "out of memory"), strings.Contains(said, "cannot allocate memory"):
		return fmt.Errorf("takes more than %d MB of memory to read, %w", limits.Memory>>20, limit.ErrLimit)
	case strings.Contains(said, "stack overflow"), strings.Contains(said, "stack exceeds"):
		return fmt.Errorf("is nested too deep, %w", limit.ErrLimit)
	case ok && exit.ExitCode() < 0: // a signal: of the limit on processor time, or of a system short of memory
		return fmt.Errorf("takes more time or memory to read than there is, %w", limit.ErrLimit)
	}
	first, _, _ := strings.Cut(said, "\n")
	return fmt.Errorf("cannot be read: its reader ended: %w: %.200s", err, first)
}

func (f *failure) err() error {
	var err error = &readError{f.Text, f.Limit}
	if f.Line > 0 {
		err = &document.LineError{Line: f.Line, Err: err}
	}
	return err
}

// readError is an error of a reader in the child.
type readError struct {
	text  string
	limit bool
}

func (e *readError) Error() string { return e.text }

// Is reports whether it is [limit.ErrLimit] that is asked for, and was one.
func (e *readError) Is(target error) bool { return e.limit && target == limit.ErrLimit }

// head keeps the first bytes that are written to it.
type head struct{ bytes.Buffer }

// Write keeps what there is room for.
func (h *head) Write(p []byte) (int, error) {
	const room = 4096
	if left := room - h.Len(); left > 0 {
		h.Buffer.Write(p[:min(len(p), left)])
	}
	return len(p), nil
}
