package readtest

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// writeRSS is RSS 2.0 as WordPress writes it. A feed of one article is named
// after its publisher.
func writeRSS(ts []Text) ([]byte, error) {
	name := "Everything we read"
	if len(ts) == 1 {
		name = ts[0].Publisher
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
	<title>%s</title>
	<atom:link href="https://feeds.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://feeds.example</link>
	<description>News &#38; more</description>
	<lastBuildDate>Mon, 30 Mar 2026 06:00:00 +0000</lastBuildDate>
	<generator>https://wordpress.example/?v=6.7.1</generator>
`, html.EscapeString(name))
	for i, t := range ts {
		fmt.Fprintf(&b, "\t<item>\n\t\t<title>%s</title>\n\t\t<link>%s</link>\n", html.EscapeString(t.Title), html.EscapeString(t.URL))
		for _, a := range t.Authors {
			fmt.Fprintf(&b, "\t\t<dc:creator><![CDATA[%s]]></dc:creator>\n", a)
		}
		fmt.Fprintf(&b, "\t\t<pubDate>%s</pubDate>\n\t\t<category><![CDATA[News]]></category>\n\t\t<guid isPermaLink=\"false\">https://feeds.example/?p=%d</guid>\n", day(t.Date).Add(13*time.Hour).Format(time.RFC1123Z), 900+i)
		fmt.Fprintf(&b, "\t\t<description><![CDATA[%s [&#8230;]]]></description>\n", split(t.Blocks[0].Text)[0])
		fmt.Fprintf(&b, "\t\t<content:encoded><![CDATA[%s]]></content:encoded>\n\t</item>\n", fragmentHTML(t))
	}
	b.WriteString("</channel>\n</rss>\n")
	return []byte(b.String()), nil
}

// writeAtom has entries as HTML and, every other one, as XHTML, each with the
// feed that it was taken from.
func writeAtom(ts []Text) ([]byte, error) {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n<title>Planet of papers</title>\n<id>urn:uuid:60a76c80</id>\n<updated>2026-03-30T06:00:00Z</updated>\n")
	for i, t := range ts {
		fmt.Fprintf(&b, "<entry>\n<title type=\"text\">%s</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"%s\"/>\n<id>tag:papers.example,2026:%d</id>\n", html.EscapeString(t.Title), html.EscapeString(t.URL), i)
		fmt.Fprintf(&b, "<published>%sT05:30:00+02:00</published>\n<updated>2026-03-29T00:00:00Z</updated>\n", t.Date)
		for _, a := range t.Authors {
			fmt.Fprintf(&b, "<author><name>%s</name></author>\n", html.EscapeString(a))
		}
		fmt.Fprintf(&b, "<source><id>urn:%d</id><title>%s</title></source>\n", i, html.EscapeString(t.Publisher))
		if i%2 == 0 {
			fmt.Fprintf(&b, "<content type=\"html\">%s</content>\n", html.EscapeString(fragmentHTML(t)))
		} else {
			fmt.Fprintf(&b, "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div></content>\n", fragmentHTML(t))
		}
		b.WriteString("</entry>\n")
	}
	b.WriteString("</feed>\n")
	return []byte(b.String()), nil
}
