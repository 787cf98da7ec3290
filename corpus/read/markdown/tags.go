package markdown

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// gap stands for words that only the program of a site knows: the output of a
// shortcode, a variable, a value that is computed. No text has this character.
const gap = "\uFDD1"

// Tags of programs. What stands between an opening and a closing one is text.
var (
	shortcode  = text.Pattern(`\{\{[<%].*?[%>]\}\}`)
	liquidTag  = text.Pattern(`\{%.*?%\}`)
	template   = text.Pattern(`\{\{.*?\}\}`)
	serverTag  = text.Pattern(`<%.*?%>|<\?(?:php\b|=).*?\?>`)
	component  = text.Pattern(`</?[A-Z][\w.]*(?:\s+(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^\s"'<>{}]+))?|\{\.\.\.[^{}]*\}))*\s*/?>`)
	expression = text.Pattern(`\{[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+(?:\([^(){}]*\))?\}`)
	computed   = text.Pattern("^`(?:r |\\{(?:r|python|julia|ojs)\\} ?|\\$?= ?)[^`]+`$")
	branching  = text.Pattern(`\{%-?\s*(?:if|unless|case)\b[^%]*%\}`)
	branch     = text.Pattern(`\{%-?\s*(?:else|elsif|elseif|elif|when)\b`)
	branchEnd  = text.Pattern(`\{%-?\s*end(?:if|unless|case)\s*-?%\}`)
	closing    = text.Pattern(`\{\{[<%]-?\s*/\s*([\w./-]+)|\{%-?\s*end_?([\w-]+)|</([A-Z][\w.]*)\s*>`)
	tagName    = text.Pattern(`[\w./-]+`)
)

// pairs is what a text closes of its tags: what stands within is text.
type pairs struct {
	names map[string]bool  // that are closed somewhere
	open  map[tagLine]bool // tags of such a name that are not
}

// tagLine is a tag in a line of the file.
type tagLine struct {
	line int
	tag  string
}

// anyTag is a tag that may be one of two.
var anyTag = text.Pattern(`(?s)\{\{[<%].*?[%>]\}\}|\{%.*?%\}|</?[A-Z][^<>]*>`)

// pairsOf finds the pairs of a text whose first line has a number: the end of one is
// that of the last tag of its name before it that has none.
func pairsOf(s string, line int) pairs {
	p := pairs{map[string]bool{}, map[tagLine]bool{}}
	if !strings.ContainsAny(s, "{<") {
		return p
	}
	waiting := map[string][]tagLine{}
	at := 0
	for _, m := range anyTag().FindAllStringIndex(s, -1) {
		line += strings.Count(s[at:m[0]], "\n")
		at = m[0]
		tag := s[m[0]:m[1]]
		if end := closing().FindStringSubmatch(tag); end != nil {
			name := end[1] + end[2] + end[3]
			p.names[name] = true
			if list := waiting[name]; len(list) > 0 {
				waiting[name] = list[:len(list)-1]
			}
			continue
		}
		one := tagLine{line, document.OneLine(tag)}
		if name := nameOf(tag); selfClosed().MatchString(tag) {
			p.open[one] = true
		} else {
			waiting[name] = append(waiting[name], one)
		}
	}
	for name := range p.names {
		for _, one := range waiting[name] {
			p.open[one] = true
		}
	}
	return p
}

// has reports whether a tag that begins in a line is one of two.
func (p pairs) has(line int, tag string) bool {
	return p.names[nameOf(tag)] && !p.open[tagLine{line, document.OneLine(tag)}]
}

var selfClosed = text.Pattern(`/\s*[%>]*[}>]{1,2}$`)

// nameOf is the name that a tag begins with.
func nameOf(tag string) string { return tagName().FindString(strings.TrimLeft(tag, "{<%/-*?! \t")) }

// fills reports whether a tag puts words into the text that it does not show.
func (p *preparer) fills(line int, tag string) bool {
	inner := strings.TrimLeft(tag, "{<%- \t")
	name := nameOf(tag)
	switch {
	case strings.HasPrefix(inner, "/"), strings.HasPrefix(inner, "!"), strings.HasPrefix(inner, "#"): // an end, a comment
		return false
	case strings.HasPrefix(tag, "{%"):
		return !p.paired.has(line, tag) && !strings.HasPrefix(name, "end") && !sets(name) && !wordless(name) || controls(name)
	case strings.HasPrefix(tag, "<%"):
		return !strings.HasPrefix(tag, "<%#")
	}
	return !p.paired.has(line, tag) && !wordless(name)
}

// controls are Liquid's tags that choose what is shown.
func controls(name string) bool {
	switch strings.TrimPrefix(name, "end") {
	case "if", "unless", "case", "for", "tablerow", "else", "elsif", "elseif", "elif", "when":
		return true
	}
	return false
}

// sets are the tags of Liquid and its kin that show nothing.
func sets(name string) bool {
	switch name {
	case "assign", "capture", "set", "increment", "decrement", "cycle", "layout", "extends", "block", "break", "continue", "raw", "verbatim", "comment", "import", "from", "macro", "liquid", "load":
		return true
	}
	return false
}

