package clean

import (
	"strings"
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
	"parley/corpus/read/plain"
)

// TestTails puts lines without stops under a report: a list is of the report,
// what follows the furniture of a page or reads like headlines is not.
func TestTails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, tail string
		kept       bool
	}{
		{"winners", "Best boat: The Heron\n\nBest crew: Left Bank Rowers\n\nBest hat: Mara Quill", true},
		{"games", "Ellery v Sandmouth\n\nPort Roe v Quillby\n\nHeron v Left Bank", true},
		{"headlines", "Baker wins prize for bread with sea salt\n\nSchool moves into the old fish market\n\nTwo goats cross the river by tram", false},
		{"topics behind a label", "Related Topics\n\nBridges\n\nKyiv", false},
		{"by-line of another report", "By Jane Doe\n\nTram Line", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			long := report + "\n\n" + strings.ReplaceAll(report, "bridge", "tunnel")
			got := Clean(&document.Document{Blocks: plain.Blocks(long+"\n\n"+c.tail, 1)})
			if want := map[bool]string{true: long + "\n\n" + c.tail, false: long}[c.kept]; got.Body != want {
				t.Errorf("got tail %q, dropped %v", strings.TrimPrefix(got.Body, long), got.Dropped)
			}
		})
	}
}

// TestOfficesAsk has lines that offices put above what they tell the press.
func TestOfficesAsk(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"FOR IMMEDIATE RELEASE", "Zur sofortigen Veröffentlichung", "Pour diffusion immédiate", "EMBARGOED UNTIL 6 a.m. ON MONDAY", "Press release no. 4, 12 January 2026"} {
		got := Clean(&document.Document{Blocks: plain.Blocks("Old Bridge opens\n\n"+line+"\n\n"+report, 1)})
		if strings.Contains(got.Body, line) || !strings.HasSuffix(got.Body, report) {
			t.Errorf("%s: got %.80q", line, got.Body)
		}
	}
}

// TestHeadingsKept has headings of reports that begin like credits.
func TestHeadingsKept(t *testing.T) {
	t.Parallel()
	for _, heading := range []string{"Research by the port finds salt in the river", "Photography by drones helps the divers"} {
		got := Clean(&document.Document{Blocks: plain.Blocks(strings.Replace(report, "Work on the Old Bridge", heading, 1), 1)})
		if !strings.Contains(got.Body, heading) {
			t.Errorf("dropped: %v", got.Dropped)
		}
	}
}

// TestTitleBesideTheSite guards that the line above the text is the title where
// the title element of a page has the name of the site beside it.
func TestTitleBesideTheSite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ element, title, publisher string }{
		{"The Example: Bridge opens after two years", "Bridge opens after two years", "The Example"},
		{"Bridge opens after two years | The Example", "Bridge opens after two years", "The Example"},
	} {
		d := &document.Document{
			Blocks:     plain.Blocks("Home\n\nBridge opens after two years\n\n"+report, 1),
			Statements: []document.Statement{{Field: document.Title, Value: c.element, From: "title element", Rank: document.Implied}},
		}
		got := Clean(d)
		if k := metadata.Resolve(append(d.Statements, got.Statements...)); k.Title != c.title || k.Publisher != c.publisher || got.Body != report {
			t.Errorf("%s: got title %q of %q, body %q", c.element, k.Title, k.Publisher, got.Body)
		}
	}
}
