package read

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/corpus"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// writeFiles makes a folder of files, by path.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func ids(r *Reading) []string {
	var out []string
	for _, a := range r.Articles {
		out = append(out, a.ID)
	}
	return out
}

// TestShortPage: a page of a heading and a paragraph on one line keeps them apart.
func TestShortPage(t *testing.T) {
	const page = `<html><head><title>Fares on the tram</title></head><body><nav>Menu</nav><article><h1>Fares on the tram</h1>` +
		`<p>A ticket for the new tram costs three euros, the transport authority said.</p><p>Children under six ride free of charge.</p></article></body></html>`
	r, err := Read(t.Context(), []string{writeFiles(t, map[string]string{"a.html": page})}, Options{})
	if err != nil || len(r.Articles) != 1 {
		t.Fatalf("got %d articles, error %v", len(r.Articles), err)
	}
	const want = "A ticket for the new tram costs three euros, the transport authority said.\n\nChildren under six ride free of charge."
	if got := r.Articles[0].Body; got != want {
		t.Errorf("got body %q, want %q", got, want)
	}
	if got := r.Articles[0].Title; got != "Fares on the tram" {
		t.Errorf("got title %q", got)
	}
}

// refusals are "file:line: reason" with the path inside of dir.
func refusals(list []Refusal, dir string) []string {
	var out []string
	for _, r := range list {
		out = append(out, filepath.ToSlash(strings.TrimPrefix(r.String(), dir+string(filepath.Separator))))
	}
	return out
}

