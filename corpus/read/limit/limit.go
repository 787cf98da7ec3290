// Package limit bounds what reading one file may cost.
package limit

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Limits are the bounds for one file. A zero stands for its default.
type Limits struct {
	FileBytes    int64         // of a file that holds many articles; default [DefaultFileBytes]
	ArticleBytes int64         // of any other file, and of one article in a file of many; default [DefaultArticleBytes]
	Unpacked     int64         // bytes of all that is unpacked from one file; default [DefaultUnpacked]
	Nodes        int           // elements, keys, cells, blocks of one file; default [DefaultNodes]
	Depth        int           // nesting; default [DefaultDepth]
	Memory       int64         // bytes that reading in a process of its own may take; default [DefaultMemory]
	Time         time.Duration // of the processor, for one file; default [DefaultTime]
}

// The defaults of [Limits]. A long report has 50 KB of text, a news page with its
// scripts 3 MB; the largest pages of the HTML standard and of Wikipedia have some
// 100,000 elements and a depth under 60.
const (
	DefaultFileBytes    = 64 << 20
	DefaultArticleBytes = 8 << 20
	DefaultUnpacked     = 64 << 20
	DefaultNodes        = 1 << 20
	DefaultDepth        = 512
	DefaultMemory       = 224 << 20
	DefaultTime         = 5 * time.Second
)

// DefaultTotal bounds the bytes of all files of a corpus, which are in memory at
// the end. A hundred thousand long reports have 1 GB.
const DefaultTotal int64 = 1 << 30

// The most that each of [Limits], and what a corpus has in all, may be set to: beyond, a file that is not what it
// seems takes what the machine needs for answers. Judgements.
const (
	MostFileBytes    = 1 << 30
	MostArticleBytes = 256 << 20
	MostUnpacked     = 1 << 30
	MostNodes        = 1 << 24
	MostDepth        = 1 << 12
	MostMemory       = 4 << 30
	MostTime         = 10 * time.Minute
	MostFiles        = 5_000_000
	MostTotal        = 64 << 30
)

// LeastMemory is the least that [Limits].Memory may be: the program itself has some
// 30 MB, and a page of a few megabytes takes twenty times its size.
const LeastMemory = 64 << 20

// ErrLimit is what every error of a [Meter] is, unless the context ended.
var ErrLimit = errors.New("over the limit")

// ErrApart is what a reader returns for a file that a parser might take too much
// time or memory for, and that it was not given in a process of its own: see
// [Meter.Apart]. Whoever called it does that then.
var ErrApart = errors.New("is to be read in a process of its own")

// Meter counts what reading one file costs. Readers call it in their loops and
// return its errors as they are. It is for one goroutine.
type Meter struct {
	ctx      context.Context
	limits   Limits
	clock    clock
	nodes    int
	unpacked int64
	apart    bool
}

// clockEvery is how many nodes are counted between two looks at the clock.
const clockEvery = 256

// New starts a meter for one file.
func New(ctx context.Context, l Limits) *Meter {
	l = l.WithDefaults()
	return &Meter{ctx: ctx, limits: l, clock: clock{began: time.Now(), share: 1}}
}

// NewApart starts a meter for one file that is read in a process of its own, whose
// time and memory are bounded from outside.
func NewApart(ctx context.Context, l Limits) *Meter {
	m := New(ctx, l)
	m.apart = true
	return m
}

// Apart reports whether the file is read in a process of its own: if not, what
// cannot be bounded within is refused with [ErrApart].
func (m *Meter) Apart() bool { return m.apart }

// WithDefaults fills in what is zero.
func (l Limits) WithDefaults() Limits {
	orDefault(&l.FileBytes, DefaultFileBytes)
	orDefault(&l.ArticleBytes, DefaultArticleBytes)
	orDefault(&l.Unpacked, DefaultUnpacked)
	orDefault(&l.Nodes, DefaultNodes)
	orDefault(&l.Depth, DefaultDepth)
	orDefault(&l.Memory, DefaultMemory)
	orDefault(&l.Time, DefaultTime)
	return l
}

func orDefault[N int | int64 | time.Duration](n *N, d N) {
	if *n <= 0 {
		*n = d
	}
}

// Context is the context that reading runs under.
func (m *Meter) Context() context.Context { return m.ctx }

// Limits are the bounds that the meter holds.
func (m *Meter) Limits() Limits { return m.limits }

// Nodes counts n more nodes: elements, keys, cells, blocks, lines. It fails when
// there are too many, when the file's time is over or the context has ended.
func (m *Meter) Nodes(n int) error {
	before := m.nodes
	m.nodes += n
	if m.nodes > m.limits.Nodes {
		return fmt.Errorf("has more than %d elements, %w", m.limits.Nodes, ErrLimit)
	}
	if before/clockEvery != m.nodes/clockEvery {
		return m.Clock()
	}
	return nil
}

// Clock fails when the file's time is over or the context has ended.
func (m *Meter) Clock() error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	if m.Left() <= 0 {
		return fmt.Errorf("takes more than %s to read, %w", (m.limits.Time + time.Duration(m.clock.more.Load())).Round(time.Millisecond), ErrLimit)
	}
	return nil
}

// Depth fails when something is nested deeper than allowed.
func (m *Meter) Depth(d int) error {
	if d > m.limits.Depth {
		return fmt.Errorf("is nested more than %d deep, %w", m.limits.Depth, ErrLimit)
	}
	return nil
}

// Unpack counts n more bytes that were unpacked from the file.
func (m *Meter) Unpack(n int64) error {
	m.unpacked += n
	if m.unpacked > m.limits.Unpacked {
		return fmt.Errorf("unpacks to more than %d bytes, %w", m.limits.Unpacked, ErrLimit)
	}
	return m.Clock()
}
