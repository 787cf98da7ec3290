package library

import (
	"cmp"
	"context"
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

// fit makes the LSA model, or takes the stored one, and indexes what it embeds.
func (s *Snapshot) fit(ctx context.Context, opts lsa.Options, stored []byte, progress Progress) (*vector.Store, error) {
	progress.step("embedding", 0, 0)
	var err error
	if stored != nil {
		s.model, err = lsa.Load(s.Forward, stored)
	} else {
		s.model, err = lsa.Fit(ctx, s.Forward, opts)
	}
	if err != nil {
		return nil, fmt.Errorf("embed passages: %w", err)
	}
	vectors, err := s.model.Passages(ctx)
	if err != nil {
		return nil, fmt.Errorf("embed passages: %w", err)
	}
	progress.step("embedding", 1, 0)
	progress.step("indexing vectors", 0, 0)
	store, err := vector.New(ctx, s.model, vectors)
	if err != nil {
		return nil, fmt.Errorf("store vectors: %w", err)
	}
	progress.step("indexing vectors", 1, 0)
	return store, nil
}

// fill asks an embedder for the vectors that passages lack, and calls got after
// each batch of them. What it has got before it fails is known.
func (s *Snapshot) fill(ctx context.Context, e retrieval.Embedder, progress Progress, got func()) error {
	for {
		wanted := s.known.missing(s.hashes)
		done := 0
		for batch := range slices.Chunk(wanted, embedBatch) {
			progress.step("embedding", done, len(wanted))
			texts, hashes := make([]string, len(batch)), make([]textHash, len(batch))
			for i, p := range batch {
				texts[i], hashes[i] = passageText(s.Corpus, p), s.hashes[p]
			}
			vectors, err := e.Embed(ctx, retrieval.Document, texts)
			if err == nil {
				err = s.known.add(hashes, vectors)
			}
			if err = cmp.Or(ctx.Err(), err); err != nil {
				return fmt.Errorf("embed passages: %w", err)
			}
			done += len(batch)
			got()
		}
		if len(wanted) == 0 {
			return nil
		}
		progress.step("embedding", done, len(wanted))
		// Once more, because vectors of before can have been dropped.
	}
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

// hashPassages names the texts of all passages.
func hashPassages(c *corpus.Corpus) []textHash {
	out := make([]textHash, len(c.Passages))
	for p := range out {
		out[p] = hashText(passageText(c, p))
	}
	return out
}
