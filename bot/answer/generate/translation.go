package generate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/tongue"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// addTranslations adds to a sentence that has passed what the model gave in the
// asker's language, as far as that holds. Of one that does not the sentence is shown as
// it is, and the model is told why.
func (w *writing) addTranslations(ok *passed, d drafted) {
	got, wrong := w.bears(ok.text, d.abroad)
	if wrong != "" {
		w.step("not translated: %s (%s)", quote.Clip(ok.text, 160), wrong)
		w.failed = append(w.failed, failure{ok.at, ok.text, "its translation " + wrong})
	}
	ok.abroad = got
	ok.quotes = map[int]string{}
	for i, s := range d.sources[:min(len(d.sources), len(d.quotes))] {
		if d.quotes[i] == "" || s.passage < 1 || s.passage > len(w.passages) {
			continue
		}
		l, found := quote.Locate(w.e.corpus, s.quote, w.passages[s.passage-1])
		if !found || l.First != l.Last || !slices.Contains(ok.sentences, l.First) {
			continue
		}
		if got, wrong := w.bears(w.e.corpus.SentenceText(l.First), d.quotes[i]); wrong == "" {
			ok.quotes[l.First] = got
		}
	}
}

// A translation may be so much longer than what it translates, in runes, and as many
// sentences more. Judgements: it is to have room for no more than that says.
const (
	longerTimes = 2
	longerBy    = 40
	moreWords   = .5 // of the words of a text in Latin letters may be those of the English one
)

// bears holds a translation against the sentence that it translates. It returns the
// translation as it may be shown, or what is wrong with it. What it says beyond
// figures, names, language and length is not checked: the sentence itself was.
func (w *writing) bears(text, translation string) (shown, wrong string) {
	out, _ := plainSentence(translation, len(w.passages))
	switch {
	case out == "":
		return "", "is missing"
	case utf8.RuneCountInString(out) > longerTimes*utf8.RuneCountInString(text)+longerBy:
		return "", "is too long"
	case sentencesIn(out) > sentencesIn(text)+1:
		return "", "says more"
	case address.MatchString(out) || question.IsOrder(out) && !question.IsOrder(text):
		return "", "has in it what is not in the sentence"
	case !w.to.reads(out, text):
		return "", "is in another language"
	}
	if figure := newFigure(out, text); figure != "" {
		return "", "has the figure " + figure + ", which the sentence has not"
	}
	if figure := lostFigure(out, text); figure != "" {
		return "", "lacks the figure " + figure + ": write it in digits"
	}
	if name := w.otherName(out, text); name != "" {
		return "", "names " + name + ", which the sentence does not"
	}
	return out, ""
}

func sentencesIn(text string) int {
	return len(corpus.SplitSentences(&corpus.Article{Body: text}))
}

// reads reports whether a translation is in the asker's language, as far as can be
// told: in its script, and not in the words of the sentence.
func (t *asker) reads(translation, text string) bool {
	got := tongue.Of(translation, tongue.Hints{Locale: t.locale})
	if got == t.locale || t.locale == tongue.Other {
		return !repeats(translation, text)
	}
	if got == tongue.Other || got != "" && !latin(t.say.NotSaid) || latin(t.say.NotSaid) != latin(translation) {
		return false
	}
	same, all := 0, 0
	has := stems(text)
	for word := range stems(translation) {
		all++
		if has[word] {
			same++
		}
	}
	return float64(same) <= moreWords*float64(all)
}

// latin reports whether most letters of a text are Latin.
func latin(text string) bool {
	is, not := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			is++
		case unicode.IsLetter(r):
			not++
		}
	}
	return is > not
}

var (
	grouped = regexp.MustCompile(`(\d)[.,'’\x{00a0}\x{202f} ](\d{3})(\D|$)`)
	digits  = regexp.MustCompile(`\d+`)
)

// figures are the runs of digits in a text, in whatever script they are, without what
// groups them by thousands.
func figures(text string) []string {
	text = strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII && unicode.IsDigit(r) {
			for zero := r; ; zero-- { // digits of a script stand in a row
				if !unicode.IsDigit(zero-1) || r-zero == 9 {
					return '0' + r - zero
				}
			}
		}
		return r
	}, text)
	for grouped.MatchString(text) {
		text = grouped.ReplaceAllString(text, "$1$2$3")
	}
	return digits.FindAllString(text, -1)
}

