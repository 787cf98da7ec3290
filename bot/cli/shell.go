package cli

import (
	"time"

	"github.com/alecthomas/kong"

	"parley/bot/cli/manual"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,fish,zsh" help:"The shell: bash, fish or zsh."`
}

// Run writes what a shell needs to complete the command line.
func (c completionCmd) Run(a *app, k *kong.Context) error {
	return manual.Completion(a.out, k.Model, c.Shell)
}

type manCmd struct{}

// Run writes the manual page.
func (manCmd) Run(a *app, k *kong.Context) error {
	v := builtFrom()
	day, _ := time.Parse(time.RFC3339, v.Date)
	return manual.Man(a.out, k.Model, v.Version, day, []manual.Section{
		{Title: "Environment", Items: [][2]string{
			{tokenKey + ", " + tokenFileKey, "The bot's token, or a file that holds it."},
			{openaiKey + ", " + openaiFileKey, "The key of the models, or a file that holds it."},
			{embeddingKey + ", " + embeddingFileKey, "The same for an endpoint of its own that makes vectors."},
		}},
		{Title: "Exit status", Items: [][2]string{
			{"0", "It is done."}, {"1", "It failed, or check found something broken."}, {"2", "The command line or the configuration is wrong."}, {"130", "It was interrupted."},
		}},
	})
}
