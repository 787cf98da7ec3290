package library

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/corpus/read"
	"parley/corpus/read/limit"
	"parley/retrieval"
	"parley/retrieval/embedding"
	"parley/retrieval/retrievaltest"
)

// ferries are files of two articles with three sentences each.
func ferries(t *testing.T) *Files {
	t.Helper()
	dir := t.TempDir()
	writeArticle(t, dir, "ferry.txt", "Title: Ferries\n\nThe ferry sails at noon. It takes an hour to the island. Dogs sail free.")
	writeArticle(t, dir, "toll.txt", "Title: Tolls\n\nLorries pay nine crowns. Cars pay three. The bridge opened in May.")
	return &Files{Paths: []string{dir}, Options: read.Options{Limits: limit.Limits{FileBytes: 1 << 20, ArticleBytes: 1 << 20}}}
}

func writeArticle(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func reloadOf(t *testing.T, l *Library) *Snapshot {
	t.Helper()
	r, err := l.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Snapshot
}

func fill(t *testing.T, l *Library) {
	t.Helper()
	if err := l.FillSentences(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func wantRead(t *testing.T, r *retrievaltest.Reader, when string, want ...string) {
	t.Helper()
	got := r.Read()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s the sentences %q were embedded, want %q", when, got, want)
	}
}

func TestSentencesAreEmbeddedOnce(t *testing.T) {
	r := retrievaltest.NewReader("reader", 32)
	s := reloadOf(t, New(ferries(t), "", Options{Reader: r}))
	wantRead(t, r, "by a reload")
	got, err := s.Sentences(t.Context(), []int{4, 0, 4})
	if err != nil {
		t.Fatal(err)
	}
	wantRead(t, r, "asked for three, two of them the same,", "Cars pay three.", "The ferry sails at noon.")
	want, err := r.EmbedSentences(t.Context(), []retrieval.SentenceText{s.sentenceText(4), s.sentenceText(0), s.sentenceText(4)})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got other vectors than the reader's, or %v", err)
	}
	r.Read()
	if again, err := s.Sentences(t.Context(), []int{4, 0, 4}); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("the second time the vectors are others, or %v", err)
	}
	wantRead(t, r, "the second time")
}

func TestFillSentences(t *testing.T) {
	r, dir := retrievaltest.NewReader("reader", 32), t.TempDir()
	source := ferries(t)
	l := New(source, dir, Options{Reader: r})
	reloadOf(t, l)
	var stages []string
	if err := l.FillSentences(t.Context(), func(stage string, _, _ int) { stages = append(stages, stage) }); err != nil {
		t.Fatal(err)
	}
	if n := len(r.Read()); n != 6 {
		t.Errorf("%d sentences were embedded, want all 6", n)
	}
	if len(stages) == 0 || stages[0] != "embedding sentences" {
		t.Errorf("progress told the stages %q", stages)
	}
	fill(t, l)
	wantRead(t, r, "filled again")

	// After a restart they come from the file, and of an article that has changed
	// only what is new in it is embedded.
	writeArticle(t, source.Paths[0], "ferry.txt", "Title: Ferries\n\nA kiosk sells maps. The ferry sails at noon. It takes an hour to the island. Dogs sail free.")
	l = New(source, dir, Options{Reader: r})
	reloadOf(t, l)
	fill(t, l)
	wantRead(t, r, "after a restart", "A kiosk sells maps.")

	// Under another title a sentence reads otherwise.
	writeArticle(t, source.Paths[0], "toll.txt", "Title: Bridge tolls\n\nLorries pay nine crowns. Cars pay three. The bridge opened in May.")
	reloadOf(t, l)
	fill(t, l)
	wantRead(t, r, "under another title", "Lorries pay nine crowns.", "Cars pay three.", "The bridge opened in May.")

	// What is gone is forgotten.
	if err := os.Remove(filepath.Join(source.Paths[0], "toll.txt")); err != nil {
		t.Fatal(err)
	}
	reloadOf(t, l)
	if n := len(l.from.sentences.texts); n != 4 || len(l.from.sentences.order) != 4 {
		t.Errorf("vectors of %d sentences are kept, want those of 4", n)
	}

	// Those of another reader are not taken.
	other := retrievaltest.NewReader("another", 32)
	l = New(source, dir, Options{Reader: other})
	reloadOf(t, l)
	fill(t, l)
	if n := len(other.Read()); n != 4 {
		t.Errorf("another reader embedded %d sentences, want all 4", n)
	}
}

