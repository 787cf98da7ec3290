package bot

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/answer/layout"
	"parley/bot/conversation"
	"parley/bot/phrases"
	"parley/corpus"
)

// maxChecked bounds what is checked of a text, in runes: as much as the engine
// reads.
const maxChecked = 2000

// checkable is the beginning of a text that is checked: the sentences that fit, or
// as much as fits of one that alone does not.
func checkable(text string) string {
	head := cut(text, maxChecked)
	if head == text {
		return text
	}
	end := 0
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		if s.End > len(head) {
			break
		}
		end = s.End
	}
	if end == 0 {
		return head
	}
	return text[:end]
}

// unread says how much of a text was checked; nothing when all of it was.
func (j *job) unread() []Block {
	read := checkable(j.Text)
	if read == j.Text {
		return nil
	}
	args := phrases.Args{"Read": utf8.RuneCountInString(read), "Of": j.length}
	return []Block{plain(Note, j.say.Say("check.read", args))}
}

// examine holds a text against the articles, within quota and queue.
func (j *job) examine(ctx context.Context) (*answer.Check, *Reply, error) {
	leave, refusal, err := j.admit(ctx)
	if refusal != nil || err != nil {
		return nil, refusal, err
	}
	defer leave()
	j.engine = "extractive" // statements are held against the articles themselves
	defer j.staged(StageEngine, time.Now())
	c, err := j.on.engine.Check(ctx, checkable(j.Text))
	if err != nil {
		return nil, nil, fmt.Errorf("check statement: %w", err)
	}
	j.counts.served.Add(1)
	return c, nil, nil
}

// check goes through somebody's message, sentence by sentence.
func (j *job) check(ctx context.Context) (*Reply, error) {
	c, refusal, err := j.examine(ctx)
	if refusal != nil || err != nil {
		return refusal, err
	}
	if !hasStatement(c) {
		return &Reply{Outcome: Declined, Private: true, Blocks: append(paragraphs(j.say.Say("check.nothing", nil)), j.unread()...)}, nil
	}
	// Of the message itself, which is somebody else's, nothing is stored.
	s := &saved{Check: &answer.Check{Citations: c.Citations}}
	if len(c.Citations) > 0 {
		j.save(ctx, savedCheck, s)
	}
	r := j.checked(c)
	r.Ref, r.Citations = s.state.Ref, s.citations()
	r.Buttons = j.answerButtons(s)
	return r, nil
}

func hasStatement(c *answer.Check) bool {
	for _, s := range c.Statements {
		if s.Verdict != answer.NoStatement {
			return true
		}
	}
	return false
}

// checked shows what became of each sentence.
func (j *job) checked(c *answer.Check) *Reply {
	r := &Reply{Outcome: Declined, Private: j.Private || j.Kind == Check, Title: j.say.Say("check.title", nil)}
	told := layout.NewTold()
	told.Know(c.Citations)
	for _, s := range c.Statements {
		told.Say(s.Text)
		r.Blocks = append(r.Blocks, plain(Quote, s.Text), j.verdict(&s))
		switch {
		case s.Verdict == answer.Split || s.Verdict == answer.Contradicted:
			r.Outcome = Disputed
		case s.Verdict == answer.Supported && r.Outcome == Declined:
			r.Outcome = Answered
		}
	}
	if c.Left > 0 {
		r.Blocks = append(r.Blocks, plain(Note, j.say.Say("check.left", phrases.Args{"Count": c.Left})))
	}
	r.Blocks = append(r.Blocks, j.unread()...)
	r.Blocks = append(r.Blocks, plain(Note, j.say.Say("check.limits", nil)))
	r.Cards = j.cards(told.Sources(c.Citations))
	return r
}

