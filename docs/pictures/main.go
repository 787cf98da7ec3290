// Command pictures makes the pictures of parley in Discord that stand beside it.
//
// It builds parley, runs parley serve against a local Discord
// (bot/discord/discordtest), does there what people do (scenes.go), and draws
// the messages as Discord has them in the end (page.html). Chromium turns the
// pages into pictures; on Debian it is the package chromium.
//
//	go run ./docs/pictures
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

// wait bounds the whole run. A judgement: it takes a minute.
const wait = 5 * time.Minute

func main() {
	out := flag.String("out", "docs/pictures", "folder for the pictures")
	browser := flag.String("chromium", "chromium", "the browser that draws them")
	payloads := flag.Bool("payloads", false, "also write what is drawn, as JSON")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	if err := run(ctx, *out, *browser, *payloads); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, browser string, payloads bool) error {
	dir, err := os.MkdirTemp("", "parley-pictures-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	scenes, err := play(ctx, dir)
	if err != nil {
		return err
	}
	for _, s := range scenes {
		page, data, err := s.page()
		if err != nil {
			return err
		}
		if payloads {
			if err := os.WriteFile(filepath.Join(out, s.Name+".json"), data, 0o600); err != nil {
				return fmt.Errorf("write payloads: %w", err)
			}
		}
		size, err := picture(ctx, browser, dir, page, filepath.Join(out, s.Name+".png"))
		if err != nil {
			return fmt.Errorf("draw %s: %w", s.Name, err)
		}
		fmt.Printf("%s.png  %d kB\n", s.Name, (size+999)/1000)
	}
	return nil
}
