package discordtest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// call is one request on its way through a route.
type call struct {
	d     *Discord
	r     *http.Request
	where string // "METHOD /path"
	body  any    // decoded JSON, nil without a body
	files []string
	at    time.Time // when it arrived
}

func (c *call) object() object { o, _ := c.body.(object); return o }

func (c *call) param(name string) string { return c.r.PathValue(name) }

// answer is what a route returns: 204 when it is nil.
type answer struct {
	status int
	body   any
}

func ok(body any) (*answer, *apiError) { return &answer{http.StatusOK, body}, nil }

// route is one request that Discord knows. Its path has the placeholders of
// Discord's OpenAPI file.
type route struct {
	method, path string
	open         bool // needs no token: its path holds one
	body         bool
	serve        func(*call) (*answer, *apiError) // called with d.mu held
}

// handler serves REST and, at the root, the gateway.
func (d *Discord) handler() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range d.routes() {
		mux.HandleFunc(rt.method+" /api/{version}"+rt.path, func(w http.ResponseWriter, r *http.Request) { d.serve(w, r, rt) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && r.Header.Get("Upgrade") != "" {
			d.serveGateway(w, r)
			return
		}
		d.mu.Lock()
		d.violate(RuleRoute, r.Method+" "+r.URL.Path, "no such route")
		d.mu.Unlock()
		writeError(w, errRoute)
	})
	return mux
}

func (d *Discord) routes() []route {
	return concat(d.identityRoutes(), d.commandRoutes(), d.interactionRoutes(), d.channelRoutes())
}

