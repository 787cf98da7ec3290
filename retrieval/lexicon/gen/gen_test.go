package main

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/retrieval/lexicon/internal/table"
)

func tiny(t *testing.T) *wordNet {
	t.Helper()
	w, err := load("testdata/wordnet")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestLoad(t *testing.T) {
	w := tiny(t)
	want := []string{
		"US", "american", "begin", "beginner", "beginning", "country", "end", "entity", "europium",
		"national capital", "now", "start", "state", "united states", "washington",
	}
	if got := w.lemmas(); !slices.Equal(got, want) {
		t.Errorf("lemmas = %q\nwant %q", got, want)
	}
	start := w.senses["start"]
	if len(start) != 2 || start[0].tags != 2 || start[1].tags != 6 {
		t.Errorf("senses of start = %+v, want 2 with 2 and 6 tags", start)
	}
	if us := w.senses["US"]; len(us) != 1 || us[0].tags != 3 {
		t.Errorf("senses of US = %+v, want one of U.S. and US, with 3 tags", us)
	}
	if got := w.synsets[w.senses["now"][0].synset].words[0]; got != "now" {
		t.Errorf("word with a marker = %q, want now", got)
	}
}

func TestLoadErrors(t *testing.T) {
	if _, err := load(t.TempDir()); err == nil {
		t.Error("an empty folder was loaded")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/wordnet")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data.verb"), []byte("00000100 30 v\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load(dir); err == nil {
		t.Error("a short line was loaded")
	}
}

func TestKey(t *testing.T) {
	tests := map[string]string{
		"Moscow": "moscow", "U.S.": "US", "USA": "US", "U.S.A.": "US", "us": "us", "WHO": "WHO", "IT": "IT",
		"U.N.": "un", "NATO": "nato", "United States": "united states", "As": "as",
	}
	for word, want := range tests {
		if got := key(word); got != want {
			t.Errorf("key(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestProbabilities(t *testing.T) {
	tests := []struct {
		name   string
		senses []sense
		want   []float64
	}{
		{"one", []sense{{rank: 1}}, []float64{1}},
		{"untagged follow Zipf", []sense{{rank: 1}, {rank: 2}}, []float64{2. / 3, 1. / 3}},
		{"tags", []sense{{rank: 1, tags: 6}, {rank: 1, tags: 0}}, []float64{7. / 8, 1. / 8}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := probabilities(tt.senses)
			for i := range got {
				if math.Abs(got[i]-tt.want[i]) > 1e-9 {
					t.Errorf("probabilities = %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestContent(t *testing.T) {
	w := tiny(t)
	ic := w.content()
	root, leaf, tagged := w.senses["entity"][0], w.senses["washington"][0], w.senses["US"][0]
	if ic[root.synset] != 0 {
		t.Errorf("content of the root = %v, want 0", ic[root.synset])
	}
	if ic[leaf.synset] != 1 {
		t.Errorf("content of a leaf = %v, want 1", ic[leaf.synset])
	}
	if x := ic[tagged.synset]; x <= 0 || x >= 1 {
		t.Errorf("content of a tagged leaf = %v, want between 0 and 1", x)
	}
}

func TestCompile(t *testing.T) {
	file, err := table.Encode(compile(tiny(t)))
	if err != nil {
		t.Fatal(err)
	}
	again, err := table.Encode(compile(tiny(t)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file, again) {
		t.Error("two runs differ")
	}
	got, err := table.Open(string(file))
	if err != nil {
		t.Fatal(err)
	}
	id := func(text string) uint32 {
		i, ok := got.Find(text)
		if !ok {
			t.Fatalf("lemma %q is missing", text)
		}
		return i
	}
	tie := func(later, earlier string, tie table.Tie) uint8 {
		all := got.Ties(id(later))
		for i := range all.Len() {
			if e := all.At(i); e.Lemma == id(earlier) && e.Tie == tie && !e.Back {
				return e.Weight
			}
		}
		return 0
	}
	noun, person := tie("beginning", "begin", table.Derived), tie("beginner", "begin", table.Derived)
	if noun == 0 || person >= noun {
		t.Errorf("begin is tied to beginning by %d, to beginner by %d, want less", noun, person)
	}
	if !slices.Contains(got.AppendAntonyms(nil, id("end")), id("begin")) {
		t.Error("begin and end are no antonyms")
	}
	if tie("american", "US", table.Pertain)+tie("united states", "american", table.Pertain) == 0 {
		t.Error("american does not pertain to united states")
	}
	us := got.Senses(id("US")).At(0).Synset
	capital := got.Edges(got.Senses(id("washington")).At(0).Synset)
	found := false
	for i := range capital.Len() {
		found = found || capital.At(i) == (table.Edge{Synset: us, Link: table.CapitalOf})
	}
	if !found {
		t.Error("washington is not the capital of US")
	}
	forms := make([]string, got.Exceptions())
	for i := range forms {
		forms[i] = got.Exception(i).Form
	}
	if want := []string{"began", "begun"}; !slices.Equal(forms, want) {
		t.Errorf("exceptions = %q, want %q: starting is regular, goose is unknown", forms, want)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	if code := run([]string{"-wordnet", "testdata/wordnet", "-out", dir}, io.Discard); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	if _, err := os.Stat(filepath.Join(dir, "wordnet.bin")); err != nil {
		t.Error(err)
	}
	if code := run([]string{"-wordnet", dir, "-out", dir}, io.Discard); code != 1 {
		t.Errorf("exit code without a database = %d, want 1", code)
	}
	if code := run([]string{"-nonsense"}, io.Discard); code != 2 {
		t.Errorf("exit code of a wrong flag = %d, want 2", code)
	}
}
