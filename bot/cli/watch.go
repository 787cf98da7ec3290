package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"parley/bot"
	"parley/bot/watch"
)

// watched is the watch over a bot that may not be made yet.
type watched struct {
	*watch.Watch
	bot atomic.Pointer[bot.Bot]
}

func (w *watched) state() bot.State {
	if b := w.bot.Load(); b != nil {
		return b.State()
	}
	return bot.State{}
}

// watch begins to serve figures, if an address is configured; stop ends that.
func (a *app) watch(ctx context.Context, cfg *Config, logger *slog.Logger) (_ *watched, stop func(), err error) {
	built := builtFrom()
	w := &watched{Watch: watch.New()}
	w.Begin(watch.Options{State: w.state, Gateway: true, Version: built.Version, Commit: built.Commit, Debug: cfg.Watch.Debug})
	if cfg.Watch.Listen == "" {
		return w, func() {}, nil
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", cfg.Watch.Listen)
	if err != nil {
		return nil, nil, hint(fmt.Errorf("serve figures: %w", err), "give another address with --watch or watch.listen: 127.0.0.1:0 takes a port that is free")
	}
	logger.Info("figures served", "address", "http://"+l.Addr().String()+"/metrics")
	// It outlives ctx: what restarts the bot sees it end its answers.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := w.Serve(ctx, l); err != nil {
			logger.Error("figures no longer served", "error", err)
		}
	}()
	return w, func() {
		cancel()
		<-done
	}, nil
}

// askTime bounds asking a running bot how it is. A judgement: it answers from memory.
const askTime = 5 * time.Second

// running asks the bot that serves figures at an address whether it is ready.
func (a *app) running(ctx context.Context, address string) (found findings) {
	const what = "running bot"
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		found.add(what, hint(fmt.Errorf("cannot be at %q", address), "give an address and a port, such as 127.0.0.1:9464"), "")
		return found
	}
	direct := &http.Client{Transport: &http.Transport{}} // not through a proxy
	resp, err := direct.Do(req)
	if err != nil {
		found.add(what, hint(fmt.Errorf("does not answer at %s", address), "see whether it runs, with --watch or watch.listen at this address"), "")
		return found
	}
	defer resp.Body.Close()
	var r struct {
		Ready   bool     `json:"ready"`
		Missing []string `json:"missing"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&r); err != nil {
		found.add(what, hint(fmt.Errorf("what answers at %s is no parley", address), "give the address that parley serve was given"), "")
		return found
	}
	if !r.Ready {
		found.add(what, hint(fmt.Errorf("is not ready: %s", strings.Join(r.Missing, "; ")), "wait, or see its log"), "")
		return found
	}
	found.add(what, nil, "ready")
	return found
}
