package extract

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Confidence of an answer from what is known about the articles, and of finding
// that it is not known. Both are looked up, not judged.
const (
	knownMeta   = 0.95
	unknownMeta = 0.05
)

// listed is how many articles an answer about them names at most.
const listed = 8

const (
	articleNoun = `(?:articles?|reports?|stor(?:y|ies)|pieces?|sources?|documents?|texts?|headlines?)`
	newsNoun    = `(?:(?:news )?(?:outlets?|publishers?|newspapers?|papers|titles)|` + articleNoun + `)`
)

// What people ask about the articles themselves: which there are, in the order of
// their days, and what is known of one that is named. The last group is its name,
// or what they are to mention.
var (
	asksAll   = regexp.MustCompile(`(?i)^(?:(?:how many|which|what) (?:different )?` + newsNoun + `(?: are there| (?:are|do|did|were) (?:these|those|they|the|all the|your)(?: ` + articleNoun + `)?(?: come)?(?: from| by)| are (?:in (?:the|your) \w+|these)| (?:do|did|have) you(?: have| know| got| read| use)?| you (?:got|have|know)| (?:you(?:[’']ve| have)|have you) got)?|(?:list|show|name|give)(?: me)?(?: all)?(?: of)?(?: the| your)? ` + newsNoun + `|what are (?:the|these|your) ` + newsNoun + `(?: about| you (?:have|know))?)(?:,? and (?:by|from) (?:whom?|when|where|(?:what|which) ` + newsNoun + `))?\W*$|^how many ` + articleNoun + `,? and (?:by|from) (?:whom?|when|where)\W*$|^who (?:wrote|authored|published|reported) (?:them(?: all)?|(?:all )?(?:of )?(?:the|these|those|your|all) (?:articles|reports|stories|pieces))\W*$`)
	asksThose = regexp.MustCompile(`(?i)^(?:how many|which|what) ` + articleNoun + ` (?:that )?(?:mention|name|cover|discuss|(?:are|talk|speak) (?:about|of))s? (.+?)\W*$`)
	asksEnd   = regexp.MustCompile(`(?i)\b(?:(newest|latest|most recent|last)|oldest|earliest|first) ` + articleNoun + `(?: you (?:have|know)| here| there is)?\W*$|^(?:what|which)(?:[’']s| is| one is)? the (?:(newest|latest|most recent)|oldest|earliest) (?:one|1)(?: in there| here| of (?:them|these|all)| you (?:have|know))?\W*$|\b` + articleNoun + ` (?:you have )?(?:is|are) (?:the )?(?:(newest|latest|most recent)|oldest|earliest)(?: one)?\W*$`)
	asksOne   = regexp.MustCompile(`(?i)^(?:(who) (?:wrote|authored|(?:is|was) the (?:author|writer|journalist|reporter) (?:of|behind)) |(?:which|what) (?:news )?(?:outlet|publisher|newspaper|paper|magazine|website|site) (?:published|wrote|ran|carried|printed) )(.*(?:\b` + articleNoun + `\b|[“"]).*?)\W*$`)
	asksLink  = regexp.MustCompile(`(?i)^(?:(?:can|could|may) (?:i|you|u) (?:please )?(?:have|get|see|give me|show me|send me|post|share) |(?:please )?(?:give|show|send) me |share |where is |what(?:['’]s| is) )?(?:the |a |your )?(?:link|url|web ?address|web ?page|original)s? (?:to|of|for|about|on)(?: the| that| your| this)? (.+?)\W*$`)
	asksBy    = regexp.MustCompile(`(?i)^(?:(?:(how many|which|what) ` + articleNoun + ` (?:(?:are|were|is|was|come|came|do you have|are there) )?(?:written |published )?|(?:(?:please )?(?:show|give|list|find|get|name|read|open)(?: me)? )?(?:all )?(?:the |any |your )?` + articleNoun + ` (?:written |published )?)(?:by|from) (.+?)|(how many|which|what) ` + articleNoun + ` (?:did|does|do|has|have|were|was) (.+?) (?:write|written|publish|published|run|author|authored|contribute|print|have))\W*$`)
	asksShow  = regexp.MustCompile(`(?i)^(?:please |pls )?(?:show|give|find|get|open|read)(?: me)? (?:the |that |an? |any |all )*(?:` + articleNoun + ` (?:about|on|of|with|regarding|titled|called) (.+?)|(.+?) ` + articleNoun + `)\W*$`)
	asksDay   = regexp.MustCompile(`(?i)^(?:when|on (?:what|which) (?:date|day)) (?:was|is) (?:the|your) (?:(newest|latest|most recent|last)|oldest|earliest|first) ` + articleNoun + ` (?:published|written|posted|from)\W*$`)
	asksSpan  = regexp.MustCompile(`(?i)^(?:from when are they|when are they from|(?:from )?what (?:dates?|days?|years?|period) are they(?: from)?)\W*$|^(?:from when|how (?:old|recent|new|current|fresh|up[- ]to[- ]date)|(?:from )?what (?:dates?|days?|period|time ?(?:span|frame|period)?)|when) (?:are|were|is|do|does) (?:all )?(?:the|your|ur|these|those) (?:` + articleNoun + `|news)\b.*$`)
	asksWhen  = regexp.MustCompile(`(?i)^(when|on (?:what|which) (?:date|day)) (?:was|were) (.*(?:\b` + articleNoun + `\b|[“"]).*?) (?:published|written|posted)\W*$`)
)

