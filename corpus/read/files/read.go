package files

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"time"
)

// HeadBytes is how much of a file [Accept] sees, at most.
const HeadBytes = 4096

// Accept looks at the first bytes of a file and says how many it may have, or why
// it is not read, for people. The answer depends on nothing but head and the name.
type Accept func(head []byte) (limit int64, err error)

// Content is what was read of a file.
type Content struct {
	Data []byte            // all of it; nil when it was not read
	Sum  [sha256.Size]byte // of Data
	Size int64             // of the file, as far as it is known
}

// How often a file that changes meanwhile is read again, and how long after the
// first, the second, … time. A judgement: an editor saves in less.
const (
	attempts = 3
	again    = 100 * time.Millisecond
)

// stall is how long a file may give nothing at all. A judgement: a disk that has
// gone to sleep takes some seconds.
const stall = 15 * time.Second

// errChanges says that a file is being written.
var errChanges = errors.New("changes while it is read: reload when it is complete")

// LimitError says that a file has more bytes than it may have.
type LimitError struct {
	Size, Limit int64 // Size is 0 when it is not known
}

func (e *LimitError) Error() string {
	if e.Size > 0 {
		return fmt.Sprintf("has %d bytes, more than the %d that such a file may have", e.Size, e.Limit)
	}
	return fmt.Sprintf("has more than the %d bytes that such a file may have", e.Limit)
}

// Read reads a file: what it says first, and if that is accepted the whole of it.
// A file that is written meanwhile is read again, or refused when that does not
// end. The content has the file's size even when there is an error, which is for
// people and follows the path. Reading that hangs is given up when the context
// ends, or after a while.
func Read(ctx context.Context, path string, accept Accept) (Content, error) {
	for n := 1; ; n++ {
		c, err := readWatched(ctx, path, accept)
		if !errors.Is(err, errChanges) || n == attempts {
			return c, err
		}
		wait := time.NewTimer(time.Duration(n) * again)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return c, ctx.Err()
		}
	}
}

// readWatched reads in a goroutine of its own and does not wait for one that a
// disk or a network keeps in a system call, which nothing can end: it ends when
// that returns, and holds nothing but its file.
func readWatched(ctx context.Context, path string, accept Accept) (Content, error) {
	type result struct {
		Content
		err error
	}
	if err := ctx.Err(); err != nil {
		return Content{}, err
	}
	done := make(chan result, 1)
	var steps atomic.Int64
	go func() {
		c, err := readOnce(ctx, path, accept, &steps)
		done <- result{c, err}
	}()
	tick := time.NewTicker(stall)
	defer tick.Stop()
	for last := int64(-1); ; {
		select {
		case r := <-done:
			return r.Content, r.err
		case <-ctx.Done():
			return Content{}, ctx.Err()
		case <-tick.C:
			now := steps.Load()
			if now == last {
				return Content{}, fmt.Errorf("cannot be read: the disk has given nothing for %s", stall)
			}
			last = now
		}
	}
}

// readOnce reads a file, counting its steps.
func readOnce(ctx context.Context, path string, accept Accept, steps *atomic.Int64) (Content, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return Content{}, errors.New(why(err))
	}
	defer func() { _ = f.Close() }()
	before, err := f.Stat()
	if err != nil {
		return Content{}, errors.New(why(err))
	}
	if !before.Mode().IsRegular() {
		return Content{}, fmt.Errorf("is %s, which is never opened", kindOf(before.Mode()))
	}
	c := Content{Size: before.Size()}
	r := reader{ctx: ctx, f: f, steps: steps}
	head, err := r.read(make([]byte, 0, HeadBytes), HeadBytes)
	if err != nil {
		return c, err
	}
	limit, err := accept(head)
	if err != nil {
		return c, err
	}
	if c.Size > limit {
		return c, &LimitError{c.Size, limit}
	}
	data := append(make([]byte, 0, max(c.Size, int64(len(head)))+1), head...)
	if data, err = r.read(data, limit+1-int64(len(head))); err != nil {
		return c, err
	}
	if int64(len(data)) > limit {
		return c, &LimitError{0, limit}
	}
	after, err := f.Stat()
	if err != nil {
		return c, errors.New(why(err))
	}
	if changed(before, after) || after.Size() != int64(len(data)) && after.Size() > 0 {
		return c, errChanges
	}
	c.Data, c.Size, c.Sum = data, int64(len(data)), sha256.Sum256(data)
	return c, nil
}

func changed(before, after fs.FileInfo) bool {
	return before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime())
}

// step is how many bytes are read between two looks at the context.
const step = 1 << 20

// reader reads a file in steps.
type reader struct {
	ctx   context.Context // of one call of Read
	f     *os.File
	steps *atomic.Int64
}

// read appends up to n bytes.
func (r *reader) read(data []byte, n int64) ([]byte, error) {
	for n > 0 {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		room := min(int64(cap(data)-len(data)), n, step)
		got, err := r.f.Read(data[len(data) : len(data)+int(room)])
		r.steps.Add(1)
		data, n = data[:len(data)+got], n-int64(got)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.New(why(err))
		}
	}
	return data, nil
}
