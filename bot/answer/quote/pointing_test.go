package quote

import (
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/corpus"
)

// TestPointing guards that a sentence that opens with what the one before means is
// quoted with that one, and no other is.
func TestPointing(t *testing.T) {
	const before = "The captain called the harbor at noon."
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"She turned the ferry round.", true},
		{"His crew slept on deck.", true},
		{"After that the ferry turned round.", true},
		{"It turned round.", true},
		{"There they waited for the fog to lift.", true},
		{"This surprised nobody.", true},
		{"These are the rules.", true},
		{"Then the fog came.", true},
		{"There was fog.", false},
		{"It is not known why.", false},
		{"It’s not known why.", false},
		{"This week the ferry lies in port.", false},
		{"The ferry turned round.", false},
		{"Hers was the last voyage.", false},
		{"“She turned round,” the mayor said.", false},
		{"Thereafter nobody spoke.", false},
	} {
		c := newCorpus(t, corpus.Article{ID: "a", Title: "Ferry", Body: before + "\n\n" + tt.text})
		words := strings.TrimSuffix(tt.text[strings.LastIndex(tt.text, " ")+1:], ".")
		a := &answer.Answer{}
		claim := NewWriter(c, a).Sentence("Mail", answering(t, c, words))
		checkSpans(t, c, a, claim, words)
		text, quoted := tt.text, tt.text
		if tt.want {
			text, quoted = before+" "+tt.text, before+"\n\n"+tt.text
		}
		if claim.Text != "Mail: "+text || a.Citations[0].Quote != quoted {
			t.Errorf("got %q, quoting %q", claim.Text, a.Citations[0].Quote)
		}
		a.Claims[0].Text = text
		if problems := Verify(c, a); len(problems) > 0 || !Supported(a, a.Claims[0]) {
			t.Errorf("%q: %q, supported: %v", tt.text, problems, Supported(a, a.Claims[0]))
		}
	}
}

// TestPointingNowhere guards what no sentence is quoted ahead of.
func TestPointingNowhere(t *testing.T) {
	long := "The captain " + strings.Repeat("called and ", longest/10) + "called."
	const heading = "Ferry turned"
	for name, article := range map[string]corpus.Article{
		"the first of an article": {Body: "She turned round."},
		"behind a heading":        {Body: heading + "\n\nShe turned round.", Headings: []corpus.Span{{Start: 0, End: len(heading)}}},
		"behind an endless one":   {Body: long + " She turned round."},
	} {
		article.ID, article.Title = "a", "Ferry"
		c := newCorpus(t, corpus.Article{ID: "z", Title: "Fog", Body: "The fog came."}, article)
		a := &answer.Answer{}
		if got := NewWriter(c, a).Sentence("", answering(t, c, "turned round")); got.Text != "She turned round." || a.Citations[0].Quote != got.Text {
			t.Errorf("%s: got %q, quoting %q", name, got.Text, a.Citations[0].Quote)
		}
	}
}
