package bot

import (
	"net/url"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/layout"
	"parley/bot/phrases"
	"parley/corpus"
)

// maxTitle bounds titles that stand within a sentence, in runes.
const maxTitle = 90

// answered shows an answer.
func (j *job) answered(a *answer.Answer) *Reply {
	if a.Abstained {
		return j.declined(a)
	}
	r := &Reply{Outcome: Answered, Private: j.Private}
	page := layout.Of(a)
	if len(a.Conflicts) > 0 {
		r.Outcome = Disputed
	}
	for i, d := range page.Disputes {
		heading := j.conflict(&d)
		if i == 0 && a.Lead == answer.Contested {
			heading = j.say.Say("answer.contested", nil) + " " + heading
		}
		if a.Language != "" {
			heading = d.About
		}
		r.Blocks = append(r.Blocks, plain(Heading, heading))
		for _, side := range d.Sides {
			r.Blocks = append(r.Blocks, Block{Style: Side, Label: side.Label, Date: j.say.Date(side.Date), Spans: spans(side.Statement)})
		}
	}
	r.Blocks = append(r.Blocks, j.told(a, page)...)
	abroad := j.abroad(a)
	for _, q := range a.Unsaid {
		text := j.say.Say("answer.part_not_said", phrases.Args{"Question": shorten(q, maxTitle)})
		if abroad != nil {
			text = abroad.NotSaid + " “" + shorten(q, maxTitle) + "”"
		}
		r.Blocks = append(r.Blocks, plain(Paragraph, text))
	}
	if abroad == nil {
		if a.Follows != "" {
			r.Blocks = append(r.Blocks, plain(Note, j.say.Say("note.follows", phrases.Args{"Question": shorten(a.Follows, maxTitle)})))
		}
		r.Blocks = append(r.Blocks, j.note(a)...)
	} else {
		r.Blocks = append(r.Blocks, plain(Note, abroad.Note(a.Translated())))
	}
	r.Cards = j.cards(page.Sources)
	for i := range r.Cards {
		for k := range page.Sources[i].Quotes {
			if t := page.Sources[i].Quotes[k].Translation; t != "" && abroad != nil {
				r.Cards[i].Blocks = append(r.Cards[i].Blocks, plain(Note, abroad.Translation+": "+t))
			}
		}
	}
	return r
}

// told is what an answer says beside its disputes: a paragraph, or a line for each
// statement.
func (j *job) told(a *answer.Answer, page *layout.Page) []Block {
	var head []Span
	var lines []Block
	if lead := j.lead(a); lead != "" {
		head = append(head, Span{Text: lead, Bold: true})
	}
	if page.Intro != "" {
		head = append(head, Span{Text: page.Intro})
	}
	for _, s := range page.Said {
		if page.Shape == answer.Prose {
			head = append(head, spans(s)...)
			continue
		}
		line := Block{Style: Bullet}
		if day := j.say.Date(s.Day); day != "" {
			line.Spans = append(line.Spans, Span{Text: day + ":"})
		}
		line.Spans = append(line.Spans, spans(s)...)
		lines = append(lines, line)
	}
	if len(head) > 0 {
		lines = append([]Block{{Style: Paragraph, Spans: head}}, lines...)
	}
	return lines
}

// abroad is how people are spoken to whose question is in another language than the
// articles; nil for others.
func (j *job) abroad(a *answer.Answer) *phrases.Abroad {
	if a.Language == "" {
		return nil
	}
	say, err := phrases.ReadAbroad(a.Language)
	if err != nil {
		j.log.Error("texts not read", "request", j.ID, "error", err)
		return nil
	}
	return say
}

// note says why an answer is not the model's, where there is one.
func (j *job) note(a *answer.Answer) []Block {
	switch a.Note {
	case answer.ModelFailed:
		return []Block{plain(Note, j.say.Say("note.model_failed", nil))}
	case answer.NothingHeld:
		return []Block{plain(Note, j.say.Say("note.nothing_held", nil))}
	case answer.OverBudget:
		return []Block{plain(Note, j.say.Say("note.over_budget", nil))}
	}
	return nil
}

