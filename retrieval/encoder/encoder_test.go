package encoder

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/retrieval/encoder/kernel"
	"parley/retrieval/encoder/wordpiece"
)

// on returns the model with its kernels taken from another path.
func (m *Model) on(path kernel.Path) *Model {
	other := &Model{config: m.config, identity: m.identity, tokenizer: m.tokenizer, weights: m.weights, path: path}
	other.workspaces.New = func() any { return newWorkspace(&other.config) }
	return other
}

// plain is the path in Go alone.
func plain() kernel.Path { return kernel.Paths()[len(kernel.Paths())-1] }

// texts are of all lengths, some beyond what the tiny encoder reads.
func texts() []string {
	out := []string{"", " \n", "."}
	for n := range 60 {
		var words []string
		for i := range n {
			words = append(words, []string{"the", "ferry", "sails", "at", "noon", ",", "harbours", "abc", "Zürich"}[(i*i+n)%9])
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// encode encodes texts and fails the test when that does.
func encode(t *testing.T, m *Model, texts ...string) [][]float32 {
	t.Helper()
	out, err := m.Encode(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSameEverywhere holds every path, batch and number of cores against each text
// by itself in plain Go.
func TestSameEverywhere(t *testing.T) {
	m := openTiny(t)
	all := texts()
	var want [][]float32
	for _, text := range all {
		want = append(want, encode(t, m.on(plain()), text)...)
	}
	forward := make([]int, len(all))
	for i := range forward {
		forward[i] = i
	}
	backward := slices.Clone(forward)
	slices.Reverse(backward)
	for _, path := range kernel.Paths() {
		for _, cores := range []int{1, 2, 5} {
			for _, order := range [][]int{forward, backward, forward[30:41]} {
				t.Run(fmt.Sprintf("%v on %d cores, %d texts", path, cores, len(order)), func(t *testing.T) {
					defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
					var in []string
					for _, n := range order {
						in = append(in, all[n])
					}
					for i, got := range encode(t, m.on(path), in...) {
						if !slices.Equal(got, want[order[i]]) {
							t.Errorf("text %d of %d bytes has another vector than by itself in plain Go", order[i], len(in[i]))
						}
					}
				})
			}
		}
	}
}

func TestMeanOfTokens(t *testing.T) {
	m := openTiny(t)
	for _, text := range []string{"", "The ferry sails at noon, the long harbour.", strings.Repeat("the ferry ", 100)} {
		tokens, err := m.Tokens(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		if want := min(len(m.tokenizer.Append(nil, text, 1000)), tiny.Positions); len(tokens) != want {
			t.Errorf("%.20q has %d tokens, want %d", text, len(tokens), want)
		}
		var rows []float32
		for _, token := range tokens {
			rows = append(rows, token.Vector...)
		}
		got := encode(t, m, text)[0]
		if !slices.Equal(got, mean(rows, tiny.Hidden)) {
			t.Errorf("the vector of %.20q is not the mean of its tokens", text)
		}
		norm := float32(0)
		for _, v := range got {
			norm += v * v
		}
		if norm < .9999 || norm > 1.0001 {
			t.Errorf("the vector of %.20q has the length² %v, want 1", text, norm)
		}
	}
}

// TestOrderMatters is that an encoder is no bag of words, and attends.
func TestOrderMatters(t *testing.T) {
	got := encode(t, openTiny(t), "the ferry sails at noon", "noon at sails ferry the")
	if slices.Equal(got[0], got[1]) {
		t.Error("a text and its words backwards have one vector")
	}
}

func TestCancel(t *testing.T) {
	m := openTiny(t)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if out, err := m.Encode(gone, texts()); !errors.Is(err, context.Canceled) || out != nil {
		t.Errorf("with a cancelled context Encode gave %d vectors and %v", len(out), err)
	}
	// Between two layers the context is looked at again.
	c := &countdown{Context: t.Context()}
	c.left.Store(2)
	if _, err := m.Encode(c, []string{"the ferry"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the second layer Encode gave %v", err)
	}
}

// countdown is a context that is cancelled after being asked some times.
type countdown struct {
	context.Context

	left atomic.Int32
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestPanic is that what goes wrong in a goroutine of a call ends the call and not
// the program.
func TestPanic(t *testing.T) {
	m := openTiny(t)
	m.weights.wordScale = m.weights.wordScale[:1]
	if _, err := m.Encode(t.Context(), []string{"the ferry"}); err == nil || !strings.Contains(err.Error(), "panic") {
		t.Errorf("got %v, want the panic as an error", err)
	}
}

// TestAllocations is that layers allocate nothing once a workspace has had a batch.
func TestAllocations(t *testing.T) {
	m := openTiny(t)
	ws := newWorkspace(&m.config)
	tokens := [][]wordpiece.Token{m.tokenizer.Append(nil, strings.Repeat("the ferry sails ", 10), m.config.Positions)}
	run := func() {
		ws.load(m, []int{0}, tokens)
		if err := ws.run(t.Context(), m, m.weights.layers); err != nil {
			t.Fatal(err)
		}
	}
	run()
	if n := testing.AllocsPerRun(20, run); n > 0 {
		t.Errorf("a warm batch allocates %.0f times, want none", n)
	}
}

func TestConcurrentUse(t *testing.T) {
	m := openTiny(t)
	all := texts()
	want := encode(t, m, all...)
	done := make(chan bool)
	for range 8 {
		go func() {
			got, err := m.Encode(context.Background(), all)
			done <- err == nil && slices.EqualFunc(got, want, slices.Equal)
		}()
	}
	for range 8 {
		select {
		case ok := <-done:
			if !ok {
				t.Error("vectors made at the same time differ")
			}
		case <-time.After(time.Minute):
			t.Fatal("it does not end")
		}
	}
}
