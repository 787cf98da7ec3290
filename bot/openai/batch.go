package openai

import (
	"context"
	"errors"
	"log/slog"

	"parley/bot/answer"
	"parley/retrieval"
)

// input is one text on its way.
type input struct {
	at     int // among the texts of a call
	text   string
	tokens int // estimated
}

func (e *Embedder) input(ctx context.Context, role retrieval.Role, at int, text string) input {
	prefix := e.options.DocumentPrefix
	if role == retrieval.QueryText {
		prefix = e.options.QueryPrefix
	}
	text, cut := cutTokens(prefix+text, min(e.options.InputTokens, e.options.BatchTokens))
	if cut {
		e.lane.log.LogAttrs(ctx, slog.LevelInfo, "text to embed is cut to what the model takes", slog.Int("bytes_left", len(text)))
	}
	return input{at, text, estimateTokens(text)}
}

// batches groups inputs in order, each group within both bounds.
func batches(inputs []input, texts, tokens int) [][]input {
	var out [][]input
	start, sum := 0, 0
	for i, in := range inputs {
		if i > start && (i-start >= texts || sum+in.tokens > tokens) {
			out = append(out, inputs[start:i])
			start, sum = i, 0
		}
		sum += in.tokens
	}
	if start < len(inputs) {
		out = append(out, inputs[start:])
	}
	return out
}

// batch embeds inputs in one request, or in two when they are too long for one.
func (e *Embedder) batch(ctx context.Context, role retrieval.Role, b []input) ([][]float32, error) {
	if role == retrieval.QueryText {
		return e.halving(ctx, b, e.hedged)
	}
	select {
	case e.bulk <- struct{}{}:
		defer func() { <-e.bulk }()
	case <-ctx.Done():
		return nil, e.lane.ended(ctx)
	}
	return e.halving(ctx, b, e.request)
}

// cuts is how often a text that an endpoint finds too long is halved.
const cuts = 4

func (e *Embedder) halving(ctx context.Context, b []input, request func(context.Context, []input) ([][]float32, error)) ([][]float32, error) {
	vecs, err := request(ctx, b)
	for n := 0; n < cuts && len(b) == 1 && errors.Is(err, answer.ErrTooLong); n++ {
		in := b[0]
		in.tokens = max(in.tokens/2, 1)
		in.text, _ = cutTokens(in.text, in.tokens)
		b = []input{in}
		e.lane.log.LogAttrs(ctx, slog.LevelWarn, "text to embed is too long for the endpoint and is cut", slog.Int("bytes_left", len(in.text)))
		vecs, err = request(ctx, b)
	}
	if !errors.Is(err, answer.ErrTooLong) || len(b) == 1 {
		return vecs, err
	}
	half := len(b) / 2
	first, err := e.halving(ctx, b[:half], request)
	if err != nil {
		return nil, err
	}
	second, err := e.halving(ctx, b[half:], request)
	if err != nil {
		return nil, err
	}
	return append(first, second...), nil
}
