package webtest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// violation is what axe-core finds wrong.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// TestAccess holds every page against axe-core, by day and night, on a desk and a phone.
func TestAccess(t *testing.T) {
	if *axe == "" {
		t.Skip("there is no axe-core: npm pack axe-core, and give axe.min.js of it by -axe")
	}
	core, err := os.ReadFile(*axe)
	if err != nil {
		t.Fatal(err)
	}
	base, _ := serve(t, nil)
	left, _ := serve(t, nil, "--corpus", hostile(t))
	closed, _ := serve(t, []string{"PARLEY_WEB_TOKEN=0123456789abcdef0123"})
	answers := func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click("[data-verb=bad]")
		p.until(`document.querySelector(".entry") !== null`)
		p.ask(unsaid)
	}
	for name, show := range map[string]struct {
		base string
		do   func(*tab)
	}{
		"home": {base, func(p *tab) { p.visit("") }}, "answers": {base, answers},
		"narrowed": {base, func(p *tab) { p.visit(""); p.click("#ask summary") }},
		"reader": {base, func(p *tab) {
			p.visit("")
			p.ask(disputed)
			p.click(".said .mark")
			p.until(`document.getElementById("reader").open`)
		}},
		"articles": {base, func(p *tab) { p.visit("articles") }}, "topic": {base, func(p *tab) { p.visit("articles?topic=Kushner") }},
		"article": {base, func(p *tab) { p.visit("articles"); p.click(".list a"); p.until(`location.pathname === "/article"`) }},
		"reading": {left, func(p *tab) { p.visit("reading") }}, "about": {base, func(p *tab) { p.visit("about") }}, "help": {base, func(p *tab) { p.visit("help") }},
		"gaps": {base, func(p *tab) { p.visit("gaps") }}, "status": {base, func(p *tab) { p.visit("status") }}, "nothing": {base, func(p *tab) { p.visit("nothing"); p.allow() }},
		"login": {closed, func(p *tab) { p.visit("login") }},
	} {
		for _, l := range looks {
			t.Run(name+" "+l.name, func(t *testing.T) {
				p := open(t, show.base, l)
				p.do(command(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})) // axe-core itself makes markup of texts
				show.do(p)
				p.run(string(core))
				found := js[string](p, `axe.run({ resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations))`)
				var wrong []violation
				if err := json.Unmarshal([]byte(found), &wrong); err != nil {
					t.Fatal(err)
				}
				for _, v := range wrong {
					for _, n := range v.Nodes {
						t.Errorf("%s: %s: %s: %s", v.ID, v.Help, n.HTML, n.Summary)
					}
				}
			})
		}
	}
}

// TestPictures draws the pictures of docs/web.md.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder for pictures is given by -pictures")
	}
	base, _ := serve(t, nil)
	draw := func(name string, l look, show func(*tab)) {
		p := open(t, base, l)
		show(p)
		p.run(`document.activeElement.blur()`)
		var image []byte
		p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			quality := int64(80)
			got, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "webp", Quality: &quality})
			if err == nil {
				image = got.Data
			}
			return err
		}))
		if err := os.WriteFile(filepath.Join(*pictures, name), image, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(image) > 150_000 {
			t.Errorf("%s has %d bytes", name, len(image))
		}
	}
	answer := func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.until(`document.querySelector(".offer") !== null`)
		p.run(`scrollTo(0, 0)`)
	}
	article := func(p *tab) {
		answer(p)
		p.click(".said .mark")
		p.until(`document.getElementById("reader").open`)
	}
	wide, small := look{"", 1100, 760, false, false}, look{"", 390, 780, true, true}
	draw("web-answer.webp", wide, answer)
	draw("web-article.webp", wide, article)
	draw("web-phone.webp", small, answer)
	wide.dark = true
	draw("web-dark.webp", wide, answer)
}
