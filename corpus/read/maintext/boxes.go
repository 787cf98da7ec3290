package maintext

import (
	"slices"

	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
)

// boxChunks and boxWords are the most that a box in the text has.
const (
	boxChunks = 6
	boxWords  = 80
)

// elsewhere reports whether a chunk stands in something else than the text.
func (pg *Page) elsewhere(i int) bool {
	ch := pg.chunks[i]
	return pg.inBox(ch) || pg.inNotice(ch) || pg.asks(ch) || pg.isTeaser(i) || pg.inComment(ch) || signsComment(ch) || pg.inOther(ch)
}

// inBox reports whether a chunk stands in a small element beside a headline that
// is a link, or something that by its names asks readers to subscribe or is an
// advertisement.
func (pg *Page) inBox(ch *chunk) bool {
	ask := pg.kindSet("letter", "ad") | linkedLine
	for f := ch.frame; f != nil && f.chunks <= boxChunks && f.words <= boxWords && !within(pg.main, f) && !pg.isBeside(f); f = f.parent {
		if f.inner&ask != 0 {
			return true
		}
	}
	return false
}

// isAside reports whether the names around a chunk say that it is something else
// than text. Those of media say it of paragraphs with a picture too.
func (pg *Page) isAside(ch *chunk) bool {
	reason := pg.aside(ch)
	return reason != "" && reason != photoCaption
}

// inNotice reports whether a chunk stands in a dialog, or in a small element whose
// names say at once that it is an advertisement, asks for consent or leads to a
// podcast.
func (pg *Page) inNotice(ch *chunk) bool {
	for f := ch.frame; f != nil && !within(pg.main, f); f = f.parent {
		if role := attr(f.node, "role"); role == "dialog" || role == "alertdialog" || attr(f.node, "aria-modal") == "true" {
			return true
		}
		if f.chunks <= boxChunks && f.words <= boxWords && len(f.class) > 0 && isNoticeName(f.class[0]) {
			return true
		}
		if f.chunks == 1 && f.words <= labelWords && slices.ContainsFunc(f.class, isNoticeName) {
			return true // a slot for an advertisement and its label
		}
	}
	return false
}

// asks reports whether a chunk stands in a small element with a field for an address
// of mail or for an answer.
func (pg *Page) asks(ch *chunk) bool {
	for f := ch.frame; f != nil && f.chunks <= boxChunks && f.words <= boxWords && !within(pg.main, f); f = f.parent {
		if f.asks {
			return true
		}
	}
	return false
}

func isNoticeName(w string) bool {
	switch w {
	case "ad", "ads", "advert", "advertisement", "adsbygoogle", "adslot", "cookie", "consent", "gdpr", "podcast":
		return true
	}
	return false
}

// kindSet is the set of some kinds of names.
func (pg *Page) kindSet(names ...string) uint32 {
	var set uint32
	for g, k := range pg.kinds {
		if slices.Contains(names, k.name) {
			set |= 1 << g
		}
	}
	return set
}

// inComment reports whether a chunk stands in an element that is named after
// comments alone, and does not hold the title too.
func (pg *Page) inComment(ch *chunk) bool {
	for f := ch.frame; f != nil && f != pg.root; f = f.parent {
		if slices.ContainsFunc(f.class, isCommentName) && f.node.DataAtom != atom.Article && !slices.ContainsFunc(f.class, isPostName) && !pg.holdsTitle(f) {
			return true
		}
	}
	return false
}

func isCommentName(w string) bool {
	switch w {
	case "comment", "comments", "commentlist", "commentbody", "disqus", "replies", "respond":
		return true
	}
	return false
}

func isPostName(w string) bool {
	switch w {
	case "post", "hentry", "entry", "article", "story", "single", "page":
		return true
	}
	return false
}

// commentSign is how programs for comments and letters head one: "Ann wrote on
// 3/12/2026:", "Ann schrieb am 12.3.2026:".
var commentSign = text.Pattern(`(?i)^.{1,40}\b(wrote|writes|posted|commented|replied|said|schrieb|a écrit|escribió|ha scritto)( on| at| am| um| le| el| il)? .{0,24}\d{1,4}[-/.:]\d.{0,24}:$`)

// signsComment reports whether the first line of a chunk heads a comment.
func signsComment(ch *chunk) bool {
	return len(ch.lines) > 1 && commentSign().MatchString(ch.lines[0])
}

