package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// parentEvery is how often a process looks whether the go command still runs it.
const parentEvery = 200 * time.Millisecond

// WithGoRun is a context that also ends when the go command does that runs this
// process: go run hands no signal on, and what it runs would stay behind.
func WithGoRun(ctx context.Context) context.Context {
	exe, err := os.Executable()
	if err != nil || !slices.ContainsFunc(strings.Split(exe, string(filepath.Separator)), isBuildFolder) {
		return ctx
	}
	ctx, end := context.WithCancel(ctx)
	go func() {
		defer end()
		parent := os.Getppid()
		for tick := time.NewTicker(parentEvery); os.Getppid() == parent; {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return ctx
}

// isBuildFolder reports whether a folder has a name as the go command gives to those
// that it builds in, or keeps what it has built.
func isBuildFolder(name string) bool { return strings.HasPrefix(name, "go-build") }
