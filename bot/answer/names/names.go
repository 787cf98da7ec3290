// Package names finds the names of people and things in articles by how they are
// written: words that always have a capital letter, in a row.
package names

import (
	"slices"
	"strings"
	"sync"

	"parley/bot/answer/english"
	"parley/corpus"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
)

// Names finds the names in a corpus. It is safe for concurrent use.
type Names struct {
	corpus *corpus.Corpus
	fwd    *analysis.Forward
}

// New returns the names of a corpus. It reads nothing yet.
func New(fwd *analysis.Forward) *Names { return &Names{corpus: fwd.Corpus, fwd: fwd} }

// Name is a name as an article has it.
type Name struct {
	Text     string
	Words    []int32 // numbers in [analysis.Forward.Words]
	Sentence int     // where it stands
	Start    int     // in that sentence, in bytes
	The      bool    // an article stands before it: "the Oval Office"
	Person   bool    // a word for a person stands before or behind it: "envoy Kirill Dmitriev"
}

// longest is how many words a name has at most.
const longest = 3

// Of are the names of a sentence, with those of one word.
func (n *Names) Of(sentence int) []Name {
	if n.corpus.Sentences[sentence].Heading {
		return nil // in titles, every word has a capital
	}
	text, toks := n.corpus.SentenceText(sentence), n.fwd.Sentence(sentence)
	var out []Name
	for i := 0; i < len(toks); {
		end := i
		for end < len(toks) && n.isName(toks[end]) && (end == i || joined(text, toks[end-1], toks[end])) {
			end++
		}
		if end == i {
			i++
			continue
		}
		from := n.untitled(text, toks, n.begin(text, toks, i), end)
		if from >= 0 && end-from <= longest && !hyphened(text, toks[from], toks[end-1]) {
			name := n.name(sentence, text, toks, from, end)
			name.Person = name.Person || from > 0 && IsPerson(n.fwd.Words[toks[from-1].Word].Text)
			out = append(out, name)
		}
		i = end
	}
	return out
}

// begin is where a run of words with capitals begins that a name is the end of: "New"
// belongs to "New York Knicks", although there is a word "new". It is below 0 where that
// cannot be told, for every sentence begins with a capital.
func (n *Names) begin(text string, toks []analysis.Tok, from int) int {
	for from > 0 {
		before := toks[from-1]
		word := n.fwd.Words[before.Word].Text
		if !before.Upper || before.Stop || !joined(text, before, toks[from]) || IsPerson(word) || adjective(word) || isDay(word) {
			break
		}
		if from--; from == 0 {
			return -1
		}
	}
	return from
}

// untitled is where a name begins in a run of words: behind the last title, as of
// "Russian President Vladimir Putin". What stands before an initial is a first name, and
// a title at the end a surname: "Anna Miller".
func (n *Names) untitled(text string, toks []analysis.Tok, from, to int) int {
	for k := to - 2; k >= max(0, from); k-- {
		word := n.fwd.Words[toks[k].Word].Text
		if initial := strings.Contains(text[toks[k+1].Start:toks[k+1].End], "."); !initial && (IsPerson(word) || adjective(word)) {
			return k + 1
		}
	}
	return from
}

// hyphened reports whether a name is but a part of what hyphens join.
func hyphened(text string, first, last analysis.Tok) bool {
	return first.Start > 0 && text[first.Start-1] == '-' || int(last.End) < len(text) && text[last.End] == '-'
}

