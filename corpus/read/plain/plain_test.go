package plain

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// show writes blocks as lines: "# " before a heading, "- " an item, "= " a row,
// "+ " what no blank line stands before, and "~ REASON: TEXT" for drops.
func show(d *document.Document) string {
	var b strings.Builder
	for _, bl := range d.Blocks {
		if !bl.Gap {
			b.WriteString("+ ")
		}
		b.WriteString([]string{"", "# ", "- ", "= "}[bl.Kind] + bl.Text + "\n")
	}
	for _, d := range d.Dropped {
		b.WriteString("~ " + d.Reason + ": " + d.Text + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, e := range []struct{ name, in, want string }{
		{
			"broken words",
			"The council of Orrin voted on Tues-\nday, after a debate of six hours, for the swim-\nming pool and the court-\nhouse. A well-\nknown baker, the Anglo-\nSaxon club and a 41-\nyear-old clerk were against be-\ncause of the cost.",
			"The council of Orrin voted on Tuesday, after a debate of six hours, for the swimming pool and the courthouse. A well-known baker, the Anglo-Saxon club and a 41-year-old clerk were against because of the cost.",
		},
		{
			"as the text has them",
			"The fire-brigade came to the rooftop at noon. It was the only fire-\nbrigade that could reach the roof-\ntop with its ladder.",
			"The fire-brigade came to the rooftop at noon. It was the only fire-brigade that could reach the rooftop with its ladder.",
		},
		{"broken word alone", "He learned the trade from a black-\nsmith.", "He learned the trade from a blacksmith."},
		{"hyphen before and", "The people of the town talked about short-\nand long-term plans all day.", "The people of the town talked about short- and long-term plans all day."},
		{
			"wrapped", "Orrin, May 4. The ferry to Wend was closed\non Monday. Mayor Ann Finch said the boats\nwere too old. She did not say\nwhen new ones come.\n\nThe baker was sad about it.",
			"Orrin, May 4. The ferry to Wend was closed on Monday. Mayor Ann Finch said the boats were too old. She did not say when new ones come.\nThe baker was sad about it.",
		},
		{
			"narrow column", "The ferry to the\nisland of Wend\nwas closed on\nMonday. It had\nrun for a long\ntime, said the\nmayor. She had\nno plans yet.",
			"The ferry to the island of Wend was closed on Monday. It had run for a long time, said the mayor. She had no plans yet.",
		},
		{
			"one line a paragraph",
			"The ferry to the island of Wend was closed on Monday, after it had run for a long time and carried many people.\nThe mayor of Orrin said that she had no plans yet for another boat, and that the town had no money for it now.\nNobody else spoke.",
			"The ferry to the island of Wend was closed on Monday, after it had run for a long time and carried many people.\n+ The mayor of Orrin said that she had no plans yet for another boat, and that the town had no money for it now.\n+ Nobody else spoke.",
		},
		{
			"who speaks", "Q.   What did you see?\nA.   The mill burnt.\n\nTO:      All of Orrin\nFROM:    The mayor\n\n1.    The mill\n2.    The ferry\n\nMill     12\nFerry    4",
			"Q. What did you see?\n+ A. The mill burnt.\nTO: All of Orrin\n+ FROM: The mayor\n- The mill\n+ - The ferry\n= Mill | 12\n+ = Ferry | 4",
		},
		{"verse", "The gulls of Wend are loud and grey,\nThey eat the bread, they fly away,\nAnd nobody\nWill ever see\nThe gulls of Wend again in May.", "The gulls of Wend are loud and grey,\n+ They eat the bread, they fly away,\n+ And nobody\n+ Will ever see\n+ The gulls of Wend again in May."},
		{"address", "Orrin Gazette\n4 Mill Lane\nOrrin 1204", "Orrin Gazette\n+ 4 Mill Lane\n+ Orrin 1204"},
		{"labels", "The ferry to the island of Wend was closed on Monday\nAuthor: Ann Finch\nDate: May 4\n\nIt had run for a long time and had carried many\npeople, said the mayor of the town, who had no\nplans yet.", "The ferry to the island of Wend was closed on Monday\n+ Author: Ann Finch\n+ Date: May 4\nIt had run for a long time and had carried many people, said the mayor of the town, who had no plans yet."},
		{"capitals", "It had run for a long time and had carried many\npeople, said the mayor of the town, who had no\nplans yet for the town.\n\nThe people of the town of Orrin saw Mayor Anna\nFinch at the old harbor with Officer Bo, Mayor\nReed of Wend, and several members of the House\nOf Bakers.", "It had run for a long time and had carried many people, said the mayor of the town, who had no plans yet for the town.\nThe people of the town of Orrin saw Mayor Anna Finch at the old harbor with Officer Bo, Mayor Reed of Wend, and several members of the House Of Bakers."},
		{"words", "one two three\nfour five six\nseven eight", "one two three\n+ four five six\n+ seven eight"},
		{
			"indented paragraphs", "  The ferry to the island of Wend was closed on\nMonday, after it had run for a long time and had\ncarried many people.\n  The mayor of Orrin said that she had no plans\nyet for another boat at all.",
			"The ferry to the island of Wend was closed on Monday, after it had run for a long time and had carried many people.\nThe mayor of Orrin said that she had no plans yet for another boat at all.",
		},
		{
			"bullets", "Three reasons:\n* Fuel is dear.\n- The boats are old and nobody can mend them any\n  more in this town.\n• Few ride.\n\no One thing.\no Another.",
			"Three reasons:\n+ - Fuel is dear.\n+ - The boats are old and nobody can mend them any more in this town.\n+ - Few ride.\n- One thing.\n+ - Another.",
		},
		{"numbers", "1. Fuel is dear.\n2. The boats are old.\n\n2024. That was the year.\n1. Only this.", "- Fuel is dear.\n+ - The boats are old.\n2024. That was the year.\n+ 1. Only this."},
		{"headings", "The ferry\n=========\n\nIt closed.\n\nWhat now\n--------\nNobody knows.\n\n* * *\n\nThe end.", "# The ferry\nIt closed.\n# What now\nNobody knows.\nThe end."},
		{"pipes", "Line | Guests\n-----|-------\nNorth | 51\nSouth | 7", "= Line | Guests\n+ = North | 51\n+ = South | 7"},
		{"columns", "Line      Guests\nNorth     51\nSouth     7\n\nThe town   is small.", "= Line | Guests\n+ = North | 51\n+ = South | 7\nThe town is small."},
		{"quoted mail", "Ann wrote:\n> The ferry to the island is closed since Monday and\n> nobody knows why.\n>> Is it?\nYes.", "Ann wrote:\n+ The ferry to the island is closed since Monday and nobody knows why.\n+ Is it?\n+ Yes."},
		{
			"pages", "The ferry of Wend\n\nIt was closed on Monday, after it had run\nfor a\n\n1\n\fThe ferry of Wend\n\nlong time. The mayor said no more.\n\n2\n\fThe ferry of Wend\n\nThe end.\n\n3\n",
			"The ferry of Wend\nIt was closed on Monday, after it had run for a long time. The mayor said no more.\nThe end.\n~ page number: 1\n~ head or foot of a page: The ferry of Wend\n~ page number: 2\n~ head or foot of a page: The ferry of Wend\n~ page number: 3",
		},
		{"numbered pages", "It was closed on Monday.\n\nPage 1 of 2\nOrrin Gazette, May 4\n\nThe mayor said no more.\n\nPage 2 of 2\nOrrin Gazette, May 4\n", "It was closed on Monday.\nThe mayor said no more.\n~ page number: Page 1 of 2\n~ head or foot of a page: Orrin Gazette, May 4\n~ page number: Page 2 of 2\n~ head or foot of a page: Orrin Gazette, May 4"},
		{"a number that is text", "How many boats?\n\n3\n\nNo more.", "How many boats?\n3\nNo more."},
		{"line ends", "\uFEFFThe one.\r\n\r\nThe other.\rThe third.", "The one.\nThe other.\n+ The third."},
		{"references", "R&amp;D is &lt;here&gt;.", "R&D is <here>."},
		{"Russian", "Паром закрыли во вторник, после того как совет прого-\nлосовал за это решение.", "Паром закрыли во вторник, после того как совет проголосовал за это решение."},
	} {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			d, err := Read(limit.New(context.Background(), limit.Limits{}), e.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(d); got != e.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, e.want)
			}
		})
	}
}

