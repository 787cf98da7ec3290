package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/wire"
	"parley/retrieval"
	"parley/retrieval/library"
)

// Limits of what programs send.
const (
	maxQuestion = 6000 // runes, as much as is read of one
	maxHistory  = 40   // turns
	maxHits     = 100
	maxListed   = 1000 // articles
	defListed   = 100
)

func (s *Server) apiRoutes() {
	api := func(method, path string, h http.HandlerFunc) {
		s.Handle(path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != method && (method != http.MethodGet || r.Method != http.MethodHead) {
				w.Header().Set("Allow", method)
				s.fail(w, r, http.StatusMethodNotAllowed, "Only "+method+" goes there.")
				return
			}
			h(w, r)
		}))
	}
	api(http.MethodPost, "/v1/ask", s.apiAsk)
	api(http.MethodPost, "/v1/search", s.apiSearch)
	api(http.MethodPost, "/v1/cite", s.apiCite)
	api(http.MethodGet, "/v1/sources", s.apiSources)
	api(http.MethodGet, "/v1/articles/{id...}", s.apiArticle)
	api(http.MethodGet, "/v1/openapi.json", s.apiDescription)
	s.Handle("/v1/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusNotFound, "There is no such address: /v1/openapi.json lists all.")
	}))
}

// asked is what a program sends to have a question answered.
type asked struct {
	ID       string      `json:"id"`
	Question *string     `json:"question"`
	History  [][2]string `json:"history"` // ["user" or "assistant", text], oldest first
	Date     string      `json:"date"`    // the day it is asked
	Article  string      `json:"article"` // an ID
	Since    string      `json:"since"`
	Until    string      `json:"until"`
	Explain  bool        `json:"explain"`
	Stream   bool        `json:"stream"`
}

// searched is what a program sends to search.
type searched struct {
	ID      string  `json:"id"`
	Query   *string `json:"query"`
	Date    string  `json:"date"`
	Limit   int     `json:"limit"` // 0 means the default
	Explain bool    `json:"explain"`
}

// claimed is what a program sends to have a statement checked.
type claimed struct {
	ID    string  `json:"id"`
	Claim *string `json:"claim"`
}

func (s *Server) apiAsk(w http.ResponseWriter, r *http.Request) {
	var in asked
	if !s.readObject(w, r, &in) || !s.given(w, r, "question", in.Question) {
		return
	}
	at, ok := s.day(w, r, in.Date)
	if !ok {
		return
	}
	if len(in.History) > maxHistory {
		s.fail(w, r, http.StatusUnprocessableEntity, "history has more than "+itoa(maxHistory)+" turns.")
		return
	}
	q := answer.Question{Text: *in.Question, AsOf: at, Explain: in.Explain}
	for _, t := range in.History {
		q.History = append(q.History, answer.Turn{Role: t[0], Text: t[1]})
	}
	br := s.program(r)
	br.Filter = bot.Filter{Article: in.Article, Since: in.Since, Until: in.Until}
	if in.Stream || r.URL.Query().Has("stream") || strings.Contains(r.Header.Get("Accept"), eventStream) {
		s.apiStream(w, r, in.ID, br, q)
		return
	}
	start := time.Now()
	a, err := s.bot.Answer(r.Context(), br, q)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	s.found(w, wire.NewAsk(in.ID, q.Text, a, time.Since(start)))
}

// apiStream sends drafts while an answer is written, then the answer or the problem.
func (s *Server) apiStream(w http.ResponseWriter, r *http.Request, id string, br bot.Request, q answer.Question) {
	e := newEvents(w)
	defer e.stop()
	send := func(name string, v any) {
		if data, err := encode(v); err == nil {
			e.send(name, strings.TrimSpace(string(data)))
		}
	}
	br.Progress = func(draft *bot.Reply) { send("draft", map[string]string{"text": draft.Text()}) }
	start := time.Now()
	a, err := s.bot.Answer(r.Context(), br, q)
	if err != nil {
		status, detail := s.blame(r, err)
		send("problem", newProblem(r, status, detail))
		return
	}
	send("answer", wire.NewAsk(id, q.Text, a, time.Since(start)))
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	var in searched
	if !s.readObject(w, r, &in) || !s.given(w, r, "query", in.Query) {
		return
	}
	at, ok := s.day(w, r, in.Date)
	if !ok {
		return
	}
	if in.Limit < 0 || in.Limit > maxHits {
		s.fail(w, r, http.StatusUnprocessableEntity, "limit is "+itoa(in.Limit)+": give 1 to "+itoa(maxHits)+".")
		return
	}
	var out wire.Search
	err := s.bot.Look(r.Context(), s.program(r), func(on *library.Snapshot) error {
		limit := in.Limit
		if limit == 0 {
			limit = retrieval.DefaultLimit
		}
		found, err := on.Search(r.Context(), searchFor(answer.Question{Text: *in.Query, AsOf: at, Explain: in.Explain}, limit))
		if err == nil {
			out = wire.NewSearch(in.ID, on.Corpus, found.Hits)
			out.Texts(on.Corpus)
		}
		return err
	})
	if err != nil {
		s.refused(w, r, err)
		return
	}
	s.found(w, out)
}

