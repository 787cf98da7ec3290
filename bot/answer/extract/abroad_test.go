package extract

import (
	"maps"
	"slices"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/tongue"
	"parley/bot/phrases"
	"parley/corpus"
)

const bridgeInGerman = "Der Stadtrat von Orlen hat am Montag beschlossen, die alte Brücke über den Fluss zu schließen. Die Bürgermeisterin sagte, dass die Brücke nicht mehr sicher ist."

// said are the texts in a language.
func said(t *testing.T, locale string) *phrases.Abroad {
	t.Helper()
	say, err := phrases.ReadAbroad(locale)
	if err != nil {
		t.Fatal(err)
	}
	return say
}

// TestUnread guards that a question in a language which no article is in gets told so in
// that language, and in the asker's where it is not told apart.
func TestUnread(t *testing.T) {
	e := paper(t)
	for _, tt := range []struct{ question, locale, language string }{
		{"Wann wird die neue Brücke eröffnet?", "", "de"},
		{"Wann wird die neue Brücke eröffnet?", "fr", "de"},
		{"Où ont eu lieu les négociations ?", "en-US", "fr"},
		{"როდის გაიხსნება ახალი ხიდი ქალაქში?", "fr", "fr"}, // in Georgian, which is not told apart
	} {
		a, err := e.Answer(t.Context(), answer.Question{Text: tt.question, Locale: tt.locale})
		if err != nil {
			t.Fatal(err)
		}
		want := &answer.Answer{Abstained: true, Reason: answer.Empty, Engine: Name, Language: tt.language, Unread: true, Text: said(t, tt.language).EnglishOnly}
		if a.Language != want.Language || a.Text != want.Text || !a.Abstained || !a.Unread || a.Reason != want.Reason || a.Engine != Name {
			t.Errorf("%q in %q: got %+v, want %+v", tt.question, tt.locale, a, want)
		}
	}
	if a := ask(t, e, answer.Question{Text: "Does the dam have cracks?", Locale: "de"}); a.Abstained || a.Unread || a.Language != "" {
		t.Errorf("a question in English: got %+v", a)
	}
	if l := e.Abroad(answer.Question{Text: "როდის გაიხსნება ახალი ხიდი ქალაქში?"}); l != tongue.Other {
		t.Errorf("got %q for Georgian", l)
	}
}

// TestSpoken guards which languages the articles are in, and that a question in one of
// them is read.
func TestSpoken(t *testing.T) {
	german := corpus.Article{ID: "bruecke", Title: "Brücke gesperrt", Body: bridgeInGerman}
	english := corpus.Article{ID: "mail", Title: "Walkout", Body: "The walkout at Port Ellery began on Friday. He said that the cranes were old."}
	for _, tt := range []struct {
		name     string
		articles []corpus.Article
		spoken   []string
		refusal  string // to a question in French
	}{
		{"German", []corpus.Article{german}, []string{"de"}, said(t, "fr").ArticlesOnly},
		{"both", []corpus.Article{german, english}, []string{"de", "en"}, said(t, "fr").EnglishOnly},
		{"English", []corpus.Article{english}, []string{"en"}, said(t, "fr").EnglishOnly},
		{"none", nil, nil, said(t, "fr").EnglishOnly},
	} {
		e := over(t, build(t, tt.articles), Options{Threshold: DefaultThreshold, MaxSentences: 1})
		if got := slices.Sorted(maps.Keys(e.spoken())); !slices.Equal(got, tt.spoken) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.spoken)
		}
		own := e.Abroad(answer.Question{Text: "Wann wird die Brücke über den Fluss eröffnet?"})
		if slices.Contains(tt.spoken, "de") != (own == "") {
			t.Errorf("%s: a question in German is in %q", tt.name, own)
		}
		a, err := e.Answer(t.Context(), answer.Question{Text: "Où ont eu lieu les négociations ?"})
		if err != nil || a.Text != tt.refusal || !a.Unread {
			t.Errorf("%s: got %+v, %v, want %q", tt.name, a, err, tt.refusal)
		}
	}
}
