// Package manual writes what a command line of kong has into the forms in which
// systems keep it: a manual page, and what shells need to complete it.
//
// The libraries that do this for kong were compared (mango-kong 0.1.0, kong-completion
// 0.0.4, kongplete 0.4.0, king): the first three have seen no release since 2022 to
// 2023 and ask the program itself for completions, at each key; king cannot be had
// from the module proxy everywhere.
package manual

import (
	"strings"

	"github.com/alecthomas/kong"
)

// command is one command as shells and manuals see it.
type command struct {
	name, help string
	args       []*kong.Positional
	flags      []*kong.Flag // its own
}

// commands are those of an application that are shown.
func commands(app *kong.Application) []command {
	var out []command
	for _, n := range app.Leaves(true) {
		c := command{name: n.Path(), help: n.Help, args: n.Positional}
		for _, f := range n.Flags {
			if !f.Hidden {
				c.flags = append(c.flags, f)
			}
		}
		out = append(out, c)
	}
	return out
}

// kind is what the value of a flag is, as its placeholder says.
type kind int

const (
	aWord kind = iota
	aFile
	aFolder
)

func kindOf(f *kong.Flag) kind {
	switch f.PlaceHolder {
	case "FILE", "PATH":
		return aFile
	case "DIR":
		return aFolder
	}
	return aWord
}

// takesValue reports whether a word follows a flag.
func takesValue(f *kong.Flag) bool { return !f.IsBool() }

// names are the ways to write a flag.
func names(f *kong.Flag) []string {
	out := []string{"--" + f.Name}
	if f.Short != 0 {
		out = append([]string{"-" + string(f.Short)}, out...)
	}
	return out
}

// words are all the ways to write flags.
func words(flags []*kong.Flag) string {
	var out []string
	for _, f := range flags {
		if !f.Hidden {
			out = append(out, names(f)...)
		}
	}
	return strings.Join(out, " ")
}

// choices are the values that an argument can have, where they are few.
func choices(v *kong.Value) []string {
	if v.Enum == "" {
		return nil
	}
	return strings.Split(v.Enum, ",")
}
