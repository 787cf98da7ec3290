package webtest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The questions about the built-in articles that flows ask.
const (
	disputed = "How long did the talks last?"
	unsaid   = "What is the price of the new bridge in Quarmby?"
)

// firstPaint is how long the first answer may take, from Enter to paint.
const firstPaint = time.Second

// pageBytes is how much a page may load in all.
const pageBytes = 60_000

// TestFlows goes through what people do on the page, each in a session of its own.
func TestFlows(t *testing.T) {
	base, _ := serve(t, nil)
	for name, flow := range flows {
		t.Run(name, func(t *testing.T) { flow(open(t, base, desktop)) })
	}
}

// TestFlowsPhone goes through the same on a phone at night.
func TestFlowsPhone(t *testing.T) {
	base, _ := serve(t, nil)
	for name, flow := range flows {
		t.Run(name, func(t *testing.T) { flow(open(t, base, bed)) })
	}
}

var flows = map[string]func(*tab){
	"the page is small and complete": func(p *tab) {
		p.visit("")
		p.says("Ask the articles", "5 articles")
		p.ask(disputed)
		if p.bytes > pageBytes {
			p.t.Errorf("it loads %.0f bytes", p.bytes)
		}
		p.t.Logf("loaded with an answer: %.0f bytes", p.bytes)
	},
	"an answer comes at once": func(p *tab) {
		p.visit("")
		took := js[float64](p, `new Promise((done) => {
			const t = document.getElementById("text");
			t.value = "`+disputed+`";
			const start = performance.now();
			new MutationObserver(() => {
				if (document.querySelector(".reply .mark")) requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
			}).observe(document.getElementById("talk"), { childList: true, subtree: true });
			t.form.requestSubmit(t.form.querySelector("button"));
		})`)
		p.t.Logf("painted after %.0f ms", took)
		if took > *slack*float64(firstPaint.Milliseconds()) {
			p.t.Errorf("painted after %.0f ms", took)
		}
	},
	"Enter sends, and the next question can be typed": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		if !js[bool](p, `document.activeElement.id === "text" && document.activeElement.value === ""`) {
			p.t.Error("the field is not ready")
		}
		p.says(disputed)
	},
	"Shift and Enter begin a line": func(p *tab) {
		p.visit("")
		p.keys("#text", "one")
		p.press(kb.Enter, true)
		p.keys("#text", "two")
		if got := js[string](p, `document.getElementById("text").value`); !strings.Contains(got, "one") || js[int](p, `document.querySelectorAll(".question").length`) != 0 {
			p.t.Errorf("got %q", got)
		}
	},
	"a click asks": func(p *tab) {
		p.visit("")
		p.keys("#text", disputed)
		p.click("#ask button[value=ask]")
		p.answered(0)
		p.says("four hours")
	},
	"a disagreement stands side by side": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		if n := js[int](p, `document.querySelectorAll(".sides .side .who b").length`); n < 2 {
			p.t.Fatalf("%d sides", n)
		}
		beside := js[bool](p, `(() => { const [a, b] = [...document.querySelectorAll(".side")].map(e => e.getBoundingClientRect()); return innerWidth < 600 ? b.top >= a.bottom : b.left >= a.right; })()`)
		if !beside {
			p.t.Error("the sides do not stand as they should")
		}
	},
	"a mark opens the article with its sentence lit": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click(".said .mark")
		p.until(`document.getElementById("reader").open && document.activeElement.id === "lit"`)
		if !js[bool](p, `(() => { const r = document.getElementById("lit").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`) {
			p.t.Error("the sentence is not in sight")
		}
		p.press(kb.Escape, false)
		p.until(`!document.getElementById("reader").open && document.activeElement.classList.contains("mark")`)
	},
	"the title of a source opens it, too, and a button closes it": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click("aside .source a")
		p.until(`document.getElementById("reader").open && document.querySelector("#pages h1") !== null`)
		p.click("#reader .close")
		p.until(`!document.getElementById("reader").open`)
	},
	"an article has a page of its own": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		path := js[string](p, `document.querySelector(".said .mark").getAttribute("href")`)
		p.visit(strings.TrimPrefix(path, "/"))
		p.until(`document.getElementById("lit") !== null`)
		if !js[bool](p, `(() => { const r = document.getElementById("lit").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`) {
			p.t.Error("the sentence is not in sight")
		}
	},
	"helpful": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click(`[data-verb=good]`)
		p.says("Thank you! That was noted.")
		p.until(`document.querySelector("[data-verb=good]").disabled`)
	},
	"not helpful, with a reason": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click(`[data-verb=bad]`)
		p.until(`document.activeElement.matches(".entry textarea")`)
		p.keys(".entry textarea", "Only one of them was asked for.")
		p.click(".entry .primary")
		p.says("Thank you! That was noted.")
		p.visit("gaps")
		p.says(disputed, "Only one of them was asked for.")
	},
	"follow up": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.click(`.actions [data-verb=ask]`)
		p.until(`document.activeElement.matches(".entry textarea")`)
		p.keys(".entry textarea", "Where were they held?\r")
		p.until(`document.querySelectorAll(".question").length === 2 && !document.querySelector("[aria-busy]")`)
		p.until(`document.querySelectorAll(".reply.answered").length === 1`)
	},
	"a question that is offered asks itself": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.until(`document.querySelector(".offer") !== null`)
		question := js[string](p, `[...document.querySelectorAll(".offer")].at(-1).textContent`)
		p.click(".offer")
		p.until(`document.querySelectorAll(".question").length === 2 && !document.querySelector("[aria-busy]")`)
		if got := js[string](p, `document.querySelectorAll(".question")[1].textContent`); got != question {
			p.t.Errorf("got %q, want %q", got, question)
		}
	},
	"what the articles do not say": func(p *tab) {
		p.visit("")
		p.ask(unsaid)
		p.says("No article mentions")
		p.visit("gaps")
		p.says(unsaid)
	},
	"a statement is checked": func(p *tab) {
		p.visit("")
		p.keys("#text", "Jared Kushner was at the Kremlin.")
		p.click("#ask button[value=cite]")
		p.answered(0)
		p.says("These sentences support it")
	},
	"a text is checked, sentence by sentence": func(p *tab) {
		p.visit("")
		p.keys("#text", "Jared Kushner was at the Kremlin. Bananas are rich in potassium.")
		p.click("#ask button[value=cite]")
		p.answered(0)
		p.says("Checked against the articles", "Not in the articles")
	},
	"one article alone": func(p *tab) {
		p.visit("")
		p.click("#ask summary")
		p.keys("#article", "Putin Meets Trump Envoys for Nearly Five Hours")
		p.ask(disputed)
		if n := js[int](p, `document.querySelectorAll("aside li").length`); n != 1 {
			p.t.Errorf("%d sources", n)
		}
	},
	"a conversation goes on": func(p *tab) {
		p.visit("")
		p.ask(disputed)
		p.ask("source?")
		if n := js[int](p, `document.querySelectorAll(".question").length`); n != 2 {
			p.t.Errorf("%d questions", n)
		}
		if js[bool](p, `document.querySelectorAll(".reply")[1].classList.contains("declined")`) {
			p.t.Error("it does not know what was said before")
		}
	},
	"the list of articles": func(p *tab) {
		p.visit("articles")
		p.says("5 articles")
		p.click(".list li:first-child a")
		p.until(`location.pathname === "/article" && document.querySelector("article h1") !== null`)
	},
	"articles about a topic": func(p *tab) {
		p.visit("articles")
		p.keys("#topic", "Kushner\r")
		p.until(`location.search.includes("topic=Kushner") && document.querySelector("aside li") !== null`)
		p.says("About “Kushner”")
	},
	"the articles are read again": func(p *tab) {
		p.visit("status")
		p.says("Articles: 5")
		p.click(`button[value=reload]`)
		p.says("Nothing has changed")
	},
	"what was said is forgotten": func(p *tab) {
		p.visit("about")
		p.click(`button[value=forget]`)
		p.says("I have forgotten")
	},
	"by keyboard alone": func(p *tab) {
		p.visit("")
		p.press(kb.Tab, false)
		p.until(`document.activeElement.className === "skip"`)
		p.press(kb.Enter, false)
		p.press(kb.Tab, false)
		p.until(`document.activeElement.id === "text"`)
		p.press(disputed, false)
		p.press(kb.Enter, false)
		p.answered(0)
		for range 40 { // back over the buttons to a mark
			p.press(kb.Tab, true)
			if js[bool](p, `document.activeElement.classList.contains("mark")`) {
				break
			}
		}
		p.press(kb.Enter, false)
		p.until(`document.activeElement.id === "lit"`)
		p.press(kb.Escape, false)
		p.until(`document.activeElement.classList.contains("mark")`)
	},
	"a screen reader hears of the answer once": func(p *tab) {
		p.visit("")
		p.run(`window.heard = []; new MutationObserver(() => heard.push(document.getElementById("status").textContent)).observe(document.getElementById("status"), { childList: true })`)
		p.ask(disputed)
		heard := js[[]string](p, `heard`)
		if len(heard) != 2 || !strings.HasPrefix(heard[1], "Answered, with ") {
			p.t.Errorf("it hears %q", heard)
		}
		if !js[bool](p, `document.getElementById("talk").getAttribute("role") === "log"`) {
			p.t.Error("the answers are no log")
		}
	},
	"without the script": func(p *tab) {
		p.do(command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
		p.visit("")
		p.keys("#text", disputed)
		p.do(chromedp.Click(chromedp.CSS("#ask button[value=ask]")))
		p.until(`document.querySelector(".reply .mark") !== null`)
		p.do(chromedp.Click(chromedp.CSS(".said .mark")))
		p.until(`document.getElementById("lit") !== null`)
	},
	"two at a time": func(p *tab) {
		p.visit("")
		p.keys("#text", disputed+"\r")
		p.keys("#text", unsaid+"\r")
		p.until(`document.querySelectorAll(".reply").length === 2 && !document.querySelector("[aria-busy]")`)
		if !js[bool](p, `document.querySelectorAll(".reply")[1].classList.contains("declined")`) {
			p.t.Error("the answers are not under their questions")
		}
	},
	"nothing is asked": func(p *tab) {
		p.visit("")
		p.keys("#text", "   \r")
		if n := js[int](p, `document.querySelectorAll(".question").length`); n != 0 {
			p.t.Errorf("%d questions", n)
		}
	},
	"nothing is wider than the window": func(p *tab) {
		for _, path := range [...]string{"", "articles", "reading", "about", "help", "gaps", "status", "nothing"} {
			p.visit(path)
			if path == "" {
				p.ask(disputed)
				p.ask(strings.Repeat("wide", 100))
			}
			if wide := js[int](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				p.t.Errorf("/%s is %d pixels too wide", path, wide)
			}
		}
	},
}