// TestSentencesAreBounded is that no more are kept than there is room for.
func TestSentencesAreBounded(t *testing.T) {
	r := retrievaltest.NewReader("reader", 32)
	l := New(ferries(t), "", Options{Reader: r})
	l.from.sentences.most = 4
	s := reloadOf(t, l)
	fill(t, l)
	if n := len(r.Read()); n != 4 {
		t.Errorf("%d sentences were embedded in the background, want the 4 there is room for", n)
	}
	got, err := s.Sentences(t.Context(), []int{0, 1, 2, 3, 4, 5})
	if err != nil || slices.ContainsFunc(got, func(v retrieval.SentenceVector) bool { return v.Bytes == nil }) {
		t.Errorf("a sentence beyond has no vector, or %v", err)
	}
	if n := len(l.from.sentences.texts); n != 4 {
		t.Errorf("%d are kept, want 4", n)
	}
	r.Read()
	if _, err := s.Sentences(t.Context(), []int{4, 5}); err != nil {
		t.Fatal(err)
	}
	wantRead(t, r, "asked last, and asked for again,")
}

func TestSentencesFail(t *testing.T) {
	bare := reloadOf(t, New(ferries(t), "", Options{}))
	if _, err := bare.Sentences(t.Context(), []int{0}); !errors.Is(err, ErrNoReader) {
		t.Errorf("without a reader got %v, want ErrNoReader", err)
	}
	if _, err := bare.Question(t.Context(), "when?"); !errors.Is(err, ErrNoReader) {
		t.Errorf("without a reader got %v, want ErrNoReader", err)
	}
	r, broken := retrievaltest.NewReader("reader", 32), errors.New("out of paper")
	r.FailSentences(broken)
	l := New(ferries(t), "", Options{Reader: r})
	if _, err := reloadOf(t, l).Sentences(t.Context(), []int{0}); !errors.Is(err, broken) {
		t.Errorf("got %v, want what the reader failed with", err)
	}
	r.FailSentences(nil)
	if _, err := l.Snapshot().Sentences(t.Context(), []int{0}); err != nil {
		t.Errorf("after the failure it gave %v", err)
	}
}

// TestCancelledFill is that what was made is saved when the rest is not wanted.
func TestCancelledFill(t *testing.T) {
	r, dir := retrievaltest.NewReader("reader", 32), t.TempDir()
	source := ferries(t)
	var long strings.Builder
	for i := range sentenceBatch {
		long.WriteString("The boat " + retrievaltest.Unique(i) + " sails at noon. ")
	}
	writeArticle(t, source.Paths[0], "long.txt", long.String())
	l := New(source, dir, Options{Reader: r})
	reloadOf(t, l)
	ctx, cancel := context.WithCancel(t.Context())
	err := l.FillSentences(ctx, func(_ string, done, _ int) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want that it was cancelled", err)
	}
	made := len(r.Read())
	l = New(source, dir, Options{Reader: r})
	all := len(reloadOf(t, l).Corpus.Sentences)
	fill(t, l)
	if again := len(r.Read()); made == 0 || again != all-made {
		t.Errorf("%d of %d were made, and then %d more", made, all, again)
	}
}

