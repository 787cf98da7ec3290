package reading

import (
	"math"
	"testing"

	"parley/bot/answer/quantity"
	"parley/corpus"
	"parley/retrieval/encoder"
)

const costs = "What did the bridge cost?"

// bridges are a reader of reports on a bridge, and the sentences that answer what
// it cost.
func bridges(t *testing.T) (*Reader, []Sentence) {
	t.Helper()
	c, s := corpusOf(
		t,
		brief{2, "The bridge cost 40 million euros.", "40 million euros"},
		brief{2, "The bridge cost 40,000,000 euros.", "40,000,000 euros"},
		brief{2, "The bridge cost 55 million euros.", "55 million euros"},
		brief{2, "The bridge cost more than 30 million euros.", "more than 30 million euros"},
		brief{2, "The bridge cost a fortune.", "a fortune"},
	)
	return New(lay(t, c.Articles...), newPairs(t)), s
}

func mustRelate(t *testing.T, r *Reader, to Sentence, others ...Sentence) []Relation {
	t.Helper()
	got, err := r.Relate(t.Context(), costs, to, others)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(others) {
		t.Fatalf("got %d relations, want %d", len(got), len(others))
	}
	return got
}

// TestRelateSymmetric guards that two answers that are as likely stand to each other
// the same way from both sides, whatever else is asked at a time, and that the four
// ways are all there are.
func TestRelateSymmetric(t *testing.T) {
	r, s := bridges(t)
	for i := range s {
		for k, got := range mustRelate(t, r, s[i], s...) {
			if back := mustRelate(t, r, s[k], s[i])[0]; back != got {
				t.Errorf("%d to %d: got %+v, the other way round %+v", k, i, got, back)
			}
			if sum := got.Same + got.Differ + got.Adds + got.Beside; math.Abs(sum-1) > 1e-9 {
				t.Errorf("%d to %d: %+v sums to %v", k, i, got, sum)
			}
		}
	}
	if got := mustRelate(t, r, s[0]); len(got) != 0 {
		t.Errorf("got %+v of no others", got)
	}
}

// TestRelateValues guards what the values that answer say of two answers.
func TestRelateValues(t *testing.T) {
	r, s := bridges(t)
	for other, want := range map[int]quantity.Relation{
		1: quantity.Same,         // the same sum
		2: quantity.Different,    // another sum
		3: quantity.Compatible,   // a bound
		4: quantity.Incomparable, // no sum
	} {
		if got := mustRelate(t, r, s[0], s[other])[0]; got.Values != want {
			t.Errorf("the values of answer %d are %v, want %v", other, got.Values, want)
		}
	}
}

// TestRelateSameWords guards that what answers with the same words answers the same.
func TestRelateSameWords(t *testing.T) {
	c, s := corpusOf(t, brief{2, "Mayor Mara Quill opened it.", "Mara Quill"}, brief{3, "The mayor, Mara Quill, stayed away.", "Mara Quill,"})
	r := New(lay(t, c.Articles...), newPairs(t))
	got, err := r.Relate(t.Context(), "Who is the mayor?", s[0], s[1:])
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Values != quantity.Same {
		t.Errorf("got %v, want the same", got[0].Values)
	}
}

// TestRelatePairs guards what the pair model is given, and what is made of it.
func TestRelatePairs(t *testing.T) {
	r, s := bridges(t)
	const a, b = "The bridge cost 40 million euros.", "The bridge cost 55 million euros."
	read := func(office encoder.Office, first, second string) encoder.Reading {
		got, err := newPairs(t).Read(t.Context(), office, []encoder.Pair{{First: first, Second: second}})
		if err != nil {
			t.Fatal(err)
		}
		return got[0]
	}
	half := func(x, y float32) float64 { return float64(x)/2 + float64(y)/2 }
	ab, ba := read(encoder.Agrees, costs+" "+a, b).Relation, read(encoder.Agrees, costs+" "+b, a).Relation
	inB, inA := read(encoder.Supports, a, "Brief C: "+b).Verdict, read(encoder.Supports, b, "Brief A: "+a).Verdict
	s[0].Features[Answers], s[2].Features[Answers], s[2].Features[Cosine] = 3, 2, .5
	got := mustRelate(t, r, s[0], s[1], s[2])[1].Features
	for f, want := range map[int]float64{
		relSame:        half(ab[0]-ab[2], ba[0]-ba[2]),
		relDiffer:      half(ab[1]-ab[2], ba[1]-ba[2]),
		relEntails:     float64(max(inB[0]-inB[2], inA[0]-inA[2])),
		relBoth:        float64(min(inB[0]-inB[2], inA[0]-inA[2])),
		relContradicts: half(inB[1]-inB[2], inA[1]-inA[2]),
		relFirst:       3,
		relAnswers:     2,
		relCosine:      .5,
	} {
		if !near(got[f], want) {
			t.Errorf("%s: got %v, want %v", RelationNames()[f], got[f], want)
		}
	}
}

// TestJudge guards that a claim is read with each text, in their order, under the
// title of its article.
func TestJudge(t *testing.T) {
	c, s := corpusOf(t, brief{2, "The bridge cost 40 million euros.", "40 million euros"}, brief{2, "The bridge was free.", "free"})
	articles := append(c.Articles, corpus.Article{ID: "untitled", Body: "Rain fell."})
	r := New(lay(t, articles...), newPairs(t))
	const claim, paid, free, rain = "The bridge cost 40 million euros.", "It cost 40 million euros.", "It was free.", "Rain fell."
	got, err := r.Judge(t.Context(), []string{claim, claim, claim}, []int{s[1].Number, s[0].Number, s[1].Number + 1}, []string{free, paid, rain})
	if err != nil {
		t.Fatal(err)
	}
	readings, err := newPairs(t).Read(t.Context(), encoder.Supports, []encoder.Pair{
		{First: claim, Second: "Brief B: " + free}, {First: claim, Second: "Brief A: " + paid}, {First: claim, Second: rain},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(readings) {
		t.Fatalf("got %d verdicts, want %d", len(got), len(readings))
	}
	for i, v := range got {
		if sum := v.Supported + v.Contradicted + v.NotStated; !near(sum, 1) {
			t.Errorf("text %d: %+v sums to %v", i, v, sum)
		}
		want := readings[i].Verdict
		if !near(math.Log(v.Supported/v.NotStated), float64(want[0])-float64(want[2])) || !near(math.Log(v.Contradicted/v.NotStated), float64(want[1])-float64(want[2])) {
			t.Errorf("text %d: got %+v of the log-odds %v", i, v, want)
		}
	}
	if got, err := r.Judge(t.Context(), nil, nil, nil); err != nil || len(got) != 0 {
		t.Errorf("got %+v and the error %v of no texts", got, err)
	}
}
