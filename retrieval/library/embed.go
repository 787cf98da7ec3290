package library

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/lsa"
	"parley/retrieval/vector"
)

// embedBatch is how many passages go to an embedder at once: a few seconds of
// an endpoint's time, so that progress is seen and a failure loses little.
const embedBatch = 64

// textHash names the text of a passage as an embedder sees it.
type textHash [16]byte

// vectorsByText are vectors of one model, by the text they were made from.
type vectorsByText map[textHash][]float32

// embed makes the vectors of all passages and stores them.
func (s *Snapshot) embed(ctx context.Context, opts Options, from material, progress Progress) (*vector.Store, error) {
	var embedder retrieval.Embedder
	var vectors [][]float32
	var err error
	if opts.Embedder != nil {
		embedder, s.Model = opts.Embedder, opts.Embedder.Model()
		vectors, err = s.ask(ctx, opts.Embedder, from.known, progress)
		s.vectors = vectors
	} else {
		progress.step("embedding", 0, 0)
		s.model, vectors, err = s.fit(ctx, opts.LSA, from.model)
		progress.step("embedding", 1, 0)
		if err == nil {
			embedder, s.Model = s.model, s.model.Model()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("embed passages: %w", err)
	}
	progress.step("indexing vectors", 0, 0)
	store, err := vector.New(ctx, embedder, vectors)
	if err != nil {
		return nil, fmt.Errorf("store vectors: %w", err)
	}
	progress.step("indexing vectors", 1, 0)
	return store, nil
}

// fit makes the LSA model, or takes the stored one, and embeds with it.
func (s *Snapshot) fit(ctx context.Context, opts lsa.Options, stored []byte) (*lsa.Model, [][]float32, error) {
	var m *lsa.Model
	var err error
	if stored != nil {
		m, err = lsa.Load(s.Forward, stored)
	} else {
		m, err = lsa.Fit(ctx, s.Forward, opts)
	}
	if err != nil {
		return nil, nil, err
	}
	vectors, err := m.Passages(ctx)
	return m, vectors, err
}

// ask embeds the passages whose vectors are not known.
func (s *Snapshot) ask(
	ctx context.Context, e retrieval.Embedder, known vectorsByText, progress Progress,
) ([][]float32, error) {
	vectors := make([][]float32, len(s.Corpus.Passages))
	var wanted []int
	for p := range vectors {
		vec, ok := known[hashText(passageText(s.Corpus, p))]
		if !ok {
			wanted = append(wanted, p)
		}
		vectors[p] = vec
	}
	done := 0
	for batch := range slices.Chunk(wanted, embedBatch) {
		progress.step("embedding", done, len(wanted))
		texts := make([]string, len(batch))
		for i, p := range batch {
			texts[i] = passageText(s.Corpus, p)
		}
		got, err := e.Embed(ctx, retrieval.Document, texts)
		if err != nil {
			return nil, err
		}
		if len(got) != len(texts) {
			return nil, fmt.Errorf("%s gave %d vectors for %d texts", e.Model(), len(got), len(texts))
		}
		for i, p := range batch {
			vectors[p] = got[i]
		}
		done += len(batch)
	}
	progress.step("embedding", done, len(wanted))
	return vectors, nil
}

// passageText is a passage as an embedder sees it: under a header of title,
// publisher and date, which a passage from the middle of a report lacks.
func passageText(c *corpus.Corpus, p int) string {
	pass := &c.Passages[p]
	a := &c.Articles[pass.Article]
	var header []string
	for _, part := range []string{a.Title, a.Publisher} {
		if part != "" {
			header = append(header, part)
		}
	}
	if d := a.Date(); !d.IsZero() {
		header = append(header, d.Format(time.DateOnly))
	}
	return strings.Join(header, " · ") + "\n\n" + c.Text(pass.Article, pass.Span)
}

func hashText(text string) textHash {
	sum := sha256.Sum256([]byte(text))
	return textHash(sum[:16])
}

// passageVectors returns the vectors of an embedder that is not LSA, whose
// vectors depend on the whole corpus.
func (s *Snapshot) passageVectors() vectorsByText {
	if s.vectors == nil {
		return nil
	}
	out := make(vectorsByText, len(s.vectors))
	for p, vec := range s.vectors {
		out[hashText(passageText(s.Corpus, p))] = vec
	}
	return out
}