// TestOldSnapshot is that vectors of a file from before there were any of sentences
// are still used.
func TestOldSnapshot(t *testing.T) {
	e, dir := retrievaltest.NewEmbedder("embedder", 32), t.TempDir()
	source := ferries(t)
	s := reloadOf(t, New(source, dir, Options{Embedder: e}))
	e.Asked() // and forgotten
	path := filepath.Join(dir, fileName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h, payload, err := parseHeader(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.known.texts) == 0 || binary.LittleEndian.Uint64(payload[len(payload)-8:]) != 0 {
		t.Fatal("the file does not end in an empty part for sentences")
	}
	h.Version = oldest
	old, err := h.seal(payload[:len(payload)-8])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	reloadOf(t, New(source, dir, Options{Embedder: e}))
	if documents, _ := e.Asked(); len(documents) != 0 {
		t.Errorf("%q were embedded again", documents)
	}
}

func TestDecodeSentencesRefuses(t *testing.T) {
	r := retrievaltest.NewReader("reader", 32)
	l := New(ferries(t), "", Options{Reader: r})
	s := reloadOf(t, l)
	fill(t, l)
	whole := appendSentences(nil, s)
	got, err := decodeSentences(whole, "reader")
	if err != nil || len(got.hashes) != 6 {
		t.Fatalf("got %d of 6 sentences and %v", len(got.hashes), err)
	}
	for i, hash := range got.hashes {
		if !reflect.DeepEqual(got.vectors[i], l.from.sentences.texts[hash]) {
			t.Errorf("sentence %d is read otherwise than it was written", i)
		}
	}
	for cut := 1; cut < len(whole); cut++ {
		if got, err := decodeSentences(whole[:cut], "reader"); err == nil && len(got.hashes) == 6 {
			t.Fatalf("cut to %d of %d bytes it is read as if whole", cut, len(whole))
		}
	}
	for name, at := range map[string]int{"a name of billions of bytes": 0, "billions of dimensions": 4 + len("reader")} {
		forged := slices.Clone(whole)
		copy(forged[at:], "\xff\xff\xff\xff")
		if _, err := decodeSentences(forged, "reader"); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	forged := slices.Clone(whole)
	binary.LittleEndian.PutUint32(forged[4+len("reader")+4+len(textHash{}):], 0x7fc00000)
	if _, err := decodeSentences(forged, "reader"); err == nil {
		t.Error("a vector that is not a number is read")
	}
}

// TestTalksVectors is that the built-in articles have their vectors with them, and
// that these are what the encoder in the binary gives.
func TestTalksVectors(t *testing.T) {
	e, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	made := New(Talks{}, "", Options{Embedder: e, Reader: e})
	made.from = newMaterial()
	s := reloadOf(t, made)
	fill(t, made)
	data, err := s.file(header{}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile("talks.vectors", data, 0o600); err != nil {
			t.Fatal(err)
		}
		talksVectors = data
	}
	shipped := New(Talks{}, "", Options{Embedder: nothing{e}, Reader: nothing{e}})
	r, err := shipped.ReloadAtOnce(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Snapshot.Degraded != nil {
		t.Errorf("%v: go test ./retrieval/library -run TestTalksVectors -update makes them", r.Snapshot.Degraded)
	}
	if _, missing := shipped.from.sentences.get(r.Snapshot.sentenceHashes); len(missing) > 0 {
		t.Errorf("%d sentences have no vectors", len(missing))
	}
	if !reflect.DeepEqual(shipped.from.known.texts, made.from.known.texts) || !reflect.DeepEqual(shipped.from.sentences.texts, made.from.sentences.texts) {
		t.Error("the vectors in talks.vectors are not those of the encoder")
	}
}

// nothing has the name of an embedder, and makes no vectors.
type nothing struct{ *embedding.Embedder }

func (nothing) Embed(context.Context, retrieval.Role, []string) ([][]float32, error) {
	return nil, errors.New("asked")
}

func (nothing) EmbedSentences(context.Context, []retrieval.SentenceText) ([]retrieval.SentenceVector, error) {
	return nil, errors.New("asked")
}

// TestSteady is that nothing is fitted to stand in for an embedder that lies in the
// program, except while its vectors are missing.
func TestSteady(t *testing.T) {
	reading := &read.Reading{Articles: retrievaltest.Articles(minLSAPassages + 20)}
	e := retrievaltest.NewEmbedder("embedder", 32)
	for _, tt := range []struct {
		name   string
		steady bool
		want   bool
	}{{"an endpoint", false, true}, {"the encoder in the program", true, false}} {
		s, err := Build(t.Context(), reading, Options{Embedder: e, Steady: tt.steady}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.model != nil; got != tt.want || s.neural == nil {
			t.Errorf("%s: LSA is fitted is %v, want %v", tt.name, got, tt.want)
		}
	}
	later, err := build(t.Context(), reading, "", &Options{Embedder: e, Steady: true}, newMaterial(), embedLater, nil)
	if err != nil || later.model == nil || later.Degraded == nil {
		t.Errorf("while vectors are missing nothing stands in, or %v", err)
	}
	// It is waited for, however long it takes.
	s, err := Build(t.Context(), reading, Options{Embedder: e, Steady: true, Patience: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Index.Search(t.Context(), retrieval.Query{Text: "topicaworda", Explain: true})
	if err != nil || !slices.ContainsFunc(found.Hits[0].Why, func(r retrieval.Reason) bool { return r.Name == "vectors" }) {
		t.Errorf("the best hit has nothing of the vectors in it, or %v", err)
	}
}
