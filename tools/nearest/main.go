// Command nearest answers a questions file with nothing but the encoder: of the
// sentences in the passages that a search finds, the one nearest to the question,
// if it is nearer than a line. So it says what the encoder is worth by itself.
//
//	go run ./tools/nearest --corpus ARTICLES --questions QUESTIONS [--line .8] [--passages 6] [--weights FILE]
//
// It prints what parley ask --json does, one object a line, with the cosine as
// confidence; with a line of -1 it always answers.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"parley/bot/eval"
	"parley/corpus/read"
	"parley/retrieval"
	"parley/retrieval/embedding"
	"parley/retrieval/encoder"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

// shortest is the length in bytes below which a sentence is none that answers.
const shortest = 16

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "nearest:", err)
		os.Exit(1)
	}
}

// row is one line of what it prints.
type row struct {
	ID         string     `json:"id"`
	Abstained  bool       `json:"abstained"`
	Confidence float64    `json:"confidence"`
	Answer     string     `json:"answer"`
	Citations  []citation `json:"citations"`
}

type citation struct {
	ArticleID string `json:"article_id"`
	Quote     string `json:"quote"`
}

// nearest is what answers.
type nearest struct {
	snapshot *library.Snapshot
	passages int
	line     float64
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("nearest", flag.ContinueOnError)
	articles := flags.String("corpus", "", "articles, as a file or folder")
	questions := flags.String("questions", "", "questions, one JSON object a line")
	weights := flags.String("weights", "", "a file of weights to try instead of those in the program")
	n := nearest{}
	flags.Float64Var(&n.line, "line", -1, "cosine below which no sentence answers")
	flags.IntVar(&n.passages, "passages", 6, "passages whose sentences are read")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := n.open(ctx, *articles, *weights); err != nil {
		return err
	}
	f, err := os.Open(*questions)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for q, err := range eval.Lines[eval.Question](f) {
		if err != nil {
			return err
		}
		r, err := n.answer(ctx, &q)
		if err != nil {
			return fmt.Errorf("answer %s: %w", q.ID, err)
		}
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

func (n *nearest) open(ctx context.Context, articles, weights string) error {
	reading, err := read.Read(ctx, []string{articles}, read.Options{})
	if err != nil {
		return err
	}
	words, err := lexicon.Open()
	if err != nil {
		return err
	}
	e, err := embedding.Builtin()
	if weights != "" {
		e, err = open(weights)
	}
	if err != nil {
		return err
	}
	n.snapshot, err = library.Build(ctx, reading, library.Options{Lexicon: words, Embedder: e, Steady: true, Reader: e}, nil)
	return err
}

func open(weights string) (*embedding.Embedder, error) {
	data, err := os.ReadFile(weights)
	if err != nil {
		return nil, err
	}
	m, err := encoder.Open(data)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", weights, err)
	}
	return embedding.New(m), nil
}

func (n *nearest) answer(ctx context.Context, q *eval.Question) (*row, error) {
	c := n.snapshot.Corpus
	found, err := n.snapshot.Index.Search(ctx, retrieval.Query{Text: q.Text, AsOf: q.Date.Time, Limit: n.passages})
	if err != nil {
		return nil, err
	}
	var sentences []int
	for _, h := range found.Hits {
		for s := c.Passages[h.Passage].First; s < c.Passages[h.Passage].Last; s++ {
			if !c.Sentences[s].Heading && c.Sentences[s].Len() >= shortest {
				sentences = append(sentences, s)
			}
		}
	}
	vectors, err := n.snapshot.Sentences(ctx, sentences)
	if err != nil {
		return nil, err
	}
	asked, err := n.snapshot.Question(ctx, q.Text)
	if err != nil {
		return nil, err
	}
	best, at := -1., -1
	for i, v := range vectors {
		if cosine := v.Cosine(asked); cosine > best {
			best, at = cosine, sentences[i]
		}
	}
	r := &row{ID: q.ID, Abstained: at < 0 || best < n.line, Confidence: best, Citations: []citation{}}
	if !r.Abstained {
		r.Answer = c.SentenceText(at)
		r.Citations = append(r.Citations, citation{c.Articles[c.Sentences[at].Article].ID, r.Answer})
	}
	return r, nil
}
