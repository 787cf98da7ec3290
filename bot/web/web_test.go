package web

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/enginetest"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/corpus"
	"parley/corpus/read"
	"parley/corpus/read/document"
	"parley/retrieval/library"
	"parley/retrieval/library/librarytest"
)

// What hostile articles and people write.
const (
	script = `<script>alert(1)</script>`
	image  = `"><img src=x onerror=alert(1)>`
	evil   = `javascript:alert(1)//`
)

func on(day int) time.Time { return time.Date(2025, 5, day, 0, 0, 0, 0, time.UTC) }

// town are articles of an invented town: two that differ, and one that is hostile all
// through.
func town() *read.Reading {
	return &read.Reading{
		Articles: []corpus.Article{
			{
				ID: "fire/old.md", Title: "Fire in Lundra", Publisher: "Lundra Courier", URL: "https://courier.example/fire?a=1&b=2", Published: on(2),
				Body:     "What happened\n\nA fire broke out in the old mill of Lundra on Friday. The fire in the old mill injured 12 people. Captain Edda Holm led the rescue from the harbor.",
				Headings: []corpus.Span{{Start: 0, End: 13}},
			},
			{
				ID: "fire new", Title: "Mill fire", Publisher: "Sandmouth Mail", Published: on(3),
				Body: "The fire in the old mill of Lundra injured 19 people. The mayor of Lundra, Aron Feld, thanked the rescuers on Saturday.",
			},
			{
				ID: "../../etc/passwd" + image, Title: script + " Ferry", Publisher: image, Author: script, URL: evil, Published: on(4),
				Body: "The ferry Sandpiper carried 40 goats " + image + " to Port Ellery on Monday </textarea>" + script + ". The captain of the ferry Sandpiper is called " + script + " Joris Pell.",
			},
		},
		Refused:    []read.Refusal{{Path: script + ".pdf", Reason: "has no text " + image}},
		Warnings:   []read.Refusal{{Path: "fire/old.md", Line: 2, Reason: "no day: " + script}},
		Dropped:    map[string][]document.Drop{"fire new": {{Line: 7, Reason: "a line of links", Text: script + " Subscribe now"}}},
		Duplicates: []read.Duplicate{{ID: script, Of: "fire new", Kind: read.Identical, Similarity: 1}},
		Ignored:    []string{script + ".exe"}, Files: 5, Bytes: 4096,
	}
}

// source holds what was read already.
type source struct{ reading *read.Reading }

func (s source) Read(context.Context, func(int, int)) (*read.Reading, error) { return s.reading, nil }

func (s source) Fingerprint(context.Context) (string, error) { return "town", nil }

var built = sync.OnceValues(librarytest.Options)

// newBot makes a bot over the town.
func newBot(t testing.TB, change func(*bot.Options)) *bot.Bot {
	t.Helper()
	lib, err := built()
	if err != nil {
		t.Fatal(err)
	}
	opts := bot.Options{
		Library: library.New(source{town()}, "", lib), Engine: func(s *library.Snapshot) bot.Answerer { return enginetest.New(s) },
		Managers: manage.Managers{Roles: []string{ManagerRole}}, Quotas: limits.Quotas{PerUser: 1000},
	}
	if change != nil {
		change(&opts)
	}
	b, err := bot.New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return b
}

// loaded makes a bot that has read the town, with all vectors.
func loaded(t testing.TB, change func(*bot.Options)) *bot.Bot {
	t.Helper()
	var lib *library.Library
	b := newBot(t, func(o *bot.Options) {
		if change != nil {
			change(o)
		}
		lib = o.Library
	})
	if _, err := lib.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	return b
}

// site is a server on loopback, and a browser without a script.
type site struct {
	t      testing.TB
	base   string
	client *http.Client
	stop   func() error // ends the server and waits for it
}

// serve starts a server over a bot, after some changes to it.
func serve(t testing.TB, opts Options, changes ...func(*Server)) *site {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(s)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop := sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	at := &site{t: t, base: "http://" + l.Addr().String(), stop: stop}
	at.client = at.browser()
	return at
}

// standard is a server over the town that all tests share which change nothing of it.
func standard(t testing.TB) *site {
	t.Helper()
	return serve(t, Options{Bot: loaded(t, nil), Manage: true})
}

// browser keeps cookies and follows no redirects.
func (s *site) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{}}
}

// answerOf is a response with its body.
type answerOf struct {
	*http.Response

	Text string
}

// do sends a request and reads what comes.
func (s *site) do(method, path, body string, header ...string) answerOf {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	res, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	got := answerOf{res, string(text)}
	if strings.HasPrefix(path, "/v1/") {
		got.described(s.t, path)
	}
	return got
}

func (s *site) get(path string, header ...string) answerOf {
	s.t.Helper()
	return s.do(http.MethodGet, path, "", header...)
}

// post sends a form: names and values in turn.
func (s *site) post(path string, fields ...string) answerOf {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return s.do(http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// stream sends a form as the script does and returns the events, name and data.
func (s *site) stream(path string, fields ...string) [][2]string {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	got := s.do(http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Accept", eventStream)
	if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != eventStream {
		s.t.Fatalf("%s: got %s, %s", path, got.Status, got.Header.Get("Content-Type"))
	}
	return readEvents(got.Text)
}

// readEvents reads server-sent events as the standard says.
func readEvents(text string) [][2]string {
	var out [][2]string
	var now [2]string
	scan := bufio.NewScanner(strings.NewReader(text))
	scan.Buffer(nil, 1<<20)
	data := false
	for scan.Scan() {
		line := scan.Text()
		switch {
		case line == "":
			if data {
				out = append(out, now)
			}
			now, data = [2]string{}, false
		case strings.HasPrefix(line, "event: "):
			now[0] = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			if data {
				now[1] += "\n"
			}
			now[1], data = now[1]+line[len("data: "):], true
		}
	}
	return out
}

// has reports an error for each text that a page lacks.
func (a answerOf) has(t testing.TB, status int, texts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s %s: got %s, want %d", a.Request.Method, a.Request.URL.Path, a.Status, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.Text, text) {
			t.Errorf("%s %s: %q is not in\n%s", a.Request.Method, a.Request.URL.Path, text, a.Text)
		}
	}
}
