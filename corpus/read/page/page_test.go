package page_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/page"
	"parley/corpus/read/readtest"
)

// body is an article of some length, in paragraphs.
const body = `<p>The council of Ostrel voted on Monday to sell the old ferry, which has carried people over the sound since 1961.</p>
<p>Mayor Ilsa Brand said that the boat had cost the town 40,000 crowns a year, and that nobody under thirty had ever used it.</p>
<p>A museum in Karnby wants to buy it for one crown, but the council has asked for two, according to the minutes of the meeting.</p>
<p>The last trip is planned for the first Sunday in May, when the brass band of the fire brigade will play on deck.</p>`

// around is what stands around an article on a page.
func around(head, article string) string {
	return `<!DOCTYPE html><html lang="en-GB"><head><title>Ostrel sells its ferry | Sound Courier</title>` + head + `</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article class="story"><h1>Ostrel sells its ferry</h1>` + article + `</article>
<aside class="related"><h2>More stories</h2><ul><li><a href="/1">Bakers of Karnby go on strike for longer nights</a></li><li><a href="/2">A whale looks into the harbour and leaves again</a></li></ul></aside></main>
<footer><p>© Sound Courier. All rights reserved.</p></footer></body></html>`
}

func read(t *testing.T, s string) *document.Document {
	t.Helper()
	d, err := page.Read(limit.New(t.Context(), limit.Limits{}), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func texts(d *document.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, b.Text)
	}
	return out
}

func all(d *document.Document) string { return strings.Join(texts(d), "\n") }

// values are what is stated about a field, best first.
func values(d *document.Document, f document.Field) []string {
	list := slices.Clone(d.Statements)
	slices.SortStableFunc(list, func(a, b document.Statement) int { return int(a.Rank - b.Rank) })
	var out []string
	for _, s := range list {
		if s.Field == f {
			out = append(out, s.Value)
		}
	}
	return out
}

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, html string
		want, not  []string
	}{
		{"plain", around("", body), []string{"The council of Ostrel", "will play on deck."}, []string{"Bakers of Karnby", "All rights reserved", "Sport"}},
		{"no container", `<html><head><title>Ostrel sells its ferry</title></head><body><h1>Ostrel sells its ferry</h1>` + body + `</body></html>`, []string{"The council of Ostrel", "will play on deck."}, nil},
		{"list between paragraphs", around("", strings.Replace(body, "<p>A museum", "<p>It named three reasons:</p><ul><li>The engine is older than the mayor.</li><li>Fuel costs 9 crowns a litre.</li><li>The bridge is free.</li></ul><p>A museum", 1)), []string{"It named three reasons:", "The engine is older than the mayor.", "Fuel costs 9 crowns a litre.", "The bridge is free."}, nil},
		{"table between paragraphs", around("", strings.Replace(body, "<p>A museum", "<table><tr><th>Year</th><th>Passengers</th></tr><tr><td>1990</td><td>41,200</td></tr><tr><td>2024</td><td>1,730</td></tr></table><p>A museum", 1)), []string{"Year | Passengers", "1990 | 41,200", "2024 | 1,730"}, nil},
		{"lines that br ends", around("", "<div>"+strings.NewReplacer("<p>", "", "</p>", "<br><br>").Replace(body)+"</div>"), []string{"The council of Ostrel", "Mayor Ilsa Brand", "will play on deck."}, nil},
		{"word in a button", around("", strings.Replace(body, "the brass band", `the <button class="gloss">brass band</button>`, 1)), []string{"when the brass band of the fire brigade"}, nil},
		{"comments", around("", body+`<section id="comments" class="comments"><h2>2 comments</h2><div class="comment"><p class="author">gull7</p><p>I took that boat to school every single day and nobody asked me what I think about it.</p></div><div class="comment"><p class="author">Berit</p><p>Two crowns is far too much for something that leaks, if you ask me, which they never do.</p></div></section>`), []string{"will play on deck."}, []string{"gull7", "I took that boat", "Two crowns is far too much"}},
		{"another article", around("", body+`</article><article class="story"><h2>Lighthouse</h2>`+strings.NewReplacer("ferry", "lighthouse", "council of Ostrel", "board of Karnby", "boat", "lamp").Replace(body)), []string{"will play on deck."}, []string{"The board of Karnby"}},
		{"sent late", `<html><head><title>Ostrel sells its ferry</title></head><body><main><h1>Ostrel sells its ferry</h1><!--$?--><template id="B:0"></template><p>Loading the story, please wait a moment.</p><!--/$--></main><div hidden id="S:0"><div class="story">` + body + `</div></div><script>$RC("B:0","S:0")</script></body></html>`, []string{"The council of Ostrel", "will play on deck."}, []string{"Loading"}},
		{"one paragraph", `<html><body><h1>Ferry stays</h1><p>The ferry of Ostrel stays where it is, the council said late on Thursday after a long meeting.</p></body></html>`, []string{"The ferry of Ostrel stays where it is"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := all(read(t, tt.html))
			for _, w := range tt.want {
				if !strings.Contains(got, w) {
					t.Errorf("%q is missing in:\n%s", w, got)
				}
			}
			for _, n := range tt.not {
				if strings.Contains(got, n) {
					t.Errorf("%q stands in:\n%s", n, got)
				}
			}
		})
	}
}

