package main

import (
	"context"
	"encoding/gob"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	chromem "github.com/philippgille/chromem-go"

	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/bot/answer/question"
	"parley/bot/eval"
	"parley/corpus/read"
	"parley/corpus/read/limit"
	"parley/retrieval"
	"parley/retrieval/embedding"
	"parley/retrieval/encoder"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
)

// engines build what a job names and return what can be measured of it.
var engines = map[string]func(context.Context, job) (built, []operation, error){
	"prepare":      prepare,
	"parley":       buildParley,
	"bleve":        func(_ context.Context, j job) (built, []operation, error) { return buildBleve(j, bleve.NewMemOnly) },
	"bleve-scorch": func(_ context.Context, j job) (built, []operation, error) { return buildBleve(j, newScorch) },
	"chromem":      buildChromem,
}

// buildParley does what the commands search and ask do: everything from the file
// to a live engine counts as indexing.
func buildParley(ctx context.Context, j job) (built, []operation, error) {
	questions, err := readQuestions(j.Questions)
	if err != nil {
		return built{}, nil, err
	}
	start := time.Now()
	s, err := snapshot(ctx, j)
	if err != nil {
		return built{}, nil, err
	}
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		return built{}, nil, err
	}
	engine := extract.New(s, pairs, extract.Options{Threshold: extract.DefaultThreshold, MaxSentences: extract.DefaultMaxSentences})
	b := built{Articles: len(s.Corpus.Articles), Passages: len(s.Corpus.Passages), Index: time.Since(start)}
	search := func(i int) error {
		_, err := s.Index.Search(ctx, question.Read(questions[i]).Query(retrieval.DefaultLimit))
		return err
	}
	ask := func(i int) error {
		_, err := engine.Answer(ctx, questions[i])
		return err
	}
	return b, []operation{{"search", len(questions), search}, {"ask", len(questions), ask}}, nil
}

func snapshot(ctx context.Context, j job) (*library.Snapshot, error) {
	words, err := lexicon.Open()
	if err != nil {
		return nil, fmt.Errorf("open lexicon: %w", err)
	}
	vectors, err := embedding.Builtin()
	if err != nil {
		return nil, fmt.Errorf("open encoder: %w", err)
	}
	source := &library.Files{Paths: []string{j.Articles}, Options: read.Options{Limits: limit.Limits{FileBytes: 1 << 40}}}
	report, err := library.New(source, "", library.Options{Lexicon: words, Embedder: vectors, Steady: true, Reader: vectors}).Reload(ctx, nil)
	if err != nil {
		return nil, err
	}
	if n := len(report.Snapshot.Reading.Refused); n > 0 {
		fmt.Fprintf(os.Stderr, "bench: %d articles were not read\n", n)
	}
	return report.Snapshot, nil
}

func readQuestions(path string) ([]answer.Question, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []answer.Question
	for q, err := range eval.Lines[eval.Question](f) {
		if err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		out = append(out, q.Ask(time.Time{}))
	}
	return out, nil
}

// prepared is what the other engines start from: they are spared the reading,
// cleaning and splitting, and the making of vectors.
type prepared struct {
	Passages []string // parley's own, each under its header of title, publisher and date
	Vectors  [][]float32
	Queries  [][]float32 // of the questions, of the same model
}

