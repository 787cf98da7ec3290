package clean

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
	"parley/corpus/read/plain"
)

// cleanText cleans a plain text as a page.
func cleanText(t *testing.T, text string) Result {
	t.Helper()
	c := Clean(&document.Document{Blocks: plain.Blocks(text, 1)})
	for _, h := range c.Headings {
		if h.Start < 0 || h.End > len(c.Body) || h.Start >= h.End || strings.Contains(c.Body[h.Start:h.End], "\n") {
			t.Fatalf("heading %v is no line of a body of %d bytes", h, len(c.Body))
		}
	}
	return c
}

// report is text that cleaning must keep, whatever stands around it.
const report = `The bridge over the river was opened on Sunday after two years of work, the mayor said.

Drivers had waited for a long time. “We are glad,” said a taxi driver from the left bank.

Work on the Old Bridge

The city will now repair the old bridge upstream, which has been closed to lorries since 2023.`

// TestFurniture puts each line under a report and, where it may stand there,
// inside of it: the line goes and the report stays.
func TestFurniture(t *testing.T) {
	want := cleanText(t, report).Body
	for _, line := range []string{
		"Leave a Reply", "Leave a comment", "Your email address will not be published. Required fields are marked *", "Post Comment",
		"Save my name, email, and website in this browser for the next time I comment.", "3 Comments", "No comments yet",
		"How useful was this post?", "Click on a star to rate it!", "Average rating 4.5 / 5. Vote count: 12",
		"No votes so far! Be the first to rate this post.", "Back to Top", "Menu", "Tags:", "Latest News", "Most Read", "Home",
		"Advertisement", "ADVERTISEMENT - CONTINUE READING BELOW", "Story continues below advertisement", "Sponsored content",
		"Read more: Tram line closes for the summer", "Read also: Tram line closes", "Related: Tram line closes for the summer",
		"Related Articles", "More on City News", "You may also like", "Trending Now", "Recommended for you", "Editor’s Picks",
		"Sign up for our newsletter", "Subscribe to our daily newsletter to get the news in your inbox", "Get the latest news delivered to your inbox.",
		"Follow us on Facebook", "Follow the Example on X", "Join our WhatsApp channel", "Share this article", "Share", "Like this story? Share it with a friend!", "Enjoyed this article? Please sign up for more", "Facebook Twitter WhatsApp Email",
		"Copy link", "© 2025 The Example. All rights reserved.", "Copyright 2025 The Example Inc. All rights reserved.", "All rights reserved",
		"This material may not be published, broadcast, rewritten or redistributed without permission.",
		"We use cookies to improve your experience.", "By signing up you agree to our Terms of Use and acknowledge our Privacy Policy.", "Accept all cookies",
		"Privacy Policy", "Our Standards: The Example Trust Principles.", "Reporting by Jane Doe; Editing by John Roe",
		"(Reporting by Jane Doe in Kyiv; Editing by John Roe)", "This article was originally published by the Example.",
		"This is a developing story. Check back for updates.", "This story has been updated.", "Editor’s note: This article was updated on Monday at 5:45 p.m.", "Image source, Getty Images", "Image caption, The bridge on Sunday",
		"Photo: Jane Doe/Reuters", "Photo by Jane Doe", "The bridge on Sunday. (AP Photo/Jane Doe)", "The bridge on Sunday. (Jane Doe/Pool Photo via AP)",
		"The mayor walks over the new bridge, November 30, 2025. REUTERS/Jane Doe/File Photo",
		"A post on the bridge, open at last! pic.twitter.com/AbCdEf — City (@city) November 30, 2025", "— City (@city) November 30, 2025",
		"View this post on Instagram", "Jane Doe in Kyiv contributed to this report.", "Support the Example", "Published", "5 min read", "3 hours ago", "Listen to this article 4 min", "Skip to main content", "→ Read more",
		"Subscribe to the Example on YouTube for more city news:", "Follow @example on Twitter to keep up with the latest news from the city, which may come at any time.",
		"Sponsored by Ellery Brewery", "Sponsored by Ellery Brewery.", "Paid for by Friends of the Mayor.", "Terms of Use", "Terms and conditions", "Do not sell my personal information",
		"Copyright Example 2019 - ISSN: 1111-2222", "Copyright ⓒ Example", "Agencies", "Source: News agencies", "With Example wires", "Contributing: Jane Doe", "Filed under: Bridges",
		"This story was originally published in the Example.", "This story has been updated.", "Reach the reporters on Twitter at @janedoe and @johnroe", "More Example news: https://example.org/news",
		"Lesen Sie auch: Die Brücke ist offen", "Lire aussi", "Leggi anche: Il ponte", "Читайте также: Мост открыт", "Anzeige", "Publicité", "Реклама",
		"Edited by Jane Doe", "Search the site", "Search", "Share the article",
	} {
		t.Run(line, func(t *testing.T) {
			for where, text := range map[string]string{
				"below":  report + "\n\n" + line,
				"inside": strings.Replace(report, "\n\nDrivers", "\n\n"+line+"\n\nDrivers", 1),
				"above":  line + "\n\n" + report,
			} {
				c := cleanText(t, text)
				if c.Body != want {
					t.Errorf("%s: got body\n%s", where, c.Body)
				}
				if len(c.Dropped) == 0 || c.Dropped[0].Reason == "" {
					t.Errorf("%s: no drop recorded: %v", where, c.Dropped)
				}
			}
		})
	}
}