func TestNothingIsLostSilently(t *testing.T) {
	t.Parallel()
	d := read(t, around("", body+`<div class="comments"><div class="comment"><p>I took that boat to school every single day and nobody asked me what I think about it.</p></div></div>`))
	for _, drop := range d.Dropped {
		if strings.Contains(drop.Text, "I took that boat") {
			if drop.Reason != "reader comments" {
				t.Errorf("got reason %q, want reader comments", drop.Reason)
			}
			return
		}
	}
	t.Errorf("the comment is not listed: %+v", d.Dropped)
}

const (
	article = `{"@type":"NewsArticle","headline":"Ostrel sells its ferry","datePublished":"2025-05-02T08:00:00+02:00","author":[{"@type":"Person","name":"Vera Holt"},{"@type":"Person","name":"Emil Roy"}],"publisher":{"@type":"Organization","name":"Sound Courier"},"mainEntityOfPage":"https://soundcourier.example/ferry"}`
	video   = `{"@type":"VideoObject","name":"A cow swims","uploadDate":"2018-01-01","datePublished":"2018-01-01"}`
	other   = `{"@type":"NewsArticle","headline":"Old story about a cow","datePublished":"2019-01-01","url":"https://soundcourier.example/cow"}`
)

func ld(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func TestLinked(t *testing.T) {
	t.Parallel()
	const canonical = `<link rel="canonical" href="https://soundcourier.example/ferry">`
	tests := []struct{ name, head string }{
		{"alone", ld(article)},
		{"after a video", ld(video) + ld(article)},
		{"in an array", ld("[" + video + "," + article + "]")},
		{"in a graph", ld(`{"@context":"https://schema.org","@graph":[` + video + "," + article + `]}`)},
		{"beside another story", canonical + ld(other) + ld(article)},
		{"beside a list", ld(`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":`+other+`}]}`) + ld(article)},
		{"main entity", ld(`{"@type":"WebPage","name":"Page","mainEntity":` + article + `}`)},
		{"with line ends", ld(strings.Replace(article, "sells its", "sells\nits", 1))},
		{"in a comment", ld("<!-- " + article + " -->")},
		{"two in a row", ld(video + article)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := read(t, around(tt.head, body))
			if got := values(d, document.Title); len(got) == 0 || document.OneLine(got[0]) != "Ostrel sells its ferry" || slices.Contains(got, "Old story about a cow") {
				t.Errorf("titles are %q", got)
			}
			if got := values(d, document.Published); len(got) != 1 || got[0] != "2025-05-02T08:00:00+02:00" {
				t.Errorf("dates are %q", got)
			}
			if got := values(d, document.Author); !slices.Equal(got, []string{"Vera Holt", "Emil Roy"}) {
				t.Errorf("authors are %q", got)
			}
		})
	}
	for _, head := range []string{ld(video), canonical + ld(other), ld(`{"@type":"ItemList","itemListElement":[` + other + `]}`), ld(`{"@type":"Comment","text":"x","datePublished":"2018-01-01"}`), ld(`{"@type":"VideoObject","article":` + other + `}`), ld("{"), ld("")} {
		if d := read(t, around(head, body)); len(values(d, document.Published)) > 0 || values(d, document.Title)[0] != "Ostrel sells its ferry" {
			t.Errorf("%s: stated %+v", head, d.Statements)
		}
	}
}

