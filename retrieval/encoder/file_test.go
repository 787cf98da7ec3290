package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"parley/retrieval/encoder/kernel"
)

// tiny is an encoder of two layers with weights by chance.
var tiny = Config{
	Name: "tiny", Layers: 2, Hidden: 64, Heads: 2, Inner: 128, Positions: 40, Epsilon: 1e-12,
}

const tinyVocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nferry\nsails\nat\nnoon\n.\n,\nharbour\n##s\n##ing\na\nb\nc\nd\ne\nf\nlong"

// builder makes a file of weights.
type builder struct {
	rng     *rand.Rand
	tensors map[string][2]int64
	body    bytes.Buffer
}

const bodyStart = 1 << 14

func (b *builder) add(name string, data []byte) {
	for b.body.Len()%64 != 0 {
		b.body.WriteByte(0)
	}
	b.tensors[name] = [2]int64{bodyStart + int64(b.body.Len()), int64(len(data))}
	b.body.Write(data)
}

func (b *builder) floats(name string, n int, middle, spread float64) {
	var data []byte
	for range n {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(middle+spread*b.rng.NormFloat64())))
	}
	b.add(name, data)
}

func (b *builder) matrix(name string, k, n int) {
	w := make([]int8, k*n)
	for i := range w {
		w[i] = int8(b.rng.IntN(255) - 127)
	}
	b.add(name+".weight", kernel.Pack(w, k, n))
	b.floats(name+".scale", n, .002, .0001)
	b.floats(name+".bias", n, 0, .1)
}

func (b *builder) norm(name string, c *Config) {
	b.floats(name+".gamma", c.Hidden, 1, .1)
	b.floats(name+".beta", c.Hidden, 0, .1)
}

func (b *builder) layer(i int, c *Config) {
	at := "layer." + string(rune('0'+i)) + "."
	b.matrix(at+"attention", c.Hidden, 3*c.Hidden)
	b.matrix(at+"output", c.Hidden, c.Hidden)
	b.matrix(at+"up", c.Hidden, c.Inner)
	b.matrix(at+"down", c.Inner, c.Hidden)
	b.norm(at+"attention.norm", c)
	b.norm(at+"norm", c)
}

// fileHeader is the header of a file.
type fileHeader struct {
	Config
	Tensors map[string][2]int64 `json:"tensors"`
}

// file is a file of weights as tools/reader writes one.
func file(t *testing.T, c Config, change func(*fileHeader)) []byte {
	t.Helper()
	c.Words = strings.Count(tinyVocabulary, "\n") + 1
	b := builder{rng: rand.New(rand.NewPCG(1, 2)), tensors: map[string][2]int64{}}
	b.add("vocabulary", []byte(tinyVocabulary))
	words := make([]byte, c.Words*c.Hidden)
	for i := range words {
		words[i] = byte(b.rng.IntN(255) - 127)
	}
	b.add("words.weight", words)
	b.floats("words.scale", c.Words, .01, .001)
	b.floats("positions", c.Positions*c.Hidden, 0, .3)
	b.norm("norm", &c)
	for i := range c.Layers {
		b.layer(i, &c)
	}
	h := fileHeader{c, b.tensors}
	if change != nil {
		change(&h)
	}
	return b.file(t, h)
}

// file puts a file together.
func (b *builder) file(t *testing.T, header any) []byte {
	t.Helper()
	head, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte(magic)
	data = binary.LittleEndian.AppendUint32(data, fileVersion)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(head)))
	data = append(data, head...)
	if len(data) > bodyStart {
		t.Fatalf("the header has %d bytes, more than %d", len(data), bodyStart)
	}
	data = append(data, make([]byte, bodyStart-len(data))...)
	return seal(append(data, b.body.Bytes()...))
}