func TestLineNumbers(t *testing.T) {
	t.Parallel()
	blocks := Blocks("One.\n\n\fTwo\nthree.\nFour.\f", 7)
	var got []int
	for _, b := range blocks {
		got = append(got, b.Line)
	}
	if want := []int{7, 9, 10, 11}; len(got) != len(want) || got[1] != 9 || got[len(got)-1] != 11 {
		t.Errorf("got lines %v of %v, want %v", got, blocks, want)
	}
}

func TestReadBounds(t *testing.T) {
	t.Parallel()
	_, err := Read(limit.New(context.Background(), limit.Limits{}), strings.Repeat("a\n", 1<<20))
	if !errors.Is(err, limit.ErrLimit) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(limit.New(ctx, limit.Limits{}), "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"The swim-\nming pool\nof a", "1. a\n2. b\n\f1\n\f2\n", "a | b\n---|---\nc | d", "> a\n>> b", "Head\n====\n* a\n  b", "a   b\nc   d", "o A\no B", "\xff-\n\u00ad\na", "-\n-",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d *document.Document
		var err error
		readtest.Timed(t, s, func() { d, err = Read(limit.New(context.Background(), limit.Limits{}), s) })
		if err != nil {
			t.Skip()
		}
		for _, b := range d.Blocks {
			if b.Text == "" || b.Text != document.Squeeze(document.Normalise(b.Text)) || strings.ToValidUTF8(b.Text, "") != b.Text || strings.Contains(b.Text, "\n") {
				t.Errorf("block %q is not normalised", b.Text)
			}
		}
	})
}
