package metadata

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
)

// say is a statement in short: rank, field, value and where from.
func say(rank document.Rank, field document.Field, value, from string) document.Statement {
	s := document.Statement{Field: field, Value: value, From: from, Rank: rank}
	if strings.HasPrefix(from, "line ") {
		s.Line = 2
	}
	return s
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	all := []document.Statement{
		say(document.Implied, document.Title, "Ferry line of Ellery | Post", "title element"),
		say(document.Shown, document.Title, "Ferry line closes", "heading"),
		say(document.Declared, document.Title, "Why no boat comes any more", "meta og:title"),
		say(document.Linked, document.Title, "Ferry closes", "JSON-LD headline"),
		say(document.Stated, document.Title, "The ferry", `front matter "title"`),
	}
	for _, want := range []string{"The ferry", "Ferry closes", "Why no boat comes any more", "Ferry line closes", "Ferry line of Ellery | Post"} {
		k := Resolve(all)
		if k.Title != want || k.From[document.Title] != all[len(all)-1].From {
			t.Errorf("of %d got %q from %q, want %q", len(all), k.Title, k.From[document.Title], want)
		}
		all = all[:len(all)-1]
	}
}

// TestTitleAsShown guards that a title made for networks gives way to the
// heading where that is surely the article's.
func TestTitleAsShown(t *testing.T) {
	t.Parallel()
	declared := say(document.Declared, document.Title, "You won't believe what this boat did", "meta og:title")
	heading := say(document.Shown, document.Title, "Ferry line closes", "heading")
	for _, c := range []struct {
		stated []document.Statement
		want   string
	}{
		{[]document.Statement{declared, heading}, "You won't believe what this boat did"},
		{[]document.Statement{declared, heading, say(document.Implied, document.Title, "Ferry line closes | Local | The Ellery Post", "title element")}, "Ferry line closes"},
		{[]document.Statement{say(document.Declared, document.Title, "Ferry line in Ellery closes", "meta og:title"), heading}, "Ferry line closes"},
		{[]document.Statement{say(document.Declared, document.Title, "Ferry line in Ellery closes", "meta og:title"), say(document.Shown, document.Title, "The Ellery Post", "heading"), say(document.Declared, document.Publisher, "The Ellery Post", "meta og:site_name")}, "Ferry line in Ellery closes"},
	} {
		if k := Resolve(c.stated); k.Title != c.want {
			t.Errorf("got %q, want %q", k.Title, c.want)
		}
	}
}

func TestFirstValidOfARank(t *testing.T) {
	t.Parallel()
	k := Resolve([]document.Statement{
		say(document.Stated, document.ID, " a/b ", `field "id"`),
		say(document.Stated, document.ID, "c", `field "id"`),
		say(document.Linked, document.Title, " ", "JSON-LD headline"),
		say(document.Linked, document.Title, "Untitled", "JSON-LD name"),
		say(document.Declared, document.Title, "Ferry closes", "meta og:title"),
		say(document.Declared, document.Author, "https://social.example/mara", "meta article:author"),
		say(document.Declared, document.Author, "Mara Quill", "meta author"),
		say(document.Declared, document.Author, "Tobin Hale", "meta author"),
		say(document.Declared, document.Author, "Lee Roe", "meta dc.creator"),
		say(document.Shown, document.Author, "Ann Poe", "by-line"),
		say(document.Declared, document.Language, "english, of course", "meta language"),
		say(document.Declared, document.Language, "en_gb", "meta og:locale"),
		say(document.Shown, document.Place, "42 Mill Road", "dateline"),
		say(document.Shown, document.Place, "ELLERY (Reuters) –", "dateline"),
	})
	for _, c := range []struct{ field, got, want, from string }{
		{"id", k.ID, "a/b", `field "id"`},
		{"title", k.Title, "Ferry closes", "meta og:title"},
		{"author", k.Author, "Mara Quill, Tobin Hale", "meta author"},
		{"language", k.Language, "en-GB", "meta og:locale"},
		{"place", k.Place, "Ellery", "dateline"},
	} {
		if c.got != c.want || k.From[document.Field(c.field)] != c.from {
			t.Errorf("%s: got %q from %q, want %q from %q", c.field, c.got, k.From[document.Field(c.field)], c.want, c.from)
		}
	}
	if len(k.Notes) > 0 {
		t.Errorf("got notes %v", k.Notes)
	}
}

