package readtest

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

const (
	page    = "<!DOCTYPE html><html lang=\"en\"><head><title>Ferry of Ellery</title></head><body><article><h1>Ferry of Ellery</h1><p>" + Lives + " The council of the town said so on Tuesday after a long debate about money, fuel and gulls.</p>"
	pageEnd = "<p>Mayor Tobin Hale thanked everybody who had written to him about it.</p></article></body></html>"
	opening = Lives + " The council of the town said so on Tuesday after a long debate about money, fuel and gulls.\n\n"
)

func hostilePages() []Hostile {
	costly := []string{"nested", "elements", "limit", "takes more"}
	return []Hostile{
		{Name: "deep-div.html", Data: many(page, "<div>", 100_000, "x"+pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "deep-table.html", Data: many(page, "<table><tr><td>", 3_000, "x"+pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "half-a-million.html", Data: many(page, "<p>x y z</p>", 500_000, pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "formatting.html", Data: many(page, "<b><i><p>", 20_000, "x"+pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "links.html", Data: many(page, "<a href=x><div>", 20_000, "x"+pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "span.html", Data: text(page, "<table><tr><td colspan=999999999 rowspan=999999999>a</td><td>b</td></tr></table>", pageEnd), Says: Lives},
		{Name: "attributes.html", Data: func() []byte {
			var b strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&b, " a%d=1", i)
			}
			return []byte(page + "<p" + b.String() + ">More.</p>" + pageEnd)
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "references.html", Data: many(page+"<p>", "&amp;&#x26;&nosuch;", 200_000, "</p>"+pageEnd), Says: Lives},
		{Name: "comment.html", Data: text(page, "<!-- never closed <p>Nobody sees this.</p>", pageEnd), Says: Lives, Never: "Nobody sees this"},
		{Name: "script.html", Data: text(page, "<script>var x = '<p>Nobody sees this.</p>'", pageEnd), Says: Lives, Never: "Nobody sees this"},
		{Name: "nul.html", Data: text(strings.ReplaceAll(page, "still", "st\x00ill"), pageEnd), Says: Lives, Never: "\x00"},
		{Name: "utf16.html", Data: func() []byte { return wide("\ufeff" + page + "<p>Größe: 5 €.</p>" + pageEnd) }, Says: "Größe: 5 €."},
		{Name: "cut.html", Data: text(page, "<p>The last word is cut: caf\xc3"), Says: Lives, Never: "\u00c3"},
		{Name: "empty.html", Data: text(), Refused: []string{"empty", "no text"}},
		{Name: "script-only.html", Data: text("<html><head><title>App</title></head><body><div id=root></div><script>render()</script><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"), Refused: []string{"script would fetch"}},
		{Name: "frames.html", Data: text("<html><head><title>Frames</title></head><frameset cols=\"20%,80%\"><frame src=a.html><frame src=b.html></frameset></html>"), Refused: []string{"page of frames", "a.html"}},
		{Name: "long-title.html", Data: many("<html><head><title>", "Ferry ", 300_000, "</title></head>"+page[len("<!DOCTYPE html><html lang=\"en\">"):]+pageEnd), Refused: costly, Says: Lives, Either: true},
		{Name: "deep-ld.html", Data: text("<html><head><script type=\"application/ld+json\">", strings.Repeat(`{"author":[`, 100_000), "</script></head>", page[len("<!DOCTYPE html><html lang=\"en\">"):], pageEnd), Says: Lives},
		{Name: "broken-ld.html", Data: text("<html><head><script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", headline: 'x',}</script></head>", page[len("<!DOCTYPE html><html lang=\"en\">"):], pageEnd), Says: Lives},
		{Name: "data-uri.html", Data: many(page+"<img src=\"data:image/png;base64,", "iVBORw0K", 400_000, "\">"+pageEnd), Says: Lives},
		{Name: "picture.html", Data: text("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", strings.Repeat("\x00\x01\x02", 400)), Refused: []string{"png", "picture", "image"}},
	}
}

// wide is a text in UTF-16, least byte first.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func hostileMarkdown() []Hostile {
	costly := []string{"nested", "elements", "limit", "takes more", "alias"}
	front := "---\ntitle: Ferry\n"
	return []Hostile{
		{Name: "brackets.md", Data: many(opening, "[a](", 300_000, ""), Refused: costly, Says: Lives, Either: true},
		{Name: "open-brackets.md", Data: many(opening, "[", 200_000, strings.Repeat("]", 200_000)), Refused: costly, Says: Lives, Either: true},
		{Name: "quotes.md", Data: many(opening, ">", 100_000, " deep\n"), Refused: costly, Says: Lives, Either: true},
		{Name: "lists.md", Data: func() []byte {
			var b strings.Builder
			for i := range 2_000 { // 4 MB, less than a text may have
				b.WriteString(strings.Repeat("  ", i) + "- x\n")
			}
			return []byte(opening + b.String())
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "ticks.md", Data: func() []byte {
			var b strings.Builder
			for i := range 2_000 {
				b.WriteString("e" + strings.Repeat("`", i))
			}
			return []byte(opening + b.String())
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "stars.md", Data: many(opening, "*a **b _c ", 60_000, ""), Refused: costly, Says: Lives, Either: true},
		{Name: "wide-table.md", Data: func() []byte {
			return []byte(opening + "|" + strings.Repeat("a|", 4_000) + "\n|" + strings.Repeat("-|", 4_000) + "\n" + strings.Repeat("|x|\n", 4_000))
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "references.md", Data: func() []byte {
			var b strings.Builder
			for i := range 60_000 {
				fmt.Fprintf(&b, "[r%d]: /u \"t\"\n", i)
			}
			return []byte(opening + b.String() + "\n" + strings.Repeat("[r1] ", 60_000))
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "laughs.md", Data: func() []byte {
			var b strings.Builder
			b.WriteString(front + "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
			for i := 1; i < 12; i++ {
				fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 8), i-1)
			}
			return []byte(b.String() + "---\n" + opening)
		}, Refused: append(costly, "front matter"), Says: Lives, Either: true},
		{Name: "deep-yaml.md", Data: many(front+"x: ", "[", 100_000, "\n---\n"+opening), Refused: append(costly, "front matter"), Says: Lives, Either: true},
		{Name: "deep-toml.md", Data: many("+++\ntitle = \"Ferry\"\nx = ", "[", 100_000, "\n+++\n"+opening), Refused: append(costly, "front matter"), Says: Lives, Either: true},
		{Name: "keys.md", Data: func() []byte {
			var b strings.Builder
			for i := range 200_000 {
				fmt.Fprintf(&b, "k%d: v\n", i)
			}
			return []byte(front + b.String() + "---\n" + opening)
		}, Refused: append(costly, "front matter"), Says: Lives, Either: true},
		{Name: "unclosed.md", Data: text(front, "\n", opening), Refused: []string{"front matter", "---"}, Says: Lives, Either: true},
		{Name: "html.md", Data: many(opening, "<div>", 100_000, "\n"), Refused: costly, Says: Lives, Either: true},
	}
}

func hostileText() []Hostile {
	return []Hostile{
		{Name: "one-line.txt", Data: many("Ferry of Ellery\n\n"+opening, "and on and on ", 500_000, "."), Says: Lives},
		{Name: "large.txt", Data: many(opening, "The ferry is late.\n", 500_000, ""), Refused: []string{"large", "bytes", "MB", "limit"}},
		{Name: "lines.txt", Data: many(opening, "a\n\n", 1_000_000, ""), Refused: []string{"elements", "limit"}, Says: Lives, Either: true},
		{Name: "nul.txt", Data: text("Ferry\n\n", strings.ReplaceAll(opening, "nine", "ni\x00ne")), Says: Lives, Never: "\x00"},
		{Name: "zeros.txt", Data: many(opening, "gull\x00\x00\x00ferry ", 12, ""), Refused: []string{"zero bytes", "binary"}},
		{Name: "latin.txt", Data: text("Ferry of Ellery\n\nThe caf\xe9 on the pier is open.\n\n", opening), Says: "The café on the pier is open."},
		{Name: "empty.txt", Data: text(" \n\r\n\t\u200b\n"), Refused: []string{"empty", "no text"}},
		{Name: "video.txt", Data: text("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", strings.Repeat("\x00\x00\x01\xb3", 1_000)), Refused: []string{"video", "mp4", "not text", "media"}},
		{Name: "escape.txt", Data: text("Ferry\n\n\x1b[31m", opening, "\x1b[0m\u202egnp.exe\u202c\n"), Says: Lives, Never: "\x1b"},
	}
}