func (s *Server) apiCite(w http.ResponseWriter, r *http.Request) {
	var in claimed
	if !s.readObject(w, r, &in) || !s.given(w, r, "claim", in.Claim) {
		return
	}
	c, err := s.bot.Claim(r.Context(), s.program(r), *in.Claim)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	s.found(w, wire.NewCite(in.ID, *in.Claim, c))
}

func (s *Server) apiSources(w http.ResponseWriter, r *http.Request) {
	offset, ok := s.number(w, r, "offset", 0, 0, 1<<30)
	if !ok {
		return
	}
	limit, ok := s.number(w, r, "limit", defListed, 1, maxListed)
	if !ok {
		return
	}
	if on := s.loaded(w, r); on != nil {
		s.found(w, wire.NewSources(on.Corpus, offset, limit))
	}
}

func (s *Server) apiArticle(w http.ResponseWriter, r *http.Request) {
	on := s.loaded(w, r)
	if on == nil {
		return
	}
	i, ok := on.Corpus.Lookup(r.PathValue("id"))
	if !ok {
		s.fail(w, r, http.StatusNotFound, "There is no article with that ID: /v1/sources lists all.")
		return
	}
	s.found(w, wire.NewArticle(on.Corpus, i))
}

func (s *Server) apiDescription(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(s.api)
}

// found writes what a program has asked for.
func (s *Server) found(w http.ResponseWriter, v any) {
	s.object(w, http.StatusOK, "application/json", v)
}

// program is a request of the bot by a program. Programs of one address are one user.
func (s *Server) program(r *http.Request) bot.Request {
	who := "api:" + address(r)
	return bot.Request{ID: requestID(r.Context()), Locale: locale(r), Private: true, User: bot.User{ID: who}, Place: bot.Place{Channel: who, Direct: true}}
}

// loaded is what is answered from; where nothing has been read yet it says so and
// returns nil.
func (s *Server) loaded(w http.ResponseWriter, r *http.Request) *library.Snapshot {
	on := s.bot.Snapshot()
	if on == nil {
		w.Header().Set("Retry-After", "2")
		s.fail(w, r, http.StatusServiceUnavailable, "The articles are still being read. Try again in a moment.")
	}
	return on
}

// readObject reads the object that a program sends. It reports false when it has said
// what is wrong with it.
func (s *Server) readObject(w http.ResponseWriter, r *http.Request, into any) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		s.fail(w, r, http.StatusUnsupportedMediaType, "Send JSON, and Content-Type: application/json.")
		return false
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err = dec.Decode(into); err == nil {
		if _, more := dec.Token(); more == io.EOF {
			return true
		}
		s.fail(w, r, http.StatusBadRequest, "There is something after the JSON object.")
		return false
	}
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		s.unread(w, r, err)
		return false
	}
	s.fail(w, r, http.StatusBadRequest, "The JSON object cannot be read: "+strings.TrimPrefix(err.Error(), "json: ")+".")
	return false
}

// given reports whether a text that is required is there, and no longer than is read.
func (s *Server) given(w http.ResponseWriter, r *http.Request, name string, text *string) bool {
	switch {
	case text == nil:
		s.fail(w, r, http.StatusUnprocessableEntity, name+" is missing.")
	case utf8.RuneCountInString(*text) > maxQuestion:
		s.fail(w, r, http.StatusUnprocessableEntity, name+" has more than "+itoa(maxQuestion)+" characters.")
	default:
		return true
	}
	return false
}

// day reads a day such as 2025-12-03; empty is none.
func (s *Server) day(w http.ResponseWriter, r *http.Request, text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		s.fail(w, r, http.StatusUnprocessableEntity, "date is no day: give one such as 2025-12-03.")
	}
	return at, err == nil
}

// number reads a number of the address.
func (s *Server) number(w http.ResponseWriter, r *http.Request, name string, without, least, most int) (int, bool) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return without, true
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		s.fail(w, r, http.StatusUnprocessableEntity, name+" is no number from "+itoa(least)+" to "+itoa(most)+".")
		return 0, false
	}
	return n, true
}

// itoa writes a number.
func itoa[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }
