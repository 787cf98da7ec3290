package generate

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"parley/corpus"
)

// drafted is a sentence as a model wrote it.
type drafted struct {
	text     string
	abroad   string // the same in the asker's language; empty where the model gave none
	sources  []source
	quotes   []string // the quotation of each source in that language
	replaces int      // of a repair: the number of the sentence it stands for, from 1
}

// source is what a sentence is said to rest on.
type source struct {
	passage int    // as the prompt numbers them; 0 or less when that is no number
	quote   string // empty where the model gave none
}

// modelText reads what a model writes while it is written. It takes the form
// that the prompt asks for, and what models make of that: fences around it, other
// names for its keys, objects on lines of their own, an end that never comes, or
// prose with numbers in brackets.
type modelText struct {
	b         []byte
	pos       int   // up to which b has been scanned
	open      []int // where the objects begin that are not closed
	inString  bool
	escaped   bool
	first     int // where the first sentence began; -1 before
	sentences int
	read      []drafted // the sentences
	most      int       // how many passages there are
}

// maxModelText bounds what is read of a model's text, in bytes. A judgement: ten
// sentences with their quotations have a tenth of that.
const maxModelText = 64 << 10

// newModelText reads a text about so many passages.
func newModelText(passages int) *modelText { return &modelText{first: -1, most: passages} }

// add reads a further piece and returns the sentences that it completes.
func (m *modelText) add(piece string) []drafted {
	if len(m.b)+len(piece) > maxModelText {
		piece = piece[:max(0, maxModelText-len(m.b))]
	}
	m.b = append(m.b, piece...)
	var out []drafted
	for ; m.pos < len(m.b); m.pos++ {
		c := m.b[m.pos]
		switch {
		case m.escaped:
			m.escaped = false
		case m.inString && c == '\\':
			m.escaped = true
		case c == '"' && len(m.open) > 0:
			m.inString = !m.inString
		case m.inString:
		case c == '{':
			m.open = append(m.open, m.pos)
		case c == '}' && len(m.open) > 0:
			start := m.open[len(m.open)-1]
			m.open = m.open[:len(m.open)-1]
			if d, ok := readSentence(m.b[start : m.pos+1]); ok {
				out = append(out, d)
				m.note(d, start)
			}
		}
	}
	return out
}

// full reports whether more would not be read.
func (m *modelText) full() bool { return len(m.b) >= maxModelText }

func (m *modelText) note(d drafted, at int) {
	if m.first < 0 {
		m.first = at
	}
	m.sentences++
	m.read = append(m.read, d)
}

// end returns the sentences that are left when a text is over: those of JSON that is
// broken or cut off, and those of a text that is of another form than was asked for.
func (m *modelText) end() []drafted {
	text := string(m.b)
	at := strings.IndexAny(text, "{[")
	if m.sentences > 0 && len(m.open) == 0 || at < 0 && m.declines() {
		return nil
	}
	object := false
	var out []drafted
	for tries := 0; at >= 0 && tries < maxTries; tries++ {
		fixed, n, ok := mend(text[at:])
		if ok && len(fixed) > len("{}") {
			object = object || text[at] == '{'
			for _, d := range m.unread(fixed) {
				m.note(d, at)
				out = append(out, d)
			}
		}
		next := strings.IndexAny(text[at+max(n, 1):], "{[")
		if next < 0 {
			break
		}
		at += max(n, 1) + next
	}
	if m.sentences > 0 || object || m.declines() {
		return out
	}
	return readProse(strings.TrimSpace(text), m.most)
}

// maxTries bounds how many beginnings of JSON are read in a text that is over.
const maxTries = 50

// unread are the sentences of a JSON text that were not read before.
func (m *modelText) unread(fixed []byte) []drafted {
	var out []drafted
	for _, d := range walk(fixed, m.most, maxDeep) {
		if !slices.ContainsFunc(m.read, func(o drafted) bool { return o.text == d.text }) {
			out = append(out, d)
		}
	}
	return out
}

// walk finds the sentences in a JSON text: objects that are one, else texts under
// names that answers have.
func walk(raw json.RawMessage, most, deep int) []drafted {
	if deep == 0 {
		return nil
	}
	if d, ok := readSentence(raw); ok {
		return []drafted{d}
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		var out []drafted
		for _, item := range list {
			out = append(out, walk(item, most, deep-1)...)
		}
		return out
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	var out []drafted
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		got := walk(fields[name], most, deep-1)
		if text := stringsIn(fields[name]); got == nil && text != "" && isAnswer(name) {
			if fixed, _, ok := mend(text); ok && text[0] == '{' { // JSON within a string
				got = walk(fixed, most, deep-1)
			} else {
				got = readProse(text, most)
			}
		}
		out = append(out, got...)
	}
	return out
}

