package openai

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	goopenai "github.com/sashabaranov/go-openai"
	"golang.org/x/sync/errgroup"

	"parley/bot/answer"
	"parley/retrieval"
)

// vectorBytes is what a vector may take in an answer: 8192 dimensions as
// decimal numbers.
const vectorBytes = 256 << 10

var _ retrieval.Embedder = (*Embedder)(nil)

// Embedder has a model make vectors.
type Embedder struct {
	api        *goopenai.Client
	options    *Options
	dispatcher *dispatcher
	bulk       chan struct{} // slots that texts of articles may take
	cache      *remembered
	traits     memory[vectorTraits]
	dims       memory[int] // of every vector so far; 0 before the first
	most       memory[int] // texts in a request, found out; 0 for no bound
	given      memory[int] // of the vector that came last, right or wrong

	latencies latencies // of queries
}

// vectorTraits is what an endpoint takes of a request for vectors beside texts.
type vectorTraits struct {
	noEncoding   bool
	noDimensions bool
}

func newEmbedder(api *goopenai.Client, o *Options) *Embedder {
	e := &Embedder{
		api: api, options: o, dispatcher: newDispatcher(partEmbeddings, o), cache: newRemembered(o.CachedQueries),
		// One slot is left for people who wait for an answer.
		bulk: make(chan struct{}, max(o.Parallel-1, 1)),
	}
	e.dims.known = o.Dimensions
	return e
}

// Model names all that the vectors depend on: the model, the dimensions asked
// for and the prefixes.
func (e *Embedder) Model() string {
	name := e.options.EmbeddingModel
	if e.options.Dimensions > 0 {
		name += fmt.Sprintf(" dimensions=%d", e.options.Dimensions)
	}
	if e.options.DocumentPrefix != "" || e.options.QueryPrefix != "" {
		name += fmt.Sprintf(" document=%q query=%q", e.options.DocumentPrefix, e.options.QueryPrefix)
	}
	return name
}

