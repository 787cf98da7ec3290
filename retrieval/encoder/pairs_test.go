package encoder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"parley/retrieval/encoder/kernel"
)

// pairFile is a pair model on the tiny encoder: one layer shared, one its own.
func pairFile(t *testing.T, base *Model, change func(*pairHeader)) []byte {
	t.Helper()
	c := base.Config()
	b := builder{rng: rand.New(rand.NewPCG(3, 4)), tensors: map[string][2]int64{}}
	b.layer(1, &c)
	for name, n := range map[string]int{"answer": 1, "span": 2, "verdict": 3, "relation": 3} {
		b.floats(name+".weight", n*c.Hidden, 0, .3)
		b.floats(name+".bias", n, 0, .1)
	}
	h := pairHeader{PairConfig{
		Name: "tiny pairs", Reader: base.Content(), Shared: 1, Layers: 2, Question: "the ferry: ", Claim: "noon: ", Account: "harbour: ",
	}, b.tensors}
	if change != nil {
		change(&h)
	}
	return b.file(t, h)
}

type pairHeader struct {
	PairConfig
	Tensors map[string][2]int64 `json:"tensors"`
}

// openRoomy is the tiny encoder with room for pairs.
func openRoomy(t *testing.T) *Model {
	t.Helper()
	c := tiny
	c.Positions = 256
	m, err := Open(file(t, c, nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func openTinyPairs(t *testing.T) *PairModel {
	t.Helper()
	base := openRoomy(t)
	p, err := OpenPairs(base, pairFile(t, base, nil))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func somePairs() []Pair {
	var out []Pair
	for i, text := range texts() {
		out = append(out, Pair{"the ferry sails at noon", text}, Pair{text, "long harbours a b c"}, Pair{strings.Repeat("a ", i), strings.Repeat("b ", i)})
	}
	return out
}

// TestReadSameEverywhere is that a pair is read the same to the bit on every
// processor, in every batch and order.
func TestReadSameEverywhere(t *testing.T) {
	m := openTinyPairs(t)
	pairs := somePairs()
	for _, office := range []Office{Answers, Supports, Agrees} {
		want, err := m.Read(t.Context(), office, pairs)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range kernel.Paths() {
			other := *m
			other.base = m.base.on(path)
			for i := range pairs {
				got, err := other.Read(t.Context(), office, pairs[i:i+1])
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got[0], want[i]) {
					t.Fatalf("office %d, pair %d alone on %v: got %+v, want %+v", office, i, path, got[0], want[i])
				}
			}
		}
	}
}

// TestReadOffices is that each office has its own reading of a pair, and that the
// texts of a pair have each their place.
func TestReadOffices(t *testing.T) {
	m := openTinyPairs(t)
	read := func(office Office, a, b string) Reading {
		t.Helper()
		got, err := m.Read(t.Context(), office, []Pair{{a, b}})
		if err != nil {
			t.Fatal(err)
		}
		return got[0]
	}
	one, other := read(Answers, "the ferry", "at noon"), read(Answers, "at noon", "the ferry")
	if one.Answer == other.Answer {
		t.Error("a pair the other way round has the same answer")
	}
	if one.Verdict != [3]float32{} || one.Relation != [3]float32{} {
		t.Errorf("a question has a verdict or a relation: %+v", one)
	}
	if r := read(Supports, "the ferry", "at noon"); r.Verdict == [3]float32{} || r.Answer != 0 || r.Relation != [3]float32{} {
		t.Errorf("a claim is read as %+v", r)
	}
	if r := read(Agrees, "the ferry", "at noon"); r.Relation == [3]float32{} || r.Answer != 0 || r.Verdict != [3]float32{} {
		t.Errorf("an account is read as %+v", r)
	}
}

// TestReadSpan is that the words that answer are words of the second text.
func TestReadSpan(t *testing.T) {
	m := openTinyPairs(t)
	for _, second := range []string{"the ferry sails at noon.", "noon", strings.Repeat("the long harbour ", 200), "é the \x00 ferry", ""} {
		got, err := m.Read(t.Context(), Answers, []Pair{{"the harbour", second}})
		if err != nil {
			t.Fatal(err)
		}
		s := got[0]
		if s.Start < 0 || s.End > len(second) || s.Start > s.End {
			t.Fatalf("%.30q: the answer is at %d to %d", second, s.Start, s.End)
		}
		if second != "" && s.Start == s.End {
			t.Errorf("%.30q: no words answer", second)
		}
		if words := strings.Fields(second[s.Start:s.End]); len(words) > longestSpan {
			t.Errorf("%.30q: %d words answer", second, len(words))
		}
	}
}

// TestReadCutsLong is that of a text that is too long the beginning is read.
func TestReadCutsLong(t *testing.T) {
	m := openTinyPairs(t)
	long := Pair{strings.Repeat("a ", firstTokens), strings.Repeat("b ", secondTokens)}
	longer := Pair{long.First + "c c c", long.Second + "d d d"}
	got, err := m.Read(t.Context(), Answers, []Pair{long, longer})
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Answer != got[1].Answer {
		t.Errorf("what is beyond the limits is read: %v and %v", got[0].Answer, got[1].Answer)
	}
}

func TestOpenPairsRefuses(t *testing.T) {
	base := openRoomy(t)
	whole := pairFile(t, base, nil)
	forged := func(change func(*pairHeader)) []byte { return pairFile(t, base, change) }
	tests := []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"nothing", nil, ErrFormat, "does not begin"},
		{"an encoder", file(t, tiny, nil), ErrDamaged, "shared"},
		{"one bit", func() []byte {
			data := append([]byte(nil), whole...)
			data[len(data)-500] ^= 1
			return data
		}(), ErrDamaged, "checksum"},
		{"on another encoder", forged(func(h *pairHeader) { h.Reader = "0123456789ab" }), ErrFormat, "stands on encoder"},
		{"no layers of its own", forged(func(h *pairHeader) { h.Shared = 2 }), ErrDamaged, "shared"},
		{"more layers shared than there are", forged(func(h *pairHeader) { h.Shared, h.Layers = 3, 4 }), ErrDamaged, "shares 3"},
		{"a head missing", forged(func(h *pairHeader) { delete(h.Tensors, "verdict.bias") }), ErrDamaged, "verdict.bias is missing"},
		{"a layer missing", forged(func(h *pairHeader) { delete(h.Tensors, "layer.1.up.weight") }), ErrDamaged, "layer.1.up.weight is missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := OpenPairs(base, tt.data)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got the error %v, want %v that says %q", err, tt.want, tt.says)
			}
		})
	}
}

