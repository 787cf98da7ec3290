package feed

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/body"
	"parley/corpus/read/document"
)

// fullWords is from how many words on a description is taken for the article
// itself: teasers have one paragraph, and few paragraphs have more words.
const fullWords = 150

// footer is the line that WordPress puts below the articles in a feed.
var footer = text.Pattern(`^The post .* (?:appeared first on|first appeared on) .{1,200}$`)

// shortcode is what WordPress replaces when it shows a post.
var shortcode = text.Pattern(`\[/[a-z][a-z0-9_-]*\]|\[[a-z][a-z0-9_-]*(?:\s+[a-z0-9_-]+=(?:"[^"\]]*"|'[^'\]]*'|[^\s\]]+))+\s*/?\]`)

// take makes the article of an item, or notes why it is none. It is made at
// once: a large feed would be in memory twice.
func (f *feed) take(it *item) error {
	d, err := f.article(it)
	if err == nil && len(d.Blocks) == 0 {
		err = fmt.Errorf("has no text, only the title %q", document.OneLine(it.title))
	}
	if err != nil {
		if spent := body.Spent(f.m); spent != nil {
			return spent
		}
		f.notes = append(f.notes, document.Note{Line: it.line, Reason: err.Error()})
		return nil
	}
	d.Part = strconv.Itoa(f.count)
	f.docs = append(f.docs, d)
	return nil
}

// article makes the article of an item.
func (f *feed) article(it *item) (*document.Document, error) {
	if most := f.m.Limits().ArticleBytes; it.size > most {
		return nil, fmt.Errorf("has more than %d bytes, the limit for one article", most)
	}
	d := &document.Document{Line: it.line}
	if err := f.blocks(d, it); err != nil {
		return nil, err
	}
	title, err := body.Line(f.m, it.title)
	if err != nil {
		return nil, err
	}
	if title != "" {
		d.Statements = append(d.Statements, document.Statement{
			Field: document.Title, Value: title, From: fmt.Sprintf("%s %q", it.what, "title"), Rank: document.Stated, Line: it.line,
		})
	}
	d.Statements = append(d.Statements, it.statements...)
	if it.permalink.Value != "" {
		d.Statements = append(d.Statements, it.permalink)
	}
	f.dates(d, it)
	if it.draft {
		d.Refused = "is a draft"
	}
	return d, nil
}

// blocks reads the text of an item, or the summary in its place.
func (f *feed) blocks(d *document.Document, it *item) error {
	for i, c := range []content{it.full, it.summary, it.aside} {
		form := body.Unknown
		if c.markup {
			form = body.HTML
		}
		if f.wordpress {
			c.text = shortcode().ReplaceAllString(c.text, "")
		}
		var err error
		d.Blocks, d.Dropped, err = body.Blocks(f.m, c.text, form, c.line, false)
		if err != nil {
			return err
		}
		if len(d.Blocks) == 0 {
			continue
		}
		f.furniture(d)
		words := 0
		for _, b := range d.Blocks {
			words += text.Words(b.Text)
		}
		switch mark, cut := body.Cut(d); {
		case cut:
			d.Doubt = fmt.Sprintf("only the start of its text is in the feed: it ends in %q", mark)
		case i > 0 && f.repeats(d.Blocks, it):
			d.Blocks = nil // what some feeds have in place of a summary
		case i > 0 && words < fullWords:
			d.Doubt = onlySummary
		}
		return nil
	}
	return nil
}

// onlySummary is the doubt about an item that has no text of its own.
const onlySummary = "its text is not in the feed, only a summary of it"

// repeats reports whether a text says no more than the title of its item and who
// published it.
func (f *feed) repeats(blocks []document.Block, it *item) bool {
	rest := ""
	for _, b := range blocks {
		rest += letters(b.Text)
	}
	title, err := body.Line(f.m, it.title)
	if err != nil {
		return false
	}
	for _, said := range append([]string{title, f.title}, it.names()...) {
		rest = strings.TrimPrefix(rest, letters(said))
	}
	return rest == ""
}

// names are the names of outlets and people that an item states.
func (it *item) names() []string {
	var out []string
	for _, s := range it.statements {
		if s.Field == document.Publisher || s.Field == document.Author {
			out = append(out, s.Value)
		}
	}
	return out
}

// letters are the letters and digits of a text in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// teasers says once what is so for most items: that they are summaries.
func (f *feed) teasers() {
	var only []*document.Document
	for _, d := range f.docs {
		if d.Doubt == onlySummary {
			only = append(only, d)
		}
	}
	if n := len(only); n > 2 && 2*n > len(f.docs) {
		for _, d := range only[1:] {
			d.Doubt = ""
		}
		only[0].Doubt = fmt.Sprintf("%d of the %d items of the feed are summaries, without the text of their articles: save the pages that they link to", n, len(f.docs))
	}
}

// furniture drops what is put below the text for readers of the feed.
func (f *feed) furniture(d *document.Document) {
	final := d.Blocks[len(d.Blocks)-1]
	if len(d.Blocks) > 1 && footer().MatchString(final.Text) {
		d.Blocks = d.Blocks[:len(d.Blocks)-1]
		d.Dropped = append(d.Dropped, document.Drop{Line: final.Line, Text: final.Text, Reason: "footer of the feed"})
	}
}

// dates states when an item was changed, which is all that many entries say about
// when they are from.
func (f *feed) dates(d *document.Document, it *item) {
	if it.updated.Value == "" {
		return
	}
	d.Statements = append(d.Statements, it.updated)
	published := it.updated
	published.Field, published.Rank = document.Published, document.Implied
	d.Statements = append(d.Statements, published)
}

// inherit states what the feed says about all its items.
func (f *feed) inherit(d *document.Document) {
	state := func(field document.Field, value, element string) {
		if strings.TrimSpace(value) != "" {
			d.Statements = append(d.Statements, document.Statement{Field: field, Value: value, From: fmt.Sprintf("feed %q", element), Rank: document.Declared})
		}
	}
	state(document.Publisher, f.title, "title")
	state(document.Language, f.language, "language")
	for _, s := range d.Statements {
		if s.Field == document.Author {
			return
		}
	}
	for _, name := range f.author {
		state(document.Author, name, "author")
	}
}
