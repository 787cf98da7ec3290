package markup

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"parley/corpus/internal/text"
)

// The reasons that texts are left out for.
const (
	hiddenText   = "hidden text"
	struckText   = "struck text"
	photoCaption = "photo caption"
	formControl  = "form control"
	footnoteMark = "footnote mark"
	footnote     = "footnote"
	readingAid   = "pronunciation above the line"
	pictureText  = "text in a picture"
)

// leave reports whether an element's content is not read, and notes what is lost
// by that.
func (w *walker) leave(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "head", "title", "meta", "link", "base", "param", "source", "track", "col", "colgroup", "area", "rp", "wbr",
		"noframes", "basefont", "bgsound":
		return true
	case "img", "image", "video", "audio", "canvas", "iframe", "object", "embed", "applet", "frame":
		w.flow.apart = true // what stands inside is for programs that cannot show it
		return true
	case "svg":
		w.flow.apart = true
		w.drop(svgText(n), pictureText)
		return true
	case "button":
		if w.inSentence(n) {
			return false
		}
		w.flow.apart = true
		w.drop(textOf(n, 0), formControl)
		return true
	case "input", "select", "textarea", "datalist", "meter", "progress", "keygen":
		w.flow.apart = true
		w.drop(textOf(n, 0), formControl)
		return true
	case "noscript", "template":
		w.drop(inert(n), hiddenText)
		return true
	case "rt", "rtc":
		w.drop(textOf(n, 0), readingAid)
		return true
	case "del", "s", "strike":
		w.strike(n)
		return true
	case "media-caption", "media-producer": // of NITF
		w.flush()
		w.drop(textOf(n, 0), photoCaption)
		return true
	case "figcaption":
		if !ofPicture(n) {
			return false
		}
		w.flush()
		w.drop(textOf(n, 0), photoCaption)
		return true
	}
	return w.leaveUnseen(n)
}

// leaveUnseen is for elements that are left out because of what is said of them.
func (w *walker) leaveUnseen(n *html.Node) bool {
	switch {
	case n.Data == "html" || n.Data == "body": // a script shows them
		return false
	case isHidden(n) || w.sheet.hides(n):
		w.drop(textOf(n, 0), hiddenText)
	case len(n.Attr) > 0 && strings.Contains(strings.ToLower(attr(n, "style")), "line-through") && n.Data != "ins":
		w.strike(n)
	case n.Data == "figure" && isPicture(n):
		w.flush()
		w.drop(textOf(n, 0), photoCaption)
	case n.Data == "label" && has(n, isControl, "label"):
		w.drop(textOf(n, 0), formControl)
	case isNotes(n):
		w.flush()
		w.drop(textOf(n, 0), footnote)
	case n.Data == "a" && isBackLink(n):
	case isNoteLink(n) || w.isBareMark(n):
		w.noteMark(n)
	default:
		return false
	}
	return true
}

// inSentence reports whether a button is a word of a sentence that goes on behind
// it, such as one that explains it when it is pressed.
func (w *walker) inSentence(n *html.Node) bool {
	if w.flow.last == 0 || w.flow.last == '\n' || !w.flow.blank || isStop(w.flow.last) || n.NextSibling == nil {
		return false
	}
	next := n.NextSibling.Data
	return n.NextSibling.Type == html.TextNode && (strings.ContainsRune(",.;:!?)", text.FirstRune(next)) || unicode.IsLower(firstRune(next)))
}

// strike leaves out a struck text. White space at its ends stays.
func (w *walker) strike(n *html.Node) {
	if isBlock(n, w.layout) {
		w.flush()
	}
	s := textOf(n, 0)
	w.drop(s, struckText)
	if s != "" && (s[0] <= ' ' || s[len(s)-1] <= ' ') {
		w.flow.blank = true
	}
}

// isHidden reports whether an element says of itself that nobody sees it. One
// with opacity 0 is none of these: scripts fade such text in.
func isHidden(n *html.Node) bool {
	if n.Data == "dialog" && !hasAttr(n, "open") {
		return true
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "hidden":
			if !strings.EqualFold(a.Val, "until-found") {
				return true
			}
		case "style":
			if hidesByStyle(a.Val) || isZero(declaration(a.Val, "font-size")) && !has(n, anyElement) {
				return true
			}
		case "class":
			if hasClass(n, isHiddenClass) {
				return true
			}
		case "aria-hidden":
			if a.Val == "true" && doubles(n) {
				return true
			}
		}
	}
	return false
}

