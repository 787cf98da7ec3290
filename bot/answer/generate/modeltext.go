package generate

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

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
}

// maxModelText bounds what is read of a model's text, in bytes. A judgement: ten
// sentences with their quotations have a tenth of that.
const maxModelText = 64 << 10

func newModelText() *modelText { return &modelText{first: -1} }

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
				if m.first < 0 {
					m.first = start
				}
				m.sentences++
			}
		}
	}
	return out
}

// full reports whether more would not be read.
func (m *modelText) full() bool { return len(m.b) >= maxModelText }

// end returns the sentences of a text that is not of the form asked for.
func (m *modelText) end() []drafted {
	text := strings.TrimSpace(string(m.b))
	object := strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(text, "```json"), "` \n"), "{")
	if m.sentences > 0 || m.declines() || object {
		return nil
	}
	return readProse(text)
}

var declined = regexp.MustCompile(`(?i)"answerable"\s*:\s*"?(?:false|no)\b`)

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
		return drafted{}, false
	}
	var d drafted
	ok := false
	for key, raw := range fields {
		switch strings.ToLower(key) {
		case "text", "sentence", "claim", "statement":
			ok = json.Unmarshal(raw, &d.text) == nil && strings.TrimSpace(d.text) != ""
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

var (
	proseMark  = regexp.MustCompile(`(?i)\s*[\[(](?:(?:passages?|sources?)\s*)?(\d{1,6}(?:\s*[,;]\s*\d{1,6})*)[\])]`)
	markBehind = regexp.MustCompile(`([.!?]["”’]?)((?:\s*[\[(](?i:(?:passages?|sources?)\s*)?\d{1,6}(?:\s*[,;]\s*\d{1,6})*[\])])+)`)
)

// readProse reads running text in which each sentence has the numbers of its
// passages in brackets.
func readProse(text string) []drafted {
	text = markBehind.ReplaceAllString(text, "$2$1")
	var out []drafted
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		sentence := text[s.Start:s.End]
		d := drafted{text: proseMark.ReplaceAllString(sentence, "")}
		for _, m := range proseMark.FindAllStringSubmatch(sentence, -1) {
			for _, n := range anyNumber.FindAllString(m[1], -1) {
				d.sources = append(d.sources, source{passage: readNumber(json.RawMessage(n))})
			}
		}
		out = append(out, d)
		if len(out) == maxDrafted {
			break
		}
	}
	return out
}

// maxDrafted bounds the sentences that are looked at of one text.
const maxDrafted = 20
