package markdown

import (
	"strings"

	"parley/corpus/internal/text"
)

var (
	footnoteLine = text.Pattern(`^ {0,3}\[\^([^\]]+)\]:`)
	abbreviation = text.Pattern(`^\*\[[^\]]+\]:\s`)
	contents     = text.Pattern(`(?i)^(\[toc\]|\[\[_?toc_?\]\]|\$\{toc\}|\{:\s*toc[^}]*\}|[-*]\s+toc)\s*$`)
	container    = text.Pattern(`^:{3,}`)
	leaf         = text.Pattern(`^::[\w-]+(\[[^\]]*\])?(\{[^}]*\})?\s*$`)
	admonition   = text.Pattern(`^(!!!|\?\?\?\+?|===)\s+([\w-]+\s*)*("[^"]*")?\s*$`)
	importLine   = text.Pattern(`^import\s+([^'"]+\s+from\s+)?['"][^'"]+['"];?\s*$`)
	exportLine   = text.Pattern(`^export\s+(const|let|var|function|class|default|async|\*|\{)`)
	gridBorder   = text.Pattern(`^\+([-=:]{2,}\+)+\s*$`)
	delimiter    = text.Pattern(`^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
	markdownDiv  = text.Pattern(`^<(\w+)[^>]*\smarkdown=["']?(1|block|span)["']?[^>]*>\s*$`)
)

// construct takes out lines that are no Markdown of the parser's, and reports
// whether this one is of them.
func (p *preparer) construct(l line, trimmed string) bool {
	switch c := trimmed[0]; {
	case c == '[' && footnoteLine().MatchString(l.text):
		p.footnote(l)
	case (c == '[' || c == '$' || c == '{' || c == '*' || c == '-') && contents().MatchString(trimmed):
		p.emit(l.number, "")
	case c == '*' && abbreviation().MatchString(trimmed):
		p.drop(l.number, trimmed, "abbreviation")
	case c == ':' && (container().MatchString(trimmed) || leaf().MatchString(trimmed)):
		p.drop(l.number, strings.Trim(trimmed, ": "), "directive")
		p.emit(l.number, "")
	case (c == '!' || c == '?' || c == '=') && admonition().MatchString(trimmed):
		p.admonition(l, trimmed)
	case c == 'i' && importLine().MatchString(l.text):
		p.drop(l.number, trimmed, "code of the site")
	case c == 'e' && exportLine().MatchString(l.text):
		p.toBlank(l, "code of the site")
	case c == '%' && strings.HasPrefix(trimmed, "%%"):
		return p.until(l, "%%", "%%", "comment")
	case c == '{' && codeTag().MatchString(trimmed):
		return p.tagged(l, trimmed)
	case c == '{' && strings.HasPrefix(trimmed, "{%"):
		return p.liquid(l, trimmed)
	case c == '<' && strings.HasPrefix(trimmed, "<!--"):
		return p.unclosedComment(l)
	case c == '<' && markdownDiv().MatchString(trimmed):
		p.emit(l.number, l.text)
		p.emit(l.number, "")
	case c == '+' && gridBorder().MatchString(trimmed):
		return p.grid(l)
	case c == '|':
		return p.pipes(l)
	default:
		return false
	}
	return true
}

// footnote takes out a definition with the lines that go on it: to the next blank
// line, and indented paragraphs after that.
func (p *preparer) footnote(l line) {
	parts := []string{strings.TrimSpace(l.text[strings.Index(l.text, "]:")+2:])}
	blank := false
	for p.at < len(p.in) {
		next := p.in[p.at].text
		indented := strings.HasPrefix(next, "    ") || strings.HasPrefix(next, "\t")
		if strings.TrimSpace(next) == "" {
			blank = true
		} else if footnoteLine().MatchString(next) || blank && !indented {
			break
		} else {
			blank = false
			parts = append(parts, strings.TrimSpace(next))
		}
		p.at++
	}
	p.drop(l.number, strings.Join(parts, " "), "footnote")
	p.emit(l.number, "")
}

// admonition keeps the title of a box and takes the indentation from its text.
func (p *preparer) admonition(l line, trimmed string) {
	lead := l.text[:len(l.text)-len(trimmed)]
	if _, title, ok := strings.Cut(trimmed, `"`); ok {
		p.emit(l.number, lead+strings.TrimSuffix(strings.TrimSpace(title), `"`))
	}
	p.emit(l.number, "")
	for i := p.at; i < len(p.in); i++ {
		s := strings.TrimPrefix(p.in[i].text, lead)
		switch {
		case strings.HasPrefix(s, "    "):
			p.in[i].text = lead + s[4:]
		case strings.HasPrefix(s, "\t"):
			p.in[i].text = lead + s[1:]
		case strings.TrimSpace(s) != "":
			return
		}
	}
}

// toBlank takes out the lines up to the next blank one.
func (p *preparer) toBlank(l line, reason string) {
	parts := []string{l.text}
	for p.at < len(p.in) && strings.TrimSpace(p.in[p.at].text) != "" {
		parts = append(parts, p.in[p.at].text)
		p.at++
	}
	p.drop(l.number, strings.Join(parts, " "), reason)
	p.emit(l.number, "")
}

// maxConstruct is how many lines a shortcode or comment is looked for the end of.
const maxConstruct = 200

// until takes out what begins and ends with two marks in different lines. It
// reports whether it found both; the end's rest stays.
func (p *preparer) until(l line, open, end, reason string) bool {
	start := strings.Index(l.text, open)
	if strings.Contains(l.text[start+len(open):], end) {
		return false // in one line
	}
	last := p.next(end)
	if last >= min(len(p.in), p.at+maxConstruct) {
		return false
	}
	parts := []string{l.text[start:]}
	for ; p.at < last; p.at++ {
		parts = append(parts, p.in[p.at].text)
	}
	before, after, _ := strings.Cut(p.in[last].text, end)
	p.drop(l.number, strings.Trim(strings.Join(append(parts, before), " "), open+end+" "), reason)
	p.in[last].text = l.text[:start] + after
	p.emit(l.number, "")
	return true
}

// next is the line from here on that has a mark, or how many lines there are. A
// line that was looked at is not looked at again.
func (p *preparer) next(mark string) int {
	i := max(p.ahead[mark], p.at)
	for i < len(p.in) && !strings.Contains(p.in[i].text, mark) {
		i++
	}
	p.ahead[mark] = i
	return i
}

// codeTag begins code, or what a program draws, as a fence does.
var codeTag = text.Pattern(`^\{(?:\{[<%]|%-?)\s*(highlight|code|codeblock|prism|mermaid|plantuml|graphviz|chart)\b[^{}]*\}{1,2}\s*$`)

// tagged hands on the code between two tags. It reports whether it found both.
func (p *preparer) tagged(l line, trimmed string) bool {
	m := codeTag().FindStringSubmatch(trimmed)
	if m == nil || !p.paired.names[m[1]] {
		return false
	}
	for i := p.at; i < min(len(p.in), p.at+maxConstruct); i++ {
		end := closing().FindStringSubmatch(p.in[i].text)
		if end == nil || end[1]+end[2] != m[1] {
			continue
		}
		fence := "````````" // longer than those within
		p.in[i].text = fence
		if isDiagram(m[1]) {
			p.fence(line{l.number, fence + m[1]}, fence+m[1])
		} else {
			p.fence(line{l.number, fence}, fence)
		}
		return true
	}
	return false
}

var liquidOpen = text.Pattern(`^\{%-?\s*(comment|schema|javascript|stylesheet|style)\b[^%]*%\}`)

// liquid takes out Liquid's comments; its other tags are taken out of their lines.
func (p *preparer) liquid(l line, trimmed string) bool {
	m := liquidOpen().FindStringSubmatch(trimmed)
	if m == nil {
		return p.choose(l, trimmed)
	}
	end := "end" + m[1]
	if strings.Contains(l.text, end) {
		return false
	}
	if !p.until(l, "{%", end, "comment") {
		return false
	}
	_, rest, _ := strings.Cut(p.in[p.at].text, "%}")
	p.in[p.at].text = rest
	return true
}

// unclosedComment keeps a comment that nothing ends from taking the rest of the
// text with it.
func (p *preparer) unclosedComment(l line) bool {
	if strings.Contains(l.text, "-->") {
		return false
	}
	end := p.next("-->")
	if end == len(p.in) {
		p.emit(l.number, strings.Replace(l.text, "<!--", "", 1))
		return true
	}
	p.out = append(p.out, l)
	p.out = append(p.out, p.in[p.at:end+1]...)
	p.at = end + 1
	return true
}
