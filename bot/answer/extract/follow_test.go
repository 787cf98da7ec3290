package extract

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
)

const slates = "Workers from Sundby carried slates across the frozen lake."

// after is a conversation of questions and answers in turn.
func after(said ...string) []answer.Turn {
	var out []answer.Turn
	for i, text := range said {
		out = append(out, answer.Turn{Role: []string{"user", "bot"}[i%2], Text: text})
	}
	return out
}

// TestMore guards that more of what was asked is told from the same articles, nothing
// twice, and that there is an end to it.
func TestMore(t *testing.T) {
	e := paper(t)
	told := after("Who carried slates?", slates+" [1]")
	for range 3 {
		a := ask(t, e, answer.Question{Text: "Tell me more", History: told})
		if a.Abstained {
			break
		}
		if got := citedArticles(a); !slices.Equal(got, []string{"herald"}) || len(a.Citations) > furtherMost || strings.Contains(a.Text, "It rained.") {
			t.Errorf("got %q: %s", got, a.Text)
		}
		for _, c := range a.Citations {
			if strings.Contains(told[len(told)-1].Text, c.Quote) {
				t.Errorf("%q is told again", c.Quote)
			}
		}
		told = append(told, after("Tell me more", told[len(told)-1].Text+" "+a.Text)...)
	}
	if a := ask(t, e, answer.Question{Text: "Tell me more", History: told}); !a.Abstained {
		t.Errorf("after all was told: got %s", a.Text)
	}
	if a := ask(t, e, answer.Question{Text: "Tell me more", History: after("Who carried slates?", "The articles do not say.")}); !a.Abstained {
		t.Errorf("more of nothing: got %s", a.Text)
	}
}

// TestMoreIsNear guards that more is what has to do with the question, of all articles
// that the answer quotes.
func TestMoreIsNear(t *testing.T) {
	a := ask(t, paper(t), answer.Question{Text: "more", History: after("How long did the meeting on the dam take?", threeHours+" [1] "+slates+" [2]")})
	if got := cites(a); len(got) != furtherMost || !slices.Contains(got, fourMillon) || !slices.Contains(got, eightHours) {
		t.Errorf("got %q", got)
	}
}

// TestOrigin guards that the articles behind the last answer that quotes some are named
// with their addresses, each once.
func TestOrigin(t *testing.T) {
	e := paper(t)
	const post, herald = "“Council meets on the dam”, Orlen Post, 5 May 2025. https://post.example/dam [1]", "“School gets a new roof”, Kvern Herald, 7 May 2025. [1]"
	for _, tt := range []struct {
		name string
		said []string
		want string
	}{
		{"two of one article", []string{"What about the dam?", fourMillon + " [1] " + threeHours + " [2]"}, post},
		{"two articles", []string{"What about it?", slates + " [1] " + threeHours + " [2]"}, "• " + herald + "\n• " + strings.Replace(post, "[1]", "[2]", 1)},
		{"the last answer", []string{"Who met?", threeHours + " [1]", "Who carried slates?", slates + " [1]"}, herald},
		{"the one before", []string{"Who carried slates?", slates + " [1]", "Who is Zanzibar?", "The articles do not say."}, herald},
	} {
		a := ask(t, e, answer.Question{Text: "source?", History: after(tt.said...)})
		if got := a.Text; !sameLines(got, tt.want) || a.Confidence != knownMeta {
			t.Errorf("%s: got %q at %v, want %q", tt.name, got, a.Confidence, tt.want)
		}
	}
	if a := ask(t, e, answer.Question{Text: "link?", History: after("Who is Zanzibar?", "The articles do not say.")}); !a.Abstained {
		t.Errorf("got %s for what nothing is from", a.Text)
	}
}

