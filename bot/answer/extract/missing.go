package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"parley/bot/answer"
	"parley/bot/answer/english"
	"parley/bot/answer/names"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// missing is what can be told of why a question has no answer.
func (e *Engine) missing(q *question.Question, read *reading.Result) *answer.Missing {
	m := &answer.Missing{Asked: asked(q.Text), Words: e.absent(q.Text, read.Terms)}
	m.Oldest, m.Newest = e.days()
	e.dated(m, q)
	if !q.Dangling {
		m.Near = e.near(read)
	}
	return m
}

// dated notes of a question's days and years what the articles are not of.
func (e *Engine) dated(m *answer.Missing, q *question.Question) {
	after := func(p retrieval.Period) bool { return p.From.After(m.Newest) }
	named := retrieval.Periods(q.Text, time.Time{}, m.Newest)
	for _, p := range named {
		if y := p.From.Year(); y == p.To.Year() && strings.Contains(q.Text, strconv.Itoa(y)) && (m.Newest.IsZero() || !after(p)) && !e.hasYear(y) {
			m.Year = y
		}
	}
	if m.Newest.IsZero() || slices.ContainsFunc(named, func(p retrieval.Period) bool { return !after(p) }) {
		return // a day without a year may be one of theirs
	}
	for _, p := range retrieval.Periods(q.Text, q.Query(0).AsOf, m.Newest) {
		if after(p) && (p.From.Year() == m.Newest.Year() || !e.hasYear(p.From.Year())) {
			m.Later = true
		}
	}
}

// days are those of the oldest and the newest article. The oldest is not known where an
// article states none.
func (e *Engine) days() (oldest, newest time.Time) {
	whole := true
	for i := range e.corpus.Articles {
		d := e.corpus.Articles[i].Date()
		if d.IsZero() {
			whole = false
			continue
		}
		if oldest.IsZero() || d.Before(oldest) {
			oldest = d
		}
		if d.After(newest) {
			newest = d
		}
	}
	if !whole {
		oldest = time.Time{}
	}
	return oldest, newest
}

// hasYear reports whether an article is of a year or may speak of it, also as the end
// of a span ("2018-19") or without its century.
func (e *Engine) hasYear(year int) bool {
	if e.fwd.Lookup(strconv.Itoa(year)) != analysis.NoTerm || e.fwd.Lookup(strconv.Itoa(year)+"s") != analysis.NoTerm {
		return true
	}
	short, before := two(year), two(year-1)
	forms := []string{"'" + short, "’" + short, before + "-" + short, before + "–" + short, before + "/" + short}
	for i := range e.corpus.Articles {
		a := &e.corpus.Articles[i]
		if a.Date().Year() == year && !a.Date().IsZero() {
			return true
		}
		if slices.ContainsFunc(forms, func(f string) bool { return strings.Contains(a.Body, f) || strings.Contains(a.Title, f) }) {
			return true
		}
	}
	return false
}

func two(year int) string { return strconv.Itoa(year%100/10) + strconv.Itoa(year%10) }

// asks matches the word that a question opens with and asks by.
var asks = regexp.MustCompile(`(?i)^(?:(?:and|so|but|ok|okay|then)\W+)?(when|where|who|why|how (?:many|much|long|old|often))\b`)

// another matches one more word that asks, of which the first is not the only one.
var another = regexp.MustCompile(`(?i)\b(?:when|where|who|whom|whose|why|how|what|which)\b`)

// asked is what a question asks for; empty where it may be several things.
func asked(text string) answer.Asked {
	m := asks.FindStringSubmatchIndex(text)
	if m == nil || another.MatchString(text[m[3]:]) {
		return ""
	}
	return answer.Asked(strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(text[m[2]:m[3]]), " ")), " ", "_"))
}

// mostAbsent is how many words a refusal names at most.
const mostAbsent = 3