// TestKept has sentences that speak of what furniture is about.
func TestKept(t *testing.T) {
	for _, sentence := range []string{
		"Share prices fell by five percent on Monday after the news.",
		"Copyright law in Europe will change next year, the commission said.",
		"Stay tuned for further updates on this urgent situation.",
		"Related companies were searched by the police on Tuesday.",
		"The video was published on Friday and later removed.",
		"Reuters reported that the two sides had met in secret.",
		"He said the photo was false (and so was the video).",
		"More than 1,000 people died in the floods.",
		"Subscribers will be able to watch the match for free.",
		"Sign language interpreters were present.",
		"Follow-up talks will be held in Geneva.",
		"“Leave us in peace,” she said.",
		"Advertising revenue fell again.",
		"Officials (left and right) agreed on the plan.",
		"The Home Office declined to comment.",
		"Read by millions, the novel was banned in 1950.",
		"He spoke to AP/Reuters about it (via telephone).",
		"Comments by the minister drew criticism.",
		"By Monday evening, the town had been taken.",
		"Watch the skies, officials warned.",
		"Search teams found nothing.",
		"That was all.",
		"Analysis of the data showed that the city had contributed to the fund.",
		"The next talks begin soon.",
		"Register to vote at the town hall by 5 May, the clerk told residents.",
		"Register to vote at the town hall by 5 May.",
		"Sponsored by the Ellery brewery, the boat race before the vote starts at ten on Sunday.",
		"Paid for by the harbor fund, the new crane lifts forty tons at a time.",
		"Promoted by Sandmouth only last year, the side lost all six games.",
		"Terms of the deal were not disclosed.",
		"Conditions and prices differ from port to port.",
		"The report was published by the council on Tuesday.",
		"The report will be updated in the spring, the agency said.",
		"The interview was published in full by the paper on Monday.",
		"The names may not be published without the consent of the court, the judge said.",
		"By using the old ferry, residents accept that they will be late.",
		"Privacy policy of the town was the first thing that the new mayor changed.",
		"Privacy settings were changed for all users in the spring.",
		"Do not sell the ferry yet, the harbor master told the council.",
		"Agencies warned on Monday that the storm would reach the coast.",
		"Written by hand, the letter was found in the desk of the mayor.",
		"Translated by two sisters from Ellery, the poem won a prize in the fall.",
		"Research by the port authority found that the boats were too old.",
		"Images from the harbor show that the ferry was already under water.",
		"Photographs by drones of the coast guard show the oil on the beach.",
		"Average ratings of the restaurants on the quay fell in the summer.",
		"Download the app of the port before Friday, passengers were told.",
		"Join the group of volunteers at the quay, the mayor told residents.",
		"“Follow us on the boat,” the captain told the guests on the quay.",
		"What do you think the ferry will cost the town in ten years?",
		"Search wars on the market for desks hit the small shops of the town.",
		"Correspondence between the two mayors was read out in court.",
		"Support the ferry or lose it, the harbor master told the council.",
		"Get more money for the ferry or close it, voters told the council.",
		"The story was updated for the stage by two students of the college.",
		"Download the free app of the port before Friday to cross the river at night.",
		"Cookies of the town bakery were served on board of the last boat.",
	} {
		t.Run(sentence, func(t *testing.T) {
			for _, text := range []string{
				report + "\n\n" + sentence,
				strings.Replace(report, "\n\nDrivers", "\n\n"+sentence+"\n\nDrivers", 1),
				sentence + "\n\n" + report,
				report + " " + sentence,
			} {
				if c := cleanText(t, text); !strings.Contains(c.Body, sentence) {
					t.Errorf("dropped: %v", c.Dropped)
				}
			}
		})
	}
}

func TestPage(t *testing.T) {
	day := time.Date(2025, 11, 30, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, text string
		want       known
		headings   int
		body       []string // paragraphs
	}{
		{
			name: "slug, title, caption with credit below",
			text: "New_Bridge_Opens__After_2_Years\n\nNew Bridge Opens After 2+ Years\nThe mayor opens the bridge with officials, Kyiv, 30 November 2025.\nReuters\n\nThe bridge was opened by the mayor on Sunday.\n\nIt is long.",
			want: known{Title: "New Bridge Opens After 2+ Years", TitleFrom: "line above the text", Event: day},
			body: []string{"The bridge was opened by the mayor on Sunday.", "It is long."},
		},
		{
			name: "by-line between slashes",
			text: "CityTop\n\nNew Bridge Opens in the Rain\n\nNew Bridge Opens in the Rain/ Newsplace/ KYIV/ J. Doe/ Evening Edition/ The bridge was opened by the mayor on Sunday in heavy rain. It is long.\n\nBridge: Quick Looks\n\n  • It is long.\n  • It was closed, the city says; it is open.\n\nDeep Look\n\nThe mayor came late, an official said on Sunday.\n\nPrevious Article\nTram: Line Closes for Summer, Council Says\nNext Article\nPark Opens\n\nMenu",
			want: known{Title: "New Bridge Opens in the Rain", TitleFrom: "line above the text", Publisher: "Newsplace", Place: "Kyiv", Author: "J. Doe"},
			body: []string{"The bridge was opened by the mayor on Sunday in heavy rain. It is long.", "It is long.", "It was closed, the city says; it is open.", "The mayor came late, an official said on Sunday."},
		},
		{
			name: "header lines",
			text: "Bridge Opens After Years of Work\nBy Jane Doe and John Roe\nPublished: November 30, 2025, 9:15 AM ET\nSource: The Example\nURL: https://example.org/a\nUpdated 2 hours ago\n\nThe bridge was opened by the mayor on Sunday.",
			want: known{Title: "Bridge Opens After Years of Work", TitleFrom: "line above the text", Author: "Jane Doe and John Roe", Publisher: "The Example", URL: "https://example.org/a", Published: day.Add(14*time.Hour + 15*time.Minute)},
			body: []string{"The bridge was opened by the mayor on Sunday."},
		},
		{
			name: "dateline",
			text: "KYIV, Nov 30 (Reuters) - The bridge was opened by the mayor on Sunday.\n\nIt was built from 1 May 2023 to November 29, 2025, officials said. It will be closed on January 5, 2026.",
			want: known{Title: "KYIV, Nov 30 (Reuters) - The bridge was opened by the mayor on Sunday", TitleFrom: "first words", Place: "Kyiv", Publisher: "Reuters", Event: day.AddDate(0, 0, -1)},
			body: []string{"KYIV, Nov 30 (Reuters) - The bridge was opened by the mayor on Sunday.", "It was built from 1 May 2023 to November 29, 2025, officials said. It will be closed on January 5, 2026."},
		},
		{
			name:     "title from the first heading",
			text:     "The bridge was opened by the mayor on Sunday, 2025-11-30, in the rain.\n\nBridge Opens After Years\n\nIt is long and it is wide, he said.",
			want:     known{Title: "Bridge Opens After Years", TitleFrom: "first heading", Event: day},
			headings: 1,
			body:     []string{"The bridge was opened by the mayor on Sunday, 2025-11-30, in the rain.", "Bridge Opens After Years", "It is long and it is wide, he said."},
		},
		{
			name: "no blank lines, title from the lead",
			text: "UPDATE: The bridge over the river that divides the old town was opened by the mayor on Sunday.\nIt is long and it is wide, the officials said.\nIt was closed for years before that day came.",
			want: known{Title: "The bridge over the river that divides the old town was opened by the mayor on…", TitleFrom: "first words"},
			body: []string{"UPDATE: The bridge over the river that divides the old town was opened by the mayor on Sunday.", "It is long and it is wide, the officials said.", "It was closed for years before that day came."},
		},
		{
			name: "lines wrapped by an editor",
			text: "The bridge over the river was opened by the\nmayor on Sunday, officials of the city said.\nDrivers had waited for a long time, and the\ntaxi drivers from the left bank were glad of\nit.\n\nThe city will repair the other bridge.",
			want: known{Title: "The bridge over the river was opened by the mayor on Sunday, officials of the…", TitleFrom: "first words"},
			body: []string{"The bridge over the river was opened by the mayor on Sunday, officials of the city said. Drivers had waited for a long time, and the taxi drivers from the left bank were glad of it.", "The city will repair the other bridge."},
		},
		{
			name:     "menus, role, promotion and links",
			text:     "The Example - Back to home\nSupport the Example\nBridge opens in Kyiv after a decade\n2 hours ago\nShare\nSave\nJane Doe\nCity correspondent\nThe bridge was opened by the mayor on Sunday, 30 November 2025.\n\nIt is long.\nskip past newsletter promotion\nSign up to First Things\nWe tell you what happened and what is to come\n\nafter newsletter promotion\nWhat happens next?\nIt closes again soon, the mayor said. The test is on 12 January 2026.\n\nRelated Topics\nBridges\nKyiv\nMore on this story\nTram line closes for the summer\nPublished\n3 March 2025\nTop stories\nMinister resigns over messages",
			want:     known{Title: "Bridge opens in Kyiv after a decade", TitleFrom: "line above the text", Author: "Jane Doe", Event: day},
			headings: 1,
			body:     []string{"The bridge was opened by the mayor on Sunday, 30 November 2025.", "It is long.", "What happens next?", "It closes again soon, the mayor said. The test is on 12 January 2026."},
		},
		{
			name: "no sentences at all",
			text: "one two three\nfour five six\nseven eight",
			want: known{Title: "one two three", TitleFrom: "first words"},
			body: []string{"one two three", "four five six", "seven eight"},
		},
		{
			name: "characters",
			text: "The\u00a0bridge was\u200b opened\tby the mayor on\u00ad Sunday\x07 &amp; closed again.\r\n\r\n\ufeffIt is long.",
			want: known{Title: "The bridge was opened by the mayor on Sunday & closed again", TitleFrom: "first words"},
			body: []string{"The bridge was opened by the mayor on Sunday & closed again.", "It is long."},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := cleanText(t, tt.text)
			if body := strings.Split(got.Body, "\n\n"); !slices.Equal(body, tt.body) {
				t.Errorf("got body  %q\nwant      %q", body, tt.body)
			}
			if len(got.Headings) != tt.headings {
				t.Errorf("got %d headings, want %d", len(got.Headings), tt.headings)
			}
			k := metadata.Resolve(got.Statements)
			if got := (known{k.Title, k.From[document.Title], k.Publisher, k.Author, k.Place, k.URL, k.Published.UTC(), k.Event}); got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// known is what the text says about its article.
type known struct {
	Title, TitleFrom, Publisher, Author, Place, URL string

	Published, Event time.Time
}

func TestDatelines(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"ELLERY, Jan. 12, 2026 -- ":                                       "Ellery, , 2026-01-12",
		"ELLERY, Wendland, January 12, 2026 /Portwire/ -- ":               "Ellery, Portwire, 2026-01-12",
		"ELLERY, 12 January 2026 (Portwire) – ":                           "Ellery, Portwire, 2026-01-12",
		"PORT ELLERY, Jan 12 (Portwire) - ":                               "Port Ellery, Portwire, 0001-01-01",
		"ELLERY (Portwire) - ":                                            "Ellery, Portwire, 0001-01-01",
		"Published: January 13, 2026\n\nELLERY, Jan. 12, 2026 - ":         "Ellery, , 2026-01-13",
		"Contact: Press office, 0331 4471\n\nELLERY, January 12, 2026 – ": "Ellery, , 2026-01-12",
		"ELLERY (Portwire) _ ":                                            "Ellery, Portwire, 0001-01-01",
	} {
		c := cleanText(t, "Bridge opens after years\n\n"+line+report)
		k := metadata.Resolve(c.Statements)
		if got := k.Place + ", " + k.Publisher + ", " + k.Published.Format(time.DateOnly); got != want || !strings.Contains(c.Body, line[strings.LastIndex(line, "\n")+1:]) {
			t.Errorf("%q: got %q, want %q, of %q", line, got, want, c.Body[:60])
		}
	}
}

// A name with low lines in it is an address of the page above the text, and
// something else within it.
func TestSlugs(t *testing.T) {
	t.Parallel()
	if c := cleanText(t, "bridge_opens_after_years\n\nBridge opens after years\n\n"+report); c.Body != report {
		t.Errorf("got %q, dropped %v", c.Body, c.Dropped)
	}
	for _, text := range []string{report + "\n\nport_of_ellery\n\n" + report, "Ferry::from_the_port\n\n" + report, "• ferry_to_ellery\n\n" + report} {
		if c := cleanText(t, text); strings.Count(c.Body, "_") != 2 {
			t.Errorf("got %q, dropped %v", c.Body, c.Dropped)
		}
	}
}

// What stands above a text is dropped as labels of its title only where that is
// there too.
func TestTitleElsewhere(t *testing.T) {
	t.Parallel()
	title := document.Statement{Field: document.Title, Value: "Referees for the match at Ellery", Rank: document.Stated}
	c := Clean(&document.Document{Statements: []document.Statement{title}, Blocks: plain.Blocks("Referee Ada Holm\n\nFirst line Jon Reed, Sandmouth\n\n"+report, 1)})
	if !strings.HasPrefix(c.Body, "Referee Ada Holm\n\nFirst line") {
		t.Errorf("got %q, dropped %v", c.Body, c.Dropped)
	}
	c = Clean(&document.Document{Statements: []document.Statement{title}, Blocks: plain.Blocks("Sport\n\n"+title.Value+"\n\n"+report, 1)})
	if c.Body != report {
		t.Errorf("got %q, dropped %v", c.Body, c.Dropped)
	}
}

// TestDividers guards that a line which parts the text stays where it is and begins
// another part, and that one above the text, and other lines of signs, do not.
func TestDividers(t *testing.T) {
	t.Parallel()
	const mill, miller = "The mill of Ostmar was run by a program that a child of the town had written in a week.", "Nobody has changed it since, the miller said on Tuesday, for nobody can read it any more."
	var blocks []document.Block
	for _, s := range []string{"___", mill, "* * *", miller, "»", "___"} {
		blocks = append(blocks, document.Block{Text: s})
	}
	r := Clean(&document.Document{Blocks: blocks})
	if want := mill + "\n\n* * *\n\n" + miller + "\n\n___"; r.Body != want || len(r.Headings) != 2 {
		t.Errorf("got %q, headings %v, dropped %v", r.Body, r.Headings, r.Dropped)
	}
}

// TestCorrections guards that what was corrected is of the text, wherever it stands.
func TestCorrections(t *testing.T) {
	t.Parallel()
	const mill, miller = "The mill of Ostmar was run by a program that a child of the town had written in a week.", "Nobody has changed it since, the miller said on Tuesday, for nobody can read it any more."
	for _, s := range []string{
		"Editor’s note: This report is kept for those who still own a mill of the second kind.", "Correction: An earlier version of this report said that the child had written it in a day.",
		"This story has been corrected: the mill has two stones, not ten.", "This article was updated to say that the miller is a woman.",
	} {
		for _, lines := range [][]string{{s, mill, miller}, {mill, miller, s}} {
			var blocks []document.Block
			for _, l := range lines {
				blocks = append(blocks, document.Block{Text: l})
			}
			if r := Clean(&document.Document{Blocks: blocks}); r.Body != strings.Join(lines, "\n\n") {
				t.Errorf("got %q, dropped %v", r.Body, r.Dropped)
			}
		}
	}
}

// TestCode guards that code is kept as it is.
func TestCode(t *testing.T) {
	t.Parallel()
	blocks := []document.Block{{Text: "The mill of Ostmar was run by a program that a child of the town had written in a week."}}
	for _, s := range []string{"Share this", "Author: Ada Holm", "Read more", "Subscribe to our newsletter", "Related stories", "next", "return 5"} {
		blocks = append(blocks, document.Block{Text: s, Kind: document.Code})
	}
	blocks = append(blocks, document.Block{Text: "Nobody has changed it since, the miller said on Tuesday, for nobody can read it any more."})
	r := Clean(&document.Document{Blocks: blocks})
	ofCode := func(s document.Statement) bool { return s.Field != document.Title && s.Field != document.Language }
	if want, _ := document.Compose(blocks); r.Body != want || len(r.Dropped) > 0 || slices.ContainsFunc(r.Statements, ofCode) {
		t.Errorf("got %q, dropped %v, stated %v", r.Body, r.Dropped, r.Statements)
	}
}
