package web

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// wrongWith lists what no page may have: a script or style that did not come with the
// program, a handler, an image, a link that is none of the web, one that tells where it
// was followed.
func wrongWith(page string) []string {
	var wrong []string
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				wrong = append(wrong, n.Data+" has "+a.Key)
			}
		}
		switch n.Data {
		case "script":
			if at["src"] != "/static/page.js" || n.FirstChild != nil {
				wrong = append(wrong, "a script of its own")
			}
		case "img", "iframe", "object", "embed", "style", "base", "svg", "math", "goats":
			wrong = append(wrong, "an element "+n.Data)
		}
		if href, ok := at["href"]; ok && !strings.HasPrefix(href, "/") && href != "#main" {
			if u, err := url.Parse(href); err != nil || u.Scheme != "http" && u.Scheme != "https" {
				wrong = append(wrong, "a link to "+href)
			}
			if at["rel"] != "noopener noreferrer" {
				wrong = append(wrong, "a link that tells where it was followed: "+href)
			}
		}
		if to, ok := at["action"]; ok && !strings.HasPrefix(to, "/") {
			wrong = append(wrong, "a form for "+to)
		}
	}
	return wrong
}

// TestWrongWith guards that the check of pages finds what it is for.
func TestWrongWith(t *testing.T) {
	t.Parallel()
	for _, page := range [...]string{
		script, image, `<a href="` + evil + `">x</a>`, `<a href="https://a.example/">x</a>`, `<p style="x">`, `<a href="//a.example/" onclick="x">`,
		`<script src="/static/page.js">alert(1)</script>`, `<form action="https://a.example/">`, `<svg onload=alert(1)>`,
	} {
		if len(wrongWith(page)) == 0 {
			t.Errorf("%s passes", page)
		}
	}
}

// TestScripting guards that what articles and people write is text, whatever it looks
// like: text, title, outlet, author, address, ID and files of articles, questions,
// statements, topics, filters, reasons, tokens.
func TestScripting(t *testing.T) {
	t.Parallel()
	s := standard(t)
	hostile := town().Articles[2]
	texts := []string{script, image, evil, "</textarea>" + script, "{{.}}", "\u202e" + script, "What about the ferry " + image + "?"}
	pages := map[string]answerOf{
		"goats":    s.post("/ask", "kind", "ask", "text", "How many goats did the ferry Sandpiper carry to Port Ellery?"),
		"captain":  s.post("/ask", "kind", "ask", "text", "What is the captain of the ferry Sandpiper called?"),
		"cite":     s.post("/ask", "kind", "cite", "text", "The ferry Sandpiper carried 40 goats to Port Ellery on Monday."),
		"articles": s.get("/articles"), "topic": s.get("/articles?topic=ferry"), "reading": s.get("/reading"),
		"article": s.get("/article?start=0&end=20&id=" + url.QueryEscape(hostile.ID)),
		"part":    s.get("/article?start=0&end=20&id="+url.QueryEscape(hostile.ID), "X-Part", "1"),
		"home":    s.get("/"), "about": s.get("/about"), "language": s.get("/about", "Accept-Language", image),
	}
	pages["goats"].has(t, 200, "goats &#34;&gt;&lt;img", "&lt;script&gt;alert(1)&lt;/script&gt; Ferry")
	pages["articles"].has(t, 200, "&lt;script&gt;alert(1)&lt;/script&gt; Ferry", "&#34;&gt;&lt;img src=x")
	for _, text := range texts {
		pages["ask "+text] = s.post("/ask", "kind", "ask", "text", text, "article", text, "since", text, "until", text)
		pages["question "+text] = s.post("/ask", "kind", text, "text", text)
		pages["cite "+text] = s.post("/ask", "kind", "cite", "text", text)
		pages["topic "+text] = s.get("/articles?topic=" + url.QueryEscape(text))
		pages["id "+text] = s.get("/article?id=" + url.QueryEscape(text) + "&start=" + url.QueryEscape(text))
		pages["path "+text] = s.get("/" + url.PathEscape(text))
		pages["press "+text] = s.post("/press", "action", text, "text", text)
		pages["do "+text] = s.post("/do", "what", text)
		for _, e := range s.stream("/ask", "kind", "ask", "text", "The ferry? "+text) {
			pages["event "+text] = answerOf{pages["home"].Response, e[1]}
		}
	}
	pages["gaps"] = s.get("/gaps")
	locked := serve(t, Options{Bot: loaded(t, nil), Token: "a token that nobody guesses"})
	pages["login"] = locked.post("/login", "token", script+image)
	for name, page := range pages {
		for _, wrong := range wrongWith(page.Text) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
	// As JSON it is what it is, of a type that no browser runs.
	got := s.get("/v1/articles/" + url.PathEscape(hostile.ID))
	if got.Header.Get("Content-Type") != "application/json" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("got %v", got.Header)
	}
}