// hostile are articles with markup in every part that a file states.
func hostile(t *testing.T) string {
	t.Helper()
	const attack = `"><img src=x onerror=alert(1)><script>alert(2)</script>`
	line, err := json.Marshal(map[string]string{
		"id": "../" + attack, "title": "Ferry " + attack, "publisher": "Mail " + attack, "author": attack, "url": "javascript:alert(3)", "date": "2025-05-04",
		"text": "The ferry Sandpiper carried 40 goats " + attack + " to Port Ellery on Monday. Its captain is called Joris Pell.",
	})
	if err != nil {
		t.Fatal(err)
	}
	return write(t, map[string]string{"a.jsonl": string(line) + "\n", "b.txt": "Mill fire\n\nThe fire in the old mill of Lundra injured 12 people.\n\nShare this article on Facebook\n", "c.pdf": "%PDF-1.7\nno such thing", "d.exe": "MZ"})
}

// TestHostile guards that no text of an article or a person runs.
func TestHostile(t *testing.T) {
	base, _ := serve(t, nil, "--corpus", hostile(t))
	p := open(t, base, desktop)
	p.visit("")
	p.ask("How many goats did the ferry Sandpiper carry to Port Ellery?")
	p.says("goats", "<script>alert(2)</script>")
	p.click(".said .mark")
	p.until(`document.getElementById("reader").open`)
	p.press(kb.Escape, false)
	p.ask(`What about <img src=x onerror=alert(4)><script>alert(5)</script>?`)
	for _, path := range [...]string{"articles", "articles?topic=ferry", "reading", "gaps", "article?id=%3Cscript%3Ealert(6)%3C/script%3E"} {
		p.visit(path)
	}
	if n := js[int](p, `document.querySelectorAll("img, script:not([src])").length`); n != 0 {
		t.Errorf("%d elements of articles", n)
	}
}

// TestLeftOut guards that what was refused and dropped is there to be read.
func TestLeftOut(t *testing.T) {
	base, _ := serve(t, nil, "--corpus", hostile(t))
	p := open(t, base, desktop)
	p.visit("reading")
	p.says("Refused", "c.pdf", "Not articles", "d.exe", "What was left out")
}

// TestLogin guards the way in where there is a token.
func TestLogin(t *testing.T) {
	base, _ := serve(t, []string{"PARLEY_WEB_TOKEN=0123456789abcdef0123"})
	p := open(t, base, desktop)
	p.visit("articles")
	p.says("The token of this server")
	p.keys("#token", "wrong\r")
	p.says("That is not the token.")
	p.keys("#token", "0123456789abcdef0123\r")
	p.until(`document.getElementById("text") !== null`)
	p.ask(disputed)
	p.says("four hours")
	p.allow() // the browser tells of the 403
}

// TestGone guards what is said when the server does not answer any more.
func TestGone(t *testing.T) {
	base, stop := serve(t, nil)
	p := open(t, base, desktop)
	p.visit("")
	stop()
	p.keys("#text", disputed+"\r")
	p.says("The answer did not arrive")
	p.allow()
}
