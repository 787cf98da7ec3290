package bot

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/enginetest"
	"parley/bot/phrases"
	"parley/retrieval/embedding"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

var lexicons struct {
	once sync.Once
	lex  *lexicon.Lexicon
	err  error
}

// words is the lexicon. It is immutable, so one serves all tests.
func words(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	lexicons.once.Do(func() { lexicons.lex, lexicons.err = lexicon.Open() })
	if lexicons.err != nil {
		t.Fatal(lexicons.err)
	}
	return lexicons.lex
}

// bubble runs a test in a synctest bubble, whose time passes at once when all wait.
// What all tests share is made outside.
func bubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	words(t)
	synctest.Test(t, f)
}

// extractiveEngine makes the engine the way the program does.
func extractiveEngine(s *library.Snapshot) Answerer { return enginetest.New(s) }

// newBot makes a bot over the built-in articles, or those of opts, and loads them.
func newBot(t testing.TB, opts Options) *Bot {
	t.Helper()
	if opts.Library == nil {
		opts.Library = library.New(library.Talks{}, "", builtin(t))
	}
	if opts.Engine == nil {
		opts.Engine = extractiveEngine
	}
	b, err := New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	if opts.Library.Vectors().Model == reader(t).Model() {
		// What is found must not depend on how far the vectors are.
		if err := opts.Library.Recover(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		b.goLive()
	}
	return b
}

var (
	server = Place{Guild: "g", Channel: "c"}
	direct = Place{Channel: "dm", Direct: true}
	thread = Place{Guild: "g", Channel: "th", Thread: true}
	alice  = User{ID: "100000000000000001", Name: "alice"}
	bob    = User{ID: "100000000000000002", Name: "bob"}
	boss   = User{ID: "100000000000000003", Name: "boss", Manager: true}
)

// handle handles a request and checks what holds of every reply.
func handle(t testing.TB, b *Bot, r Request) *Reply {
	t.Helper()
	if r.ID == "" {
		r.ID = "req-1"
	}
	if r.User.ID == "" {
		r.User = alice
	}
	if r.Place == (Place{}) {
		r.Place = server
	}
	var drafts []*Reply
	if r.Progress == nil {
		r.Progress = func(d *Reply) { drafts = append(drafts, d) }
	}
	reply := b.Handle(t.Context(), r)
	for _, problem := range wrongWith(reply, r.Text+r.Filter.Article+r.Filter.Since+r.Filter.Until) {
		t.Errorf("%s %q: %s", r.Kind, shorten(r.Text, 100), problem)
	}
	if (r.Private || r.Kind.alwaysPrivate()) && !reply.Private {
		t.Errorf("%s %q: the reply is public", r.Kind, shorten(r.Text, 100))
	}
	for _, d := range drafts {
		if d.Outcome != Working || (r.Private || r.Kind.alwaysPrivate()) && !d.Private {
			t.Errorf("%s: a draft is %s, private %v", r.Kind, d.Outcome, d.Private)
		}
	}
	return reply
}

// wrongWith lists what no reply to a text may be.
func wrongWith(r *Reply, asked string) []string {
	var wrong []string
	problem := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	switch r.Outcome {
	case Answered, Disputed, Declined, Told, Refused, Failed:
	default:
		problem("the outcome is %q", r.Outcome)
	}
	if len(r.Blocks)+len(r.Cards)+len(r.Choices) == 0 && r.Form == nil && r.Thread == nil && r.Outcome != Told {
		problem("it says nothing")
	}
	numbers := map[int]bool{}
	for _, c := range r.Cards {
		for _, n := range c.Numbers() {
			if numbers[n] {
				problem("two cards are number %d", n)
			}
			numbers[n] = true
		}
		if c.Title == "" || c.Article == "" {
			problem("a card has no title or article: %+v", c)
		}
		if u, err := url.Parse(c.URL); err != nil || c.URL != "" && u.Scheme != "http" && u.Scheme != "https" {
			problem("a card links to %q", c.URL)
		}
	}
	for _, text := range texts(r) {
		for _, left := range [...]string{"<no value>", "{{"} { // of a template, unless the user's own words are repeated
			if strings.Contains(text, left) && !strings.Contains(asked, left) {
				problem("it says %q", text)
			}
		}
		if !utf8.ValidString(text) {
			problem("it says %q", text)
		}
	}
	for _, block := range r.Blocks {
		for _, s := range block.Spans {
			for _, n := range s.Marks {
				if !numbers[n] {
					problem("mark %d has no card", n)
				}
			}
		}
	}
	wrong = append(wrong, wrongControls(r)...)
	if r.Public != nil {
		if r.Public.Private {
			problem("what is to be posted is private")
		}
		wrong = append(wrong, wrongWith(r.Public, asked)...)
	}
	return wrong
}

// wrongControls lists what no buttons, choices, forms and threads may be.
func wrongControls(r *Reply) []string {
	var wrong []string
	problem := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	atMost := func(what, text string, n int) {
		if got := utf8.RuneCountInString(text); got > n || got == 0 {
			problem("%s has %d runes, want 1 to %d: %q", what, got, n, text)
		}
	}
	actions := map[Action]bool{}
	for _, button := range r.Buttons {
		atMost("a button", button.Label, 80)
		again, err := ParseAction(button.Action.String())
		if err != nil || again != button.Action {
			problem("the action %q is read as %+v: %v", button.Action, again, err)
		}
		if actions[button.Action] {
			problem("two buttons do %s", button.Action)
		}
		actions[button.Action] = true
	}
	rows := 1
	for _, button := range r.Buttons {
		if button.Asks {
			rows++
		}
	}
	if n := len(r.Buttons) - (rows - 1); n > 5 || rows > 5 {
		problem("%d buttons do not fit into a row, or %d rows into a message", n, rows)
	}
	for _, c := range r.Choices {
		atMost("a choice", c.Label, maxChoiceText)
		atMost("a choice's value", c.Value, maxChoiceText)
	}
	if len(r.Choices) > maxChoices {
		problem("%d choices", len(r.Choices))
	}
	if f := r.Form; f != nil {
		atMost("a form's title", f.Title, 45)
		atMost("a form's label", f.Label, 45)
	}
	if o := r.Thread; o != nil {
		atMost("a thread's name", o.Name, 100)
	}
	return wrong
}

// texts are all texts of a reply.
func texts(r *Reply) []string {
	out := []string{r.Title}
	blocks := func(bs []Block) {
		for _, b := range bs {
			for _, s := range b.Spans {
				out = append(out, s.Text)
			}
		}
	}
	blocks(r.Blocks)
	for _, c := range r.Cards {
		out = append(out, c.Title, c.Outlet, c.Date, c.Detail)
		blocks(c.Blocks)
	}
	for _, b := range r.Buttons {
		out = append(out, b.Label)
	}
	return out
}

// says reports whether any text of a reply holds a text.
func says(r *Reply, text string) bool { return strings.Contains(strings.Join(texts(r), "\n"), text) }

// button returns the action of a reply's button.
func button(t testing.TB, r *Reply, verb Verb) Action {
	t.Helper()
	for _, b := range r.Buttons {
		if b.Action.Verb == verb {
			return b.Action
		}
	}
	t.Fatalf("no button for %s: %+v", verb, r.Buttons)
	return Action{}
}

func hasButton(r *Reply, verb Verb) bool {
	for _, b := range r.Buttons {
		if b.Action.Verb == verb {
			return true
		}
	}
	return false
}

// english is what a fixed sentence is in English.
func english(t testing.TB, b *Bot, key string, args phrases.Args) string {
	t.Helper()
	return b.book.For("en").Say(key, args)
}

// spy is an engine that remembers what it was asked.
type spy struct {
	Answerer
	mu    sync.Mutex
	asked []answer.Question
	more  *sync.Cond    // of mu: another question was asked
	hold  chan struct{} // if not nil, answers wait until it is closed
}

func newSpy() *spy {
	s := &spy{}
	s.more = sync.NewCond(&s.mu)
	return s
}

func (s *spy) Answer(ctx context.Context, q answer.Question) (*answer.Answer, error) {
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.more.Broadcast()
	s.mu.Unlock()
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return s.Answerer.Answer(ctx, q)
}

func (s *spy) last(t testing.TB) answer.Question {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) == 0 {
		t.Fatal("the engine was not asked")
	}
	return s.asked[len(s.asked)-1]
}

// wait returns when the engine has been asked so many times.
func (s *spy) wait(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.asked) < n {
		s.more.Wait()
	}
}

func (s *spy) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// spied makes a bot whose engine is watched.
func spied(t testing.TB, opts Options) (*Bot, *spy) {
	t.Helper()
	s := newSpy()
	opts.Engine = func(on *library.Snapshot) Answerer {
		s.Answerer = extractiveEngine(on)
		return s
	}
	return newBot(t, opts), s
}

// reader is the encoder in the program.
func reader(t testing.TB) *embedding.Embedder {
	t.Helper()
	e, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// builtin are the options of a library whose vectors are made in the program, as
// they are where nothing else is configured.
func builtin(t testing.TB) library.Options {
	t.Helper()
	return library.Options{Lexicon: words(t), Embedder: reader(t), Steady: true, Reader: reader(t)}
}
