package extract

import (
	"sync"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/tongue"
	"parley/bot/phrases"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// inEnglish is the locale of articles in English, as [Engine.spoken] has it.
const inEnglish = "en"

// Abroad is the language that a question is in, as [tongue.Of] has it, where no article
// is in it; else it is empty.
func (e *Engine) Abroad(ask answer.Question) string {
	l := tongue.Of(question.Bare(ask.Text), tongue.Hints{Locale: ask.Locale, Known: e.known})
	if l == "" || e.spoken()[l] {
		return ""
	}
	return l
}

// known reports whether the articles have a word.
func (e *Engine) known(word string) bool {
	_, ok := e.fwd.Word(analysis.Fold(word))
	return ok
}

// Unread is the answer to a question in a language that is not read without a model.
// It says so in that language, and in the asker's where that is not told apart.
func (e *Engine) Unread(language, locale string) (*answer.Answer, error) {
	if language == tongue.Other {
		language = locale
	}
	say, err := phrases.ReadAbroad(language)
	if err != nil {
		return nil, err
	}
	a := &answer.Answer{Abstained: true, Reason: answer.Empty, Engine: Name, Language: language, Unread: true, Text: say.EnglishOnly}
	if spoken := e.spoken(); len(spoken) > 0 && !spoken[inEnglish] {
		a.Text = say.ArticlesOnly
	}
	return a, nil
}

// telling is how much of an article tells its language, in bytes.
const telling = 400

// spokenIn tells the languages of the articles when they are first needed: when a
// question comes that is not in English.
func spokenIn(c *corpus.Corpus) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		for i := range c.Articles {
			body := c.Articles[i].Body
			l := tongue.Of(body[:min(telling, len(body))], tongue.Hints{})
			if l == "" {
				l = inEnglish
			}
			out[l] = true
		}
		return out
	})
}
