package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/wire"
	"parley/corpus"
	"parley/corpus/read"
	"parley/corpus/read/document"
	"parley/retrieval"
	"parley/retrieval/library"
)

// perPage is how many articles a page of the list has. A judgement.
const perPage = 100

// maxShown bounds each list of what was left out. parley index --json has all.
const maxShown = 200

// newest are the articles, newest first.
func newest(c *corpus.Corpus) []int { return wire.Newest(c) }

// searchFor is a search for what a question is about.
func searchFor(q answer.Question, limit int) retrieval.Query { return question.Read(q).Query(limit) }

// titleOf is what an article is called.
func titleOf(a *corpus.Article) string { return cmp.Or(strings.TrimSpace(a.Title), a.ID) }

// dayOf is a date for people.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// entry is an article of the list.
type entry struct {
	Title, Facts, Href, URL string
}

// list is a page of the list of articles.
type list struct {
	Topic          string
	Entries        []entry
	Total          int
	Previous, Next string // addresses; empty where there is none
}

// articles lists the articles, or those about a topic.
func (s *Server) articles(w http.ResponseWriter, r *http.Request) {
	if topic := strings.TrimSpace(r.URL.Query().Get("topic")); topic != "" {
		q := s.request(w, r, bot.Sources)
		q.Text = topic
		reply := s.bot.Handle(r.Context(), q)
		s.show(w, r, status(reply), "list", view{Title: "Articles", Reply: newReplyView(reply, 1), Data: list{Topic: topic}})
		return
	}
	on := s.loaded(w, r)
	if on == nil {
		return
	}
	all := newest(on.Corpus)
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = max(0, min(page, (len(all)-1)/perPage))
	out := list{Total: len(all)}
	for _, i := range all[page*perPage : min(len(all), (page+1)*perPage)] {
		out.Entries = append(out.Entries, s.entry(on, i))
	}
	if page > 0 {
		out.Previous = "/articles?page=" + strconv.Itoa(page-1)
	}
	if (page+1)*perPage < len(all) {
		out.Next = "/articles?page=" + strconv.Itoa(page+1)
	}
	s.show(w, r, http.StatusOK, "list", view{Title: "Articles", Data: out})
}

func (s *Server) entry(on *library.Snapshot, article int) entry {
	a := &on.Corpus.Articles[article]
	first, end := on.Corpus.ArticleSentences(article)
	left := ""
	if n := len(on.Reading.Dropped[a.ID]); n > 0 {
		left = count(n, "line") + " left out"
	}
	facts := joined(a.Publisher, dayOf(a.Published), count(end-first, "sentence"), left)
	return entry{Title: titleOf(a), Facts: facts, Href: articleLink(a.ID, nil), URL: link(a.URL)}
}

// count writes a number with what it counts.
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// link returns an address if it is one of the web, else nothing.
func link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// text is an article as it is shown: its paragraphs, each sentence on its own.
type text struct {
	Title, Facts, URL string

	Paragraphs []paragraph
	Dropped    []document.Drop
	More       int  // dropped lines that are not listed
	Changed    bool // the sentence that was to be lit does not stand there any more
}

type paragraph struct {
	Heading   bool
	Sentences []sentence
}

type sentence struct {
	Text  string
	Lit   bool
	First bool // of those lit
}

// article shows an article, with a sentence lit.
func (s *Server) article(w http.ResponseWriter, r *http.Request) {
	on := s.loaded(w, r)
	if on == nil {
		return
	}
	q := r.URL.Query()
	i, ok := on.Corpus.Lookup(q.Get("id"))
	if !ok {
		s.fail(w, r, http.StatusNotFound, "That article is not among those that are known now.")
		return
	}
	a := &on.Corpus.Articles[i]
	lit := corpus.Span{}
	changed := false
	if q.Has("start") {
		lit.Start, _ = strconv.Atoi(q.Get("start"))
		lit.End, _ = strconv.Atoi(q.Get("end"))
		if lit.Start < 0 || lit.Start >= lit.End || lit.End > len(a.Body) || q.Has("v") && q.Get("v") != fingerprint(a.Body[lit.Start:lit.End]) {
			lit, changed = corpus.Span{}, true
		}
	}
	dropped := on.Reading.Dropped[a.ID]
	out := text{
		Title: titleOf(a), Facts: joined(a.Publisher, a.Author, dayOf(a.Published), a.Place, a.ID), URL: link(a.URL),
		Paragraphs: paragraphs(on.Corpus, i, lit), Dropped: dropped[:min(maxShown, len(dropped))], More: max(0, len(dropped)-maxShown), Changed: changed,
	}
	s.show(w, r, http.StatusOK, "article", view{Title: out.Title, Data: out})
}

