package lexical

import (
	"context"
	"sync"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
)

// Index holds the posting lists of words and of 4-grams.
type Index struct {
	fwd   *analysis.Forward
	words *postings
	grams *gramIndex
	vocab *vocabulary
	idf   []float32
	lex   *lexicon.Lexicon
	opts  Options
	terms lexiconTerms
	pool  sync.Pool // *scratch
}

type scratch struct {
	total sums
	term  bests
}

// New builds the index. It reads fwd only. The lexicon may be nil.
func New(fwd *analysis.Forward, lex *lexicon.Lexicon, opts Options) *Index {
	ix := &Index{fwd: fwd, lex: lex, terms: newLexiconTerms(lex), opts: opts.orDefault()}
	ix.pool.New = func() any { return new(scratch) }
	var wg sync.WaitGroup
	wg.Go(func() { ix.grams = newGramIndex(fwd, ix.opts.CommonGram) })
	ix.words = buildWords(fwd, ix.opts)
	ix.vocab = newVocabulary(fwd)
	ix.idf = make([]float32, len(fwd.Terms))
	for t := range ix.idf {
		ix.idf[t] = float32(fwd.IDF(analysis.TermID(t)))
	}
	wg.Wait()
	return ix
}

// buildWords makes the posting lists of BM25F: the body's frequency is
// normalised by the passage's length, title and publisher are added as they are.
func buildWords(fwd *analysis.Forward, opts Options) *postings {
	c := fwd.Corpus
	lengths := make([]float32, len(c.Passages))
	var total float32
	for p := range c.Passages {
		for _, t := range fwd.Passage(p) {
			if !t.Stop {
				lengths[p]++
			}
		}
		total += lengths[p]
	}
	mean := total / float32(max(1, len(c.Passages)))
	bd := newBuilder(len(fwd.Terms))
	for p := range c.Passages {
		norm := float32(1)
		if mean > 0 {
			norm = 1 - b + b*lengths[p]/mean
		}
		addAll := func(toks []analysis.Tok, w float32) {
			for _, t := range toks {
				if !t.Stop {
					bd.add(int32(t.Term), w)
				}
			}
		}
		addAll(fwd.Passage(p), 1/norm)
		addAll(fwd.Titles[c.Passages[p].Article], float32(opts.Title))
		addAll(fwd.Publishers[c.Passages[p].Article], float32(opts.Publisher))
		bd.close(int32(p), func(tf float32) float32 { return tf * (k1 + 1) / (k1 + tf) })
	}
	return bd.finish(len(c.Passages))
}

// Words is the ranker over word stems.
func (ix *Index) Words() retrieval.Ranker { return wordRanker{ix} }

// Grams is the ranker over character 4-grams.
func (ix *Index) Grams() retrieval.Ranker { return gramRanker{ix} }

type wordRanker struct{ ix *Index }

var _ retrieval.Ranker = wordRanker{}

func (wordRanker) Name() string { return "words" }

func (r wordRanker) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ix := r.ix
	s := ix.pool.Get().(*scratch)
	defer ix.pool.Put(s)
	s.total.reset(ix.words.docs)
	for _, t := range q.Terms {
		if len(t.Variants) == 0 {
			if t.ID != analysis.NoTerm {
				s.total.add(ix.words.of(int32(t.ID)), float32(t.Weight))
			}
			continue
		}
		s.term.reset(ix.words.docs)
		if t.ID != analysis.NoTerm {
			s.term.add(ix.words.of(int32(t.ID)), float32(t.Weight))
		}
		for _, v := range t.Variants {
			s.term.add(ix.words.of(int32(v.ID)), float32(t.Weight*v.Weight))
		}
		s.total.addBest(&s.term)
	}
	return s.total.top(n), nil
}
