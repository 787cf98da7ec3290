package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// show writes what was read as lines: statements, then blocks, then what was left
// out or remarked.
func show(docs []*document.Document, notes []document.Note, err error) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "%d #%s", d.Line, d.Part)
		if d.Refused != "" {
			fmt.Fprintf(&b, " refused: %s", d.Refused)
		}
		b.WriteByte('\n')
		for _, s := range d.Statements {
			fmt.Fprintf(&b, "%s=%s (%s, %d)\n", s.Field, s.Value, s.From, s.Rank)
		}
		for _, bl := range d.Blocks {
			fmt.Fprintf(&b, "| %s\n", bl.Text)
		}
		for _, x := range d.Dropped {
			fmt.Fprintf(&b, "- %s: %s\n", x.Reason, x.Text)
		}
		if d.Doubt != "" {
			fmt.Fprintf(&b, "? %s\n", d.Doubt)
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "note %d: %s\n", n.Line, n.Reason)
	}
	if err != nil {
		line := 0
		if at, ok := errors.AsType[*document.LineError](err); ok {
			line = at.Line
		}
		fmt.Fprintf(&b, "error %d: %s\n", line, err)
	}
	return b.String()
}

func read(t *testing.T, text string) string {
	t.Helper()
	return show(Read(limit.New(t.Context(), limit.Limits{}), []byte(text)))
}

