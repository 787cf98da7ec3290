package retrieval

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSentenceVector(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	worst := 0.0
	for range 500 {
		a, b := make([]float32, 384), make([]float32, 384)
		for i := range a {
			b[i] = float32(rng.NormFloat64())
			a[i] = b[i] + float32(rng.NormFloat64())
		}
		a[7] *= 6 // encoders have dimensions that stand out
		norm := 0.0
		for _, v := range b {
			norm += float64(v) * float64(v)
		}
		dot, norma := 0.0, 0.0
		for i := range b {
			b[i] = float32(float64(b[i]) / math.Sqrt(norm))
			dot += float64(a[i]) * float64(b[i])
			norma += float64(a[i]) * float64(a[i])
		}
		worst = max(worst, math.Abs(NewSentenceVector(a).Cosine(b)-dot/math.Sqrt(norma)))
	}
	if worst > .005 {
		t.Errorf("a cosine differs by %.4f, want .005 at most", worst)
	}
	if worst == 0 {
		t.Error("no cosine differs: nothing was rounded")
	}
}

func TestSentenceVectorOfNothing(t *testing.T) {
	if got := NewSentenceVector(make([]float32, 8)).Cosine(make([]float32, 8)); got != 0 {
		t.Errorf("the cosine of nothing is %v, want 0", got)
	}
}