func TestPublished(t *testing.T) {
	t.Parallel()
	const date = document.Published
	for _, c := range []struct {
		name   string
		stated []document.Statement
		want   string // day and source
		notes  []string
	}{
		{"none", nil, "", nil},
		{"by rank", []document.Statement{say(document.Shown, date, "6 May 2025", "time"), say(document.Linked, date, "2025-05-02T23:30:00-05:00", "JSON-LD datePublished")}, "2025-05-02 JSON-LD datePublished", nil},
		{"not understood", []document.Statement{say(document.Stated, date, "31/31/2025", `field "date"`)}, "", []string{`date "31/31/2025" is no day of the calendar: write it as 2026-01-17`}},
		{"words", []document.Statement{say(document.Stated, date, "soon", `field "date"`)}, "", []string{`date "soon" is not understood: write it as 2026-01-17`}},
		{"month", []document.Statement{say(document.Stated, date, "May 2025", `field "date"`)}, "", []string{`date "May 2025" has no day: write it as 2026-01-17`}},
		{"two digits", []document.Statement{say(document.Stated, date, "1/2/25", `field "date"`)}, "", []string{`date "1/2/25" is ambiguous, it has a year of two digits: write it as 2026-01-17`}},
		{"ambiguous", []document.Statement{say(document.Stated, date, "03/04/2025", `field "date"`)}, "", []string{`date "03/04/2025" is ambiguous, it may be 3 April or 4 March: write it as 2025-04-03`}},
		{"ambiguous, settled by another", []document.Statement{say(document.Declared, date, "03/04/2025", "meta date"), say(document.Shown, date, "4 March 2025", "time")}, "2025-03-04 time", nil},
		{"ambiguous, by the language", []document.Statement{say(document.Declared, date, "03/04/2025", "meta date"), say(document.Declared, document.Language, "en-US", "language of the page")}, "2025-03-04 meta date", nil},
		{"ambiguous, by the country", []document.Statement{say(document.Declared, date, "03/04/2025", "meta date"), say(document.Declared, document.URL, "https://elleryport.co.uk/a", "canonical link")}, "2025-04-03 meta date", nil},
		{"next of the rank", []document.Statement{say(document.Linked, date, "tomorrow or so", "JSON-LD dateCreated"), say(document.Linked, date, "2025-05-02", "JSON-LD datePublished")}, "2025-05-02 JSON-LD datePublished", []string{`date "tomorrow or so" is not understood: write it as 2026-01-17`}},
		{"a placeholder", []document.Statement{say(document.Linked, date, "null", "JSON-LD datePublished"), say(document.Linked, date, "0000-00-00", "JSON-LD datePublished")}, "", nil},
		{"counted from now", []document.Statement{say(document.Declared, date, "3 hours ago", "meta date")}, "", []string{`date "3 hours ago" counts from a day that is not known: write it as 2026-01-17`}},
		{"counted from now, settled by another", []document.Statement{say(document.Declared, date, "3 hours ago", "meta date"), say(document.Shown, date, "4 March 2025", "time")}, "2025-03-04 time", nil},
		{"hardly a day", []document.Statement{say(document.Stated, date, "yesterday-ish", `field "date"`)}, "", []string{`date "yesterday-ish" counts from a day that is not known: write it as 2026-01-17`}},
		{"shown and ambiguous", []document.Statement{say(document.Shown, date, "1/5/26", "date line")}, "", []string{`date "1/5/26" is ambiguous, it has a year of two digits: write it as 2026-01-17`}},
		{"updated first", []document.Statement{say(document.Shown, date, "Last modified 14 January 2026 First published 12 January 2026", "date line")}, "2026-01-12 date line", nil},
		{"only updated, shown", []document.Statement{say(document.Shown, date, "Updated January 14, 2026 10:15 am", "date line")}, "", nil},
		{"published is said", []document.Statement{say(document.Shown, date, "30 March 2026", "date line"), say(document.Shown, date, "Published 14 February 2026", "date line")}, "2026-02-14 date line", nil},
		{"guesses are not noted", []document.Statement{say(document.Shown, date, "Mara Quill", "time"), say(document.Implied, date, "x", "file name")}, "", nil},
		{"date lines are noted", []document.Statement{say(document.Shown, date, "30/02/2025", `line "date:"`)}, "", []string{`date "30/02/2025" is no day of the calendar: write it as 2026-01-17`}},
		{"in a by-line", []document.Statement{say(document.Shown, date, "By Mara Quill | January 5, 2026 | 10:15 am", "by-line")}, "2026-01-05 by-line", nil},
		{"in a by-line with roles", []document.Statement{say(document.Shown, date, "By Mara Quill, Investigations Editor; Tobin Hale, Data Reporter; and Lee Roe, Port Correspondent December 18, 2025 3 Comments", "by-line")}, "2025-12-18 by-line", nil},
		{"numbers in a by-line", []document.Statement{say(document.Shown, date, "by Mara Quill Published: 12/01/2026 07:55 3 Comments", "by-line"), say(document.Declared, document.Language, "en-GB", "language of the page")}, "2026-01-12 by-line", nil},
		{"German by-line", []document.Statement{say(document.Shown, date, "Von Mara Quill Stand: 17.01.2026, 18:40 Uhr 3 Kommentare", "by-line")}, "2026-01-17 by-line", nil},
		{"published and updated", []document.Statement{say(document.Shown, date, "Mara Quill • Published 12 Jan 2026 • Updated 14 Jan 2026", "by-line")}, "2026-01-12 by-line", nil},
		{"day of the visit", []document.Statement{say(document.Shown, date, "Monday, March 30, 2026 Partly cloudy, 61°F", "date line")}, "", nil},
		{"with the time to read", []document.Statement{say(document.Shown, date, "Monday, March 30, 2026 • 4 min read", "date line")}, "2026-03-30 date line", nil},
		{"two days in a line", []document.Statement{say(document.Shown, date, "Open from 5 May 2026 and 6 May 2026", "time")}, "", nil},
		{"in a by-line that is stated as one", []document.Statement{say(document.Shown, document.Author, "by Mara Quill Published: 12/01/2026 07:55 3 Comments", "by-line"), say(document.Declared, document.Language, "en-GB", "language of the page"), say(document.Declared, document.URL, "https://elleryport.com/2026/01/17/ferry", "canonical link")}, "2026-01-12 by-line", nil},
		{"address", []document.Statement{say(document.Declared, document.URL, "https://elleryport.com/2026/01/17/ferry", "canonical link")}, "2026-01-17 address", nil},
		{"shown after the update", []document.Statement{say(document.Shown, date, "2026-03-01", "time"), say(document.Linked, document.Updated, "2026-01-18", "JSON-LD dateModified"), say(document.Declared, document.URL, "https://elleryport.com/2026/01/17/ferry", "canonical link")}, "2026-01-17 address", nil},
		{"only updated", []document.Statement{say(document.Linked, document.Updated, "2026-01-18", "JSON-LD dateModified")}, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k := Resolve(c.stated)
			got := ""
			if !k.Published.IsZero() {
				got = k.Published.Format(time.DateOnly) + " " + k.From[date]
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			var notes []string
			for _, n := range k.Notes {
				notes = append(notes, n.Reason)
			}
			if !slices.Equal(notes, c.notes) {
				t.Errorf("got notes %q, want %q", notes, c.notes)
			}
		})
	}
}

