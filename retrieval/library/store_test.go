package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval/lsa"
	"parley/retrieval/retrievaltest"
)

func saved(t *testing.T, s *Snapshot) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := Save(dir, s); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOpenGivesTheSameAnswers(t *testing.T) {
	r := reading(retrievaltest.Articles(60)...)
	r.Articles[3].Published = time.Date(2025, 12, 2, 21, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	for name, opts := range map[string]Options{"lsa": {}, "embedder": {Embedder: retrievaltest.NewEmbedder("model", 32)}, "no vectors": {Weights: Weights{Words: 1, Grams: 1}}} {
		t.Run(name, func(t *testing.T) {
			want := mustBuild(t, r, opts)
			dir := saved(t, want)
			got, state, err := Open(t.Context(), dir, want.Fingerprint, opts, nil)
			if err != nil || state.Kind != Usable {
				t.Fatalf("got state %+v and error %v", state, err)
			}
			for _, q := range []string{"topicaworda topicawordb commona", retrievaltest.Unique(17), "commonb commonc"} {
				if g, w := search(t, got, q), search(t, want, q); fmt.Sprint(g) != fmt.Sprint(w) {
					t.Errorf("search %q: got %v, want %v", q, g, w)
				}
			}
			if !Compare(want, got).Empty() || got.Corpus.Fingerprint() != want.Corpus.Fingerprint() {
				t.Error("the articles differ")
			}
			if !got.BuiltAt.Equal(want.BuiltAt) || got.Model != want.Model {
				t.Errorf("got %v and model %q, want %v and %q", got.BuiltAt, got.Model, want.BuiltAt, want.Model)
			}
			if fmt.Sprint(got.Reading.Dropped, got.Reading.Refused, got.Reading.Bytes) != fmt.Sprint(r.Dropped, r.Refused, r.Bytes) {
				t.Errorf("got the report %+v, want %+v", got.Reading, r)
			}
		})
	}
}

func TestOpenSaysWhyNot(t *testing.T) {
	s := mustBuild(t, reading(retrievaltest.Articles(5)...), Options{})
	good, err := encode(s, program())
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(old, by string) []byte {
		out := bytes.Replace(good, []byte(old), []byte(by), 1)
		if bytes.Equal(out, good) {
			t.Fatalf("the header has no %q: %s", old, good[:200])
		}
		return out
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)-100] ^= 1
	tests := []struct {
		name   string
		data   []byte // nil for no file
		opts   Options
		other  bool // another fingerprint is asked for
		kind   Kind
		reason string
	}{
		{name: "as saved", data: good, kind: Usable},
		{name: "no file", kind: Missing, reason: "there is no snapshot"},
		{name: "empty", data: []byte{}, kind: Damaged, reason: "does not begin as one"},
		{name: "something else", data: []byte("{}\n"), kind: Damaged, reason: "does not begin as one"},
		{name: "a byte more", data: append(bytes.Clone(good), 0), kind: Damaged, reason: "bytes instead of"},
		{name: "a flipped bit", data: flipped, kind: Damaged, reason: "checksum"},
		{name: "another version", data: replaced(`"version":3`, `"version":1`), kind: Stale, reason: "another version"},
		{name: "another program", data: replaced(`"program":"`, `"program":"x`), kind: Stale, reason: "another version"},
		{name: "other dims", data: good, opts: Options{LSA: lsa.Options{Dims: 7}}, kind: Stale, reason: "other options"},
		{name: "another embedder", data: good, opts: Options{Embedder: retrievaltest.NewEmbedder("model", 32)}, kind: Usable},
		{name: "no vectors", data: good, opts: Options{Weights: Weights{Words: 1}}, kind: Stale, reason: "other options"},
		{name: "other articles", data: good, other: true, kind: Stale, reason: "articles have changed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if tt.data != nil {
				if err := os.WriteFile(filepath.Join(dir, fileName), tt.data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			fingerprint := s.Fingerprint
			if tt.other {
				fingerprint = "other"
			}
			got, state, err := Open(t.Context(), dir, fingerprint, tt.opts, nil)
			if err != nil || state.Kind != tt.kind || !strings.Contains(state.Reason, tt.reason) {
				t.Errorf("got %+v and error %v, want kind %d and %q", state, err, tt.kind, tt.reason)
			}
			if (got != nil) != (tt.kind == Usable) {
				t.Errorf("got a snapshot %t", got != nil)
			}
		})
	}
	t.Run("cut short anywhere", func(t *testing.T) {
		wanted := header{Program: program(), Options: s.opts, Fingerprint: s.Fingerprint}
		for n := 0; n < len(good); n += max(1, len(good)/200) {
			if _, _, state := decodeFile(good[:n], wanted); state.Kind != Damaged {
				t.Errorf("%d bytes of %d: got %+v", n, len(good), state)
			}
		}
	})
	for name, data := range map[string][]byte{"of nothing": nil, "grown": good} {
		t.Run("larger than the memory, "+name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			if err := errors.Join(os.WriteFile(path, data, 0o600), os.Truncate(path, 1<<42)); err != nil {
				t.Skip("the file system keeps no large empty files:", err)
			}
			if got, state, err := Open(t.Context(), dir, s.Fingerprint, Options{}, nil); got != nil || err != nil || state.Kind != Damaged {
				t.Errorf("got %+v and error %v", state, err)
			}
		})
	}
	t.Run("a folder in its place", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, fileName, "x"), 0o750); err != nil {
			t.Fatal(err)
		}
		if got, state, err := Open(t.Context(), dir, s.Fingerprint, Options{}, nil); got != nil || err != nil || state.Kind != Damaged {
			t.Errorf("got %+v and error %v", state, err)
		}
		if err := Save(dir, s); err == nil {
			t.Error("Save: got no error")
		}
		if left := temporaries(t, dir); len(left) != 0 {
			t.Errorf("a failed save leaves %v", left)
		}
	})
}