// absent are the words and names of a question that no article has, in no form and
// spelling that is known: what stands together is one. It is careful, for what it says
// must be true: a word that may be there in another form is left out.
func (e *Engine) absent(text string, terms []retrieval.Term) []string {
	toks := analysis.Tokenize(text)
	missing := func(i int) bool {
		at := slices.IndexFunc(terms, func(t retrieval.Term) bool { return !t.Context && t.Start == toks[i].Start && t.End > t.Start })
		if question.IsTalk(toks[i].Word) || analysis.IsStop(toks[i].Word) || i == 0 && !names.IsThing(toks[i].Word) || e.signs(toks[i].Word) {
			return false
		}
		return at >= 0 && e.unheard(&terms[at]) && !e.elsewise(text, toks, i)
	}
	var out []string
	for i := 0; i < len(toks); i++ {
		if !missing(i) {
			continue
		}
		from, to := i, i+1
		for k := to; k < len(toks) && joined(text, toks[k-1], toks[k]) && missing(k); k++ {
			if toks[k].Upper == toks[i].Upper { // with what is small between: "Ursula von der Leyen"
				to = k + 1
			}
		}
		i = to - 1
		if toks[from].Upper {
			if to < len(toks) && toks[to].Upper && joined(text, toks[to-1], toks[to]) && !analysis.IsStop(toks[to].Word) {
				continue // "Bob" of "Bob Menendez", whom they may call Robert
			}
			for from > 0 && toks[from-1].Upper && joined(text, toks[from-1], toks[from]) && e.named(toks[from-1], from-1) {
				from--
			}
		}
		if word := bare(text[toks[from].Start:toks[to-1].End]); !slices.Contains(out, word) && len(out) < mostAbsent {
			out = append(out, word)
		}
	}
	return out
}

// signs reports whether a word is of the name of an author or an outlet.
func (e *Engine) signs(word string) bool {
	return slices.ContainsFunc(e.corpus.Articles, func(a corpus.Article) bool {
		return slices.ContainsFunc(analysis.Tokenize(a.Author+" "+a.Publisher), func(t analysis.Token) bool { return t.Word == word })
	})
}

// named reports whether a word of a question before a name is part of it: "Steve" of
// "Steve Miller", but not "Did" or "President".
func (e *Engine) named(t analysis.Token, at int) bool {
	if analysis.IsStop(t.Word) || names.IsPerson(t.Word) {
		return false
	}
	w, ok := e.fwd.Word(t.Word)
	return at > 0 && (!ok || e.fwd.Words[w].Upper == e.fwd.Words[w].Count)
}

// joined reports whether a blank alone parts two words.
func joined(text string, a, b analysis.Token) bool { return text[a.End:b.Start] == " " }

// bare is a word without a possessive ending.
func bare(word string) string {
	return strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
}

// leastWord is how long a word is that is told to be missing, in bytes.
const leastWord = 3

// unheard reports whether the articles have neither a word nor another form or spelling
// of it, nor one that means the same.
func (e *Engine) unheard(t *retrieval.Term) bool {
	if t.ID != analysis.NoTerm || t.Corrected && (!t.Upper || e.correctsToName(t)) || t.Number || t.Light || len(t.Word) < leastWord || isMonth(t.Word) {
		return false
	}
	if t.Upper && names.Means(t.Word, func(w string) bool { return e.fwd.Lookup(w) != analysis.NoTerm }) || !t.Upper && len(t.Variants) > 0 {
		return false
	}
	if strings.ContainsFunc(t.Word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return false
	}
	if !t.Upper && !names.IsThing(t.Word) {
		return false // what somebody does can be told in other words
	}
	return !slices.ContainsFunc(e.fwd.Words, func(w analysis.Word) bool {
		if t.Upper { // "Starmer" is no form of "started", nor of "Start"
			return 2*w.Upper > w.Count && 3*shared(t.Word, w.Text) >= 2*max(len(t.Word), len(w.Text))
		}
		return shared(t.Word, w.Text) >= max(4, max(len(t.Word), len(w.Text))/2+1)
	})
}

