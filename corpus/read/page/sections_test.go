package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/corpus/read/document"
)

// stories are headlines and beginnings, as front pages show them.
func stories() [][2]string {
	return [][2]string{
		{"Ostrel sells its ferry", "The council of Ostrel voted on Monday to sell the old ferry, which has carried people since 1961."},
		{"Karnby counts its crowns", "The museum of Karnby has one crown for the boat and looks for another."},
		{"Brass band learns to swim", "Eleven members of the brass band took their first lesson on Tuesday evening."},
		{"Lighthouse goes dark", "A gull flew into the lamp, the keeper said, and neither of them was hurt."},
		{"Baker strikes alone", "He is the only baker of the island and has left work for a week."},
		{"Whale looks in again", "It came as far as the second buoy and left when the band began to play."},
		{"Bridge gets its paint", "The bridge over the sound is painted green, as it was in 1931."},
		{"School closes for herring", "All pupils above twelve help on the boats until the end of the month."},
	}
}

// front is a front page of n stories, each written by card.
func front(title string, n int, card func(i int, headline, begin string) string) string {
	var b strings.Builder
	for i, s := range stories()[:n] {
		b.WriteString(card(i, s[0], s[1]))
	}
	return `<html lang="en"><head><title>` + title + `</title></head><body><header><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav></header>
<main><h1>` + title + `</h1>` + b.String() + `</main><footer>© Sound Courier</footer></body></html>`
}

func TestFewTeasers(t *testing.T) {
	t.Parallel()
	cards := map[string]func(int, string, string) string{
		"headings": func(i int, h, s string) string {
			return fmt.Sprintf(`<div class="card"><h2><a href="/a%d">%s</a></h2><p>%s</p></div>`, i, h, s)
		},
		"dates": func(i int, h, s string) string {
			return fmt.Sprintf(`<article><h3><a href="/2025/%d">%s</a></h3><span class="date">3 May 2025</span><p>%s</p></article>`, i, h, s)
		},
		"whole cards are links": func(i int, h, s string) string {
			return fmt.Sprintf(`<article><a href="/a%d"><h2>%s</h2><p>%s</p></a></article>`, i, h, s)
		},
		"lead story": func(i int, h, s string) string {
			level := min(i+1, 2) + 1
			return fmt.Sprintf(`<section class="s%[1]d"><h%[1]d><a href="/a%[2]d">%[3]s</a></h%[1]d><p>%[4]s</p></section>`, level, i, h, s)
		},
		"rows": func(i int, h, s string) string {
			return fmt.Sprintf(`<table><tr><td><img src="dot.gif"></td><td><b><a href="story.asp?id=%[1]d">%[2]s</a></b><br>%[3]s <a href="story.asp?id=%[1]d">more...</a></td></tr></table>`, i, h, s)
		},
		"whole addresses": func(i int, h, s string) string {
			return fmt.Sprintf(`<div class="card"><h2><a href="https://soundcourier.example/a%d">%s</a></h2><p>%s</p></div>`, i, h, s)
		},
		"links to read more": func(i int, h, s string) string {
			return fmt.Sprintf(`<article><h2>%s</h2><p>%s <a href="/a%d">Read more</a></p></article>`, h, s, i)
		},
		"links to go on below": func(i int, h, s string) string {
			return fmt.Sprintf(`<article><h2>%s</h2><p>%s</p><p><a href="/a%d">Continue reading »</a></p></article>`, h, s, i)
		},
		"paragraphs": func(i int, h, s string) string {
			return fmt.Sprintf(`<p><strong><a href="/a%d">%s</a></strong></p><p>%s</p>`, i, h, s)
		},
	}
	for name, card := range cards {
		for _, n := range []int{3, 5, 8} {
			t.Run(fmt.Sprintf("%d %s", n, name), func(t *testing.T) {
				t.Parallel()
				d := read(t, front("Sound Courier", n, card))
				if !strings.Contains(d.Refused, "list of articles") {
					t.Errorf("refused is %q, want a list of articles; got:\n%s", d.Refused, all(d))
				}
			})
		}
	}
}

func TestWholePosts(t *testing.T) {
	t.Parallel()
	post := func(i int, h, s string) string {
		return fmt.Sprintf(`<article><h2><a href="/a%d">%s</a></h2><p>%s</p>%s</article>`, i, h, s, body)
	}
	d := read(t, front("Notes from the sound", 4, post))
	if d.Refused != "" || !strings.Contains(d.Doubt, "list of articles") {
		t.Errorf("refused is %q, doubt %q", d.Refused, d.Doubt)
	}
}