// conflict says how articles differ, in the reader's language. One of another
// version of the engine stays as that has put it.
func (j *job) conflict(c *layout.Dispute) string {
	switch c.Kind {
	case answer.Figures:
		return j.say.Say("conflict.figures", nil)
	case answer.Disputed:
		return j.say.Say("conflict.disputed", nil)
	case answer.Differing:
		return j.say.Say("conflict.differing", nil)
	case answer.Superseded:
		return j.say.Say("conflict.superseded", nil)
	}
	return c.About
}

// spans is a statement with its marks, the words that answer in bold.
func spans(s layout.Statement) []Span {
	if s.Marked.Len() <= 0 || s.Marked.End > len(s.Text) {
		return []Span{{Text: s.Text, Marks: s.Citations}}
	}
	var out []Span
	blank := true // before the part
	for i, part := range [...]string{s.Text[:s.Marked.Start], s.Text[s.Marked.Start:s.Marked.End], s.Text[s.Marked.End:]} {
		trimmed := strings.TrimSpace(part)
		if trimmed != "" {
			out = append(out, Span{Text: trimmed, Bold: i == 1, Glued: !blank && !strings.HasPrefix(part, " ")})
		}
		blank = part == "" && blank || strings.HasSuffix(part, " ")
	}
	out[len(out)-1].Marks = s.Citations
	return out
}

// declined says why there is no answer, and what comes nearest.
func (j *job) declined(a *answer.Answer) *Reply {
	r := &Reply{Outcome: Declined, Private: j.Private}
	if a.Language != "" {
		r.Blocks = paragraphs(a.Text) // in the language of the question
		r.Cards = j.nearest(a.Nearest)
		return r
	}
	switch a.Reason {
	case answer.Empty:
		r.Blocks = paragraphs(j.say.Say("answer.empty", nil), j.known())
	case answer.SmallTalk:
		if key, ok := talks[a.Talk]; ok {
			r.Blocks = paragraphs(j.say.Say(key, nil))
			return r
		}
		r.Blocks = paragraphs(j.say.Say("answer.small_talk", nil), j.known())
	case answer.Instruction:
		r.Blocks = paragraphs(j.say.Say("answer.instruction", nil), j.known())
	case answer.Ambiguous:
		r.Blocks = paragraphs(j.say.Say("answer.which", nil))
		for _, reading := range a.Readings {
			r.Blocks = append(r.Blocks, plain(Bullet, reading.Name))
		}
	default:
		r.Blocks = paragraphs(j.unsaid(a.Missing))
		if a.Missing != nil && a.Missing.Near != nil {
			blocks, cards := j.near(a.Missing.Near)
			r.Blocks, r.Cards = append(r.Blocks, blocks...), cards
		} else if r.Cards = j.nearest(a.Nearest); len(r.Cards) > 0 {
			r.Blocks = append(r.Blocks, plain(Note, j.say.Say("answer.nearest", nil)))
		}
		r.Blocks = append(r.Blocks, j.note(a)...)
	}
	return r
}

// known says which articles there are.
func (j *job) known() string {
	newest := j.on.catalogue.Newest()
	if len(newest) == 0 {
		return j.say.Say("answer.no_articles", nil)
	}
	title := shorten(name(&j.on.catalogue.Corpus.Articles[newest[0]]), maxTitle)
	return j.say.Say("answer.known", phrases.Args{"Count": len(newest), "Title": title})
}

// nearest are the cards of articles that an abstention names.
func (j *job) nearest(articles []int) []Card {
	var out []Card
	for _, i := range articles {
		if i >= 0 && i < len(j.on.catalogue.Corpus.Articles) { // an answer of the cache is of these articles
			out = append(out, j.card(&j.on.catalogue.Corpus.Articles[i]))
		}
	}
	return out
}

// cards are the articles that are cited, each with what it says that is not said above.
func (j *job) cards(sources []layout.Source) []Card {
	var out []Card
	for _, s := range sources {
		c := j.citation(&answer.Citation{
			N: s.Numbers[0], ArticleID: s.ArticleID, Title: s.Title, Publisher: s.Publisher, Published: s.Published, URL: s.URL,
		})
		c.More = s.Numbers[1:]
		for _, q := range s.Quotes {
			b := plain(Quote, q.Text)
			if len(c.More) > 0 {
				b.Spans[0].Marks = []int{q.N}
			}
			c.Blocks = append(c.Blocks, b)
		}
		out = append(out, c)
	}
	return out
}

