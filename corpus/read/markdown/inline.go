package markdown

import (
	"regexp"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

var (
	embed      = text.Pattern(`!\[\[[^\[\]]*\]\]`)
	wikiLink   = text.Pattern(`\[\[([^\[\]]+)\]\]`)
	comment    = text.Pattern(`(^|\s)%%[^%]+%%`)
	highlight  = text.Pattern(`==([^=\s](?:[^=]*[^=\s])?)==`)
	inserted   = text.Pattern(`\{\+\+(.*?)\+\+\}`)
	deleted    = text.Pattern(`\{--(.*?)--\}`)
	replaced   = text.Pattern(`\{~~(.*?)~>(.*?)~~\}`)
	remark     = text.Pattern(`\{>>(.*?)<<\}`)
	marked     = text.Pattern(`\{==(.*?)==\}`)
	noteMark   = text.Pattern(`\[\^[^\]\s]+\]`)
	inlineNote = text.Pattern(`\^\[[^\[\]]*\]`)
	citation   = text.Pattern(`\[[^\[\]@(]*-?@[\w][\w:.#$%&+?<>~/-]*[^\[\]]*\]`)
	lowered    = text.Pattern(`([\pL\pN)])~([^~\s]{1,8})~`)
	raised     = text.Pattern(`([\pL\pN)])\^([^\^\s\[]{1,8})\^`)
	attributes = text.Pattern(`\s?\{(?::[^{}]*|[#.][A-Za-z][^{}]*|[\w-]+=[^{}]*)\}`)
	span       = text.Pattern(`\[([^\[\]]+)\]\{[.#=:]?[\w-][^{}]*\}`)
	role       = text.Pattern(`\{[a-zA-Z][\w:-]*\}$`)
	blockID    = text.Pattern(`\s\^[a-zA-Z0-9-]{3,}$`)
	jsxComment = text.Pattern(`\{/\*.*?\*/\}`)
)

// A line that is longer than maxInline bytes and has more than maxInlineSigns
// signs was made to cost time.
const (
	maxInline      = 64 << 10
	maxInlineSigns = 8 << 10
)

// products keeps the signs between figures, "2*3*4", which Markdown would take for
// emphasis: the figures would be one.
func products(s string) string {
	var b strings.Builder
	last := 0
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '*' && text.IsDigit(s[i-1]) && text.IsDigit(s[i+1]) {
			b.WriteString(s[last:i])
			b.WriteByte('\\')
			last = i
		}
	}
	b.WriteString(s[last:])
	return b.String()
}

// inline takes out of a line what its program adds, except in code.
func (p *preparer) inline(number int, s string) string {
	if !strings.ContainsAny(s, "{<[=^~%*`") || len(s) > maxInline && countSigns(s)+strings.Count(s, "{") > maxInlineSigns {
		return s
	}
	if !strings.Contains(s, "`") {
		return p.replace(number, s)
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '`')
		if i < 0 {
			break
		}
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		end := strings.Index(s[i+n:], s[i:i+n])
		if end < 0 {
			break
		}
		before := p.replace(number, s[:i])
		b.WriteString(role().ReplaceAllString(before, ""))
		if code := s[i : i+n+end+n]; computed().MatchString(code) {
			p.drop(number, strings.Trim(code, "`"), "value that is computed")
			b.WriteString(gap)
		} else {
			b.WriteString(code)
		}
		s = s[i+n+end+n:]
	}
	b.WriteString(p.replace(number, s))
	return b.String()
}

