package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/bot/discord/discordtest"
)

type object = map[string]any

// none are the allowed_mentions that every message must have.
func none() object { return object{"parse": []any{}} }

// message is a body with the right allowed_mentions and more.
func message(more object) object {
	body := object{"content": "hello", "allowed_mentions": none()}
	maps.Copy(body, more)
	return body
}

// bot speaks Discord's protocol by hand.
type bot struct {
	t     testing.TB
	d     *discordtest.Discord
	agent string
	token string

	client *http.Client
}

func newBot(t testing.TB, d *discordtest.Discord) *bot {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 200}
	t.Cleanup(transport.CloseIdleConnections)
	return &bot{
		t: t, d: d, agent: "DiscordBot (https://example.org, 1)", token: "Bot " + d.Token(),
		client: &http.Client{Transport: transport},
	}
}

// reply is an answer over HTTP.
type reply struct {
	status int
	code   int // Discord's
	header http.Header
	body   object
	list   []any
	err    error
}

func (b *bot) do(method, path string, body any) reply {
	b.t.Helper()
	kind, raw := "application/json", []byte(nil)
	switch body := body.(type) {
	case nil:
	case form:
		kind, raw = body.kind, body.raw
	case string:
		raw = []byte(body)
	default:
		raw, _ = json.Marshal(body)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.d.URL()+"/api/v10"+path, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	if raw != nil {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("User-Agent", b.agent)
	req.Header.Set("Authorization", b.token)
	resp, err := b.client.Do(req)
	if err != nil {
		return reply{err: err}
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	r := reply{status: resp.StatusCode, header: resp.Header, err: err}
	if len(got) > 0 && r.err == nil {
		var v any
		r.err = json.Unmarshal(got, &v)
		r.body, _ = v.(object)
		r.list, _ = v.([]any)
	}
	if code, ok := r.body["code"].(float64); ok {
		r.code = int(code)
	}
	return r
}

// form is a multipart body.
type form struct {
	kind string
	raw  []byte
}

// callback answers an interaction as it came over the gateway.
func (b *bot) callback(it object, kind int, data object) reply {
	b.t.Helper()
	body := object{"type": kind}
	if data != nil {
		body["data"] = data
	}
	return b.do("POST", fmt.Sprintf("/interactions/%s/%s/callback", it["id"], it["token"]), body)
}

// webhook is the path of an interaction's webhook.
func (b *bot) webhook(it object, rest string) string {
	return fmt.Sprintf("/webhooks/%s/%s%s", b.d.AppID(), it["token"], rest)
}

// wire is a gateway connection.
type wire struct {
	t  testing.TB
	ws *websocket.Conn

	mu     sync.Mutex
	seq    int
	buffer []object
	err    error
	come   chan struct{}
}

func (b *bot) dial(query string) *wire {
	b.t.Helper()
	url := strings.Replace(b.d.URL(), "http", "ws", 1) + "/" + query
	ws, resp, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	resp.Body.Close()
	w := &wire{t: b.t, ws: ws, come: make(chan struct{}, 1)}
	var reading sync.WaitGroup
	reading.Go(w.read)
	b.t.Cleanup(func() { ws.Close(); reading.Wait() })
	return w
}

func (w *wire) read() {
	for {
		var p object
		err := w.ws.ReadJSON(&p)
		w.mu.Lock()
		if err != nil {
			w.err = err
		} else {
			w.buffer = append(w.buffer, p)
			if s, ok := p["s"].(float64); ok {
				w.seq = int(s)
			}
		}
		w.mu.Unlock()
		select {
		case w.come <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (w *wire) send(op int, data any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(object{"op": op, "d": data}); err != nil {
		w.t.Logf("send op %d: %v", op, err)
	}
}

// next waits for a packet of an op, and of a type if it is not "", and returns
// its data. Packets before it are dropped.
func (w *wire) next(op int, kind string) object {
	w.t.Helper()
	p, err := w.await(op, kind, 5*time.Second)
	if err != nil {
		w.t.Fatalf("op %d %s: %v", op, kind, err)
	}
	d, _ := p["d"].(object)
	if d == nil {
		d = object{"d": p["d"]}
	}
	return d
}

func (w *wire) await(op int, kind string, within time.Duration) (object, error) {
	deadline := time.After(within)
	for {
		w.mu.Lock()
		for len(w.buffer) > 0 {
			p := w.buffer[0]
			w.buffer = w.buffer[1:]
			if int(p["op"].(float64)) == op && (kind == "" || p["t"] == kind) {
				w.mu.Unlock()
				return p, nil
			}
		}
		err := w.err
		w.mu.Unlock()
		if err != nil {
			return nil, err
		}
		select {
		case <-w.come:
		case <-deadline:
			return nil, fmt.Errorf("nothing within %s", within)
		}
	}
}

// closed waits for the end of the connection and returns its close code.
func (w *wire) closed() int {
	w.t.Helper()
	_, err := w.await(-1, "", 5*time.Second)
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		w.t.Logf("connection ended by %v", err)
		return 0
	}
	return closed.Code
}

const query = "?v=10&encoding=json"

// usual are guild, guild message and direct message intents.
const usual = 1<<0 | 1<<9 | 1<<12

func (b *bot) identity(more object) object {
	d := object{
		"token": b.d.Token(), "intents": usual,
		"properties": object{"os": "linux", "browser": "test", "device": "test"},
	}
	maps.Copy(d, more)
	return d
}

// connect identifies and waits for READY.
func (b *bot) connect(more object) (*wire, object) {
	b.t.Helper()
	w := b.dial(query)
	w.next(10, "")
	w.send(2, b.identity(more))
	return w, w.next(0, "READY")
}

// registered puts the commands that the tests use.
func (b *bot) registered() *bot {
	b.t.Helper()
	r := b.do("PUT", "/applications/"+b.d.AppID()+"/commands", []any{
		object{
			"name": "ask", "description": "Ask", "type": 1, "contexts": []int{0, 1, 2}, "integration_types": []int{0, 1},
			"options": []any{
				object{"name": "question", "description": "What", "type": 3, "required": true, "max_length": 200},
				object{"name": "article", "description": "Where", "type": 3, "autocomplete": true},
			},
		},
		object{
			"name": "corpus", "description": "Articles", "default_member_permissions": "32", "contexts": []int{0},
			"options": []any{
				object{"name": "reload", "description": "Read again", "type": 1},
				object{"name": "gaps", "description": "What is missing", "type": 1, "options": []any{
					object{"name": "days", "description": "How many", "type": 4, "min_value": 1, "max_value": 90},
				}},
			},
		},
		object{"name": "Check this", "type": 3},
	})
	if r.status != http.StatusOK || len(r.list) != 3 {
		b.t.Fatalf("registering commands: %+v", r)
	}
	return b
}

// quick are options for tests that wait for nothing.
func quick() discordtest.Options {
	return discordtest.Options{Settle: 50 * time.Millisecond, Limits: []discordtest.Limit{}}
}
