package vector

import (
	"context"
	"errors"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/retrieval"
)

// table embeds a query by looking its text up.
type table map[string][]float32

var errUnknown = errors.New("the table does not hold the text")

func (table) Model() string { return "table" }

func (m table) Embed(ctx context.Context, _ retrieval.Role, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		vec, ok := m[text]
		if !ok {
			return nil, errUnknown
		}
		out[i] = vec
	}
	return out, ctx.Err()
}

func query(text string) *retrieval.Parsed {
	return &retrieval.Parsed{Query: retrieval.Query{Text: text}}
}

func newStore(t testing.TB, e retrieval.Embedder, passages [][]float32) *Store {
	t.Helper()
	s, err := New(t.Context(), e, passages)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNewRefusesBadVectors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name string
		vec  []float32
		want string
	}{
		{"zero", []float32{0, 0}, "no direction"},
		{"nan", []float32{1, nan}, "no direction"},
		{"infinite", []float32{1, inf}, "no direction"},
		{"short", []float32{1}, "1 dimensions, the first has 2"},
		{"long", []float32{1, 0, 0}, "3 dimensions, the first has 2"},
		{"empty", []float32{}, "0 dimensions, the first has 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(t.Context(), table{}, [][]float32{{1, 0}, nil, tt.vec})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "passage 2") {
				t.Errorf("got %v, want an error about passage 2 with %q", err, tt.want)
			}
		})
	}
}

func TestNewScalesVectors(t *testing.T) {
	passages := [][]float32{{3, 4}, {0, 1e-3}}
	s := newStore(t, table{"q": {0, 50}}, passages)
	got, err := s.Rank(t.Context(), query("q"), 2)
	want := []retrieval.Scored{{Passage: 1, Score: 1}, {Passage: 0, Score: float64(float32(0.8))}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v and error %v, want %v", got, err, want)
	}
	if !slices.Equal(passages[0], []float32{3, 4}) {
		t.Errorf("the caller's vector changed to %v", passages[0])
	}
}

