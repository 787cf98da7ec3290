package bot

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer"
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
	told := map[string]bool{}
	for i := range a.Conflicts {
		c := &a.Conflicts[i]
		r.Outcome = Disputed
		if c.Woven {
			continue // told among the claims
		}
		heading := j.conflict(c)
		if a.Language != "" {
			heading = c.About
		}
		r.Blocks = append(r.Blocks, plain(Heading, heading))
		for _, side := range c.Sides {
			told[side.Claim] = true
			r.Blocks = append(r.Blocks, Block{Bullet, claim(a.Claim(side.Claim))})
		}
	}
	var rest []Span
	switch a.Lead {
	case answer.Yes:
		rest = append(rest, Span{Text: j.say.Say("answer.yes", nil), Bold: true})
	case answer.No:
		rest = append(rest, Span{Text: j.say.Say("answer.no", nil), Bold: true})
	}
	for _, c := range a.Claims {
		if !told[c.Text] {
			rest = append(rest, claim(c)...)
		}
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, Block{Paragraph, rest})
	}
	abroad := j.abroad(a)
	for _, q := range a.Unsaid {
		text := j.say.Say("answer.part_not_said", phrases.Args{"Question": shorten(q, maxTitle)})
		if abroad != nil {
			text = abroad.NotSaid + " “" + shorten(q, maxTitle) + "”"
		}
		r.Blocks = append(r.Blocks, plain(Paragraph, text))
	}
	if abroad == nil {
		r.Blocks = append(r.Blocks, j.note(a)...)
	} else {
		r.Blocks = append(r.Blocks, plain(Note, abroad.Note(a.Translated())))
	}
	r.Cards = j.cited(a.Citations)
	for i := range r.Cards {
		if t := a.Citations[i].Translation; t != "" && abroad != nil {
			r.Cards[i].Blocks = append(r.Cards[i].Blocks, plain(Note, abroad.Translation+": "+t))
		}
	}
	return r
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
func (j *job) conflict(c *answer.Conflict) string {
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

// claim is a statement with its marks, the words that answer in bold. What an
// article has in the form of a mark is turned into another, so that every [n] is one
// of ours.
func claim(c answer.Claim) []Span {
	if c.Translation != "" {
		c = answer.Claim{Text: c.Translation, Citations: c.Citations}
	}
	text := foreignMark.ReplaceAllString(c.Text, "($1)")
	marks := slices.Clone(c.Citations)
	if c.Marked.Len() <= 0 || c.Marked.End > len(text) {
		return []Span{{Text: text, Marks: marks}}
	}
	var out []Span
	blank := true // before the part
	for i, part := range [...]string{text[:c.Marked.Start], text[c.Marked.Start:c.Marked.End], text[c.Marked.End:]} {
		trimmed := strings.TrimSpace(part)
		if trimmed != "" {
			out = append(out, Span{Text: trimmed, Bold: i == 1, Glued: !blank && !strings.HasPrefix(part, " ")})
		}
		blank = part == "" && blank || strings.HasSuffix(part, " ")
	}
	out[len(out)-1].Marks = marks
	return out
}

var foreignMark = regexp.MustCompile(`\[(\d+)\]`)

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
		r.Blocks = paragraphs(j.say.Say("answer.small_talk", nil), j.known())
	case answer.Instruction:
		r.Blocks = paragraphs(j.say.Say("answer.instruction", nil), j.known())
	default:
		r.Blocks = paragraphs(j.say.Say("answer.not_said", nil))
		if r.Cards = j.nearest(a.Nearest); len(r.Cards) > 0 {
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

// cited are the cards of citations, each with its quotation.
func (j *job) cited(citations []answer.Citation) []Card {
	var out []Card
	for i := range citations {
		c := j.citation(&citations[i])
		c.Blocks = []Block{plain(Quote, citations[i].Quote)}
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

// answerButtons are the buttons under an answer.
func (j *job) answerButtons(s *saved) []Button {
	if s.state.Ref == "" {
		return nil
	}
	button := func(key string, style ButtonStyle, verb Verb) Button {
		return Button{Label: j.say.Say(key, nil), Style: style, Action: Action{Verb: verb, Ref: s.state.Ref}}
	}
	var out []Button
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
	return out
}