// paragraphs are those of an article, with what touches a span lit.
func paragraphs(c *corpus.Corpus, article int, lit corpus.Span) []paragraph {
	var out []paragraph
	first, end := c.ArticleSentences(article)
	last, none := -1, true
	for i := first; i < end; i++ {
		s := &c.Sentences[i]
		if s.Paragraph != last {
			out = append(out, paragraph{Heading: s.Heading})
			last = s.Paragraph
		}
		n := sentence{Text: c.SentenceText(i), Lit: s.Start < lit.End && lit.Start < s.End}
		n.First = n.Lit && none
		none = none && !n.Lit
		p := &out[len(out)-1]
		p.Sentences = append(p.Sentences, n)
	}
	return out
}

// left is what reading left out.
type left struct {
	Articles, Files int
	Bytes           int64
	Lists           []leftList
	Dropped         []droppedOf
	More            int // articles of which something was dropped, not listed
	Full            bool
}

// leftList is a list of one kind of what was left out.
type leftList struct {
	Title, Why string
	Lines      []string
	More       int // that are not listed
}

// droppedOf is what cleaning took out of an article.
type droppedOf struct {
	Title, Href string
	Drops       []document.Drop
	More        int
}

// maxDrops bounds the lines shown of what was dropped of one article.
const maxDrops = 20

// reading shows what was refused, dropped and why.
func (s *Server) reading(w http.ResponseWriter, r *http.Request) {
	on := s.loaded(w, r)
	if on == nil {
		return
	}
	rd := on.Reading
	out := left{Articles: len(on.Corpus.Articles), Files: rd.Files, Bytes: rd.Bytes}
	add := func(title, why string, lines []string) {
		if len(lines) > 0 {
			out.Lists = append(out.Lists, leftList{title, why, lines[:min(maxShown, len(lines))], max(0, len(lines)-maxShown)})
		}
	}
	add("Refused", "These are not among the articles.", lines(rd.Refused, read.Refusal.String))
	add("Read with a warning", "These are among the articles, without the part that is wrong.", lines(rd.Warnings, read.Refusal.String))
	add("Repeated", "Identical texts and repeated IDs count once; what is nearly alike stays.", lines(rd.Duplicates, func(d read.Duplicate) string {
		return d.ID + " repeats " + d.Of + " (" + kinds[d.Kind] + ", " + strconv.Itoa(int(100*d.Similarity+0.5)) + " % alike)"
	}))
	add("Not articles", "Files of other formats are passed over.", rd.Ignored)
	for _, i := range newest(on.Corpus) {
		a := &on.Corpus.Articles[i]
		drops := rd.Dropped[a.ID]
		switch {
		case len(drops) == 0:
		case len(out.Dropped) == maxShown:
			out.More++
		default:
			out.Dropped = append(out.Dropped, droppedOf{titleOf(a), articleLink(a.ID, nil), drops[:min(maxDrops, len(drops))], max(0, len(drops)-maxDrops)})
		}
	}
	out.Full = len(out.Lists) == 0 && len(out.Dropped) == 0
	s.show(w, r, http.StatusOK, "reading", view{Title: "What was left out", Data: out})
}

// kinds are the ways to repeat an article, for people.
//
//nolint:gochecknoglobals // a table
var kinds = map[read.DuplicateKind]string{read.SameID: "the same ID", read.Identical: "the same text", read.Near: "nearly the same text"}

func lines[T any](from []T, text func(T) string) []string {
	out := slices.Grow([]string(nil), len(from))
	for _, v := range from {
		out = append(out, text(v))
	}
	return out
}
