package eval

import (
	"encoding/json"
	"math"
	"testing"

	"parley/bot/answer"
)

func yes() *bool { v := true; return &v }
func no() *bool  { v := false; return &v }

// ask builds an answer that cites one quote of each article given.
func ask(text string, confidence float64, citations ...answer.Citation) *answer.Answer {
	return &answer.Answer{Text: text, Confidence: confidence, Citations: citations}
}

func abstain(confidence float64) *answer.Answer {
	return &answer.Answer{Text: "The articles do not say.", Abstained: true, Reason: answer.NotInArticles, Confidence: confidence}
}

func cite(article, quote string) answer.Citation {
	return answer.Citation{N: 1, ArticleID: article, Quote: quote}
}

func wantFigures(t *testing.T, got Figures, questions int, want map[string]float64) {
	t.Helper()
	if got.Questions != questions {
		t.Errorf("questions: got %d, want %d", got.Questions, questions)
	}
	if len(got.Values) != len(want) {
		t.Errorf("got %d figures, want %d", len(got.Values), len(want))
	}
	for _, f := range got.Values {
		w, ok := want[f.Name]
		if !ok {
			t.Errorf("figure %q is not expected", f.Name)
			continue
		}
		if math.IsNaN(w) != math.IsNaN(f.Value) || math.Abs(w-f.Value) > 1e-12 {
			t.Errorf("%s: got %v, want %v", f.Name, f.Value, w)
		}
	}
}

func TestSearchFigures(t *testing.T) {
	golds := []Gold{
		{Relevant: []string{"a", "b"}}, // b at rank 2 (its second passage does not count), a not found
		{Relevant: []string{"c"}},      // at rank 11: past every cut but recall's
		{Relevant: nil},                // says nothing about search
	}
	ranked := [][]string{
		{"x", "b", "b", "y"},
		{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "c"},
		{"c"},
	}
	wantFigures(t, SearchFigures(golds, ranked), 2, map[string]float64{
		"hit@1": 0, "hit@4": 0.5, "hit@10": 0.5,
		"mrr@10":    0.25,                                          // 1/2 and 0
		"map@10":    0.125,                                         // (1/2)/2 and 0
		"ndcg@10":   (1 / math.Log2(3)) / (1 + 1/math.Log2(3)) / 2, // and 0
		"recall@20": (0.5 + 1) / 2,
	})
}

func TestSearchFiguresOfNothing(t *testing.T) {
	for _, f := range SearchFigures([]Gold{{}}, [][]string{nil}).Values {
		if !math.IsNaN(f.Value) {
			t.Errorf("%s over no questions: got %v, want NaN", f.Name, f.Value)
		}
	}
}

func TestAskFigures(t *testing.T) {
	const gold = "The talks lasted nearly five hours behind closed doors."
	golds := []Gold{
		{Answerable: yes(), Relevant: []string{"a"}, Evidence: []string{gold}, Answers: []string{"five hours"}},
		{Answerable: yes(), Relevant: []string{"a"}, Evidence: []string{gold}, Answers: []string{"five hours"}},
		{Answerable: yes(), Relevant: []string{"a"}, Evidence: []string{gold}, Answers: []string{"yes"}},
		{Answerable: no(), Forbidden: []string{"in Paris"}},
		{Answerable: no()},
	}
	answers := []*answer.Answer{
		ask("Nearly five hours [1].", 0.9, cite("a", "lasted nearly five hours"), cite("b", "Another sentence altogether.")),
		abstain(0.4),
		ask("Nothing was agreed [1].", 0.8, cite("a", "Nothing was agreed.")),
		abstain(0.4),
		ask("In Paris [1].", 0.85, cite("b", "In Paris.")),
	}
	wantFigures(t, AskFigures(golds, answers), 5, map[string]float64{
		"answered":           2.0 / 3,
		"evidence_hit":       1.0 / 3,
		"answer_hit":         1.0 / 2, // "yes" cannot be looked for
		"citation_precision": 2.0 / 3,
		"refused":            1.0 / 2,
		"correct":            2.0 / 5, // the first and the fourth
		"auroc":              3.5 / 6, // .9 beats both; .4 ties one, loses one; .8 beats one
		"first_hit":          1.0 / 3,
		"focus":              1.0 / 3, // of the three citations the first alone
		"handled":            2.0 / 5,
		"misled":             2.0 / 5, // the third and the last
		"two_sided":          math.NaN(),
		"false_conflict":     math.NaN(),
	})
}

