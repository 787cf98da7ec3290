package bot

import (
	"os"
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/limits"
	"parley/bot/phrases"
	"parley/corpus"
)

// TestNoteAbroad guards that questions in every language of Discord get the note in it
// that only questions in English are read, whatever language the asker's program is in,
// and that those in English get none.
func TestNoteAbroad(t *testing.T) {
	missed, english := 0, 0
	b := newBot(t, Options{Quotas: limits.Quotas{PerUser: -1, PerChannel: -1, PerServer: -1}})
	for _, file := range []string{"questions.txt", "unseen.txt"} {
		data, err := os.ReadFile("answer/tongue/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, own := range []bool{false, true} {
			right, all := 0, 0
			for line := range strings.Lines(string(data)) {
				l, q, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
				say, err := phrases.ReadAbroad(l)
				if err != nil {
					t.Fatal(err)
				}
				locale := "en-US"
				if own {
					locale = l
				}
				r := handle(t, b, Request{Kind: Ask, Text: q, Locale: locale})
				all++
				if l == "en" {
					english++
				}
				if got := slices.Contains(texts(r), say.EnglishOnly); got == (l != "en") {
					right++
				} else {
					t.Logf("%s: %q: got %q", l, q, texts(r))
				}
			}
			missed += all - right
			share := float64(right) / float64(all)
			t.Logf("%s: %d of %d get the right note, %.3f (in their own program: %v)", file, right, all, share, own)
			if share < .95 {
				t.Errorf("%s: %.3f, want .95", file, share)
			}
		}
	}
	if n := int(b.counts.declined.Load()); n > english+missed {
		t.Errorf("%d questions count as ones that the articles do not answer, want those in English and %d at most", n, missed)
	}
}

// TestTranslatedAnswer guards what people see of an answer in their language: the
// translation, and the original quotation with its own.
func TestTranslatedAnswer(t *testing.T) {
	j := &job{Bot: newBot(t, Options{}), Request: Request{Kind: Ask, Locale: "en-US"}}
	j.say, j.on = j.book.For("en-US"), j.live.Load()
	say, err := phrases.ReadAbroad("de")
	if err != nil {
		t.Fatal(err)
	}
	const text, translation = "Rain fell.", "Es regnete."
	a := &answer.Answer{
		Language: "de", Unsaid: []string{"Why?"},
		Claims:    []answer.Claim{{Text: text, Translation: translation, Citations: []int{1}, Marked: corpus.Span{End: 4}}},
		Citations: []answer.Citation{{N: 1, ArticleID: "x", Quote: text, Translation: translation}},
	}
	got := texts(j.answered(a))
	for _, want := range []string{translation, text, say.Translation + ": " + translation, say.Translated, say.NotSaid + " “Why?”"} {
		if !slices.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	a.Claims[0].Translation, a.Citations[0].Translation = "", ""
	if got := texts(j.answered(a)); slices.Contains(got, say.Translated) || !slices.Contains(got, say.EnglishOnly) {
		t.Errorf("got %q: nothing is translated, and no model is the reason", got)
	}
}
