package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

const token = "a-token-that-nobody-guesses"

// TestToken guards that without the token there is nothing to see, and how it is shown.
func TestToken(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, nil), Token: token, Manage: true}, func(s *Server) {
		s.Handle("GET /own", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the articles of one's own")) }))
		s.HandleOpen("GET /well", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("well")) }))
	})
	closed := func(name string, header ...string) {
		t.Helper()
		for _, at := range everywhere {
			got := s.do(at[0], at[1], "{}", append(header, "Content-Type", "application/json")...)
			toLogin := got.StatusCode == http.StatusSeeOther && got.Header.Get("Location") == "/login"
			refused := got.StatusCode == http.StatusUnauthorized && strings.HasPrefix(got.Header.Get("WWW-Authenticate"), "Bearer")
			if !toLogin && !refused || strings.HasPrefix(at[1], "/v1/") && !refused || strings.Contains(got.Text, "articles of") {
				t.Errorf("%s: %s %s: got %s", name, at[0], at[1], got.Status)
			}
		}
	}
	closed("nothing")
	closed("another token", "Authorization", "Bearer "+token+"x")
	closed("no token", "Authorization", "Bearer ")
	closed("another way", "Authorization", "Basic "+token)
	closed("a beginning", "Authorization", "Bearer "+token[:10])
	soon := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	past := strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10)
	own, other := &Server{opts: Options{Token: token}}, &Server{opts: Options{Token: "another"}}
	for name, cookie := range map[string]string{
		"the token": token, "nothing": "", "no seal": soon + ".", "seal of another token": soon + "." + other.seal(soon), "of another time": soon + "." + own.seal(past),
		"that has ended": past + "." + own.seal(past), "no time": "x." + own.seal("x"), "a session": strings.Repeat("A", sessionLength),
	} {
		closed("a login of "+name, "Cookie", loginCookie+"="+cookie)
	}
	closed("a session", "Cookie", sessionCookie+"="+strings.Repeat("A", sessionLength))

	s.get("/v1/sources", "Authorization", "Bearer "+token).has(t, 200, "Fire in Lundra")
	s.get("/own", "Authorization", "bearer "+token).has(t, 200, "one's own")
	s.get("/well").has(t, 200, "well")
	s.get("/static/page.css").has(t, 200)
	s.get("/", "Cookie", loginCookie+"="+soon+"."+own.seal(soon)).has(t, 200)

	s.get("/login").has(t, 200, "The token of this server", `type="password"`)
	if got := s.post("/login", "token", token+"x"); got.StatusCode != http.StatusForbidden || len(got.Cookies()) != 0 || strings.Contains(got.Text, token) {
		t.Errorf("a wrong token: got %s, %v", got.Status, got.Cookies())
	}
	got := s.post("/login", "token", " "+token+"\n")
	if got.StatusCode != http.StatusSeeOther || len(got.Cookies()) != 1 {
		t.Fatalf("got %s, %v", got.Status, got.Cookies())
	}
	if c := got.Cookies()[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || strings.Contains(c.Value, token) || c.MaxAge != int(loginTime/time.Second) || c.Secure {
		t.Errorf("got %v", c)
	}
	s.get("/articles").has(t, 200, "Fire in Lundra")
	if c := s.do("POST", "/login", "token="+token, "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-Proto", "https").Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("behind TLS: got %v", c)
	}
	s.do("PUT", "/login", "").has(t, http.StatusMethodNotAllowed)
	open := standard(t)
	if got := open.get("/login"); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/" {
		t.Errorf("without a token: got %s", got.Status)
	}
}

// TestPanic guards that a handler that breaks off is an error with a number, and no more.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, nil)}, func(s *Server) {
		for _, path := range [...]string{"GET /broken", "GET /v1/broken"} {
			s.Handle(path, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret inside") }))
		}
	})
	for _, path := range [...]string{"/broken", "/v1/broken"} {
		got := s.get(path)
		if got.StatusCode != http.StatusInternalServerError || strings.Contains(got.Text, "secret") || !strings.Contains(got.Text, got.Header.Get("X-Request-Id")) {
			t.Errorf("%s: got %s: %s", path, got.Status, got.Text)
		}
	}
}