// TestConflictFigures guards when a conflict shows the sides that the file names.
func TestConflictFigures(t *testing.T) {
	const long, short = "The talks lasted nearly five hours in the Kremlin.", "They were over after three hours, said the spokesman."
	cites := []answer.Citation{{N: 1, Quote: long}, {N: 2, Quote: short}, {N: 3, Quote: "Nobody said what was agreed on."}}
	shows := func(sides ...[]int) *answer.Answer {
		a := &answer.Answer{Citations: cites}
		if sides != nil {
			a.Conflicts = []answer.Conflict{{}}
			for _, s := range sides {
				a.Conflicts[0].Sides = append(a.Conflicts[0].Sides, answer.Side{Citations: s})
			}
		}
		return a
	}
	for _, tt := range []struct {
		name       string
		differ     bool
		said       *answer.Answer
		two, wrong float64
	}{
		{"both sides", true, shows([]int{1}, []int{2}), 1, math.NaN()},
		{"one side and something else", true, shows([]int{1}, []int{3}), 0, math.NaN()},
		{"none", true, shows(), 0, math.NaN()},
		{"one where there is none", false, shows([]int{1}, []int{2}), math.NaN(), 1},
		{"none where there is none", false, shows(), math.NaN(), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := Gold{Answerable: yes(), Evidence: []string{long}, Conflict: &tt.differ, Sides: [][]string{{long}, {short}}}
			for _, f := range AskFigures([]Gold{g}, []*answer.Answer{tt.said}).Values {
				want, ok := map[string]float64{"two_sided": tt.two, "false_conflict": tt.wrong}[f.Name]
				if ok && f.Value != want && !(math.IsNaN(f.Value) && math.IsNaN(want)) {
					t.Errorf("%s = %v, want %v", f.Name, f.Value, want)
				}
			}
		})
	}
}

func TestCorrect(t *testing.T) {
	const gold = "Kushner and Witkoff met Putin in the Kremlin on Tuesday."
	right := cite("a", gold)
	for _, tt := range []struct {
		name string
		gold Gold
		said *answer.Answer
		want bool
	}{
		{"an answer and its sentence", Gold{Answers: []string{"Kushner"}, Evidence: []string{gold}}, ask("Jared Kushner.", 1, right), true},
		{"the right words from nowhere", Gold{Answers: []string{"Kushner"}, Evidence: []string{gold}}, ask("Jared Kushner.", 1), false},
		{"part of a word is not the answer", Gold{Answers: []string{"5"}}, ask("It took 15 hours.", 1), false},
		{"one of each group", Gold{AnswersAll: [][]string{{"five", "5"}, {"Tuesday"}}}, ask("5 hours on Tuesday.", 1), true},
		{"a group is missing", Gold{AnswersAll: [][]string{{"five", "5"}, {"Tuesday"}}}, ask("5 hours.", 1), false},
		{"a refusal of what can be answered", Gold{Answers: []string{"say"}}, abstain(0), false},
		{"a refusal of what cannot", Gold{Answerable: no()}, abstain(0), true},
		{"a refusal that says what it must not", Gold{Answerable: no(), Forbidden: []string{"do not say"}}, abstain(0), false},
		{"an answer to what cannot be answered", Gold{Answerable: no()}, ask("Kushner.", 1, right), false},
		{"a forbidden word beside the right one", Gold{Answers: []string{"Kushner"}, Forbidden: []string{"Lavrov"}}, ask("Kushner and Lavrov.", 1, right), false},
	} {
		if got := correct(&tt.gold, tt.said); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"a part of the other", "nearly five hours", "The talks lasted nearly five hours.", true},
		{"quotation marks and case", "“We will SEE,” he said", "\"we will see\" he said", true},
		{"four of five words", "one two three four five", "one two three four six seven", true},
		{"three of five words", "one two three four five", "one two three nine ten eleven", false},
		{"too short to share words", "one two three four", "one two three five", false},
		{"no words at all", "…", "The talks lasted nearly five hours.", false},
	} {
		if got := same(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		if got := same(tt.b, tt.a); got != tt.want {
			t.Errorf("%s, turned round: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestFiguresJSON(t *testing.T) {
	got, err := json.Marshal(Figures{Questions: 3, Values: []Figure{{"b", 2.0 / 3}, {"a", math.NaN()}, {"c", 1}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"questions":3,"b":0.6667,"a":null,"c":1}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