func TestFrontWithoutLinks(t *testing.T) {
	t.Parallel()
	html := front("Sound Courier", 4, func(_ int, h, s string) string {
		return `<div onclick="go()"><div class="h">` + h + `</div><div class="b">` + s + `</div></div>`
	})
	site := `<meta property="og:type" content="website"><link rel="canonical" href="https://soundcourier.example/"></head>`
	if d := read(t, strings.Replace(html, "</head>", site, 1)); !strings.Contains(d.Refused, "list of articles") {
		t.Errorf("refused is %q; got:\n%s", d.Refused, all(d))
	}
	if d := read(t, strings.Replace(around("", body), "</head>", site, 1)); d.Refused != "" {
		t.Errorf("an article at the site's address is refused: %q", d.Refused)
	}
}

// TestArticlesLikeLists are articles with headings that are links.
func TestArticlesLikeLists(t *testing.T) {
	t.Parallel()
	linked := func(href string) string {
		return strings.NewReplacer("<p>Mayor", `<h2><a href="`+href+`1">The cost</a></h2><p>Mayor`, "<p>A museum", `<h2><a href="`+href+`2">The museum</a></h2><p>A museum`,
			"<p>The last", `<h2><a href="`+href+`3">The last trip</a></h2><p>The last`).Replace(body)
	}
	for name, html := range map[string]string{
		"headings lead to places in the page": around("", linked("#part")),
		"headings lead to other sites":        around("", linked("https://karnby.example/")),
		"JSON-LD has the article":             around(ld(article), linked("/")),
		"teasers behind it":                   around("", body+`<h2><a href="/1">Whale looks in</a></h2><p>It came as far as the second buoy.</p><h2><a href="/2">Baker strikes</a></h2><p>He is the only baker of the island.</p><h2><a href="/3">Bridge painted</a></h2><p>The bridge is painted green again.</p>`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := read(t, html); d.Refused != "" || !strings.Contains(all(d), "will play on deck.") {
				t.Errorf("refused is %q; got:\n%s", d.Refused, all(d))
			}
		})
	}
}

func TestReadingTime(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"4 min read", "Reading time: 4 minutes", "Lesezeit: 4 Min.", "Tempo de leitura: 1 minuto", "4 minutos de lectura", "Three minutes to read"} {
		d := read(t, around("", "<p>"+line+"</p>"+body))
		if got := texts(d); len(got) != 4 || !strings.HasPrefix(got[0], "The council") {
			t.Errorf("%s: got %q", line, got)
		}
	}
	d := read(t, around("", strings.Replace(body, "<p>Mayor", "<p>It takes four minutes to read the contract, and eleven to sign it, Brand told the council.</p><p>Mayor", 1)))
	if got := texts(d); len(got) != 5 {
		t.Errorf("a sentence is taken for a reading time: got %q", got)
	}
}

// entries are those of a live report, newest first.
func entries(write func(clock, text string) string) string {
	var b strings.Builder
	for i, text := range []string{
		"It has arrived, and the crowns have changed hands in front of everyone.",
		"The ferry is late.",
		"The mayor of Karnby waits on the quay with two crowns in her hand, as she told us by telephone.",
		"Halfway over the sound the band has stopped, because the tuba player is seasick.",
		"The ferry has left the harbour with some three hundred people on board and a brass band.",
	} {
		b.WriteString(write(fmt.Sprintf("1%d:05", 4-i), text))
	}
	return b.String()
}

