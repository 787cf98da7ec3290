package bot

import (
	"context"
	"strings"
	"unicode/utf8"

	"parley/bot/answer/layout"
	"parley/bot/phrases"
)

const (
	// perPage is the articles on a page of the list: with their key sentences
	// they fit into one message of any network.
	perPage = 5
	// keySentences is how many of each article are shown, and keyLength how much
	// of each, in runes.
	keySentences = 2
	keyLength    = 240
)

// Limits of suggestions while somebody types.
const (
	maxChoices    = 25
	maxChoiceText = 100 // runes
)

// sources lists the articles, or those about a topic.
func (j *job) sources(ctx context.Context) (*Reply, error) {
	s := &saved{Topic: cut(strings.TrimSpace(j.Text), maxQuestionShown)}
	if s.Topic != "" {
		leave, refusal, err := j.admit(ctx)
		if refusal != nil || err != nil {
			return refusal, err
		}
		defer leave()
	} else if over := j.lookups.Take(j.asker()); over != nil {
		return j.over(over), nil
	}
	articles, err := j.listed(ctx, s.Topic)
	if err != nil {
		return nil, err
	}
	if len(articles) > perPage {
		j.save(ctx, savedList, s)
	}
	return j.list(s, articles, 0), nil
}

// listed returns the articles of a list, newest first.
func (j *job) listed(ctx context.Context, topic string) ([]int, error) {
	if topic == "" {
		return j.on.catalogue.Newest(), nil
	}
	return j.on.catalogue.About(ctx, topic)
}

// list shows a page of articles; page counts from 0, and one that there is no
// longer is the last.
func (j *job) list(s *saved, articles []int, page int) *Reply {
	r := &Reply{Outcome: Told, Private: j.Private}
	if len(articles) == 0 {
		key, args := "answer.no_articles", phrases.Args(nil)
		if s.Topic != "" {
			key, args = "sources.none", phrases.Args{"Topic": shorten(s.Topic, maxTitle)}
		}
		r.Outcome, r.Blocks = Declined, paragraphs(j.say.Say(key, args))
		return r
	}
	pages := (len(articles) + perPage - 1) / perPage
	page = min(page, pages-1)
	r.Title = j.say.Say("sources.title", phrases.Args{"Count": len(articles)})
	if s.Topic != "" {
		r.Blocks = []Block{plain(Note, j.say.Say("sources.topic", phrases.Args{"Topic": shorten(s.Topic, maxTitle)}))}
	}
	for i, article := range articles[page*perPage : min(len(articles), (page+1)*perPage)] {
		c := j.card(&j.on.catalogue.Corpus.Articles[article])
		c.N = page*perPage + i + 1
		c.Detail = joined(c.Detail, j.say.Say("sources.words", phrases.Args{"Count": j.on.catalogue.Words(article)}))
		told := layout.NewTold(c.Title)
		for _, sentence := range j.on.catalogue.KeySentences(article, keySentences) {
			if begun, short := strings.CutSuffix(c.Title, "…"); short && strings.HasPrefix(sentence, begun) || strings.TrimRight(sentence, ".!?…") == c.Title {
				continue // an article without a title is called by its first sentence
			}
			if text := told.Left(sentence); text != "" {
				c.Blocks = append(c.Blocks, plain(Quote, shorten(text, keyLength)))
			}
		}
		r.Cards = append(r.Cards, c)
	}
	if pages > 1 && s.state.Ref != "" {
		r.Ref = s.state.Ref
		r.Page = j.page(page, pages)
		r.Buttons = j.turning(TurnPage, s.state.Ref, page, pages)
	}
	return r
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// page is the position in a list; number counts from 0.
func (j *job) page(number, of int) *Page {
	return &Page{Number: number + 1, Of: of, Label: j.say.Say("page", phrases.Args{"Number": number + 1, "Of": of})}
}

// turning are the buttons to the pages before and after.
func (j *job) turning(verb Verb, ref string, number, of int) []Button {
	back := Button{Label: j.say.Say("button.previous", nil), Style: Plain, Action: Action{verb, ref, max(0, number-1)}, Disabled: number == 0}
	on := Button{Label: j.say.Say("button.next", nil), Style: Plain, Action: Action{verb, ref, number + 1}, Disabled: number+1 >= of}
	return []Button{back, on}
}

// complete suggests articles for what has been typed.
func (j *job) complete() *Reply {
	r := &Reply{Outcome: Told, Private: true}
	if j.lookups.Take(j.asker()) != nil {
		return r
	}
	for _, article := range j.on.catalogue.Suggest(j.Text, maxChoices) {
		a := &j.on.catalogue.Corpus.Articles[article]
		about := joined(a.Publisher, j.say.Date(a.Published))
		if a.Published.IsZero() {
			about = a.Publisher
		}
		label := name(a)
		if about != "" {
			label = shorten(label, max(maxChoiceText/2, maxChoiceText-utf8.RuneCountInString(about)-3)) + " – " + about
		}
		r.Choices = append(r.Choices, Choice{Label: shorten(label, maxChoiceText), Value: j.on.catalogue.Value(article)})
	}
	return r
}
