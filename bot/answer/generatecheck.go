package answer

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// check holds a sentence against what it is said to rest on. It returns the
// sentence as it may be shown, or what is wrong.
func (w *writing) check(ctx context.Context, text string, sources []source) (passed, string) {
	switch {
	case text == "":
		return passed{}, "it is empty"
	case len([]rune(text)) > maxSentenceRunes:
		return passed{}, "it is too long"
	case address.MatchString(text):
		return passed{}, "it has an address in it"
	case len(sources) == 0:
		return passed{}, "it names no passage"
	}
	e := w.g.engine
	var units []unit
	wrong := ""
	for _, s := range sources {
		if s.passage < 1 || s.passage > len(w.passages) {
			wrong = fmt.Sprintf("there is no passage %d", s.passage)
			continue
		}
		u, problem := w.unit(ctx, text, s)
		if problem != "" {
			wrong = problem
			continue
		}
		units = join(units, u)
	}
	if len(units) == 0 {
		return passed{}, wrong
	}
	read, err := e.read(ctx, text, units)
	if err != nil {
		return passed{}, "it could not be looked up"
	}
	by, wrong := read.supported(units)
	if wrong != "" {
		return passed{}, wrong
	}
	out := passed{text: text}
	for _, u := range by {
		for s := u.first; s <= u.last; s++ {
			if !e.fwd.Corpus.Sentences[s].Heading && !slices.Contains(out.sentences, s) {
				out.sentences = append(out.sentences, s)
			}
		}
	}
	return out, ""
}

// maxSentenceRunes bounds a sentence, and maxUnit the sentences of one quotation.
// Judgements.
const (
	maxSentenceRunes = 700
	maxUnit          = 4
)

// address matches what a reader could take for a link.
var address = regexp.MustCompile(`(?i)\b(?:https?|ftp|javascript|data|discord)\s*:|\bwww\.|\]\(|<[@#:/]|@(?:everyone|here)\b|discord\.gg`)

// unit is what one source cites: the sentences that hold its quotation, or where
// it quotes nothing the sentence of its passage that says most of the text.
func (w *writing) unit(ctx context.Context, text string, s source) (unit, string) {
	e := w.g.engine
	p := w.passages[s.passage-1]
	if strings.TrimSpace(s.quote) == "" {
		return w.likest(ctx, text, p)
	}
	l, ok := e.locate(s.quote, p)
	if ok && l.last-l.first < maxUnit {
		return unit(l), ""
	}
	if ok {
		return unit{}, "its quotation is too long"
	}
	seen := map[int]bool{e.fwd.Corpus.Passages[p].Article: true}
	for n, other := range w.passages {
		article := e.fwd.Corpus.Passages[other].Article
		if seen[article] {
			continue
		}
		seen[article] = true
		if l, found := e.locate(s.quote, other); found {
			return unit{}, fmt.Sprintf("its quotation is not in passage %d, it stands in %s", s.passage, w.where(l, n))
		}
	}
	return unit{}, fmt.Sprintf("its quotation does not stand in passage %d", s.passage)
}

// where names the passage that a quotation stands in, as the prompt numbers them.
func (w *writing) where(l located, near int) string {
	for n, p := range w.passages {
		if pass := &w.g.engine.fwd.Corpus.Passages[p]; pass.First <= l.first && l.first < pass.Last {
			return fmt.Sprintf("passage %d", n+1)
		}
	}
	return fmt.Sprintf("the article of passage %d", near+1)
}

// likest is the sentence of a passage that holds most of a text.
func (w *writing) likest(ctx context.Context, text string, passage int) (unit, string) {
	e := w.g.engine
	p := &e.fwd.Corpus.Passages[passage]
	read, err := e.read(ctx, text, nil)
	if err != nil {
		return unit{}, "it could not be looked up"
	}
	core := read.core(clause{0, len(text)}, unit{p.Article, p.First, p.Last - 1})
	return unit{p.Article, core, core}, ""
}

// join adds a unit to those there are: to one that it touches, or as one more.
func join(units []unit, u unit) []unit {
	for i, o := range units {
		if o.article == u.article && u.first <= o.last+1 && o.first <= u.last+1 {
			units[i].first, units[i].last = min(o.first, u.first), max(o.last, u.last)
			return units
		}
	}
	return append(units, u)
}

var (
	emphasis   = regexp.MustCompile("\\*+|`+|~~+|\\|\\|+|__+")
	listMarker = regexp.MustCompile(`^\s*(?:[-•>#]+|\d{1,2}[.)])\s+`)
	blanks     = regexp.MustCompile(`\s+`)
)