// hidesByStyle reports whether a style shows nothing of its element.
func hidesByStyle(style string) bool {
	if !strings.Contains(style, ":") {
		return false
	}
	if declaration(style, "display") == "none" {
		return true
	}
	if v := declaration(style, "visibility"); v == "hidden" || v == "collapse" {
		return true
	}
	if strings.HasPrefix(strings.ReplaceAll(declaration(style, "clip"), " ", ""), "rect(0") {
		return true
	}
	for _, side := range []string{"left", "top", "text-indent", "margin-left"} {
		if d := declaration(style, side); strings.HasPrefix(d, "-") && len(strings.TrimRight(d, "epxmr%")) >= len("-999") {
			return true
		}
	}
	return false
}

func isZero(size string) bool { return size == "0" || size == "0px" || size == "0pt" || size == "0em" }

func anyElement(*html.Node) bool { return true }

// isHiddenClass reports whether a class is one that frameworks give to text for
// screen readers alone: WordPress, Bootstrap, Tailwind, HTML5 Boilerplate, GOV.UK,
// Drupal, A11Y.
func isHiddenClass(class string) bool {
	switch class {
	case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-only", "element-invisible",
		"u-visually-hidden", "u-hidden-visually", "govuk-visually-hidden", "a11y-hidden", "show-for-sr", "assistive-text", "offscreen",
		"off-screen", "is-visually-hidden":
		return true
	}
	return false
}

// doubles reports whether an element that screen readers are not to read shows a
// formula again that stands beside it.
func doubles(n *html.Node) bool {
	if n.Parent == nil {
		return false
	}
	isMath := func(c *html.Node) bool { return c.Data == "math" }
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != n && c.Type == html.ElementNode && (isMath(c) || has(c, isMath)) {
			return true
		}
	}
	return false
}

// inert is the text of an element that browsers do not show. A parser that runs
// scripts gives the content of noscript as one text with its tags.
func inert(n *html.Node) string {
	s := textOf(n, 0)
	if n.Data != "noscript" || !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

func svgText(n *html.Node) string {
	if !has(n, func(c *html.Node) bool { return c.Data == "text" }) {
		return ""
	}
	return textOf(n, 0)
}

// maxCaptionBytes is the longest caption: agencies' have up to about 80 words.
const maxCaptionBytes = 1000

// isPicture reports whether a figure is a picture with or without caption, and
// not one with text or a table that is read.
func isPicture(n *html.Node) bool {
	return has(n, isMedia, "figure") && !has(n, isReading, "figure", "figcaption") && len(textOf(n, maxCaptionBytes)) < maxCaptionBytes
}

// ofPicture reports whether a figcaption is the caption of a picture.
func ofPicture(n *html.Node) bool {
	f := n.Parent
	for f != nil && f.Data != "figure" {
		f = f.Parent
	}
	return f == nil || has(f, isMedia, "figure") || !has(f, isReading, "figure", "figcaption")
}

func isMedia(n *html.Node) bool {
	switch n.Data {
	case "img", "picture", "video", "audio", "svg", "iframe", "canvas", "object", "embed", "noscript", "amp-img", "amp-video":
		return true
	}
	return false
}

func isReading(n *html.Node) bool {
	switch n.Data {
	case "table", "blockquote", "pre", "code", "ul", "ol", "dl", "math", "h1", "h2", "h3":
		return true
	}
	return false
}

func isControl(n *html.Node) bool {
	switch n.Data {
	case "input":
		return !strings.EqualFold(attr(n, "type"), "hidden")
	case "button", "select", "textarea", "meter", "progress":
		return true
	}
	return false
}

// isNotes reports whether an element holds footnotes by its role, class or ID.
func isNotes(n *html.Node) bool {
	if len(n.Attr) == 0 || !isBlock(n, true) {
		return false
	}
	switch attr(n, "role") {
	case "doc-endnotes", "doc-endnote", "doc-footnote":
		return true
	}
	if n.Data == "li" || n.Data == "p" || n.Data == "div" || n.Data == "aside" || n.Data == "dd" {
		if noteID().MatchString(attr(n, "id")) && !isHeading(n) {
			return true
		}
	}
	return hasClass(n, func(c string) bool {
		switch c {
		case "footnotes", "footnote", "endnotes", "reflist", "mw-references-wrap":
			return true
		case "references":
			return n.Data == "ol" || n.Data == "ul"
		}
		return false
	})
}

// noteID is the ID of a footnote.
var noteID = text.Pattern(`(?i)^(user-content-)?_?(fn|ftn|edn|footnote|endnote|cite_note)[-_:.]?\d`)
