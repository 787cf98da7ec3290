package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

const (
	// patience is how long work may take before a line shows that it goes on.
	patience = time.Second
	// redraw is the time between two drawings of a stage.
	redraw = 100 * time.Millisecond
	// barWidth is the columns of the bar.
	barWidth = 24
)

// progress shows how far work has come, in one line on standard error, if that
// is a terminal and the work takes longer than [patience].
type progress struct {
	w io.Writer

	mu      sync.Mutex // guards the rest
	timer   *time.Timer
	stage   string
	done    int
	total   int // 0 for a stage that is not counted
	shown   bool
	drawnAt time.Time
	ended   bool
}

func newProgress(env Env) *progress {
	p := &progress{w: env.Stderr, ended: true}
	if _, ok := terminalWidth(env.Stderr); ok {
		p.ended = false
		p.timer = time.AfterFunc(patience, p.show)
	}
	return p
}

// step says that done of total of a stage are done.
func (p *progress) step(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	same := stage == p.stage
	p.stage, p.done, p.total = stage, done, total
	if p.shown && (!same || time.Since(p.drawnAt) >= redraw) {
		p.draw()
	}
}

// counted is step for work that is one stage.
func (p *progress) counted(stage string) func(done, total int) {
	return func(done, total int) { p.step(stage, done, total) }
}

// show starts to draw.
func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.shown = true
		p.draw()
	}
}

// draw writes the line over the one before. The caller holds the lock.
func (p *progress) draw() {
	p.drawnAt = time.Now()
	if p.stage == "" || p.ended {
		return
	}
	line := p.stage + " …"
	if p.total > 0 {
		full := barWidth * min(p.done, p.total) / p.total
		line = fmt.Sprintf("%-18s %s%s %d/%d", p.stage, strings.Repeat("━", full), strings.Repeat("┈", barWidth-full), p.done, p.total)
	}
	_, _ = fmt.Fprintf(p.w, "\r\x1b[K%s", line)
}

// end takes the line away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.shown && !p.ended {
		_, _ = io.WriteString(p.w, "\r\x1b[K")
	}
	p.ended = true
}
