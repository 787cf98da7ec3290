package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"parley/retrieval/encoder/kernel"
	"parley/retrieval/encoder/wordpiece"
)

// A file of weights begins with the magic, the version and the length of the
// header (little-endian, 32 bits each). The header is JSON and says where the
// tensors lie, counted from the file's beginning; the last 32 bytes are the
// SHA-256 of all before. Matrices lie as package kernel reads them, everything
// else is little-endian float32.
const (
	magic       = "parley encoder\n\x00"
	fileVersion = 1
	prefixSize  = len(magic) + 8
)

// ErrFormat is, within an error, that a file is no file of weights, or of a
// version that this program does not read.
var ErrFormat = errors.New("not a weights file of this version")

// ErrDamaged is, within an error, that a file of weights is not as it was written.
var ErrDamaged = errors.New("damaged weights file")

// Config is what a file says of its encoder.
type Config struct {
	Name      string  `json:"name"`      // of the model
	Base      string  `json:"base"`      // that it was trained from, and its licence
	Layers    int     `json:"layers"`    //
	Hidden    int     `json:"hidden"`    // width of a vector
	Heads     int     `json:"heads"`     // of attention
	Inner     int     `json:"inner"`     // width between the two products after attention
	Positions int     `json:"positions"` // most tokens of a text
	Words     int     `json:"words"`     // of the vocabulary
	Epsilon   float32 `json:"epsilon"`   // of layer norms

	// What stands before a text tells the encoder what its vector is for.
	Query    string `json:"query"`    // a question, to find passages
	Passage  string `json:"passage"`  // a passage, to be found
	Question string `json:"question"` // a question, to find the sentences that answer it
	Sentence string `json:"sentence"` // a sentence, to be found to answer
}

// layer is one layer of the encoder.
type layer struct {
	attention, output, up, down                            kernel.Matrix
	attentionGamma, attentionBeta, outputGamma, outputBeta []float32
}

// weights are the tensors of a file. The large ones are read where they lie.
type weights struct {
	words       []byte    // of each word, Hidden signed bytes
	wordScale   []float32 // of each word
	position    []float32 // of each position, with that of the only segment added
	gamma, beta []float32 // of the norm over the sum
	layers      []layer
}

// reader takes tensors out of a file and keeps the first error.
type reader struct {
	data    []byte
	tensors map[string][2]int64
	err     error
}

// parse reads the header of a file and verifies nothing else.
func parse[Head header](data []byte) (*reader, *Head, error) {
	text, err := headerText(data)
	if err != nil {
		return nil, nil, err
	}
	var head struct {
		Tensors map[string][2]int64 `json:"tensors"` // begin and length in bytes
	}
	config := new(Head)
	if err := errors.Join(json.Unmarshal(text, &head), json.Unmarshal(text, config)); err != nil {
		return nil, nil, fmt.Errorf("%w: header: %w", ErrDamaged, err)
	}
	if err := (*config).validate(); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &reader{data: data[:len(data)-sha256.Size], tensors: head.Tensors}, config, nil
}

// header is what a file says of what it holds.
type header interface{ validate() error }

