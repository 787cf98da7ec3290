package lexical

import (
	"sync/atomic"

	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
)

// lexiconTerms are the corpus's terms for the words of a lexicon, by number, as
// far as queries have asked for them: most words of the lexicon stand in no
// article, and that is known only once they are stemmed. A term is kept plus
// two, a word without one as 1; 0 has not been asked for.
type lexiconTerms []atomic.Int32

func newLexiconTerms(lex *lexicon.Lexicon) lexiconTerms {
	if lex == nil {
		return nil
	}
	return make(lexiconTerms, lex.Len())
}

// of returns the term that the corpus has for a related word.
func (t lexiconTerms) of(fwd *analysis.Forward, r lexicon.Relation) (analysis.TermID, bool) {
	kept := t[r.Number].Load()
	if kept == 0 {
		id, ok := fwd.TermOf(r.Word)
		if !ok {
			id = analysis.NoTerm
		}
		kept = int32(id) + 2
		t[r.Number].Store(kept)
	}
	return analysis.TermID(kept - 2), kept > 1
}
