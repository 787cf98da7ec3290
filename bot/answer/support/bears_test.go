package support

import (
	"slices"
	"strings"
	"testing"
)

// TestBears guards what may be said of one sentence: what it says, in its words or
// others, and nothing else.
func TestBears(t *testing.T) {
	const (
		reopened  = "reopened on 4 June"
		thanked   = "thanked governor"
		workers   = "340 workers"
		cost      = "cost $18"
		flooded   = "No village"
		fire      = "A fire destroyed"
		arrested  = "Police arrested"
		roof      = "roof may"
		visit     = "did not visit"
		figure    = "it has another figure than what it quotes"
		anyReason = "?"
	)
	tests := []struct {
		name, evidence, claim string
		wrong                 string // why it does not pass; anyReason for whatever reason, empty when it does
	}{
		{"as it stands", reopened, "The Orrin dam reopened on 4 June 2031 after repairs that took seven weeks.", ""},
		{"less of it", reopened, "The Orrin dam reopened on 4 June 2031.", ""},
		{"a number in digits", reopened, "Repairs of the Orrin dam took 7 weeks.", ""},
		{"another day", reopened, "The Orrin dam reopened on 6 June 2031.", figure},
		{"another year", reopened, "The Orrin dam reopened on 4 June 2029.", figure},
		{"another time", reopened, "Repairs of the Orrin dam took nine weeks.", figure},
		{"denied", reopened, "The Orrin dam did not reopen on 4 June 2031.", anyReason},
		{"in the passive", thanked, "Governor Hugh Marden was thanked by chief engineer Petra Lowe for the money.", ""},
		{"another name", thanked, "Chief engineer Petra Lowe thanked mayor Ivo Strand for the money.", anyReason},
		{"denied without a figure", thanked, "Chief engineer Petra Lowe did not thank governor Hugh Marden.", anyReason},
		{"the pronoun resolved", workers, "Petra Lowe said that 340 workers had poured concrete day and night.", ""},
		{"another count", workers, "Petra Lowe said that 500 workers had poured concrete day and night.", figure},
		{"a sum in words", cost, "The repairs cost 18 million dollars.", ""},
		{"another sum", cost, "The repairs cost $81 million.", figure},
		{"a denial as it stands", flooded, "No village was flooded.", ""},
		{"a denial turned", flooded, "A village was flooded.", anyReason},
		{"a fire in the passive", fire, "The paper mill in Tarrow was destroyed by a fire on Sunday.", ""},
		{"another cause", fire, "A flood destroyed the paper mill in Tarrow on Sunday.", anyReason},
		{"another day of the week", fire, "A fire destroyed the paper mill in Tarrow on Monday.", figure},
		{"another place", fire, "A fire destroyed the paper mill in Orrin on Sunday.", anyReason},
		{"an arrest in the passive", arrested, "Two men were arrested by police near the gate.", ""},
		{"may stays", roof, "According to fire chief Ada Voss, the roof may collapse.", ""},
		{"not stays", visit, "Mayor Ivo Strand did not visit the mill.", ""},
		{"not is gone", visit, "Mayor Ivo Strand visited the mill.", anyReason},
		{"something else", visit, "Roses need water in the morning.", anyReason},
	}
	j := newJudge(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := alone(t, j, tt.evidence)
			by, wrong, err := j.Bears(t.Context(), tt.claim, []Text{text})
			if err != nil {
				t.Fatal(err)
			}
			if wrong != tt.wrong && (tt.wrong != anyReason || wrong == "") {
				t.Errorf("%q of %q is wrong in that %q, want %q", tt.claim, j.reader.Corpus().SentenceText(text.First), wrong, tt.wrong)
			}
			if (len(by) == 1) != (wrong == "") {
				t.Errorf("%q is borne out by %v and wrong in that %q", tt.claim, by, wrong)
			}
		})
	}
}

// TestBearsReason guards that a writer is told of a new name.
func TestBearsReason(t *testing.T) {
	j := newJudge(t)
	_, wrong, err := j.Bears(t.Context(), "The weather in Zanzibar was never so warm.", []Text{alone(t, j, "did not visit")})
	if want := "it has a name that what it quotes does not have"; err != nil || wrong != want {
		t.Errorf("got %q, error %v, want %q", wrong, err, want)
	}
}

// TestBearsOfSeveral guards that of several texts those alone are cited that bear
// a claim out.
func TestBearsOfSeveral(t *testing.T) {
	j := newJudge(t)
	cost, visit := alone(t, j, "cost $18"), alone(t, j, "did not visit")
	by, wrong, err := j.Bears(t.Context(), "The repairs cost $18 million.", []Text{visit, cost})
	if err != nil || wrong != "" || !slices.Equal(by, []Text{cost}) {
		t.Errorf("got %v, wrong %q, error %v, want only %v", by, wrong, err, cost)
	}
}

func TestNearest(t *testing.T) {
	j := newJudge(t)
	c := j.reader.Corpus()
	tests := []struct {
		name, article, claim, want string
	}{
		{"of six", "dam", "The repairs cost 18 million dollars.", "The repairs cost $18 million."},
		{"of five", "mill", "Fire chief Ada Voss said that the roof may collapse.", "Fire chief Ada Voss said that the roof may collapse."},
		{"no heading", "garden", "Gardening", "Roses need water in the morning."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, ok := c.Lookup(tt.article)
			if !ok {
				t.Fatalf("no article %s", tt.article)
			}
			first, end := c.ArticleSentences(a)
			got, err := j.Nearest(t.Context(), tt.claim, first, end)
			if err != nil || c.SentenceText(got) != tt.want {
				t.Errorf("got %q, error %v, want %q", c.SentenceText(got), err, tt.want)
			}
		})
	}
	heading := find(t, j, "Gardening")
	if got, err := j.Nearest(t.Context(), "Gardening", heading, heading+1); err != nil || got != heading {
		t.Errorf("where there is but a heading: got %d, error %v, want %d", got, err, heading)
	}
}

// TestHolds guards what is borne out word for word.
func TestHolds(t *testing.T) {
	j := newJudge(t)
	c := j.reader.Corpus()
	first, _ := c.ArticleSentences(0)
	text, article := c.SentenceText(first), &c.Articles[0]
	words := strings.Fields(strings.TrimRight(text, "."))
	tests := []struct {
		name, claim string
		want        bool
	}{
		{"as it stands", text, true},
		{"under the name of its report", "According to the " + article.Publisher + ", " + text, true},
		{"reported", "The " + article.Publisher + " reports that " + text, true},
		{"under another name", "According to the Ellery Almanac, " + text, false},
		{"a part from within", strings.Join(words[1:], " "), false},
		{"cut off where no “and” follows", strings.Join(words[:len(words)-1], " "), false},
		{"with more", text + " And more.", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		if got := j.holds(Text{first, first}, tt.claim); got != tt.want {
			t.Errorf("%s: %q of %q: got %v", tt.name, tt.claim, text, got)
		}
	}
}
