package answer

import (
	"testing"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

func TestExpects(t *testing.T) {
	tests := []struct {
		question string
		want     Kind
	}{
		{"Who led the strike?", Person},
		{"By whom was it led?", Person},
		{"Whose son is he?", Person},
		{"Who's the mediator?", Person},
		{"Which minister resigned?", Person},
		{"What was the name of the mediator?", Person},
		{"Where did they meet?", Place},
		{"In which city did they meet?", Place},
		{"What country is it in?", Place},
		{"When did it begin?", Time},
		{"In what year did it begin?", Time},
		{"How soon will it end?", Time},
		{"How long did it last?", Duration},
		{"How many hours did it last?", Duration},
		{"What period does it cover?", Duration},
		{"How many workers joined?", Count},
		{"How old is the port?", Count},
		{"How far is the island?", Count},
		{"What percentage of the crop was lost?", Count},
		{"What share of the crop was lost?", Count},
		{"How much did the damage cost?", Money},
		{"How much was paid?", Money},
		{"How much water was lost?", Count},
		{"Why did they stop?", Cause},
		{"What was the reason for the strike?", Cause},
		{"How did it end?", Manner},
		{"How", Manner},
		{"What were the exact words of the director?", Quotation},
		{"Did it end?", YesNo},
		{"Has the port opened?", YesNo},
		{"Isn't it over?", YesNo},
		{"Which companies took part?", Several},
		{"What happened?", Anything},
		{"Tell me about the strike", Anything},
		{"", Anything},
		{"Did anybody get hurt when the crane fell?", YesNo},
		{"Who was there when the crane fell?", Person},
		{"What did the minister say about the strike?", Anything},
		{"What are people in the port afraid of?", Anything},
		{"What were Quill's exact words?", Quotation},
		{"Which Ellery officials came?", Person},
		{"Which women came?", Person},
		{"How fast did it spread?", Manner},
		{"How many euros were spent?", Money},
		{"How long ago did it end?", Time},
	}
	for _, tt := range tests {
		if got := expects(analysis.Tokenize(tt.question)); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.question, got, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	names := map[string]bool{}
	for k := Anything; k <= Several; k++ {
		if k.String() == "" || names[k.String()] {
			t.Errorf("kind %d: the name %q is empty or taken", k, k)
		}
		names[k.String()] = true
		if want := k == Duration || k == Count || k == Money; k.quantity() != want {
			t.Errorf("%s: quantity is %v, want %v", k, k.quantity(), want)
		}
	}
}

func TestFits(t *testing.T) {
	tests := []struct {
		kind Kind
		v    value
		want bool
	}{
		{Duration, value{amount: 60, unit: "s"}, true},
		{Duration, value{amount: 60, unit: "%"}, false},
		{Money, value{amount: 5, unit: "$"}, true},
		{Money, value{amount: 5, unit: "€"}, true},
		{Money, value{amount: 5, unit: "ship"}, false},
		{Count, value{amount: 5, unit: "ship"}, true},
		{Count, value{amount: 5, unit: "%"}, true},
		{Count, value{amount: 5, unit: "s"}, false},
		{Count, value{amount: 16.5, unit: "h:m"}, false},
		{Count, value{amount: 2025}, false}, // a year
		{Person, value{amount: 5, unit: "ship"}, false},
	}
	for _, tt := range tests {
		if got := tt.kind.fits(tt.v); got != tt.want {
			t.Errorf("%s fits %+v: got %v, want %v", tt.kind, tt.v, got, tt.want)
		}
	}
}

// termsOf are the terms of a question as a search returns them.
func termsOf(t *testing.T, e *Engine, question string) []retrieval.Term {
	t.Helper()
	res, err := e.search.Search(t.Context(), retrieval.Query{Text: question, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return res.Terms
}

func TestCountedNoun(t *testing.T) {
	e := strikeEngine(t)
	tests := []struct{ question, want string }{
		{"How many workers joined the walkout?", "workers"},
		{"How many of the workers joined the walkout?", "workers"},
		{"So how many ships waited at anchor?", "ships"},
		{"What was the number of passengers in the hall?", "passengers"},
		{"What is the name of the lighthouse keeper?", "lighthouse"},
		{"Who were the 2 negotiators?", "negotiators"},
		{"How many Lantern Islands are there?", "islands"},
		{"Which union led the strike?", "union"},
		{"How much did the damage cost?", "damage"},
		{"Who leads the Dockers League?", ""},
		{"How many", ""},
		{"", ""},
	}
	for _, tt := range tests {
		terms := termsOf(t, e, tt.question)
		got := ""
		if i := countedNoun(tt.question, terms); i >= 0 {
			got = terms[i].Word
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.question, got, tt.want)
		}
	}
}

// TestCountedNounBehindNumberWord guards that a number is not the noun it goes with.
func TestCountedNounBehindNumberWord(t *testing.T) {
	e := strikeEngine(t)
	const question = "Who were the two negotiators?"
	terms := termsOf(t, e, question)
	if i := countedNoun(question, terms); i < 0 || terms[i].Word != "negotiators" {
		t.Errorf("got term %d of %+v, want negotiators", i, terms)
	}
}

func TestAsksName(t *testing.T) {
	for question, want := range map[string]bool{
		"What is the name of the mediator?": true,
		"Who were the negotiators?":         true,
		"What is the ship named after?":     true,
		"Who led the strike?":               false,
	} {
		if got := asksName(question); got != want {
			t.Errorf("%q: got %v, want %v", question, got, want)
		}
	}
}
