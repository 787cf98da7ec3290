package quote

import (
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer/english"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// pointing matches a sentence that opens with a word for somebody named before.
// Within a quotation it would mean somebody of whom the speaker speaks.
var pointing = regexp.MustCompile(`^(He|She)[ ,]`)

// A person's name: two to four words with capitals.
const personName = `\p{Lu}[\p{L}'’-]+(?: (?:(?:van|von|de|der|bin|al|el|da|di|du|la|le) ){0,2}\p{Lu}[\p{L}'’-]+){1,3}`

// insertion matches the name that [Writer.Sentence] puts behind such a word.
var insertion = regexp.MustCompile(`(He|She) \[` + personName + `\]$`)

// withoutName takes out the name that was put into a sentence and returns what
// stands before the sentence in a text.
func withoutName(text, sentence string) (lead string, ok bool) {
	m := pointing.FindStringSubmatch(sentence)
	if m == nil {
		return "", false
	}
	head, ok := strings.CutSuffix(text, sentence[len(m[1]):])
	at := insertion.FindStringSubmatchIndex(head)
	if !ok || at == nil || head[at[2]:at[3]] != m[1] {
		return "", false
	}
	return head[:at[0]], true
}

// back is how many sentences back a pronoun is followed.
const back = 2

// referring is a sentence with whom its first word means in brackets, where the
// sentences before leave no doubt, and the words of it that answer.
func (w *Writer) referring(s Cited) (string, corpus.Span) {
	at := &w.corpus.Sentences[s.Sentence]
	text := w.corpus.SentenceText(s.Sentence)
	marked := corpus.Span{}
	if s.Answer.Len() > 0 {
		marked = corpus.Span{Start: s.Answer.Start - at.Start, End: s.Answer.End - at.Start}
	}
	m := pointing.FindStringSubmatch(text)
	if m == nil {
		return text, marked
	}
	word := m[1]
	name := w.named(s.Sentence, word)
	if name == "" {
		return text, marked
	}
	text = word + " [" + name + "]" + text[len(word):]
	if marked.Len() > 0 && marked.Start >= len(word) {
		by := len(name) + 3
		marked = corpus.Span{Start: marked.Start + by, End: marked.End + by}
	} else {
		marked = corpus.Span{}
	}
	return text, marked
}

var (
	fullName = regexp.MustCompile(`\b` + personName)

	// What makes a name that of who speaks, behind it and before it.
	saysBehind = regexp.MustCompile(`^(?:,[^,“”"]{1,60},)? (?:(?:has|had|also|later) )?(?:said|says|told|added|argued|wrote|explained|noted)\b`)
	saysBefore = regexp.MustCompile(`(?:[,?!.]["”’']? (?:said|says|added|argued|wrote|explained|noted)|(?i:according to)) ((?:\p{Ll}[\p{L}-]* ){0,3})$`)

	// What makes it that of no person, or of one of several.
	besideOther = regexp.MustCompile(`(?i)\b(?:the|and|or) $`)
)

// named is the one person whom the sentences before one, up to another that opens
// with the same word, speak of; empty where there is none or more than one.
func (w *Writer) named(sentence int, word string) string {
	first, _ := w.corpus.ArticleSentences(w.corpus.Sentences[sentence].Article)
	for n := sentence - 1; n >= max(first, sentence-back); n-- {
		if w.corpus.Sentences[n].Heading {
			return ""
		}
		text := w.corpus.SentenceText(n)
		name, none := teller(text)
		if m := pointing.FindStringSubmatch(text); !none || m == nil || m[1] != word {
			return name
		}
	}
	return ""
}

// teller is the one person whom a sentence names in full, where they speak in it.
// None is whether it names nobody in full.
func teller(text string) (name string, none bool) {
	var names []string
	speaks := false
	for _, at := range fullName.FindAllStringIndex(text, -1) {
		from := at[0] + opening(text[at[0]:at[1]])
		full := text[from:at[1]]
		if !strings.Contains(full, " ") {
			continue
		}
		if !slices.Contains(names, full) {
			names = append(names, full)
		}
		before, behind := text[:from], text[at[1]:]
		owner := strings.HasSuffix(full, "’s") || strings.HasSuffix(full, "'s")
		speaks = speaks || !owner && !besideOther.MatchString(before) && (saysBehind.MatchString(behind) || saidBefore(before))
	}
	if len(names) != 1 || !speaks {
		return "", len(names) == 0
	}
	return names[0], false
}

// saidBefore reports whether somebody speaks whose name is to come: "… said the
// director", and not "… said the director when".
func saidBefore(text string) bool {
	m := saysBefore.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	office := strings.Fields(m[1])
	return len(office) == 0 || !analysis.IsStop(office[len(office)-1])
}

// opening is the length of the words before a name that have capitals only because
// they open a sentence or name a day ("On Monday Ann Lee").
func opening(name string) int {
	n := 0
	for {
		word, _, ok := strings.Cut(name[n:], " ")
		if !ok {
			return n
		}
		low := strings.ToLower(word)
		_, day := english.Weekday(low)
		_, month := english.Month(low)
		if (n == 0 || !day && !month) && !analysis.IsStop(low) { // June Lin is nobody's month
			return n
		}
		n += len(word) + 1
	}
}