// isAnswer reports whether a name may be that of an answer in running text.
func isAnswer(name string) bool {
	return slices.Contains([]string{"answer", "response", "reply", "result", "output", "content", "message", "summary", "sentences", "statements", "claims"}, strings.ToLower(name))
}

// stringsIn is a text, or those of a list, each on a line.
func stringsIn(raw json.RawMessage) string {
	var text string
	var list []string
	if json.Unmarshal(raw, &text) != nil && json.Unmarshal(raw, &list) == nil {
		text = strings.Join(list, "\n")
	}
	return strings.TrimSpace(text)
}

var declined = regexp.MustCompile(`(?i)\banswerable["'”’]?\s*[:=]\s*["'“‘]?(?:false|no)\b`)

// declines reports whether the model says that the passages do not answer.
func (m *modelText) declines() bool {
	head := m.b
	if m.first >= 0 {
		head = head[:m.first]
	}
	return declined.Match(head)
}

// readSentence reads an object with a text and its sources, by whatever names.
func readSentence(b []byte) (drafted, bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(b, &fields) != nil {
		fixed, n, ok := mend(string(b))
		if !ok || n != len(b) || json.Unmarshal(fixed, &fields) != nil {
			return drafted{}, false
		}
	}
	var d drafted
	ok := false
	for key, raw := range fields {
		switch strings.ToLower(key) {
		case "text", "sentence", "claim", "statement":
			// Small models copy the dots of the form that they are shown.
			ok = json.Unmarshal(raw, &d.text) == nil && strings.ContainsFunc(d.text, unicode.IsLetter)
		case "translation", "translated":
			_ = json.Unmarshal(raw, &d.abroad) // what is no text is no translation
		case "sources", "citations", "source", "evidence", "references", "cites":
			d.sources, d.quotes = readSources(raw)
		case "replaces":
			d.replaces = readNumber(raw)
		}
	}
	return d, ok
}

// readSources reads sources, and the translation of each one's quotation.
func readSources(raw json.RawMessage) (out []source, quotes []string) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	for _, item := range list {
		var fields map[string]json.RawMessage
		if json.Unmarshal(item, &fields) != nil {
			out, quotes = append(out, source{passage: readNumber(item)}), append(quotes, "")
			continue
		}
		var s source
		var abroad string
		for key, raw := range fields {
			switch strings.ToLower(key) {
			case "passage", "n", "number", "id", "source", "index", "citation":
				s.passage = readNumber(raw)
			case "quote", "quotation", "text", "verbatim":
				_ = json.Unmarshal(raw, &s.quote) // what is no text is no quotation
			case "translation", "translated":
				_ = json.Unmarshal(raw, &abroad)
			}
		}
		out, quotes = append(out, s), append(quotes, abroad)
	}
	if strings.Join(quotes, "") == "" {
		quotes = nil
	}
	return out, quotes
}

var anyNumber = regexp.MustCompile(`\d{1,6}`)

// readNumber reads 3, "3", "[3]" or "passage 3"; 0 when there is no number.
func readNumber(raw json.RawMessage) int {
	n, err := strconv.Atoi(anyNumber.FindString(string(raw)))
	if err != nil {
		return 0
	}
	return n
}

// readProse reads running text in which each sentence has the numbers of its
// passages in brackets, as models write them; most is how many passages there are.
func readProse(text string, most int) []drafted {
	var out []drafted
	for _, block := range blocks(plainMarks(text, most)) {
		for _, s := range corpus.SplitSentences(&corpus.Article{Body: block}) {
			d := drafted{}
			var cited []int
			d.text, cited = takeMarks(block[s.Start:s.End], most)
			if marking().only.MatchString(d.text) {
				continue // it names sources and says nothing
			}
			for _, n := range cited {
				d.sources = append(d.sources, source{passage: n})
			}
			if out = append(out, d); len(out) == maxDrafted {
				return out
			}
		}
	}
	return out
}

// blocks are the points of a list, and what stands before and behind them: a point
// need not end like a sentence. Their marks are taken off, and a word that says that
// an answer follows.
func blocks(text string) []string {
	out := []string{""}
	for line := range strings.Lines(text) {
		if listMarker.MatchString(line) {
			out = append(out, listMarker.ReplaceAllString(line, ""))
			continue
		}
		out[len(out)-1] += line
	}
	for i := range out {
		out[i] = strings.TrimSpace(marking().answer.ReplaceAllString(out[i], ""))
	}
	return out
}

// maxDrafted bounds the sentences that are looked at of one text.
const maxDrafted = 20