// seal ends a file with its checksum.
func seal(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

func openTiny(t *testing.T) *Model {
	t.Helper()
	m, err := Open(file(t, tiny, nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOpenRefuses(t *testing.T) {
	whole := file(t, tiny, nil)
	forged := func(change func(*fileHeader)) []byte { return file(t, tiny, change) }
	tests := []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"nothing", nil, ErrFormat, "does not begin"},
		{"another file", bytes.Repeat([]byte("article "), 1000), ErrFormat, "does not begin"},
		{"another version", func() []byte {
			data := bytes.Clone(whole)
			data[len(magic)] = 9
			return data
		}(), ErrFormat, "version 9"},
		{"cut in the header", whole[:200], ErrDamaged, "cut short"},
		{"cut in the body", whole[:len(whole)-100], ErrDamaged, ""},
		{"one bit", func() []byte {
			data := bytes.Clone(whole)
			data[len(data)-1000] ^= 4
			return data
		}(), ErrDamaged, "checksum"},
		{"header that is no JSON", func() []byte {
			data := bytes.Clone(whole[:len(whole)-sha256.Size])
			data[prefixSize] = '!'
			return seal(data)
		}(), ErrDamaged, "header"},
		{"no layers", forged(func(h *fileHeader) { h.Layers = 0 }), ErrDamaged, "cannot be"},
		{"too wide", forged(func(h *fileHeader) { h.Hidden = 1 << 40 }), ErrDamaged, "cannot be"},
		{"heads that do not divide", forged(func(h *fileHeader) { h.Heads = 3 }), ErrDamaged, "multiples"},
		{"no epsilon", forged(func(h *fileHeader) { h.Epsilon = 0 }), ErrDamaged, "epsilon"},
		{"a tensor missing", forged(func(h *fileHeader) { delete(h.Tensors, "layer.1.up.scale") }), ErrDamaged, "layer.1.up.scale is missing"},
		{"a tensor outside", forged(func(h *fileHeader) { h.Tensors["positions"] = [2]int64{1 << 62, 4} }), ErrDamaged, "outside"},
		{"a tensor before", forged(func(h *fileHeader) { h.Tensors["positions"] = [2]int64{-8, 8} }), ErrDamaged, "outside"},
		{"a tensor of another size", forged(func(h *fileHeader) { h.Tensors["norm.beta"] = h.Tensors["words.scale"] }), ErrDamaged, "norm.beta has"},
		{"numbers that are none", func() []byte {
			data := bytes.Clone(whole[:len(whole)-sha256.Size])
			at := bytes.Index(data, []byte(`"norm.beta":[`))
			var place [2]int64
			if err := json.NewDecoder(bytes.NewReader(data[at+len(`"norm.beta":`):])).Decode(&place); err != nil {
				t.Fatal(err)
			}
			binary.LittleEndian.PutUint32(data[place[0]:], math.Float32bits(float32(math.NaN())))
			return seal(data)
		}(), ErrDamaged, "norm.beta holds NaN"},
		{"a vocabulary that is too long", forged(func(h *fileHeader) {
			h.Words--
			h.Tensors["words.weight"] = [2]int64{h.Tensors["words.weight"][0], int64(h.Words * h.Hidden)}
			h.Tensors["words.scale"] = [2]int64{h.Tensors["words.scale"][0], int64(4 * h.Words)}
		}), ErrDamaged, "the vocabulary has"},
		{"a vocabulary without [CLS]", seal(bytes.Replace(whole[:len(whole)-sha256.Size], []byte("[CLS]"), []byte("[CLX]"), 1)), ErrDamaged, "[CLS]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(tt.data)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Open gave the error %v, want %v that says %q", err, tt.want, tt.says)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	t := &testing.T{}
	whole := file(t, tiny, nil)
	f.Add(whole[:bodyStart], uint16(0), byte(0))
	f.Add([]byte("{}"), uint16(100), byte(7))
	f.Fuzz(func(t *testing.T, head []byte, at uint16, to byte) {
		data := bytes.Clone(whole[:len(whole)-sha256.Size])
		copy(data, head[:min(len(head), bodyStart)])
		data[int(at)%bodyStart] = to
		m, err := Open(seal(data))
		if err != nil {
			return
		}
		if _, err := m.Encode(t.Context(), []string{"the ferry sails"}); err != nil {
			t.Fatal(err)
		}
	})
}
