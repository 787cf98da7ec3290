package openaitest

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"math"
	"net/http"
	"strings"
	"unicode"
)

// Vector is what the server makes of a text: each of its words, and each triple
// of letters at a quarter of the weight, adds to a dimension that its hash
// names, with a sign that the hash names too (Weinberger et al., 2009, "Feature
// hashing for large scale multitask learning"). It has length 1. Texts that share
// words are near each other; a text without words has a direction of its own.
func Vector(text string, dims int) []float32 {
	vec := make([]float64, dims)
	add := func(feature string, weight float64) {
		h := fnv.New64a()
		_, _ = h.Write([]byte(feature))
		sum := h.Sum64()
		if sum>>63 != 0 {
			weight = -weight
		}
		vec[sum%uint64(dims)] += weight
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		add("w:"+word, 1)
		padded := []rune("^" + word + "$")
		for i := 0; i+3 <= len(padded); i++ {
			add("t:"+string(padded[i:i+3]), 0.25)
		}
	}
	norm := 0.0
	for _, x := range vec {
		norm += x * x
	}
	if norm < 1e-9 { // no words, or words that cancel out
		add("text:"+text, 1)
		norm = 1
	}
	out := make([]float32, dims)
	for i, x := range vec {
		out[i] = float32(x / math.Sqrt(norm))
	}
	return out
}

// vectors answers with a vector for each text.
func (a *answering) vectors() {
	r := a.r
	dims := a.server.options.Dimensions
	if r.Dimensions > 0 {
		dims = r.Dimensions
	}
	if a.failures.has(WrongDimensions) {
		dims /= 2
	}
	base := r.Encoding == "base64" && !a.failures.has(OnlyFloats) && !a.failures.has(NullVector) && !a.failures.has(NullText)
	data := []object{}
	tokens := 0
	for i, text := range r.Input {
		if a.failures.has(MixedDimensions) && i == len(r.Input)-1 {
			dims++
		}
		vec := Vector(text, dims)
		bad := strings.Contains(text, BadWord)
		tokens += len(strings.Fields(text)) + 1
		switch {
		case a.failures.has(NaNVector):
			vec[0], base = float32(math.NaN()), true // JSON has no other way to say so
		case a.failures.has(ZeroVector), bad && a.failures.has(ZeroText):
			clear(vec)
		}
		entry := object{"object": "embedding", "index": i}
		if base {
			entry["embedding"] = encode(vec)
		} else {
			entry["embedding"] = numbers(vec, a.failures.has(NullVector) || bad && a.failures.has(NullText))
		}
		data = append(data, entry)
	}
	switch n := len(data); {
	case a.failures.has(WrongCount):
		data = data[:n-1]
	case a.failures.has(DoubleIndex):
		data[n-1]["index"] = max(n-2, 0)
		data = append(data[:n-1], data[n-1], data[n-1])[:n]
		if n == 1 {
			data[0]["index"] = 1
		}
	case a.failures.has(Shuffled):
		for i := range n / 2 {
			data[i], data[n-1-i] = data[n-1-i], data[i]
		}
	case a.failures.has(BrokenJSON):
		a.raw(http.StatusOK, "application/json", `{"data": [{"index": 0, "embedding": [0.1, 0.`)
		return
	case a.failures.has(Truncated):
		a.Header().Set("Content-Length", "5000")
		a.raw(http.StatusOK, "application/json", `{"data": [{"index": 0, "embedding": [0.1, 0.`)
		return
	}
	answer := object{"object": "list", "model": r.Model, "data": data}
	if !a.failures.has(NoUsage) {
		answer["usage"] = object{"prompt_tokens": tokens, "total_tokens": tokens}
	}
	a.json(http.StatusOK, answer)
}

func encode(vec []float32) string {
	var b []byte
	for _, x := range vec {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(b)
}

func numbers(vec []float32, null bool) []any {
	out := make([]any, len(vec))
	for i, x := range vec {
		out[i] = x
	}
	if null {
		out[0] = nil
	}
	return out
}
