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
		e.dispatcher.log.LogAttrs(ctx, slog.LevelInfo, "text to embed is cut to what the model takes", slog.Int("bytes_left", len(text)))
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

// batch embeds inputs in one request, or in several when they are too much for one.
func (e *Embedder) batch(ctx context.Context, role retrieval.Role, b []input) ([][]float32, error) {
	ask := e.hedged
	if role == retrieval.Document {
		ask = e.trying
		select {
		case e.bulk <- struct{}{}:
			defer func() { <-e.bulk }()
		case <-ctx.Done():
			return nil, e.dispatcher.ended(ctx)
		}
	}
	vecs, _, err := e.halving(ctx, b, ask)
	if role != retrieval.Document || err == nil || !ofTexts(err) {
		return vecs, err
	}
	return e.sifted(ctx, b, err)
}

// cuts is how often a text that an endpoint finds too long is halved.
const cuts = 4

// asking is how a batch is asked for.
type asking func(context.Context, []input) ([][]float32, error)

// halving asks for a batch, in parts if it is larger than what the endpoint has
// refused before, or is refused now. It reports whether one request was enough.
func (e *Embedder) halving(ctx context.Context, b []input, ask asking) (vecs [][]float32, whole bool, err error) {
	if most := e.most.get(); most == 0 || len(b) <= most {
		vecs, whole, err = e.cutting(ctx, b, ask)
		if err == nil || len(b) == 1 || !tooLarge(err) {
			return vecs, whole, err
		}
	}
	half := (len(b) + 1) / 2
	first, wholeFirst, err := e.halving(ctx, b[:half], ask)
	if err != nil {
		return nil, false, err
	}
	second, wholeSecond, err := e.halving(ctx, b[half:], ask)
	if err != nil {
		return nil, false, err
	}
	if wholeFirst && wholeSecond { // it was the size, and not one text in it
		e.tooMany(half)
	}
	return append(first, second...), false, nil
}

// tooMany notes that an endpoint takes no more than so many texts at a time, as far
// as is known.
func (e *Embedder) tooMany(half int) {
	e.most.update(func(most int) int {
		if most == 0 {
			return half
		}
		return min(most, half)
	})
}

// tooLarge reports whether an endpoint may take half of what it was sent: some
// say no more than that it is a bad request.
func tooLarge(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Kind == KindTooLong || e.Kind == KindRequest)
}

// cutting asks for a batch. A text that is too long on its own is halved. It
// reports whether none was.
func (e *Embedder) cutting(ctx context.Context, b []input, ask asking) (vecs [][]float32, whole bool, err error) {
	vecs, err = ask(ctx, b)
	whole = true
	for n := 0; n < cuts && len(b) == 1 && errors.Is(err, answer.ErrTooLong); n++ {
		in := b[0]
		in.tokens = max(in.tokens/2, 1)
		in.text, _ = cutTokens(in.text, in.tokens)
		b, whole = []input{in}, false
		e.dispatcher.log.LogAttrs(ctx, slog.LevelWarn, "text to embed is too long for the endpoint and is cut", slog.Int("bytes_left", len(in.text)))
		vecs, err = ask(ctx, b)
	}
	return vecs, whole, err
}