func TestReferencesInGraph(t *testing.T) {
	t.Parallel()
	d := read(t, around(ld(`{"@graph":[{"@type":"Article","headline":"Ostrel sells its ferry","author":{"@id":"#p"},"publisher":{"@id":"#o"}},{"@type":"Person","@id":"#p","name":"Vera Holt"},{"@type":"Organization","@id":"#o","name":"Sound Courier"}]}`), body))
	if got := values(d, document.Author); !slices.Equal(got, []string{"Vera Holt"}) {
		t.Errorf("authors are %q", got)
	}
	if got := values(d, document.Publisher); len(got) == 0 || got[0] != "Sound Courier" {
		t.Errorf("publishers are %q", got)
	}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, head, article string
		field               document.Field
		want, from          string
		rank                document.Rank
	}{
		{"og", `<meta property="og:site_name" content="Sound Courier">`, body, document.Publisher, "Sound Courier", "meta og:site_name", document.Declared},
		{"name in capitals", `<META NAME="DC.Date.Issued" CONTENT="2025-05-02">`, body, document.Published, "2025-05-02", "meta dc.date.issued", document.Declared},
		{"best of several", `<meta name="date" content="2025-05-09"><meta property="article:published_time" content="2025-05-02">`, body, document.Published, "2025-05-02", "meta article:published_time", document.Declared},
		{"canonical", `<link rel="canonical" href="https://soundcourier.example/ferry">`, body, document.URL, "https://soundcourier.example/ferry", "link canonical", document.Declared},
		{"language", "", body, document.Language, "en-GB", "html lang", document.Declared},
		{"time element", "", `<p class="byline">By Vera Holt</p><time datetime="2025-05-02">2 May</time>` + body, document.Published, "2025-05-02", "time element", document.Shown},
		{"by-line", "", `<p class="byline">By Vera Holt</p>` + body, document.Author, "By Vera Holt", "by-line", document.Shown},
		{"heading", "", body, document.Title, "Ostrel sells its ferry", "h1", document.Declared},
		{"title element", "", body, document.Title, "Ostrel sells its ferry | Sound Courier", "title element", document.Implied},
		{"microdata", "", `<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Vera Holt</span>, reporter</span><meta itemprop="datePublished" content="2025-05-02">` + body + `</div>`, document.Author, "Vera Holt", "microdata author", document.Linked},
		{"RDFa", "", `<div vocab="https://schema.org/" typeof="NewsArticle"><meta property="datePublished" content="2025-05-02">` + body + `</div>`, document.Published, "2025-05-02", "RDFa datePublished", document.Linked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := read(t, around(tt.head, tt.article))
			i := slices.IndexFunc(d.Statements, func(s document.Statement) bool { return s.Field == tt.field && s.Rank == tt.rank })
			if i < 0 || d.Statements[i].Value != tt.want || d.Statements[i].From != tt.from {
				t.Errorf("got %+v, want %q from %s", d.Statements, tt.want, tt.from)
			}
		})
	}
}

// Pages laid out in tables have their title, by-line and date in lines that br
// ends, and columns of other articles beside the text.
func TestHeadOfLines(t *testing.T) {
	t.Parallel()
	lines := strings.NewReplacer("<p>", "", "</p>", "<br><br>").Replace(body)
	d := read(t, `<html><head><title>Sound Courier: Ostrel sells its ferry</title></head><body><table>
<tr><td colspan=3>Monday, March 30, 2026<br>Partly cloudy</td></tr>
<tr><td width=130><table><tr><td><a href="/1">News</a></td></tr><tr><td><a href="/2">Sport</a></td></tr></table></td>
<td><font size=1><a href="/">Home</a> &gt; News</font><br><b>Ostrel sells its ferry</b><br>By Vera Holt<br>May 2, 2025<br><a href="/m">Send</a> | <a href="/p">Print this page</a><br>`+lines+`</td>
<td><table><tr><td><a href="/a">Bakers of Karnby go on strike</a><br>The bakers of Karnby stopped work on Friday because the nights are too short for them.</td></tr>
<tr><td><a href="/b">A whale looks into the harbour</a><br>A whale looked into the harbour of Ostrel on Friday and left again without a word.</td></tr></table></td></tr></table></body></html>`)
	want := read(t, around("", body))
	if got := all(d); got != all(want) {
		t.Errorf("the text is %q", got)
	}
	if got := values(d, document.Author); !slices.Equal(got, []string{"By Vera Holt"}) {
		t.Errorf("authors are %q", got)
	}
	if got := values(d, document.Published); len(got) == 0 || got[0] != "May 2, 2025" {
		t.Errorf("dates are %q", got)
	}
}

