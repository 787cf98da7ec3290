package question

import (
	"slices"
	"testing"
)

func TestCompared(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text   string
		names  []string
		matter string
	}{
		{"What does the Verge say differently from Newslooks about the talks", []string{"the Verge", "Newslooks"}, "the talks"},
		{"what does the mayor say diffrent from the governor on the dam", []string{"the mayor", "the governor"}, "the dam"},
		{"What does the Courier say about the resignation that the Post does not", []string{"the Courier", "the Post"}, "the resignation"},
		{"How do Reed and Marsh differ in how they describe the meeting", []string{"Reed", "Marsh"}, "how they describe the meeting"},
		{"How do the Gazette and Coast Sport differ on who ran on to the court", []string{"the Gazette", "Coast Sport"}, "who ran on to the court"},
		{"Where do the reports on the school protest disagree", nil, "the school protest"},
		{"where do the reports disagree", nil, ""},
		{"where do the two papers disagree about the crowd", nil, "the crowd"},
		{"Do all reports agree on how long the talks took", nil, "how long the talks took"},
		{"compare the Post and the Courier on the bridge", []string{"the Post", "the Courier"}, "the bridge"},
		{"difference between the Post and the Courier on the bridge", []string{"the Post", "the Courier"}, "the bridge"},
		{"How does the Post's account of the vote differ from the Courier's", []string{"the Post", "the Courier"}, "the vote"},
		{"are there conflicting reports about the crowd", nil, "the crowd"},
	}
	for _, tt := range tests {
		got, ok := compared(tt.text)
		if !ok || got.Matter != tt.matter || !slices.Equal(got.Accounts, tt.names) {
			t.Errorf("%q: %q, %v", tt.text, got, ok)
		}
	}
	for _, text := range []string{"What did Reed say about the dam", "Did Reed and Marsh agree on a date", "How did the two teams compare in the final", "Who disagrees with the mayor", "What do the reports say about the dam"} {
		if got, ok := compared(text); ok {
			t.Errorf("%q is no comparison: %q", text, got)
		}
	}
}
