package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/bot"
	"parley/bot/answer"
)

// view is what a page is made of.
type view struct {
	Title string
	Path  string // of the page, to mark it in the menu
	Error string
	Kind  string // of what was entered
	Text  string // entered
	Login bool   // the token is wanted, so there is no menu

	Filter    bot.Filter
	Narrowed  bool // something of the filter is set
	Manage    bool
	Articles  int
	Newest    string
	Questions []string // to begin with

	Reply *replyView
	Body  template.HTML // of the page, once it was made
	Data  any           // of a page of its own
}

// show writes a page, or its inner part alone where the script asks for it.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.Path, v.Manage, v.Login = r.URL.Path, s.opts.Manage, name == "login"
	var body bytes.Buffer
	if err := s.pages.ExecuteTemplate(&body, name, v); err != nil {
		s.broken(w, r, err)
		return
	}
	if r.Header.Get("X-Part") == "" {
		v.Body = template.HTML(body.String()) //nolint:gosec // what a template has made
		body.Reset()
		if err := s.pages.ExecuteTemplate(&body, "layout", v); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}

// broken says that a page could not be made.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	s.log.Error("page not made", "request", requestID(r.Context()), "path", r.URL.Path, "error", err)
	http.Error(w, "Something went wrong. The log has more under "+requestID(r.Context())+".", http.StatusInternalServerError)
}

// part is a template's text, for an event.
func (s *Server) part(name string, data any) (string, error) {
	var b strings.Builder
	err := s.pages.ExecuteTemplate(&b, name, data)
	return b.String(), err
}

// replyView is a reply as the templates take it.
type replyView struct {
	*bot.Reply

	Level   int // of its title among the headings of the page
	Groups  []group
	Sources []card
	Actions []bot.Button // what buttons of a page do
	Offers  []bot.Button // questions to go on with
	Entry   *bot.Form
}

// group is a run of blocks of one style.
type group struct {
	Style  bot.Style
	Level  int // of its headings
	Blocks []block
}

// block is a block with its marks as links.
type block struct {
	Label, Date string
	Spans       []span
}

type span struct {
	Text        string
	Bold, Glued bool
	Marks       []mark
}

// mark is a number that links to the sentence it stands for.
type mark struct {
	N     int
	Href  string // empty where there is no such sentence
	Label string // for who does not see where it stands
}

// card is a bot.Card with links.
type card struct {
	bot.Card

	Href   string // its article here
	Facts  string // outlet, date and what else is known
	Marks  []mark
	Groups []group
}

// newReplyView makes a reply ready for the templates, its headings below those of a
// level.
func newReplyView(r *bot.Reply, below int) *replyView {
	v := &replyView{Reply: r, Entry: r.Form, Level: below + 1}
	links := marks(r)
	within := v.Level
	if r.Title != "" {
		within++
	}
	v.Groups = groups(r.Blocks, links, within)
	for i := range r.Cards {
		c := card{Card: r.Cards[i], Href: articleLink(r.Cards[i].Article, nil), Groups: groups(r.Cards[i].Blocks, links, within)}
		c.Facts = joined(c.Outlet, c.Date, c.Detail)
		for _, n := range c.Numbers() {
			m := links(n)
			c.Marks = append(c.Marks, m)
			if m.Href != "" && len(c.Marks) == 1 {
				c.Href = m.Href
			}
		}
		v.Sources = append(v.Sources, c)
	}
	for _, b := range r.Buttons {
		switch b.Action.Verb {
		case bot.ShowSources, bot.Share, bot.Continue: // marks lead there; there is no channel
			if r.Page == nil {
				continue
			}
			v.Actions = append(v.Actions, b)
		case bot.Pick:
			v.Offers = append(v.Offers, b)
		default:
			v.Actions = append(v.Actions, b)
		}
	}
	return v
}

// marks tells what the numbers of a reply link to.
func marks(r *bot.Reply) func(int) mark {
	cited := map[int]*answer.Citation{}
	for i := range r.Citations {
		cited[r.Citations[i].N] = &r.Citations[i]
	}
	return func(n int) mark {
		m := mark{N: n, Label: "Source " + strconv.Itoa(n)}
		if c := cited[n]; c != nil {
			m.Href = articleLink(c.ArticleID, c)
			for _, part := range [...]string{c.Publisher, c.Title} {
				if part != "" {
					m.Label += ", " + part
				}
			}
		}
		return m
	}
}

// groups puts blocks of one style that follow each other together.
func groups(blocks []bot.Block, links func(int) mark, level int) []group {
	var out []group
	for _, b := range blocks {
		if len(out) == 0 || out[len(out)-1].Style != b.Style {
			out = append(out, group{Style: b.Style, Level: level})
		}
		to := block{Label: b.Label, Date: b.Date}
		for i, s := range b.Spans {
			n := span{Text: s.Text, Bold: s.Bold, Glued: s.Glued || i == 0}
			for _, m := range s.Marks {
				n.Marks = append(n.Marks, links(m))
			}
			to.Spans = append(to.Spans, n)
		}
		g := &out[len(out)-1]
		g.Blocks = append(g.Blocks, to)
	}
	return out
}

// articleLink is the page of an article, with a sentence lit where one is cited.
func articleLink(id string, c *answer.Citation) string {
	q := url.Values{"id": {id}}
	if c == nil {
		return "/article?" + q.Encode()
	}
	q.Set("start", strconv.Itoa(c.Start))
	q.Set("end", strconv.Itoa(c.End))
	q.Set("v", fingerprint(c.Quote))
	return "/article?" + q.Encode() + "#lit"
}

// fingerprint tells one wording of a sentence from another.
func fingerprint(quote string) string {
	sum := sha256.Sum256([]byte(quote))
	return hex.EncodeToString(sum[:4])
}

// functions are those of the templates.
func functions() template.FuncMap {
	return template.FuncMap{
		"style": func(g group) string { return string(g.Style) },
		"tab":   newTab,
		"verb":  func(b bot.Button) string { return string(b.Action.Verb) },
		"host": func(address string) string {
			u, err := url.Parse(address)
			if err != nil {
				return ""
			}
			return strings.TrimPrefix(u.Hostname(), "www.")
		},
	}
}

// tab is a page of the menu.
type tab struct {
	Href, Name string
	Here       bool
}

func newTab(path, href, name string) tab {
	return tab{href, name, path == href || href == "/articles" && path == "/article"}
}

// joined are facts on a line, without those that are not known.
func joined(facts ...string) string {
	return strings.Join(slices.DeleteFunc(facts, func(f string) bool { return f == "" }), " · ")
}