// wordless reports whether a tag is called by the name of something that puts no
// words into a sentence: pictures and players, signs, marks of notes, places.
func wordless(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, ".html"))
	name = name[strings.LastIndexByte(name, '/')+1:]
	if before, after, ok := strings.Cut(name, "-"); ok && (wordless(before) || wordless(after)) {
		return true
	}
	switch name {
	case "figure", "fig", "img", "image", "images", "imgproc", "picture", "photo", "pic", "gallery", "carousel", "slideshow", "svg", "lottie",
		"video", "youtube", "vimeo", "audio", "mp3", "mp4", "podcast", "spotify", "soundcloud", "peertube", "bilibili", "embed", "iframe", "map", "maps", "leaflet",
		"tweet", "twitter", "x", "instagram", "mastodon", "bluesky", "facebook", "tiktok", "reddit", "gist", "github", "codepen", "jsfiddle", "asciinema",
		"icon", "icons", "fa", "fas", "fab", "far", "fontawesome", "emoji", "octicon", "logo", "flag", "avatar",
		"ref", "relref", "link_to", "url", "rellink", "permalink", "anchor", "target", "label", "index",
		"br", "hr", "nbsp", "newline", "linebreak", "clear", "clearfix", "pagebreak", "spacer", "divider", "separator", "more",
		"toc", "contents", "tableofcontents", "content", "fn", "footnote", "footnotes", "footnotemark", "note_ref", "cite", "citep", "citet", "sidenote", "marginnote", "backlink",
		"ad", "ads", "adsense", "advert", "advertisement", "banner", "comments", "disqus", "share", "sharing", "newsletter", "signup", "subscribe", "search", "form",
		"css", "style", "script", "js", "math", "katex", "mathjax", "mermaid", "chart", "graph", "diagram":
		return true
	}
	return false
}

// longestAddress is how far before a place an address or tag may begin, in bytes.
const longestAddress = 2 << 10

// inAddress reports whether a place in a line is within an address or a tag of
// HTML: what stands there is no text.
func inAddress(s string, at int) bool {
	before := s[max(0, at-longestAddress):at]
	if i := strings.LastIndex(before, "]("); i >= 0 && !strings.ContainsAny(before[i:], ")") {
		return true
	}
	if i := strings.LastIndexByte(before, '<'); i >= 0 && !strings.Contains(before[i:], ">") && i+1 < len(before) &&
		(before[i+1] == '/' || before[i+1]|0x20 >= 'a' && before[i+1]|0x20 <= 'z') {
		return true
	}
	return linkTarget().MatchString(before)
}

var linkTarget = text.Pattern(`^ {0,3}\[[^\]]+\]:\s*\S*$`)

// branches takes out what a condition chooses from in one line: it is not known
// which of them is shown.
func (p *preparer) branches(number int, s string) string {
	var b strings.Builder
	for {
		open := branching().FindStringIndex(s)
		if open == nil {
			break
		}
		end := branchEnd().FindStringIndex(s[open[0]:])
		if end == nil {
			break
		}
		stop := open[0] + end[1]
		if inner := s[open[0]:stop]; branch().MatchString(inner) {
			p.drop(number, inner, conditional)
			b.WriteString(s[:open[0]] + gap)
		} else {
			b.WriteString(s[:stop])
		}
		s = s[stop:]
	}
	b.WriteString(s)
	return b.String()
}

// conditional is why texts are left out of which a program shows one.
const conditional = "text that depends on a condition"

// choose takes out the lines that a condition chooses from. It reports whether the
// line begins some. Where there is one text alone, its tags go and it stays.
func (p *preparer) choose(l line, trimmed string) bool {
	open := branching().FindStringIndex(trimmed)
	if open == nil || open[0] > 0 || branchEnd().MatchString(trimmed) {
		return false
	}
	depth, chosen, seen := 1, false, 0
	last := min(len(p.in), p.at+maxConstruct)
	for i := p.at; i < last && seen < maxInline; i++ {
		s := p.in[i].text
		seen += len(s)
		depth += len(branching().FindAllStringIndex(s, -1)) - len(branchEnd().FindAllStringIndex(s, -1))
		chosen = chosen || depth == 1 && branch().MatchString(s)
		if depth > 0 {
			continue
		}
		if !chosen {
			return false
		}
		parts := []string{trimmed}
		for ; p.at <= i; p.at++ {
			parts = append(parts, strings.TrimSpace(p.in[p.at].text))
		}
		p.drop(l.number, strings.Join(parts, " "), conditional)
		p.emit(l.number, "")
		return true
	}
	return false
}

// merged is a line with those below it that the tag goes on in which it does not
// close. Tags at the start of a line may have blank lines in them.
func (p *preparer) merged(l line) line {
	for _, marks := range [][2]string{{"{{", "}}"}, {"{%", "%}"}, {"<%", "%>"}} {
		at := strings.LastIndex(l.text, marks[0])
		if at < 0 || strings.Contains(l.text[at:], marks[1]) {
			continue
		}
		last := p.next(marks[1])
		if last >= min(len(p.in), p.at+maxConstruct) {
			continue
		}
		if strings.TrimSpace(l.text[:at]) != "" && p.blankBefore(last) {
			continue
		}
		var b strings.Builder
		b.WriteString(l.text)
		for ; p.at <= last; p.at++ {
			b.WriteByte(' ')
			b.WriteString(strings.TrimSpace(p.in[p.at].text))
		}
		l.text = b.String()
	}
	return l
}

// blankBefore reports whether a blank line stands from here to a line.
func (p *preparer) blankBefore(last int) bool {
	for i := p.at; i < last; i++ {
		if strings.TrimSpace(p.in[i].text) == "" {
			return true
		}
	}
	return false
}
