package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The cookies. One names a browser's session, which is a user of the bot; the other
// shows that the token was given.
const (
	sessionCookie = "parley_session"
	loginCookie   = "parley_login"
)

// loginTime is how long a login holds.
const loginTime = 30 * 24 * time.Hour

// sessionLength is the length of a session's name: 130 random bits in base 32.
const sessionLength = 26

// session is the user of a browser. One who has none yet gets one.
func (s *Server) session(w http.ResponseWriter, r *http.Request) string {
	if c, err := r.Cookie(sessionCookie); err == nil && isSession(c.Value) {
		return c.Value
	}
	id := rand.Text()
	s.setCookie(w, r, sessionCookie, id, 0)
	return id
}

func isSession(v string) bool {
	return len(v) == sessionLength && !strings.ContainsFunc(v, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '2' || r > '7') })
}

// setCookie sets a cookie that scripts do not see and other pages cannot use. With
// life 0 it ends with the browser.
func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, name, value string, life time.Duration) {
	//nolint:gosec // over plain HTTP, as on the same machine, a secure one would not come back
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second), HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
	})
}

// withToken lets through who has shown the token, if there is one: programs in a
// header, people by the form of login.
func (s *Server) withToken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.opts.Token == "" || s.bearer(r) || s.loggedIn(r):
			next.ServeHTTP(w, r)
		case isAPI(r) || r.Header.Get("Authorization") != "" || r.Method != http.MethodGet:
			w.Header().Set("WWW-Authenticate", `Bearer realm="parley"`)
			s.fail(w, r, http.StatusUnauthorized, "This server wants its token: send it as Authorization: Bearer TOKEN, or open /login in a browser.")
		default:
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		}
	})
}

func (s *Server) bearer(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && s.isToken(strings.TrimSpace(token))
}

// isToken compares in a time that says nothing about the token.
func (s *Server) isToken(text string) bool {
	got, want := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(s.opts.Token))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// seal is what a login holds that ends at a time: only who knows the token can make it.
func (s *Server) seal(end string) string {
	mac := hmac.New(sha256.New, []byte(s.opts.Token))
	_, _ = mac.Write([]byte("parley login until " + end))
	return hex.EncodeToString(mac.Sum(nil))
}

func (s *Server) loggedIn(r *http.Request) bool {
	c, err := r.Cookie(loginCookie)
	if err != nil {
		return false
	}
	end, seal, _ := strings.Cut(c.Value, ".")
	if !hmac.Equal([]byte(seal), []byte(s.seal(end))) {
		return false
	}
	at, err := strconv.ParseInt(end, 10, 64)
	return err == nil && time.Now().Unix() < at
}

// login shows the form for the token, and takes it.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.opts.Token == "":
		http.Redirect(w, r, "/", http.StatusSeeOther)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		s.show(w, r, http.StatusOK, "login", view{Title: "Log in"})
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, POST")
		s.fail(w, r, http.StatusMethodNotAllowed, "Only GET and POST go there.")
	case !s.readForm(w, r):
	case !s.isToken(strings.TrimSpace(r.PostForm.Get("token"))):
		time.Sleep(wrongTokenTime)
		s.show(w, r, http.StatusForbidden, "login", view{Title: "Log in", Error: "That is not the token."})
	default:
		end := strconv.FormatInt(time.Now().Add(loginTime).Unix(), 10)
		s.setCookie(w, r, loginCookie, end+"."+s.seal(end), loginTime)
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

// wrongTokenTime slows down who guesses. A judgement; the limit of each address does
// the rest.
const wrongTokenTime = 300 * time.Millisecond

type requestKey struct{}

func withRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// requestID names a request in the log and to who made it.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
