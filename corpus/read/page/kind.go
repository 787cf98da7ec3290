package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/maintext"
)

// kindFacts are what tells an article from other pages.
type kindFacts struct {
	own        bool // the page's JSON-LD has its article
	marked     int  // articles that are marked in the page
	typed      string
	dated      bool // it says when its article was published
	front      bool // its address is that of the site
	closed     bool // it says that its article is for subscribers
	titles     string
	kept       int    // words that are kept
	all        int    // words of the page
	paragraphs int    // kept words in paragraphs of some length
	teasers    int    // headlines that are links
	flow       int    // paragraphs beside each other in one element, the most, and
	flowWords  int    // their words
	agreed     int    // words that lie in the main element and are kept, and
	united     int    // those that are one of both: two ways to find the text
	cards      bool   // it is made of headlines that lead to articles, with their beginnings
	several    bool   // and those are whole articles
	text       string // of the page, in lower case, its beginning
	end        string // the last kept chunk and those after it, in lower case
}

// Lengths in words. A report on a page has rarely fewer than shortText, one of
// which only the beginning is there rarely more than stubText; a page that says
// that it is none has hardly more than noticeText.
const (
	shortText    = 60
	noticeText   = 120
	linkedText   = 20 // that machines are told of an article that is not shown
	stubText     = 300
	someText     = 350 // kept on a page, more than teasers leave
	runOfArticle = 80  // in paragraphs beside each other, which teasers do not have
	manyTeasers  = 10
	doubtfulFit  = 0.25
	frontText    = 400 // in paragraphs beside each other, of a site that is one page
	endChunks    = 4
	listedText   = 6000 // bytes of a page that phrases are looked for in
)

func kindOf(f *facts, own object, parts []maintext.Part) *kindFacts {
	k := &kindFacts{own: own != nil, marked: f.scopes}
	for _, m := range f.meta {
		switch m.name {
		case "og:type":
			k.typed = strings.ToLower(m.content)
		case "article:published_time":
			k.dated = true
		case "article:content_tier":
			k.closed = k.closed || strings.EqualFold(m.content, "locked")
		}
	}
	if own != nil {
		switch v := own["isAccessibleForFree"].(type) {
		case bool:
			k.closed = k.closed || !v
		case string:
			k.closed = k.closed || strings.EqualFold(v, "false") || strings.HasSuffix(v, "/False")
		}
	}
	for _, a := range f.addresses() {
		k.front = k.front || strings.HasSuffix(a, "?") && !strings.Contains(a, "/")
	}
	k.titles = strings.ToLower(strings.Join(f.titles, " "))
	for _, h := range f.headings {
		k.titles += " " + strings.ToLower(textOf(h))
	}
	k.count(parts)
	k.cards, k.several = isFront(f.cards(parts), k.kept)
	return k
}

// count goes through the chunks of the page.
func (k *kindFacts) count(parts []maintext.Part) {
	var b strings.Builder
	last := -1
	for i := range parts {
		p := &parts[i]
		k.all += p.Words
		if b.Len() < listedText && p.Words >= 3 {
			b.WriteString(strings.ToLower(p.Text))
			b.WriteByte('\n')
		}
		paragraph := p.Words >= 12 && p.LinkWords*2 < p.Words
		if p.Words >= 4 && p.Words <= 25 && p.LinkWords*10 >= p.Words*9 {
			k.teasers++
		}
		if paragraph && p.InFlow {
			if p.Keep {
				k.agreed += p.Words
			}
			k.united += p.Words
		} else if p.Keep {
			k.united += p.Words
			if !paragraph && p.Element.DataAtom != atom.P {
				k.agreed += p.Words // headings, items: not a matter of the main element
			}
		}
		if !p.Keep {
			continue
		}
		k.kept += p.Words
		last = i
		if paragraph {
			k.paragraphs += p.Words
		}
	}
	k.text = b.String()
	for i := last; i >= 0 && i < min(last+1+endChunks, len(parts)); i++ {
		k.end += strings.ToLower(parts[i].Text) + "\n"
	}
}