// TestAuthorBesideADate guards that the by-line of a line with a date is read
// where nothing else names the author.
func TestAuthorBesideADate(t *testing.T) {
	t.Parallel()
	line := say(document.Shown, document.Published, "Aug 25, 2025 • Words by Mara Quill and Tobin Hale in Ellery • 4 min read", "date line")
	outlet := say(document.Shown, document.Author, "The Ellery Post", "by-line")
	site := say(document.Declared, document.Publisher, "The Ellery Post", "meta og:site_name")
	if k := Resolve([]document.Statement{line, outlet, site}); k.Author != "Mara Quill and Tobin Hale" || k.From[document.Author] != "date line" {
		t.Errorf("got %q from %q", k.Author, k.From[document.Author])
	}
}

func TestEvent(t *testing.T) {
	t.Parallel()
	k := Resolve([]document.Statement{say(document.Stated, document.Event, "x", `front matter "event_date"`), say(document.Shown, document.Event, "2025-12-01", "latest date in the text")})
	if got := k.Event.Format(time.DateOnly); got != "2025-12-01" || k.From[document.Event] != "latest date in the text" {
		t.Errorf("got %s from %q", got, k.From[document.Event])
	}
	if len(k.Notes) != 1 || !strings.HasPrefix(k.Notes[0].Reason, `event "x" is not understood`) {
		t.Errorf("got notes %v", k.Notes)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, want string }{
		{"https://elleryport.com/a/b.html", "https://elleryport.com/a/b.html"},
		{" HTTPS://WWW.ElleryPort.com/A ", "https://www.elleryport.com/A"},
		{"//elleryport.com/a", "https://elleryport.com/a"},
		{"https://elleryport.com/a#comments", "https://elleryport.com/a"},
		{"https://elleryport.com/a?utm_source=x&id=7&utm_medium=y&fbclid=z", "https://elleryport.com/a?id=7"},
		{"https://elleryport.com/a?utm_source=x", "https://elleryport.com/a"},
		{"https://elleryport.com/a?b=2&a=1", "https://elleryport.com/a?b=2&a=1"},
		{"https://elleryport.com/a?x=1&amp;y=2", "https://elleryport.com/a?x=1&y=2"},
		{"https://mara:secret@elleryport.com/a", "https://elleryport.com/a"},
		{"https://elleryport.com:8443/a", "https://elleryport.com:8443/a"},
		{"https://ellery-grüße.de/a", "https://xn--ellery-gre-e4a16a.de/a"},
		{"http://[2001:db8::1]/a", "http://[2001:db8::1]/a"},
		{"http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"},
		{"http://localhost/a", "http://localhost/a"},
		{"http://a_b.elleryport.com/a", "http://a_b.elleryport.com/a"},
		{"/a/b", ""},
		{"elleryport.com/a", ""},
		{"ftp://elleryport.com/a", ""},
		{"javascript:alert(1)", ""},
		{"mailto:mara@elleryport.com", ""},
		{"https://", ""},
		{"https:///a", ""},
		{"https://elleryport.com/a b", ""},
		{"https://elley<b>.com", ""},
		{"https://%zz/", ""},
		{"https://a..b/", ""},
		{"https://elleryport.com/" + strings.Repeat("a", maxURL), ""},
	} {
		k := Resolve([]document.Statement{say(document.Declared, document.URL, c.value, "meta og:url")})
		if k.URL != c.want {
			t.Errorf("%q: got %q, want %q", c.value, k.URL, c.want)
		}
		if len(k.Notes) > 0 {
			t.Errorf("%q: got notes %v", c.value, k.Notes)
		}
	}
	k := Resolve([]document.Statement{say(document.Stated, document.URL, "elleryport", `field "url"`)})
	if len(k.Notes) != 1 || k.Notes[0].Reason != `address "elleryport" is not taken: write it as https://example.org/article` {
		t.Errorf("got notes %v", k.Notes)
	}
}

