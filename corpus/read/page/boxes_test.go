package page_test

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus/read/document"
)

// law is a page as offices write them: items that are not closed, columns that only
// their IDs tell apart.
const law = `<HTML><HEAD><TITLE>Town of Ostrel - Order on the Keeping of Swans</TITLE></HEAD><BODY BGCOLOR=WHITE>
<DIV ID="left"><UL><LI><A HREF="#">Town</A><LI><A HREF="#">Council</A><LI><A HREF="#">Forms</A></UL></DIV>
<DIV ID="content"><H1>Order on the Keeping of Swans</H1><P CLASS="date">2 June 2025</P>
<P>The council has resolved the following, by nine votes to two:
<OL><LI>Swans may be kept on the water of the town<OL TYPE=a><LI>from March to October, and<LI>in pairs.</OL><LI>Whoever keeps swans must<OL TYPE=a><LI>ring them on the left foot;<LI>know how many they are.</OL><LI>A swan that bites is, on the second occasion, a danger within the meaning of § 9.</OL>
<P>This order takes effect on the day after its publication. That of 1891 is repealed.
</DIV>
<DIV ID="right"><H3>Seen by many</H3><UL><LI><A HREF="/1">Bakers of Karnby go on strike</A><BR>They want longer nights, and flour that does not fly about when it is windy.<LI><A HREF="/2">A whale looks into the harbour</A><BR>It stayed for an hour on Tuesday and left again when the band began to play.<LI><A HREF="/3">The old crane is for sale</A><BR>Whoever buys it has to take it down, which nobody alive has ever done before.</UL></DIV>
<HR><DIV ID="foot"><A HREF="#top">Back to top</A> | <A HREF="/print">Printable version</A></DIV></BODY></HTML>`

// TestRowsOfTeasers has a list whose items are headlines with the beginnings of
// articles in the lines below them.
func TestRowsOfTeasers(t *testing.T) {
	t.Parallel()
	got := all(read(t, law))
	if !strings.HasPrefix(got, "The council has resolved") || !strings.Contains(got, "in pairs.") || strings.Contains(got, "Seen by") || strings.Contains(got, "flour") {
		t.Errorf("got %q", got)
	}
}

