package manual

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// Section is a part of a manual page that the command line does not know of.
type Section struct {
	Title string
	Items [][2]string // a term, and what it is
}

// Man writes the manual page of an application for section 1, in the man macros of
// groff(7). Version and day may be empty.
func Man(w io.Writer, app *kong.Application, version string, day time.Time, more []Section) error {
	m := page{}
	date := ""
	if !day.IsZero() {
		date = day.UTC().Format(time.DateOnly)
	}
	m.line(`.TH %q 1 %q %q "User Commands"`, strings.ToUpper(app.Name), date, strings.TrimSpace(app.Name+" "+version))
	m.section("NAME")
	m.line(`%s \- %s`, app.Name, roff(lower(strings.TrimSuffix(app.Help, "."))))
	m.section("SYNOPSIS")
	m.line(`.B %s`, app.Name)
	m.line(`.I command`)
	m.line(`[\fIflags\fR]`)
	m.section("COMMANDS")
	for _, c := range commands(app) {
		m.line(`.SS %s`, roff(c.usage(app.Name)))
		m.line(`%s`, roff(c.help))
		for _, a := range c.args {
			m.term(`\fI`+roff(a.Name)+`\fR`, a.Help)
		}
		m.flags(c.flags)
	}
	m.section("FLAGS OF EVERY COMMAND")
	m.flags(app.Flags)
	for _, s := range more {
		m.section(strings.ToUpper(s.Title))
		for _, item := range s.Items {
			m.term(`\fB`+roff(item[0])+`\fR`, item[1])
		}
	}
	_, err := io.WriteString(w, m.String())
	return err
}

// usage is how a command is written.
func (c *command) usage(program string) string {
	out := []string{program, c.name}
	for _, a := range c.args {
		name := "<" + a.Name + ">"
		if !a.Required {
			name = "[" + name + "]"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// page is a manual page that is being written.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) section(title string) { p.line(`.SH %q`, title) }

// term writes a term and what it is.
func (p *page) term(term, text string) {
	p.line(".TP")
	p.line("%s", term)
	p.line("%s", roff(text))
}

func (p *page) flags(flags []*kong.Flag) {
	for _, f := range flags {
		if f.Hidden {
			continue
		}
		var forms []string
		for _, n := range names(f) {
			forms = append(forms, `\fB`+roff(n)+`\fR`)
		}
		term := strings.Join(forms, ", ")
		if takesValue(f) {
			term += `=\fI` + roff(f.FormatPlaceHolder()) + `\fR`
		}
		p.term(term, f.Help)
	}
}

// roff is a text as groff takes it: no character of it is a command.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "’", `\(cq`, "“", `\(lq`, "”", `\(rq`, "…", "...").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// lower begins a text with a small letter.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
