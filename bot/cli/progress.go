package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// patience is how long work may take before a bar shows that it goes on.
const patience = time.Second

// progress shows how far work has come, on standard error, if that is a
// terminal and the work takes longer than [patience].
type progress struct {
	what    string
	env     Env
	width   int // of the terminal; 0 when there is none
	started time.Time
	bar     *progressbar.ProgressBar
}

func newProgress(env Env, what string) *progress {
	p := &progress{what: what, env: env, started: time.Now()}
	p.width, _ = terminalWidth(env.Stderr)
	return p
}

// step says that done of total are done. Calls must not overlap.
func (p *progress) step(done, total int) {
	if p.width == 0 || total == 0 {
		return
	}
	if p.bar == nil {
		if time.Since(p.started) < patience || done >= total {
			return
		}
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.env.Stderr),
			progressbar.OptionSetDescription(p.what),
			progressbar.OptionSetWidth(min(30, p.width/3)),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionClearOnFinish(),
		)
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn is no failure
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
