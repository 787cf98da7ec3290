package bot

import (
	"parley/bot/answer"
	"parley/bot/phrases"
)

// unsaid says that the articles do not answer, and what of the question they lack.
func (j *job) unsaid(m *answer.Missing) string {
	if m == nil {
		return j.say.Say("answer.not_said", nil)
	}
	key := "answer.not_said"
	if m.Asked != "" {
		key += "_" + string(m.Asked)
	}
	out := j.say.Say(key, nil)
	for i, q := range m.Parts {
		if i == 0 {
			out = ""
		}
		out += j.say.Say("answer.part_not_said", phrases.Args{"Question": shorten(q, maxTitle)}) + "\n"
	}
	add := func(key string, args phrases.Args) { out += " " + j.say.Say(key, args) }
	if len(m.Words) > 0 {
		add("missing.words", phrases.Args{"Words": j.either(m.Words)})
	}
	dates := phrases.Args{"Year": m.Year, "Oldest": j.say.Date(m.Oldest), "Newest": j.say.Date(m.Newest)}
	switch {
	case m.Year != 0 && !m.Oldest.IsZero() && !m.Oldest.Equal(m.Newest):
		add("missing.year_of", dates)
	case m.Year != 0:
		add("missing.year", dates)
	}
	if m.Later {
		add("missing.later", dates)
	}
	if m.Meant != nil {
		add("missing.meant", phrases.Args{"Name": shorten(m.Meant.Name, maxTitle)})
	}
	return out
}

// either joins words, each between quotation marks.
func (j *job) either(words []string) string {
	out := ""
	for i, w := range words {
		w = j.say.Say("missing.word", phrases.Args{"Text": shorten(w, maxTitle)})
		switch {
		case i == 0:
			out = w
		case i < len(words)-1:
			out += ", " + w
		default:
			out = j.say.Say("missing.or", phrases.Args{"Some": out, "Last": w})
		}
	}
	return out
}

// near shows the sentence that comes nearest as what it is: no answer.
func (j *job) near(c *answer.Citation) ([]Block, []Card) {
	card := j.citation(c)
	card.Blocks = []Block{plain(Quote, c.Quote)}
	return []Block{plain(Note, j.say.Say("answer.near", nil))}, []Card{card}
}

// offers are the questions that buttons under an answer ask, with what stands on them:
// the readings of an ambiguous question, or the one that was meant.
func offers(a *answer.Answer) []answer.Reading {
	switch {
	case a.Reason == answer.Ambiguous:
		return a.Readings
	case a.Abstained && a.Missing != nil && a.Missing.Meant != nil:
		return []answer.Reading{*a.Missing.Meant}
	}
	return nil
}
