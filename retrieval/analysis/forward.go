package analysis

import (
	"math"

	"parley/corpus"
)

// TermID numbers the terms of a [Forward] index, from 0.
type TermID int32

// NoTerm is the TermID of a term that the corpus does not hold.
const NoTerm TermID = -1

// Tok is one word of a sentence in the forward index.
type Tok struct {
	Term       TermID
	Word       int32  // index into Forward.Words
	Start, End uint16 // byte offsets into the sentence
	Upper      bool   // begins with a capital
	Number     bool   // begins with a digit
	Stop       bool   // a function word
}

// Word is a distinct folded word of the corpus.
type Word struct {
	Text  string
	Term  TermID
	Count int32 // occurrences
	Upper int32 // occurrences that begin with a capital
}

// Forward is an analyzed corpus: the terms of every sentence, title and
// publisher. It is immutable after [Analyze].
type Forward struct {
	Corpus     *corpus.Corpus
	Terms      []string
	Words      []Word
	Titles     [][]Tok // by article
	Publishers [][]Tok // by article

	toks     []Tok
	first    []int32 // per sentence, index into toks; one extra at the end
	stop     []bool  // by term
	sf       []int32 // by term: sentences that hold it
	df       []int32 // by term: passages that hold it (text, title or publisher)
	articles []int32 // by term: articles that hold it
	terms    map[string]TermID
	words    map[string]int32
}

// Analyze reads the whole corpus once.
func Analyze(c *corpus.Corpus) *Forward {
	// How much room the words and the tokens will need is a guess, as of English.
	hint := min(2*len(c.Sentences), 1<<15)
	f := &Forward{
		Corpus: c,
		terms:  make(map[string]TermID, hint),
		words:  make(map[string]int32, hint),
		first:  make([]int32, 0, len(c.Sentences)+1),
	}
	bytes := 0
	for i := range c.Articles {
		bytes += len(c.Articles[i].Body)
	}
	f.toks = make([]Tok, 0, bytes/6)
	for i := range c.Sentences {
		f.first = append(f.first, int32(len(f.toks)))
		f.toks = f.add(f.toks, c.SentenceText(i))
	}
	f.first = append(f.first, int32(len(f.toks)))
	for i := range c.Articles {
		a := &c.Articles[i]
		f.Titles = append(f.Titles, f.add(nil, a.Title))
		f.Publishers = append(f.Publishers, f.add(nil, a.Publisher))
	}
	f.count()
	return f
}

// add appends the words of a text, numbering new words and terms.
func (f *Forward) add(toks []Tok, text string) []Tok {
	for _, t := range Tokenize(text) {
		if t.End > math.MaxUint16 {
			break // a title or publisher of 64 KiB is not one
		}
		w, ok := f.words[t.Word]
		if !ok {
			w = f.newWord(t.Word)
		}
		word := &f.Words[w]
		word.Count++
		if t.Upper {
			word.Upper++
		}
		toks = append(toks, Tok{
			Term: word.Term, Word: w, Start: uint16(t.Start), End: uint16(t.End),
			Upper: t.Upper, Number: t.Number, Stop: f.stop[word.Term],
		})
	}
	return toks
}

func (f *Forward) newWord(text string) int32 {
	stop := IsStop(text)
	stem := text
	if !stop {
		stem = Stem(text)
	}
	id, ok := f.terms[stem]
	if !ok {
		id = TermID(len(f.Terms))
		f.terms[stem] = id
		f.Terms = append(f.Terms, stem)
		f.stop = append(f.stop, stop)
	}
	w := int32(len(f.Words))
	f.words[text] = w
	f.Words = append(f.Words, Word{Text: text, Term: id})
	return w
}

// count fills the document frequencies.
func (f *Forward) count() {
	f.df = make([]int32, len(f.Terms))
	f.sf = make([]int32, len(f.Terms))
	last := make([]int32, len(f.Terms)) // last sentence + 1 that counted a term
	for i := range f.Corpus.Sentences {
		for _, t := range f.Sentence(i) {
			if last[t.Term] != int32(i+1) {
				last[t.Term] = int32(i + 1)
				f.sf[t.Term]++
			}
		}
	}
	f.articles = make([]int32, len(f.Terms))
	seen := make([]int32, len(f.Terms)) // last passage + 1 that counted a term
	seenArticle := make([]int32, len(f.Terms))
	mark := func(toks []Tok, passage, article int32) {
		for _, t := range toks {
			if seen[t.Term] != passage {
				seen[t.Term] = passage
				f.df[t.Term]++
			}
			if seenArticle[t.Term] != article {
				seenArticle[t.Term] = article
				f.articles[t.Term]++
			}
		}
	}
	for p := range f.Corpus.Passages {
		pass := &f.Corpus.Passages[p]
		for s := pass.First; s < pass.Last; s++ {
			mark(f.Sentence(s), int32(p+1), int32(pass.Article+1))
		}
		mark(f.Titles[pass.Article], int32(p+1), int32(pass.Article+1))
		mark(f.Publishers[pass.Article], int32(p+1), int32(pass.Article+1))
	}
}

// Sentence returns the words of a sentence of the corpus.
func (f *Forward) Sentence(i int) []Tok { return f.toks[f.first[i]:f.first[i+1]] }

// Passage returns the words of a passage's text.
func (f *Forward) Passage(p int) []Tok {
	pass := &f.Corpus.Passages[p]
	return f.toks[f.first[pass.First]:f.first[pass.Last]]
}

// Lookup returns the term of a folded word, or [NoTerm].
func (f *Forward) Lookup(word string) TermID {
	if w, ok := f.words[word]; ok {
		return f.Words[w].Term
	}
	if id, ok := f.terms[Stem(word)]; ok && !f.stop[id] {
		return id
	}
	return NoTerm
}

// Word returns the number of a folded word in Words, if the corpus holds it.
func (f *Forward) Word(word string) (int32, bool) {
	w, ok := f.words[word]
	return w, ok
}

// TermOf returns the term of a folded word that the corpus holds.
func (f *Forward) TermOf(word string) (TermID, bool) {
	id := f.Lookup(word)
	return id, id != NoTerm && !f.stop[id]
}

// Stop reports whether a term is a function word.
func (f *Forward) Stop(t TermID) bool { return f.stop[t] }

// DocFreq is the number of passages that hold a term in text, title or publisher.
func (f *Forward) DocFreq(t TermID) int {
	if t < 0 {
		return 0
	}
	return int(f.df[t])
}

// ArticleFreq is the number of articles that hold a term.
func (f *Forward) ArticleFreq(t TermID) int {
	if t < 0 {
		return 0
	}
	return int(f.articles[t])
}

// IDF is the inverse document frequency of a term over passages,
// ln(1 + (N − n + 0.5)/(n + 0.5)) as BM25 has it (Robertson and Zaragoza, 2009,
// with Lucene's +1 that keeps it positive). A term the corpus does not hold has
// the greatest.
func (f *Forward) IDF(t TermID) float64 {
	n, df := float64(len(f.Corpus.Passages)), float64(f.DocFreq(t))
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// SentenceIDF is [Forward.IDF] over sentences: in a small corpus it tells terms
// apart that every passage holds.
func (f *Forward) SentenceIDF(t TermID) float64 {
	n, sf := float64(len(f.Corpus.Sentences)), 0.0
	if t >= 0 {
		sf = float64(f.sf[t])
	}
	return math.Log(1 + (n-sf+0.5)/(sf+0.5))
}