// findStories finds the stories that follow the page's own, as pages without end have
// them: below the main text a heading that looks like the title, with a by-line or a
// date behind it, and all that stands in the largest element around it without the
// main text.
func (pg *Page) findStories() {
	if pg.titleAt < 0 || len(pg.chunks[pg.titleAt].frame.class) == 0 {
		return
	}
	title := pg.chunks[pg.titleAt].frame
	author := pg.kindSet("author")
	for i := pg.main.first + pg.main.chunks; i < len(pg.chunks)-1; i++ {
		f, next := pg.chunks[i].frame, pg.chunks[i+1]
		if f.marks&inHeading == 0 || attr(f.node, "class") != attr(title.node, "class") || pg.chunks[i].linkWords > 0 || pg.texts[i].title > 0 ||
			next.frame.kinds&author == 0 && pg.texts[i+1].date == 0 {
			continue
		}
		for f.parent != nil && !within(pg.main, f.parent) && !within(title, f.parent) {
			f = f.parent
		}
		f.story = true
	}
}

// inOther reports whether a chunk stands in another story of the page, or in another
// article element than that of the title and the main text.
func (pg *Page) inOther(ch *chunk) bool {
	for f := ch.frame; f != nil; f = f.parent {
		if f.story {
			return true
		}
	}
	own := article(pg.main)
	if own == nil || !pg.holdsTitle(own) {
		return false
	}
	other := article(ch.frame)
	return other != nil && !within(other, own) && !within(own, other)
}

// column is the cell that a chunk stands in beside that of the main element, in
// the same row: another column of a table that lays out the page. It is nil for
// none.
func (pg *Page) column(ch *chunk) *frame {
	var cell *frame
	f := ch.frame
	for f != nil && !within(pg.main, f) {
		cell, f = f, f.parent
	}
	if f == nil || f == pg.main || f.node.DataAtom != atom.Tr {
		return nil
	}
	return cell
}

// inLinkedColumn reports whether a chunk stands in a column of links.
func (pg *Page) inLinkedColumn(ch *chunk) bool {
	cell := pg.column(ch)
	return cell != nil && cell.linkWords*columnLinks >= cell.words
}

// columnLinks is one in how many words of a column of links stands in them.
const columnLinks = 8

// article is the outermost article element around a frame.
func article(f *frame) *frame {
	var out *frame
	for ; f != nil; f = f.parent {
		if f.node.DataAtom == atom.Article {
			out = f
		}
	}
	return out
}

// holdsTitle reports whether the title stands in an element.
func (pg *Page) holdsTitle(f *frame) bool {
	return pg.titleAt >= 0 && within(pg.chunks[pg.titleAt].frame, f)
}

// isTeaser reports whether a chunk and one beside it each begin with a link that
// goes on as text, or each stand behind a line that is a link.
func (pg *Page) isTeaser(i int) bool {
	begins := func(j int) bool {
		if j < 0 || j >= len(pg.chunks) {
			return false
		}
		ch := pg.chunks[j]
		return ch.linkFirst && ch.linkWords >= 3 && ch.linkWords*6 >= ch.words && ch.words >= paragraphWords
	}
	if begins(i) && (begins(i-1) || begins(i+1) || begins(i+2) || begins(i-2)) {
		return true
	}
	for d := 2; d <= cardChunks && pg.belowLink(i); d++ {
		if pg.belowLink(i-d) || pg.belowLink(i+d) {
			return true
		}
	}
	return false
}

// isLinkedRow reports whether a chunk is a line that is a link with the beginning of
// an article in the line below it, beside another such: an item of a list of them.
func (pg *Page) isLinkedRow(i int) bool {
	is := func(j int) bool {
		if j < 0 || j >= len(pg.chunks) {
			return false
		}
		ch := pg.chunks[j]
		return ch.linkFirst && len(ch.lines) > 1 && ch.linkWords >= 3 && ch.linkWords == countWords(ch.lines[0]) && ch.words > ch.linkWords && ch.frame.path == pg.chunks[i].frame.path
	}
	return is(i) && (is(i-1) || is(i+1))
}

// belowLink reports whether a chunk without links stands in one element with the
// line before it, which is a link.
func (pg *Page) belowLink(i int) bool {
	if i < 1 || i >= len(pg.chunks) {
		return false
	}
	ch, head := pg.chunks[i], pg.chunks[i-1]
	if i > 1 && head.words <= metaWords && head.linkWords == 0 && pg.texts[i-1].date > 0 {
		head = pg.chunks[i-2] // its date stands between
	}
	if ch.linkWords != 0 || head.words < 3 || head.linkWords*10 < 9*head.words || ch.words <= head.words/2 {
		return false
	}
	for f := ch.frame.parent; f != nil && f.chunks <= cardChunks; f = f.parent {
		if within(head.frame, f) {
			return true
		}
	}
	return false
}

// metaWords is the length of the line of a card that says when it is of, in words.
const metaWords = 8

// cardChunks is the most chunks that a card of a headline, a beginning, a name and
// a date has.
const cardChunks = 5
