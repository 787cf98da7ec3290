package suggest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/bot/answer/english"
	"parley/bot/answer/names"
	"parley/bot/answer/quantity"
	"parley/bot/answer/quote"
	"parley/retrieval/analysis"
)

// ofSentences are the questions that sentences make, in their order.
func (s *Suggester) ofSentences(sentences, shown []int) []candidate {
	var out []candidate
	for _, k := range sentences {
		if slices.Contains(shown, k) {
			continue
		}
		if c := s.ask(k); c.text != "" && utf8.RuneCountInString(c.text) <= longest && len(strings.Fields(c.text)) >= fewest {
			c.sentence = k
			out = append(out, c)
		}
	}
	return out
}

// fewest and most are how many words a question has that is made of a sentence: fewer
// ask for nothing in particular, and more tell the answer.
const fewest, most = 5, 14

// ask makes a question of a sentence; empty where none can be made well.
func (s *Suggester) ask(sentence int) candidate {
	text := strings.TrimSpace(s.corpus.SentenceText(sentence))
	if !plain(text) || quote.Points(text) {
		return candidate{}
	}
	if q, who := s.whoDid(sentence, text); q != "" {
		return candidate{text: q, who: who}
	}
	if q := howMany(text); q != "" {
		return candidate{text: q}
	}
	return candidate{text: when(text)}
}

// plain reports whether a sentence is one that tells something: no question, no
// quotation, nothing between brackets.
func plain(text string) bool {
	return strings.HasSuffix(text, ".") && !strings.ContainsAny(text, "“”\"()[]{}:;|•\n—…") && !strings.Contains(text, " – ") && !strings.Contains(text, " - ")
}

// pointing has a text that means something said before, which would be lost.
var pointing = regexp.MustCompile(`(?i)\b(?:he|she|they|his|her|hers|their|theirs|him|them|himself|herself|themselves|it|its|this|that|these|those|there|then|here|we|our|us|i|my|also|too|another|such|former|latter|same)\b`)

// clause is the first clause of what follows, without its full stop; empty where it is
// too short or too long, or leans on what was said before.
func clause(text string) string {
	text = strings.TrimSuffix(text, ".")
	if i := strings.IndexByte(text, ','); i >= 0 {
		text = text[:i]
	}
	words := strings.Fields(text)
	if len(words) < fewest-1 || len(words) > most || pointing.MatchString(text) {
		return ""
	}
	last := strings.ToLower(words[len(words)-1])
	if analysis.IsStop(last) || english.IsFunction(last) {
		return "" // cut in two
	}
	return strings.Join(words, " ")
}

// finite matches a verb that a subject of any number can stand before: in the past, or
// in the form of "he".
var finite = regexp.MustCompile(`(?:ed|s)$`)

// does reports whether a word is a verb in a form that follows a subject.
func does(word string) bool {
	word = strings.ToLower(word)
	switch word {
	case "is", "was", "has", "had", "will", "became":
		return true
	}
	base := names.Verb(word)
	return base != "" && !strings.HasSuffix(word, "ing") && (finite.MatchString(word) || analysis.Base(word) != word)
}

// whoDid asks who did what a sentence tells of somebody at its beginning: "Mara Quill
// leads the union." is "Who leads the union?" It also returns the last
// word of the name.
func (s *Suggester) whoDid(sentence int, text string) (question, who string) {
	found := s.names.Of(sentence)
	if len(found) == 0 || len(found[0].Words) < 2 || found[0].Start != 0 && !found[0].Person {
		return "", ""
	}
	n := found[0]
	for w := range strings.FieldsSeq(text[:n.Start]) { // "Mayor", "Russian President"
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || analysis.IsStop(strings.ToLower(w)) {
			return "", ""
		}
	}
	rest, ok := strings.CutPrefix(text[n.Start+len(n.Text):], " ")
	if !ok {
		return "", ""
	}
	verb, _, _ := strings.Cut(rest, " ")
	if !does(verb) {
		return "", ""
	}
	if rest = clause(rest); rest == "" {
		return "", ""
	}
	words := strings.Fields(strings.ToLower(n.Text))
	return "Who " + rest + "?", words[len(words)-1]
}

// howMany asks for the number that a sentence begins with: "Nineteen ships waited at
// anchor." becomes the question "How many ships waited at anchor?".
func howMany(text string) string {
	values := quantity.Parse(text)
	if len(values) == 0 || values[0].Kind != quantity.Count || values[0].Start != 0 || values[0].Per != 0 {
		return ""
	}
	rest := strings.TrimPrefix(strings.TrimSpace(text[values[0].End:]), "of the ")
	words := strings.Fields(rest)
	const reach = 3 // words of a noun with what goes before it
	verb := slices.IndexFunc(words[min(1, len(words)):], func(w string) bool { return does(w) || w == "were" || w == "are" || w == "have" })
	if verb < 0 || verb >= reach || analysis.IsStop(strings.ToLower(words[0])) {
		return ""
	}
	if rest = clause(rest); rest == "" {
		return ""
	}
	return "How many " + rest + "?"
}

// be matches a sentence with a form of "be" or "will" behind its subject.
var be = regexp.MustCompile(`^((?:The|A|An|[A-Z][\w’'-]*)(?: [\w’'-]+){0,5}?) (was|were|will|is|are) (.+)$`)

// when asks for the day that a sentence ends with: "The bridge was opened in May 2019."
// becomes "When was the bridge opened?".
func when(text string) string {
	text = strings.TrimSuffix(text, ".")
	values := quantity.Parse(text)
	if len(values) == 0 {
		return ""
	}
	day := values[len(values)-1]
	if day.Kind != quantity.Date || day.End != len(text) {
		return ""
	}
	told := strings.TrimSpace(text[:day.Start])
	for _, before := range [...]string{" on", " in"} {
		told = strings.TrimSuffix(told, before)
	}
	m := be.FindStringSubmatch(told)
	if m == nil || strings.Contains(told, ",") || clause(told) == "" {
		return ""
	}
	subject := m[1]
	if w, tail, ok := strings.Cut(subject, " "); ok && (w == "The" || w == "A" || w == "An") {
		subject = strings.ToLower(w) + " " + tail
	}
	return "When " + m[2] + " " + subject + " " + m[3] + "?"
}
