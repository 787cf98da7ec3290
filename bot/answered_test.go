package bot

import (
	"slices"
	"testing"

	"parley/bot/answer"
	"parley/bot/phrases"
)

// TestLeadsShown guards how a reply begins to a question of yes or no that somebody
// denies or on which reports speak against one another, in the reader's language, and
// that it tells from which question it was taken to go on.
func TestLeadsShown(t *testing.T) {
	b := newBot(t, Options{})
	for _, locale := range []string{"en-US", "de"} {
		j := &job{Bot: b, Request: Request{Kind: Ask, Locale: locale}}
		j.say, j.on = b.book.For(locale), b.live.Load()
		a := &answer.Answer{
			Lead: answer.Denied, DeniedBy: "Rita Holm", Follows: "Who leads the school?",
			Claims:    []answer.Claim{{Text: "Rita Holm denied it.", Citations: []int{1}}, {Text: "It is so.", Citations: []int{2}}},
			Citations: []answer.Citation{{N: 1, ArticleID: "a", Quote: "Rita Holm denied it."}, {N: 2, ArticleID: "b", Quote: "It is so."}},
		}
		r := j.answered(a)
		denied := Span{Text: j.say.Say("answer.denied", phrases.Args{"Name": "Rita Holm"}), Bold: true}
		if first := r.Blocks[0]; first.Style != Paragraph || !spansEqual(first.Spans[0], denied) {
			t.Errorf("%s: begins with %+v, want %+v", locale, r.Blocks[0], denied)
		}
		follows := j.say.Say("note.follows", phrases.Args{"Question": "Who leads the school?"})
		noted := func(r *Reply) bool {
			return slices.ContainsFunc(r.Blocks, func(b Block) bool { return b.Style == Note })
		}
		if !noted(r) || !slices.Contains(texts(r), follows) {
			t.Errorf("%s: got %q, want the note %q", locale, texts(r), follows)
		}

		sides := []answer.Side{{Claim: a.Claims[0].Text, Citations: []int{1}}, {Claim: a.Claims[1].Text, Citations: []int{2}}}
		a.Lead, a.DeniedBy, a.Follows = answer.Contested, "", ""
		a.Conflicts = []answer.Conflict{{Kind: answer.Disputed, Sides: sides}, {Kind: answer.Differing, Sides: sides}}
		r = j.answered(a)
		var headings []string
		for _, b := range r.Blocks {
			if b.Style == Heading {
				headings = append(headings, b.Spans[0].Text)
			}
		}
		want := []string{j.say.Say("answer.contested", nil) + " " + j.say.Say("conflict.disputed", nil), j.say.Say("conflict.differing", nil)}
		if !slices.Equal(headings, want) || r.Outcome != Disputed || noted(r) {
			t.Errorf("%s: got %s under %q, want %q", locale, r.Outcome, headings, want)
		}
	}
}

// spansEqual reports whether two spans show the same.
func spansEqual(a, b Span) bool { return a.Text == b.Text && a.Bold == b.Bold }
