package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"parley/bot"
)

// problem is an error as RFC 9457 has it.
type problem struct {
	Type     string `json:"type"` // about:blank: the status says it
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"` // names the request in the log
}

func newProblem(r *http.Request, status int, detail string) problem {
	return problem{"about:blank", http.StatusText(status), status, detail, "urn:parley:request:" + requestID(r.Context())}
}

// isAPI reports whether a request is of the API, whose errors are objects.
func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/v1/") }

// fail says what is wrong with a request: to programs as an object, to people on a
// page.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, detail string) {
	if t, ok := w.(*timely); ok && t.begun {
		return // too late
	}
	if !isAPI(r) {
		s.show(w, r, status, "fault", view{Title: http.StatusText(status), Error: detail})
		return
	}
	s.object(w, status, "application/problem+json", newProblem(r, status, detail))
}

// object writes a JSON object.
func (s *Server) object(w http.ResponseWriter, status int, media string, v any) {
	data, err := encode(v)
	if err != nil {
		s.log.Error("object not written", "error", err)
		http.Error(w, "something went wrong", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// encode writes an object on a line, with <, > and & as they are.
func encode(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return []byte(b.String()), err
}

// unread says why what was sent could not be read.
func (s *Server) unread(w http.ResponseWriter, r *http.Request, err error) {
	if big, ok := errors.AsType[*http.MaxBytesError](err); ok {
		w.Header().Set("Connection", "close")
		s.fail(w, r, http.StatusRequestEntityTooLarge, "That is too long: "+itoa(big.Limit)+" bytes are read at most.")
		return
	}
	s.fail(w, r, http.StatusBadRequest, "What was sent could not be read.")
}

// refused says to a program why it has no answer.
func (s *Server) refused(w http.ResponseWriter, r *http.Request, err error) {
	status, detail := s.blame(r, err)
	if no, ok := errors.AsType[*bot.RefusedError](err); ok && no.Wait > 0 {
		w.Header().Set("Retry-After", seconds(no.Wait))
	}
	s.fail(w, r, status, detail)
}

// blame is the status and the words of an error of the bot.
func (s *Server) blame(r *http.Request, err error) (status int, detail string) {
	no, ok := errors.AsType[*bot.RefusedError](err)
	switch {
	case !ok:
		s.log.Error("request failed", "request", requestID(r.Context()), "path", r.URL.Path, "error", err)
		return http.StatusInternalServerError, "Something went wrong. The log has more under " + requestID(r.Context()) + "."
	case no.Why == bot.WhyQuota:
		return http.StatusTooManyRequests, no.Text
	case no.Why != "":
		return http.StatusServiceUnavailable, no.Text
	}
	return http.StatusUnprocessableEntity, no.Text
}
