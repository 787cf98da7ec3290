package question

import (
	_ "embed"
	"strings"

	"parley/retrieval/analysis"
)

// The classes of words that chat puts around a question.
const (
	greeting = 'g'
	thanks   = 't'
	much     = 'T' // goes with thanks, alone it is none
	slang    = 'l'
	asked    = 'a' // who is spoken to
	filler   = 'f'
	form     = 'b' // how the answer is wanted
	talk     = 'q' // of questions and answers
	mine     = 'm' // of whoever asks, beside an "I" or a "you"
	long     = 's' // what a short form stands for
)

//go:embed chat.txt
var chatList string

// chatWords are the classes of words and phrases, longestChat the words of the longest
// phrase, longForms what short forms stand for; read-only.
//
//nolint:gochecknoglobals // tables
var chatWords, longForms, longestChat = readChat(chatList)

func readChat(list string) (words map[string]byte, longForms map[string]string, longest int) {
	words, longForms = map[string]byte{}, map[string]string{}
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		switch f[0][0] {
		case '#':
			continue
		case long:
			for _, short := range f[2:] {
				longForms[short] = strings.ReplaceAll(f[1], "_", " ")
			}
			continue
		}
		for _, phrase := range f[1:] {
			folded := foldPhrase(strings.ReplaceAll(phrase, "_", " "))
			if _, ok := words[folded]; !ok {
				words[folded] = f[0][0]
			}
			longest = max(longest, 1+strings.Count(folded, " "))
		}
	}
	return words, longForms, longest
}

func foldPhrase(text string) string {
	var words []string
	for _, t := range analysis.Tokenize(text) {
		words = append(words, t.Word)
	}
	return strings.Join(words, " ")
}

// word is a word of a message with its class, 0 for what chat does not add.
type word struct {
	analysis.Token
	class byte
}

// classed reads the words of a text. The words of a phrase have its class.
func classed(text string) []word {
	var words []word
	for _, t := range analysis.Tokenize(text) {
		words = append(words, word{Token: t})
	}
	for i := 0; i < len(words); {
		if i > 0 && determiners[words[i-1].Word] && chatWords[words[i].Word] == asked { // "the team" is not spoken to
			if words[i-1].Word == "my" || words[i-1].Word == "our" {
				words[i].class = mine
			}
			i++
			continue
		}
		n := 0
		for n = min(longestChat, len(words)-i); n > 0; n-- {
			phrase := phraseOf(words[i : i+n])
			class := chatWords[phrase]
			if class == 0 && n == 1 {
				class = chatWords[squeezed(phrase)]
			}
			if class == 0 || hyphened(text, words[i].Start, words[i+n-1].End) {
				continue
			}
			if signAt(text, words[i].Start) == '#' {
				class = slang // a label
			}
			for k := range n {
				words[i+k].class = class
			}
			break
		}
		if n == 0 && signAt(text, words[i].Start) == '@' {
			words[i].class = asked
		}
		i += max(n, 1)
	}
	return words
}

func phraseOf(words []word) string {
	var b strings.Builder
	for _, w := range words {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Word)
	}
	return b.String()
}

// signAt is the byte before a word.
func signAt(text string, at int) byte {
	if at == 0 {
		return ' '
	}
	return text[at-1]
}

// hyphened reports whether words are a part of a longer one: "hi-tech".
func hyphened(text string, start, end int) bool {
	return signAt(text, start) == '-' && start > 1 && text[start-2] != ' ' || end+1 < len(text) && text[end] == '-' && text[end+1] != ' '
}