func TestOpenPairsNeedsRoom(t *testing.T) {
	base := openTiny(t)
	if _, err := OpenPairs(base, pairFile(t, base, nil)); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "room") {
		t.Errorf("got the error %v", err)
	}
}

func TestReadCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := openTinyPairs(t).Read(ctx, Answers, somePairs()); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v", err)
	}
}

// TestBuiltinPairs is that the file in the program is whole, stands on the encoder
// in it, and reads some pairs as the float model does that it was made from
// (testdata/pairs.jsonl, by tools/reader/exportpairs.py).
func TestBuiltinPairs(t *testing.T) {
	if err := verify([]byte(builtinPairs)); err != nil {
		t.Fatal(err)
	}
	m, err := BuiltinPairs()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/pairs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	offices := map[string]Office{"answer": Answers, "verdict": Supports, "relation": Agrees}
	sum, worst, n := 0., 0., 0
	for line := range strings.Lines(string(data)) {
		var want struct {
			Office        string
			First, Second string
			Logits        []float64
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		got, err := m.Read(t.Context(), offices[want.Office], []Pair{{want.First, want.Second}})
		if err != nil {
			t.Fatal(err)
		}
		logits := map[string][]float32{"answer": {got[0].Answer}, "verdict": got[0].Verdict[:], "relation": got[0].Relation[:]}[want.Office]
		for i, w := range want.Logits {
			off := math.Abs(w - float64(logits[i]))
			sum, worst, n = sum+off, max(worst, off), n+1
		}
	}
	said := fmt.Sprintf("%d numbers: off by %.3f on average, by %.3f at worst", n, sum/float64(n), worst)
	t.Log(said)
	if n < 300 || sum/float64(n) > .25 || worst > 2 {
		t.Error(said)
	}
}
