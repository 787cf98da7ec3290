package watch

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parley/bot"
)

// states turns the state of a bot into figures whenever they are asked for.
type states struct {
	state   func() bot.State
	gateway func() (up, down int)
	all     []gauge
	model   *prometheus.Desc
	shards  *prometheus.Desc
	lost    *prometheus.Desc
}

// gauge is one figure of a state.
type gauge struct {
	desc *prometheus.Desc
	of   func(*bot.State) float64
}

func newStates(state func() bot.State, gateway func() (up, down int)) *states {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("parley_"+name, help, labels, nil)
	}
	since := func(at time.Time) float64 {
		if at.IsZero() {
			return 0
		}
		return time.Since(at).Seconds()
	}
	is := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	return &states{
		state: state, gateway: gateway,
		all: []gauge{
			{desc("articles", "Articles that questions are answered from."), func(s *bot.State) float64 { return float64(s.Articles) }},
			{desc("passages", "Passages of these articles."), func(s *bot.State) float64 { return float64(s.Passages) }},
			{desc("snapshot_age_seconds", "Time since the index of the articles was made; 0 before there is one."), func(s *bot.State) float64 { return since(s.Built) }},
			{desc("reload_age_seconds", "Time since this process last read the articles with success; 0 before."), func(s *bot.State) float64 { return since(s.Reloaded) }},
			{desc("queue_waiting", "Questions that wait for their turn."), func(s *bot.State) float64 { return float64(s.Waiting) }},
			{desc("queue_working", "Questions that are being answered."), func(s *bot.State) float64 { return float64(s.AtWork) }},
			{desc("embedding_backlog", "Texts that have no vector yet."), func(s *bot.State) float64 { return float64(s.Vectors.Missing) }},
			{desc("embedding_degraded", "1 while something stands in for the vectors that were asked for."), func(s *bot.State) float64 { return is(!s.Vectors.Since.IsZero()) }},
			{desc("store_backlog", "Rows that wait for the disk."), func(s *bot.State) float64 { return float64(s.Store.Waiting) }},
			{desc("store_failing", "1 while the store cannot be written."), func(s *bot.State) float64 { return is(s.Store.Failure != nil) }},
			{desc("store_on_disk", "1 if what is stored outlives the process."), func(s *bot.State) float64 { return is(s.OnDisk) }},
		},
		model:  desc("model_up", "1 while a model can be asked.", "model", "part"),
		shards: desc("gateway_shards", "Connections of the gateway.", "state"),
		lost:   desc("store_rows_lost_total", "Rows that were lost because the disk could not be written."),
	}
}

// Describe lists the figures.
func (s *states) Describe(out chan<- *prometheus.Desc) {
	for _, g := range s.all {
		out <- g.desc
	}
	out <- s.model
	out <- s.shards
	out <- s.lost
}

// Collect takes them.
func (s *states) Collect(out chan<- prometheus.Metric) {
	now := s.state()
	for _, g := range s.all {
		out <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, g.of(&now))
	}
	for _, m := range now.Models {
		part, up := "chat", 1.0
		if m.Embeds {
			part = "embeddings"
		}
		if m.Down {
			up = 0
		}
		out <- prometheus.MustNewConstMetric(s.model, prometheus.GaugeValue, up, m.Name, part)
	}
	up, down := s.gateway()
	out <- prometheus.MustNewConstMetric(s.shards, prometheus.GaugeValue, float64(up), "up")
	out <- prometheus.MustNewConstMetric(s.shards, prometheus.GaugeValue, float64(down), "down")
	out <- prometheus.MustNewConstMetric(s.lost, prometheus.CounterValue, float64(now.Store.Lost))
}