// plainSentence is a model's sentence without markup and marks.
func plainSentence(text string) string {
	text = tidy(text)
	text = listMarker.ReplaceAllString(text, "")
	text = emphasis.ReplaceAllString(text, "")
	text = proseMark.ReplaceAllString(text, "")
	return strings.TrimSpace(blanks.ReplaceAllString(text, " "))
}

// compose chooses the passages and writes the prompt.
func (w *writing) compose(budget int) error {
	g, e := w.g, w.g.engine
	w.passages = e.shown(w.q, w.in, budget)
	asOf := ""
	if !w.q.AsOf.IsZero() {
		asOf = w.q.AsOf.Format("2 January 2006")
	}
	conversation := ""
	if w.rewritten == "" && len(w.q.History) > 0 {
		conversation = turnLines(w.q.History)
	}
	data := answerPrompt{
		MaxSentences: e.opts.MaxSentences, AsOf: asOf, Passages: passageLines(e.fwd.Corpus, w.passages),
		Differences: w.differences(), Conversation: conversation, Question: line(w.asked),
	}
	system, err := g.prompts.write("system", data)
	if err != nil {
		return err
	}
	user, err := g.prompts.write("user", data)
	if err != nil {
		return err
	}
	w.step("%d passages, about %d tokens of prompt", len(w.passages), EstimateTokens(system+user))
	w.prompt = Prompt{
		System: system, Messages: []Turn{{Role: "user", Text: user}},
		Schema: &Schema{Name: "answer", JSON: []byte(answerSchema)}, MaxTokens: g.opts.AnswerTokens,
	}
	return nil
}

// shown are the passages for a prompt, in reading order: all that the filter lets
// through if they fit, else the best.
func (e *Engine) shown(q Question, in *inquiry, budget int) []int {
	c := e.fwd.Corpus
	cost := func(p int) int {
		return EstimateTokens(c.Text(c.Passages[p].Article, c.Passages[p].Span)) + passageCost
	}
	var all []int
	total := 0
	for p := range c.Passages {
		if !q.Filter.Allows(&c.Articles[c.Passages[p].Article]) {
			continue
		}
		all = append(all, p)
		if total += cost(p); total > budget {
			break
		}
	}
	if total <= budget {
		return all
	}
	var out []int
	spent := 0
	take := func(p int) {
		if !slices.Contains(out, p) && spent+cost(p) <= budget {
			out = append(out, p)
			spent += cost(p)
		}
	}
	for _, cand := range in.evidence.candidates[:min(bestCandidates, len(in.evidence.candidates))] {
		take(cand.passage)
	}
	for _, h := range in.hits {
		take(h.Passage)
	}
	slices.Sort(out)
	return out
}

const (
	// passageCost is about what the line of a passage and its share of the
	// article's line have beside the text, in tokens.
	passageCost = 15
	// bestCandidates is how many of the best sentences bring their passages.
	bestCandidates = 12
)

// differences are the accounts that the articles are known to differ in.
func (w *writing) differences() string {
	e := w.g.engine
	var lines []string
	for _, d := range w.disputes {
		for _, side := range d.sides {
			art := &e.fwd.Corpus.Articles[e.article(side)]
			n := slices.IndexFunc(w.passages, func(p int) bool {
				pass := &e.fwd.Corpus.Passages[p]
				return pass.First <= side.sentence && side.sentence < pass.Last
			})
			if n < 0 {
				continue
			}
			lines = append(lines, line(struct {
				About   string `json:"about"`
				Article string `json:"article"`
				Passage int    `json:"passage"`
				Says    string `json:"says"`
			}{d.about, label(art), n + 1, e.text(side)}))
		}
	}
	return strings.Join(lines, "\n")
}

// tellBoth sees to it that an answer names all sides of a difference. What the
// model has told stays where it is; what it has not is quoted.
func (w *writing) tellBoth(a *Answer) {
	e := w.g.engine
	for _, d := range w.disputes {
		c := Conflict{About: d.about, Woven: true}
		for _, side := range d.sides {
			claim, ok := w.tells(a, d, side)
			c.Woven = c.Woven && ok
			c.Sides = append(c.Sides, Side{Claim: claim.Text, Citations: claim.Citations})
		}
		if !c.Woven {
			w.step("the model does not tell all sides: they are quoted")
			c = w.quoted(a, d)
		}
		a.Conflicts = append(a.Conflicts, c)
	}
	if len(w.disputes) > 0 {
		e.renumber(a)
		a.Text = render(a)
	}
}