// everywhere are requests of every kind.
var everywhere = [...][2]string{
	{"GET", "/"},
	{"POST", "/ask"},
	{"POST", "/press"},
	{"POST", "/do"},
	{"GET", "/articles"},
	{"GET", "/article"},
	{"GET", "/reading"},
	{"GET", "/about"},
	{"GET", "/gaps"},
	{"GET", "/status"},
	{"POST", "/v1/ask"},
	{"POST", "/v1/search"},
	{"POST", "/v1/cite"},
	{"GET", "/v1/sources"},
	{"GET", "/v1/articles/x"},
	{"GET", "/v1/openapi.json"},
	{"GET", "/nothing"},
	{"GET", "/v1/nothing"},
	{"PUT", "/"},
	{"GET", "/own"},
}

// TestRebinding guards that a page which has given its name the address of this server
// reads nothing here.
func TestRebinding(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, nil), Manage: true, Hosts: []string{"parley.example"}})
	for _, host := range [...]string{"evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "evil", "parley.example.evil", "xlocalhost", "127.0.0.1x", "[evil]:80"} {
		for _, at := range append(everywhere[:], [2]string{"GET", "/login"}, [2]string{"GET", "/static/page.js"}) {
			if got := s.do(at[0], at[1], "", "Host", host); got.StatusCode != http.StatusMisdirectedRequest || strings.Contains(got.Text, "Lundra") {
				t.Errorf("%s %s as %s: got %s", at[0], at[1], host, got.Status)
			}
		}
	}
	for _, host := range [...]string{"localhost", "LOCALHOST:9", "localhost.", "127.0.0.1:80", "127.9.9.9", "[::1]", "[::1]:8080", "192.0.2.7:8080", "parley.example", "Parley.Example:443"} {
		if got := s.get("/", "Host", host); got.StatusCode != http.StatusOK {
			t.Errorf("as %s: got %s", host, got.Status)
		}
	}
}

