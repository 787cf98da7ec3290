package question

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval/analysis"
)

var (
	// withWords matches "w/" and "w/o" before a word.
	withWords = regexp.MustCompile(`(?i)\bw/(o)?\s*`)
	// border matches what ends a clause.
	border = regexp.MustCompile(`[?!]+["'”’)]*\s*|\s*[¡¿]+|[.;:,…]+(?:\s+|$)|\s*\n\s*|\s+[-–—]+\s+|\s*—\s*|\s*[()]+\s*`)
	// polite matches what is put before an imperative.
	polite = regexp.MustCompile(`(?i)^\W*(?:(?:can|could|would|will) you |please |pls )(?:please |kindly |pls |maybe )*((?:tell|describe|explain|summari[sz]e|sum|list|name|give|show|compare|catch|fill|bring|recap|outline)\b.+)$`)
	// ended matches what a question ends with.
	ended = regexp.MustCompile(`[\s?!…,;:(–—-]*$|\s*\.{2,}$`)
	// allQuoted matches a text between quotation marks.
	allQuoted = regexp.MustCompile(`(?s)^["“](\S.*\S)["”]$`)
	// next matches the first letter of a further sentence.
	next = regexp.MustCompile(`[?!]["'”’)]*\s+\p{Ll}`)
)

// around are marks that words around a question are joined to it by.
const around = " \n,;:(–—-¡¿#@"

// unchatted takes off a message what chat adds to a question: what its program writes
// into it, words around it, and short forms. A message that has nothing else stays.
func unchatted(message string) string {
	own := message
	if rest := quoted.ReplaceAllString(fence.ReplaceAllString(message, "\n"), "\n"); rest != message && remains(rest) {
		own = rest // what is quoted is not what is asked
	}
	own = quoted.ReplaceAllString(fence.ReplaceAllString(own, "$1"), "$1$2")
	text := unquoted(unworded(spelled(unmarked(own))))
	if !says(text) {
		return message
	}
	return text
}

// remains reports whether a message says something beside words around a question.
func remains(message string) bool {
	for _, c := range clauses(spelled(unmarked(message))) {
		if len(c.words) > 0 && !c.chat {
			return true
		}
	}
	return false
}

// clause is a part of a message up to a mark.
type clause struct {
	text, mark string
	words      []word
	chat       bool // keeps company to a question
}

// clauses cuts a message at its marks.
func clauses(text string) []clause {
	var out []clause
	for at := 0; at < len(text); {
		m := border.FindStringIndex(text[at:])
		if m == nil {
			m = []int{len(text) - at, len(text) - at}
		}
		c := clause{text: text[at : at+m[0]], mark: text[at+m[0] : at+m[1]]}
		c.words = classed(c.text)
		c.chat = len(c.words) == 0 || isChat(c.words, speaksOf(c.words)) && !commands(c.text+c.mark)
		out = append(out, c)
		at += m[1]
	}
	for i := range out[:max(0, len(out)-1)] { // "exam tomorrow, need help"
		a, b := &out[i], &out[i+1]
		switch {
		case ends(a.mark):
		case a.chat && speaksOf(a.words):
			b.chat = b.chat || isChat(b.words, true)
		case b.chat && speaksOf(b.words):
			a.chat = a.chat || isChat(a.words, true)
		}
	}
	return out
}

// ends reports whether a mark ends a sentence.
func ends(mark string) bool { return strings.ContainsAny(mark, "?!.;\n") }

// unworded takes off the words around questions.
func unworded(text string) string {
	all := clauses(text)
	first, last := 0, len(all)-1
	for first < len(all) && all[first].chat {
		first++
	}
	if first == len(all) {
		return unnoised(text)
	}
	for all[last].chat || signed(all[:last+1]) {
		last--
	}
	var b strings.Builder
	begins := true // a sentence
	for i, c := range all[first : last+1] {
		i += first
		if c.chat && begins {
			continue
		}
		if begins {
			c.text = led(c, all[i+1:last+1])
		}
		begins = ends(c.mark)
		if begins || i == last {
			if text := tailed(c.text); text != c.text {
				c.text, c.mark = text, strings.Trim(c.mark, ". ")+" "
			}
		}
		if i == last {
			c.mark = strings.TrimRight(c.mark, around)
			for _, after := range all[i+1:] {
				if strings.Contains(after.mark, "?") && !strings.Contains(c.mark, "?") {
					c.mark = strings.TrimRight(c.mark, ".! ") + "?"
				}
			}
		}
		b.WriteString(c.text + c.mark)
	}
	return strings.TrimSpace(b.String())
}

// signed reports whether a message ends with a name under thanks or a greeting.
func signed(all []clause) bool {
	n := len(all)
	if n < 3 || !all[n-2].chat || len(all[n-2].words) == 0 || !onlyNoise(all[n-2].words) || !strings.Contains(all[n-2].mark, "\n") || len(all[n-1].words) > 2 {
		return false
	}
	for _, w := range all[n-1].words {
		if !w.Upper {
			return false
		}
	}
	return true
}