// squeezed is a word without the letters that are drawn out: "heyyyy", "sooo".
func squeezed(word string) string {
	letters := []rune(word)
	out := letters[:0]
	for i, r := range letters {
		if i > 0 && r == letters[i-1] && (i > 1 && r == letters[i-2] || i+1 < len(letters) && r == letters[i+1]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

var (
	determiners  = set("a an the his her their its our your my no every")
	prepositions = set("to for in on at by from with of about under after since until till per via into")
	auxiliaries  = set("is are was were am do does did has have had can could will would should might isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't can't couldn't wouldn't shouldn't")
	// firstPersons and addressed are who asks and who is asked.
	firstPersons = set("i me my mine myself we us our i'm i've i'd i'll we're we've im ive idk dunno")
	// unsaid opens a clause that leaves out its I.
	unsaid    = set("need want trying looking can't couldn't don't didn't haven't missed too sorry back new not never been got saw read heard found seen watched")
	thirds    = set("he him his she her hers they them their theirs")
	addressed = set("you your anyone anybody someone somebody i we me")
)

// speaksOf reports whether words are of a conversation: one of them is I or you.
func speaksOf(words []word) bool {
	for i, w := range words {
		if firstPersons[w.Word] || addressed[w.Word] || i == 0 && unsaid[w.Word] {
			return true
		}
	}
	return false
}

// free reports whether a word may stand among those that chat adds: it says little.
func free(w word) bool {
	return w.class != 0 || analysis.IsStop(w.Word) || analysis.IsLight(w.Word) || w.Number && w.End-w.Start <= 2
}

// isChat reports whether a clause only keeps company to a question: it has no words but
// such that chat adds, and it does not ask itself.
// Of whoever asks it may speak where a person does, in it or beside it.
func isChat(words []word, person bool) bool {
	added := false
	for i, w := range words {
		switch {
		case isAsking(w.Word):
			if first := words[0].Word; i == 0 || !firstPersons[first] && first != "idk" && first != "not" && first != "don't" {
				return false
			}
		case w.class == mine && !person, !free(w), thirds[w.Word]:
			return false
		case w.class != 0:
			added = true
		}
	}
	if added && auxiliaries[words[0].Word] {
		return len(words) > 1 && (addressed[words[1].Word] || unsaid[words[0].Word] && words[1].class == mine)
	}
	return added
}

// asksAt reports whether a question begins with the word at i.
func asksAt(words []word, i int) bool {
	if i >= len(words) {
		return false
	}
	return isAsking(words[i].Word) || i+1 < len(words) && prepositions[words[i].Word] && isAsking(words[i+1].Word)
}

// lead is where a question begins behind words around it without a mark between ("hi
// bot can you tell me who …"); 0 for none.
func lead(words []word) int {
	added := false
	if len(words) < 2 || asksAt(words, 0) && !firstPersons[words[1].Word] || auxiliaries[words[0].Word] && !addressed[words[1].Word] {
		return 0
	}
	person := speaksOf(words)
	for i, w := range words {
		switch {
		case added && asksAt(words, i):
			if words[i-1].Word == "and" && i > 1 {
				return i - 1 // it goes on from an earlier one
			}
			return i
		case added && w.Word == "is" && i+1 < len(words) && auxiliaries[words[i+1].Word]: // "what I want to know is has …"
			return i + 1
		case added && auxiliaries[w.Word] && opens(words, i):
			return i
		case w.class == mine && !person, !free(w), thirds[w.Word]:
			return noise(words, i)
		}
		added = added || w.class != 0
	}
	return 0
}

// opens reports whether the auxiliary at i opens a question behind other words, and is
// not that of those words ("this is a question", "do you know").
func opens(words []word, i int) bool {
	if i+1 >= len(words) || addressed[words[i+1].Word] || isQuestion(words[i+1:]) {
		return false
	}
	before := words[i-1]
	if before.class == asked && i > 1 && !isNoise(words[i-2]) {
		return false // "if there was a deal"
	}
	return words[i].Upper || isNoise(before) || before.class == form || before.class == talk && !nouns[before.Word] || before.Word == "me" || before.Word == "but"
}

// nouns are what something can be said of ("the question is …").
var nouns = set("question questions q answer answers query")

// isNoise reports whether a word says nothing wherever it stands.
func isNoise(w word) bool {
	return strings.IndexByte(string([]byte{greeting, thanks, much, slang, asked, filler}), w.class) >= 0 && w.class != 0
}

// noise is how many words before the one at n greet, thank, laugh or fill, from the
// first; a filler, or who is spoken to, only beside others.
func noise(words []word, n int) int {
	at := 0
	for at < n && isNoise(words[at]) && (at > 0 || words[at].class != asked && words[at].class != filler) {
		at++
	}
	if at > 0 && at < len(words) && words[at].Upper && words[at-1].Upper {
		return 0 // a name: "Hello Kitty"
	}
	return at
}

// tail is where words behind a question begin without a mark between ("… thx", "… in
// one sentence"); len(words) for none.
func tail(words []word) int {
	at := len(words)
	for i := len(words) - 1; i > 0; i-- {
		w := words[i]
		if !isNoise(w) && w.class != form && w.class != talk && !wanting[w.Word] {
			break
		}
		if determiners[words[i-1].Word] && !wanting[words[i-1].Word] {
			break
		}
		switch {
		case (w.class == slang || brevity[w.Word]) && onlyNoise(words[i+1:at]):
			at = i
		case w.class == thanks && isChat(words[i:], true):
			at = i
		case w.class == form && words[len(words)-1].class == thanks && formed(words[i:at]) && at < len(words):
			at = i
		case (w.Word == "in" || w.Word == "with" || w.Word == "no") && formed(words[i+1:at]):
			at = i
		}
	}
	return at
}

// wanting are words before one of form, brevity those of form that need none.
var (
	wanting = set("in with no a one as")
	brevity = set("tldr eli5 briefly concisely shortly")
)

func onlyNoise(words []word) bool {
	for _, w := range words {
		if !isNoise(w) {
			return false
		}
	}
	return true
}

// formed reports whether words say how an answer is wanted.
func formed(words []word) bool {
	n := 0
	for _, w := range words {
		if w.class == form {
			n++
		} else if w.class != talk && !wanting[w.Word] {
			return false
		}
	}
	return n > 0
}

// IsTalk reports whether a word is of those that people put around a question or say how
// they want the answer with ("bullets", "please"), or points at nobody ("anyone", "else").
func IsTalk(word string) bool {
	class := chatWords[word]
	return class != 0 && class != mine || indefinite[word] || wanting[word]
}

// indefinite are words for what is not named.
var indefinite = set("else anything anyone anybody anywhere something someone somebody somewhere nothing nobody none nowhere everything everyone everybody everywhere another others either neither whoever whatever whichever whenever wherever")
