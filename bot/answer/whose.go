package answer

import (
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// whose returns the words of a question between "whose" and the verb, "whose
// son-in-law is …": what somebody is to somebody. Nil when it asks for no such thing.
// The second result is how the question has it.
func whose(question string) (relation []string, text string) {
	toks := analysis.Tokenize(question)
	i := slices.IndexFunc(toks, func(t analysis.Token) bool { return t.Word == "whose" })
	if i < 0 {
		return nil, ""
	}
	start := toks[i].Start
	end := start
	for _, t := range toks[i+1:] {
		if auxiliaries[t.Word] {
			break
		}
		relation, end = append(relation, t.Word), t.End
	}
	if len(relation) == 0 || len(relation) > maxRelation {
		return nil, ""
	}
	return relation, question[start:end]
}

// maxRelation is how many words a relation has: "son-in-law", "foreign policy aide".
const maxRelation = 4

// possessive words leave the name to the sentence.
var possessive = set("his her their its")

// possessor returns the term of the name that a sentence gives for whose
// relation something is: "Trump's R", "R to President Donald Trump", "Witkoff and
// his R". NoTerm where it gives none.
func (e *Engine) possessor(sentence int, relation []string) analysis.TermID {
	toks := e.fwd.Sentence(sentence)
	text := e.fwd.Corpus.SentenceText(sentence)
	for i := 0; i+len(relation) <= len(toks); i++ {
		if !e.reads(toks[i:i+len(relation)], relation) {
			continue
		}
		if i > 0 {
			before := toks[i-1]
			if before.Upper && genitive(text, before) {
				return before.Term
			}
			if possessive[e.wordOf(before)] {
				return e.nameBefore(toks, i-1)
			}
		}
		after := i + len(relation)
		if after < len(toks) && (e.wordOf(toks[after]) == "of" || e.wordOf(toks[after]) == "to") {
			if end := nameRun(text, toks, after+1); end > after+1 {
				return toks[end-1].Term
			}
		}
	}
	return analysis.NoTerm
}

// genitive reports whether a word of a text has the ending of a possessor:
// “Trump’s”, which is one word with its ending, or “the Emirates’”.
func genitive(text string, t analysis.Tok) bool {
	word, rest := text[t.Start:t.End], text[t.End:]
	return strings.HasSuffix(word, "’s") || strings.HasSuffix(word, "'s") ||
		strings.HasSuffix(word, "s") && (strings.HasPrefix(rest, "’ ") || strings.HasPrefix(rest, "' "))
}

// reads reports whether words of a sentence are the ones given.
func (e *Engine) reads(toks []analysis.Tok, words []string) bool {
	for i, t := range toks {
		if e.wordOf(t) != words[i] && analysis.Stem(e.wordOf(t)) != analysis.Stem(words[i]) {
			return false
		}
	}
	return true
}

// nameBefore is the nearest name before a place in a sentence.
func (e *Engine) nameBefore(toks []analysis.Tok, at int) analysis.TermID {
	for i := at - 1; i >= 0; i-- {
		if t := toks[i]; t.Upper && !t.Stop && e.classes[t.Word]&(isName|isWeekday|isMonth) == isName && !isRole(e.fwd, t) {
			return t.Term
		}
	}
	return analysis.NoTerm
}

// relations finds articles that say differently whose relation somebody is.
func (e *Engine) relations(ev *evidence, rivals []*candidate) *dispute {
	relation, text := whose(ev.question)
	if len(relation) == 0 {
		return nil
	}
	d := &dispute{about: "The reports differ on " + strings.ToLower(text[:1]) + text[1:] + " it is"}
	var given []analysis.TermID
	for _, c := range rivals {
		p := e.possessor(c.sentence, relation)
		if p == analysis.NoTerm || slices.Contains(given, p) || slices.ContainsFunc(ev.terms, func(t retrieval.Term) bool { return t.ID == p }) {
			continue
		}
		given = append(given, p)
		d.sides = append(d.sides, c)
		if len(d.sides) == maxSides {
			break
		}
	}
	if len(d.sides) < 2 {
		return nil
	}
	return d
}
