package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"
)

// Request is one that the bot sent.
type Request struct {
	Method, Path string // the path without /api/vN
	Body         []byte
	Status       int // 0: the connection was reset
	At           time.Time
	Took         time.Duration
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a fault reset the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// The rule about invalid requests: Discord bans an address that collects so
// many in so long.
const (
	maxInvalid    = 10000
	invalidWindow = 10 * time.Minute
)

// record keeps a request and counts what Discord bans for.
func (d *Discord) record(c *call, rt route, rec *recorder, raw []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	method, path, _ := strings.Cut(c.where, " ")
	d.requests = append(d.requests, Request{
		Method: method, Path: path, Body: raw, Status: rec.status, At: c.at, Took: time.Since(c.at),
	})
	if keep := d.opts.Keep; keep > 0 && len(d.requests) > 2*keep {
		d.requests = append([]Request(nil), d.requests[len(d.requests)-keep:]...)
	}
	d.counts[fmt.Sprintf("%s %s %d", rt.method, rt.path, rec.status)]++
	switch rec.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		for len(d.invalid) > 0 && c.at.Sub(d.invalid[0]) > invalidWindow {
			d.invalid = d.invalid[1:]
		}
		if d.invalid = append(d.invalid, c.at); len(d.invalid) == maxInvalid {
			d.violate(RuleBan, c.where, "%d answers of 401, 403 and 429 in %s", maxInvalid, invalidWindow)
		}
	}
	d.changed.wake()
}

// Requests are the bot's requests, oldest first: all, or the last of them by
// Options.Keep.
func (d *Discord) Requests() []Request {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Request(nil), d.requests...)
}

// Count is how many requests of a method (""= any) to a path (a pattern as in
// Fault) are among Requests.
func (d *Discord) Count(method, path string) int {
	n := 0
	for _, r := range d.Requests() {
		if (method == "" || r.Method == method) && match(path, r.Path) {
			n++
		}
	}
	return n
}

// Statuses counts all answers so far by status.
func (d *Discord) Statuses() map[int]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[int]int{}
	for key, n := range d.counts {
		var status int
		_, _ = fmt.Sscan(key[strings.LastIndexByte(key, ' ')+1:], &status)
		out[status] += n
	}
	return out
}

// parseForm reads payload_json and the names of the files of a form.
func (c *call) parseForm(raw []byte, boundary string) error {
	form := multipart.NewReader(bytes.NewReader(raw), boundary)
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("read form: %w", err)
		}
		switch {
		case part.FormName() == "payload_json":
			b, err := io.ReadAll(part)
			if err != nil {
				return fmt.Errorf("read payload_json: %w", err)
			}
			if c.body, err = decode(b); err != nil {
				return err
			}
		case strings.HasPrefix(part.FormName(), "file"):
			c.files = append(c.files, part.FileName())
		default:
			return fmt.Errorf("form part %q", part.FormName())
		}
	}
	if c.body == nil {
		c.body = object{}
	}
	return nil
}

// marshal writes what is known to be JSON.
func marshal(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}