// TestDeepLists has lists whose items are divisions: one of short texts stays, one of
// long texts or of links is not kept for standing in the article.
func TestDeepLists(t *testing.T) {
	t.Parallel()
	list := func(items ...string) string {
		return `<ul class="box-list"><li><div>` + strings.Join(items, `</div></li><li><div>`) + `</div></li></ul>`
	}
	paragraphs := strings.SplitAfter(body, "\n")
	for name, c := range map[string]struct {
		items []string
		kept  bool
	}{
		"prices": {[]string{"Adults: 4 crowns", "Dogs: none"}, true},
		"links":  {[]string{`<a href="/4">Timetable</a> as a file`, "Map of the sound, as a file"}, false},
	} {
		got := all(read(t, around("", paragraphs[0]+paragraphs[1]+list(c.items...)+paragraphs[2]+paragraphs[3])))
		if last := c.items[len(c.items)-1]; strings.Contains(got, last) != c.kept {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestMarkedForMachines has facts in elements that say them to machines.
func TestMarkedForMachines(t *testing.T) {
	t.Parallel()
	post := `<div itemscope itemtype="https://schema.org/BlogPosting"><h3 itemprop="name">Ostrel sells its ferry</h3><abbr itemprop="datePublished" title="2025-05-02T08:00:00">8:00 AM</abbr>` + body + `</div>`
	if got := values(read(t, around("", post)), document.Published); len(got) == 0 || got[0] != "2025-05-02T08:00:00" {
		t.Errorf("published: got %q", got)
	}
	if got := values(read(t, around("", `<ul><li itemprop="author"><span>Vera Holt</span></li></ul>`+body)), document.Author); !slices.Contains(got, "Vera Holt") {
		t.Errorf("author: got %q", got)
	}
}

// cards are headlines of a row of cards with beginnings, names and dates.
func cards(titles ...string) string {
	var b strings.Builder
	for _, s := range titles {
		b.WriteString(`<div class="c-card"><h3 class="c-heading"><a href="/` + s + `/">` + s + `</a></h3><p class="c-text">Nobody in the town had thought that it would come to that, and now it has.</p><span class="byline">By Lena Orr</span><time datetime="2026-03-01T05:00:00Z">March 1, 2026</time></div>`)
	}
	return b.String()
}

// short is a page of a short text below a title, with boxes and cards below it.
func short(kind, text string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>Storm over the sound – Sound Courier</title><meta property="og:type" content="article"><script type="application/ld+json">{"@context":"https://schema.org","@type":"` + kind + `","headline":"Storm over the sound","url":"https://sound.example/storm"}</script></head>
<body><div id="app"><header><nav><ul><li><a>News</a></li><li><a>Sport</a></li></ul></nav></header><section id="main"><h1 class="b-headline">Storm over the sound</h1><div class="b-byline">By <a href="/v">Vera Holt</a></div>
<article class="b-article-body">` + text + `</article><div class="b-bio"><h3>Vera Holt</h3><p>Vera Holt has written for the paper since the last flood and lives on a hill.</p></div>
<div class="b-letter"><h3>Sign up</h3><p>Each morning we write down what the night has brought, and you can read it in bed.</p></div>
<div class="b-results"><h2>Others have read</h2>` + cards("Old crane is sold to a circus", "Whale leaves the harbour again", "Bakers go back to work early", "Choir sings in the empty dock") + `</div></section></div></body></html>`
}

// TestShortLiveReports has a live report of few words, whose entries have their times
// in plain elements, above cards that have theirs in time elements.
func TestShortLiveReports(t *testing.T) {
	t.Parallel()
	entry := func(at, s string) string {
		return `<div class="update-card"><div class="update-time">` + at + `</div><p>` + s + `</p></div>`
	}
	text := `<div class="live-updates">` + entry("7:00 PM", "The wind has dropped. The ferry will try at ten.") + entry("3:05 PM", "The roof of the fish hall has gone.") + entry("10:20 AM", "Waves are breaking over the mole.") + `</div>`
	d := read(t, short("LiveBlogPosting", text))
	want := "7:00 PM\nThe wind has dropped. The ferry will try at ten.\n3:05 PM\nThe roof of the fish hall has gone.\n10:20 AM\nWaves are breaking over the mole."
	if got := all(d); got != want || len(d.Warnings) == 0 {
		t.Errorf("got %q, warnings %v", got, d.Warnings)
	}
}

// TestTitlesOfMicrodata has the title of a post in its microdata alone, below the name
// and the motto of its blog.
func TestTitlesOfMicrodata(t *testing.T) {
	t.Parallel()
	post := `<!DOCTYPE html><html lang="es"><head><title>Cuaderno del Puerto: La campana vuelve a sonar</title></head><body class="loading"><header><div class="header"><h1 class="title"><a href="/">Cuaderno del Puerto</a></h1><p class="description"><span>Written on the quay with cold hands. Printed by nobody.</span></p></div></header>
<div class="main"><div class="date-outer"><h2 class="date-header"><span>martes, 3 de febrero de 2026</span></h2><div class="post hentry" itemprop="blogPost" itemscope itemtype="http://schema.org/BlogPosting"><h3 class="post-title entry-title" itemprop="name">La campana vuelve a sonar</h3>
<div class="post-body entry-content" itemprop="articleBody">La campana de la lonja, muda desde agosto, volvió a sonar el lunes a las siete, sin que nadie la tocara.<br><br>La primera en oírla fue Remedios, la panadera, que creyó que era el reloj.<br><br>El alcalde convocó un pleno urgente para saber de quién es el sonido.</div></div></div></div></body></html>`
	if got := all(read(t, post)); !strings.HasPrefix(got, "La campana de la lonja") {
		t.Errorf("got %q", got)
	}
}

// TestRowsAtTheEnd guards that tables and lists which end an article are of it, below a
// sentence, a line that announces them or each other, and that lists of links and of
// what has a name of its own are not.
func TestRowsAtTheEnd(t *testing.T) {
	t.Parallel()
	const table = "<table><tr><th>Boat</th><th>Crowns</th></tr><tr><td>Cars</td><td>2.50</td></tr><tr><td>Heavy lorries</td><td>12.75</td></tr></table>"
	for ends, want := range map[string]string{
		table:                                 "12.75",
		"<p>The fares are these:</p>" + table: "12.75",
		"<dl><dt>Cars</dt><dd>One crown</dd></dl>":                                 "One crown",
		"<ul><li>Cars<ul><li>small ones</li></ul></li><li>Boats</li></ul>":         "Boats",
		"<ul><li>Cars</li><li>Boats</li></ul><ol><li>Third of all</li></ol>":       "Third of all",
		`<ul class="tags"><li>Ferries</li><li>Third of all</li></ul>`:              "",
		`<ul><li><a href="/a">Ferries</a></li><li>Third of all</li></ul>`:          "",
		`<div class="most-read"><ul><li>Third of all</li><li>Cars</li></ul></div>`: "",
	} {
		got := all(read(t, around("", body+ends)))
		if want != "" && !strings.HasSuffix(strings.TrimSpace(got), want) || want == "" && strings.Contains(got, "Third of all") {
			t.Errorf("%s: got %q", ends, got)
		}
	}
}