func (p *preparer) replace(number int, s string) string {
	if strings.Contains(s, "*") {
		s = products(s)
	}
	cut := func(re func() *regexp.Regexp, reason string) {
		s = p.cut(number, s, re(), reason)
	}
	if strings.Contains(s, "<") {
		cut(serverTag, "shortcode")
		s = p.components(number, s)
	}
	if strings.Contains(s, "{") {
		if strings.Contains(s, "{%") {
			s = p.branches(number, s)
		}
		cut(shortcode, "shortcode")
		cut(liquidTag, "shortcode")
		cut(template, "shortcode")
		cut(jsxComment, "comment")
		cut(expression, "value that is computed")
		s = inserted().ReplaceAllString(s, "$1")
		cut(deleted, "struck text")
		s = p.replacedText(number, s)
		cut(remark, "comment")
		s = marked().ReplaceAllString(s, "$1")
		s = span().ReplaceAllString(s, "$1")
		s = attributes().ReplaceAllString(s, "")
	}
	if strings.Contains(s, "[") {
		cut(embed, "embed")
		s = wikiLinks(s)
		cut(inlineNote, "footnote")
		cut(noteMark, "footnote mark")
		s = p.citations(number, s)
	}
	if strings.Contains(s, "%%") {
		cut(comment, "comment")
	}
	if strings.Contains(s, "==") && !strings.Contains(s, "<") {
		s = highlight().ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "^") {
		s = blockID().ReplaceAllString(s, "")
		s = raised().ReplaceAllString(s, "$1<sup>$2</sup>")
	}
	if strings.Contains(s, "~") {
		s = lowered().ReplaceAllString(s, "$1<sub>$2</sub>")
	}
	return s
}

// components takes out the tags of components, and puts gaps for those that stand
// for words.
func (p *preparer) components(number int, s string) string {
	var b strings.Builder
	last := 0
	for _, at := range component().FindAllStringIndex(s, -1) {
		b.WriteString(s[last:at[0]])
		if tag := s[at[0]:at[1]]; !strings.HasPrefix(tag, "</") && !p.paired.has(number, tag) && !wordless(nameOf(tag)) {
			b.WriteString(gap)
		}
		last = at[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// cut takes out what matches and notes it. Words on its two sides stay two, and a gap
// is left where words would be that it stands for.
func (p *preparer) cut(number int, s string, re *regexp.Regexp, reason string) string {
	all := re.FindAllStringIndex(s, -1)
	if all == nil {
		return s
	}
	var b strings.Builder
	last := 0
	for _, at := range all {
		b.WriteString(s[last:at[0]])
		tag := s[at[0]:at[1]]
		p.drop(number, strings.Trim(tag, "{}<>%[]!^-+ "), reason)
		if (reason == "shortcode" && p.fills(number, tag) || reason == "value that is computed") && !inAddress(s, at[0]) {
			if b.WriteString(gap); controls(nameOf(tag)) { // what it shows may be a sentence
				b.WriteByte(' ')
			}
			last = at[1]
			continue
		}
		if last = at[1]; reason != "struck text" && isWord(text.LastRune(s[:at[0]])) && isWord(text.FirstRune(s[last:])) {
			b.WriteByte(' ')
		}
	}
	b.WriteString(s[last:])
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (p *preparer) replacedText(number int, s string) string {
	for _, m := range replaced().FindAllStringSubmatch(s, -1) {
		p.drop(number, m[1], "struck text")
	}
	return replaced().ReplaceAllString(s, "$2")
}

// citations takes out keys of a bibliography, "[@finch2031, p. 4]", but no links.
func (p *preparer) citations(number int, s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	var b strings.Builder
	last := 0
	for _, at := range citation().FindAllStringIndex(s, -1) {
		if next := s[at[1]:]; strings.HasPrefix(next, "(") || strings.HasPrefix(next, "[") || strings.Contains(s[at[0]:at[1]], "://") {
			continue
		}
		b.WriteString(strings.TrimRight(s[last:at[0]], " "))
		p.drop(number, strings.Trim(s[at[0]:at[1]], "[]"), "citation")
		last = at[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// wikiLinks puts labels for the links of notebooks. A label in brackets that an
// address follows is a link of Markdown.
func wikiLinks(s string) string {
	var b strings.Builder
	last := 0
	for _, at := range wikiLink().FindAllStringIndex(s, -1) {
		if !strings.HasPrefix(s[at[1]:], "(") {
			b.WriteString(s[last:at[0]])
			b.WriteString(wikiLabel(s[at[0]:at[1]]))
			last = at[1]
		}
	}
	b.WriteString(s[last:])
	return b.String()
}

// wikiLabel is what a notebook shows for a link to a page.
func wikiLabel(link string) string {
	target := strings.TrimSuffix(strings.TrimPrefix(link, "[["), "]]")
	if i := strings.LastIndexByte(target, '|'); i >= 0 {
		return target[i+1:]
	}
	page, section, _ := strings.Cut(target, "#")
	if page == "" {
		return strings.TrimPrefix(section, "^")
	}
	return page
}
