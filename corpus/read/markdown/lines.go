package markdown

import (
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/plain"
)

// line is a line of the file.
type line struct {
	number int
	text   string
}

// preparer makes lines of Markdown that the parser knows of those that programs
// write: it takes out what is no text and notes it.
type preparer struct {
	in      []line
	at      int // the next of in
	out     []line
	dropped []document.Drop
	words   *plain.Hyphens
	ahead   map[string]int // by mark: the next line that has it, as far as is known
	plain   int            // up to this line of in are no tables of other programs
	paired  pairs
	code    map[int]bool // by line of the file: it is code
}

func newPreparer(body string, number int) *preparer {
	p := &preparer{words: plain.NewHyphens(body), ahead: map[string]int{}, paired: pairsOf(body, number), code: map[int]bool{}}
	for s := range strings.SplitSeq(body, "\n") {
		p.in = append(p.in, line{number, s})
		number++
	}
	return p
}

func (p *preparer) drop(number int, s, reason string) {
	if s = document.OneLine(s); s != "" {
		p.dropped = append(p.dropped, document.Drop{Line: number, Text: s, Reason: reason})
	}
}

// emit hands a line on. Of blank lines in a row the first is enough.
func (p *preparer) emit(number int, s string) {
	if strings.TrimSpace(s) == "" {
		s = ""
		if n := len(p.out); n > 0 && p.out[n-1].text == "" {
			return
		}
	}
	p.out = append(p.out, line{number, s})
}

// prepare goes over the lines.
func (p *preparer) prepare(m *limit.Meter) error {
	for p.at < len(p.in) {
		if p.at%256 == 0 {
			if err := m.Clock(); err != nil {
				return err
			}
		}
		l := p.in[p.at]
		p.at++
		trimmed := strings.TrimLeft(l.text, " \t>")
		switch {
		case trimmed == "":
			p.emit(l.number, l.text)
		case isFence(trimmed) > 0:
			p.fence(l, trimmed)
		case trimmed[0] == '<' && rawTag().MatchString(trimmed):
			p.raw(l, trimmed)
		case p.construct(l, trimmed):
		default:
			p.text(p.merged(l))
		}
	}
	return nil
}

// text hands on a line of text. What alone is left of one that was all tags is a gap:
// it parts paragraphs, unless a sentence goes on around it.
func (p *preparer) text(l line) {
	s := p.inline(l.number, p.hyphen(p.lead(l)))
	if strings.Contains(s, gap) && strings.TrimSpace(strings.ReplaceAll(s, gap, "")) == "" {
		n := len(p.out)
		within := n > 0 && p.out[n-1].text != "" && !ends(p.out[n-1].text) && p.at < len(p.in) && unicode.IsLower(text.FirstRune(p.in[p.at].text))
		if !within {
			s = ""
		}
	}
	p.emit(l.number, s)
}

// isFence is the number of marks of the fence that a line begins with, 0 for none.
func isFence(s string) int {
	if !strings.Contains(s, "```") && !strings.Contains(s, "~~~") {
		return 0
	}
	s = strings.TrimLeft(listMark().ReplaceAllString(s, ""), " \t")
	if s == "" || s[0] != '`' && s[0] != '~' {
		return 0
	}
	n := len(s) - len(strings.TrimLeft(s, s[:1]))
	if n < 3 || s[0] == '`' && strings.Contains(s[n:], "`") {
		return 0
	}
	return n
}

var listMark = text.Pattern(`^([-*+]|\d{1,9}[.)])[ \t]+`)

// fence hands code on as it is. Code that a program draws or queries with is no
// text, and "{=html}" is no code but HTML; what is for other writers is left out.
func (p *preparer) fence(l line, trimmed string) {
	mark := strings.TrimLeft(listMark().ReplaceAllString(trimmed, ""), " \t")
	n := isFence(trimmed)
	language := strings.ToLower(strings.Trim(mark[n:], " \t{.}"))
	language, _, _ = strings.Cut(language, " ")
	if strings.HasPrefix(language, "=html") {
		p.rawHTML(l, mark[:n])
		return
	}
	hidden := p.isHidden(mark[n:])
	skip := isDiagram(language) || strings.HasPrefix(language, "=") || hidden
	reason := "diagram or query"
	if language != "" && language[0] == '=' {
		reason = "text for another format"
	}
	if hidden {
		reason = "code that is not shown"
	}
	var skipped []string
	hand := func(l line) {
		if skip {
			skipped = append(skipped, l.text)
		} else {
			p.out = append(p.out, l)
			p.code[l.number] = true
		}
	}
	hand(l)
	for p.at < len(p.in) {
		next := p.in[p.at]
		p.at++
		hand(next)
		end := strings.Trim(next.text, " \t>")
		if len(end) >= n && strings.Trim(end, mark[:1]) == "" {
			break
		}
	}
	if skip {
		p.drop(l.number, strings.Join(skipped[1:max(1, len(skipped)-1)], "\n"), reason)
		p.emit(l.number, "")
	}
}

