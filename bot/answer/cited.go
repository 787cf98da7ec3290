package answer

import (
	"regexp"
	"strings"

	"parley/retrieval/analysis"
)

// What a question quotes is looked for word by word, function words included.
var quotation = regexp.MustCompile(`[“"]([^“”"]+)[”"]`)

// pause cuts a quotation where something was left out.
var pause = regexp.MustCompile(`…|\.\.\.`)

// minQuotation is how many words a quotation has at least: of fewer, any text
// may have them by chance. A judgement.
const minQuotation = 2

// quoteBonus is added to the score of a sentence that has all of what the
// question quotes: more than everything else together tells sentences apart. A
// judgement: few questions of the sets quote.
const quoteBonus = 6

// quotations returns what a question quotes, each as folded words. What is
// mostly in capitals is the title of something, and many sentences have it.
func quotations(question string) [][]string {
	var out [][]string
	for _, m := range quotation.FindAllStringSubmatch(question, -1) {
		for _, part := range pause.Split(m[1], -1) {
			var words []string
			names := 0
			for _, t := range analysis.Tokenize(part) {
				words = append(words, t.Word)
				if t.Upper {
					names++
				}
			}
			if len(words) >= minQuotation && 2*names <= len(words) {
				out = append(out, words)
			}
		}
	}
	return out
}

// quotes is the share of quotations that stand in a sentence.
func (e *Engine) quotes(sentence int, quotations [][]string) float64 {
	if len(quotations) == 0 {
		return 0
	}
	toks := e.fwd.Sentence(sentence)
	found := 0
	for _, q := range quotations {
		for i := 0; i+len(q) <= len(toks); i++ {
			same := true
			for k, w := range q {
				same = same && e.wordOf(toks[i+k]) == w
			}
			if same {
				found++
				break
			}
		}
	}
	return float64(found) / float64(len(quotations))
}

// backward is how many sentences back a pronoun may point. A judgement.
const backward = 3

// antecedent returns the sentence before one that only has a pronoun for who did
// it: the nearest with a name, or −1.
func (e *Engine) antecedent(ev *evidence, sentence int) int {
	if ev.kind != Person || e.namesSomebody(ev, sentence) || !hasPronoun(e.fwd.Corpus.SentenceText(sentence)) {
		return -1
	}
	first, _ := e.fwd.Corpus.ArticleSentences(e.fwd.Corpus.Sentences[sentence].Article)
	for s := sentence - 1; s >= max(first, sentence-backward); s-- {
		if !e.fwd.Corpus.Sentences[s].Heading && e.namesSomebody(ev, s) {
			return s
		}
	}
	return -1
}

// locative prepositions come before places, not before people.
var locative = set("in at near off across outside inside throughout from to")

// namesSomebody reports whether a sentence has a name that the question does not
// have and that is not said to be a place.
func (e *Engine) namesSomebody(ev *evidence, sentence int) bool {
	toks := e.fwd.Sentence(sentence)
	for i, t := range toks {
		if t.Upper && !t.Stop && e.classes[t.Word]&isName != 0 && e.classes[t.Word]&(isMonth|isWeekday) == 0 &&
			!ev.matcher.asks(t) && (i == 0 || !locative[e.wordOf(toks[i-1])]) {
			return true
		}
	}
	return false
}

// hasPronoun reports whether a text has a word for a person named before,
// outside of what it quotes.
func hasPronoun(text string) bool {
	for _, t := range analysis.Tokenize(text) {
		switch t.Word {
		case "he", "she", "they":
			if !insideQuotation(text, t.Start) {
				return true
			}
		}
	}
	return false
}

// What sentences get beside what the bot said last, when a question points back
// at it: those after it tell more, those that it consists of were told.
// Judgements: the bot's turns in the conversations of the sets are not its own.
const (
	afterTold = 1.5
	wasTold   = -1.5
)

// told marks what of the corpus the bot said last: sentences that stand in it.
func (e *Engine) told(last string) map[int]bool {
	out := map[int]bool{}
	if last == "" {
		return out
	}
	last = strings.Join(strings.Fields(last), " ")
	for i := range e.fwd.Corpus.Sentences {
		s := strings.Join(strings.Fields(e.fwd.Corpus.SentenceText(i)), " ")
		if len(e.fwd.Sentence(i)) > 3 && strings.Contains(last, s) {
			out[i] = true
		}
	}
	return out
}
