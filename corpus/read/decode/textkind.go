package decode

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// isText reports whether bytes are text in some encoding: they have a byte order
// mark, are UTF-16 or UTF-32, or have next to no control characters.
func isText(head []byte) bool {
	if wide(head) != nil || bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		return true
	}
	controls := 0
	for _, c := range head {
		switch {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1B && c != 0x1A:
			controls++
		}
	}
	return few(controls, len(head))
}

// textKind tells what a text is. Markup that only a page, a feed or a message
// begins with outweighs a name; a name outweighs the rest.
func textKind(head []byte, ext string) Kind {
	s := strings.TrimLeft(string(head), " \t\r\n")
	if e := wide(head); e != nil || !utf8.Valid(head) || strings.HasPrefix(s, "\uFEFF") {
		s, _ = ToUTF8(head, false)
		s = strings.TrimLeft(s, "\uFEFF \t\r\n")
	}
	if k, ok := markupKind(s, ext); ok {
		return k
	}
	if isMail(s, ext) {
		return Kind{Format: Mail, What: "a message"}
	}
	if mboxStart().MatchString(s) {
		return Kind{Format: Mbox, What: "a mailbox"}
	}
	if k, ok := namedText(ext); ok {
		return k
	}
	switch {
	case strings.HasPrefix(s, "<") && htmlStart().MatchString(s):
		return Kind{Format: HTML, What: "a web page"}
	case strings.HasPrefix(s, "{") || strings.HasPrefix(s, "["):
		return jsonKind(s)
	}
	return Kind{Format: Plain, What: "a text"}
}

// namedText is the format that a name states.
func namedText(ext string) (Kind, bool) {
	switch ext {
	case ".txt", ".text":
		return Kind{Format: Plain, What: "a text"}, true
	case ".md", ".markdown", ".mdown", ".mdx", ".mkd", ".mkdn", ".mdwn", ".qmd", ".rmd", ".rmarkdown":
		return Kind{Format: Markdown, What: "a Markdown text"}, true
	case ".html", ".htm", ".xhtml", ".shtml":
		return Kind{Format: HTML, What: "a web page"}, true
	case ".json", ".jsonld":
		return Kind{Format: JSON, What: "a JSON file"}, true
	case ".jsonl", ".ndjson":
		return Kind{Format: JSONLines, What: "a file of JSON lines"}, true
	case ".csv":
		return Kind{Format: CSV, What: "a table (CSV)"}, true
	case ".tsv", ".tab":
		return Kind{Format: TSV, What: "a table (TSV)"}, true
	case ".rss", ".atom":
		return Kind{Format: Feed, What: "a feed"}, true
	case ".eml":
		return Kind{Format: Mail, What: "a message"}, true
	case ".mbox":
		return Kind{Format: Mbox, What: "a mailbox"}, true
	case ".mht", ".mhtml":
		return Kind{What: "a saved web page (MHTML)", Advice: "save it as .html"}, true
	}
	return Kind{}, false
}

var (
	// pageStart is what only a whole page begins with.
	pageStart = text.Pattern(`(?is)^(<!--.*?-->\s*)*(<!doctype\s+html|<html[\s>])`)
	// htmlStart is what a piece of HTML begins with.
	htmlStart = text.Pattern(`(?is)^(<!--.*?-->\s*)*<(head|body|title|meta|p|div|article|section|main|h[1-6]|ul|ol|table|span|a|b|i|em|strong|blockquote|img|br|header|figure)[\s/>]`)
	// xmlStart is what XML begins with.
	xmlStart = text.Pattern(`(?s)^(<!--.*?-->\s*)*(<\?xml[\s?]|<!DOCTYPE\s|<(rss|feed|rdf:RDF|svg|FictionBook|nitf|newsItem|urlset|sitemapindex|opml|mediawiki)[\s>])`)
	// mboxStart is the line before each message of a mailbox, and a header.
	mboxStart = text.Pattern(`^From \S+ .*\b\d{4}\b.*\r?\n([A-Za-z][A-Za-z0-9-]*:|>From )`)
	// mailHeader is a line of a message's head.
	mailHeader = text.Pattern(`^([A-Za-z][A-Za-z0-9-]{1,40}):(\s|$)`)
)

// markupKind tells a page, a feed and other XML. Lists of addresses are for the
// reader of feeds, which says what they are.
func markupKind(s, ext string) (Kind, bool) {
	if pageStart().MatchString(s) {
		return Kind{Format: HTML, What: "a web page"}, true
	}
	if !xmlStart().MatchString(s) && (ext != ".xml" || !strings.HasPrefix(s, "<")) {
		return Kind{}, false
	}
	switch root := rootElement(s); root {
	case "html":
		return Kind{Format: HTML, What: "a web page"}, true
	case "rss", "feed", "RDF", "urlset", "sitemapindex", "opml":
		return Kind{Format: Feed, What: "a feed"}, true
	case "mediawiki":
		return Kind{What: "an export of a wiki (MediaWiki)", Advice: "save its pages as .html"}, true
	case "svg":
		return Kind{What: "a picture (SVG)"}, true
	case "FictionBook":
		return Kind{What: "an FB2 book", Advice: "save it as .epub"}, true
	case "":
		return Kind{Format: XML, What: "an XML file"}, true
	default:
		return Kind{Format: XML, What: "an XML file of <" + root + ">"}, true
	}
}

// rootElement is the name of the first element, without its prefix.
func rootElement(s string) string {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// jsonKind tells JSON from text that begins with a bracket, and lines of JSON
// from one value.
func jsonKind(s string) Kind {
	d := json.NewDecoder(strings.NewReader(s))
	values := 0
	for {
		var v json.RawMessage
		err := d.Decode(&v)
		switch {
		case err == nil:
			values++
			continue
		case values > 1, values == 1 && !errors.Is(err, io.EOF) && s[0] == '{':
			return Kind{Format: JSONLines, What: "a file of JSON lines"}
		case values == 1 || errors.Is(err, io.ErrUnexpectedEOF):
			return Kind{Format: JSON, What: "a JSON file"}
		}
		return Kind{Format: Plain, What: "a text"}
	}
}

// isMail reports whether a text is a message: its head has From and a header
// that programs write. Articles may well begin with "Date:" and "From:".
func isMail(s, ext string) bool {
	from, written := false, false
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		h := mailHeader().FindStringSubmatch(line)
		if h == nil {
			break
		}
		switch strings.ToLower(h[1]) {
		case "from":
			from = true
		case "message-id", "received", "return-path", "mime-version", "delivered-to", "dkim-signature":
			written = true
		case "snapshot-content-location":
			return false
		}
	}
	return from && written && ext != ".mht" && ext != ".mhtml"
}
