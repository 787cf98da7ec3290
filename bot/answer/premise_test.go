package answer

import "testing"

// TestUnfounded guards that a question about what somebody said has an answer
// only where he speaks, of what it asks about, and one about what happened only
// where it is not just planned.
func TestUnfounded(t *testing.T) {
	e := newEngine(t, briefs(
		"Mara Quill said that the toll is too high. The dinner was given by Pell Oster, and the guests praised it. "+
			"The mediator Ruth Calder was at the harbor. She warned that the cranes are old.",
		"The council will meet in Vrbovsko on Friday and has invited Tobin Hale. “The ferry must go on,” Hale wrote. “It is our life.”"), Options{})
	tests := []struct {
		name, question string
		want           bool
	}{
		{"said so", "What does Mara Quill say about the toll?", false},
		{"said of something else", "What does Mara Quill think about the cranes?", true},
		{"was there and said nothing", "What did Pell Oster say about the dinner?", true},
		{"a pronoun", "What did Ruth Calder say about the cranes?", false},
		{"a quotation that goes on", "What did Tobin Hale say about life?", false},
		{"planned", "What was decided when the council met in Vrbovsko with Tobin Hale?", true},
		{"asked about the plan", "What will the council do in Vrbovsko?", false},
		{"nobody in particular", "What is the ferry said to be?", false},
		{"another question", "Who gave the dinner?", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := e.unfounded(gathered(t, e, Question{Text: tt.question})); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.question, got, tt.want)
			}
		})
	}
}

// TestTogether guards that a value counts only where the names of the question are.
func TestTogether(t *testing.T) {
	e := newEngine(t, briefs("Quill bought the Lantern. Nothing was said of money. It rained. Oster paid $12 for the Lantern.", "Nothing happened."), Options{})
	for question, want := range map[string]float64{"How much did Oster pay for the Lantern?": 0, "How much did Quill pay for the Lantern?": 1} {
		if got := signalsOf(t, e, question)[sQuantity]; got != want {
			t.Errorf("%q: got %v without a quantity, want %v", question, got, want)
		}
	}
}
