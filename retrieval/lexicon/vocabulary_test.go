package lexicon

import (
	"testing"
)

// TestVocabularySimilar: the search over a list gives what comparing with each
// of its words gives.
func TestVocabularySimilar(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"hot", "cold", "talks", "negotiations", "said", "kyiv", "xyzzy", "film", "begin"}
	for i := range uint32(4000) {
		words = append(words, l.words.Text(1000+i))
	}
	v := l.Vocabulary(words)
	for _, word := range []string{"hot", "talks", "movie", "start", "president", "cold", "xyzzy", "left", "Russian", "russian"} {
		got := make([]float64, len(words))
		v.Similar(word, func(i int32, s float64) { got[i] = s })
		n := l.Neighbourhood(word)
		for i, w := range words {
			if want := n.Similarity(l.Neighbourhood(w)); got[i] != want {
				t.Errorf("%s, %s: got %v, want %v", word, w, got[i], want)
			}
		}
	}
}
