package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/library"
)

func newCatalogue(t testing.TB, articles []corpus.Article) *Catalogue {
	t.Helper()
	s, err := library.Build(t.Context(), &read.Reading{Articles: articles}, library.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return New(s.Index)
}

func talks(t testing.TB) *Catalogue {
	t.Helper()
	r, err := read.Talks()
	if err != nil {
		t.Fatal(err)
	}
	return newCatalogue(t, r.Articles)
}

func (c *Catalogue) ids(articles []int) []string {
	var out []string
	for _, a := range articles {
		out = append(out, c.Corpus.Articles[a].ID)
	}
	return out
}

func day(n int) time.Time { return time.Date(2025, 5, n, 0, 0, 0, 0, time.UTC) }

func harbour(t testing.TB) *Catalogue {
	t.Helper()
	return newCatalogue(t, []corpus.Article{
		{ID: "undated", Title: "Readers write", Body: "The harbor is quiet in the morning, a reader says."},
		{ID: "old", Title: "Crane drivers walk out", Publisher: "Harbor Courier", Published: day(2), Body: "Crane drivers at Port Ellery stopped work on Friday."},
		{ID: "new", Title: "Dockers sign a deal", Publisher: "Sandmouth Mail", Published: day(13), Body: "The Dockers League signed a deal about the cranes on Tuesday."},
		{ID: "twin", Title: "Dockers sign a deal", Publisher: "Ellery Gazette", Published: day(14), Body: "A deal was signed on Tuesday, the League says."},
		{ID: strings.Repeat("very/long/", 20) + "path.md", Title: "Fog keeps ferries", Published: day(3), Body: "Dense fog kept the ferries in Sandmouth on Saturday."},
	})
}

func TestNewest(t *testing.T) {
	s := harbour(t)
	got := s.ids(s.Newest())
	if want := []string{"twin", "new"}; !slices.Equal(got[:2], want) || got[4] != "undated" {
		t.Errorf("got %v", got)
	}
}

func TestAbout(t *testing.T) {
	s := harbour(t)
	for _, tt := range []struct {
		topic string
		want  []string
	}{
		{"cranes", []string{"new", "old"}},
		{"the deal", []string{"twin", "new"}},
		{"Dockers deal", []string{"twin", "new"}},
		{"craens", []string{"new", "old"}}, // a slip
		{"Ellery Gazette", []string{"twin"}},
		{"bananas", nil},
		{"the of", nil},
		{"", nil},
	} {
		got, err := s.About(t.Context(), tt.topic)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(s.ids(got), tt.want) {
			t.Errorf("%q: got %v, want %v", tt.topic, s.ids(got), tt.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	s := harbour(t)
	for _, tt := range []struct {
		typed string
		want  string // the first one; empty for none
	}{
		{"", "twin"},
		{"cr", "old"},
		{"crane dri", "old"},
		{"carne", "old"}, // letters swapped
		{"drievrs", "old"},
		{"DOCKERS", "twin"},
		{"sandmouth", "new"},
		{"doxkers mail", "new"},
		{"zebra", ""},
		{"?!", "twin"},
	} {
		got := s.ids(s.Suggest(tt.typed, 25))
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) == 0 || got[0] != tt.want) {
			t.Errorf("%q: got %v, want %s first", tt.typed, got, tt.want)
		}
	}
	if got := s.Suggest("", 2); len(got) != 2 {
		t.Errorf("got %d suggestions, want 2", len(got))
	}
}

func TestFind(t *testing.T) {
	s := harbour(t)
	for i := range s.Corpus.Articles {
		value := s.Value(i)
		if n := utf8.RuneCountInString(value); n > MaxValue {
			t.Errorf("the value of %d has %d runes", i, n)
		}
		if got, ok := s.Find(value); !ok || got != i {
			t.Errorf("%q: got %d, %v, want %d", value, got, ok, i)
		}
	}
	for _, tt := range []struct {
		text, want string // empty for none
	}{
		{"crane drivers", "old"},
		{"fog keeps feries", strings.Repeat("very/long/", 20) + "path.md"},
		{"Dockers sign a deal", ""}, // two are called so
		{"dockers deal mail", "new"},
		{"nothing of the kind", ""},
		{"", ""},
		{"#00", ""},
	} {
		got, ok := s.Find(tt.text)
		if ok != (tt.want != "") || ok && s.Corpus.Articles[got].ID != tt.want {
			t.Errorf("%q: got %d, %v, want %s", tt.text, got, ok, tt.want)
		}
	}
}

func TestKeySentences(t *testing.T) {
	s := talks(t)
	for i := range s.Corpus.Articles {
		a := &s.Corpus.Articles[i]
		got := s.KeySentences(i, 3)
		if len(got) != 3 {
			t.Errorf("%s: got %d key sentences, want 3", a.ID, len(got))
		}
		at := -1
		for _, sentence := range got {
			next := strings.Index(a.Body, sentence)
			if next <= at {
				t.Errorf("%s: %q is not in the article after the one before", a.ID, sentence)
			}
			at = next
		}
		if s.Words(i) < 100 {
			t.Errorf("%s: %d words", a.ID, s.Words(i))
		}
	}
}

func TestAround(t *testing.T) {
	s := talks(t)
	for i := range s.Corpus.Sentences {
		sentence := s.Corpus.Sentences[i]
		a := &s.Corpus.Articles[sentence.Article]
		quote := s.Corpus.SentenceText(i)
		before, after, ok := s.Around(a.ID, sentence.Span, quote)
		if !ok || !strings.Contains(a.Body, before) || !strings.Contains(a.Body, after) || !sentence.Heading && before+after == "" {
			t.Errorf("%q: got %q and %q, %v", quote, before, after, ok)
		}
	}
	for _, tt := range []struct {
		id    string
		span  corpus.Span
		quote string
	}{
		{"no-such-article", corpus.Span{Start: 0, End: 1}, "x"},
		{s.Corpus.Articles[0].ID, corpus.Span{Start: 0, End: 5}, "other"},
		{s.Corpus.Articles[0].ID, corpus.Span{Start: -1, End: 5}, ""},
		{s.Corpus.Articles[0].ID, corpus.Span{Start: 5, End: 5}, ""},
		{s.Corpus.Articles[0].ID, corpus.Span{Start: 0, End: 1 << 30}, ""},
	} {
		if _, _, ok := s.Around(tt.id, tt.span, tt.quote); ok {
			t.Errorf("%+v: found", tt)
		}
	}
}

// FuzzSuggest guards that whatever is typed gives a bounded list without
// repetition.
func FuzzSuggest(f *testing.F) {
	s := harbour(f)
	for _, typed := range []string{"", "crane", "ß", "a b c d e f g h i j k l m n o p q r s t u v", "\u202e", strings.Repeat("x", 3000)} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := s.Suggest(typed, 3)
		if len(got) > 3 || len(got) > 1 && got[0] == got[1] {
			t.Errorf("%q: got %v", typed, got)
		}
		s.Find(typed)
	})
}

// BenchmarkSuggest is what somebody waits for at each letter typed.
func BenchmarkSuggest(b *testing.B) {
	var articles []corpus.Article
	for i := range 5000 {
		articles = append(articles, corpus.Article{ID: fmt.Sprint(i), Title: fmt.Sprintf("Crane %d stops work%d at berth%d of Ellery", i, i, i), Body: "Work stopped."})
	}
	s := newCatalogue(b, articles)
	for b.Loop() {
		s.Suggest("crnae berth4711 wor", 25)
	}
}
