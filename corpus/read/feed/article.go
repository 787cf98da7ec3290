package feed

import (
	"fmt"
	"strconv"
	"strings"

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
		case i > 0 && words < fullWords:
			d.Doubt = "its text is not in the feed, only a summary of it"
		}
		return nil
	}
	return nil
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