func TestRankRefusesBadQueries(t *testing.T) {
	nan := float32(math.NaN())
	e := table{"zero": {0, 0}, "nan": {nan, 1}, "long": {1, 0, 0}, "none": nil}
	s := newStore(t, e, [][]float32{{1, 0}, {0, 1}})
	tests := []struct {
		text string
		want string // of the error; none when empty
	}{
		{"zero", "no direction"},
		{"nan", "no direction"},
		{"long", "3 dimensions, the passages have 2"},
		{"unheard", errUnknown.Error()},
		{"none", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := s.Rank(t.Context(), query(tt.text), 5)
			if len(got) != 0 {
				t.Errorf("got %v, want nothing", got)
			}
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestRankNothingStored(t *testing.T) {
	for _, passages := range [][][]float32{nil, {nil}, {nil, nil, nil}} {
		s := newStore(t, table{"q": {1, 0}}, passages)
		if got, err := s.Rank(t.Context(), query("q"), 3); err != nil || len(got) != 0 {
			t.Errorf("%d passages without vectors: got %v and error %v", len(passages), got, err)
		}
	}
}

func TestRankSkipsPassagesWithoutVectors(t *testing.T) {
	s := newStore(t, table{"q": {1, 0}}, [][]float32{nil, {0, 1}, nil, {1, 0}})
	got, err := s.Rank(t.Context(), query("q"), 10)
	want := []retrieval.Scored{{Passage: 3, Score: 1}, {Passage: 1, Score: 0}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v and error %v, want %v", got, err, want)
	}
}

// TestRankCancelled guards against chromem's empty result without an error.
func TestRankCancelled(t *testing.T) {
	s := newStore(t, table{"q": {1, 0}}, [][]float32{{1, 0}, {0, 1}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := s.Rank(ctx, query("q"), 2); !errors.Is(err, context.Canceled) {
		t.Errorf("Rank: got %v and error %v, want %v", got, err, context.Canceled)
	}
	if _, err := s.cells[0].query(ctx, []float32{1, 0}, 2, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("query: got %v, want %v", err, context.Canceled)
	}
	if _, err := New(ctx, table{}, [][]float32{{1, 0}}); !errors.Is(err, context.Canceled) {
		t.Errorf("New: got %v, want %v", err, context.Canceled)
	}
}

// TestRankBreaksTies guards against chromem's random order of equal scores,
// most of all where the limit falls among them.
func TestRankBreaksTies(t *testing.T) {
	passages := make([][]float32, 300)
	for i := range passages {
		passages[i] = []float32{0, 1}
	}
	passages[200] = []float32{1, 0}
	s := newStore(t, table{"q": {1, 1}}, passages)
	for range 20 {
		got, err := s.Rank(t.Context(), query("q"), 5)
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range got {
			if g.Passage != i || g.Score != got[0].Score {
				t.Fatalf("got %v, want the first five passages with one score", got)
			}
		}
	}
}

// clustered returns n vectors around n/50 directions.
func clustered(n, dims int) [][]float32 {
	state := uint64(7)
	next := func() float32 { // a linear congruential generator: the same on every run
		state = state*6364136223846793005 + 1442695040888963407
		return float32(int32(state>>32)) / (1 << 31)
	}
	hubs := make([][]float32, n/50+1)
	for i := range hubs {
		hubs[i] = make([]float32, dims)
		for j := range hubs[i] {
			hubs[i][j] = next()
		}
	}
	out := make([][]float32, n)
	for i := range out {
		out[i] = slices.Clone(hubs[i%len(hubs)])
		for j := range out[i] {
			out[i][j] += 0.7 * next()
		}
	}
	return out
}

// TestCellsFindTheNearest measures the inverted file against the exact scan.
func TestCellsFindTheNearest(t *testing.T) {
	passages := clustered(2*cellsFrom, 32)
	e := table{}
	for i := range 100 {
		e[strconv.Itoa(i)] = passages[i*37]
	}
	s := newStore(t, e, passages)
	flat, err := NewFlat(e, passages)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.cells) < 2 {
		t.Fatalf("got %d cells, want several", len(s.cells))
	}
	held := 0
	for _, c := range s.cells {
		held += c.c.Count()
	}
	if held != len(passages) {
		t.Errorf("the cells hold %d vectors, want %d", held, len(passages))
	}
	found := 0
	for text := range e {
		want, err := flat.Rank(t.Context(), query(text), 10)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Rank(t.Context(), query(text), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || got[0] != want[0] {
			t.Errorf("query %s: got %v first, want %v", text, got, want[0])
		}
		for _, w := range want {
			if slices.Contains(got, w) {
				found++
			}
		}
	}
	if share := float64(found) / float64(10*len(e)); share < 0.9 {
		t.Errorf("found %.3f of the ten nearest, want 0.9", share)
	}
}

// TestNewIsReproducible guards rule 16: nothing may depend on goroutine order.
func TestNewIsReproducible(t *testing.T) {
	passages := clustered(3000, 32)
	var want [][]float32
	for _, procs := range []int{1, 2, 4} {
		old := runtime.GOMAXPROCS(procs)
		s := newStore(t, table{}, passages)
		runtime.GOMAXPROCS(old)
		if want == nil {
			want = s.centers
		}
		if !reflect.DeepEqual(s.centers, want) {
			t.Errorf("GOMAXPROCS %d: other cells", procs)
		}
	}
}

// TestRankLendsFromTurnsBefore: the score is that of the text, plus the mean of
// those of the turns before it by what they count.
func TestRankLendsFromTurnsBefore(t *testing.T) {
	e := table{"q": {1, 0, 0}, "before": {0, 1, 0}, "earlier": {0, 0, 2}, "silence": nil, "short": {1}}
	passages := [][]float32{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	for _, s := range []retrieval.Ranker{newStore(t, e, passages), must(NewFlat(e, passages))} {
		for _, tt := range []struct {
			name, text string
			context    []string
			boost      float64
			want       []float64 // ratios to the best score, by passage
		}{
			{"none", "q", nil, 0.5, []float64{1, 0, 0}},
			{"no boost", "q", []string{"before"}, 0, []float64{1, 0, 0}},
			{"one", "q", []string{"before"}, 0.5, []float64{1, 0.5, 0}},
			{"two", "q", []string{"earlier", "before"}, 0.5, []float64{1, 0.25, 0.25}},
			{"one says nothing", "q", []string{"silence", "before"}, 0.5, []float64{1, 0.25, 0}},
			{"only they say something", "silence", []string{"before"}, 0.5, []float64{0, 1, 0}},
		} {
			got, err := s.Rank(t.Context(), &retrieval.Parsed{Query: retrieval.Query{Text: tt.text, Context: tt.context, ContextBoost: tt.boost}}, 3)
			if err != nil || len(got) != 3 {
				t.Fatalf("%s: got %v and error %v", tt.name, got, err)
			}
			for _, g := range got {
				if ratio := g.Score / got[0].Score; math.Abs(ratio-tt.want[g.Passage]) > 1e-6 {
					t.Errorf("%s: passage %d has %.3f of the best score, want %.3f", tt.name, g.Passage, ratio, tt.want[g.Passage])
				}
			}
		}
		q := &retrieval.Parsed{Query: retrieval.Query{Text: "q", Context: []string{"short"}, ContextBoost: 1}}
		if _, err := s.Rank(t.Context(), q, 3); !errors.Is(err, ErrUnfit) {
			t.Errorf("two lengths: got %v", err)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