// verdict says what the articles say about a sentence, with the citations.
func (j *job) verdict(s *answer.Checked) Block {
	word := func(key string, marks []int) Span { return Span{Text: j.say.Say(key, nil), Bold: true, Marks: marks} }
	switch s.Verdict {
	case answer.Supported:
		return Block{Style: Bullet, Spans: []Span{word("check.supported", s.Supports)}}
	case answer.Contradicted:
		return Block{Style: Bullet, Spans: []Span{word("check.contradicted", s.Contradicts)}}
	case answer.Split:
		return Block{Style: Bullet, Spans: []Span{
			word("check.disputed", nil),
			{Text: "– " + j.say.Say("check.for", nil), Marks: s.Supports},
			{Text: "– " + j.say.Say("check.against", nil), Marks: s.Contradicts},
		}}
	case answer.NotSaid:
		return Block{Style: Bullet, Spans: []Span{word("check.not_said", nil)}}
	}
	return Block{Style: Bullet, Spans: []Span{{Text: j.say.Say("check.no_statement", nil)}}}
}

// cite quotes the sentences for and against a statement.
func (j *job) cite(ctx context.Context) (*Reply, error) {
	c, refusal, err := j.examine(ctx)
	if refusal != nil || err != nil {
		return refusal, err
	}
	if !hasStatement(c) {
		return &Reply{Outcome: Declined, Private: j.Private, Blocks: append(paragraphs(j.say.Say("cite.no_statement", nil)), j.unread()...)}, nil
	}
	s := &saved{Question: cut(j.Text, conversation.MaxTurnText*2), Check: c}
	if len(c.Citations) > 0 {
		j.save(ctx, savedCheck, s)
	}
	r := j.evidence(s)
	r.Blocks = append(r.Blocks, j.unread()...)
	r.Ref, r.Citations = s.state.Ref, s.citations()
	r.Buttons = j.answerButtons(s)
	return r, nil
}

// evidence quotes the sentences on each side.
func (j *job) evidence(s *saved) *Reply {
	r := &Reply{Outcome: Declined, Private: j.Private, Blocks: []Block{plain(Note, shorten(s.Question, maxQuestionShown))}}
	var nearest []int
	told := layout.NewTold()
	told.Know(s.Check.Citations)
	told.Say(s.Question)
	side := func(key string, numbers func(*answer.Checked) []int) int {
		var quotes []Block
		for i := range s.Check.Statements {
			for _, n := range numbers(&s.Check.Statements[i]) {
				text := told.Left(s.Check.Citations[n-1].Quote)
				if text == "" {
					text = j.say.Say("cite.verbatim", nil)
				}
				quotes = append(quotes, Block{Style: Bullet, Spans: []Span{{Text: text, Marks: []int{n}}}})
			}
		}
		if len(quotes) > 0 {
			r.Blocks = append(append(r.Blocks, plain(Heading, j.say.Say(key, nil))), quotes...)
		}
		return len(quotes)
	}
	supports := side("cite.supports", func(c *answer.Checked) []int { return c.Supports })
	contradicts := side("cite.contradicts", func(c *answer.Checked) []int { return c.Contradicts })
	switch {
	case supports > 0 && contradicts > 0:
		r.Outcome = Disputed
	case supports+contradicts > 0:
		r.Outcome = Answered
	default:
		for _, c := range s.Check.Statements {
			nearest = append(nearest, c.Nearest...)
		}
		r.Blocks = append(r.Blocks, plain(Paragraph, j.say.Say("cite.none", nil)))
		if r.Cards = j.nearest(distinct(nearest)); len(r.Cards) > 0 {
			r.Blocks = append(r.Blocks, plain(Note, j.say.Say("answer.nearest", nil)))
		}
		return r
	}
	r.Cards = j.cards(told.Sources(s.Check.Citations))
	return r
}

// maxQuestionShown bounds a question that is shown again, in runes.
const maxQuestionShown = 300

// distinct drops repetitions, keeping the order.
func distinct(numbers []int) []int {
	seen := map[int]bool{}
	var out []int
	for _, n := range numbers {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