// tells finds the claim that tells a side: it cites the side's sentence, or one
// of the same article with the same figure, and says whose account it is.
func (w *writing) tells(a *Answer, d dispute, side *candidate) (Claim, bool) {
	e := w.g.engine
	art := &e.fwd.Corpus.Articles[e.article(side)]
	body := e.fwd.Corpus.Sentences[side.sentence].Span
	for _, claim := range a.Claims {
		for _, n := range claim.Citations {
			cite := &a.Citations[n-1]
			if cite.ArticleID != art.ID || cite.Start > body.Start || cite.End < body.End {
				continue
			}
			if e.tellsWhose(claim.Text, art, e.text(side)) && w.sameFigures(claim.Text, side, d) {
				return claim, true
			}
		}
	}
	return Claim{}, false
}

// sameFigures reports whether a claim has the figure that a side of a difference
// in figures is about.
func (w *writing) sameFigures(text string, side *candidate, d dispute) bool {
	v, ok := w.g.engine.asked(w.in.evidence, side)
	if !ok || d.about == "" || !w.in.evidence.kind.quantity() {
		return true
	}
	st := newStatement(text)
	return slices.ContainsFunc(st.figures.amounts, func(a amount) bool { return a.unit == v.unit && math.Abs(a.amount-v.amount) < 1e-9 })
}

// tellsWhose reports whether a text says whose account it is: the outlet or title of
// the article, or somebody whom the sentence names.
func (e *Engine) tellsWhose(text string, a *corpus.Article, sentence string) bool {
	folded, _ := foldMarks(text)
	for _, name := range [...]string{a.Publisher, a.Title} {
		if name = trimQuote(name); name != "" && strings.Contains(strings.ToLower(folded), strings.ToLower(name)) {
			return true
		}
	}
	said := newStatement(text)
	theirs := speakers(sentence, newStatement(sentence).tokens, spoken, e.isNamed)
	for _, s := range speakers(text, said.tokens, speaks, e.isNamed) {
		if slices.Contains(theirs, s) {
			return true
		}
	}
	return false
}

// quoted adds all sides of a difference to an answer, as they stand.
func (w *writing) quoted(a *Answer, d dispute) Conflict {
	e := w.g.engine
	out := newWriter(e.fwd.Corpus, a)
	for i, cite := range a.Citations {
		if s, ok := e.sentenceAt(cite); ok {
			out.number[s] = i + 1
		}
	}
	return e.tell(out, d)
}

// shift moves a probability by an amount of log-odds.
func shift(p, by float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-math.Log(p/(1-p))-by))
}

// isNamed reports whether a token is a name as the articles write them.
func (e *Engine) isNamed(t analysis.Token) bool {
	return t.Upper && !t.Number && !analysis.IsStop(t.Word) && e.named(e.fwd.Lookup(t.Word))
}

// sentenceAt is the sentence that a citation quotes.
func (e *Engine) sentenceAt(cite Citation) (int, bool) {
	article, ok := e.fwd.Corpus.Lookup(cite.ArticleID)
	if !ok {
		return 0, false
	}
	first, end := e.fwd.Corpus.ArticleSentences(article)
	for s := first; s < end; s++ {
		if e.fwd.Corpus.Sentences[s].Span == cite.Span {
			return s, true
		}
	}
	return 0, false
}

// renumber puts the claims of differences that are quoted first, as people read
// them, and numbers the citations in their order.
func (e *Engine) renumber(a *Answer) {
	first := map[string]bool{}
	for _, c := range a.Conflicts {
		for _, s := range c.Sides {
			first[s.Claim] = !c.Woven
		}
	}
	slices.SortStableFunc(a.Claims, func(x, y Claim) int { return boolToInt(first[y.Text]) - boolToInt(first[x.Text]) })
	to := make([]int, len(a.Citations)+1)
	var cites []Citation
	for i := range a.Claims {
		for _, n := range a.Claims[i].Citations {
			if to[n] == 0 {
				cites = append(cites, a.Citations[n-1])
				to[n] = len(cites)
				cites[len(cites)-1].N = len(cites)
			}
		}
	}
	a.Citations = cites
	turn := func(ns []int) []int {
		out := make([]int, len(ns))
		for i, n := range ns {
			out[i] = to[n]
		}
		return out
	}
	for i := range a.Claims {
		a.Claims[i].Citations = turn(a.Claims[i].Citations)
	}
	for i := range a.Conflicts {
		for k := range a.Conflicts[i].Sides {
			a.Conflicts[i].Sides[k].Citations = turn(a.Conflicts[i].Sides[k].Citations)
		}
	}
}