// correctsToName reports whether one of the words that the search took a name for is a
// name itself: then it is a slip. "Merkel" is none for "market".
func (e *Engine) correctsToName(t *retrieval.Term) bool {
	return slices.ContainsFunc(e.fwd.Words, func(w analysis.Word) bool {
		return 2*w.Upper > w.Count && slices.ContainsFunc(t.Variants, func(v retrieval.Variant) bool { return v.ID == w.Term })
	})
}

// shared is how many bytes two words begin with alike, as forms of one word do.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// isMonth reports whether a word is a month or a day of the week: articles have days
// that they do not name.
func isMonth(word string) bool {
	return slices.ContainsFunc(english.Find(word), func(w english.Word) bool { return w.Class == 'M' || w.Class == 'W' })
}

// elsewise reports whether the articles may have a word as a part or a whole of others:
// "ceasefire" and "cease-fire", "FBI" and "Federal Bureau of Investigation".
func (e *Engine) elsewise(text string, toks []analysis.Token, i int) bool {
	const part = 3 // letters
	has := func(word string) bool { return e.fwd.Lookup(word) != analysis.NoTerm }
	word := toks[i].Word
	if i > 0 && has(toks[i-1].Word+word) || i+1 < len(toks) && has(word+toks[i+1].Word) {
		return true
	}
	for n := part; n <= len(word)-part; n++ {
		if has(word[:n]) && has(word[n:]) {
			return true
		}
	}
	if raw := bare(text[toks[i].Start:toks[i].End]); len(raw) <= longAcronym && strings.ToUpper(raw) == raw && e.spelled(word) {
		return true
	}
	// The letters that a name of several words begins with.
	from, to := i, i+1
	partOf := func(t analysis.Token) bool { return t.Upper || analysis.IsStop(t.Word) }
	for from > 0 && partOf(toks[from-1]) {
		from--
	}
	for to < len(toks) && partOf(toks[to]) {
		to++
	}
	for a := from; a <= i; a++ {
		var letters []byte
		for b := a; b < to; b++ {
			if toks[b].Upper {
				letters = append(letters, toks[b].Word[0])
			}
			if b >= i && len(letters) > 1 && (has(string(letters)) || has(strings.ToUpper(string(letters)))) {
				return true
			}
		}
	}
	return false
}

// longAcronym is how many letters an acronym has at most.
const longAcronym = 6

// spelled reports whether the articles have words with capitals in a row that begin
// with the letters of an acronym.
func (e *Engine) spelled(acronym string) bool {
	run := make([]byte, 0, longAcronym)
	for s := range e.corpus.Sentences {
		run = run[:0]
		for _, t := range e.fwd.Sentence(s) {
			switch {
			case t.Upper:
				run = append(run, e.fwd.Words[t.Word].Text[0]|' ')
				if strings.HasSuffix(string(run), strings.ToLower(acronym)) {
					return true
				}
			case !t.Stop:
				run = run[:0]
			}
		}
	}
	return false
}

// How near the sentence must come that is shown as the nearest. Of 518 questions that
// news nearly answer it is then shown for 45 of 100, 97 of these from the article that
// the question is about, and for 2 of 100 questions that have nothing to do with the
// articles. By the cosine alone it would be for 11 of them.
const (
	nearCosine   = .55
	nearCoverage = .35 // of the question's weight
	nearLacking  = .5  // of its names
	nearAnswer   = .03 // probability that it answers: below, it but has the names
)

// longestNear is how many bytes a sentence has at most that is shown as the nearest.
const longestNear = 400

// near is the sentence that comes nearest to a question that none answers; nil where
// none has to do with it.
func (e *Engine) near(read *reading.Result) *answer.Citation {
	if len(read.Sentences) == 0 {
		return nil
	}
	s := read.Sentences[0]
	f := &s.Features
	if s.Probability < nearAnswer || f[reading.Cosine] < nearCosine || f[reading.Coverage] < nearCoverage || f[reading.Lacking] > nearLacking || e.corpus.Sentences[s.Number].Len() > longestNear {
		return nil
	}
	a := answer.Answer{}
	quote.NewWriter(e.corpus, &a).Cite(quote.Cited{Sentence: s.Number})
	c := a.Citations[0]
	c.N = 0
	return &c
}
