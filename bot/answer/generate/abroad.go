package generate

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/tongue"
	"parley/bot/phrases"
)

// abroadTokens is how many times as long an answer may become that has its
// translation, and that of each quotation, beside it. A judgement: other scripts take
// more tokens than English.
const abroadTokens = 3

// asker is somebody who has asked in another language than that of the articles.
type asker struct {
	locale string // or [tongue.Other]
	say    *phrases.Abroad
}

// language is what models are told of the language; empty for nil.
func (t *asker) language() string {
	switch {
	case t == nil:
		return ""
	case t.locale == tongue.Other:
		return "the language in which it was asked"
	}
	return t.say.Name
}

// abroad answers a question in another language: the model puts it into English, and
// writes its answer in both. Where that fails the answer says that only questions in
// English can be read.
func (e *Engine) abroad(ctx context.Context, q answer.Question, locale string, draft func(text string)) (*answer.Answer, error) {
	say, err := phrases.ReadAbroad(locale)
	if err != nil {
		return nil, err
	}
	to := &asker{locale: locale, say: say}
	w := &writing{e: e, q: q, to: to, log: e.opts.Log}
	text, why := "", q.NoModel
	if why == "" {
		text, why = w.intoEnglish(ctx)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var a *answer.Answer
	if why != "" {
		if a, err = e.quotes.Unread(locale, q.Locale); err != nil {
			return nil, err
		}
		a.Note = why
	} else {
		q.Text, q.History, q.Locale = text, nil, ""
		if a, err = e.answer(ctx, q, to, draft); err != nil {
			return nil, err
		}
		a.Rewritten = cmp.Or(a.Rewritten, text)
		to.finish(a)
	}
	a.Usage.Add(w.usage)
	a.Explain = append(w.steps, a.Explain...)
	return a, nil
}

// intoEnglish has the model put the question into English, standing alone; why says
// that it could not.
func (w *writing) intoEnglish(ctx context.Context) (text string, why answer.Note) {
	ctx, cancel := context.WithTimeout(ctx, w.e.opts.Time/rewriteShare)
	defer cancel()
	asked := question.Bare(w.q.Text)
	text, wrong := w.put(ctx, asked, w.to.language())
	if wrong == "" {
		if l := tongue.Of(text, tongue.Hints{}); l != "" {
			wrong = "it is not in English"
		} else if figure := newFigure(text, asked+"\n"+turnLines(w.q.History)); figure != "" {
			wrong = "nobody has said " + figure
		}
	}
	if wrong != "" {
		w.step("the question was not put into English: %s", wrong)
		w.log.Log(ctx, slog.LevelWarn, "question not translated", "model", w.e.model.Model(), "error", wrong)
		return "", answer.ModelFailed
	}
	w.step("in English: %s", text)
	return text, ""
}

// finish has an answer speak the asker's language where the bot itself speaks.
func (t *asker) finish(a *answer.Answer) {
	a.Language = t.locale
	if a.Abstained {
		a.Text = t.say.Hello
		if a.Reason == answer.NotInArticles {
			a.Text = t.say.NotSaid
		}
		return
	}
	for i := range a.Conflicts {
		a.Conflicts[i].About = t.say.Differ
	}
	unsaid := a.Unsaid
	a.Unsaid = nil
	a.Text = quote.Text(a)
	a.Unsaid = unsaid
	for _, q := range unsaid {
		a.Text += "\n\n" + t.say.NotSaid + " “" + q + "”"
	}
	a.Text += "\n\n" + t.say.Note(a.Translated())
}

// translated has the model translate what an answer quotes, where the asker reads
// another language. What it does not translate well stays as it is.
func (w *writing) translated(ctx context.Context, a *answer.Answer) *answer.Answer {
	if w.to == nil || a == nil || len(a.Claims) == 0 {
		return a
	}
	var texts []string
	want := func(text, has string) {
		if has == "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if a.Intro != "" {
		want(a.Intro, "")
	}
	for i := range a.Claims {
		want(a.Claims[i].Text, a.Claims[i].Translation)
	}
	for i := range a.Citations {
		want(a.Citations[i].Quote, a.Citations[i].Translation)
	}
	if len(w.passages) == 0 { // no model has written: names are compared with those around
		for p := range w.e.corpus.Passages {
			id := w.e.corpus.Articles[w.e.corpus.Passages[p].Article].ID
			if slices.ContainsFunc(a.Citations, func(c answer.Citation) bool { return c.ArticleID == id }) {
				w.passages = append(w.passages, p)
			}
		}
	}
	before := w.usage
	w.usage = answer.Usage{}
	into, err := w.translate(ctx, texts)
	if err != nil {
		w.step("not all was translated: %v", err)
		w.log.Warn("quotations not translated", "model", w.e.model.Model(), "error", err)
	}
	a.Intro = cmp.Or(into[a.Intro], a.Intro)
	for i := range a.Claims {
		a.Claims[i].Translation = cmp.Or(a.Claims[i].Translation, into[a.Claims[i].Text])
	}
	for i := range a.Citations {
		a.Citations[i].Translation = cmp.Or(a.Citations[i].Translation, into[a.Citations[i].Quote])
	}
	a.Usage.Add(w.usage)
	w.usage.Add(before)
	return a
}

// translate has the model translate texts, and returns what holds. An error comes
// beside what was translated before it.
func (w *writing) translate(ctx context.Context, texts []string) (map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, w.e.opts.Time/rewriteShare)
	defer cancel()
	var lines []string
	for i, text := range texts {
		lines = append(lines, line(struct {
			Sentence int    `json:"sentence"`
			Text     string `json:"text"`
		}{i + 1, text}))
	}
	data := struct{ Language, Sentences string }{w.to.language(), strings.Join(lines, "\n")}
	system, err := w.e.prompts.write("translate system", data)
	if err != nil {
		return nil, err
	}
	user, err := w.e.prompts.write("translate user", data)
	if err != nil {
		return nil, err
	}
	into := map[string]string{}
	declines := w.declines
	err = w.listen(ctx, answer.Prompt{
		System: system, Messages: []answer.Turn{{Role: "user", Text: user}},
		Schema: &answer.Schema{Name: "translated", JSON: []byte(translateSchema)}, MaxTokens: w.e.opts.AnswerTokens * abroadTokens,
	}, func(d drafted) {
		if d.replaces < 1 || d.replaces > len(texts) {
			return
		}
		text := texts[d.replaces-1]
		got, wrong := w.bears(text, d.text)
		if wrong != "" {
			w.step("not translated: %s (%s)", quote.Clip(text, 160), wrong)
			return
		}
		into[text] = got
	})
	w.declines = declines
	return into, err
}
