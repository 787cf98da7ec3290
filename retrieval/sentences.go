package retrieval

import (
	"context"
	"math"
)

// SentenceText is a sentence as a [Reader] does.
type SentenceText struct {
	Title string // of its article; may be empty
	Text  string
}

// Reader makes vectors to read by: of sentences, and of questions to compare these
// with. Near is what answers. They are not comparable with the vectors of an
// [Embedder], which are for search.
type Reader interface {
	Model() string
	EmbedSentences(ctx context.Context, sentences []SentenceText) ([]SentenceVector, error)
	EmbedQuestion(ctx context.Context, question string) ([]float32, error)
}

// SentenceVector is a vector of length 1 in signed bytes. Its cosines differ from
// those of the floats it was made of by less than .005 (TestSentenceVector).
type SentenceVector struct {
	Scale float32 // value = byte · Scale
	Bytes []int8
}

// NewSentenceVector rounds a vector to bytes; one without a direction is all 0.
func NewSentenceVector(vec []float32) SentenceVector {
	largest, sum := 0.0, 0.0
	for _, v := range vec {
		largest = max(largest, math.Abs(float64(v)))
		sum += float64(v) * float64(v)
	}
	s := SentenceVector{Bytes: make([]int8, len(vec))}
	if largest == 0 {
		return s
	}
	s.Scale = float32(largest / 127 / math.Sqrt(sum))
	for i, v := range vec {
		s.Bytes[i] = int8(math.RoundToEven(float64(v) / largest * 127))
	}
	return s
}

// Floats is the vector, of length 1 as nearly as bytes can say.
func (s SentenceVector) Floats() []float32 {
	out := make([]float32, len(s.Bytes))
	for d, b := range s.Bytes {
		out[d] = float32(b) * s.Scale
	}
	return out
}

// Cosine is that of the angle between the sentence and a vector of length 1 and as
// many dimensions.
func (s SentenceVector) Cosine(unit []float32) float64 {
	unit = unit[:len(s.Bytes)]
	sum := float32(0)
	for i, b := range s.Bytes {
		sum += float32(float32(b) * unit[i])
	}
	return float64(sum) * float64(s.Scale)
}
