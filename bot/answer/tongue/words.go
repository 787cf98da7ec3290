package tongue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// particles are words that stand in names, and Latin that English has. They prove
// nothing by themselves, and neither do single letters.
const particles = " ad al an co da das de del della den der des di do dos du el en es et ex il la las le les los non per pre pro san se são sur ten ter un und van von "

// borrowed are letters of words that English has: "café", "façade", "naïve", "à la".
const borrowed = "éèêçïàâôñ"

// What speaks for a language. Judgements: a word that two languages have says half
// as much, a letter may stand in a foreign word, and trigrams of a few words are
// often wrong.
const (
	letterWeight  = .7
	trigramWeight = .6
	localeWeight  = .7
)

// tally is what the words of a text say.
type tally struct {
	score   map[string]float64  // of each language
	own     map[string]int      // words that a language has and English has not
	english []string            // words that English has
	proofs  map[string]int      // of these, how many are no particles
	long    map[string]bool     // one of these is so by no chance
	had     map[string][]string // languages of each of english
	unknown int                 // words in small letters that nobody has
	known   int                 // of these, words of the articles
}

// lettered is the language of a text in Latin or Cyrillic letters.
func lettered(words []word, script *unicode.RangeTable, h Hints) string {
	t := count(words, script, h)
	if len(t.score) > 0 {
		best := t.best(words, script, h)
		if best != "" && (script != unicode.Latin || t.foreign(best, words, locale(h.Locale, []string{best}) != "")) {
			return best
		}
	}
	if script != unicode.Latin {
		return Other
	}
	return ""
}

// count holds the words against the lists.
func count(words []word, script *unicode.RangeTable, h Hints) *tally {
	t := &tally{score: map[string]float64{}, own: map[string]int{}, proofs: map[string]int{}, long: map[string]bool{}, had: map[string][]string{}}
	for _, w := range words {
		if w.script != script || w.name {
			continue
		}
		have := lists().words[w.text]
		english := slices.Contains(have, "en")
		for _, l := range have {
			if !english {
				t.score[l] += 1 / float64(len(have))
				n := utf8.RuneCountInString(w.text)
				if n == 1 && script == unicode.Latin {
					continue // "Trump's", "Plan B"
				}
				t.own[l]++
				if !strings.Contains(particles, " "+w.text+" ") {
					t.proofs[l]++
					t.long[l] = t.long[l] || n > byChance
				}
			}
		}
		switch {
		case english:
			t.english = append(t.english, w.text)
			t.had[w.text] = have
		case len(have) > 0 || w.opens: // an opening word is a name as likely as not
		case !t.spell(w.text):
			t.unknown++
			if h.Known != nil && h.Known(w.text) {
				t.known++
			}
		}
	}
	return t
}

// spell counts a word by its letters, and reports whether English lacks one of them.
func (t *tally) spell(text string) bool {
	var all []string
	lacks, proves := false, false
	for _, r := range text {
		if r < unicode.MaxASCII {
			continue
		}
		proves = proves || !strings.ContainsRune(borrowed, r)
		have := lists().letters[r]
		if !lacks {
			all = slices.Clone(have)
		} else {
			all = slices.DeleteFunc(all, func(l string) bool { return !slices.Contains(have, l) })
		}
		lacks = true
	}
	for _, l := range all {
		t.score[l] += letterWeight / float64(len(all))
		t.own[l]++
		if proves {
			t.proofs[l]++
			t.long[l] = true
		}
	}
	return lacks
}

// best is the language that most speaks for; empty for one that is not told apart.
func (t *tally) best(words []word, script *unicode.RangeTable, h Hints) string {
	var among []string
	for _, l := range Languages() {
		if t.score[l] > 0 {
			among = append(among, l)
		}
	}
	if len(among) == 0 {
		return ""
	}
	if l := locale(h.Locale, among); l != "" {
		t.score[l] += localeWeight
	}
	if l := trigrams(words, script, among); l != "" {
		t.score[l] += trigramWeight
	}
	best := among[0]
	for _, l := range among[1:] {
		if t.score[l] > t.score[best] {
			best = l
		}
	}
	return best
}

// foreign reports whether a text is rather in a language than in English. Where the
// asker's program is in that language and nothing is English, little is enough.
func (t *tally) foreign(l string, words []word, theirs bool) bool {
	against := t.known
	for _, w := range t.english {
		if !slices.Contains(t.had[w], l) {
			against += 2
		}
	}
	if theirs && against == 0 && t.own[l] > 0 && t.unknown > 0 {
		if trigrams(words, unicode.Latin, nil) == l {
			return true
		}
	}
	if t.proofs[l] == 0 || 2*t.own[l] <= against {
		return false
	}
	if t.proofs[l] == 1 && !t.long[l] {
		return t.unknown > 0 && trigrams(words, unicode.Latin, nil) == l
	}
	return true
}

// byChance is the length in letters up to which a word may be a slip in another one
// ("wer", "hw"). A judgement.
const byChance = 3

// trigrams is the language that a text looks like among some, nil for all; empty for
// English.
func trigrams(words []word, script *unicode.RangeTable, among []string) string {
	var b strings.Builder
	for _, w := range words {
		if w.script == script && !w.name {
			b.WriteString(w.text + " ")
		}
	}
	all := codes()
	some := map[whatlanggo.Lang]bool{}
	for code, l := range all {
		if among == nil || slices.Contains(among, l) {
			some[code] = true
		}
	}
	info := whatlanggo.DetectWithOptions(b.String(), whatlanggo.Options{Whitelist: some})
	return all[info.Lang]
}

// codes are the languages of whatlanggo; English is empty.
func codes() map[whatlanggo.Lang]string {
	return map[whatlanggo.Lang]string{
		whatlanggo.Eng: "", whatlanggo.Ind: "id", whatlanggo.Dan: "da", whatlanggo.Deu: "de", whatlanggo.Spa: "es", whatlanggo.Fra: "fr", whatlanggo.Hrv: "hr",
		whatlanggo.Ita: "it", whatlanggo.Lit: "lt", whatlanggo.Hun: "hu", whatlanggo.Nld: "nl", whatlanggo.Nob: "no", whatlanggo.Pol: "pl", whatlanggo.Por: "pt-BR",
		whatlanggo.Ron: "ro", whatlanggo.Fin: "fi", whatlanggo.Swe: "sv-SE", whatlanggo.Vie: "vi", whatlanggo.Tur: "tr", whatlanggo.Ces: "cs", whatlanggo.Bul: "bg",
		whatlanggo.Rus: "ru", whatlanggo.Ukr: "uk",
	}
}
