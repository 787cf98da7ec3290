package encoder

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"parley/retrieval/encoder/kernel"
	"parley/retrieval/encoder/wordpiece"
)

// Model is an encoder with its weights. It is immutable and safe for concurrent
// use.
type Model struct {
	config     Config
	identity   string
	tokenizer  *wordpiece.Tokenizer
	weights    weights
	path       kernel.Path
	workspaces sync.Pool // *workspace
}

// Open reads a file of weights, which must not change as long as the model is
// used: the large tensors are read where they lie. It fails with [ErrFormat] or
// [ErrDamaged] within the error.
func Open(data []byte) (*Model, error) {
	if _, err := headerText(data); err != nil {
		return nil, err
	}
	if err := verify(data); err != nil {
		return nil, err
	}
	return open(data)
}

// open reads a file whose checksum is right.
func open(data []byte) (*Model, error) {
	r, c, err := parse[Config](data)
	if err != nil {
		return nil, err
	}
	m := &Model{config: *c, identity: identity(data), tokenizer: r.tokenizer(c.Words), weights: r.weights(c), path: kernel.Best()}
	if r.err != nil {
		return nil, r.err
	}
	m.workspaces.New = func() any { return newWorkspace(&m.config) }
	return m, nil
}

// Config is what the file says of the encoder.
func (m *Model) Config() Config { return m.config }

// Content names the content of the model's file.
func (m *Model) Content() string { return m.identity }

// arithmetic is the version of what is computed from the weights. It goes up with
// every change to that which testdata/bits.golden shows.
const arithmetic = 1

// Identity names the model, the content of its file and the version of what is
// computed from it: two models with one identity give the same vectors.
func (m *Model) Identity() string {
	return fmt.Sprintf("%s %s.%d", m.config.Name, m.identity, arithmetic)
}

// batchTokens is how many tokens go through a layer together, where texts are
// shorter: enough to read the weights seldom, and few enough that what is between
// two products stays in the second-level cache.
const batchTokens = 192

// Encode returns the mean of each text's token vectors, scaled to length 1. Of a
// text with more tokens than the model has positions it reads the beginning. It
// works on as many cores as there are, and ends soon after its context does.
func (m *Model) Encode(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	work, tokens := m.tokenize(texts)
	err := m.each(ctx, work, func(ws *workspace, batch []int) error {
		ws.load(m, batch, tokens)
		if err := ws.run(ctx, m, m.weights.layers); err != nil {
			return err
		}
		at := 0
		for _, i := range batch {
			n := len(tokens[i]) * m.config.Hidden
			out[i] = mean(ws.x[at:at+n], m.config.Hidden)
			at += n
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Token is a piece of a text with its vector.
type Token struct {
	wordpiece.Token

	Vector []float32 // not scaled
}

// Tokens returns a text's tokens, [CLS] and [SEP] included, with the vectors that
// the last layer gives them.
func (m *Model) Tokens(ctx context.Context, text string) ([]Token, error) {
	tokens := [][]wordpiece.Token{m.tokenizer.Append(nil, text, m.config.Positions)}
	var out []Token
	err := m.each(ctx, [][]int{{0}}, func(ws *workspace, batch []int) error {
		ws.load(m, batch, tokens)
		if err := ws.run(ctx, m, m.weights.layers); err != nil {
			return err
		}
		for i, t := range tokens[0] {
			out = append(out, Token{t, append([]float32(nil), ws.x[i*m.config.Hidden:][:m.config.Hidden]...)})
		}
		return nil
	})
	return out, err
}

// tokenize cuts texts, and deals them out in batches.
func (m *Model) tokenize(texts []string) (batches [][]int, tokens [][]wordpiece.Token) {
	tokens = make([][]wordpiece.Token, len(texts))
	for i := range texts {
		tokens[i] = m.tokenizer.Append(nil, texts[i], m.config.Positions)
	}
	return deal(tokens), tokens
}

// deal puts texts into batches.
func deal(tokens [][]wordpiece.Token) (batches [][]int) {
	room := 0
	for i := range tokens {
		if room -= len(tokens[i]); room < 0 || i == 0 {
			batches, room = append(batches, nil), batchTokens-len(tokens[i])
		}
		last := &batches[len(batches)-1]
		*last = append(*last, i)
	}
	return batches
}

// each has batches worked on, each core with a workspace of its own.
func (m *Model) each(ctx context.Context, batches [][]int, work func(*workspace, []int) error) error {
	var next atomic.Int64
	var g errgroup.Group
	for range min(runtime.GOMAXPROCS(0), len(batches)) {
		g.Go(func() (err error) {
			// No caller can recover from what happens in this goroutine.
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("encode: panic: %v\n%s", p, debug.Stack())
				}
			}()
			ws := m.workspaces.Get().(*workspace)
			defer m.workspaces.Put(ws)
			for {
				n := int(next.Add(1)) - 1
				if n >= len(batches) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(ws, batches[n]); err != nil {
					next.Store(int64(len(batches))) // nobody begins another
					return err
				}
			}
		})
	}
	return g.Wait()
}
