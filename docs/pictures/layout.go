package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"parley/bot/discord/discordtest"
)

const page = `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: #313338; color: #dbdee1; font: 15px/1.4 "Noto Sans", "DejaVu Sans", sans-serif; }
.did { color: #949ba4; font-size: 13px; margin: 0 0 6px 56px; } .did b { color: #f2f3f5; }
.m { display: flex; gap: 16px; } .a { width: 40px; height: 40px; border-radius: 50%%; background: #5865f2; color: #fff; display: grid; place-items: center; font-weight: bold; flex: none; }
.n { color: #f2f3f5; font-weight: 600; } .app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 4px; padding: 1px 4px; margin-left: 4px; vertical-align: 2px; }
.c { overflow-wrap: anywhere; } ul { margin: 2px 0; padding-left: 20px; } blockquote { margin: 2px 0; padding-left: 10px; border-left: 4px solid #4e5058; }
small { color: #949ba4; font-size: 12px; display: block; } a { color: #00a8fc; text-decoration: none; }
.e { background: #2b2d31; border-left: 4px solid; border-radius: 4px; padding: 10px 14px; margin-top: 8px; max-width: 560px; font-size: 14px; }
.e h4 { margin: 8px 0 2px; font-size: 14px; color: #f2f3f5; } .e h4:first-child { margin-top: 0; } .f { color: #949ba4; font-size: 12px; margin-top: 8px; }
.b { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; } .b span { background: #4e5058; color: #fff; border-radius: 4px; padding: 5px 14px; font-size: 14px; }
.b .p { background: #5865f2; } .b .d { opacity: .5; } .o { color: #949ba4; font-size: 12px; margin-top: 6px; }
</style><p class="did"><b>%s</b> %s</p><div class="m"><div class="a">p</div><div><span class="n">parley</span><span class="app">APP</span>%s</div></div><script>document.title = document.documentElement.scrollHeight</script>`

// layout writes a message as a page, whose title is its height in pixels.
func layout(s scene) string {
	var b strings.Builder
	m := s.message
	fmt.Fprintf(&b, `<div class="c">%s</div>`, markdown(m.Content))
	for _, e := range m.Embeds {
		fmt.Fprintf(&b, `<div class="e" style="border-color:#%06x">`, e.Color)
		if e.Title != "" {
			fmt.Fprintf(&b, "<h4>%s</h4>", markdown(e.Title))
		}
		b.WriteString(markdown(e.Description))
		for _, f := range e.Fields {
			fmt.Fprintf(&b, "<h4>%s</h4>%s", markdown(f.Name), markdown(f.Value))
		}
		if e.Footer.Text != "" {
			fmt.Fprintf(&b, `<div class="f">%s</div>`, html.EscapeString(e.Footer.Text))
		}
		b.WriteString("</div>")
	}
	b.WriteString(buttons(m.Components))
	if m.Ephemeral {
		b.WriteString(`<div class="o">Only you can see this • Dismiss message</div>`)
	}
	return fmt.Sprintf(page, html.EscapeString(s.who), html.EscapeString(s.did), b.String())
}

func buttons(all []discordtest.Component) string {
	var b strings.Builder
	for _, c := range all {
		class := ""
		if c.Style == 1 {
			class = "p"
		}
		if c.Disabled {
			class += " d"
		}
		fmt.Fprintf(&b, `<span class="%s">%s</span>`, class, html.EscapeString(c.Label))
	}
	if b.Len() == 0 {
		return ""
	}
	return `<div class="b">` + b.String() + "</div>"
}

var (
	escape = regexp.MustCompile(`\\([^0-9A-Za-z\s])`)
	link   = regexp.MustCompile(`\[([^\]]+)\]\(&lt;([^&]*(?:&amp;[^&]*)*)&gt;\)`)
	bold   = regexp.MustCompile(`\*\*(.+?)\*\*`)
)

// markdown draws the part of Discord's markup that parley uses.
func markdown(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "- "):
			b.WriteString("<ul><li>" + inline(line[2:]) + "</li></ul>")
		case strings.HasPrefix(line, "> "):
			b.WriteString("<blockquote>" + inline(line[2:]) + "</blockquote>")
		case strings.HasPrefix(line, "-# "):
			b.WriteString("<small>" + inline(line[3:]) + "</small>")
		case line == "":
			b.WriteString("<br>")
		default:
			b.WriteString("<div>" + inline(line) + "</div>")
		}
	}
	return b.String()
}

// inline draws bold text and links. What is escaped is taken out before, and put
// back after.
func inline(s string) string {
	var kept []string
	s = escape.ReplaceAllStringFunc(s, func(m string) string {
		kept = append(kept, html.EscapeString(m[1:]))
		return "\x00"
	})
	s = html.EscapeString(s)
	s = strings.ReplaceAll(s, "\uFFFD", "\x00") // html writes NUL so
	s = bold.ReplaceAllString(s, "<b>$1</b>")
	s = link.ReplaceAllString(s, `<a href="$2">$1</a>`)
	for _, k := range kept {
		s = strings.Replace(s, "\x00", k, 1)
	}
	return s
}
