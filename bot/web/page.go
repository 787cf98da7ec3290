package web

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"parley/bot"
	"parley/corpus"
)

// request is a request of the bot by the user of a page.
func (s *Server) request(w http.ResponseWriter, r *http.Request, kind bot.Kind) bot.Request {
	id := s.session(w, r)
	out := bot.Request{
		ID: requestID(r.Context()), Kind: kind, Locale: locale(r), Private: true,
		User: bot.User{ID: "web:" + id, Name: "the web page"}, Place: bot.Place{Channel: id, Direct: true},
	}
	if kind.Manages() {
		out.Place = bot.Place{Guild: ManagerRole, Channel: id}
		if s.opts.Manage {
			out.User.Manager, out.User.Roles = true, []string{ManagerRole}
		}
	}
	return out
}

// locale is the language that a browser asks for first.
func locale(r *http.Request) string {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	first, _, _ = strings.Cut(first, ";")
	if first = strings.TrimSpace(first); first == "*" {
		return ""
	}
	return first
}

// readForm reads what was sent by a form. It reports false when it has said what is
// wrong with it.
func (s *Server) readForm(w http.ResponseWriter, r *http.Request) bool {
	if err := r.ParseForm(); err != nil {
		s.unread(w, r, err)
		return false
	}
	return true
}

// home shows where to ask.
func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	s.session(w, r)
	s.show(w, r, http.StatusOK, "home", s.homeView())
}

// homeView is an empty form, and what it is about.
func (s *Server) homeView() view {
	v := view{Title: "Ask the articles", Kind: string(bot.Ask)}
	if on := s.bot.Snapshot(); on != nil {
		v.Articles = len(on.Corpus.Articles)
		if newest := newest(on.Corpus); len(newest) > 0 {
			v.Newest = titleOf(&on.Corpus.Articles[newest[0]])
		}
	}
	return v
}

// ask answers a question, or checks a statement or a text.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	f := r.PostForm
	q := s.request(w, r, bot.Ask)
	q.Text = strings.TrimSpace(f.Get("text"))
	if f.Get("kind") == string(bot.Cite) {
		q.Kind = bot.Cite
		if len(corpus.SplitSentences(&corpus.Article{Body: strings.TrimSpace(f.Get("text"))})) > 1 {
			q.Kind = bot.Check
		}
	} else {
		q.Filter = bot.Filter{Article: f.Get("article"), Since: f.Get("since"), Until: f.Get("until")}
	}
	v := s.homeView()
	v.Kind, v.Text, v.Filter, v.Narrowed = f.Get("kind"), q.Text, q.Filter, q.Filter != bot.Filter{}
	s.reply(w, r, q, v)
}

// press does what a button is for, or takes what was entered into its form.
func (s *Server) press(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	q := s.request(w, r, bot.Press)
	var err error
	if q.Action, err = bot.ParseAction(r.PostForm.Get("action")); err != nil {
		s.fail(w, r, http.StatusBadRequest, "There is no such button.")
		return
	}
	if r.PostForm.Has("text") {
		q.Kind, q.Text = bot.Submit, strings.TrimSpace(r.PostForm.Get("text"))
	}
	v := s.homeView()
	v.Text = q.Text
	s.reply(w, r, q, v)
}

// do does what a page has a button for that belongs to no reply.
func (s *Server) do(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	kind := bot.Kind(r.PostForm.Get("what"))
	if kind != bot.Forget && kind != bot.Reload {
		s.fail(w, r, http.StatusBadRequest, "There is no such button.")
		return
	}
	s.reply(w, r, s.request(w, r, kind), s.homeView())
}

// told shows a reply that needs nothing to be entered.
func (s *Server) told(kind bot.Kind) http.HandlerFunc {
	title := map[bot.Kind]string{bot.About: "About", bot.Help: "Help", bot.Gaps: "Gaps", bot.Status: "Status"}[kind]
	return func(w http.ResponseWriter, r *http.Request) {
		reply := s.bot.Handle(r.Context(), s.request(w, r, kind))
		told := *reply
		told.Title = "" // the page has it
		s.show(w, r, status(reply), "told", view{Title: cmp.Or(reply.Title, title), Reply: newReplyView(&told, 1)})
	}
}

// reply has the bot do something and shows what it says: as events where the script
// wants them, else as a page.
func (s *Server) reply(w http.ResponseWriter, r *http.Request, q bot.Request, v view) {
	if strings.Contains(r.Header.Get("Accept"), eventStream) {
		s.stream(w, r, q)
		return
	}
	reply := s.bot.Handle(r.Context(), q)
	below := 1
	if v.Text != "" {
		below = 2 // it stands above as a heading
	}
	v.Reply = newReplyView(reply, below)
	s.show(w, r, status(reply), "home", v)
	if reply.After != nil {
		reply.After(context.WithoutCancel(r.Context()))
	}
}

// status is that of a page with a reply.
func status(r *bot.Reply) int {
	switch {
	case r.Outcome == bot.Failed:
		return http.StatusInternalServerError
	case r.Why == bot.WhyQuota:
		return http.StatusTooManyRequests
	case r.Why != "":
		return http.StatusServiceUnavailable
	case r.Outcome == bot.Refused:
		return http.StatusForbidden
	}
	return http.StatusOK
}

// missing says that there is no such page.
func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, http.StatusNotFound, "There is no such page.")
}

// cached lets a browser keep what comes with the program for an hour.
func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		next.ServeHTTP(w, r)
	})
}