// name is what stands at some words of a sentence.
func (n *Names) name(sentence int, text string, toks []analysis.Tok, from, to int) Name {
	name := Name{Sentence: sentence, Start: int(toks[from].Start), Text: bare(text[toks[from].Start:toks[to-1].End])}
	for _, t := range toks[from:to] {
		name.Words = append(name.Words, t.Word)
	}
	if from > 0 && joined(text, toks[from-1], toks[from]) {
		before := n.fwd.Words[toks[from-1].Word].Text
		name.The, name.Person = before == "the", IsPerson(before)
	}
	// In apposition: "Tobin Hale, the director of the port".
	const reach = 4
	if rest := text[toks[to-1].End:]; strings.HasPrefix(rest, ", ") {
		for k := to; k < min(len(toks), to+reach) && !strings.ContainsAny(text[toks[to-1].End+2:toks[k].Start], ",.;:"); k++ {
			w := n.fwd.Words[toks[k].Word].Text
			if k == to && w != "the" && w != "a" && w != "an" && !IsPerson(w) {
				break
			}
			name.Person = name.Person || IsPerson(w)
		}
	}
	return name
}

// bare is a name without a possessive ending.
func bare(text string) string {
	for _, ending := range [...]string{"'s", "’s", "'", "’"} {
		if short, ok := strings.CutSuffix(text, ending); ok {
			return short
		}
	}
	return text
}

// isName reports whether a word is part of a name, or a title before one: it has a
// capital wherever it stands, and is no day or month.
func (n *Names) isName(t analysis.Tok) bool {
	w := &n.fwd.Words[t.Word]
	return t.Upper && !t.Number && !t.Stop && w.Upper == w.Count && len(w.Text) > 1 && !isDay(w.Text)
}

// Named reports whether a topic is words that the articles have as names alone.
func (n *Names) Named(topic string) bool {
	toks := analysis.Tokenize(topic)
	for _, t := range toks {
		i := slices.IndexFunc(n.fwd.Words, func(w analysis.Word) bool { return w.Text == t.Word })
		if i < 0 || n.fwd.Words[i].Upper < n.fwd.Words[i].Count || isDay(t.Word) {
			return false
		}
	}
	return len(toks) > 0
}

// isDay reports whether a word is a month or a day of the week.
func isDay(word string) bool {
	return slices.ContainsFunc(english.Find(word), func(w english.Word) bool { return w.Class == 'M' || w.Class == 'W' })
}

// joined reports whether a blank alone parts two words, of which the first is no
// possessive: "Korea’s Ulleung" is two names.
func joined(text string, a, b analysis.Tok) bool {
	word := text[a.Start:a.End]
	return text[a.End:b.Start] == " " && bare(word) == word
}

// lexicons opens the lexicon when it is first asked for.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var lexicons = sync.OnceValues(lexicon.Open)

// IsPerson reports whether a word is one for people, such as "president", rather than
// anything else.
func IsPerson(word string) bool { return isA(word, "person") }

// IsThing reports whether a word is a noun rather than anything else, or one that no
// dictionary has.
func IsThing(word string) bool {
	l, err := lexicons()
	return err == nil && (len(l.Lemmas(word)) == 0 || l.IsA(word, "entity") >= mostly)
}

// mostly is the share of a word's meanings that counts as what it means. A judgement.
const mostly = .7

func isA(word, class string) bool {
	l, err := lexicons()
	return err == nil && l.IsA(word, class) >= mostly
}

// adjective reports whether a word is one that goes with a name and is none: "Russian".
func adjective(word string) bool {
	l, err := lexicons()
	return err == nil && l.Relational(word)
}

// Verb is the form of a word that a dictionary has, where it is a verb in another form
// and nothing else fits: "began" is begin. It is empty for others.
func Verb(word string) string {
	l, err := lexicons()
	if err != nil || !l.IsVerb(word) {
		return ""
	}
	for _, form := range l.Lemmas(word) {
		if form != word && l.IsVerb(form) {
			return form
		}
	}
	return ""
}

// Means reports whether one of some words means the same as a word, or is derived from
// it: "China" for "Chinese".
func Means(word string, one func(string) bool) bool {
	l, err := lexicons()
	return err != nil || slices.ContainsFunc(l.Related(word), func(r lexicon.Relation) bool {
		return r.Kind <= lexicon.Pertain && one(r.Word)
	})
}
