package library

import (
	"errors"
	"io/fs"
	"os"
	"testing"

	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

// scifact is the corpus that the benchmarks are stated for.
func scifact(b *testing.B) *Files {
	b.Helper()
	const path = "../../../shared/eval/scifact/articles.jsonl"
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		b.Skip("the scifact abstracts (BEIR, 5,183 articles) are not beside this tree")
	}
	return &Files{Paths: []string{path}}
}

func BenchmarkReload(b *testing.B) {
	src := scifact(b)
	dir := b.TempDir()
	rep, err := New(src, "", Options{}).Reload(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := Save(dir, rep.Snapshot); err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name, dir string
		want      Kind
	}{{"build", "", Missing}, {"open", dir, Usable}} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				rep, err := New(src, bb.dir, Options{}).Reload(b.Context(), nil)
				if err != nil || rep.State.Kind != bb.want {
					b.Fatalf("got %v and error %v", rep.State, err)
				}
			}
		})
	}
}

// BenchmarkBuild is for comparing with the program of before: what an embedder
// needs must cost nothing without one. With one the difference is that of LSA to
// stand in, of hashing the texts and of a second set of vectors.
func BenchmarkBuild(b *testing.B) {
	r, err := scifact(b).Read(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name string
		opts Options
	}{{"lsa", Options{}}, {"embedder", Options{Embedder: retrievaltest.NewEmbedder("model", 128)}}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustBuild(b, r, bb.opts)
			}
		})
	}
}

// BenchmarkSearch, too: the same questions with and without one.
func BenchmarkSearch(b *testing.B) {
	r, err := scifact(b).Read(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	down := retrievaltest.NewEmbedder("model", 128)
	for _, bb := range []struct {
		name string
		opts Options
		fail error
	}{{"lsa", Options{}, nil}, {"embedder", Options{Embedder: retrievaltest.NewEmbedder("model", 128)}, nil}, {"standing in", Options{Embedder: down}, errDown}} {
		s := mustBuild(b, r, bb.opts)
		down.Fail(bb.fail)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				text := r.Articles[i%len(r.Articles)].Title
				if _, err := s.Index.Search(b.Context(), retrieval.Query{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFingerprint(b *testing.B) {
	src := scifact(b)
	for b.Loop() {
		if _, err := src.Fingerprint(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSave(b *testing.B) {
	r, err := scifact(b).Read(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	s, dir := mustBuild(b, r, Options{}), b.TempDir()
	for b.Loop() {
		if err := Save(dir, s); err != nil {
			b.Fatal(err)
		}
	}
	info, err := os.Stat(dir + "/" + fileName)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}
