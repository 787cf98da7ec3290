package watch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/enginetest"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/bot/store"
	"parley/bot/watch"
	"parley/retrieval/embedding"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

// get asks a handler.
func get(t *testing.T, h http.Handler, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

// figures are the samples of /metrics, by their names with labels.
func figures(t *testing.T, h http.Handler) map[string]float64 {
	t.Helper()
	status, body := get(t, h, "/metrics")
	if status != http.StatusOK {
		t.Fatalf("got status %d: %s", status, body)
	}
	out := map[string]float64{}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if i := strings.LastIndexByte(line, ' '); i > 0 && line[0] != '#' {
			v, err := strconv.ParseFloat(line[i+1:], 64)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			out[line[:i]] = v
		}
	}
	return out
}

// TestFiguresAgree guards that the counters say what was done, to one.
func TestFiguresAgree(t *testing.T) {
	t.Parallel()
	words, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w := watch.New()
	b, err := bot.New(t.Context(), bot.Options{
		Library: library.New(library.Talks{}, "", library.Options{Lexicon: words, Embedder: reader, Reader: reader}), Observe: w,
		Engine: func(s *library.Snapshot) bot.Answerer { return enginetest.New(s) },
		Quotas: limits.Quotas{PerUser: 6, PerChannel: -1, PerServer: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	w.Begin(watch.Options{State: b.State, Version: "v1", Commit: "abc"})
	h := w.Handler()
	if status, body := get(t, h, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "none are loaded yet") {
		t.Errorf("before the articles are there: got %d %s", status, body)
	}
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	ask := func(kind bot.Kind, text string) {
		b.Handle(t.Context(), bot.Request{ID: "r", Kind: kind, Text: text, User: bot.User{ID: "1"}, Place: bot.Place{Guild: "g", Channel: "c"}})
	}
	const talks = "How long did the Kremlin talks last?"
	ask(bot.Ask, talks)
	ask(bot.Ask, talks)
	ask(bot.Ask, "Who is the president of China?")
	ask(bot.Cite, "The Kremlin talks lasted two hours.")
	ask(bot.Sources, "")
	ask(bot.Help, "")
	ask(bot.Ask, "What did Ushakov say?")
	ask(bot.Ask, "Who met Putin?")
	ask(bot.Ask, "Who met Putin on Tuesday?") // beyond the quota
	got := figures(t, h)
	sum := func(prefix string, with ...string) (n float64) {
		for name, v := range got {
			matches := strings.HasPrefix(name, prefix)
			for _, w := range with {
				matches = matches && strings.Contains(name, w)
			}
			if matches {
				n += v
			}
		}
		return n
	}
	for _, tt := range []struct {
		name string
		got  float64
		want float64
	}{
		{"requests", sum("parley_requests_total{"), 9},
		{"questions", sum("parley_requests_total{", `kind="ask"`), 6},
		{"repeated", sum("parley_requests_total{", `cached="true"`), 1},
		{"declined", sum("parley_requests_total{", `outcome="declined"`), 1},
		{"refused", sum("parley_requests_total{", `outcome="refused"`, `engine=""`), 1},
		{"asked an engine", sum("parley_requests_total{", `engine="extractive"`), 6},
		{"durations", sum("parley_request_duration_seconds_count{"), 9},
		{"engine's work", got[`parley_stage_duration_seconds_count{stage="engine"}`], 5},
		{"turns", got[`parley_stage_duration_seconds_count{stage="queue"}`], 6},
		{"articles", got["parley_articles"], 5},
		{"waiting", got["parley_queue_waiting"], 0},
		{"on disk", got["parley_store_on_disk"], 0},
		{"build", got[`parley_build_info{commit="abc",version="v1"}`], 1},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	if got["parley_reload_age_seconds"] <= 0 || got["parley_snapshot_age_seconds"] <= 0 {
		t.Errorf("got ages %v and %v", got["parley_reload_age_seconds"], got["parley_snapshot_age_seconds"])
	}
	if _, body := get(t, h, "/metrics"); strings.Contains(body, "Kremlin") || strings.Contains(body, "Putin") {
		t.Error("words of a question are in the figures")
	}
	if status, body := get(t, h, "/readyz"); status != http.StatusOK || !strings.Contains(body, `"ready":true`) {
		t.Errorf("got %d %s", status, body)
	}
	b.Stop()
	if status, body := get(t, h, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "ending") {
		t.Errorf("at the end: got %d %s", status, body)
	}
}

// fixed is a watch over a state that never changes.
func fixed(t *testing.T, opts watch.Options) *watch.Watch {
	t.Helper()
	w := watch.New()
	if opts.State == nil {
		opts.State = func() bot.State {
			return bot.State{
				Articles: 5, Built: time.Now(), Waiting: 3, AtWork: 2, Vectors: library.Vectors{Missing: 7, Since: time.Now()},
				Store:  store.Backlog{Waiting: 11, Lost: 4, Failure: errors.New("disk full")},
				Models: []manage.Model{{Name: "small", Down: true}, {Name: "e5", Embeds: true}},
			}
		}
	}
	w.Begin(opts)
	return w
}

// TestStates guards that what is wrong can be seen, and that Prometheus's own checker
// finds no fault with the figures.
func TestStates(t *testing.T) {
	t.Parallel()
	w := fixed(t, watch.Options{Gateway: true})
	w.Spent(answer.Usage{PromptTokens: 100, CompletionTokens: 20, Requests: 2, Cost: .5})
	w.Replied(bot.Ask, bot.Answered, "small", false, time.Second)
	h := w.Handler()
	ready := func(want int, says string) {
		t.Helper()
		if status, body := get(t, h, "/readyz"); status != want || !strings.Contains(body, says) {
			t.Errorf("got %d %s", status, body)
		}
	}
	ready(http.StatusServiceUnavailable, "gateway: 0 of 0")
	w.Up(0, true)
	w.Up(1, true)
	ready(http.StatusOK, "true")
	w.Up(1, false)
	ready(http.StatusServiceUnavailable, "gateway: 1 of 2")
	got := figures(t, h)
	for name, want := range map[string]float64{
		"parley_queue_waiting": 3, "parley_queue_working": 2, "parley_embedding_backlog": 7, "parley_embedding_degraded": 1,
		"parley_store_backlog": 11, "parley_store_failing": 1, "parley_store_rows_lost_total": 4,
		`parley_model_up{model="small",part="chat"}`: 0, `parley_model_up{model="e5",part="embeddings"}`: 1,
		`parley_gateway_shards{state="up"}`: 1, `parley_gateway_shards{state="down"}`: 1,
		"parley_model_requests_total": 2, `parley_model_tokens_total{direction="prompt"}`: 100, `parley_model_tokens_total{direction="completion"}`: 20,
		"parley_model_cost_total": .5,
	} {
		if v, ok := got[name]; !ok || v != want {
			t.Errorf("%s: got %v, want %v", name, v, want)
		}
	}
	if status, _ := get(t, h, "/debug/pprof/"); status != http.StatusNotFound {
		t.Errorf("profiles without being asked for: %d", status)
	}
	if status, _ := get(t, fixed(t, watch.Options{Debug: true}).Handler(), "/debug/pprof/"); status != http.StatusOK {
		t.Errorf("profiles: %d", status)
	}
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not there: the figures' names are not checked")
	}
	_, body := get(t, h, "/metrics")
	cmd := exec.Command(promtool, "check", "metrics")
	cmd.Stdin = strings.NewReader(body)
	if out, err := cmd.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Errorf("promtool: %v: %s", err, out)
	}
}

// TestServe guards that a server answers until its context ends, and then at once.
func TestServe(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- fixed(t, watch.Options{}).Serve(ctx, l) }()
	resp, err := http.Get("http://" + l.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	var healthy struct{ Healthy bool }
	if err := errors.Join(json.NewDecoder(resp.Body).Decode(&healthy), resp.Body.Close()); err != nil || !healthy.Healthy {
		t.Errorf("got %+v, %v", healthy, err)
	}
	// One that says nothing keeps nothing waiting.
	slow, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	_, _ = io.WriteString(slow, "GET /metrics")
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it does not end")
	}
}
