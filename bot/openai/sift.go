package openai

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"parley/retrieval"
)

// ofTexts reports whether one of the texts may be why an endpoint gives no vectors,
// and not the endpoint itself.
func ofTexts(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Kind == KindTooLong || e.undirected || e.Kind != KindModel && e.refusal())
}

// wellText is embedded to see whether an endpoint is well.
const wellText = "The boat leaves at nine."

// sifted embeds a batch that has failed, in parts, if the endpoint is well: a text
// that the model cannot do stays without a vector, the others get theirs.
func (e *Embedder) sifted(ctx context.Context, b []input, failed error) ([][]float32, error) {
	if !e.well(ctx) {
		if known, ok := errors.AsType[*Error](failed); !ok || !known.again() {
			return nil, failed
		}
		return e.request(ctx, b) // it may be well again
	}
	vecs, _, err := e.sift(ctx, b)
	if err == nil && slices.ContainsFunc(vecs, func(v []float32) bool { return v == nil }) && !e.well(ctx) {
		return nil, failed // it has become ill, and no text need have been at fault
	}
	return vecs, err
}

// well reports whether the endpoint embeds a text that every model can do.
func (e *Embedder) well(ctx context.Context) bool {
	in := e.input(ctx, retrieval.Document, 0, wellText)
	_, err := e.alone(ctx, []input{in})
	return err == nil
}

// alone makes one request. Where its texts may be at fault the endpoint is not.
func (e *Embedder) alone(ctx context.Context, b []input) ([][]float32, error) {
	var vecs [][]float32
	err := e.dispatcher.extra(ctx, func(ctx context.Context) (err error) {
		vecs, err = e.attempt(ctx, b)
		if e, ok := errors.AsType[*Error](err); ok && ofTexts(e) {
			e.text = true
		}
		return err
	})
	return vecs, err
}

// sift embeds a batch, in halves where it fails for what may be one of its texts. It
// reports whether one request was enough.
func (e *Embedder) sift(ctx context.Context, b []input) (vecs [][]float32, whole bool, err error) {
	if vecs, whole, err = e.cutting(ctx, b, e.alone); err == nil || !ofTexts(err) {
		return vecs, whole, err
	}
	if len(b) == 1 {
		e.leave(ctx, b[0], err.Error())
		return make([][]float32, 1), false, nil
	}
	half := (len(b) + 1) / 2
	first, wholeFirst, err := e.sift(ctx, b[:half])
	if err != nil {
		return nil, false, err
	}
	second, wholeSecond, err := e.sift(ctx, b[half:])
	if err != nil {
		return nil, false, err
	}
	if wholeFirst && wholeSecond {
		e.tooMany(half)
	}
	return append(first, second...), false, nil
}

// leftRunes is how much of a text is named that stays without a vector.
const leftRunes = 80

// leave says of a text that it stays without a vector.
func (e *Embedder) leave(ctx context.Context, in input, why string) {
	text := shorten(in.text, leftRunes)
	e.dispatcher.leave(text)
	e.dispatcher.log.LogAttrs(ctx, slog.LevelWarn, "text cannot be embedded and stays without a vector", slog.String("text", text), slog.String("why", why))
}