// TestOpenAnotherModel: a model that does not fit the articles beside it is found
// out even when the checksum is right.
func TestOpenAnotherModel(t *testing.T) {
	s := mustBuild(t, reading(retrievaltest.Articles(5)...), Options{})
	s.model = mustBuild(t, reading(retrievaltest.Articles(4)...), Options{}).model
	got, state, err := Open(t.Context(), saved(t, s), s.Fingerprint, Options{}, nil)
	if got != nil || err != nil || state.Kind != Damaged || !strings.Contains(state.Reason, "does not fit together") {
		t.Errorf("got %+v and error %v", state, err)
	}
}

func TestOpenCancelled(t *testing.T) {
	s := mustBuild(t, reading(retrievaltest.Articles(5)...), Options{})
	dir := saved(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, _, err := Open(ctx, dir, s.Fingerprint, Options{}, nil); got != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestSaveBesideOthers: whoever opens while several save finds a whole snapshot.
func TestSaveBesideOthers(t *testing.T) {
	dir := t.TempDir()
	snaps := []*Snapshot{
		mustBuild(t, reading(retrievaltest.Articles(5)...), Options{}),
		mustBuild(t, reading(retrievaltest.Articles(30)...), Options{}),
	}
	if err := Save(dir, snaps[0]); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 10 {
				if err := Save(dir, snaps[i%2]); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 10 {
				_, state, err := Open(t.Context(), dir, snaps[i%2].Fingerprint, Options{}, nil)
				if err != nil || state.Kind != Usable && state.Kind != Stale {
					t.Errorf("got %+v and error %v", state, err)
				}
			}
		})
	}
	wg.Wait()
	if left := temporaries(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func temporaries(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// TestBuildIsReproducible guards rule 16: two builds save the same bytes.
func TestBuildIsReproducible(t *testing.T) {
	r := reading(retrievaltest.Articles(1500)...)
	var want []byte
	for _, procs := range []int{1, 2, 4} {
		old := runtime.GOMAXPROCS(procs)
		s := mustBuild(t, r, Options{})
		runtime.GOMAXPROCS(old)
		s.BuiltAt = time.Time{}
		got, err := encode(s, "")
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("GOMAXPROCS %d: other bytes", procs)
		}
	}
}

func FuzzRead(f *testing.F) {
	s := mustBuild(f, reading(retrievaltest.Articles(3)...), Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
	good, err := encode(s, program())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("{}\n"))
	wanted := header{Program: program(), Options: s.opts, Embedder: s.embedder, Fingerprint: s.Fingerprint}
	f.Fuzz(func(t *testing.T, data []byte) {
		st, _, state := decodeFile(data, wanted)
		if (st != nil) != (state.Kind == Usable) || (state.Reason == "") != (state.Kind == Usable) {
			t.Errorf("got %+v with data %t", state, st != nil)
		}
	})
}

// FuzzDecode goes past the checksum.
func FuzzDecode(f *testing.F) {
	r := reading(retrievaltest.Articles(3)...)
	r.Articles[0].Headings = []corpus.Span{{Start: 0, End: 9}, {Start: 50, End: 60}}
	for _, opts := range []Options{{}, {Embedder: retrievaltest.NewEmbedder("model", 32)}} {
		data, err := encode(mustBuild(f, r, opts), "")
		if err != nil {
			f.Fatal(err)
		}
		_, payload, _ := bytes.Cut(data, []byte("\n"))
		f.Add(payload)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, payload []byte) {
		parts, err := divide(payload)
		if err != nil {
			return
		}
		vectors, err := decodeVectors(parts.vectors)
		if err != nil {
			return
		}
		st, err := parts.decode()
		if err != nil || len(st.Reading.Articles) > 100 {
			return
		}
		// What decodes either builds or fails, but does not panic.
		for _, opts := range []Options{{}, {Embedder: retrievaltest.NewEmbedder("model", 32)}} {
			from := newMaterial()
			from.model = st.Model
			from.known.learn(vectors)
			_, _ = build(t.Context(), st.Reading, "", &opts, from, embedNow, nil)
		}
	})
}

// TestOpenNoFile: a device in the place of the snapshot is not read, which would
// never end.
func TestOpenNoFile(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skipf("no such device here: %v", err)
	}
	dir := t.TempDir()
	if err := os.Symlink("/dev/zero", filepath.Join(dir, fileName)); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
	s, state, err := Open(t.Context(), dir, "x", Options{}, nil)
	if s != nil || err != nil || state.Kind != Damaged || !strings.Contains(state.Reason, "is not a regular file") {
		t.Errorf("got %v, %v, %v", s, state, err)
	}
}
