package eval

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"parley/bot/answer/question"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/embedding"
	"parley/retrieval/lexical"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
	"parley/retrieval/vector"
)

// trialSet is a set of articles and questions, and what its variants share.
type trialSet struct {
	name    string
	golds   []Gold // those that name relevant articles
	fwd     *analysis.Forward
	lex     *lexicon.Lexicon
	lexical map[lexical.Options]*lexical.Index // of the defaults, and the one made last
	vectors map[lsa.Options]*embedded
	neural  *vector.Store // by the encoder in the binary; nil until it is asked for
}

func trialSets(t *testing.T) []*trialSet {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(*setsDir, "eval", "*", "articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) == 0 {
		t.Skipf("no question sets at %s", *setsDir)
	}
	var sets []*trialSet
	for _, file := range dirs {
		dir := filepath.Dir(file)
		sets = append(sets, readSet(t, filepath.Base(dir), dir))
	}
	talks := &trialSet{name: "talks", golds: readGolds(t, filepath.Join(*setsDir, "questions", "talks.jsonl"))}
	talks.read(t, filepath.Join(*setsDir, "articles"))
	return append(sets, talks)
}

func readSet(t *testing.T, name, dir string) *trialSet {
	t.Helper()
	s := &trialSet{name: name, golds: readGolds(t, filepath.Join(dir, "questions.jsonl"))}
	s.read(t, filepath.Join(dir, "articles.jsonl"))
	return s
}

func (s *trialSet) read(t *testing.T, articles string) {
	t.Helper()
	reading, err := read.Read(t.Context(), []string{articles}, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.golds = slices.DeleteFunc(s.golds, func(g Gold) bool { return len(g.Relevant) == 0 })
	s.open(t, reading)
}

func (s *trialSet) open(t *testing.T, reading *read.Reading) {
	t.Helper()
	c, err := corpus.New(reading.Articles)
	if err != nil {
		t.Fatal(err)
	}
	if s.lex, err = lexicon.Open(); err != nil {
		t.Fatal(err)
	}
	s.fwd = analysis.Analyze(c)
	s.lexical, s.vectors = map[lexical.Options]*lexical.Index{}, map[lsa.Options]*embedded{}
}

// fewPassages is the size below which the library lets vectors count nothing;
// TestTrialsSearchAsShipped fails when the two differ.
const fewPassages = 100

// index puts a variant together as the library does.
func (s *trialSet) index(t *testing.T, v variant) *retrieval.Index {
	t.Helper()
	lex := s.lexical[v.lexical]
	if lex == nil {
		lex = lexical.New(s.fwd, s.lex, v.lexical)
		maps.DeleteFunc(s.lexical, func(o lexical.Options, _ *lexical.Index) bool { return o != lexical.Defaults() })
		s.lexical[v.lexical] = lex
	}
	words := lex.Words()
	if v.feedback > 0 {
		words = &feedbackRanker{words, s.fwd, v.feedback}
	}
	if v.phrase > 0 {
		words = &pairRanker{words, s.fwd, v.phrase, 1}
	}
	if v.near > 0 {
		words = &pairRanker{words, s.fwd, v.near, nearWords}
	}
	rankers := []retrieval.Weighted{{Ranker: words, Weight: v.weights.Words}, {Ranker: lex.Grams(), Weight: v.weights.Grams}}
	if v.weights.Vectors > 0 && (v.weights.Words == 0 || len(s.fwd.Corpus.Passages) >= fewPassages) {
		e := s.vectors[v.lsa]
		if e == nil {
			e = s.embed(t, v.lsa)
			s.vectors[v.lsa] = e
		}
		r := retrieval.Weighted{Ranker: e.store, Weight: v.weights.Vectors}
		if v.exact {
			r.Ranker = &exactRanker{e.model, e.passages}
		}
		rankers = append(rankers, r)
	}
	if v.weights.Neural > 0 {
		if s.neural == nil {
			s.neural = s.encode(t)
		}
		rankers = append(rankers, retrieval.Weighted{Ranker: s.neural, Weight: v.weights.Neural, Spread: !v.fromZero})
	}
	return retrieval.New(s.fwd, lex, rankers, retrieval.Options{Sum: v.sum})
}

// encode embeds the passages with the encoder in the binary.
func (s *trialSet) encode(t *testing.T) *vector.Store {
	t.Helper()
	e, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	texts := make([]string, len(s.fwd.Corpus.Passages))
	for p := range texts {
		texts[p] = library.PassageText(s.fwd.Corpus, p)
	}
	vectors, err := e.Embed(t.Context(), retrieval.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	store, err := vector.New(t.Context(), e, vectors)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// embedded are the vectors of a set's passages.
type embedded struct {
	model    *lsa.Model
	passages [][]float32
	store    *vector.Store
}

func (s *trialSet) embed(t *testing.T, opts lsa.Options) *embedded {
	t.Helper()
	m, err := lsa.Fit(t.Context(), s.fwd, opts)
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := m.Passages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	store, err := vector.New(t.Context(), m, vectors)
	if err != nil {
		t.Fatal(err)
	}
	return &embedded{m, vectors, store}
}

// search returns the articles found for each question.
func (s *trialSet) search(ctx context.Context, ix *retrieval.Index) ([][]string, error) {
	c := s.fwd.Corpus
	var ranked [][]string
	for i := range s.golds {
		found, err := ix.Search(ctx, question.Read(s.golds[i].Ask(s.golds[i].Date.Time)).Query(DefaultLimit))
		if err != nil {
			return nil, fmt.Errorf("search for question %s: %w", s.golds[i].ID, err)
		}
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, c.Articles[c.Passages[h.Passage].Article].ID)
		}
		ranked = append(ranked, ids)
	}
	return ranked, nil
}
