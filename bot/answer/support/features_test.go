package support

import (
	"math"
	"slices"
	"testing"

	"parley/bot/answer/reading"
)

// TestCompare guards what is compared exactly: values and names.
func TestCompare(t *testing.T) {
	const reopened, workers, cost, thanked = "reopened on 4 June", "340 workers", "cost $18", "thanked governor"
	tests := []struct {
		name, evidence, claim string
		feature               Feature
		want                  float64
	}{
		{"the same figure", workers, "It took 340 workers.", Met, 1},
		{"the same figure is no clash", workers, "It took 340 workers.", Clash, 0},
		{"another figure", workers, "It took 350 workers.", Clash, 1},
		{"another figure is not met", workers, "It took 350 workers.", Met, 0},
		{"a figure of another kind", workers, "It took 340 hours.", Unmet, 1},
		{"a figure of another kind is no clash", workers, "It took 340 hours.", Clash, 0},
		{"at least so many", workers, "It took at least 300 workers.", Met, 1},
		{"more than so many", workers, "It took more than 300 workers.", Met, 1},
		{"two figures", reopened, "Repairs took nine weeks until 4 June 2031.", Clash, 1},
		{"one of the two is met", reopened, "Repairs took nine weeks until 4 June 2031.", Met, 1},
		{"a day of the week by the report's date", reopened, "The dam reopened on Wednesday.", Met, 1},
		{"the number of another currency", cost, "The repairs cost €18 million.", Clash, 1},
		{"another number of another currency", cost, "The repairs cost €15 million.", Unmet, 1},
		{"a currency that is none", cost, "The repairs cost 18 million crowns.", Clash, 1},
		{"no figure", cost, "The repairs cost money.", Met, 0},
		{"names it has", thanked, "The engineer Petra Lowe thanked Hugh Marden.", NewNames, 0},
		{"one of two names is new", thanked, "The engineer Petra Strand smiled.", NewNames, .5},
		{"a name of the title", workers, "Workers of the Orrin dam poured concrete.", NewNames, 0},
		{"a name of the outlet", workers, "The Vale Tribune counts 340 workers.", NewNames, 0},
		{"a name of the sentence before", workers, "Workers poured concrete, as Lowe said.", NewNames, 0},
		{"a name of a sentence behind", "A fire destroyed", "The fire hurt Halden.", NewNames, 1},
		{"a name of the fourth sentence before", "Boats may pass", "The boats thanked Hugh Marden.", NewNames, 1},
		{"a capital in front is no name", thanked, "Zebras thanked the governor.", NewNames, 0},
	}
	j := newJudge(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, err := j.Against(t.Context(), tt.claim, []Text{alone(t, j, tt.evidence)})
			if err != nil {
				t.Fatal(err)
			}
			if got := found[0].Features[tt.feature]; math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("%q of %q: %s is %v, want %v", tt.claim, tt.evidence, Names()[tt.feature], got, tt.want)
			}
		})
	}
}

// TestAround guards that names are taken from three sentences before, and from no
// other article.
func TestAround(t *testing.T) {
	j := newJudge(t)
	c := j.reader.Corpus()
	pass, fire := alone(t, j, "Boats may pass"), alone(t, j, "A fire destroyed")
	got := j.around(pass, &c.Articles[0])
	want := []string{"Workers reopen the Orrin dam", "Vale Tribune", c.SentenceText(pass.First - 3), c.SentenceText(pass.First - 2), c.SentenceText(pass.First - 1)}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := j.around(fire, &c.Articles[1]); len(got) != 2 {
		t.Errorf("got %q of a first sentence, want the title and the outlet", got)
	}
}

// TestLogOdds guards the two features that the pair model gives.
func TestLogOdds(t *testing.T) {
	f := features(reading.Verdicts{Supported: .8, Contradicted: .1, NotStated: .1})
	if math.Abs(f[Supports]-math.Log(8)) > 1e-9 || math.Abs(f[Contradicts]) > 1e-9 {
		t.Errorf("got %v and %v, want log 8 and 0", f[Supports], f[Contradicts])
	}
	f = features(reading.Verdicts{Supported: 1})
	for i, v := range f {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%s of a certain verdict is %v", Names()[i], v)
		}
	}
}