func concat(parts ...[]route) []route {
	var all []route
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// maxBody is what Discord takes at most in one request.
const maxBody = 25 << 20

// serve takes a request through faults, limits and rules to its route.
func (d *Discord) serve(w http.ResponseWriter, r *http.Request, rt route) {
	c := &call{d: d, r: r, at: time.Now()}
	path := strings.TrimPrefix(r.URL.Path, "/api/"+r.PathValue("version"))
	c.where = r.Method + " " + path
	rec := &recorder{ResponseWriter: w}
	raw, err := io.ReadAll(http.MaxBytesReader(rec, r.Body, maxBody))
	if err != nil {
		return // the client is gone, or sent too much and has been told
	}
	defer func() { d.record(c, rt, rec, raw) }()

	place := rt.method + " " + rt.path + " " + major(path)
	d.heedWait(c, d.limits.early(place))
	if !exempt(path) {
		d.heedWait(c, d.limits.early(everywhere))
	}
	fault, faulty := d.faults.next(r.Method, path)
	if faulty {
		d.harm(c, fault)
		select {
		case <-time.After(fault.Delay):
		case <-r.Context().Done():
			return
		}
		if d.refuse(rec, fault, place) {
			return
		}
	}
	if !d.admit(rec, c, path) {
		return
	}
	a, apiErr := d.answer(c, rt, raw)
	switch {
	case faulty && fault.Lost:
		reset(rec)
	case faulty && fault.Garbage:
		rec.Header().Set("Content-Type", "text/html")
		rec.WriteHeader(http.StatusOK)
		fmt.Fprint(rec, "<html>upstream")
	case apiErr != nil:
		writeError(rec, apiErr)
	case a == nil:
		rec.WriteHeader(http.StatusNoContent)
	default:
		writeJSON(rec, a.status, a.body)
	}
}

// refuse answers a request as a fault wants it, and reports whether it did: not
// where the fault lets the request come about.
func (d *Discord) refuse(rec *recorder, fault Fault, place string) bool {
	switch {
	case fault.Reset:
		reset(rec)
	case fault.Status == http.StatusTooManyRequests:
		if fault.Global {
			place = everywhere
		}
		d.limits.announce(place, fault.RetryAfter)
		writeLimited(rec, fault.RetryAfter, fault.Global)
	case fault.Status != 0 && fault.Body != "":
		rec.WriteHeader(fault.Status)
		fmt.Fprint(rec, fault.Body)
	case fault.Status != 0:
		writeError(rec, &apiError{fault.Status, fault.Code, fmt.Sprintf("%d: %s", fault.Status, http.StatusText(fault.Status)), nil})
	default:
		return false
	}
	return true
}

// harm excuses the interaction that a faulted request is about: the bot may
// not know what became of it.
func (d *Discord) harm(c *call, f Fault) {
	if f.Status == 0 && !f.Reset && !f.Lost && !f.Garbage {
		return // only slow
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, name := range []string{"interaction_token", "webhook_token"} {
		if it := d.interactions[c.param(name)]; it != nil {
			it.harmed = true
		}
	}
}

// admit applies the rate limits and answers 429 where they are spent.
func (d *Discord) admit(w http.ResponseWriter, c *call, path string) bool {
	v := d.limits.take(c.r.Method, path, major(path), exempt(path))
	maps.Copy(w.Header(), v.headers)
	d.heedWait(c, v.ignored)
	if v.wait > 0 {
		writeLimited(w, v.wait, v.global)
		return false
	}
	return true
}

// everywhere is the place of a global limit.
const everywhere = "*"

// exempt says whether Discord's global limit leaves a path out.
func exempt(path string) bool {
	return strings.HasPrefix(path, "/interactions/") || strings.HasPrefix(path, "/webhooks/")
}

// heedWait records a request that came before the end of an announced wait.
func (d *Discord) heedWait(c *call, early time.Duration) {
	if early > 0 {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.violate(RuleRateLimit, c.where, "sent %s before the wait of a 429 was over", early.Round(time.Millisecond))
	}
}

// major is the part of a path by which Discord keeps its limits apart; each
// interaction has its own.
func major(path string) string {
	parts := strings.SplitN(path, "/", 5)
	switch {
	case len(parts) > 3 && parts[1] == "webhooks":
		return parts[2] + "/" + parts[3]
	case len(parts) > 2 && (parts[1] == "channels" || parts[1] == "guilds" || parts[1] == "interactions"):
		return parts[2]
	}
	return ""
}

// answer checks a request and lets its route serve it.
func (d *Discord) answer(c *call, rt route, raw []byte) (*answer, *apiError) {
	bodyErr := c.parse(raw)
	var schemaErr error
	if rt.body && bodyErr == nil && d.spec != nil {
		schemaErr = d.spec.check(rt.method, rt.path, c.body)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if v := c.param("version"); v != "v9" && v != "v10" {
		d.violate(RuleRoute, c.where, "version %q", v)
		return nil, errVersion
	}
	if agent := c.r.UserAgent(); !regexp.MustCompile(`^DiscordBot \(\S+, \S+\)`).MatchString(agent) {
		d.violate(RuleAuth, c.where, "User-Agent %q", agent)
	}
	if !rt.open && c.r.Header.Get("Authorization") != "Bot "+d.opts.Token {
		d.violate(RuleAuth, c.where, "not the bot's token")
		return nil, errUnauthorized
	}
	if bodyErr != nil || rt.body && c.body == nil {
		d.violate(RuleBody, c.where, "no usable body: %v", bodyErr)
		return nil, errJSON
	}
	if schemaErr != nil {
		detail := strings.Join(strings.Fields(schemaErr.Error()), " ")
		d.violate(RuleSchema, c.where, "%s", detail)
		return nil, errForm.with(object{"_errors": []any{object{"code": "INVALID", "message": detail}}})
	}
	return rt.serve(c)
}

// parse reads the body: JSON, or a form with JSON and files.
func (c *call) parse(raw []byte) error {
	if len(raw) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("read content type: %w", err)
	}
	switch kind {
	case "application/json":
		c.body, err = decode(raw)
		return err
	case "multipart/form-data":
		return c.parseForm(raw, params["boundary"])
	}
	return fmt.Errorf("content type %q", kind)
}

// heed records the problems of a body and returns the error if one refuses it.
func (c *call) heed(problems []problem) *apiError {
	var refused *apiError
	for _, p := range problems {
		c.d.violate(p.rule, c.where, "%s", p.detail)
		if p.refuses {
			refused = errForm.with(object{"_errors": []any{object{"code": "INVALID", "message": p.detail}}})
			if p.detail == "an empty message" {
				refused = errEmptyMessage
			}
		}
	}
	return refused
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func writeError(w http.ResponseWriter, e *apiError) {
	body := object{"message": e.message, "code": e.code}
	if e.errors != nil {
		body["errors"] = e.errors
	}
	writeJSON(w, e.status, body)
}
