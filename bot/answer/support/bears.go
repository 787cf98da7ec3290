package support

import (
	"context"
	"slices"

	"parley/retrieval/analysis"
)

// keep is how likely a text must bear out a sentence that a model wrote for it to
// be shown. See docs/answers.md for what it lets pass and what it stops.
const keep = .5

// Bears holds a sentence against the texts it is said to rest on, each alone and
// all of one article together. It returns those that bear it out, or why none does.
func (j *Judge) Bears(ctx context.Context, claim string, texts []Text) (by []Text, wrong string, err error) {
	found, err := j.Against(ctx, claim, texts)
	if err != nil {
		return nil, "", err
	}
	for i, t := range texts {
		f := &found[i]
		if f.Features[Clash] == 0 && f.Features[NewNames] == 0 && (f.Verdicts.Supported >= keep || j.holds(t, claim)) {
			by = append(by, t)
		}
	}
	if len(by) > 0 {
		return by, "", nil
	}
	best := slices.MaxFunc(found, func(a, b Finding) int {
		switch {
		case a.Verdicts.Supported < b.Verdicts.Supported:
			return -1
		case a.Verdicts.Supported > b.Verdicts.Supported:
			return 1
		}
		return 0
	})
	switch {
	case best.Features[Clash] > 0:
		return nil, "it has another figure than what it quotes", nil
	case best.Features[NewNames] > 0:
		return nil, "it has a name that what it quotes does not have", nil
	case best.Verdicts.Contradicted > best.Verdicts.NotStated:
		return nil, "what it quotes says otherwise", nil
	}
	return nil, "what it quotes does not say that", nil
}

// Says reports whether a sentence is a claim word for word.
func (j *Judge) Says(sentence int, claim string) bool {
	return j.holds(Text{sentence, sentence}, claim)
}

func (j *Judge) holds(t Text, claim string) bool {
	c := j.reader.Corpus()
	var words []string
	for n := t.First; n <= t.Last; n++ {
		words = append(words, folded(c.SentenceText(n))...)
	}
	return slices.Equal(words, folded(claim))
}

// folded are the words of a text as they are compared.
func folded(text string) []string {
	var out []string
	for _, t := range analysis.Tokenize(text) {
		out = append(out, t.Word)
	}
	return out
}

// Nearest is the sentence from first up to end that says most to a claim.
func (j *Judge) Nearest(ctx context.Context, claim string, first, end int) (int, error) {
	var texts []Text
	for n := first; n < end; n++ {
		if !j.reader.Corpus().Sentences[n].Heading {
			texts = append(texts, Text{n, n})
		}
	}
	if len(texts) == 0 {
		return first, nil
	}
	found, err := j.Against(ctx, claim, texts)
	if err != nil {
		return 0, err
	}
	best := slices.MaxFunc(found, func(a, b Finding) int {
		switch {
		case a.Verdicts.Supported < b.Verdicts.Supported:
			return -1
		case a.Verdicts.Supported > b.Verdicts.Supported:
			return 1
		}
		return 0
	})
	return best.Sentence, nil
}