// sameLines reports whether two lists of articles are one but for their order: which
// comes first the search decides.
func sameLines(a, b string) bool {
	parts := func(s string) []string {
		var out []string
		for p := range strings.SplitSeq(s, "“") {
			p, _, _ = strings.Cut(p, "[")
			out = append(out, strings.TrimSpace(p))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(parts(a), parts(b))
}

// TestWhose guards that of the last answer those sentences are quoted again which name
// who says them, in the order of time.
func TestWhose(t *testing.T) {
	e := paper(t)
	a := ask(t, e, answer.Question{Text: "who said that?", History: after("What about the dam?", nineMillon+" [1] "+threeHours+" [2] "+fourMillon+" [3]")})
	if got := cites(a); !slices.Equal(got, []string{fourMillon, nineMillon}) {
		t.Errorf("got %q", got)
	}
	if a, err := e.told([]int{number(t, e, nineMillon), number(t, e, fourMillon)}); err != nil || !slices.Equal(cites(a), []string{fourMillon, nineMillon}) {
		t.Errorf("got %+v, %v", a, err)
	}
	for name, said := range map[string][]string{
		"nobody is named":    {"Who carried slates?", slates + " [1]"},
		"nothing was quoted": {"Who is Zanzibar?", "The articles do not say."},
		"an older answer":    {"What about the dam?", fourMillon + " [1]", "Who carried slates?", slates + " [1]"},
		"no answer at all":   {"Who carried slates?"},
	} {
		a := ask(t, e, answer.Question{Text: "who said that?", History: after(said...)})
		if slices.Contains(cites(a), fourMillon) || len(a.Claims) > 1 {
			t.Errorf("%s: got %s", name, a.Text)
		}
	}
}

// TestSure guards that who doubts an answer gets the question answered anew, as it was
// asked, whatever was asked about the answer in between.
func TestSure(t *testing.T) {
	e := paper(t)
	const asked = "Does the dam have cracks?"
	want := ask(t, e, answer.Question{Text: asked})
	got := ask(t, e, answer.Question{Text: "are you sure?", History: after(asked, want.Text, "source?", "Valley Courier", "really?", "Yes.")})
	if got.Text != want.Text || got.Confidence != want.Confidence || !strings.HasPrefix(got.Text, "Yes. ") {
		t.Errorf("got %q, want %q", got.Text, want.Text)
	}
}

// TestFollowsIsTold guards that an answer names the question that it was guessed to go on
// from, and only an answer.
func TestFollowsIsTold(t *testing.T) {
	const before = "When was the meeting on the dam?"
	paper(t)
	e := over(t, dammed.snapshot, Options{Threshold: .2, MaxSentences: 3})
	for text, want := range map[string]string{"How long?": before, "And how long?": "", "How long did the meeting on the dam of Orlen take?": ""} {
		a := ask(t, e, answer.Question{Text: text, History: after(before, "The articles do not say when.")})
		if a.Abstained || a.Follows != want || !slices.Contains(cites(a), threeHours) {
			t.Errorf("%q: goes on from %q, want %q: %s", text, a.Follows, want, a.Text)
		}
	}
	if a := ask(t, e, answer.Question{Text: "How far?", History: after("Who carried slates?", slates)}); !a.Abstained || a.Follows != "" {
		t.Errorf("an abstention goes on from %q: %s", a.Follows, a.Text)
	}
}

// TestFurther guards that who asks what else there is does not get again what was said,
// and that "more" goes on behind all that the conversation has told.
func TestFurther(t *testing.T) {
	e := paper(t)
	if a := ask(t, e, answer.Question{Text: "Who else carried slates?", History: after("Who carried slates?", slates+" [1]")}); strings.Contains(a.Text, slates) && !a.Abstained {
		t.Errorf("got %s again", a.Text)
	}
	history := after("When will it end?", eightHours+" [1]", "Who is Zanzibar?", "The articles do not say.", "How long did the meeting on the dam take?", threeHours+" [1] "+slates+" [2]")
	if a := ask(t, e, answer.Question{Text: "more", History: history}); slices.Contains(cites(a), eightHours) || !slices.Contains(cites(a), fourMillon) {
		t.Errorf("got %s, of which some was told before", a.Text)
	}
}