// metaWords are the words of such questions that do not narrow the articles.
var metaWords = strings.Fields("article articles report reports story stories piece pieces source sources document documents text texts headline headlines titled called named")

// About answers a question about the articles themselves, or returns nil when
// it is not one.
func (e *Engine) About(question string, filter retrieval.Filter) *answer.Answer {
	var articles []int
	for i := range e.corpus.Articles {
		if filter.Allows(&e.corpus.Articles[i]) {
			articles = append(articles, i)
		}
	}
	slices.SortStableFunc(articles, func(a, b int) int { return e.corpus.Articles[b].Date().Compare(e.corpus.Articles[a].Date()) })
	if len(articles) == 0 {
		return nil
	}
	if asksAll.MatchString(question) {
		return e.about("I know "+counted(len(articles))+". ", articles, nil)
	}
	if m := asksThose.FindStringSubmatch(question); m != nil {
		those := slices.DeleteFunc(slices.Clone(articles), func(a int) bool { return e.holds(a, m[1]) < 1 })
		does := map[bool]string{true: "does", false: "do"}[len(those) == 1]
		return e.about(fmt.Sprintf("%d of %s %s: ", len(those), counted(len(articles)), does), those, nil)
	}
	if m := asksBy.FindStringSubmatch(question); m != nil {
		return e.by(articles, m[1]+m[3] != "", m[2]+m[4])
	}
	dated := slices.DeleteFunc(slices.Clone(articles), func(a int) bool { return e.corpus.Articles[a].Date().IsZero() })
	m := asksDay.FindStringSubmatch(question)
	if m == nil {
		m = append(asksEnd.FindStringSubmatch(question), "")
	}
	if len(m) > 1 {
		if newest := strings.Join(m[1:], "") != ""; newest {
			return e.about("The newest is ", dated[:min(1, len(dated))], articles)
		}
		return e.about("The oldest is ", dated[max(0, len(dated)-1):], articles)
	}
	if m := asksShow.FindStringSubmatch(question); m != nil {
		if a := e.show(articles, m[1], m[2]); a != nil {
			return a
		}
	}
	if m := asksLink.FindStringSubmatch(question); m != nil {
		return e.link(articles, m[1])
	}
	if asksSpan.MatchString(question) && len(dated) > 0 {
		first, last := dated[len(dated)-1], dated[0]
		return e.about(fmt.Sprintf("They are from %s to %s. ", day(&e.corpus.Articles[first]), day(&e.corpus.Articles[last])), []int{first, last}, nil)
	}
	if m := asksOne.FindStringSubmatch(question); m != nil {
		return e.one(articles, m[1], "", m[2])
	}
	if m := asksWhen.FindStringSubmatch(question); m != nil {
		return e.one(articles, "", m[1], m[2])
	}
	return nil
}

// by names the articles of an author or an outlet; nil where there are none.
func (e *Engine) by(articles []int, counts bool, name string) *answer.Answer {
	those := slices.DeleteFunc(slices.Clone(articles), func(a int) bool { return !e.signed(a, name) })
	if len(those) == 0 {
		return nil
	}
	lead := ""
	if counts {
		is := map[bool]string{true: "is", false: "are"}[len(those) == 1]
		lead = fmt.Sprintf("%d of %s %s: ", len(those), counted(len(articles)), is)
	}
	return e.about(lead, those, nil)
}

// show names the articles about a topic, or those of a name before the word for them: an
// author, an outlet, or what titles speak of; nil where there are none.
func (e *Engine) show(articles []int, topic, name string) *answer.Answer {
	pick := func(is func(a int) bool) *answer.Answer {
		those := slices.DeleteFunc(slices.Clone(articles), func(a int) bool { return !is(a) })
		if len(those) == 0 {
			return nil
		}
		return e.about("", those, nil)
	}
	if name != "" {
		if a := pick(func(a int) bool { return e.signed(a, name) }); a != nil {
			return a
		}
	}
	words := topic + name
	if a := pick(func(a int) bool { return e.titled(a, words) == 1 }); a != nil || name != "" {
		return a
	}
	return pick(func(a int) bool { return e.holds(a, words) == 1 })
}