// citation is the card of a citation, without its quotation.
func (j *job) citation(c *answer.Citation) Card {
	card := Card{Title: c.Title, Outlet: c.Publisher, Date: j.say.Date(c.Published), URL: link(c.URL), Article: c.ArticleID}
	if i, ok := j.on.catalogue.Corpus.Lookup(c.ArticleID); ok {
		card = j.card(&j.on.catalogue.Corpus.Articles[i])
	}
	card.N = c.N
	if card.Title == "" {
		card.Title = c.ArticleID
	}
	return card
}

// card shows an article.
func (j *job) card(a *corpus.Article) Card {
	c := Card{Title: name(a), Outlet: a.Publisher, Date: j.say.Date(a.Published), URL: link(a.URL), Article: a.ID}
	if a.Published.IsZero() && !a.Event.IsZero() {
		c.Detail = j.say.Say("card.event", phrases.Args{"Date": j.say.Date(a.Event)})
	}
	return c
}

// name is what an article is called.
func name(a *corpus.Article) string {
	if strings.TrimSpace(a.Title) == "" {
		return a.ID
	}
	return a.Title
}

// link returns an address if it is one of the web, else nothing.
func link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// maxButton is how much stands on a button, in runes.
const maxButton = 80

// answerButtons are the buttons under an answer.
func (j *job) answerButtons(s *saved) []Button {
	if s.state.Ref == "" {
		return nil
	}
	button := func(key string, style ButtonStyle, verb Verb) Button {
		return Button{Label: j.say.Say(key, nil), Style: style, Action: Action{Verb: verb, Ref: s.state.Ref}}
	}
	var out []Button
	if s.Answer != nil && s.Answer.Abstained {
		out = j.offered(s) // before the others: they are part of what is said
		if s.Answer.Reason == answer.Ambiguous {
			return out // there is nothing to vote on
		}
	}
	if len(s.citations()) > 0 {
		out = append(out, button("button.sources", Primary, ShowSources))
	}
	if s.Check == nil {
		out = append(out, button("button.follow_up", Plain, FollowUp), button("button.helpful", Plain, Helpful), button("button.not_helpful", Plain, NotHelpful))
	}
	switch {
	case s.state.Private && len(s.citations()) > 0 && !s.Shared && j.Kind != Check:
		out = append(out, button("button.share", Plain, Share))
	case !s.state.Private && s.Check == nil && j.Place.takesThreads():
		out = append(out, button("button.thread", Plain, Continue))
	}
	if s.Answer != nil && !s.Answer.Abstained {
		out = append(out, j.offered(s)...)
	}
	return out
}

// offered are the buttons that ask a question each.
func (j *job) offered(s *saved) []Button {
	var out []Button
	for i, o := range s.Offers {
		out = append(out, Button{Label: shorten(o.Name, maxButton), Style: Plain, Asks: true, Action: Action{Verb: Pick, Ref: s.state.Ref, Index: i}})
	}
	return out
}

// lead is how an answer to a question of yes or no begins.
func (j *job) lead(a *answer.Answer) string {
	switch a.Lead {
	case answer.Yes:
		return j.say.Say("answer.yes", nil)
	case answer.No:
		return j.say.Say("answer.no", nil)
	case answer.Denied:
		return j.say.Say("answer.denied", phrases.Args{"Name": a.DeniedBy})
	}
	return ""
}

// talks are the texts that answer small talk about the bot, and thanks.
//
//nolint:gochecknoglobals // a table
var talks = map[answer.Talk]string{
	answer.TalkThanks: "answer.talk.thanks",
	answer.TalkBye:    "answer.talk.bye",
	answer.TalkOk:     "answer.talk.ok",
	answer.TalkWho:    "answer.talk.who",
	answer.TalkMaker:  "answer.talk.maker",
	answer.TalkHow:    "answer.talk.how",
	answer.TalkTrust:  "answer.talk.trust",
}