// A paragraph in an item belongs to its list.
func TestItemsOfParagraphs(t *testing.T) {
	t.Parallel()
	d := read(t, around("", body+`<ul><li>Harbour Row: two hours, from eight to eight.</li><li><p>Quay: free.</p></li><li>Mill Lane: residents only, at any hour of the day.</li></ul><p>The council meets again on Friday to vote on the rest of the plan.</p>`))
	if !slices.Contains(texts(d), "Quay: free.") {
		t.Errorf("the text is %q", texts(d))
	}
}

func TestTimeInText(t *testing.T) {
	t.Parallel()
	d := read(t, around("", strings.Replace(body, "the first Sunday in May", `<time datetime="2025-05-04">the first Sunday in May</time>`, 1)))
	if got := values(d, document.Published); len(got) > 0 {
		t.Errorf("dates are %q", got)
	}
	d = read(t, around("", strings.Replace(body, "on Monday", `on <time datetime="2025-05-04">Monday</time>`, 1)))
	if got := values(d, document.Published); len(got) > 0 {
		t.Errorf("dates are %q", got)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	var teasers strings.Builder
	for i := range 14 {
		fmt.Fprintf(&teasers, `<div class="card"><h3><a href="/%d">Number %d of the stories that this paper has today</a></h3><p>A short sentence tells what it is about.</p></div>`, i, i)
	}
	var long strings.Builder
	for range 6 {
		long.WriteString(body)
	}
	tests := []struct{ name, html, refused, doubt string }{
		{"article", around(ld(article), body), "", ""},
		{"long article", around("", long.String()), "", ""},
		{"front page", `<html><head><title>Sound Courier</title><meta property="og:type" content="website"><link rel="canonical" href="https://soundcourier.example/"></head><body><main>` + teasers.String() + `</main></body></html>`, "list of articles", ""},
		{"section", `<html><head><title>Sport</title></head><body><main>` + teasers.String() + `</main></body></html>`, "list of articles", ""},
		{"article with many teasers", around("", body+teasers.String()), "", ""},
		{"not found", `<html><head><title>404 - Page not found</title></head><body><h1>Page not found</h1><p>We could not find what you were looking for, sorry. Try the search or go back to the front page.</p></body></html>`, "error page", ""},
		{"scripts", `<html><head><title>Sound Courier</title></head><body><p>Please enable JavaScript to view this page, it is needed for everything that we show.</p><div id="root"></div></body></html>`, "JavaScript", ""},
		{"robot", `<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing soundcourier.example, this takes up to five seconds.</p></body></html>`, "keeps programs out", ""},
		{"cookies", `<html><head><title>Sound Courier</title></head><body><p>We and our partners use cookies to store things on your device. Accept all cookies or choose which cookies you allow.</p><button>Accept all</button></body></html>`, "cookies", ""},
		{"paywall that says so", around(ld(strings.Replace(article, `{"@type"`, `{"isAccessibleForFree":false,"@type"`, 1)), body), "", "paywall"},
		{"paywall for readers", around("", body+`<div class="gate"><p>Subscribe to continue reading this story.</p></div>`), "", "paywall"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := read(t, tt.html)
			if !strings.Contains(d.Refused, tt.refused) || (tt.refused == "") != (d.Refused == "") {
				t.Errorf("refused is %q, want %q", d.Refused, tt.refused)
			}
			if !strings.Contains(d.Doubt, tt.doubt) || (tt.doubt == "") != (d.Doubt == "") {
				t.Errorf("doubt is %q, want %q", d.Doubt, tt.doubt)
			}
		})
	}
}

