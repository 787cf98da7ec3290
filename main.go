// Command parley answers questions about news articles, each statement with
// the sentence it rests on.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"parley/bot/cli"
)

func main() {
	cli.Child()
	// A reader that has seen enough (parley … | head) ends the run quietly:
	// without the signal the write fails with EPIPE, which cli takes for the end.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the default action is back, so that a second one ends a run that hangs.
	context.AfterFunc(ctx, stop)
	os.Exit(cli.Main(cli.WithGoRun(ctx), os.Args[1:], cli.System()))
}
