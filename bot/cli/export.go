package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"parley/bot/store"
)

type exportCmd struct {
	What string `arg:"" enum:"feedback" help:"What to write: feedback."`
}

// Run writes what the bot has stored, one JSON object a line, oldest first.
func (cmd *exportCmd) Run(ctx context.Context, a *app) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	if cfg.Data == "" {
		return usagef("name the folder with --data, or as data in the configuration", "without a data folder nothing is stored")
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, store.FileName)); errors.Is(err, fs.ErrNotExist) {
		return hint(fmt.Errorf("export %s: nothing is stored in %s", cmd.What, cfg.Data), "name the folder that parley serve runs with")
	}
	s, err := store.Open(ctx, cfg.Data, time.Duration(cfg.Store.RetentionDays)*24*time.Hour)
	if err != nil {
		return hint(fmt.Errorf("export %s: %w", cmd.What, err), "run it as the user who runs parley serve")
	}
	for vote, err := range s.Votes(ctx) {
		if err == nil {
			err = a.out.object(vote)
		}
		if err != nil {
			return errors.Join(err, s.Close())
		}
	}
	return s.Close()
}
