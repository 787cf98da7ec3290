package encoder

import (
	"context"
	"fmt"
	"math"

	"parley/retrieval/encoder/wordpiece"
)

// PairConfig is what a file says of its pair model.
type PairConfig struct {
	Name   string `json:"name"`   // of the model
	Reader string `json:"reader"` // the content of the encoder's file that it stands on, as [Model.Content] names it
	Shared int    `json:"shared"` // layers of that encoder that a pair goes through before its own
	Layers int    `json:"layers"` // in all

	// What stands before the first text tells what is asked of the second.
	Question string `json:"question"` // the first is a question that the second may answer
	Claim    string `json:"claim"`    // the first is a claim that the second may bear out
	Account  string `json:"account"`  // the first is a question with one answer, the second another answer
}

func (c PairConfig) validate() error {
	if c.Reader == "" || c.Shared < 0 || c.Shared >= c.Layers || c.Layers > maxSize {
		return fmt.Errorf("header: %d of %d layers shared with encoder %q cannot be", c.Shared, c.Layers, c.Reader)
	}
	return nil
}

// The most tokens that are read of each text. It was trained with these.
const (
	firstTokens   = 64
	accountTokens = 128 // of a question with an answer
	secondTokens  = 110
)

// Office is what a pair is read for.
type Office int

// The offices.
const (
	Answers  Office = iota // does the second text answer the first, a question?
	Supports               // does the second text bear out the first, a claim?
	Agrees                 // does the second text answer as the first, a question and an answer, does?
)

// Pair is two texts to be read together.
type Pair struct{ First, Second string }

// Reading is what a pair model makes of a pair. The numbers are log-odds: each
// office has its own, the others mean nothing.
type Reading struct {
	Answer   float32    // [Answers]: that it does
	Start    int        // [Answers]: bytes of the second text that answer, best guess;
	End      int        //            equal where there are none
	Verdict  [3]float32 // [Supports]: supported, contradicted, not stated, by log-probability up to a constant
	Relation [3]float32 // [Agrees]: the same, another that cannot be true beside it, one that can
}

// PairModel reads two texts together: words of one attend to words of the other,
// which vectors made apart cannot. It has upper layers of its own on the lower
// ones of an encoder. It is immutable and safe for concurrent use.
type PairModel struct {
	base   *Model
	config PairConfig
	layers []layer // the encoder's lower ones and its own
	heads  heads
}

// heads are linear layers over what comes out of the last one.
type heads struct {
	answer, span, verdict, relation linear
}

// linear has a row of weights for each output.
type linear struct {
	weights, bias []float32
}

func (l *linear) apply(out, x []float32) {
	for i, sum := range l.bias {
		for k, w := range l.weights[i*len(x):][:len(x)] {
			sum += float32(w * x[k]) // the conversion keeps processors from fusing it with the addition
		}
		out[i] = sum //nolint:gosec // it has a place for each output
	}
}

// OpenPairs reads a file of weights that stands on an encoder; see [Open].
func OpenPairs(base *Model, data []byte) (*PairModel, error) {
	if _, err := headerText(data); err != nil {
		return nil, err
	}
	if err := verify(data); err != nil {
		return nil, err
	}
	return openPairs(base, data)
}

func openPairs(base *Model, data []byte) (*PairModel, error) {
	r, c, err := parse[PairConfig](data)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Reader != base.Content():
		return nil, fmt.Errorf("%w: it stands on encoder %s, not on %s", ErrFormat, c.Reader, base.Content())
	case base.config.Positions < accountTokens+secondTokens+3:
		return nil, fmt.Errorf("%w: an encoder of %d positions has no room for pairs", ErrFormat, base.config.Positions)
	case c.Shared > len(base.weights.layers):
		return nil, fmt.Errorf("%w: it shares %d layers of an encoder of %d", ErrDamaged, c.Shared, len(base.weights.layers))
	}
	own := r.layers(&base.config, c.Shared, c.Layers)
	m := &PairModel{base: base, config: *c, layers: append(base.weights.layers[:c.Shared:c.Shared], own...)}
	head := func(name string, n int) linear {
		return linear{r.floats(name+".weight", n*base.config.Hidden), r.floats(name+".bias", n)}
	}
	m.heads = heads{head("answer", 1), head("span", 2), head("verdict", 3), head("relation", 3)}
	if r.err != nil {
		return nil, r.err
	}
	return m, nil
}