func TestCanonicalAddress(t *testing.T) {
	t.Parallel()
	linked := say(document.Linked, document.URL, "https://elleryport.com/a?page=2", "JSON-LD url")
	canonical := say(document.Declared, document.URL, "https://elleryport.com/a", "canonical link")
	front := say(document.Declared, document.URL, "https://elleryport.com/", "canonical link")
	stated := say(document.Stated, document.URL, "https://elleryport.com/b", `front matter "url"`)
	for _, c := range []struct {
		stated []document.Statement
		want   string
	}{
		{[]document.Statement{linked, canonical}, "https://elleryport.com/a"},
		{[]document.Statement{linked, front}, "https://elleryport.com/a?page=2"},
		{[]document.Statement{front}, "https://elleryport.com/"},
		{[]document.Statement{linked, canonical, stated}, "https://elleryport.com/b"},
	} {
		if k := Resolve(c.stated); k.URL != c.want {
			t.Errorf("got %q, want %q", k.URL, c.want)
		}
	}
}

func TestOfPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, want string }{
		{"2026-01-17-ferry.md", "2026-01-17"},
		{"news/2026-01-17 ferry closes.txt", "2026-01-17"},
		{"ferry_20260117.html", "2026-01-17"},
		{"ferry-2026_01_17.html", "2026-01-17"},
		{"17-01-2026 ferry.txt", "2026-01-17"},
		{"ferry 17.01.2026.txt", "2026-01-17"},
		{"03.04.2026.txt", "2026-04-03"},
		{"03-04-2026.txt", ""},
		{"2026/01/17/ferry.html", "2026-01-17"},
		{"2026/1/7/ferry.html", "2026-01-07"},
		{"posts/2026/01/ferry.html", ""},
		{"2026/ferry.html", ""},
		{"ferry-2026.txt", ""},
		{"ferry-2026-01.txt", ""},
		{"ferry-2026-13-01.txt", ""},
		{"ferry-2026-02-30.txt", ""},
		{"120260117.txt", ""},
		{"202601171.txt", ""},
		{"report-1234-56-78.txt", ""},
		{"", ""},
	} {
		k := Resolve(OfPath(c.path))
		got := ""
		if !k.Published.IsZero() {
			got = k.Published.Format(time.DateOnly)
		}
		if got != c.want || got != "" && k.From[document.Published] != "file name" {
			t.Errorf("%q: got %q from %q, want %q", c.path, got, k.From[document.Published], c.want)
		}
	}
}

func TestFindDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, tag string
		want      []string
	}{
		{"It was built from 1 May 2023 to November 29, 2025, officials said on 2025-12-01.", "", []string{"1 May 2023=2023-05-01", "November 29, 2025=2025-11-29", "2025-12-01=2025-12-01"}},
		{"The 5th of May, 2025 and Sept. 3rd, 2025", "en", []string{"5th of May, 2025=2025-05-05", "Sept. 3rd, 2025=2025-09-03"}},
		{"Version 17.01.2026 of 03/04/2026", "", nil},
		{"See section 5. August 2026 was hot.", "", nil},
		{"Er kam am 5. August 2026 an.", "de", []string{"5. August 2026=2026-08-05"}},
		{"Die Fähre schloss am 17. Januar 2026 und öffnet am 3. März 2026.", "", []string{"17. Januar 2026=2026-01-17", "3. März 2026=2026-03-03"}},
		{"Die Fähre schloss am 17.01.2026.", "de", []string{"17.01.2026=2026-01-17"}},
		{"Le 5 août 2026, le maire", "", []string{"5 août 2026=2026-08-05"}},
		{"El 17 de enero de 2026 cerró", "", []string{"17 de enero de 2026=2026-01-17"}},
		{"Паром закрыли 17 января 2026 года", "", []string{"17 января 2026=2026-01-17"}},
		{"渡船于2026年1月17日停运", "", []string{"2026年1月17日=2026-01-17"}},
		{"2026. január 17-én zárt", "hu", []string{"2026. január 17-én=2026-01-17"}},
		{"In 2026, 17 people; 1999 and 2000", "", nil},
		{"on 30 February 2026", "", nil},
		{"xMay 5, 2025 May 5, 20251", "", nil},
	} {
		var got []string
		for _, d := range FindDates(c.text, LocaleOf(c.tag)) {
			got = append(got, c.text[d.Start:d.End]+"="+d.Day.Format(time.DateOnly))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAgencyIsTheOutletWhereNoneIsKnown(t *testing.T) {
	t.Parallel()
	by := say(document.Declared, document.Author, "Reuters", "meta author")
	site := say(document.Declared, document.Publisher, "The Ellery Post", "meta og:site_name")
	address := say(document.Declared, document.URL, "https://elleryport.com/a", "canonical link")
	for _, c := range []struct {
		stated            []document.Statement
		author, publisher string
	}{
		{[]document.Statement{by}, "", "Reuters"},
		{[]document.Statement{by, address}, "", "Reuters"},
		{[]document.Statement{by, site}, "Reuters", "The Ellery Post"},
	} {
		if k := Resolve(c.stated); k.Author != c.author || k.Publisher != c.publisher {
			t.Errorf("got author %q of %q, want %q of %q", k.Author, k.Publisher, c.author, c.publisher)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	stated := []document.Statement{
		say(document.Linked, document.Title, "Ferry closes after forty years", "JSON-LD headline"),
		say(document.Declared, document.Title, "Ferry closes after forty years | The Ellery Post", "meta og:title"),
		say(document.Shown, document.Title, "Ferry closes after forty years", "heading"),
		say(document.Implied, document.Title, "Ferry closes after forty years | Local | The Ellery Post", "title element"),
		say(document.Linked, document.Author, "Mara Quill", "JSON-LD author"),
		say(document.Shown, document.Author, "By Mara Quill and Tobin Hale, Staff Writers", "by-line"),
		say(document.Declared, document.Publisher, "The Ellery Post", "meta og:site_name"),
		say(document.Linked, document.Published, "2026-01-17T10:05:00+01:00", "JSON-LD datePublished"),
		say(document.Shown, document.Published, "17 January 2026", "time"),
		say(document.Declared, document.URL, "https://elleryport.com/2026/01/17/ferry?utm_source=x", "canonical link"),
		say(document.Declared, document.Language, "en-GB", "language of the page"),
	}
	for b.Loop() {
		Resolve(stated)
	}
}

func TestStatedOutletIsNotCut(t *testing.T) {
	t.Parallel()
	for rank, want := range map[document.Rank]string{document.Stated: "The Ellery Post - Sport", document.Declared: "The Ellery Post"} {
		if k := Resolve([]document.Statement{say(rank, document.Publisher, "The Ellery Post - Sport", "x")}); k.Publisher != want {
			t.Errorf("rank %d: got %q, want %q", rank, k.Publisher, want)
		}
	}
}