// unnoised takes greetings, thanks and the like off a message that has only words such
// as people put around a question: "ok, explain pls".
func unnoised(text string) string {
	words := classed(text)
	from, to := 0, len(words)
	for from < to && isNoise(words[from]) {
		from++
	}
	for to > from && isNoise(words[to-1]) {
		to--
	}
	if from == to || to-from == len(words) {
		return text
	}
	if to == len(words) {
		return text[words[from].Start:]
	}
	return text[words[from].Start:words[to-1].End]
}

// led is a clause without the words before its question; after are the clauses after it.
func led(c clause, after []clause) string {
	text := c.text
	if at := lead(c.words); at > 0 {
		text = text[c.words[at].Start:]
	} else if at := behindTalk(c.words, "about"); at > 0 && len(after) == 0 {
		return "Tell me about " + text[c.words[at].Start:]
	} else if at := behindTalk(c.words, "if", "whether"); at > 0 {
		return inverted(text[c.words[at].Start:])
	}
	if m := polite.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return text
}

// behindTalk is what comes after one of some words in what somebody wants to hear: "do you
// know anything about …", "can you tell me whether …"; 0 for none.
func behindTalk(words []word, joints ...string) int {
	if !speaksOf(words) || asksAt(words, 0) {
		return 0
	}
	added := false
	for i, w := range words {
		switch {
		case added && i+1 < len(words) && slices.Contains(joints, w.Word):
			return i + 1
		case w.class == 0 && !analysis.IsStop(w.Word):
			return 0
		}
		added = added || w.class == talk || w.class == mine
	}
	return 0
}

// longSubject is how many words stand before a verb at most for it to be put first.
const longSubject = 6

// inverted makes a question of what is asked about: "the talks have ended" becomes "have
// the talks ended".
func inverted(text string) string {
	for i, t := range analysis.Tokenize(text) {
		if i > 0 && i <= longSubject && auxiliaries[t.Word] {
			return text[t.Start:t.End] + " " + text[:t.Start] + strings.TrimLeft(text[t.End:], " ")
		}
	}
	return "whether " + text
}

// tailed is a clause without the words behind its question.
func tailed(text string) string {
	words := classed(text)
	at := tail(words)
	if at == len(words) || !says(text[:words[at].Start]) {
		return text
	}
	short := strings.TrimRight(text[:words[at].Start], around)
	if kind, of := kindOf(text); kind == Overview && of == "" {
		if kind, of := kindOf(short); kind != Overview || of != "" {
			return text // "key points pls"
		}
	}
	return short
}

// says reports whether a text has a word that says something.
func says(text string) bool {
	for _, t := range analysis.Tokenize(text) {
		if !analysis.IsStop(t.Word) || isAsking(t.Word) {
			return true
		}
	}
	return false
}

// spelled writes out short forms.
func spelled(text string) string {
	text = withWords.ReplaceAllStringFunc(text, func(w string) string {
		if strings.ContainsAny(w, "oO") {
			return "without "
		}
		return "with "
	})
	var b strings.Builder
	at := 0
	for _, t := range analysis.Tokenize(text) {
		long, ok := longForms[t.Word]
		if !ok || t.Upper && t.End-t.Start > 1 && t.Start > 0 { // "US", a name
			continue
		}
		b.WriteString(text[at:t.Start])
		b.WriteString(long)
		at = t.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// finished writes questions as they are written: with a capital and one question mark,
// which the reader of sentences looks at.
func finished(text string) string {
	text = next.ReplaceAllStringFunc(strings.TrimSpace(text), strings.ToUpper)
	var b strings.Builder
	at := 0
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		sentence := text[s.Start:s.End]
		if isQuestion(classed(sentence)) {
			sentence = ended.ReplaceAllString(sentence, "")
			if !strings.HasSuffix(sentence, ".") {
				sentence += "?"
			}
			r, n := utf8.DecodeRuneInString(sentence)
			sentence = string(unicode.ToUpper(r)) + sentence[n:]
		}
		gap := strings.Join(strings.Fields(text[at:s.Start]), " ")
		if gap == "" && at > 0 && at < s.Start {
			gap = " "
		}
		b.WriteString(gap + sentence)
		at = s.End
	}
	return b.String()
}

// unquoted takes off quotation marks around all of a text.
func unquoted(text string) string {
	m := allQuoted.FindStringSubmatch(text)
	if m == nil || strings.Count(m[1], `"`)%2 != 0 {
		return text
	}
	if at := strings.IndexAny(m[1], `"“”`); at > 0 && m[1][at-1] != ' ' {
		return text // a quotation ends, and another one begins
	}
	return m[1]
}

// isQuestion reports whether a sentence opens like a question.
func isQuestion(words []word) bool {
	for len(words) > 1 && (words[0].Word == "and" || words[0].Word == "but" || words[0].Word == "or") {
		words = words[1:]
	}
	return asksAt(words, 0) || len(words) > 1 && auxiliaries[words[0].Word]
}