func TestTextInScripts(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer("<p>", "", "</p>", "", "\n", `\n\n`).Replace(body + "\n" + body)
	d := read(t, `<html><head><title>Ostrel sells its ferry</title>`+ld(`{"@type":"NewsArticle","headline":"Ostrel sells its ferry","articleBody":"`+text+`"}`)+`</head><body><div id="root"></div></body></html>`)
	if len(d.Blocks) != 8 || len(d.Warnings) == 0 {
		t.Errorf("got %d blocks and warnings %v", len(d.Blocks), d.Warnings)
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i, text := range []string{
		"The ferry has left the harbour with some three hundred people on board and a brass band.",
		"Halfway over the sound the band has stopped, because the tuba player is seasick.",
		"The mayor of Karnby waits on the quay with two crowns in her hand, as she told us by telephone.",
		"The ferry is late.",
		"It has arrived, and the crowns have changed hands in front of everyone.",
	} {
		fmt.Fprintf(&b, `<div class="entry"><time datetime="2025-05-04T1%d:00:00Z">1%d:05</time> <p>%s</p></div>`, i, i, text)
	}
	d := read(t, around("", `<div class="liveblog">`+b.String()+`</div>`))
	got := all(d)
	last := -1
	for _, w := range []string{"10:05", "The ferry has left", "11:05", "Halfway over", "12:05", "The mayor of Karnby", "13:05", "The ferry is late.", "14:05", "It has arrived"} {
		at := strings.Index(got, w)
		if at <= last {
			t.Errorf("%q is missing or not in its place in:\n%s", w, got)
		}
		last = at
	}
	if !slices.ContainsFunc(d.Warnings, func(n document.Note) bool { return strings.Contains(n.Reason, "live report") }) {
		t.Errorf("warnings are %v", d.Warnings)
	}
}

func TestNITF(t *testing.T) {
	t.Parallel()
	d := read(t, `<?xml version="1.0"?><nitf><head><title>Ostrel sells its ferry</title><docdata><doc-id id-string="o-1"/><date.issue norm="20250502T0800Z"/></docdata></head>
<body><body.head><hedline><hl1>Ostrel sells its ferry</hl1><hl2>Two crowns asked</hl2></hedline><byline>By Vera Holt</byline><dateline><location>OSTREL</location></dateline></body.head>
<body.content><media media-type="image"><media-reference source="a.jpg"/><media-caption>The ferry in 1961.</media-caption></media>`+body+`</body.content></body></nitf>`)
	got := texts(d)
	if len(got) != 5 || got[0] != "Two crowns asked" || !strings.HasSuffix(got[4], "will play on deck.") {
		t.Errorf("got %q", got)
	}
	for f, want := range map[document.Field]string{document.Title: "Ostrel sells its ferry", document.Author: "By Vera Holt", document.Place: "OSTREL", document.Published: "20250502T0800Z", document.ID: "o-1"} {
		if v := values(d, f); len(v) == 0 || v[0] != want {
			t.Errorf("%s: got %q, want %q", f, v, want)
		}
	}
}

func TestContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := page.Read(limit.New(ctx, limit.Limits{}), around("", strings.Repeat(body, 300))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(around(ld(article)+`<meta property="og:title" content="x">`, body))
	f.Add(around("", `<div class="liveblog"><div><time>9:00</time><p>One two three four five six.</p></div></div>`))
	f.Add(`<nitf><body><body.content><p>One.</p></body.content></body></nitf>`)
	f.Add(`<html><body><table><tr><td>a<td>b</table><ul><li>c`)
	f.Add("<p>\x00\xff<b><a href=x>\u00ad\u200b")
	f.Fuzz(func(t *testing.T, s string) {
		var d *document.Document
		var err error
		readtest.Timed(t, s, func() { d, err = page.Read(limit.New(t.Context(), limit.Limits{}), s) })
		if err != nil {
			return
		}
		for _, b := range d.Blocks {
			if !utf8.ValidString(b.Text) || b.Text != document.Squeeze(document.Normalise(b.Text)) && !strings.Contains(b.Text, "\n") || b.Text == "" {
				t.Errorf("block %q is not normalised", b.Text)
			}
		}
		for _, s := range d.Statements {
			if !utf8.ValidString(s.Value) {
				t.Errorf("statement %q", s.Value)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	s := around(ld(article), strings.Repeat(body, 10))
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		if _, err := page.Read(limit.New(b.Context(), limit.Limits{}), s); err != nil {
			b.Fatal(err)
		}
	}
}