// TestForgery guards that no other page has something done here, nor loads what is here
// into itself; a link to here can be followed.
func TestForgery(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for _, at := range everywhere {
		for name, header := range map[string][]string{
			"an image":    {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"},
			"a script":    {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty", "Origin", "https://evil.example"},
			"a neighbour": {"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty", "Origin", "http://127.0.0.1:1"},
			"a frame":     {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"},
		} {
			if got := s.do(at[0], at[1], "{}", append(header, "Content-Type", "application/json")...); got.StatusCode != http.StatusForbidden {
				t.Errorf("%s of %s %s: got %s", name, at[0], at[1], got.Status)
			}
		}
	}
	for _, header := range [...][]string{{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}} {
		header = append(header, "Content-Type", "application/x-www-form-urlencoded")
		for _, path := range [...]string{"/ask", "/press", "/do", "/login", "/v1/ask", "/v1/cite"} {
			if got := s.do("POST", path, "kind=ask&text=Who&what=forget", header...); got.StatusCode != http.StatusForbidden {
				t.Errorf("a form with %v for %s: got %s", header, path, got.Status)
			}
		}
	}
	if got := s.get("/articles?topic=fire", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"); got.StatusCode != http.StatusForbidden {
		t.Errorf("another page has a topic looked up: %s", got.Status)
	}
	for _, path := range [...]string{"/", "/article?id=fire+new"} {
		if got := s.get(path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"); got.StatusCode != http.StatusOK {
			t.Errorf("a link to %s: got %s", path, got.Status)
		}
	}
	if got := s.do("POST", "/ask", "kind=ask&text=Who+is+the+mayor+of+Lundra", "Origin", s.base, "Sec-Fetch-Site", "same-origin", "Content-Type", "application/x-www-form-urlencoded"); got.StatusCode != http.StatusOK {
		t.Errorf("the page itself: got %s", got.Status)
	}
}

// TestHeaders guards what every response says to browsers, errors included.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for _, at := range everywhere {
		got := s.do(at[0], at[1], "")
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got.Header.Get(name) != want {
				t.Errorf("%s %s: %s is %q", at[0], at[1], name, got.Header.Get(name))
			}
		}
		if got.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s: other pages may read it", at[0], at[1])
		}
	}
	for _, unsafe := range [...]string{"unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*"} {
		if strings.Contains(policy, unsafe) {
			t.Errorf("the policy has %s", unsafe)
		}
	}
}

// TestTraversal guards that there is no way to a file.
func TestTraversal(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for _, path := range [...]string{
		"/static/../server.go", "/static/..%2fserver.go", "/static/%2e%2e/server.go", "/static/....//server.go", "/static/", "/static", "/static/layout.html",
		"/static/page.js/../layout.html", "/static//etc/passwd", `/static/..\server.go`, "/page/layout.html", "/v1/articles/..%2f..%2f..%2fetc%2fpasswd", "/v1/articles/%2fetc%2fpasswd",
		"/v1/articles/", "/v1/articles/%00", "/article?id=../../../../etc/passwd", "/article?id=%00", "/article?id=file:///etc/passwd", "/.git/config", "/%2e%2e/%2e%2e/etc/passwd",
	} {
		got := s.get(path)
		for _, leak := range [...]string{"root:", "package web", "{{define", "[core]"} {
			if strings.Contains(got.Text, leak) {
				t.Errorf("%s: got %s", path, got.Text)
			}
		}
		if got.StatusCode < 300 {
			t.Errorf("%s: got %s", path, got.Status)
		}
	}
	s.get("/static/page.js").has(t, 200, "use strict")
}

// TestHugeBody guards that no more is read than a request may have, however it comes.
func TestHugeBody(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for _, at := range [...][2]string{{"/ask", "application/x-www-form-urlencoded"}, {"/press", "application/x-www-form-urlencoded"}, {"/do", "application/x-www-form-urlencoded"}, {"/v1/ask", "application/json"}, {"/v1/search", "application/json"}, {"/v1/cite", "application/json"}} {
		begin := map[bool]string{true: `{"question": "`, false: "kind=ask&text="}[at[1] == "application/json"]
		endless := io.MultiReader(strings.NewReader(begin), endless{})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+at[0], endless)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", at[1])
		res, err := s.client.Do(r)
		if err != nil {
			continue // the server has hung up while it was still sent
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: got %s", at[0], res.Status)
		}
	}
	s.do("POST", "/ask", "kind=ask&text="+strings.Repeat("x", maxBody), "Content-Type", "application/x-www-form-urlencoded").has(t, http.StatusRequestEntityTooLarge, "That is too long")
	conn := s.dial()
	// It may hang up while there is still something to come.
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "+strings.Repeat("x", 4*headerBytes)+"\r\n\r\n")
	if text, err := io.ReadAll(conn); err == nil && !strings.HasPrefix(string(text), "HTTP/1.1 431") {
		t.Errorf("long headers: got %s", text)
	}
}

// endless is a text without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