// judge refuses a page that is no article and doubts one that may not be, or not
// the whole. body is the text that machines are told.
func (k *kindFacts) judge(m *limit.Meter, d *document.Document, body string) error {
	if k.kept < shortText && text.Words(body) > max(2*k.kept, linkedText) {
		blocks, drops, err := linkedBlocks(m, body)
		if err != nil {
			return err
		}
		d.Blocks, d.Dropped = blocks, append(d.Dropped, drops...)
		d.Warnings = append(d.Warnings, document.Note{Reason: "shows no text without its scripts: it was taken from what the page tells machines (JSON-LD articleBody)"})
		return nil
	}
	if d.Refused = k.refuse(); d.Refused != "" {
		return nil
	}
	switch fit := float64(k.agreed) / float64(max(k.united, 1)); {
	case k.stub():
		d.Doubt = "is behind a paywall: only the beginning of the article is here"
	case k.lists():
		d.Doubt = "may be a list of articles, not one article"
	case len(d.Blocks) > 0 && k.kept >= shortText && fit < doubtfulFit:
		d.Doubt = fmt.Sprintf("may be read wrongly: two ways of finding its text agree on %.0f %% of it only", 100*fit)
	}
	return nil
}

// refuse says why the page is no article, if it is none.
func (k *kindFacts) refuse() string {
	has := func(s string, phrases ...string) bool {
		for _, p := range phrases {
			if strings.Contains(s, p) {
				return true
			}
		}
		return false
	}
	switch {
	case k.kept < noticeText && k.all < 2000 && errorTitle().MatchString(k.titles):
		return "is an error page, not an article"
	case k.kept < noticeText && has(k.titles+"\n"+k.text, "are you a robot", "verify you are human", "verifying you are human", "checking your browser", "unusual traffic from", "complete the captcha", "press & hold"):
		return "is a page that keeps programs out, not an article: save the page from a browser"
	case k.kept < shortText && has(k.text, "enable javascript", "javascript is disabled", "javascript is required", "javascript is not enabled", "turn on javascript", "requires javascript", "activate javascript", "javascript aktivieren", "without javascript", "need javascript"):
		return "shows no text without JavaScript: save the page from a browser"
	case k.kept < noticeText && k.all < 800 && k.flow <= 2 && strings.Count(k.text, "cookie") >= 2 && has(k.text, "accept all", "accept cookies", "i agree", "agree and", "zustimmen", "akzeptieren", "tout accepter", "aceptar", "accetta"):
		return "asks for consent to cookies, it is not the article: save the page from a browser after agreeing"
	case k.lists() && !k.several && k.kept < someText:
		return "is a list of articles, not one article"
	}
	return ""
}

// lists reports whether a page that states no article of its own is a list.
func (k *kindFacts) lists() bool {
	return !k.own && k.typed != "article" && !k.dated && k.marked != 1 && k.isList()
}

// isList reports whether a page is a list of articles: it is made of cards, is the
// front page of its site, or full of headlines that are links, with no text of some length in
// one place.
func (k *kindFacts) isList() bool {
	switch {
	case k.cards:
		return true
	case k.front && (k.teasers >= manyTeasers/2 && k.flowWords < frontText || k.typed == "website" && k.flowWords < runOfArticle):
		return true
	case k.teasers < manyTeasers || k.flow > 1 && k.flowWords >= runOfArticle:
		return false
	}
	return k.kept < runOfArticle || k.flowWords*2 < k.kept
}

// stub reports whether only the beginning of an article is here.
func (k *kindFacts) stub() bool {
	asks := paywall().MatchString(k.end)
	switch {
	case k.closed:
		return k.kept < stubText || asks && k.kept < 2*stubText
	default:
		return asks && k.kept < stubText
	}
}

// errorTitle is what titles of error pages say.
var errorTitle = text.Pattern(`\b(404|page not found|not found|page cannot be found|page unavailable|page doesn.t exist|access denied|403 forbidden|forbidden|` +
	`error 5\d\d|50[0234] |bad gateway|service unavailable|internal server error|something went wrong|seite nicht gefunden|page introuvable|página no encontrada)\b`)

// paywall is how a page asks readers to pay before they read on.
var paywall = text.Pattern(`(subscribe|sign up|sign in|log in|register|join)( now| today| here)? (to|and) (continue|keep|read|finish|unlock|access|view)|` +
	`to (continue|keep) reading,? (this|please|subscribe|sign|log|become|you)|continue reading (this article )?(with|for|by)|already a subscriber|already have a subscription|` +
	`for subscribers only|subscribers only|exclusive to subscribers|(article|story|content) is (reserved )?(only )?(available )?(to|for) (our )?(paid |paying )?(subscribers|members)|` +
	`you(.ve| have) (reached|read|used) (your|all|the) .{0,30}(free )?articles|remaining free articles|read the full (article|story)|` +
	`jetzt weiterlesen|weiterlesen mit|la suite est réservée|réservé aux abonnés|solo para suscriptores|abonnez-vous pour`)