// isHidden reports whether code that is run to make the text is not shown in it,
// by what stands in braces at its fence or in comments right below.
func (p *preparer) isHidden(info string) bool {
	if !strings.HasPrefix(strings.TrimSpace(info), "{") {
		return false
	}
	if notShown().MatchString(info) {
		return true
	}
	for _, l := range p.in[p.at:] {
		if !strings.HasPrefix(l.text, "#|") {
			return false
		}
		if notShown().MatchString(l.text) {
			return true
		}
	}
	return false
}

// notShown is such an option as R Markdown and Quarto write it.
var notShown = text.Pattern(`\b(?:echo|include)\s*[=:]\s*(?:FALSE|F|false)\b`)

// rawHTML hands on the HTML between two fences without them.
func (p *preparer) rawHTML(l line, fence string) {
	p.emit(l.number, "")
	for p.at < len(p.in) {
		next := p.in[p.at]
		p.at++
		if end := strings.TrimSpace(next.text); len(end) >= len(fence) && strings.Trim(end, fence[:1]) == "" {
			p.emit(next.number, "")
			return
		}
		if strings.TrimSpace(next.text) != "" { // blank lines would end it
			p.out = append(p.out, next)
		}
	}
}

func isDiagram(language string) bool {
	switch language {
	case "mermaid", "plantuml", "dot", "graphviz", "dataview", "dataviewjs", "query", "tasks", "chart", "vega", "vega-lite", "math", "latex":
		return language != "math" && language != "latex"
	}
	return false
}

// rawTag begins an element whose content is no Markdown.
var rawTag = text.Pattern(`(?i)^<(script|style|pre|textarea)[\s>]`)

// raw hands such an element on up to its end.
func (p *preparer) raw(l line, trimmed string) {
	name := strings.ToLower(rawTag().FindStringSubmatch(trimmed)[1])
	for {
		p.out = append(p.out, l)
		if strings.Contains(strings.ToLower(l.text), "</"+name) || p.at == len(p.in) {
			return
		}
		l = p.in[p.at]
		p.at++
	}
}

// hyphen joins a word that a line's end breaks.
func (p *preparer) hyphen(l line) string {
	if !strings.HasSuffix(l.text, "-") || p.at == len(p.in) {
		return l.text
	}
	next := &p.in[p.at]
	if joined, rest, ok := p.words.Join(l.text, strings.TrimLeft(next.text, " \t>")); ok {
		next.text = rest
		if rest == "" { // the line is gone, its paragraph goes on
			p.at++
		}
		return joined
	}
	return l.text
}

// maxLead is how far from a line's start a box or callout may stand, in bytes.
const maxLead = 200

// lead takes out what stands at the start of a line alone: boxes of tasks and
// kinds of callouts.
func (p *preparer) lead(l line) line {
	if i := strings.IndexByte(l.text, '['); i < 0 || i > maxLead {
		return l
	}
	if m := taskBox().FindStringSubmatch(l.text); m != nil {
		l.text = m[1] + l.text[len(m[0]):]
	}
	if m := callout().FindStringSubmatch(l.text); m != nil {
		title := strings.TrimSpace(l.text[len(m[0]):])
		l.text = m[1] + title
		if title != "" && p.at < len(p.in) { // a paragraph of its own
			p.emit(l.number, p.inline(l.number, l.text))
			l.text = m[1]
		}
	}
	return l
}

var (
	taskBox = text.Pattern(`^(\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+)\[[ xX/-]\]\s+`)
	callout = text.Pattern(`^(\s*(?:>\s*)+)\[![\w-]+(?:\|[^\]]*)?\][+-]?`)
)
