package library

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/lsa"
	"parley/retrieval/vector"
)

// How passages go to an embedder. Both are judgements: so many of about 120 words
// are one request of what endpoints take, a failure loses no more, and progress is
// seen; several are on their way at once, since most of the time is an endpoint's.
const (
	embedBatch  = 32
	embedAtOnce = 4
)

// fit makes the LSA model, or takes the stored one, and indexes what it embeds.
func (s *Snapshot) fit(ctx context.Context, opts lsa.Options, stored []byte, progress Progress) (*vector.Store, error) {
	progress.step("embedding", 0, 0)
	var err error
	if stored != nil {
		s.model, err = lsa.Load(s.fwd, stored)
	} else {
		s.model, err = lsa.Fit(ctx, s.fwd, opts)
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
// each batch of them, one call at a time. What it has got before it fails is known.
func (s *Snapshot) fill(ctx context.Context, e retrieval.Embedder, progress Progress, got func()) error {
	for {
		wanted := s.known.missing(s.hashes)
		if len(wanted) == 0 {
			return nil
		}
		progress.step("embedding", 0, len(wanted))
		var mu sync.Mutex // of done and got
		done := 0
		var failed atomic.Bool
		// A failure ends nothing that is on its way: it may succeed, and costs the same.
		var g errgroup.Group
		g.SetLimit(embedAtOnce)
		if s.steady {
			g.SetLimit(1) // it takes all cores for one
		}
		for batch := range slices.Chunk(wanted, embedBatch) {
			g.Go(func() error {
				if failed.Load() || ctx.Err() != nil {
					return nil
				}
				if err := s.ask(ctx, e, batch); err != nil {
					failed.Store(true)
					return err
				}
				mu.Lock()
				defer mu.Unlock()
				done += len(batch)
				progress.step("embedding", done, len(wanted))
				got()
				return nil
			})
		}
		if err := cmp.Or(g.Wait(), ctx.Err()); err != nil {
			return fmt.Errorf("embed passages: %w", err)
		}
		// Once more, because vectors of before can have been dropped.
	}
}

// ask embeds some passages and keeps their vectors.
func (s *Snapshot) ask(ctx context.Context, e retrieval.Embedder, passages []int) (err error) {
	// No caller can recover from what happens in this goroutine.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	texts, hashes := make([]string, len(passages)), make([]textHash, len(passages))
	for i, p := range passages {
		texts[i], hashes[i] = PassageText(s.Corpus, p), s.hashes[p]
	}
	vectors, err := e.Embed(ctx, retrieval.Document, texts)
	if err != nil {
		return err
	}
	return s.known.add(hashes, vectors)
}

// PassageText is a passage as an embedder sees it: under a header of title,
// publisher and date, which a passage from the middle of a report lacks.
func PassageText(c *corpus.Corpus, p int) string {
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
		out[p] = hashText(PassageText(c, p))
	}
	return out
}