// signed reports whether an article's author or outlet has all the words of a name.
func (e *Engine) signed(article int, name string) bool {
	a, n := &e.corpus.Articles[article], 0
	of := analysis.Tokenize(a.Author + " " + a.Publisher)
	for _, t := range analysis.Tokenize(name) {
		if analysis.IsStop(t.Word) {
			continue
		}
		if !slices.ContainsFunc(of, func(o analysis.Token) bool { return o.Word == t.Word }) {
			return false
		}
		n++
	}
	return n > 0
}

// link gives the address of the article that some words mean; nil where none is meant.
func (e *Engine) link(articles []int, words string) *answer.Answer {
	best, share := -1, 0.
	for _, i := range articles {
		if got := max(e.titled(i, words), e.holds(i, words)/2); got > share {
			best, share = i, got
		}
	}
	if share < .5 {
		return nil
	}
	address := e.corpus.Articles[best].URL
	if address == "" {
		return e.about("", nil, []int{best})
	}
	return e.about(address+" leads to ", []int{best}, nil)
}

func day(a *corpus.Article) string { return a.Date().Format("2 January 2006") }

// one says of the article that a title means who wrote it, when, or for which
// outlet; nil where no article has that title.
func (e *Engine) one(articles []int, who, when, title string) *answer.Answer {
	var named, known []int
	best := 0.5
	for _, i := range articles {
		switch share := e.titled(i, title); {
		case share > best:
			named, best = []int{i}, share
		case share == best:
			named = append(named, i)
		}
	}
	for _, i := range named {
		a := &e.corpus.Articles[i]
		if who != "" && a.Author != "" || when != "" && !a.Date().IsZero() || who+when == "" && a.Publisher != "" {
			known = append(known, i)
		}
	}
	if len(named) == 0 {
		return nil
	}
	return e.about("", known, named)
}

// titled is the share of a topic's words that an article's title and outlet have.
func (e *Engine) titled(article int, topic string) float64 {
	return e.share(topic, e.fwd.Titles[article], e.fwd.Publishers[article])
}

// holds is the share of a topic's words that an article has.
func (e *Engine) holds(article int, topic string) float64 {
	texts := [][]analysis.Tok{e.fwd.Titles[article], e.fwd.Publishers[article]}
	first, end := e.corpus.ArticleSentences(article)
	for s := first; s < end; s++ {
		texts = append(texts, e.fwd.Sentence(s))
	}
	return e.share(topic, texts...)
}

func (e *Engine) share(topic string, texts ...[]analysis.Tok) float64 {
	held, all := 0., 0.
	for _, t := range analysis.Tokenize(topic) {
		if analysis.IsStop(t.Word) || slices.Contains(metaWords, t.Word) {
			continue
		}
		all++
		is := func(w analysis.Tok) bool { return w.Term == e.fwd.Lookup(t.Word) }
		if slices.ContainsFunc(texts, func(text []analysis.Tok) bool { return slices.ContainsFunc(text, is) }) {
			held++
		}
	}
	return held / max(all, 1)
}

// about names articles, each citing its first sentence, or says that what is asked
// of some is not known.
func (e *Engine) about(lead string, articles, nearest []int) *answer.Answer {
	if len(articles) == 0 {
		return e.decline(answer.NotInArticles, nearest, unknownMeta)
	}
	a := &answer.Answer{Confidence: knownMeta, Engine: Name, Shape: answer.List}
	w := quote.NewWriter(e.corpus, a)
	if len(articles) > 1 {
		a.Intro, lead = strings.TrimSpace(lead), ""
	}
	for _, article := range articles[:min(listed, len(articles))] {
		if first, end := e.corpus.ArticleSentences(article); first < end {
			w.Claim(lead+describe(&e.corpus.Articles[article]), first)
			lead = ""
		}
	}
	a.Text = quote.Text(a)
	return a
}

// describe says what is known of an article.
func describe(a *corpus.Article) string {
	s := "“" + quote.Clip(cmp.Or(a.Title, a.ID), maxTitle) + "”"
	if a.Author != "" {
		s += " by " + a.Author
	}
	if a.Publisher != "" {
		s += ", " + a.Publisher
	}
	if !a.Published.IsZero() {
		s += ", " + a.Published.Format("2 January 2006")
	} else if !a.Event.IsZero() {
		s += ", about events up to " + a.Event.Format("2 January 2006")
	}
	return s + "."
}

func counted(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
