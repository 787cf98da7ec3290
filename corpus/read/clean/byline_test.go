package clean

import (
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
	"parley/corpus/read/plain"
)

// TestBylines puts lines between the title and the text of a report: they are
// metadata and leave the text.
func TestBylines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lines, author, publisher, published, place string }{
		{lines: "By Jane Doe", author: "Jane Doe"},
		{lines: "by Jane Doe", author: "Jane Doe"},
		{lines: "BY JANE DOE", author: "Jane Doe"},
		{lines: "By J. Doe", author: "J. Doe"},
		{lines: "By Maria de la Cruz", author: "Maria de la Cruz"},
		{lines: "By Jane Doe, Staff Writer", author: "Jane Doe"},
		{lines: "By Jane Doe | The Example", author: "Jane Doe"},
		{lines: "By Jane Doe for The Example", author: "Jane Doe"},
		{lines: "By Jane Doe of the Example", author: "Jane Doe"},
		{lines: "By Jane Doe, AP", author: "Jane Doe"},
		{lines: "By Jane Doe/Reuters", author: "Jane Doe"},
		{lines: "By Jane Doe (@janedoe)", author: "Jane Doe"},
		{lines: "By Jane Doe, John Roe and Ann Poe", author: "Jane Doe, John Roe and Ann Poe"},
		{lines: "By Jane Doe in Kyiv and John Roe in Paris", author: "Jane Doe and John Roe"},
		{lines: "By Jane Doe and John Roe | Updated January 6, 2026", author: "Jane Doe and John Roe"},
		{lines: "By Jane Doe, January 5, 2026", author: "Jane Doe", published: "2026-01-05"},
		{lines: "By Jane Doe January 5, 2026 10:15 am", author: "Jane Doe", published: "2026-01-05"},
		{lines: "Jane Doe | January 5, 2026", author: "Jane Doe", published: "2026-01-05"},
		{lines: "January 5, 2026 | By Jane Doe", author: "Jane Doe", published: "2026-01-05"},
		{lines: "Posted on January 5, 2026 by Jane Doe", author: "Jane Doe", published: "2026-01-05"},
		{lines: "JANE DOE\nJanuary 5, 2026", author: "Jane Doe", published: "2026-01-05"},
		{lines: "Monday, March 30, 2026\nBy Jane Doe\n14 February 2026", author: "Jane Doe", published: "2026-02-14"},
		{lines: "By Jane Doe\n14 February 2026\nMenu\nMonday, March 30, 2026", author: "Jane Doe", published: "2026-02-14"},
		{lines: "14 February 2026\nBy Jane Doe\nUpdated March 30, 2026 9:15 am ET", author: "Jane Doe", published: "2026-02-14"},
		{lines: "Von Jane Doe\nStand: 17.01.2026, 18:40 Uhr", author: "Jane Doe", published: "2026-01-17"},
		{lines: "By Jane Doe 14 February 2026 9:15", author: "Jane Doe", published: "2026-02-14"},
		{lines: "Jane Doe\nCity correspondent", author: "Jane Doe"},
		{lines: "Jane Doe, City correspondent", author: "Jane Doe"},
		{lines: "Jane Doe, Reuters", author: "Jane Doe"},
		{lines: "Written by: Jane Doe", author: "Jane Doe"},
		{lines: "Author: Jane Doe", author: "Jane Doe"},
		{lines: "Words: Jane Doe", author: "Jane Doe"},
		{lines: "Story by Jane Doe, photos by John Roe", author: "Jane Doe"},
		{lines: "Photo by Jane Doe"},
		{lines: "By The Associated Press", publisher: "The Associated Press"},
		{lines: "Published: Jan 5, 2026", published: "2026-01-05"},
		{lines: "Published January 5, 2026 10:15am EST | Updated January 6, 2026", published: "2026-01-05"},
		{lines: "Updated: Jan 5, 2026 at 10 am"},
		{lines: "Date: 31/12/2025", published: "2025-12-31"},
		{lines: "Date: 5. Januar 2026", published: "2026-01-05"},
		{lines: "Date: 2026-01-05T23:30:00-05:00", published: "2026-01-05"},
		{lines: "Kyiv, January 5, 2026", place: "Kyiv", published: "2026-01-05"},
		{lines: "05.01.2026", published: "2026-01-05"},
		{lines: "Monday, 5 January 2026, 10:15", published: "2026-01-05"},
		{lines: "Source: The Example\nPlace: KYIV", publisher: "The Example", place: "Kyiv"},
	} {
		t.Run(c.lines, func(t *testing.T) {
			t.Parallel()
			got := Clean(&document.Document{Blocks: plain.Blocks("Bridge Opens After Two Years of Work\n"+c.lines+"\n\n"+report, 1)})
			if got.Body != report {
				t.Errorf("got body\n%s", got.Body)
			}
			k := metadata.Resolve(got.Statements)
			published := ""
			if !k.Published.IsZero() {
				published = k.Published.Format(time.DateOnly)
			}
			if k.Author != c.author || k.Publisher != c.publisher || published != c.published || k.Place != c.place {
				t.Errorf("got author %q of %q, published %q in %q", k.Author, k.Publisher, published, k.Place)
			}
		})
	}
}

// TestNoBylines has lines above the text that begin like by-lines.
func TestNoBylines(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"By Monday evening, the town had been taken.",
		"By the Numbers",
		"By land and by sea",
		"Von der Leyen Visits the Old Bridge",
		"Text messages show that the mayor knew",
		"Story of a bridge that nobody wanted",
		"Words fail the people of the left bank",
		"New York, 40 years on",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			got := Clean(&document.Document{Blocks: plain.Blocks(line+"\n\n"+report, 1)})
			k := metadata.Resolve(got.Statements)
			if !strings.Contains(got.Body+k.Title, line) || k.Author != "" || k.Place != "" {
				t.Errorf("got author %q, place %q, title %q, dropped %v", k.Author, k.Place, k.Title, got.Dropped)
			}
		})
	}
}

// TestDateLineNotes guards that a "Date:" line is never lost without a word.
func TestDateLineNotes(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"Date: 03/04/2025": `date "03/04/2025" is ambiguous, it may be 3 April or 4 March: write it as 2025-04-03`,
		"Date: 31/31/2025": `date "31/31/2025" is no day of the calendar: write it as 2026-01-17`,
	} {
		got := Clean(&document.Document{Blocks: plain.Blocks("Bridge Opens After Two Years of Work\n"+line+"\n\n"+report, 1)})
		notes := metadata.Resolve(got.Statements).Notes
		if got.Body != report || len(notes) != 1 || notes[0].Reason != want || notes[0].Line != 2 {
			t.Errorf("%s: got body %q, notes %v", line, got.Body, notes)
		}
	}
}