func prepare(ctx context.Context, j job) (built, []operation, error) {
	s, err := snapshot(ctx, j)
	if err != nil {
		return built{}, nil, err
	}
	questions, err := readQuestions(j.Questions)
	if err != nil {
		return built{}, nil, err
	}
	var p prepared
	for i := range s.Corpus.Passages {
		p.Passages = append(p.Passages, library.PassageText(s.Corpus, i))
	}
	model, err := lsa.Fit(ctx, s.Forward(), lsa.Options{})
	if err != nil {
		return built{}, nil, err
	}
	if p.Vectors, err = model.Passages(ctx); err != nil {
		return built{}, nil, err
	}
	texts := make([]string, len(questions))
	for i := range questions {
		texts[i] = questions[i].Text
	}
	if p.Queries, err = model.Embed(ctx, retrieval.QueryText, texts); err != nil {
		return built{}, nil, err
	}
	f, err := os.Create(j.Prepared)
	if err != nil {
		return built{}, nil, err
	}
	defer f.Close()
	if err := gob.NewEncoder(f).Encode(&p); err != nil {
		return built{}, nil, fmt.Errorf("write passages: %w", err)
	}
	return built{Passages: len(p.Passages)}, nil, f.Close()
}

func readPrepared(path string) (*prepared, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p := new(prepared)
	if err := gob.NewDecoder(f).Decode(p); err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	return p, nil
}

// bleveBatch is how many passages bleve gets at once.
const bleveBatch = 1000

// newScorch is an index of bleve's newer kind that stays in memory.
func newScorch(m mapping.IndexMapping) (bleve.Index, error) {
	return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
}

// buildBleve indexes the passages as one field with bleve's English analyzer.
// Nothing but what a match query needs is kept, which is bleve's quickest way.
func buildBleve(j job, open func(mapping.IndexMapping) (bleve.Index, error)) (built, []operation, error) {
	questions, err := readQuestions(j.Questions)
	if err != nil {
		return built{}, nil, err
	}
	p, err := readPrepared(j.Prepared)
	if err != nil {
		return built{}, nil, err
	}
	p.Vectors, p.Queries = nil, nil
	text := bleve.NewTextFieldMapping()
	text.Analyzer = en.AnalyzerName
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt("text", text)
	start := time.Now()
	index, err := open(m)
	if err != nil {
		return built{}, nil, err
	}
	batch := index.NewBatch()
	for i, passage := range p.Passages {
		if err := batch.Index(strconv.Itoa(i), map[string]string{"text": passage}); err != nil {
			return built{}, nil, err
		}
		if batch.Size() == bleveBatch || i == len(p.Passages)-1 {
			if err := index.Batch(batch); err != nil {
				return built{}, nil, err
			}
			batch.Reset()
		}
	}
	b := built{Passages: len(p.Passages), Index: time.Since(start)}
	search := func(i int) error {
		query := bleve.NewMatchQuery(questions[i].Text)
		query.SetField("text")
		res, err := index.Search(bleve.NewSearchRequestOptions(query, retrieval.DefaultLimit, 0, false))
		if err == nil && len(res.Hits) == 0 {
			err = fmt.Errorf("bleve found nothing for %q", questions[i].Text)
		}
		return err
	}
	return b, []operation{{"search", len(questions), search}}, nil
}

// buildChromem puts all vectors into one collection, to be searched as chromem
// does it. Making the vectors does not count.
func buildChromem(ctx context.Context, j job) (built, []operation, error) {
	p, err := readPrepared(j.Prepared)
	if err != nil {
		return built{}, nil, err
	}
	start := time.Now()
	refuse := func(context.Context, string) ([]float32, error) {
		return nil, fmt.Errorf("every passage has a vector")
	}
	c, err := chromem.NewDB().CreateCollection("passages", nil, refuse)
	if err != nil {
		return built{}, nil, err
	}
	for i, vec := range p.Vectors {
		if vec == nil {
			continue
		}
		if err := c.AddDocument(ctx, chromem.Document{ID: strconv.Itoa(i), Embedding: vec, Content: p.Passages[i]}); err != nil {
			return built{}, nil, err
		}
	}
	b := built{Passages: c.Count(), Index: time.Since(start)}
	search := func(i int) error {
		if p.Queries[i] == nil {
			return nil
		}
		_, err := c.QueryEmbedding(ctx, p.Queries[i], retrieval.DefaultLimit, nil, nil)
		return err
	}
	return b, []operation{{"search", len(p.Queries), search}}, nil
}
