// Package suggest finds questions that the articles answer, near an answer that was
// just given.
//
// Sentences beside the answer are turned into questions by what they begin or end
// with: a name, a number, a date (sentence.go; after Heilman and Smith, "Good Question!
// Statistical Ranking for Question Generation", 2010), and names there into questions
// about them (topic.go). Each is then asked: one that the engine does not answer, and
// surely, from what has not just been shown, is dropped.
package suggest

import (
	"context"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/names"
	"parley/corpus"
	"parley/retrieval/analysis"
)

const (
	// sure is how probable an answer must be. At the threshold, .4, every second
	// question that the articles answer is refused; above .6 hardly one is answered
	// wrongly.
	sure = .6
	// checks is how many questions are tried at most: each takes as long as an answer.
	checks = 6
	// around is how many sentences before and behind a cited one are looked at first.
	around = 6
	// ofSentences is how many questions are made of sentences at most, so that there is
	// room for one about a name.
	ofSentences = 2
	// longest is how long a question is at most, in runes: what fits on a button.
	longest = 80
)

// Engine answers.
type Engine interface {
	Answer(ctx context.Context, q answer.Question) (*answer.Answer, error)
}

// Suggester finds questions over one corpus. It is safe for concurrent use.
type Suggester struct {
	engine Engine
	corpus *corpus.Corpus
	fwd    *analysis.Forward
	names  *names.Names
}

// New returns a suggester that checks its questions by an engine over the same corpus,
// which should quote: a model would be asked for each.
func New(fwd *analysis.Forward, e Engine) *Suggester {
	return &Suggester{engine: e, corpus: fwd.Corpus, fwd: fwd, names: names.New(fwd)}
}

// candidate is a question to be checked.
type candidate struct {
	text     string
	sentence int    // that it is made of, and that must answer it
	who      string // who it asks for, in small letters; may be empty
	topic    bool   // it asks for what there is on a name: any sentences not shown answer it
}

// Suggest returns at most n questions that go on from an answer, none of them among
// those asked before in the conversation. It gives up where ctx ends.
func (s *Suggester) Suggest(ctx context.Context, asked []string, a *answer.Answer, n int) ([]string, error) {
	shown := s.shown(a)
	if len(shown) == 0 || n <= 0 {
		return nil, nil
	}
	said := strings.ToLower(strings.Join(asked, "\n") + "\n" + a.Text)
	near := s.near(shown)
	fromSentences := s.ofSentences(near, shown)
	topics := s.topics(near, said)
	var out []string
	tried, used, told := 0, map[int]bool{}, map[string]bool{}
	try := func(from []candidate, most int) error {
		for _, c := range from {
			if len(out) == most || tried == checks {
				return nil
			}
			if used[c.sentence] && !c.topic || repeats(c.text, asked, out) || c.who != "" && (told[c.who] || strings.Contains(said, c.who)) {
				continue // of whom the answer told, nobody has to ask
			}
			tried++
			ok, err := s.holds(ctx, c, shown)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, c.text)
				used[c.sentence], told[c.who] = true, true
			}
		}
		return nil
	}
	// Room is left for a name, and taken by sentences where there is none.
	if err := try(fromSentences, min(n, ofSentences)); err != nil {
		return nil, err
	}
	if err := try(topics, n); err != nil {
		return nil, err
	}
	return out, try(fromSentences, n)
}

// shown are the sentences that an answer cites.
func (s *Suggester) shown(a *answer.Answer) []int {
	var out []int
	for _, c := range a.Citations {
		i, ok := s.corpus.Lookup(c.ArticleID)
		if !ok {
			continue
		}
		first, end := s.corpus.ArticleSentences(i)
		for k := first; k < end; k++ {
			if at := &s.corpus.Sentences[k]; at.Start < c.End && at.End > c.Start && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// near are the sentences around some, the nearest first, then the others of their
// articles.
func (s *Suggester) near(shown []int) []int {
	const most = 60 // sentences
	var out []int
	add := func(k, article int) {
		if k >= 0 && k < len(s.corpus.Sentences) && s.corpus.Sentences[k].Article == article && !s.corpus.Sentences[k].Heading &&
			!slices.Contains(shown, k) && !slices.Contains(out, k) && len(out) < most {
			out = append(out, k)
		}
	}
	for by := 1; by <= around; by++ {
		for _, k := range shown {
			add(k+by, s.corpus.Sentences[k].Article)
			add(k-by, s.corpus.Sentences[k].Article)
		}
	}
	for _, k := range shown {
		article := s.corpus.Sentences[k].Article
		first, end := s.corpus.ArticleSentences(article)
		for i := first; i < end; i++ {
			add(i, article)
		}
	}
	return out
}

// holds reports whether the engine answers a question surely, and from where it should.
func (s *Suggester) holds(ctx context.Context, c candidate, shown []int) (bool, error) {
	a, err := s.engine.Answer(ctx, answer.Question{Text: c.text})
	if err != nil {
		return false, err
	}
	if a.Abstained || a.Confidence < sure || len(a.Citations) == 0 {
		return false, nil
	}
	cited := s.shown(a)
	if c.topic {
		fresh := slices.DeleteFunc(slices.Clone(cited), func(k int) bool { return slices.Contains(shown, k) })
		return 2*len(fresh) > len(cited), nil
	}
	first := *a
	first.Citations = a.Citations[:1]
	return slices.Contains(s.shown(&first), c.sentence), nil
}

// repeats reports whether a question was asked, or is among those found, in other
// words.
func repeats(question string, lists ...[]string) bool {
	own := content(question)
	for _, list := range lists {
		for _, other := range list {
			theirs := content(other)
			both := 0
			for w := range own {
				if theirs[w] {
					both++
				}
			}
			if 4*both >= 3*min(len(own), len(theirs)) { // three quarters of the shorter one
				return true
			}
		}
	}
	return false
}

// content are the stems of a question's words that say something.
func content(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range analysis.Tokenize(text) {
		if !analysis.IsStop(t.Word) {
			out[analysis.Stem(t.Word)] = true
		}
	}
	return out
}
