package encoder

import (
	"context"
	"math"

	"parley/retrieval/encoder/kernel"
	"parley/retrieval/encoder/wordpiece"
)

// workspace is what the layers compute in. It grows to the largest batch it has
// had and is used again.
type workspace struct {
	hidden, inner, heads int

	lengths []int        // tokens of each text of the batch
	x       []float32    // rows of hidden: what goes into and comes out of a layer
	y       []float32    // the same, for what is added to it
	qkv     []float32    // rows of query, key and value
	wide    []float32    // rows of inner
	bytes   []int8       // quantised rows
	rows    []kernel.Row // what belongs to them
	keys    []float32    // of one head, transposed
	scores  []float32    // of some queries with all keys
}

// queryRows is how many queries of a head are scored together, so that the scores
// stay in the first-level cache for texts of usual length.
const queryRows = 32

func newWorkspace(c *Config) *workspace {
	return &workspace{hidden: c.Hidden, inner: c.Inner, heads: c.Heads}
}

// load puts the embeddings of a batch of texts into x.
func (ws *workspace) load(m *Model, batch []int, tokens [][]wordpiece.Token) {
	total, longest := 0, 0
	ws.lengths = ws.lengths[:0]
	for _, i := range batch {
		ws.lengths = append(ws.lengths, len(tokens[i]))
		total += len(tokens[i])
		longest = max(longest, len(tokens[i]))
	}
	ws.grow(total, longest)
	row := 0
	for _, i := range batch {
		for at, t := range tokens[i] {
			x := ws.x[row*ws.hidden:][:ws.hidden]
			word := m.weights.words[int(t.ID)*ws.hidden:][:ws.hidden]
			scale := m.weights.wordScale[t.ID]
			for d, b := range word {
				x[d] = float32(int8(b)) * scale
			}
			copy(ws.y[row*ws.hidden:][:ws.hidden], m.weights.position[at*ws.hidden:])
			row++
		}
	}
	m.path.AddNorm(ws.x, ws.y, m.weights.gamma, m.weights.beta, m.config.Epsilon)
}

// grow makes room for a batch.
func (ws *workspace) grow(rows, longest int) {
	padded := (longest + kernel.Lanes - 1) / kernel.Lanes * kernel.Lanes
	ws.x = room(ws.x, rows*ws.hidden)
	ws.y = room(ws.y, rows*ws.hidden)
	ws.qkv = room(ws.qkv, rows*3*ws.hidden)
	ws.wide = room(ws.wide, rows*ws.inner)
	ws.bytes = room(ws.bytes, rows*max(ws.hidden, ws.inner))
	ws.rows = room(ws.rows, rows)
	ws.keys = room(ws.keys, ws.hidden/ws.heads*padded)
	ws.scores = room(ws.scores, queryRows*padded)
}

func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// run takes x through layers.
func (ws *workspace) run(ctx context.Context, m *Model, layers []layer) error {
	p, epsilon := m.path, m.config.Epsilon
	for i := range layers {
		if err := ctx.Err(); err != nil {
			return err
		}
		l := &layers[i]
		ws.multiply(p, ws.qkv, &l.attention, ws.x)
		ws.attend(p)
		ws.multiply(p, ws.wide[:len(ws.x)], &l.output, ws.y)
		p.AddNorm(ws.x, ws.wide[:len(ws.x)], l.attentionGamma, l.attentionBeta, epsilon)
		ws.multiply(p, ws.wide, &l.up, ws.x)
		p.GELU(ws.wide)
		ws.multiply(p, ws.y, &l.down, ws.wide)
		p.AddNorm(ws.x, ws.y, l.outputGamma, l.outputBeta, epsilon)
	}
	return nil
}

// multiply quantises the rows of src and multiplies them with a layer's matrix.
func (ws *workspace) multiply(p kernel.Path, dst []float32, m *kernel.Matrix, src []float32) {
	for i := range ws.rows {
		ws.rows[i] = p.Quantise(ws.bytes[i*m.K:][:m.K], src[i*m.K:][:m.K])
	}
	p.Multiply(dst, m, ws.bytes[:len(ws.rows)*m.K], ws.rows)
}

// attend writes to y what each token takes from the others of its text, head by
// head: softmax(query · keys / √width) · values.
func (ws *workspace) attend(p kernel.Path) {
	width, stride := ws.hidden/ws.heads, 3*ws.hidden
	scale := float32(1 / math.Sqrt(float64(width)))
	first := 0
	for _, n := range ws.lengths {
		padded := (n + kernel.Lanes - 1) / kernel.Lanes * kernel.Lanes
		rows := ws.qkv[first*stride:][:n*stride]
		for h := range ws.heads {
			at := h * width
			keys := kernel.Floats{Data: ws.keys, Stride: padded}
			p.Transpose(keys, kernel.Floats{Data: rows[ws.hidden+at:], Stride: stride}, n, width)
			values := kernel.Floats{Data: rows[2*ws.hidden+at:], Stride: stride}
			for q := 0; q < n; q += queryRows {
				some := min(queryRows, n-q)
				scores := kernel.Floats{Data: ws.scores, Stride: padded}
				p.MultiplyFloat(scores, kernel.Floats{Data: rows[q*stride+at:], Stride: stride}, keys, some, padded, width, scale)
				for i := range some {
					p.Softmax(ws.scores[i*padded:][:padded], n)
				}
				out := kernel.Floats{Data: ws.y[(first+q)*ws.hidden+at:], Stride: ws.hidden}
				p.MultiplyFloat(out, scores, values, some, width, n, 1)
			}
		}
		first += n
	}
}

// mean returns the mean of rows, scaled to length 1.
func mean(rows []float32, width int) []float32 {
	out := make([]float32, width)
	for at := 0; at < len(rows); at += width {
		for d, v := range rows[at:][:width] {
			out[d] += v
		}
	}
	sum := 0.0
	for _, v := range out {
		sum += float64(v) * float64(v) // exact: fusing it with the addition changes nothing
	}
	if sum == 0 {
		return out
	}
	scale := float32(1 / math.Sqrt(sum))
	for d := range out {
		out[d] *= scale
	}
	return out
}
