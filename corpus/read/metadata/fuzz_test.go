package metadata

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/readtest"
)

// seeds are the texts of the sets of cases.
func seeds(f *testing.F, paths ...string) {
	f.Helper()
	n := 0
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if text, rest, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
				f.Add(text, rest)
				n++
			}
		}
	}
	if n == 0 {
		f.Fatal("no seeds")
	}
}

// FuzzDates reads any text as a date and looks for dates in it.
func FuzzDates(f *testing.F) {
	seeds(f, "testdata/dates.txt", "testdata/dates-cldr.txt")
	f.Fuzz(func(t *testing.T, s, tag string) {
		if !utf8.ValidString(s) {
			return // readers give valid text
		}
		readtest.Timed(t, s, func() { checkDates(t, s, tag) })
	})
}

// checkDates guards that what is found in a text is within it.
func checkDates(t *testing.T, s, tag string) {
	t.Helper()
	loc := LocaleOf(tag)
	if at, ok := ParseDate(s, loc); ok && (at.Year() < minYear || at.Year() > maxYear) {
		t.Errorf("%q: got year %d", s, at.Year())
	}
	last := 0
	for _, d := range FindDates(s, loc) {
		if d.Start < last || d.End <= d.Start || d.End > len(s) || !utf8.ValidString(s[d.Start:d.End]) {
			t.Errorf("%q: span %v after %d", s, d.Span, last)
		}
		if d.Day.Hour() != 0 || d.Day.IsZero() {
			t.Errorf("%q: got %v", s, d.Day)
		}
		last = d.End
	}
	BareDate(s, loc)
	EndsInDate(s, loc)
	Resolve(OfPath(s))
}

// FuzzResolve states any text in every field.
func FuzzResolve(f *testing.F) {
	seeds(f, "testdata/authors.txt", "testdata/titles.txt")
	f.Add("https://elleryport.com/2026/01/17/a?utm_source=x#y", "en")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		var stated []document.Statement
		for i, field := range []document.Field{document.ID, document.Title, document.Publisher, document.Author, document.Place, document.URL, document.Published, document.Updated, document.Event, document.Language} {
			stated = append(stated,
				document.Statement{Field: field, Value: a, From: "a", Rank: document.Rank(i % 5)},
				document.Statement{Field: field, Value: b, From: "b", Rank: document.Rank((i + 2) % 5)})
		}
		var k Known
		readtest.Timed(t, a+"\n"+b, func() { k = Resolve(stated) })
		for field, value := range map[document.Field]string{
			document.Title: k.Title, document.Publisher: k.Publisher, document.Author: k.Author, document.Place: k.Place, document.URL: k.URL, document.Language: k.Language,
		} {
			if value != document.OneLine(value) || !utf8.ValidString(value) {
				t.Errorf("%s is not one tidy line: %q", field, value)
			}
			if (value == "") != (k.From[field] == "") {
				t.Errorf("%s is %q, found in %q", field, value, k.From[field])
			}
		}
		if strings.ContainsAny(k.Author, "@/<>") {
			t.Errorf("author is %q", k.Author)
		}
	})
}

// FuzzReadCredits reads any line as one of credits.
func FuzzReadCredits(f *testing.F) {
	seeds(f, "testdata/authors.txt", "testdata/dates.txt")
	f.Add("Published: 12/01/2026 07:55 • Harriet Dowd • 4 min read", "en-GB")
	f.Add("Por Ana Ruiz — Lisboa, 12/01/2026 10h15 Atualizado há 2 horas", "pt")
	f.Add("公開日：2026年1月12日 更新日：2026年1月14日", "ja")
	f.Fuzz(func(t *testing.T, s, tag string) {
		var c Credits
		var ok bool
		readtest.Timed(t, s, func() {
			c, ok = ReadCredits(s, LocaleOf(tag))
			GuessLanguage(s)
		})
		if !ok {
			return
		}
		for _, part := range append([]string{c.Published, c.Updated, c.Plain, c.Agency}, c.Authors...) {
			if part != document.OneLine(part) || utf8.ValidString(s) && !utf8.ValidString(part) {
				t.Errorf("%q: %q is not one tidy line", s, part)
			}
		}
	})
}