// Read reads pairs for one office. Of a text that is too long it reads the
// beginning. It works on as many cores as there are, and ends soon after its
// context does.
func (p *PairModel) Read(ctx context.Context, office Office, pairs []Pair) ([]Reading, error) {
	m := p.base
	seqs := make([]sequence, len(pairs))
	tokens := make([][]wordpiece.Token, len(pairs))
	for i := range pairs {
		seqs[i] = p.sequence(office, pairs[i])
		tokens[i] = seqs[i].tokens
	}
	out := make([]Reading, len(pairs))
	err := m.each(ctx, deal(tokens), func(ws *workspace, batch []int) error {
		ws.load(m, batch, tokens)
		if err := ws.run(ctx, m, p.layers); err != nil {
			return err
		}
		at := 0
		for _, i := range batch {
			n := len(tokens[i]) * m.config.Hidden
			out[i] = p.conclude(office, &seqs[i], ws.x[at:at+n])
			at += n
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// sequence is a pair as tokens: [CLS] first [SEP] second [SEP].
type sequence struct {
	tokens []wordpiece.Token
	second int // where the second text begins
}

func (p *PairModel) sequence(office Office, pair Pair) sequence {
	lead, limit := p.config.Question, firstTokens
	switch office {
	case Supports:
		lead = p.config.Claim
	case Agrees:
		lead, limit = p.config.Account, accountTokens
	}
	t := p.base.tokenizer
	first := t.Append(nil, lead+pair.First, limit+2)
	second := t.Append(nil, pair.Second, secondTokens+2)
	return sequence{append(first, second[1:]...), len(first)}
}

// conclude applies the heads of an office to the vectors of a sequence.
func (p *PairModel) conclude(office Office, s *sequence, x []float32) (r Reading) {
	width := p.base.config.Hidden
	pooled := make([]float32, width)
	for at := 0; at < len(x); at += width {
		for d, v := range x[at:][:width] {
			pooled[d] += v
		}
	}
	for d, n := 0, float32(len(s.tokens)); d < width; d++ {
		pooled[d] = float32(pooled[d]/n) + x[d]
	}
	switch office {
	case Supports:
		p.heads.verdict.apply(r.Verdict[:], pooled)
	case Agrees:
		p.heads.relation.apply(r.Relation[:], pooled)
	default:
		var logit [1]float32
		p.heads.answer.apply(logit[:], pooled)
		r.Answer = logit[0]
		r.Start, r.End = p.span(s, x)
	}
	return r
}

// longestSpan is how many tokens an answer has at most: more than all but one in a
// hundred of those that it was trained on.
const longestSpan = 24

// span is the likeliest run of tokens of the second text, as bytes of it.
func (p *PairModel) span(s *sequence, x []float32) (start, end int) {
	width := p.base.config.Hidden
	n := len(s.tokens) - 1 - s.second // without [SEP]
	scores := make([][2]float32, n)
	for i := range scores {
		p.heads.span.apply(scores[i][:], x[(s.second+i)*width:][:width])
	}
	best := float32(math.Inf(-1))
	for i := range scores {
		for j := i; j < min(n, i+longestSpan); j++ {
			if v := scores[i][0] + scores[j][1]; v > best {
				best = v
				start, end = s.tokens[s.second+i].Start, s.tokens[s.second+j].End
			}
		}
	}
	return start, end
}