// spelledFigures are the numbers that a text in English has in words.
func spelledFigures(text string) []string {
	var out []string
	for _, t := range analysis.Tokenize(text) {
		if stem := analysis.Stem(t.Word); !t.Number && stem != "1" && digits.FindString(stem) == stem {
			out = append(out, stem)
		}
	}
	return out
}

// smallFigure is up to where a figure may be new in a text: what was said in words.
const smallFigure = 12

// newFigure returns a figure of a text that another one has neither in digits nor in
// English words; the number of a month stands for its name, and one to twelve may
// have been words of another language.
func newFigure(text, in string) string {
	known := append(figures(in), spelledFigures(in)...)
	english := tongue.Of(in, tongue.Hints{}) == ""
	for i, month := range [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"} {
		if strings.Contains(in, month) {
			known = append(known, strconv.Itoa(i+1))
		}
	}
	for _, f := range figures(text) {
		n, err := strconv.Atoi(f)
		small := !english && err == nil && n <= smallFigure
		if !small && !slices.Contains(known, f) {
			return f
		}
	}
	return ""
}

// lostFigure returns a figure of a sentence that its translation does not have.
func lostFigure(translation, text string) string {
	has := figures(translation)
	for _, f := range append(figures(text), spelledFigures(text)...) {
		if !slices.Contains(has, f) {
			return f
		}
	}
	return ""
}

// otherName returns a name of the articles shown that a translation has and the
// sentence has not: the two have been mistaken for each other. Names in scripts
// without capitals are not compared.
func (w *writing) otherName(translation, text string) string {
	said := skeletons(text, false)
	named := map[string]bool{}
	for _, p := range w.passages {
		pass := &w.e.corpus.Passages[p]
		for _, name := range skeletons(w.e.corpus.Text(pass.Article, pass.Span), true) {
			named[name] = true
		}
	}
	for _, t := range analysis.Tokenize(translation) {
		if !t.Upper {
			continue
		}
		s := skeleton(t.Word)
		if len(s) < leastSkeleton || !named[s] || slices.ContainsFunc(said, func(o string) bool { return alike(s, o) }) {
			continue
		}
		return translation[t.Start:t.End]
	}
	return ""
}

// leastSkeleton is how many consonants tell names apart. A judgement.
const leastSkeleton = 3

// skeletons are those of the words of a text; of names, those alone that have a capital
// within a sentence.
func skeletons(text string, names bool) []string {
	var out []string
	prev := 0
	for _, t := range analysis.Tokenize(text) {
		begins := prev == 0 || strings.ContainsAny(text[prev:t.Start], ".?!\n“\"")
		prev = t.End
		if s := skeleton(t.Word); s != "" && (!names || t.Upper && !begins) {
			out = append(out, s)
		}
	}
	return out
}

// alike reports whether two skeletons may be of one name, inflected or spelt as another
// language does.
func alike(a, b string) bool {
	return strings.HasPrefix(a, b) && len(b) >= leastSkeleton || strings.HasPrefix(b, a) && len(a) >= leastSkeleton || levenshtein.ComputeDistance(a, b) <= 1
}

// skeleton is what languages share of a name: its consonants, those alike as one, in
// Latin letters.
func skeleton(word string) string {
	var b strings.Builder
	last := byte(0)
	for _, r := range analysis.Fold(word) {
		for _, c := range []byte(latinOf(r)) {
			if c != last {
				b.WriteByte(c)
			}
			last = c
		}
	}
	return b.String()
}

// latinOf is a consonant, in any of three scripts, as one that stands for all alike; it
// is empty for vowels.
func latinOf(r rune) string {
	const from, to = "bcdfgjklmnpqrstvwxzбвгґджзклмнпрстфхцчшщйβγδζθκλμνξπρσςτφχψ", "bkdfgjklmnpkrstvvksbvggdjsklmnprstfkksssjvgdstklmnkprsstfkp"
	at := 0
	for _, f := range from {
		if f == r {
			return to[at : at+1]
		}
		at++
	}
	return ""
}