func TestLiveForms(t *testing.T) {
	t.Parallel()
	forms := map[string]string{
		"elements":          entries(func(c, s string) string { return `<div class="e"><time>` + c + `</time><p>` + s + `</p></div>` }),
		"items":             `<p class="badge">LIVE</p><ul>` + entries(func(c, s string) string { return `<li><time>` + c + `</time> ` + s + `</li>` }) + `</ul>`,
		"headings":          `<h2>Live updates</h2>` + entries(func(c, s string) string { return `<h3><time>` + c + `</time></h3><p>` + s + `</p>` }),
		"without time":      `<h2>Latest updates</h2>` + entries(func(c, s string) string { return `<section><span class="t">` + c + `</span><p>` + s + `</p></section>` }),
		"bold":              `<h2>Live blog</h2>` + entries(func(c, s string) string { return `<p><strong>` + c + `</strong> ` + s + `</p>` }),
		"lines":             `<div>LIVE</div>` + entries(func(c, s string) string { return `<div>` + c + `</div><p>` + s + `</p>` }),
		"twelve hours":      `<h2>Live blog</h2>` + entries(func(c, s string) string { return `<p><b>` + c[1:] + ` p.m.</b></p><p>` + s + `</p>` }),
		"its title says it": entries(func(c, s string) string { return `<p>` + c + ` – ` + s + `</p>` }),
		"with a time ago too": `<h2>Live</h2>` + entries(func(c, s string) string {
			return `<div><div><time>` + c + `</time></div><div>2 hours ago</div><p>` + s + `</p></div>`
		}),
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			html := around("", `<time datetime="2025-05-04">4 May 2025</time><p>We report from the deck of the ferry all day.</p>`+form)
			if name == "its title says it" {
				html = strings.ReplaceAll(html, "Ostrel sells its ferry", "Live: Ostrel sells its ferry")
			}
			d := read(t, html)
			got, last := all(d), -1
			for _, w := range []string{"4:05", "It has arrived", "3:05", "The ferry is late.", "2:05", "The mayor of Karnby", "1:05", "Halfway over", "0:05", "The ferry has left"} {
				at := strings.Index(got, w)
				if at <= last {
					t.Errorf("%q is missing or not in its place in:\n%s", w, got)
				}
				last = at
			}
			if !isLive(d) {
				t.Errorf("warnings are %v", d.Warnings)
			}
			if strings.Contains(got, "4 May 2025") {
				t.Errorf("the day stands in:\n%s", got)
			}
			if name != "elements" && !strings.Contains(got, "from the deck") {
				t.Errorf("the lead is missing in:\n%s", got)
			}
		})
	}
}

func isLive(d *document.Document) bool {
	return slices.ContainsFunc(d.Warnings, func(n document.Note) bool { return strings.Contains(n.Reason, "live report") })
}

// TestNotLive are articles with times.
func TestNotLive(t *testing.T) {
	t.Parallel()
	for name, html := range map[string]string{
		"times in sentences": around("", strings.NewReplacer("on Monday", "at 14:05 on Monday", "had cost", "had, at 15:10, cost", "in May", "in May at 11:30").Replace(body)),
		"programme":          around("", body+entries(func(c, s string) string { return `<p>` + c + ` ` + s + `</p>` })),
		"where to live":      strings.ReplaceAll(around("", body+entries(func(c, s string) string { return `<p>` + c + ` ` + s + `</p>` })), "Ostrel sells its ferry", "Where to live in Ostrel"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := read(t, html); isLive(d) {
				t.Errorf("warnings are %v", d.Warnings)
			}
		})
	}
}

func TestDropsHaveReasons(t *testing.T) {
	t.Parallel()
	d := read(t, `<html lang="en"><head><title>Ostrel sells its ferry to Karnby | Sound Courier</title></head><body>
<header><nav><ul><li><a href="/n">All the news of the sound</a></li></ul></nav></header>
<main><article><header><h1>Ostrel sells its ferry to Karnby</h1><p class="byline">By Vera Holt, who lives on the quay</p><p>Reading time of this story: four minutes</p><div>Share this with a friend of yours</div></header>`+body+`</article>
<article><h2>Another story of the day</h2><p>A ferry ran aground off Carra in the fog.</p></article>
<section class="comments"><h3>Two readers have written</h3><p>I never liked that boat anyway.</p></section></main>
<aside><h3>Most read</h3><ol><li><a href="/1">Whale looks into the harbour again</a></li></ol><p>It is free, and many people read it.</p></aside>
<footer><p>All rights reserved by the Courier.</p></footer></body></html>`)
	for text, reason := range map[string]string{
		"Ostrel sells its ferry to Karnby":          "title of the page",
		"By Vera Holt, who lives on the quay":       "by-line",
		"Reading time of this story: four minutes":  "reading time",
		"Share this with a friend of yours":         "head of the article",
		"All the news of the sound":                 "navigation",
		"Another story of the day":                  "another article of the page",
		"A ferry ran aground off Carra in the fog.": "another article of the page",
		"I never liked that boat anyway.":           "reader comments",
		"Whale looks into the harbour again":        "links",
		"It is free, and many people read it.":      "beside the article",
		"All rights reserved by the Courier.":       "foot of the page",
	} {
		i := slices.IndexFunc(d.Dropped, func(x document.Drop) bool { return x.Text == text })
		if i < 0 {
			t.Errorf("%q is not listed", text)
		} else if d.Dropped[i].Reason != reason {
			t.Errorf("%q: got reason %q, want %q", text, d.Dropped[i].Reason, reason)
		}
	}
}

