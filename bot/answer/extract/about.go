package extract

import (
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

const articleNoun = `(?:articles?|reports?|stor(?:y|ies)|pieces?|sources?|documents?|texts?|headlines?)`

// What people ask about the articles themselves. The first group of a pattern,
// if it has one, is the topic that narrows the articles.
var metaQuestions = []struct {
	pattern *regexp.Regexp
	answer  func(e *Engine, articles []int) *answer.Answer
	whole   bool // asks about all articles; a topic narrows them by what they say
}{
	{regexp.MustCompile(`(?i)^how many (?:different |news )?` + articleNoun + `(?: do you (?:have|know)| are there| have you(?: got| read)?| are in (?:the|your) \w+| did you read)?(?: (?:that )?(?:about|mention|mentioning|name|naming|cover|covering|on|talk about|discuss) (.+?))?\W*$`), (*Engine).countArticles, true},
	{regexp.MustCompile(`(?i)\b(?:newest|latest|most recent|last) (?:one of (?:the|these|your) )?` + articleNoun + `\W*(?:you have|you know|here|there is)?\W*$|\b` + articleNoun + ` (?:you have )?(?:is|are|was) (?:the )?(?:newest|latest|most recent)(?: one)?\W*$`), (*Engine).newestArticle, true},
	{regexp.MustCompile(`(?i)\b(?:oldest|earliest|first) (?:one of (?:the|these|your) )?` + articleNoun + `\W*(?:you have|you know|here|there is)?\W*$|\b` + articleNoun + ` (?:you have )?(?:is|are|was) (?:the )?(?:oldest|earliest)(?: one)?\W*$`), (*Engine).oldestArticle, true},
	{regexp.MustCompile(`(?i)^(?:which|what) (?:news )?(?:outlets?|publishers?|newspapers?|media|` + articleNoun + `) (?:do you (?:have|know|use)|are there|have you(?: got| read)?|are (?:in|these)\b|did you read|are you based on)(?: articles?| reports?| names?)?(?: (?:that )?(?:about|on|mentioning|mention) (.+?))?\W*$|^(?:list|show|name|give)(?: me)?(?: all)?(?: of)?(?: the| your)? (?:outlets?|publishers?|titles|` + articleNoun + `)\W*$|^what are (?:the|your) (?:outlets?|titles|` + articleNoun + `)(?: of (?:the|your) ` + articleNoun + `)?(?: you (?:have|know))?\W*$|^what are (?:the|these|your) ` + articleNoun + ` about\W*$|^(?:which|what) (?:of (?:the|your) )?` + articleNoun + ` (?:mentions?|names?|covers?|discuss(?:es)?|(?:is|are|talks?|speaks?) (?:about|of)) (.+?)\W*$`), (*Engine).listArticles, true},
	{regexp.MustCompile(`(?i)^who (?:wrote|authored|is the author of|was the author of|is the writer of|penned) (.*(?:` + articleNoun + `|[“"]).*?)\W*$|^who (?:is|was) (?:the )?(?:author|writer|journalist|reporter) (?:of|behind|for) (.*(?:` + articleNoun + `|[“"]).*?)\W*$`), (*Engine).authorOf, false},
	{regexp.MustCompile(`(?i)^(?:when|on (?:what|which) (?:date|day)) (?:was|were) (.*(?:` + articleNoun + `|[“"]).*?) (?:published|written|posted|released)\W*$`), (*Engine).dateOf, false},
	{regexp.MustCompile(`(?i)^(?:which|what) (?:news )?(?:outlet|publisher|newspaper|site|paper|magazine|website|news site) (?:published|wrote|ran|carried|is behind|printed|did) (.+?)\W*$|^(?:who published|where was) (.*(?:` + articleNoun + `|[“"]).*?)(?: published)?\W*$`), (*Engine).outletOf, false},
}

// metaWords are the words of such questions that do not narrow the articles.
var metaWords = strings.Fields("article articles report reports story stories piece pieces source sources document documents text texts headline headlines titled called named published written wrote news outlet")

// About answers a question about the articles themselves, or returns nil when
// it is not one.
func (e *Engine) About(question string, filter retrieval.Filter) *answer.Answer {
	for _, m := range metaQuestions {
		groups := m.pattern.FindStringSubmatch(question)
		if groups == nil {
			continue
		}
		articles := e.allArticles()
		if topic := strings.TrimSpace(strings.Join(groups[1:], " ")); topic != "" {
			if m.whole {
				articles = e.mentioning(topic)
			} else if articles = e.titled(topic); articles == nil {
				return nil
			}
		}
		articles = slices.DeleteFunc(articles, func(a int) bool { return !filter.Allows(&e.corpus.Articles[a]) })
		if len(articles) == 0 && filter.Active() {
			return nil
		}
		return m.answer(e, articles)
	}
	return nil
}

func (e *Engine) allArticles() []int {
	out := make([]int, len(e.corpus.Articles))
	for i := range out {
		out[i] = i
	}
	return out
}

// topicTerms are the terms of a topic without the words that every such question has.
func (e *Engine) topicTerms(topic string) []analysis.TermID {
	var out []analysis.TermID
	for _, t := range analysis.Tokenize(topic) {
		if !analysis.IsStop(t.Word) && !slices.Contains(metaWords, t.Word) {
			out = append(out, e.fwd.Lookup(t.Word))
		}
	}
	return out
}

// mentioning returns the articles that hold every word of a topic.
func (e *Engine) mentioning(topic string) []int {
	terms := e.topicTerms(topic)
	var out []int
	for a := range e.corpus.Articles {
		if !slices.ContainsFunc(terms, func(t analysis.TermID) bool { return !e.holdsTerm(a, t) }) {
			out = append(out, a)
		}
	}
	return out
}

func (e *Engine) holdsTerm(article int, term analysis.TermID) bool {
	has := func(toks []analysis.Tok) bool {
		return slices.ContainsFunc(toks, func(t analysis.Tok) bool { return t.Term == term })
	}
	first, end := e.corpus.ArticleSentences(article)
	for s := first; s < end; s++ {
		if has(e.fwd.Sentence(s)) {
			return true
		}
	}
	return has(e.fwd.Titles[article]) || has(e.fwd.Publishers[article])
}

// titled returns the articles whose title and outlet hold most of a topic, the
// best ones; nil when none does.
func (e *Engine) titled(topic string) []int {
	terms := e.topicTerms(topic)
	if len(terms) == 0 {
		return e.allArticles()
	}
	best := (len(terms) + 1) / 2
	var out []int
	for a := range e.corpus.Articles {
		n := 0
		for _, t := range terms {
			held := slices.Concat(e.fwd.Titles[a], e.fwd.Publishers[a])
			if slices.ContainsFunc(held, func(w analysis.Tok) bool { return w.Term == t }) {
				n++
			}
		}
		switch {
		case n > best || n == best && out == nil:
			best, out = n, []int{a}
		case n == best:
			out = append(out, a)
		}
	}
	return out
}

// about writes claims about articles, each citing the article's first sentence.
func (e *Engine) about(lead string, articles []int, say func(*corpus.Article) string) *answer.Answer {
	a := &answer.Answer{Confidence: knownMeta, Engine: "extractive"}
	w := quote.NewWriter(e.corpus, a)
	for i, article := range articles {
		if i == listed {
			break
		}
		text := say(&e.corpus.Articles[article])
		if i == 0 {
			text = lead + text
		}
		if first, end := e.corpus.ArticleSentences(article); first < end {
			w.Claim(text, first)
		}
	}
	a.Text = quote.Text(a)
	return a
}

// unknown says that the articles do not state what is asked about them.
func (e *Engine) unknown(what string, articles []int) *answer.Answer {
	a := e.Decline(answer.NotInArticles, nil, unknownMeta)
	a.Nearest = articles[:min(nearestArticles, len(articles))]
	a.Text = "The articles do not say " + what + "."
	if len(a.Nearest) > 0 {
		a.Text += " Nearest to the question: " + e.titles(a.Nearest) + "."
	}
	return a
}

// describe names an article with its outlet and date, as far as known.
func describe(a *corpus.Article) string {
	s := "“" + quote.Clip(a.Title, 90) + "”"
	if a.Title == "" {
		s = a.ID
	}
	if a.Publisher != "" {
		s += ", " + a.Publisher
	}
	if !a.Published.IsZero() {
		s += ", " + a.Published.Format("2 January 2006")
	} else if !a.Event.IsZero() {
		s += ", about events up to " + a.Event.Format("2 January 2006")
	}
	return s
}

func (e *Engine) countArticles(articles []int) *answer.Answer {
	if len(articles) == 0 {
		return e.unknown("anything about that", nil)
	}
	lead := fmt.Sprintf("There are %d articles. ", len(articles))
	if len(articles) == 1 {
		lead = "There is 1 article. "
	}
	if len(articles) < len(e.corpus.Articles) {
		lead = fmt.Sprintf("%d of the %d articles do: ", len(articles), len(e.corpus.Articles))
	}
	return e.about(lead, articles, func(a *corpus.Article) string { return describe(a) + "." })
}

func (e *Engine) listArticles(articles []int) *answer.Answer {
	if len(articles) == 0 {
		return e.unknown("anything about that", nil)
	}
	return e.about("", articles, func(a *corpus.Article) string { return describe(a) + "." })
}

func (e *Engine) newestArticle(articles []int) *answer.Answer {
	return e.extreme(articles, "newest", func(a, b *corpus.Article) bool { return a.Date().After(b.Date()) })
}

func (e *Engine) oldestArticle(articles []int) *answer.Answer {
	return e.extreme(articles, "oldest", func(a, b *corpus.Article) bool { return a.Date().Before(b.Date()) })
}

// extreme finds the article that comes first by date in some direction.
func (e *Engine) extreme(articles []int, word string, before func(a, b *corpus.Article) bool) *answer.Answer {
	best := -1
	arts := e.corpus.Articles
	for _, i := range articles {
		if !arts[i].Date().IsZero() && (best < 0 || before(&arts[i], &arts[best])) {
			best = i
		}
	}
	if best < 0 {
		return e.unknown("when they were written", e.allArticles())
	}
	return e.about("The "+word+" is ", []int{best}, func(a *corpus.Article) string { return describe(a) + "." })
}

// known answers from one field of the articles that state it.
func (e *Engine) known(articles []int, what string, has func(*corpus.Article) bool, say func(*corpus.Article) string) *answer.Answer {
	var stated []int
	for _, i := range articles {
		if has(&e.corpus.Articles[i]) {
			stated = append(stated, i)
		}
	}
	if len(stated) == 0 {
		if !slices.ContainsFunc(e.corpus.Articles, func(a corpus.Article) bool { return has(&a) }) {
			return nil // no article of this corpus has it: the question means something else
		}
		return e.unknown(what, articles)
	}
	return e.about("", stated, say)
}

func (e *Engine) authorOf(articles []int) *answer.Answer {
	return e.known(articles, "who wrote that",
		func(a *corpus.Article) bool { return a.Author != "" },
		func(a *corpus.Article) string {
			return "“" + quote.Clip(a.Title, 90) + "” is by " + a.Author + orNothing(", ", a.Publisher) + "."
		})
}

func (e *Engine) dateOf(articles []int) *answer.Answer {
	return e.known(articles, "when that was published",
		func(a *corpus.Article) bool { return !a.Date().IsZero() },
		func(a *corpus.Article) string {
			if a.Published.IsZero() {
				return "“" + quote.Clip(a.Title, 90) + "” states no date of publication; the events it tells go up to " + a.Event.Format("2 January 2006") + "."
			}
			return "“" + quote.Clip(a.Title, 90) + "” was published on " + a.Published.Format("2 January 2006") + "."
		})
}

func (e *Engine) outletOf(articles []int) *answer.Answer {
	return e.known(articles, "which outlet published that",
		func(a *corpus.Article) bool { return a.Publisher != "" },
		func(a *corpus.Article) string {
			return a.Publisher + " published “" + quote.Clip(a.Title, 90) + "”."
		})
}

func orNothing(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}
