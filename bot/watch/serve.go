package watch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// readiness is what /readyz says.
type readiness struct {
	Ready   bool     `json:"ready"`
	Missing []string `json:"missing"` // what is not there yet, in words
}

// ready says whether questions are answered now.
func (w *Watch) ready() readiness {
	r := readiness{Missing: []string{}}
	s := w.opts.State()
	if s.Articles == 0 {
		r.Missing = append(r.Missing, "articles: none are loaded yet")
	}
	if s.Stopped {
		r.Missing = append(r.Missing, "bot: it is ending")
	}
	if up, down := w.gateway(); w.opts.Gateway && (up == 0 || down > 0) {
		r.Missing = append(r.Missing, fmt.Sprintf("gateway: %d of %d connections are up", up, up+down))
	}
	r.Ready = len(r.Missing) == 0
	return r
}

// Handler serves /healthz, /readyz and /metrics, and with [Options.Debug]
// /debug/pprof/.
//
// /healthz is 200 while the process answers. /readyz is 200 while questions are
// answered, else 503; its body says what is missing.
func (w *Watch) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(out http.ResponseWriter, _ *http.Request) {
		writeJSON(out, http.StatusOK, map[string]bool{"healthy": true})
	})
	mux.HandleFunc("GET /readyz", func(out http.ResponseWriter, _ *http.Request) {
		r := w.ready()
		status := http.StatusOK
		if !r.Ready {
			status = http.StatusServiceUnavailable
		}
		writeJSON(out, status, r)
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	if w.opts.Debug {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

func writeJSON(out http.ResponseWriter, status int, v any) {
	out.Header().Set("Content-Type", "application/json")
	out.Header().Set("Cache-Control", "no-store")
	out.WriteHeader(status)
	_ = json.NewEncoder(out).Encode(v) // whoever asked may be gone
}

// Serve answers at an address until ctx ends.
func (w *Watch) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler:           w.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      2 * time.Minute, // a profile takes its time
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	stop := context.AfterFunc(ctx, func() {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = s.Shutdown(soon)
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve figures: %w", err)
	}
	return nil
}
