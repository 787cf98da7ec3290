package extract

import (
	"context"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"parley/bot/answer"
	"parley/bot/answer/question"

	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
)

// meant is the question with a name of the articles in place of a word that they do not
// have, where that is spelt or sounds nearly the same and the articles answer the
// question so; nil for none. Slips that the search takes for such are put right before,
// so these are the greater ones.
func (e *Engine) meant(ctx context.Context, q *question.Question, words []string) (*answer.Reading, error) {
	for _, word := range words {
		if strings.Contains(word, " ") {
			word = word[strings.LastIndexByte(word, ' ')+1:] // the surname
		}
		name := e.likeName(strings.ToLower(word))
		if name == "" {
			continue
		}
		other := q.Respelt(strings.Replace(q.Text, word, name, 1))
		read, err := e.Reader.Read(ctx, other)
		if err != nil {
			return nil, err
		}
		if read.Confidence() >= e.opts.Threshold {
			return &answer.Reading{Name: name, Question: other.Text}, nil
		}
	}
	return nil, nil //nolint:nilnil // nothing else is meant
}

// likeName is the one name of the articles that a word is most like, as the articles
// write it; empty where there is none or there are several.
func (e *Engine) likeName(word string) string {
	const shortest = 4 // letters of a word that may stand for another
	skeleton := lexical.Skeleton(word)
	if len(word) < shortest || len(skeleton) < shortest {
		return ""
	}
	best, found := 2., []int32(nil)
	for i := range e.fwd.Words {
		w := &e.fwd.Words[i]
		if w.Upper != w.Count || len(w.Text) < shortest || e.fwd.Stop(w.Term) {
			continue
		}
		other := lexical.Skeleton(w.Text)
		if len(other) < shortest || other[0] != skeleton[0] {
			continue
		}
		sound, letters := levenshtein.ComputeDistance(skeleton, other), levenshtein.ComputeDistance(word, w.Text)
		// One sound of four or more, and no more than a third of the letters.
		if sound > max(1, min(len(skeleton), len(other))/4) || 3*letters > max(len(word), len(w.Text)) {
			continue
		}
		score := float64(sound)/float64(len(other)) + float64(letters)/float64(len(w.Text))
		switch {
		case score < best:
			best, found = score, []int32{int32(i)}
		case score == best:
			found = append(found, int32(i))
		}
	}
	if len(found) != 1 {
		return ""
	}
	return e.written(found[0])
}

// written is a word as an article writes it.
func (e *Engine) written(word int32) string {
	for s := range e.corpus.Sentences {
		toks := e.fwd.Sentence(s)
		if i := slices.IndexFunc(toks, func(t analysis.Tok) bool { return t.Word == word }); i >= 0 {
			return bare(e.corpus.SentenceText(s)[toks[i].Start:toks[i].End])
		}
	}
	return ""
}
