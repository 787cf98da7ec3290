package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"
)

// childCommand is the argument that makes this program one engine's process. It
// reads a job and then the names of operations from standard input, one JSON
// value a line, and answers each with one.
const childCommand = "engine"

// job says what an engine works on.
type job struct {
	Engine    string
	Articles  string
	Questions string
	Prepared  string // passages and vectors, which the engines but parley start from
}

// built is what an engine answers first.
type built struct {
	Articles, Passages int
	Index              time.Duration
	Operations         []string
}

// result is what was measured of an engine on one corpus.
type result struct {
	Engine             string
	Articles, Passages int
	index              []time.Duration            // by run
	peak               []int64                    // by run, in bytes; 0 where the system does not tell
	took               map[string][]time.Duration // by operation
}

// operation does something for each question of the job, by number.
type operation struct {
	name  string
	count int
	do    func(question int) error
}

// serve is the child's side.
func serve(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	enc := json.NewEncoder(out)
	var j job
	if !lines.Scan() {
		return io.ErrUnexpectedEOF
	}
	if err := json.Unmarshal(lines.Bytes(), &j); err != nil {
		return fmt.Errorf("read job: %w", err)
	}
	build, ok := engines[j.Engine]
	if !ok {
		return fmt.Errorf("no engine is called %q", j.Engine)
	}
	b, ops, err := build(ctx, j)
	if err != nil {
		return fmt.Errorf("build %s: %w", j.Engine, err)
	}
	runtime.GC() // the garbage of building is not the first question's to collect
	byName := map[string]operation{}
	for _, op := range ops {
		b.Operations = append(b.Operations, op.name)
		byName[op.name] = op
	}
	if err := enc.Encode(b); err != nil {
		return err
	}
	for lines.Scan() {
		op := byName[lines.Text()]
		took := []time.Duration{}
		for i := range op.count {
			start := time.Now()
			if err := op.do(i); err != nil {
				return fmt.Errorf("%s question %d: %w", op.name, i+1, err)
			}
			took = append(took, time.Since(start))
		}
		if err := enc.Encode(took); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return enc.Encode(peakMemory())
}

// peakMemory is the most memory the process has held, in bytes, as Linux counts
// it (VmHWM); 0 elsewhere.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			kib, _ := strconv.ParseInt(string(bytes.Fields(rest)[0]), 10, 64)
			return kib << 10
		}
	}
	return 0
}

// child is the parent's side.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *json.Decoder
	built built
}

// start starts an engine and waits until it is built.
func start(ctx context.Context, j job) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, self, childCommand)}
	c.cmd.Stderr = os.Stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(out)
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	if err := json.NewEncoder(c.in).Encode(j); err != nil {
		return nil, fmt.Errorf("start %s: %w", j.Engine, err)
	}
	if err := c.out.Decode(&c.built); err != nil {
		return nil, fmt.Errorf("start %s: %w", j.Engine, err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d passages in %.2f s\n", j.Engine, c.built.Passages, c.built.Index.Seconds())
	return c, nil
}

// pass does an operation for all questions and returns how long each took.
func (c *child) pass(op string) ([]time.Duration, error) {
	if _, err := fmt.Fprintln(c.in, op); err != nil {
		return nil, err
	}
	var took []time.Duration
	err := c.out.Decode(&took)
	return took, err
}

// end ends an engine and takes down its peak.
func (c *child) end(r *result) error {
	if err := c.in.Close(); err != nil {
		return err
	}
	var peak int64
	if err := c.out.Decode(&peak); err != nil {
		return err
	}
	r.peak = append(r.peak, peak)
	return c.cmd.Wait()
}