// long is a paragraph of more words than a teaser has.
var long = strings.TrimSpace(strings.Repeat("The harbour of Ostmar was dredged again in the spring. ", 20))

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"rss 2.0", `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><image><title>A logo</title></image><title>Ostmar Courier</title><link>https://courier.example</link><language>en-gb</language>

<item>
 <title>Bridge &amp; quay &lt;em&gt;shut&lt;/em&gt;</title>
 <link>https://courier.example/bridge</link>
 <guid isPermaLink="false">https://courier.example/?p=17</guid>
 <dc:creator><![CDATA[Ada Holm]]></dc:creator>
 <pubDate>Tue, 02 Dec 2025 09:15:00 +0100</pubDate>
 <description>Teaser &#8230;</description>
 <content:encoded><![CDATA[<p>The bridge of Ostmar shut on <b>Tuesday</b>.</p><p hidden>No.</p><p>It opens in May.</p>
 <p>The post <a href="x">Bridge</a> appeared first on <a href="y">Ostmar Courier</a>.</p>]]></content:encoded>
</item></channel></rss>`, `5 #1
title=Bridge & quay shut (item "title", 0)
url=https://courier.example/bridge (item "link", 0)
id=https://courier.example/?p=17 (item "guid", 0)
author=Ada Holm (item "dc:creator", 0)
published=Tue, 02 Dec 2025 09:15:00 +0100 (item "pubDate", 0)
publisher=Ostmar Courier (feed "title", 2)
language=en-gb (feed "language", 2)
| The bridge of Ostmar shut on Tuesday.
| It opens in May.
- hidden text: No.
- footer of the feed: The post Bridge appeared first on Ostmar Courier.
`},
		{"rss 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Ostmar Courier</title><items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items></channel>
<item rdf:about="a"><title>Quay</title><link>https://courier.example/q</link><description>` + long + `</description><dc:date>2025-12-02</dc:date></item>
</rdf:RDF>`, `3 #1
title=Quay (item "title", 0)
url=https://courier.example/q (item "link", 0)
published=2025-12-02 (item "dc:date", 0)
publisher=Ostmar Courier (feed "title", 2)
| ` + long + "\n"},
		{"rss 0.91 with markup", `<rss version="0.91"><channel><title>T</title><item><author>desk@x.example (Ole Brandt)</author><guid>https://x.example/1</guid><description>The mill <b>burnt</b> down.<br>Nobody was hurt.</description></item></channel></rss>`, `1 #1
author=Ole Brandt (item "author", 0)
id=https://x.example/1 (item "guid", 0)
url=https://x.example/1 (item "guid", 0)
publisher=T (feed "title", 2)
| The mill burnt down.
| Nobody was hurt.
? its text is not in the feed, only a summary of it
`},
		{"atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">Ostmar Courier</title><author><name>The desk</name></author>
<entry><title type="html">Mill &amp;amp; quay</title><id>tag:x,2025:1</id><link rel="self" href="https://x.example/self"/><link rel="alternate" href="https://x.example/mill"/>
<updated>2025-12-03T10:00:00Z</updated>
<content type="xhtml"><xh:div xmlns:xh="http://www.w3.org/1999/xhtml"><xh:p>The mill <xh:em>burnt</xh:em> down &amp; fell &lt;here&gt;.</xh:p><xh:p>It was old.<xh:br/>Very.</xh:p></xh:div></content></entry>
<entry><author><name>Ada Holm</name></author><author><name>Ole Brandt</name></author><published>2025-12-01T10:00:00Z</published><source><id>u</id><title>Nordhaven Post</title></source><content type="html">&lt;p&gt;The ferry sank.&lt;/p&gt;</content></entry>
<entry><title>Elsewhere</title><content src="https://x.example/v" type="video/mp4"/><summary>A film of the ferry.</summary></entry>
</feed>`, `2 #1
title=Mill & quay (entry "title", 0)
id=tag:x,2025:1 (entry "id", 0)
url=https://x.example/mill (entry "link", 0)
updated=2025-12-03T10:00:00Z (entry "updated", 0)
published=2025-12-03T10:00:00Z (entry "updated", 4)
publisher=Ostmar Courier (feed "title", 2)
language=en (feed "language", 2)
author=The desk (feed "author", 2)
| The mill burnt down & fell <here>.
| It was old.
| Very.
5 #2
author=Ada Holm (entry "author", 0)
author=Ole Brandt (entry "author", 0)
published=2025-12-01T10:00:00Z (entry "published", 0)
publisher=Nordhaven Post (entry "source", 0)
publisher=Ostmar Courier (feed "title", 2)
language=en (feed "language", 2)
| The ferry sank.
6 #3
title=Elsewhere (entry "title", 0)
publisher=Ostmar Courier (feed "title", 2)
language=en (feed "language", 2)
author=The desk (feed "author", 2)
| A film of the ferry.
? its text is not in the feed, only a summary of it
`},
		{"wordpress", `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>B</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>One</title><content:encoded><![CDATA[<!-- wp:paragraph -->The [sic] mill burnt.

[caption id="a"]It opens <em>soon</em>.[/caption]]]></content:encoded><excerpt:encoded><![CDATA[Not this, which is a longer text than the other one, which has few words, to be sure of it.]]></excerpt:encoded><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>logo.png</title><wp:post_type>attachment</wp:post_type></item></channel></rss>`, `2 #1 refused: is a draft
title=One (item "title", 0)
publisher=B (feed "title", 2)
| The [sic] mill burnt.
| It opens soon.
`},
		{"wordpress with authors", `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>B</title><wp:author><wp:author_id>7</wp:author_id><wp:author_login><![CDATA[aholm]]></wp:author_login><wp:author_display_name><![CDATA[Ada Holm]]></wp:author_display_name></wp:author>
<item><title>One</title><dc:creator>aholm</dc:creator><description>` + long + `</description></item></channel></rss>`, `2 #1
title=One (item "title", 0)
author=Ada Holm (item "dc:creator", 0)
publisher=B (feed "title", 2)
| ` + long + "\n"},
		{"relative addresses", `<feed xmlns="http://www.w3.org/2005/Atom"><link href="/feed.xml" rel="self"/><link href="https://x.example/news/"/>
<entry><title>One</title><link href="mill"/><summary>` + long + `</summary></entry>
<entry xml:base="/old/"><title>Two</title><link href="mill"/><summary>` + long + `</summary></entry>
<entry><title>Three</title><link href="/mill"/><summary>` + long + `</summary></entry></feed>`, `2 #1
title=One (entry "title", 0)
url=https://x.example/news/mill (entry "link", 0)
| ` + long + `
3 #2
title=Two (entry "title", 0)
url=https://x.example/old/mill (entry "link", 0)
| ` + long + `
4 #3
title=Three (entry "title", 0)
url=https://x.example/mill (entry "link", 0)
| ` + long + "\n"},
		{"text only of a film", `<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item><title>One</title><media:group><media:title>Not this</media:title><media:description>The mill burnt.</media:description></media:group></item><item><title>Two</title><description></description><itunes:summary>The ferry sank.</itunes:summary></item></channel></rss>`, `1 #1
title=One (item "title", 0)
| The mill burnt.
? its text is not in the feed, only a summary of it
1 #2
title=Two (item "title", 0)
| The ferry sank.
? its text is not in the feed, only a summary of it
`},
		{"a letter that is none", "<rss><channel><item><title>Café</title><description>Été\xff à Ostmar. " + long + "</description></item></channel></rss>", "1 #1\ntitle=Café (item \"title\", 0)\n| Été\uFFFD à Ostmar. " + long + "\n"},
		{"extensions", `<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>B</title><item><media:group><media:title>Not this</media:title><media:description>Nor this.</media:description></media:group><itunes:author>Nor her</itunes:author><title>One</title><description>The mill burnt. [&#8230;]</description><description>No.</description></item></channel></rss>`, `1 #1
title=One (item "title", 0)
publisher=B (feed "title", 2)
| The mill burnt.
- mark of a cut text: […]
? only the start of its text is in the feed: it ends in "[…]"
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := read(t, c.in); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"empty", " \n", "error 0: is empty\n"},
		{"text", "No XML at all.", "error 0: is no XML: it has no elements\n"},
		{"sitemap", `<urlset xmlns="x"><url><loc>u</loc></url></urlset>`, "error 0: is a sitemap: it lists pages and does not hold them; save the pages, or the feed of the site\n"},
		{"opml", `<opml><body><outline text="a"/></body></opml>`, "error 0: is a list of feeds (OPML), not articles: save the feeds\n"},
		{"other", `<catalog><book/></catalog>`, "error 0: is XML but no feed: its root element is <catalog>; RSS and Atom are read\n"},
		{"no items", `<rss><channel><title>T</title></channel></rss>`, "error 0: is a feed without items\n"},
		{"no texts", "<rss><channel>\n<item><title>A</title></item>\n<item><title>B</title></item></channel></rss>", "error 2: none of its 2 items is an article: the first has no text, only the title \"A\"\n"},
		{"one without text", "<rss><channel>\n<item><title>A</title></item>\n<item><description>The mill burnt.</description></item></channel></rss>", `3 #2
| The mill burnt.
? its text is not in the feed, only a summary of it
note 2: has no text, only the title "A"
`},
		{"cut off", "<rss><channel>\n<item><description>The mill burnt.</description></item>\n<item><description>The quay", `2 #1
| The mill burnt.
? its text is not in the feed, only a summary of it
note 3: is cut off: no item from here on is read
`},
		{"cut off in the first", "<rss><channel>\n<item><description>The quay", "error 2: is cut off\n"},
		{"entities, controls and bare ampersands", "<rss><channel><item><title>Caf\u00e9&nbsp;\x0bA & B</title><description>Fish &amp; chips &ndash; 5&nbsp;crowns.</description></item></channel></rss>", `1 #1
title=Café A & B (item "title", 0)
| Fish & chips – 5 crowns.
? its text is not in the feed, only a summary of it
`},
		{"latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description>Caf\xe9 burnt.</description></item></channel></rss>", `1 #1
| Café burnt.
? its text is not in the feed, only a summary of it
`},
		{"wrong declaration", "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description>Café burnt.</description></item></channel></rss>", `1 #1
| Café burnt.
? its text is not in the feed, only a summary of it
`},
		{"windows-1252 undeclared", "<rss><channel><item><description>\x93Caf\xe9\x94 burnt.</description></item></channel></rss>", `1 #1
| “Café” burnt.
? its text is not in the feed, only a summary of it
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := read(t, c.in); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestUTF16(t *testing.T) {
	t.Parallel()
	data := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="utf-16"?><rss><channel><item><description>Café burnt.</description></item></channel></rss>`)) {
		data = append(data, byte(u), byte(u>>8))
	}
	if got := read(t, string(data)); !strings.Contains(got, "| Café burnt.\n") {
		t.Error(got)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	item := "<item><description>The mill burnt.</description></item>"
	for _, c := range []struct {
		name, in, want string
		limits         limit.Limits
	}{
		{"deep", "<rss><channel>" + item + strings.Repeat("<a:b>", 100000), "error 0: is nested more than 512 deep, over the limit", limit.Limits{}},
		{"deep in an item", "<rss><channel><item><description>" + strings.Repeat("<b>", 100000), "error 0: is nested more than 512 deep, over the limit", limit.Limits{}},
		{"many", "<rss>" + strings.Repeat("<a/>", 200), "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"large item", "<rss>" + item + "<item><description>" + strings.Repeat("x ", 200) + "</description></item></rss>", "note 1: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"attributes", "<rss><item " + strings.Repeat(`a="1" `, 100000) + "/></rss>", "error 0: has a tag of more than 65536 bytes, over the limit", limit.Limits{}},
		{"a picture in an attribute", "<rss><!-- " + strings.Repeat("<a '", 40000) + " --><item><description><img src='" + strings.Repeat("x", 100000) + "'/>The mill burnt.</description></item></rss>", "| The mill burnt.", limit.Limits{}},
		{"many elements without end", "<rss><item><description>The mill burnt." + strings.Repeat("<br>", 1000) + "</description></item></rss>", "| The mill burnt.", limit.Limits{}},
		{"many items", "<rss>" + strings.Repeat(item, 30) + "</rss>", "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"entities that grow", `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>` + "<item><description>The &b; burnt.</description></item></rss>", "| The &b; burnt.", limit.Limits{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(Read(limit.New(t.Context(), c.limits), []byte(c.in))); !strings.Contains(got, c.want) {
				t.Errorf("got:\n%s\nwant: %s", got, c.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Read(limit.New(ctx, limit.Limits{}), []byte("<rss>"+strings.Repeat("<a/>", 1000))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func FuzzRead(f *testing.F) {
	seeds := []string{
		"", "<", "<rss><channel><item><title>A</title><description>B &lt;p&gt;c", "<feed><entry><content type='xhtml'><div><p>a<br/>b</p></div></content></entry></feed>",
		"<?xml encoding='latin1'?><rss><item><title>\xe9</title><description>\x00x</description></item></rss>", "<rss><item><source>a<title>b</title></source><author>a@b (c)</author>",
		"\xff\xfe<\x00", "<a:item><wp:status>draft</wp:status></a:item>", "<rss xmlns:wp='wordpress.org/export'><item><content:encoded>[x y=z]</content:encoded></item></rss>",
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var docs []*document.Document
		var err error
		readtest.Timed(t, data, func() { docs, _, err = Read(limit.New(t.Context(), limit.Limits{}), data) })
		if err == nil && len(docs) == 0 {
			t.Fatal("no articles and no error")
		}
		for _, d := range docs {
			for _, b := range d.Blocks {
				if !utf8.ValidString(b.Text) || b.Text != document.Squeeze(document.Normalise(b.Text)) || b.Text == "" {
					t.Fatalf("block %q is not normalised", b.Text)
				}
			}
			for _, s := range d.Statements {
				if !utf8.ValidString(s.Value) || document.OneLine(s.Value) == "" {
					t.Fatalf("statement %+v", s)
				}
			}
		}
	})
}

// TestTeasers guards that a feed of summaries is told of once, and that what only
// repeats a title is no text.
func TestTeasers(t *testing.T) {
	t.Parallel()
	items := ""
	for i := range 4 {
		items += fmt.Sprintf("<item><title>Mill %d</title><description>The mill number %d burnt on Tuesday.</description></item>", i, i)
	}
	docs, notes, err := Read(limit.New(t.Context(), limit.Limits{}), []byte("<rss><channel><title>Courier</title>"+items+"<item><title>B</title><source url='x'>The Quay</source><description>&lt;a href='x'&gt;B&lt;/a&gt;&amp;nbsp;&lt;font&gt;The Quay&lt;/font&gt;</description></item></channel></rss>"))
	if err != nil || len(docs) != 4 || len(notes) != 1 || notes[0].Reason != `has no text, only the title "B"` {
		t.Fatalf("%d articles, %v, %v", len(docs), notes, err)
	}
	if want := "4 of the 4 items of the feed are summaries, without the text of their articles: save the pages that they link to"; docs[0].Doubt != want || docs[1].Doubt+docs[3].Doubt != "" {
		t.Errorf("got %q, %q", docs[0].Doubt, docs[1].Doubt)
	}
	docs, _, err = Read(limit.New(t.Context(), limit.Limits{}), []byte("<rss><channel><item><title>A</title><description>The mill burnt.</description></item></channel></rss>"))
	if err != nil || len(docs) != 1 || docs[0].Doubt != onlySummary {
		t.Errorf("%+v, %v", docs, err)
	}
}

// TestTitles guards that titles of Atom are read by their type.
func TestTitles(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<title type="html">Mill &amp;lt; quay &lt;em&gt;burns&lt;/em&gt; &amp;amp; falls</title>`:        "Mill < quay burns & falls",
		`<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Mill <em>burns</em></div></title>`: "Mill burns",
		`<title type="text">AT&amp;T burns</title>`:                                                       "AT&T burns",
		`<title type="html"><![CDATA[Mill &#8220;burns&#8221; &amp; falls]]></title>`:                     "Mill “burns” & falls",
		`<title>Mill &amp;#8220;burns&amp;#8221;</title>`:                                                 "Mill “burns”",
	} {
		docs, _, err := Read(limit.New(t.Context(), limit.Limits{}), []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>`+in+`<summary>s</summary><content>The mill burnt.</content></entry></feed>`))
		if err != nil || len(docs) != 1 || docs[0].Statements[0].Value != want {
			t.Errorf("%s: got %+v, %v", in, docs, err)
		}
	}
}
