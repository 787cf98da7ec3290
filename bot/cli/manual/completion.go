package manual

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Shells are those that [Completion] knows.
func Shells() []string { return []string{"bash", "fish", "zsh"} }

// Completion writes a script with which a shell completes an application's commands
// and flags. It asks the program nothing.
func Completion(w io.Writer, app *kong.Application, shell string) error {
	var b strings.Builder
	switch shell {
	case "bash":
		bash(&b, app)
	case "fish":
		fish(&b, app)
	case "zsh":
		zsh(&b, app)
	default:
		return fmt.Errorf("no shell is called %q: %s", shell, strings.Join(Shells(), ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// byKind are the flags whose value is of a kind, as a pattern of a shell's case; and
// those with few values, by these.
func byKind(app *kong.Application) (of map[kind]string, few map[string][]string) {
	found, few := map[kind][]string{}, map[string][]string{}
	seen := map[string]bool{}
	add := func(flags []*kong.Flag) {
		for _, f := range flags {
			if !takesValue(f) || seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			form := strings.Join(names(f), "|")
			if c := choices(f.Value); c != nil {
				few[form] = c
				continue
			}
			found[kindOf(f)] = append(found[kindOf(f)], form)
		}
	}
	add(app.Flags)
	for _, c := range commands(app) {
		add(c.flags)
	}
	of = map[kind]string{}
	for k, forms := range found {
		of[k] = strings.Join(forms, "|")
	}
	return of, few
}

func bash(b *strings.Builder, app *kong.Application) {
	all := commands(app)
	var list []string
	for _, c := range all {
		list = append(list, c.name)
	}
	of, few := byKind(app)
	fmt.Fprintf(b, "# completion of %s for bash\n_%[1]s() {\n", app.Name)
	b.WriteString("  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= w\n")
	b.WriteString("  COMPREPLY=()\n  case $prev in\n")
	if p := of[aFile]; p != "" {
		fmt.Fprintf(b, "    %s) compopt -o default; return ;;\n", p)
	}
	if p := of[aFolder]; p != "" {
		fmt.Fprintf(b, "    %s) compopt -o dirnames; return ;;\n", p)
	}
	for _, form := range slices.Sorted(maps.Keys(few)) {
		fmt.Fprintf(b, "    %s) COMPREPLY=($(compgen -W %q -- \"$cur\")); return ;;\n", form, strings.Join(few[form], " "))
	}
	if p := of[aWord]; p != "" {
		fmt.Fprintf(b, "    %s) return ;;\n", p)
	}
	b.WriteString("  esac\n  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $w in\n")
	fmt.Fprintf(b, "      %s) command=$w; break ;;\n    esac\n  done\n", strings.Join(list, "|"))
	fmt.Fprintf(b, "  local words=%q\n  case $command in\n", words(app.Flags))
	fmt.Fprintf(b, "    '') words+=%q ;;\n", " "+strings.Join(list, " "))
	for _, c := range all {
		own := words(c.flags)
		for _, a := range c.args {
			own = strings.TrimSpace(own + " " + strings.Join(choices(a), " "))
		}
		if own != "" {
			fmt.Fprintf(b, "    %s) words+=%q ;;\n", c.name, " "+own)
		}
	}
	fmt.Fprintf(b, "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _%s %[1]s\n", app.Name)
}

// quoted is a text within single quotation marks, as all three shells take it.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "’") + "'" }

func fish(b *strings.Builder, app *kong.Application) {
	fmt.Fprintf(b, "# completion of %s for fish\ncomplete -c %[1]s -f\n", app.Name)
	flags := func(when string, flags []*kong.Flag) {
		for _, f := range flags {
			if f.Hidden {
				continue
			}
			fmt.Fprintf(b, "complete -c %s%s -l %s", app.Name, when, f.Name)
			if f.Short != 0 {
				fmt.Fprintf(b, " -s %c", f.Short)
			}
			switch c := choices(f.Value); {
			case !takesValue(f):
			case c != nil:
				fmt.Fprintf(b, " -x -a %s", quoted(strings.Join(c, " ")))
			case kindOf(f) == aFolder:
				b.WriteString(" -x -a '(__fish_complete_directories)'")
			case kindOf(f) == aFile:
				b.WriteString(" -r -F")
			default:
				b.WriteString(" -x")
			}
			fmt.Fprintf(b, " -d %s\n", quoted(f.Help))
		}
	}
	flags("", app.Flags)
	for _, c := range commands(app) {
		fmt.Fprintf(b, "complete -c %s -n __fish_use_subcommand -a %s -d %s\n", app.Name, c.name, quoted(c.help))
		when := " -n '__fish_seen_subcommand_from " + c.name + "'"
		for _, a := range c.args {
			if values := choices(a); values != nil {
				fmt.Fprintf(b, "complete -c %s%s -a %s -d %s\n", app.Name, when, quoted(strings.Join(values, " ")), quoted(a.Help))
			}
		}
		flags(when, c.flags)
	}
}

func zsh(b *strings.Builder, app *kong.Application) {
	fmt.Fprintf(b, "#compdef %s\n# completion of %[1]s for zsh\n_%[1]s() {\n  local -a commands=(\n", app.Name)
	all := commands(app)
	plain := strings.NewReplacer("[", "(", "]", ")", ":", ",", "\\", "")
	for _, c := range all {
		fmt.Fprintf(b, "    %s\n", quoted(c.name+":"+plain.Replace(c.help)))
	}
	b.WriteString("  )\n")
	flags := func(flags []*kong.Flag) {
		for _, f := range flags {
			if f.Hidden {
				continue
			}
			action := ""
			if takesValue(f) {
				action = ":" + strings.ToLower(plain.Replace(f.FormatPlaceHolder())) + ":"
				switch c := choices(f.Value); {
				case c != nil:
					action += "(" + strings.Join(c, " ") + ")"
				case kindOf(f) == aFolder:
					action += "_files -/"
				case kindOf(f) == aFile:
					action += "_files"
				}
			}
			for _, n := range names(f) {
				form := n
				if action != "" && strings.HasPrefix(n, "--") {
					form += "="
				}
				fmt.Fprintf(b, " \\\n    %s", quoted("*"+form+"["+plain.Replace(f.Help)+"]"+action))
			}
		}
	}
	b.WriteString("  _arguments -C")
	flags(app.Flags)
	b.WriteString(" \\\n    '1:command:->command' \\\n    '*::arguments:->arguments'\n  case $state in\n    command) _describe command commands ;;\n    arguments)\n      case $words[1] in\n")
	for _, c := range all {
		fmt.Fprintf(b, "        %s) _arguments", c.name)
		flags(app.Flags)
		flags(c.flags)
		for _, a := range c.args {
			if values := choices(a); values != nil {
				fmt.Fprintf(b, " \\\n    %s", quoted("1:"+a.Name+":("+strings.Join(values, " ")+")"))
			} else {
				fmt.Fprintf(b, " \\\n    %s", quoted("*:"+a.Name+":"))
			}
		}
		b.WriteString(" ;;\n")
	}
	fmt.Fprintf(b, "      esac ;;\n  esac\n}\n_%s \"$@\"\n", app.Name)
}