func TestShortTextInScripts(t *testing.T) {
	t.Parallel()
	linked := ld(`{"@type":"NewsArticle","headline":"Ostrel sells its ferry","articleBody":"The council of Ostrel voted on Monday to sell the old ferry.\n\nA museum in Karnby wants to buy it for one crown, but the council has asked for two."}`)
	for name, shown := range map[string]string{
		"nothing": `<div id="root"></div>`,
		"notice":  `<noscript>Please enable JavaScript.</noscript><div id="root">JavaScript is required to read this page.</div>`,
		"menu":    `<nav><a href="/">Home</a></nav><div id="root">Loading</div>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := read(t, `<html><head><title>Ostrel sells its ferry</title>`+linked+`</head><body>`+shown+`</body></html>`)
			if got := texts(d); len(got) != 2 || !strings.HasPrefix(got[1], "A museum") || d.Refused != "" || len(d.Warnings) == 0 {
				t.Errorf("got %q, refused %q, warnings %v", got, d.Refused, d.Warnings)
			}
		})
	}
}

func TestOpenMediaInNITF(t *testing.T) {
	t.Parallel()
	for name, media := range map[string]string{
		"closed":               `<block><media media-type="image"><media-reference source="a.jpg"/><media-caption>A ferry.</media-caption></media>`,
		"not closed":           `<block><media media-type="image"><media-reference source="a.jpg"/><media-caption>A ferry.</media-caption>`,
		"caption not closed":   `<block><media media-type="image"><media-reference source="a.jpg"/><media-caption>A ferry.`,
		"nothing of it closed": `<block><media media-type="image"><media-reference source="a.jpg"><media-caption>A ferry.`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := read(t, `<nitf><body><body.content>`+media+`</block><block>`+body+`</block></body.content></body></nitf>`)
			if got := texts(d); len(got) != 4 || !strings.HasSuffix(got[3], "will play on deck.") {
				t.Errorf("got %q, dropped %v", got, d.Dropped)
			}
			inner := read(t, `<nitf><body><body.content>`+media+`<block>`+body+`</block></block></body.content></body></nitf>`)
			if got := texts(inner); len(got) != 4 || !strings.HasSuffix(got[3], "will play on deck.") {
				t.Errorf("within: got %q, dropped %v", got, inner.Dropped)
			}
		})
	}
}

func TestHeadInOneLine(t *testing.T) {
	t.Parallel()
	for head, want := range map[string]string{
		"<p>Published: 12/01/2026 07:55 • By Vera Holt • 4 min read</p>": "By Vera Holt",
		"<p>12 January 2026 | Von Vera Holt | Kultur</p>":                "Von Vera Holt",
		"<p>Words by Vera Holt · 12 January 2026</p>":                    "by Vera Holt",
	} {
		d := read(t, around("", head+body))
		if got := values(d, document.Author); !slices.Contains(got, want) {
			t.Errorf("%s: got authors %q", head, got)
		}
		if got := values(d, document.Published); len(got) == 0 || strings.Contains(got[0], "Holt") {
			t.Errorf("%s: got dates %q", head, got)
		}
	}
	titled := strings.ReplaceAll(around("", body), "Ostrel sells its ferry", "Ostrel sells • its old ferry | today")
	if got := values(read(t, titled), document.Title); slices.Contains(got, "Ostrel sells") || slices.Contains(got, "its old ferry") {
		t.Errorf("got titles %q", got)
	}
}

func TestTwoObjectsOfAnArticle(t *testing.T) {
	t.Parallel()
	more := `{"@type":"Article","headline":"Ostrel sells its ferry","url":"https://soundcourier.example/ferry","author":"Somebody Else","contentLocation":{"@type":"Place","name":"Ostrel"}}`
	for name, c := range map[string]struct {
		second string
		place  bool
	}{
		"of the same address": {more, true},
		"of another address":  {strings.Replace(more, "/ferry", "/cow", 1), false},
		"of another headline": {strings.Replace(more, "sells its", "loses its", 1), false},
		"of no address":       {strings.Replace(more, `"url":"https://soundcourier.example/ferry",`, "", 1), true},
	} {
		d := read(t, around(ld(article)+ld(c.second), body))
		if got := slices.Contains(values(d, document.Place), "Ostrel"); got != c.place {
			t.Errorf("%s: its place is stated: %v, want %v", name, got, c.place)
		}
		if got := values(d, document.Author); slices.Contains(got, "Somebody Else") {
			t.Errorf("%s: got authors %q", name, got)
		}
	}
}