// headerText is the header of a file as JSON.
func headerText(data []byte) ([]byte, error) {
	if len(data) < prefixSize+sha256.Size || !bytes.HasPrefix(data, []byte(magic)) {
		return nil, fmt.Errorf("%w: it does not begin as one", ErrFormat)
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != fileVersion {
		return nil, fmt.Errorf("%w: it is of version %d, this program reads %d", ErrFormat, v, fileVersion)
	}
	n := int64(binary.LittleEndian.Uint32(data[len(magic)+4:]))
	if n > int64(len(data)-prefixSize-sha256.Size) {
		return nil, fmt.Errorf("%w: it is cut short", ErrDamaged)
	}
	return data[prefixSize : prefixSize+int(n)], nil
}

// verify compares a file with its checksum.
func verify(data []byte) error {
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	return nil
}

// identity names the content of a file, by its checksum.
func identity(data []byte) string {
	return hex.EncodeToString(data[len(data)-sha256.Size:][:6])
}

// maxSize keeps a forged header from asking for more than a file can hold.
const maxSize = 1 << 20

func (c Config) validate() error {
	for _, n := range []int{c.Layers, c.Hidden, c.Heads, c.Inner, c.Positions, c.Words} {
		if n < 1 || n > maxSize {
			return fmt.Errorf("header: sizes %d × %d, %d heads, %d inner, %d positions, %d words cannot be",
				c.Layers, c.Hidden, c.Heads, c.Inner, c.Positions, c.Words)
		}
	}
	if c.Hidden%c.Heads != 0 || c.Hidden/c.Heads%kernel.Lanes != 0 || c.Inner%kernel.Lanes != 0 {
		return fmt.Errorf("header: %d heads over %d values, %d inner: want multiples of %d", c.Heads, c.Hidden, c.Inner, kernel.Lanes)
	}
	if c.Positions < 2 || !(c.Epsilon > 0) {
		return fmt.Errorf("header: %d positions, epsilon %g cannot be", c.Positions, c.Epsilon)
	}
	return nil
}

// bytes returns a tensor as it lies in the file.
func (r *reader) bytes(name string, want int) []byte {
	at, ok := r.tensors[name]
	switch {
	case r.err != nil:
		return nil
	case !ok:
		r.err = fmt.Errorf("%w: %s is missing", ErrDamaged, name)
		return nil
	case at[0] < 0 || at[1] < 0 || at[0] > int64(len(r.data)) || at[1] > int64(len(r.data))-at[0]:
		r.err = fmt.Errorf("%w: %s lies outside the file", ErrDamaged, name)
		return nil
	case want >= 0 && at[1] != int64(want):
		r.err = fmt.Errorf("%w: %s has %d bytes, want %d", ErrDamaged, name, at[1], want)
		return nil
	}
	return r.data[at[0]:][:at[1]:at[1]]
}

// floats returns a tensor of numbers. It copies: numbers in a file may lie where
// no float32 can.
func (r *reader) floats(name string, n int) []float32 {
	b := r.bytes(name, 4*n)
	if b == nil {
		return nil
	}
	out := make([]float32, n)
	for i := range out {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if v-v != 0 {
			r.err = fmt.Errorf("%w: %s holds %v", ErrDamaged, name, v)
			return nil
		}
		out[i] = v
	}
	return out
}

func (r *reader) matrix(name string, k, n int) kernel.Matrix {
	m := kernel.Matrix{
		K: k, N: n, Weights: r.bytes(name+".weight", k*n), Scale: r.floats(name+".scale", n), Bias: r.floats(name+".bias", n),
	}
	if r.err == nil {
		if err := m.Validate(); err != nil {
			r.err = fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
		}
	}
	return m
}

func (r *reader) weights(c *Config) weights {
	w := weights{
		words:     r.bytes("words.weight", c.Words*c.Hidden),
		wordScale: r.floats("words.scale", c.Words),
		position:  r.floats("positions", c.Positions*c.Hidden),
		gamma:     r.floats("norm.gamma", c.Hidden),
		beta:      r.floats("norm.beta", c.Hidden),
	}
	w.layers = r.layers(c, 0, c.Layers)
	return w
}

// layers reads those from first up to end.
func (r *reader) layers(c *Config, first, end int) (out []layer) {
	for i := first; i < end && r.err == nil; i++ {
		name := func(part string) string { return fmt.Sprintf("layer.%d.%s", i, part) }
		out = append(out, layer{
			attention:      r.matrix(name("attention"), c.Hidden, 3*c.Hidden),
			output:         r.matrix(name("output"), c.Hidden, c.Hidden),
			up:             r.matrix(name("up"), c.Hidden, c.Inner),
			down:           r.matrix(name("down"), c.Inner, c.Hidden),
			attentionGamma: r.floats(name("attention.norm.gamma"), c.Hidden),
			attentionBeta:  r.floats(name("attention.norm.beta"), c.Hidden),
			outputGamma:    r.floats(name("norm.gamma"), c.Hidden),
			outputBeta:     r.floats(name("norm.beta"), c.Hidden),
		})
	}
	return out
}

func (r *reader) tokenizer(words int) *wordpiece.Tokenizer {
	b := r.bytes("vocabulary", -1)
	if r.err != nil {
		return nil
	}
	if n := bytes.Count(b, []byte("\n")) + 1; n != words {
		r.err = fmt.Errorf("%w: the vocabulary has %d words, want %d", ErrDamaged, n, words)
		return nil
	}
	t, err := wordpiece.New(string(b))
	if err != nil {
		r.err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return t
}