func TestReadFolder(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"b.txt":            "The second text is here.",
		"a.md":             "---\nid: first\n---\nThe first text is here.",
		"sub/deep/c.jsonl": `{"text":"The third text is here."}` + "\n\n" + `{"id":"four","text":"The fourth text is here."}`,
		"sub/.hidden.txt":  "Hidden.",
		".git/x.txt":       "Hidden, too.",
		"photo.jpg":        "a,b",
	})
	if err := os.Symlink("..", filepath.Join(dir, "sub", "loop")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if err := os.Symlink("nowhere.txt", filepath.Join(dir, "z.txt")); err != nil {
		t.Fatal(err)
	}
	calls := 0
	r, err := Read(t.Context(), []string{dir}, Options{Progress: func(done, total int) {
		if calls++; done != calls || total != 3 {
			t.Errorf("call %d of progress says %d of %d", calls, done, total)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(r), []string{"first", "b.txt", "sub/deep/c.jsonl:1", "four"}; !slices.Equal(got, want) {
		t.Errorf("got articles %q, want %q", got, want)
	}
	if got, want := refusals(r.Refused, dir), []string{"z.txt: is a link to nothing"}; !slices.Equal(got, want) {
		t.Errorf("got refused %q, want %q", got, want)
	}
	if len(r.Ignored) != 1 || filepath.Base(r.Ignored[0]) != "photo.jpg" {
		t.Errorf("got ignored %q", r.Ignored)
	}
	if calls != 3 || r.Files != 3 || r.Bytes == 0 {
		t.Errorf("got %d calls of progress, %d files, %d bytes", calls, r.Files, r.Bytes)
	}
	single, err := Read(t.Context(), []string{filepath.Join(dir, "sub", "deep", "c.jsonl")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(single), []string{"c.jsonl:1", "four"}; !slices.Equal(got, want) {
		t.Errorf("got articles %q of a single file, want %q", got, want)
	}
}

func TestReadNothing(t *testing.T) {
	empty := t.TempDir()
	for name, tt := range map[string]struct{ path, want string }{
		"no such path": {filepath.Join(empty, "none"), "is not there: name a folder or file of articles"},
		"empty folder": {empty, "no articles: put files there that parley reads"},
		"other format": {filepath.Join(writeFiles(t, map[string]string{"a.xlsx": "PK\x03\x04"}), "a.xlsx"), "is a spreadsheet: save it as .csv"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(t.Context(), []string{tt.path}, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || r == nil {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	ok := "The text of this article is here."
	opts := Options{Limits: limit.Limits{ArticleBytes: 200, FileBytes: 1000}}
	for _, tt := range []struct {
		name, file, content string
		want                []string
		articles            int
	}{
		{"empty", "a.txt", "", []string{"a.txt: is empty"}, 0},
		{"blank", "a.txt", " \n\t\n", []string{"a.txt: is empty"}, 0},
		{"only a title", "a.md", "# Title of it here", []string{"a.md: has no text"}, 0},
		{"huge", "a.txt", strings.Repeat("word ", 41), []string{"a.txt: has 205 bytes, more than the 200 that such a file may have"}, 0},
		{"huge lines file", "a.jsonl", strings.Repeat("\n", 1001), []string{"a.jsonl: has 1001 bytes, more than the 1000 that such a file may have"}, 0},
		{"huge line", "a.jsonl", `{"text":"` + ok + "\"}\n" + `{"text":"` + strings.Repeat("x", 200) + `"}`, []string{"a.jsonl:2: has more than 200 bytes, the limit for one article"}, 1},
		{"binary", "a.txt", "GIFT, it is a picture format\x00\x00\x00 of the web", []string{"a.txt: is binary, of a kind that is not known: not read"}, 0},
		{"control characters", "a.txt", "one\ntwo \x01\x02\x03\x04 three", []string{"a.txt: is binary, of a kind that is not known: not read"}, 0},
		{"lost characters", "a.txt", "one\ntwo \uFFFD\uFFFD\uFFFD three", []string{"a.txt:2: is damaged, 3 of 17 characters are lost; save it as UTF-8"}, 0},
		{"video", "a.txt", "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41", []string{"a.txt: is a video (MP4): not read"}, 0},
		{"no main text", "a.html", "<html><title>x</title><body></body></html>", []string{"a.html: has no text"}, 0},
		{"not JSON", "a.jsonl", "{\"text\":\"" + ok + "\"}\nnot json\n{\"text\":5}\n{\"title\":\"x\"}\n[]\n{\"text\":\"  \"}", []string{
			`a.jsonl:2: is not JSON: "not json" is no value`,
			`a.jsonl:3: has no text: "text" is a number, 5`,
			`a.jsonl:4: has no "text", "content" or "body", only "title"`,
			"a.jsonl:5: is a list, not an article",
			`a.jsonl:6: has no text: "text" is empty`,
		}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := writeFiles(t, map[string]string{tt.file: tt.content, "z.txt": "Another text is here, so that the rest goes on."})
			r, err := Read(t.Context(), []string{dir}, opts)
			if err != nil {
				t.Fatal(err)
			}
			if got := refusals(r.Refused, dir); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if got := len(r.Articles); got != tt.articles+1 {
				t.Errorf("got %d articles, want %d", got, tt.articles+1)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const want = "Café society – “for hours” – met in München."
	utf16 := func(order string, mark bool) string {
		var b strings.Builder
		put := func(r rune) {
			if order == "le" {
				b.WriteByte(byte(r))
				b.WriteByte(byte(r >> 8))
			} else {
				b.WriteByte(byte(r >> 8))
				b.WriteByte(byte(r))
			}
		}
		if mark {
			put('\uFEFF')
		}
		for _, r := range want {
			put(r)
		}
		return b.String()
	}
	latin := "Caf\xe9 society \x96 \x93for hours\x94 \x96 met in M\xfcnchen."
	for name, content := range map[string]string{
		"utf-8":            want,
		"utf-8 with mark":  "\uFEFF" + want,
		"windows-1252":     latin,
		"utf-16le":         utf16("le", false),
		"utf-16be":         utf16("be", false),
		"utf-16le, marked": utf16("le", true),
		"utf-16be, marked": utf16("be", true),
		"mended":           "CafÃ\u00a9 society â\u0080\u0093 â\u0080\u009cfor hoursâ\u0080\u009d â\u0080\u0093 met in München.",
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(t.Context(), []string{writeFiles(t, map[string]string{"a.txt": content})}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Replace(r.Articles[0].Body, "CafÃ©", "Café", 1) // mended only where a control shows it
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	t.Run("mixed lines", func(t *testing.T) {
		content := `{"id":"a","text":"Café is UTF-8."}` + "\n" + `{"id":"b","text":"` + latin + `"}` + "\n"
		r, err := Read(t.Context(), []string{writeFiles(t, map[string]string{"a.jsonl": content})}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Articles[0].Body != "Café is UTF-8." || r.Articles[1].Body != want {
			t.Errorf("got %q and %q", r.Articles[0].Body, r.Articles[1].Body)
		}
	})
}

func TestJSONL(t *testing.T) {
	text := `Advertisement\n\nSeasonality recurs over a one - year period .  Read more: nothing.\n* Item one\n\nLeave a Reply`
	content := `{"id":7,"title":"T\nx","publisher":"P","author":["A","B"],"date":"2023-09-26T17:01:22+02:00","url":"https://e.org","text":"` + text + `","extra":1}` +
		"\n" + `{"id":"n","text":"On May 5, 2020 it began.","date":"soon"}` + "\n" + `{"id":"o","text":"On May 5, 2020 it began again.","publisher":"P","date":null}`
	dir := writeFiles(t, map[string]string{"a.jsonl": content})
	r, err := Read(t.Context(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := r.Articles[0]
	if want := "Advertisement\n\nSeasonality recurs over a one - year period . Read more: nothing.\n\nItem one\n\nLeave a Reply"; a.Body != want {
		t.Errorf("got body %q, want %q", a.Body, want)
	}
	want := corpus.Article{ID: "7", Title: "T x", Publisher: "P", Author: "A, B", URL: "https://e.org", Published: time.Date(2023, 9, 26, 15, 1, 22, 0, time.UTC)}
	if !sameArticle(a, want) {
		t.Errorf("got %+v, want %+v", a, want)
	}
	if got := refusals(r.Warnings, dir); len(got) != 1 || got[0] != `a.jsonl:2: date "soon" is not understood: write it as 2026-01-17` {
		t.Errorf("got warnings %q", got)
	}
	if !r.Articles[1].Event.IsZero() || r.Articles[2].Event.IsZero() {
		t.Errorf("got events %v and %v, want one for the report only", r.Articles[1].Event, r.Articles[2].Event)
	}
	if len(r.Dropped) > 0 {
		t.Errorf("got dropped %v", r.Dropped)
	}
}

func TestMarkdown(t *testing.T) {
	content := "---\r\nid: m1\r\ntitle: \"Bridge: open\"\r\npublisher: P\r\nauthor: [A B, C D]\r\nplace: Kyiv\r\nurl: https://e.org\r\ndate: 2025-12-02\r\nevent_date: 2025-12-01\r\ntags: [x]\r\n---\r\n\r\n" +
		"# Bridge: open\r\n\r\nFirst [link](http://x) and *strong*\r\nwords go on. Second.\r\n\r\n## Section\r\n\r\n* Point one.\r\n* Point two.\r\n\r\n![image](x.png)\r\n\r\n> Quoted words are here.\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\nAdvertisement\r\n"
	dir := writeFiles(t, map[string]string{"a.md": content})
	r, err := Read(t.Context(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := r.Articles[0]
	if want := "First link and strong words go on. Second.\n\nSection\n\nPoint one.\n\nPoint two.\n\nQuoted words are here.\n\na | b\n\n1 | 2"; a.Body != want {
		t.Errorf("got body %q, want %q", a.Body, want)
	}
	day := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	want := corpus.Article{ID: "m1", Title: "Bridge: open", Publisher: "P", Author: "A B, C D", Place: "Kyiv", URL: "https://e.org", Published: day.AddDate(0, 0, 1), Event: day}
	if !sameArticle(a, want) {
		t.Errorf("got %+v, want %+v", a, want)
	}
	if len(a.Headings) != 1 || a.Body[a.Headings[0].Start:a.Headings[0].End] != "Section" {
		t.Errorf("got headings %v", a.Headings)
	}
	if got, want := fmt.Sprint(r.Dropped["m1"]), "[{13 Bridge: open title} {31 Advertisement advertising}]"; got != want {
		t.Errorf("got dropped %s, want %s", got, want)
	}
}

func TestHTML(t *testing.T) {
	page := `<!doctype html><html><head><meta charset="iso-8859-1"><title>Bridge opens - The Example</title>
<meta property="og:site_name" content="The Example"><meta property="og:title" content="Bridge opens after two years">
<meta name="author" content="Jane Doe"><script type="application/ld+json">{"@type":"NewsArticle","datePublished": "2025-11-30T08:00:00Z"}</script>
<link rel="canonical" href="https://example.org/news/bridge"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Bridge opens after two years</h1>
<figure><img src="a.jpg"><figcaption>The bridge on Friday. (AP Photo/John Roe)</figcaption></figure>
<p>The bridge over the river was opened on Sunday after two years of work, the mayor said at a ceremony in the rain. It cost 12 million euros.</p>
<p>Drivers had waited for a long time. &ldquo;We are glad,&rdquo; said Ol` + "\xe9" + `na, a taxi driver from the left bank who crosses the river ten times a day.</p>
<h2>What comes next</h2>
<p>The city will now repair the old bridge upstream, which has been closed to lorries since the floods of 2023 and needs new piers.</p>
<ul><li>The old bridge closes in January.</li><li>Ferries run until March.</li></ul>
<p>Advertisement</p>
<p>Engineers expect the work to take nine months, according to a report that the council published last week on its website.</p>
</article><aside><h3>Related stories</h3><ul><li><a href="1">Tram line closes for the summer months</a></li></ul></aside>
<footer>&copy; 2025 The Example. All rights reserved. <a href="/p">Privacy policy</a></footer></body></html>`
	r, err := Read(t.Context(), []string{writeFiles(t, map[string]string{"a.html": page})}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := r.Articles[0]
	want := corpus.Article{ID: "a.html", Title: "Bridge opens after two years", Publisher: "The Example", Author: "Jane Doe", URL: "https://example.org/news/bridge", Published: time.Date(2025, 11, 30, 8, 0, 0, 0, time.UTC)}
	if !sameArticle(a, want) {
		t.Errorf("got %+v, want %+v", a, want)
	}
	c, err := corpus.New(r.Articles)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Sentences); got != 9 {
		t.Errorf("got %d sentences, want 9: %q", got, a.Body)
	}
	for _, gone := range []string{"Home", "AP Photo", "Advertisement", "Tram", "rights reserved", "Privacy"} {
		if strings.Contains(a.Body, gone) {
			t.Errorf("%q is still there", gone)
		}
	}
	for _, kept := range []string{"said Oléna,", "What comes next", "Ferries run until March.", "Engineers expect"} {
		if !strings.Contains(a.Body, kept) {
			t.Errorf("%q is gone", kept)
		}
	}
	if len(a.Headings) != 1 {
		t.Errorf("got headings %v", a.Headings)
	}
}

func TestDuplicates(t *testing.T) {
	var words strings.Builder
	for i := range 300 {
		fmt.Fprintf(&words, "word%d ", i*i%997)
	}
	long := words.String()
	dir := writeFiles(t, map[string]string{
		"1.jsonl": `{"id":"a","text":"` + long + `end."}` + "\n" + `{"id":"a","text":"Something else is here."}`,
		"2.jsonl": `{"id":"b","text":"` + long + `end."}` + "\n" + `{"id":"c","publisher":"P","text":"` + long + `end."}`,
		"3.jsonl": `{"id":"d","text":"` + long + `other end, changed."}` + "\n" + `{"id":"e","text":"` + long[:len(long)/2] + `is half."}`,
	})
	r, err := Read(t.Context(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(r), []string{"a", "c", "d", "e"}; !slices.Equal(got, want) {
		t.Errorf("got articles %q, want %q", got, want)
	}
	var got []string
	for _, d := range r.Duplicates {
		got = append(got, fmt.Sprintf("%s %s %s %.1f", d.ID, d.Kind, d.Of, d.Similarity))
	}
	if want := []string{"a same_id a 1.0", "b identical a 1.0", "c near a 1.0", "d near a 1.0"}; !slices.Equal(got, want) {
		t.Errorf("got duplicates %q, want %q", got, want)
	}
	if got, want := refusals(r.Refused, dir), []string{`1.jsonl:2: has the ID "a" of an article before it`, `2.jsonl:1: has the same text as "a"`}; !slices.Equal(got, want) {
		t.Errorf("got refused %q, want %q", got, want)
	}
}

// TestSameIDs: two exports that count from 1 lose nothing.
func TestSameIDs(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"a.jsonl": `{"id":1,"text":"The baker of Orlen closed on Monday."}` + "\n" + `{"id":1,"text":"The mill of Orlen closed on Friday."}`,
		"b.jsonl": `{"id":1,"text":"The ferry of Orlen sank on Sunday."}`,
		"c.jsonl": `{"id":1,"text":"The baker of Orlen closed on Monday."}`,
	})
	r, err := Read(t.Context(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(r), []string{"1", "b.jsonl:1"}; !slices.Equal(got, want) {
		t.Errorf("got articles %q, want %q", got, want)
	}
	if got, want := refusals(r.Warnings, dir), []string{`b.jsonl:1: its ID "1" is that of an article of another file: it is "b.jsonl:1" here`}; !slices.Equal(got, want) {
		t.Errorf("got warnings %q, want %q", got, want)
	}
	if got, want := refusals(r.Refused, dir), []string{`a.jsonl:2: has the ID "1" of an article before it`, `c.jsonl:1: has the ID "1" of an article before it`}; !slices.Equal(got, want) {
		t.Errorf("got refused %q, want %q", got, want)
	}
}

func TestTalks(t *testing.T) {
	r, err := Talks()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Articles) != 5 || len(r.Warnings) > 0 || len(r.Duplicates) > 0 {
		t.Errorf("got %d articles, warnings %v, duplicates %v", len(r.Articles), r.Warnings, r.Duplicates)
	}
	for i := range r.Articles {
		a := &r.Articles[i]
		if a.ID == "" || r.Origins[a.ID][document.Title] != `front matter "title"` || a.Event.IsZero() || len(r.Dropped[a.ID]) > 0 {
			t.Errorf("got %s, title from %q, event %v, dropped %v", a.ID, r.Origins[a.ID][document.Title], a.Event, r.Dropped[a.ID])
		}
	}
}

// TestTalksAreClean: cleaning, which Talks leaves out, would change nothing.
func TestTalksAreClean(t *testing.T) {
	r, err := Talks()
	if err != nil {
		t.Fatal(err)
	}
	cleaned, err := Read(t.Context(), []string{filepath.Join("..", "talks")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r.Articles, cleaned.Articles) || len(cleaned.Dropped) > 0 {
		t.Errorf("got %v\nand after cleaning %v\ndropped %v", r.Articles, cleaned.Articles, cleaned.Dropped)
	}
}

func sameArticle(a, b corpus.Article) bool {
	return a.ID == b.ID && a.Title == b.Title && a.Publisher == b.Publisher && a.Author == b.Author &&
		a.Place == b.Place && a.URL == b.URL && a.Published.Equal(b.Published) && a.Event.Equal(b.Event)
}

// TestRealPages guards the cleaning of five pages as they were found. Their
// text is not ours to keep in the repository: the bodies are known by a hash,
// made after a reading of what was kept and dropped.
func TestRealPages(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "articles")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the pages are not on this machine: %v", err)
	}
	r, err := Read(t.Context(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Articles) != 5 || len(r.Refused) > 0 || len(r.Duplicates) > 0 {
		t.Fatalf("got %d articles, refused %v, duplicates %v", len(r.Articles), r.Refused, r.Duplicates)
	}
	for i, want := range []struct {
		sentences, headings, dropped               int
		titleFrom, publisher, author, place, event string
		hash                                       string // of the body, its first 16 digits
	}{
		{19, 0, 5, "line above the text", "", "", "", "2025-12-02", "9159ddec745b1478"},
		{40, 5, 5, "line above the text", "", "", "", "2025-12-02", "4eddcd1b00addf70"},
		{47, 0, 20, "line above the text", "Newslooks", "J. Mansour", "Washington", "2025-12-02", "fec577aefe497460"},
		{26, 5, 1, "first heading", "", "", "", "2025-12-02", "0e97e87b46389c26"},
		{24, 0, 0, "first words", "", "", "", "2025-12-03", "07cf853dd83ba243"},
	} {
		a := &r.Articles[i]
		t.Run(a.ID, func(t *testing.T) {
			for _, gone := range []string{
				"Leave a Reply", "Required fields", "Back To Top", "Tags", "Reuters", "Photo", "Quick Looks", "Deep Look", "Previous Article",
				"Costco", "Drug Boat", "Vote count", "Latest News", "Menu", "More on US News", "Morning Edition", "Newslooks",
				"pic.twitter.com", "@", "Top Story", "_",
			} {
				for line := range strings.SplitSeq(a.Body, "\n") {
					if strings.Contains(line, gone) {
						t.Errorf("%q is still there: %s", gone, line)
					}
				}
			}
			if strings.Contains(a.Body, a.Title+"\n") != (want.titleFrom == "first heading") {
				t.Errorf("title from %s is in the body or not", want.titleFrom)
			}
			sum := sha256.Sum256([]byte(a.Body))
			if got := hex.EncodeToString(sum[:8]); got != want.hash {
				t.Errorf("got body %s, want %s: read what changed before changing the hash", got, want.hash)
			}
			if got := len(corpus.SplitSentences(a)); got != want.sentences {
				t.Errorf("got %d sentences, want %d", got, want.sentences)
			}
			if got := len(a.Headings); got != want.headings {
				t.Errorf("got %d headings, want %d", got, want.headings)
			}
			if got := len(r.Dropped[a.ID]); got != want.dropped {
				t.Errorf("got %d lines dropped, want %d", got, want.dropped)
			}
			if r.Origins[a.ID][document.Title] != want.titleFrom || a.Publisher != want.publisher || a.Author != want.author || a.Place != want.place {
				t.Errorf("got title from %q, publisher %q, author %q, place %q", r.Origins[a.ID][document.Title], a.Publisher, a.Author, a.Place)
			}
			if got := a.Event.Format(time.DateOnly); got != want.event || !a.Published.IsZero() {
				t.Errorf("got event %s, published %v, want %s and none", got, a.Published, want.event)
			}
		})
	}
}
