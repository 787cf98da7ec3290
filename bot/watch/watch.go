// Package watch shows how a running bot is: to Prometheus at /metrics, and to what
// restarts it or sends it questions at /healthz and /readyz.
//
// [Watch] is the bot's observer and has its figures; [Watch.Handler] serves them.
// No figure has words of a user, or who they are. Names and units keep to the
// conventions of Prometheus (https://prometheus.io/docs/practices/naming/): seconds
// and bytes, counters that end in _total.
package watch

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"parley/bot"
	"parley/bot/answer"
)

// Watch gathers the figures of one bot. It is safe for concurrent use.
type Watch struct {
	registry *prometheus.Registry
	opts     Options

	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	stages   *prometheus.HistogramVec
	calls    prometheus.Counter
	tokens   *prometheus.CounterVec
	cost     prometheus.Counter

	mu     sync.Mutex
	shards map[int]bool // whether each is up
}

var _ bot.Observer = (*Watch)(nil)

// Options say what a [Watch] shows.
type Options struct {
	State   func() bot.State // required; how the bot is
	Gateway bool             // it is reached through a gateway, without which it is not ready
	Version string
	Commit  string
	Debug   bool // serve profiles of the process, too
}

// spans are the borders of the histograms, in seconds: from what a cache gives to
// what Discord waits for at most.
func spans() []float64 {
	return []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900}
}

// New returns a watch with no figures yet.
func New() *Watch {
	w := &Watch{registry: prometheus.NewRegistry(), shards: map[int]bool{}}
	opts := func(name, help string) prometheus.CounterOpts {
		return prometheus.CounterOpts{Namespace: "parley", Name: name, Help: help}
	}
	w.requests = prometheus.NewCounterVec(opts("requests_total", "Requests that were answered, by what they asked for, what became of them, the engine that was asked and whether it had answered the same before."),
		[]string{"kind", "outcome", "engine", "cached"})
	w.took = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: "parley", Name: "request_duration_seconds", Help: "Time from a request to its reply.", Buckets: spans(),
	}, []string{"kind"})
	w.stages = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: "parley", Name: "stage_duration_seconds", Help: "Time that a part of the way of a question took: queue, engine, store.", Buckets: spans(),
	}, []string{"stage"})
	w.calls = prometheus.NewCounter(opts("model_requests_total", "Requests to models that write, repeated ones included."))
	w.tokens = prometheus.NewCounterVec(opts("model_tokens_total", "Tokens that models took and wrote."), []string{"direction"})
	w.cost = prometheus.NewCounter(opts("model_cost_total", "What models have cost, by the configured prices and in their currency."))
	for _, s := range []bot.Stage{bot.StageQueue, bot.StageEngine, bot.StageStore} {
		w.stages.WithLabelValues(string(s)) // so that they are there from the start
	}
	for _, d := range []string{"prompt", "completion"} {
		w.tokens.WithLabelValues(d)
	}
	w.registry.MustRegister(w.requests, w.took, w.stages, w.calls, w.tokens, w.cost,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return w
}

// Begin shows the state of a bot, too. It is to be called once, before Handler.
func (w *Watch) Begin(opts Options) {
	w.opts = opts
	w.registry.MustRegister(newStates(opts.State, w.gateway))
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: "parley", Name: "build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": opts.Version, "commit": opts.Commit},
	})
	info.Set(1)
	w.registry.MustRegister(info)
}

// Replied counts a request.
func (w *Watch) Replied(kind bot.Kind, outcome bot.Outcome, engine string, cached bool, took time.Duration) {
	was := "false"
	if cached {
		was = "true"
	}
	w.requests.WithLabelValues(string(kind), string(outcome), engine, was).Inc()
	w.took.WithLabelValues(string(kind)).Observe(took.Seconds())
}

// Staged counts a part of the way of a question.
func (w *Watch) Staged(s bot.Stage, took time.Duration) {
	w.stages.WithLabelValues(string(s)).Observe(took.Seconds())
}

// Spent counts what an answer has taken of models.
func (w *Watch) Spent(u answer.Usage) {
	w.calls.Add(float64(max(0, u.Requests)))
	w.tokens.WithLabelValues("prompt").Add(float64(max(0, u.PromptTokens)))
	w.tokens.WithLabelValues("completion").Add(float64(max(0, u.CompletionTokens)))
	w.cost.Add(max(0, u.Cost))
}

// Up notes whether a connection of the gateway is up.
func (w *Watch) Up(shard int, up bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.shards[shard] = up
}

// gateway returns how many connections of the gateway are up, and are not.
func (w *Watch) gateway() (up, down int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, is := range w.shards {
		if is {
			up++
		} else {
			down++
		}
	}
	return up, down
}
