package webtest

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var (
	program  = flag.String("parley", "", "the built program; it is built when this is empty")
	axe      = flag.String("axe", os.Getenv("PARLEY_AXE"), "axe.min.js of axe-core, for the tests of accessibility")
	pictures = flag.String("pictures", "", "folder that pictures of the page are written to")
	slack    = flag.Float64("slack", 1, "what times that are allowed are multiplied by, on a busy machine")
)

// limit is how long one flow may take. A judgement: on a machine with nothing else to
// do a flow takes a second.
const limit = 90 * time.Second

// built is the program.
var built = sync.OnceValues(func() (string, error) {
	if *program != "" {
		return filepath.Abs(*program)
	}
	dir, err := os.MkdirTemp("", "parley-web-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "parley")
	cmd := exec.Command("go", "build", "-o", path, ".")
	cmd.Dir = filepath.Join("..", "..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build parley: %w\n%s", err, out)
	}
	return path, nil
})

// chromium is the browser, or empty.
func chromium() string {
	for _, name := range [...]string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// serve starts the page and returns its address and what ends it.
func serve(t *testing.T, env []string, args ...string) (address string, stop func()) {
	t.Helper()
	if chromium() == "" {
		t.Skip("there is no Chromium: apt-get install chromium")
	}
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, append([]string{"web", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	t.Cleanup(stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("parley web did not start: %v", err)
	}
	return strings.TrimSpace(line), stop
}

// browser is one Chromium for all tests.
var browser = sync.OnceValues(func() (context.Context, error) {
	ctx, end := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.ExecPath(chromium()), chromedp.NoSandbox))
	stopBrowser = end
	return ctx, chromedp.Do(ctx)
})

var stopBrowser = func() {}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	stopBrowser()
	if path, err := built(); *program == "" && err == nil && chromium() != "" {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// tab is a page of the browser with cookies of its own.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string

	mu     sync.Mutex
	faults []string // what the console and the policy complained of
	away   []string // requests to elsewhere
	bytes  float64  // that came over the network
}

// Looks are how a page is looked at.
type look struct {
	name          string
	width, height int64
	phone, dark   bool
}

var (
	desktop = look{"desktop-light", 1280, 800, false, false}
	night   = look{"desktop-dark", 1280, 800, false, true}
	phone   = look{"phone-light", 360, 740, true, false}
	bed     = look{"phone-dark", 360, 740, true, true}
	looks   = []look{desktop, night, phone, bed}
)

// open opens a tab on a page.
func open(t *testing.T, base string, l look) *tab {
	t.Helper()
	all, err := browser()
	if err != nil {
		t.Fatalf("Chromium did not start: %v", err)
	}
	p := &tab{t: t, base: base}
	ctx, cancel := chromedp.NewContext(all, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.hear))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // what it makes lives as long as the first context
		t.Fatal(err)
	}
	within, done := context.WithTimeout(ctx, limit)
	t.Cleanup(done)
	p.ctx = within
	scheme, opts := "light", []chromedp.EmulateViewportOption{}
	if l.dark {
		scheme = "dark"
	}
	if l.phone {
		opts = append(opts, chromedp.EmulateMobile)
	}
	p.do(chromedp.EmulateViewport(l.width, l.height, opts...), command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	}))
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, f := range p.faults {
			t.Errorf("the page complains: %s", f)
		}
		for _, a := range p.away {
			t.Errorf("the page asks elsewhere: %s", a)
		}
	})
	return p
}

// hear notes what no page may do.
func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			p.faults = append(p.faults, fmt.Sprintf("%s %s", e.Type, e.Args[0].Value))
		}
	case *log.EventEntryAdded: // the policy's complaints are here
		if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "status of 4") {
			p.faults = append(p.faults, e.Entry.Text+" "+e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, p.base) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") {
			p.away = append(p.away, u)
		}
	case *network.EventLoadingFinished:
		p.bytes += e.EncodedDataLength
	case *page.EventJavascriptDialogOpening:
		p.faults = append(p.faults, "a script of an article runs: "+e.Message)
	}
}

// allow forgets faults that a test is about.
func (p *tab) allow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// command is a command of the browser's protocol as an action.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// do runs actions.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// keys types into the element of a selector, and presses Enter where the text ends in
// one.
func (p *tab) keys(selector, text string) {
	p.t.Helper()
	typed, enter := strings.CutSuffix(text, "\r")
	p.do(chromedp.SendKeys(chromedp.CSS(selector), typed))
	if enter {
		p.press(kb.Enter, false)
	}
}

// press presses a key, with Shift where that is wanted.
func (p *tab) press(key string, shift bool) {
	p.t.Helper()
	var modifiers int64
	if shift {
		modifiers = int64(chromedp.ModifierShift)
	}
	if key != kb.Enter {
		p.do(chromedp.KeyEvent(key, func(e *input.DispatchKeyEventParams) { e.Modifiers |= modifiers }))
		return
	}
	// One event with its text, as keyboards send it: a letter on its own comes even
	// where the page has taken the key.
	down := input.DispatchKeyEventParams{Type: "keyDown", Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r", UnmodifiedText: "\r", Modifiers: modifiers}
	up := down
	up.Type, up.Text, up.UnmodifiedText = "keyUp", "", ""
	p.do(command(input.DispatchKeyEvent, down), command(input.DispatchKeyEvent, up))
}

// visit loads a page of the server.
func (p *tab) visit(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.base + path))
}

// js evaluates an expression, and waits where it is a promise.
func js[T any](p *tab, expression string) T {
	p.t.Helper()
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// run evaluates an expression whose value does not matter.
func (p *tab) run(expression string) {
	p.t.Helper()
	js[bool](p, "(() => { "+expression+"; return true; })()")
}

// until waits for an expression to be true. On the way from one page to another it
// may have no value.
func (p *tab) until(expression string) {
	p.t.Helper()
	var err error
	for start := time.Now(); time.Since(start) < limit/2 && p.ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		ok := false
		if ok, err = chromedp.Run(p.ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
	}
	text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.body.innerText`))
	p.t.Fatalf("waiting for %s: %v\n%s", expression, err, text)
}

// ask types a question and sends it with Enter, and waits for the answer.
func (p *tab) ask(question string) {
	p.t.Helper()
	n := js[int](p, `document.querySelectorAll('.reply:not(.working)').length`)
	p.keys("#text", question+"\r")
	p.answered(n)
}

// answered waits for one reply more than n, and for what is added to it.
func (p *tab) answered(n int) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelectorAll('.reply:not(.working)').length > %d && !document.querySelector('[aria-busy]')`, n))
}

// says waits until the page shows a text.
func (p *tab) says(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until(fmt.Sprintf(`document.querySelector('main').innerText.includes(%q)`, text))
	}
}

// click clicks the last element of a selector.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector(%q) !== null`, selector))
	p.run(fmt.Sprintf(`[...document.querySelectorAll(%q)].at(-1).setAttribute('data-click', '1')`, selector))
	p.run(`document.querySelector('[data-click]').scrollIntoView({ block: "center" })`)
	p.do(chromedp.Click(chromedp.CSS(`[data-click]`)))
	// The page may be another by now.
	_, _ = chromedp.Run(p.ctx, chromedp.Evaluate[bool](`document.querySelectorAll('[data-click]').forEach(e => e.removeAttribute('data-click')) ?? true`))
}

// write writes articles into a folder, by file name.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