// Embed returns a vector for each text, or an error and nothing. It is nil for those
// without a word in them, and for those that the model cannot embed while it can
// others. Vectors of queries are kept for a while.
func (e *Embedder) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	if ctx.Err() != nil {
		return nil, e.dispatcher.ended(ctx)
	}
	vecs := make([][]float32, len(texts))
	inputs := make([]input, 0, len(texts))
	for i, text := range texts {
		if blank(text) {
			continue // OpenAI refuses empty texts
		}
		in := e.input(ctx, role, i, text)
		if role == retrieval.QueryText {
			if vec, ok := e.cache.get(in.text); ok {
				vecs[i] = vec
				continue
			}
		}
		inputs = append(inputs, in)
	}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(e.options.Parallel)
	var mu sync.Mutex // of what was learned from batches
	for _, b := range batches(inputs, e.options.BatchTexts, e.options.BatchTokens) {
		group.Go(func() error {
			got, err := e.batch(inner, role, b)
			mu.Lock()
			defer mu.Unlock()
			for i, vec := range got {
				vecs[b[i].at] = vec
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := sameDimensions(vecs); err != nil {
		return nil, err
	}
	if role == retrieval.QueryText {
		for _, in := range inputs {
			if vecs[in.at] != nil {
				e.cache.put(in.text, vecs[in.at])
			}
		}
	}
	return vecs, nil
}

// sameDimensions compares the vectors of batches that were under way at the same
// time, before any had said how many dimensions there are.
func sameDimensions(vecs [][]float32) error {
	dims := 0
	for _, vec := range vecs {
		switch {
		case vec == nil:
		case dims == 0:
			dims = len(vec)
		case dims != len(vec):
			return &Error{Kind: KindProtocol, Part: partEmbeddings, Detail: fmt.Sprintf("it gives vectors of %d and of %d dimensions", dims, len(vec))}
		}
	}
	return nil
}

// request makes one request, and what retries it needs.
func (e *Embedder) request(ctx context.Context, b []input) ([][]float32, error) {
	var vecs [][]float32
	err := e.dispatcher.do(ctx, func(ctx context.Context) error {
		var err error
		vecs, err = e.attempt(ctx, b)
		return err
	}, func() bool { return false })
	return vecs, err
}

// trying makes one request: where that fails for what may be one of its texts, it is
// not made again as it is.
func (e *Embedder) trying(ctx context.Context, b []input) ([][]float32, error) {
	var vecs [][]float32
	var last error
	err := e.dispatcher.do(ctx, func(ctx context.Context) error {
		vecs, last = e.attempt(ctx, b)
		return last
	}, func() bool { return ofTexts(last) })
	return vecs, err
}

// attempt asks once, and again without what the endpoint refuses.
func (e *Embedder) attempt(ctx context.Context, b []input) ([][]float32, error) {
	for {
		traits := e.traits.get()
		vecs, err := e.ask(ctx, b, traits)
		failed, ok := errors.AsType[*Error](err)
		switch {
		case !ok:
			return vecs, err
		case !traits.noDimensions && e.options.Dimensions > 0 && failed.refuses("dimensions", "matryoshka"):
			e.traits.update(func(t vectorTraits) vectorTraits { t.noDimensions = true; return t })
		case !traits.noEncoding && failed.refuses("encoding_format", "base64"):
			e.traits.update(func(t vectorTraits) vectorTraits { t.noEncoding = true; return t })
		default:
			return nil, err
		}
		e.dispatcher.log.LogAttrs(ctx, slog.LevelInfo, "endpoint is asked for less from now on", slog.Any("error", failed))
	}
}

// ask makes one request.
func (e *Embedder) ask(ctx context.Context, b []input, t vectorTraits) ([][]float32, error) {
	texts := make([]string, len(b))
	tokens := 0
	for i, in := range b {
		texts[i] = in.text
		tokens += in.tokens
	}
	r := goopenai.EmbeddingRequest{
		Input: texts, Model: goopenai.EmbeddingModel(e.options.EmbeddingModel),
		EncodingFormat: goopenai.EmbeddingEncodingFormatBase64,
	}
	if !t.noDimensions {
		r.Dimensions = e.options.Dimensions
	}
	x := &exchange{part: partEmbeddings, want: aVectors, limit: 1<<20 + vectorBytes*int64(len(b)), count: len(b)}
	if t.noEncoding {
		x.drop = []string{"encoding_format"}
	}
	got, err := e.api.CreateEmbeddings(withExchange(ctx, x), r)
	e.account(x, got.Usage.PromptTokens, tokens, x.sent && ctx.Err() != nil)
	if err != nil {
		return nil, known(partEmbeddings, err)
	}
	vecs := make([][]float32, len(got.Data))
	for i := range got.Data {
		vecs[i] = got.Data[i].Embedding
	}
	if err := direct(vecs); err != nil {
		return nil, &Error{Kind: KindProtocol, Part: partEmbeddings, Detail: err.Error(), undirected: true}
	}
	if err := e.check(vecs); err != nil {
		return nil, &Error{Kind: KindProtocol, Part: partEmbeddings, Detail: err.Error()}
	}
	for i, vec := range vecs {
		if vec == nil {
			e.leave(ctx, b[i], "its vector has no direction")
		}
	}
	return vecs, nil
}

// check holds vectors to the dimensions asked for, or to those of the first ones.
func (e *Embedder) check(vecs [][]float32) error {
	first := 0
	for _, vec := range vecs {
		if first = len(vec); first > 0 {
			break
		}
	}
	if first > 0 {
		e.given.update(func(int) int { return first })
	}
	dims := e.dims.get()
	if dims == 0 {
		dims = first
	}
	if err := checkVectors(vecs, dims); err != nil {
		return err
	}
	e.dims.update(func(known int) int {
		if known == 0 {
			return dims
		}
		return known
	})
	return nil
}

// account books what a request has taken.
func (e *Embedder) account(x *exchange, said, estimated int, cancelled bool) {
	u := answer.Usage{PromptTokens: said}
	if x.sent {
		u.Requests = 1
	}
	if said == 0 && (x.answered || cancelled) { // which does not stop the endpoint from working

		u.PromptTokens, u.Estimated = estimated, true
	}
	u.Cost = e.options.EmbeddingPrice * float64(u.PromptTokens) / million
	e.dispatcher.book(u)
}
