package openai

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// normalizeVectors makes of an answer with vectors one whose vectors are in the
// order of the texts and in base64, which is what go-openai is told to expect.
func normalizeVectors(body []byte, count int) ([]byte, error) {
	var got struct {
		Data []struct {
			Index     json.RawMessage `json:"index"` // a text in some servers
			Embedding json.RawMessage `json:"embedding"`
		} `json:"data"`
		Usage json.RawMessage `json:"usage"`
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return nil, errNotJSON
	}
	if len(got.Data) != count {
		return nil, fmt.Errorf("it has %d vectors for %d texts", len(got.Data), count)
	}
	type vector struct {
		Index     int    `json:"index"`
		Embedding string `json:"embedding"`
	}
	out := struct {
		Data  []vector `json:"data"`
		Usage struct {
			PromptTokens int `json:"prompt_tokens"`
		} `json:"usage"`
	}{Data: make([]vector, count)}
	seen := make([]bool, count)
	var broken error // of a vector, which then has no dimensions
	for at, v := range got.Data {
		i := at
		if n, err := strconv.Atoi(plain(v.Index)); err == nil {
			i = n
		}
		if i < 0 || i >= count || seen[i] {
			return nil, fmt.Errorf("it numbers a vector %d that is there twice or of no text", i)
		}
		seen[i] = true
		encoded, err := inBase64(v.Embedding)
		if err != nil {
			broken = err
		}
		out.Data[i] = vector{Index: i, Embedding: encoded}
	}
	if broken != nil && !slices.ContainsFunc(out.Data, func(v vector) bool { return v.Embedding != "" }) {
		return nil, &Error{Kind: KindProtocol, Part: partEmbeddings, Detail: broken.Error(), undirected: true}
	}
	usage, _ := readUsage(got.Usage)
	out.Usage.PromptTokens = usage.prompt
	return json.Marshal(out)
}

// inBase64 reads a vector in either encoding.
func inBase64(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '"' {
		var encoded string
		if err := json.Unmarshal(raw, &encoded); err != nil {
			return "", errNotJSON
		}
		if b, err := base64.StdEncoding.DecodeString(encoded); err != nil || len(b)%4 != 0 {
			return "", errors.New("a vector is no base64 of numbers")
		}
		return encoded, nil
	}
	var numbers []float32
	var nested []json.RawMessage // llama.cpp's for each token, pooled to one
	if json.Unmarshal(raw, &nested) == nil && len(nested) == 1 && bytes.HasPrefix(bytes.TrimSpace(nested[0]), []byte("[")) {
		raw = nested[0]
	}
	if bytes.Contains(raw, []byte("null")) || json.Unmarshal(raw, &numbers) != nil {
		return "", errors.New("a vector holds what is no number")
	}
	b := make([]byte, 0, 4*len(numbers))
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(n))
	}
	return base64.StdEncoding.EncodeToString(b), nil
}

// direct empties vectors that have no direction: texts that a model cannot do. It
// returns what is wrong with them if all are such.
func direct(vecs [][]float32) error {
	var wrong error
	left := len(vecs)
	for i, vec := range vecs {
		sum := 0.0
		for _, x := range vec {
			sum += float64(x) * float64(x)
		}
		switch {
		case math.IsNaN(sum) || math.IsInf(sum, 0):
			wrong = errors.New("a vector holds a number that is not finite")
		case len(vec) == 0:
			wrong = errors.New("a vector is none")
		case sum == 0:
			wrong = errors.New("a vector is zero")
		default:
			continue
		}
		vecs[i] = nil
		left--
	}
	if left > 0 {
		return nil
	}
	return wrong
}

// checkVectors holds vectors, where there are any, to one length.
func checkVectors(vecs [][]float32, dims int) error {
	for _, vec := range vecs {
		if vec != nil && len(vec) != dims {
			return fmt.Errorf("a vector has %d dimensions instead of %d", len(vec), dims)
		}
	}
	return nil
}
