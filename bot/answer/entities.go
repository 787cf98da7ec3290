package answer

import (
	_ "embed"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

//go:embed roles.txt
var roleTable string

// roles are nouns for what a person does or is to somebody.
var roles = set(roleTable)

// epithets knows what a corpus calls the people it names: "Russian envoy Kirill
// Dmitriev" makes every later "Dmitriev" a Russian and an envoy. A question
// about the Russian envoy then finds sentences that only have the name.
type epithets map[analysis.TermID][]analysis.TermID

// Bounds of what is read around a name.
const (
	beforeName = 6  // words before it
	afterName  = 9  // words of an apposition after it
	perName    = 24 // epithets kept of one name, the most frequent
)

// readEpithets collects epithets from all sentences.
func readEpithets(fwd *analysis.Forward) epithets {
	counts := map[analysis.TermID]map[analysis.TermID]int{}
	for i := range fwd.Corpus.Sentences {
		toks := fwd.Sentence(i)
		text := fwd.Corpus.SentenceText(i)
		for j := 0; j < len(toks); {
			end := nameRun(text, toks, j)
			if end == j {
				j++
				continue
			}
			readName(fwd, text, toks, j, end, counts)
			j = end
		}
	}
	out := epithets{}
	for name, m := range counts {
		terms := make([]analysis.TermID, 0, len(m))
		for t := range m {
			terms = append(terms, t)
		}
		slices.SortFunc(terms, func(a, b analysis.TermID) int {
			if m[a] != m[b] {
				return m[b] - m[a]
			}
			return int(a - b)
		})
		out[name] = terms[:min(perName, len(terms))]
	}
	return out
}

// nameRun returns the end of the run of capitalised words at i, or i.
func nameRun(text string, toks []analysis.Tok, i int) int {
	j := i
	for j < len(toks) && toks[j].Upper && !toks[j].Stop && (j == i || joined(text, toks[j-1], toks[j])) {
		j++
	}
	return j
}

// joined reports whether only a blank or hyphen is between two words.
func joined(text string, a, b analysis.Tok) bool {
	gap := text[a.End:b.Start]
	return gap == " " || gap == "-" || gap == "’s " || gap == "'s "
}

func isRole(fwd *analysis.Forward, t analysis.Tok) bool { return roles[fwd.Words[t.Word].Text] }

// readName reads the epithets of the name in toks[i:end].
func readName(fwd *analysis.Forward, text string, toks []analysis.Tok, i, end int, counts map[analysis.TermID]map[analysis.TermID]int) {
	start := i // of the name itself, after titles in capitals
	for k := i; k < end; k++ {
		if isRole(fwd, toks[k]) {
			start = k + 1
		}
	}
	if start == end || end-start > 4 {
		return
	}
	var found []analysis.TermID
	for k := start; k+1 < end; k++ { // given names
		if classOf(fwd.Words[toks[k].Word].Text, false)&(isWeekday|isMonth) == 0 {
			found = append(found, toks[k].Term)
		}
	}
	if start > 0 && isRole(fwd, toks[start-1]) && joined(text, toks[start-1], toks[start]) {
		for k := start - 1; k >= max(0, start-beforeName); k-- {
			if k < start-1 && !joined(text, toks[k], toks[k+1]) || toks[k].Stop && k != start-1 {
				break
			}
			found = append(found, toks[k].Term)
		}
	}
	if rest := text[toks[end-1].End:]; strings.HasPrefix(rest, ", ") && end < len(toks) {
		found = append(found, apposition(fwd, text, toks, end)...)
	}
	if len(found) == 0 {
		return
	}
	name := toks[end-1].Term
	m := counts[name]
	if m == nil {
		m = map[analysis.TermID]int{}
		counts[name] = m
	}
	for _, t := range found {
		if t != name && !fwd.Stop(t) {
			m[t]++
		}
	}
}

// apposition returns the content words of ", head of the security council," when
// it has a role among its first words.
func apposition(fwd *analysis.Forward, text string, toks []analysis.Tok, at int) []analysis.TermID {
	switch fwd.Words[toks[at].Word].Text {
	case "and", "but", "or", "who", "which", "while", "as":
		return nil // the sentence goes on
	}
	var out []analysis.TermID
	role := false
	for k := at; k < min(len(toks), at+afterName); k++ {
		if k > at && strings.ContainsAny(text[toks[k-1].End:toks[k].Start], ",.;:“”\"()—–") {
			break
		}
		role = role || isRole(fwd, toks[k])
		out = append(out, toks[k].Term)
	}
	if !role {
		return nil
	}
	return out
}
