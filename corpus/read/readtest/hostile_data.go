package readtest

import (
	"fmt"
	"strings"
)

const record1 = `{"id": "f1", "title": "Ferry of Ellery", "text": "` + Lives + ` The council said so on Tuesday."}`

func hostileRecords() []Hostile {
	costly := []string{"nested", "elements", "limit", "takes more", "deep"}
	return []Hostile{
		{Name: "deep.json", Data: many("", "[", 1_000_000, ""), Refused: append(costly, "JSON")},
		{Name: "deep-value.json", Data: text(record1[:len(record1)-1], `, "extra": `, strings.Repeat(`{"a":`, 200_000), "1", strings.Repeat("}", 200_000), "}"), Refused: append(costly, "JSON"), Says: Lives, Either: true},
		{Name: "cut.json", Data: text(record1[:60]), Refused: []string{"is cut off"}},
		{Name: "cut-list.json", Data: text("[\n", record1, ",\n", record1[:60]), Says: Lives},
		{Name: "cut-object.json", Data: text(`{"articles": [`, "\n", record1, ",\n", record1[:60]), Says: Lives},
		{Name: "utf16.json", Data: func() []byte { return wide("\ufeff" + record1) }, Says: Lives},
		{Name: "keys.json", Data: func() []byte {
			var b strings.Builder
			for i := range 200_000 {
				fmt.Fprintf(&b, `, "k%d": %d`, i, i)
			}
			return []byte(record1[:len(record1)-1] + b.String() + "}")
		}, Refused: costly, Says: Lives, Either: true},
		{Name: "huge-number.json", Data: text(record1[:len(record1)-1], `, "date": 1e999999, "author": 5}`), Says: Lives},
		{Name: "surrogates.json", Data: text(strings.Replace(record1, "on Tuesday", `on \ud800Tuesday\udfff`, 1)), Says: Lives, Never: "\xed\xa0"},
		{Name: "wrong-types.json", Data: text(`{"title": ["a", {"b": null}], "publisher": {"x": []}, "author": false, "date": {}, "url": 7, "text": "`, Lives, `"}`), Says: Lives},
		{Name: "not-articles.json", Data: text(`{"name": "left-pad", "version": "1.0.0", "dependencies": {"a": "^1.2.3"}}`), Refused: []string{"text", "article"}},
		{Name: "broken-line.jsonl", Data: text(`{"id": "f0", "title": "Broken", "text": `, "\n", record1, "\n\n[1, 2]\nnull\n"), Says: Lives},
		{Name: "long-line.jsonl", Data: many(`{"id": "f0", "title": "Long", "text": "`, "and on and on ", 700_000, "\"}\n"+record1+"\n"), Says: Lives},
		{Name: "no-end.jsonl", Data: many(record1+"\n", "x", 9<<20, ""), Says: Lives},
		{Name: "open-quote.csv", Data: text("id,title,text\nf1,Ferry,", Lives, "\nf2,\"Open,and never closed\nf3,Third,More text.\n"), Refused: []string{"quote", "line"}, Says: Lives, Either: true},
		{Name: "wide.csv", Data: many("title,text", ",c", 200_000, "\nFerry,"+Lives+"\n"), Refused: []string{"more than 4096 cells"}},
		{Name: "no-header.csv", Data: text("1,2,3\n4,5,6\n7,8,9\n"), Refused: []string{"header", "column", "text"}},
		{Name: "ragged.csv", Data: text("id,title,text\nf1,Ferry,", Lives, "\nf2\nf3,a,b,c,d,e\n"), Says: Lives},
	}
}

func hostileXML() []Hostile {
	costly := []string{"nested", "elements", "limit", "takes more", "entit", "XML", "DOCTYPE"}
	item := "<item><title>Ferry of Ellery</title><link>https://ellery.example/f</link><description>" + Lives + " The council said so on Tuesday.</description></item>"
	return []Hostile{
		{Name: "laughs.rss", Data: func() []byte {
			var b strings.Builder
			b.WriteString("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"lol\">")
			for i := 1; i < 12; i++ {
				fmt.Fprintf(&b, "<!ENTITY l%d \"%s\">", i, strings.Repeat(fmt.Sprintf("&l%d;", i-1), 10))
			}
			return []byte(b.String() + "]><rss version=\"2.0\"><channel><title>&l11;</title>" + item + "</channel></rss>")
		}, Refused: costly, Says: Lives, Never: "lollol", Either: true},
		{Name: "outside.rss", Data: text("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>T</title>", item, "<item><title>Users</title><description>&f; are all of them, it is said.</description></item></channel></rss>"), Refused: costly, Says: Lives, Never: "root:", Either: true},
		{Name: "deep.rss", Data: many("<rss version=\"2.0\"><channel><title>T</title>"+item, "<x>", 200_000, ""), Refused: costly, Says: Lives, Either: true},
		{Name: "cut.rss", Data: text("<rss version=\"2.0\"><channel><title>T</title>", item, "<item><title>Cut"), Refused: costly, Says: Lives, Either: true},
		{Name: "many.rss", Data: many("<rss version=\"2.0\"><channel><title>T</title>"+item, "<item/>", 400_000, "</channel></rss>"), Refused: costly, Says: Lives, Either: true},
		{Name: "sitemap.xml", Data: text("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://ellery.example/</loc></url></urlset>"), Refused: []string{"sitemap"}},
	}
}

func hostileMail() []Hostile {
	head := "From: Ann Poe <ann@ellery.example>\r\nSubject: Ferry of Ellery\r\nDate: Tue, 2 Dec 2025 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
	body := "Content-Type: text/plain; charset=utf-8\r\n\r\n" + opening
	return []Hostile{
		{Name: "deep.eml", Data: func() []byte {
			var b strings.Builder
			b.WriteString(head)
			for i := range 3_000 {
				fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
			}
			return []byte(b.String() + body)
		}, Refused: []string{"nested", "limit", "part", "boundary", "no text"}, Says: Lives, Either: true},
		{Name: "no-end.eml", Data: text(head, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", body), Says: Lives},
		{Name: "long-header.eml", Data: many(head+"X-Long: ", "x ", 600_000, "\r\n"+body), Refused: []string{"header", "limit", "long", "large"}, Says: Lives, Either: true},
		{Name: "no-charset.eml", Data: text(head, "Content-Type: text/plain; charset=nonsense-8\r\n\r\n", opening), Says: Lives},
		{Name: "attachment.eml", Data: text(head, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", body, "\r\n--b\r\nContent-Type: application/octet-stream; name=x.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n", strings.Repeat("AAAA", 300_000), "\r\n--b--\r\n"), Says: Lives, Never: "AAAAAAAA"},
	}
}
