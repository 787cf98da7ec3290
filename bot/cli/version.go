package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCmd struct{}

type versionJSON struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Date     string `json:"date"`     // of the commit, in UTC; "unknown" outside of a repository
	Modified bool   `json:"modified"` // built from files that are not committed
	Go       string `json:"go"`
	Corpus   string `json:"corpus"` // fingerprint of the built-in articles
}

// Run prints what this program was built from.
func (versionCmd) Run(a *app) error {
	v := builtFrom()
	corpus, err := builtinFingerprint()
	if err != nil {
		return fmt.Errorf("read built-in articles: %w", err)
	}
	v.Corpus = corpus
	if a.flags.JSON {
		return a.out.object(v)
	}
	commit := v.Commit
	if v.Modified {
		commit += " with changes"
	}
	a.out.linef("parley %s", v.Version)
	a.out.linef("commit %s", commit)
	a.out.linef("of %s", v.Date)
	a.out.linef("built with %s", v.Go)
	a.out.linef("built-in articles %s", v.Corpus)
	return nil
}

// builtFrom is what the go command has written into the program.
func builtFrom() versionJSON {
	v := versionJSON{Version: "(devel)", Commit: "unknown", Date: "unknown", Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Commit = s.Value
			case "vcs.time":
				v.Date = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
	}
	return v
}
