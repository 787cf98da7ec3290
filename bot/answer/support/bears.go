package support

import (
	"cmp"
	"context"
	"regexp"
	"slices"

	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// bears reports whether a text bears out a sentence that a model wrote, more likely
// than not or than it says otherwise. TestWritten of package generate says what that
// lets pass and what it stops.
func bears(v *reading.Verdicts) bool { return v.Supported >= max(v.Contradicted, v.NotStated) }

// Bears holds a sentence against the texts it is said to rest on, each alone and
// all of one article together. It returns those that bear it out, or why none does.
func (j *Judge) Bears(ctx context.Context, claim string, texts []Text) (by []Text, wrong string, err error) {
	found, err := j.Against(ctx, claim, texts)
	if err != nil {
		return nil, "", err
	}
	for i, t := range texts {
		f := &found[i]
		if f.Swapped || surer(claim, j.body(t)) {
			continue
		}
		if f.Features[Clash] == 0 && f.Features[NewNames] == 0 && (bears(&f.Verdicts) || j.holds(t, claim)) {
			by = append(by, t)
		}
	}
	if len(by) > 0 {
		return by, "", nil
	}
	best := mostSupported(found)
	switch {
	case best.Swapped:
		return nil, "it has who does what to whom the other way round", nil
	case surer(claim, j.body(texts[slices.IndexFunc(texts, func(t Text) bool { return t.First == best.Sentence })])):
		return nil, "it says as a fact what is somebody's account, or left open", nil
	case best.Features[Clash] > 0:
		return nil, "it has another figure than what it quotes", nil
	case best.Features[NewNames] > 0:
		return nil, "it has a name that what it quotes does not have", nil
	case best.Verdicts.Contradicted > best.Verdicts.NotStated:
		return nil, "what it quotes says otherwise", nil
	}
	return nil, "what it quotes does not say that", nil
}

// mostSupported is the finding that most likely bears out its claim, the first of some.
func mostSupported(found []Finding) Finding {
	return slices.MaxFunc(found, func(a, b Finding) int { return cmp.Compare(a.Verdicts.Supported, b.Verdicts.Supported) })
}

// Says reports whether a sentence is a claim word for word.
func (j *Judge) Says(sentence int, claim string) bool {
	return j.holds(Text{sentence, sentence}, claim)
}

// holds reports whether a text is a claim word for word, or up to an "and" behind
// which it goes on; the claim may say whose report it is.
func (j *Judge) holds(t Text, claim string) bool {
	c := j.reader.Corpus()
	var words []string
	for n := t.First; n <= t.Last; n++ {
		words = append(words, folded(c.SentenceText(n))...)
	}
	said := folded(withoutReport(claim, &c.Articles[c.Sentences[t.First].Article]))
	n := len(said)
	return n > 0 && n <= len(words) && slices.Equal(words[:n], said) && (n == len(words) || words[n] == "and")
}

// withoutReport takes off a claim that it is the account of an article: "According
// to the Mail, …", "The Mail reports that …".
func withoutReport(claim string, a *corpus.Article) string {
	for _, name := range [...]string{a.Publisher, a.Title} {
		if name == "" {
			continue
		}
		by := `(?i)^(?:according to (?:the )?[“"]?` + regexp.QuoteMeta(name) + `[”"]?,? |(?:the )?[“"]?` + regexp.QuoteMeta(name) + `[”"]? (?:reports|reported|says|said|writes|wrote) that )`
		if rest := regexp.MustCompile(by).ReplaceAllString(claim, ""); rest != claim {
			return rest
		}
	}
	return claim
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
	best := mostSupported(found)
	return best.Sentence, nil
}
