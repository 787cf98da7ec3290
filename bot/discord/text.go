package discord

import (
	"slices"
	"strings"

	"parley/bot"
	"parley/bot/discord/markup"
)

// writer puts blocks on messages: each is several texts, for accounts stand apart.
// Spans are what is not cut; where one is, and where a statement is, its marks are
// written all the same.
type writer struct {
	links map[int]string // of marks; nil writes all of them without
	limit int            // of one message
	most  int            // messages

	done    [][]string // a message each
	tails   []string   // what is owed to a message that is the last: marks of a statement that goes on
	texts   []string   // of the message that is being written
	now     strings.Builder
	size    int       // of texts and now, in UTF-16 units
	last    bot.Style // of the block before
	pending string    // marks of the statement that is being written
}

// gapSize is what a border between two texts may cost.
const gapSize = 2

// leastLimit is the room in which the longest escaped letter with its dress fits.
const leastLimit = 40

// write puts blocks on messages of a limit.
func write(blocks []bot.Block, links map[int]string, limit, most int) *writer {
	w := &writer{links: links, most: most, limit: max(limit-1-owed(blocks), limit/2, leastLimit)}
	for _, b := range blocks {
		w.block(b)
	}
	w.flush()
	return w
}

// owed is the room for the marks of the statement that has most of them.
func owed(blocks []bot.Block) int {
	most := 0
	for _, b := range blocks {
		for _, s := range b.Spans {
			most = max(most, markup.Len(bareMarks(s.Marks)))
		}
	}
	return most + 1
}

// bareMarks are marks without links.
func bareMarks(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		b.WriteString(unlinked(n))
	}
	return b.String()
}

// whole reports whether everything is there.
func (w *writer) whole() bool { return len(w.done) <= w.most }

// messages are the texts of each message. What is over the most is left off with a
// sign of it.
func (w *writer) messages() [][]string {
	if w.whole() {
		return w.done
	}
	out := slices.Clone(w.done[:w.most])
	last := slices.Clone(out[w.most-1])
	end := "…"
	if tail := w.tails[w.most-1]; tail != "" {
		end += " " + tail
	}
	last[len(last)-1] += end // limit leaves room for it
	out[w.most-1] = last
	return out
}

// prefix is what a line of a style begins with.
func prefix(s bot.Style) string {
	switch s {
	case bot.Bullet:
		return "- "
	case bot.Quote:
		return "> "
	case bot.Note:
		return "-# "
	default:
		return ""
	}
}

// block starts a line and writes spans on it, and on lines of further messages.
func (w *writer) block(b bot.Block) {
	if b.Style == bot.Side || w.last == bot.Side {
		w.part()
	}
	open := prefix(b.Style)
	first, begun := open, false
	if b.Style == bot.Side {
		first = label(b)
	}
	for i, s := range b.Spans {
		s.Bold = s.Bold || b.Style == bot.Heading
		owed := bareMarks(marksFrom(b.Spans[i:]))
		next := ""
		if i+1 < len(b.Spans) && b.Spans[i+1].Glued {
			next = b.Spans[i+1].Text
		}
		for _, text := range w.span(s, next, w.limit-markup.Len(first)) {
			gap := " "
			switch {
			case !begun && w.now.Len() == 0:
				gap = first
			case !begun:
				gap = w.between(b.Style) + first
			case s.Glued:
				gap = ""
			}
			if w.size+markup.Len(gap)+markup.Len(text) > w.limit {
				w.flush()
				if gap = open; !begun {
					gap = first
				}
			}
			w.now.WriteString(gap + text)
			w.size += markup.Len(gap) + markup.Len(text)
			begun, w.pending = true, owed
		}
		if len(s.Marks) > 0 {
			w.pending = ""
		}
	}
	if w.pending = ""; begun {
		w.last = b.Style
	}
}

// marksFrom are the marks at the end of the statement that some spans begin with.
func marksFrom(spans []bot.Span) []int {
	for _, s := range spans {
		if len(s.Marks) > 0 {
			return s.Marks
		}
	}
	return nil
}

// label is the line above an account: whose it is, and of when.
func label(b bot.Block) string {
	out := shorten(b.Label, maxTitle)
	if out != "" {
		out = "**" + out + "**"
	}
	if date := shorten(b.Date, maxTitle); date != "" {
		if out != "" {
			out += " · "
		}
		out += date
	}
	if out == "" {
		return ""
	}
	return out + "\n"
}

// between is the distance to the block before.
func (w *writer) between(next bot.Style) string {
	switch {
	case next == bot.Paragraph && (w.last == bot.Paragraph || w.last == bot.Bullet), next == bot.Heading && w.last != bot.Note, next == bot.Quote && w.last == bot.Bullet:
		return "\n\n"
	}
	return "\n"
}

// span writes a run of text with its marks, in several pieces only when it is
// too long for a message of its own. Pieces are cut before they are escaped. Next is
// the text that is glued to it.
func (w *writer) span(s bot.Span, next string, room int) []string {
	marks := ""
	for _, n := range s.Marks {
		marks += mark(n, w.links[n])
	}
	if markup.Len(marks) > room/2 {
		marks = bareMarks(s.Marks)
	}
	dress := func(raw string) string {
		text := markup.EscapeBefore(raw, next)
		if s.Bold && text != "" {
			text = "**" + text + "**"
		}
		return text
	}
	raw := markup.Line(s.Text)
	if raw == "" {
		if marks == "" {
			return nil
		}
		return []string{marks}
	}
	if marks != "" {
		marks = " " + marks
	}
	// No more than can be shown, and one to see that there is more.
	raw, _ = markup.Split(raw, (w.most+1)*w.limit)
	var out []string
	for {
		text := dress(raw)
		if markup.Len(text)+markup.Len(marks) <= room {
			return append(out, text+marks)
		}
		limit := min(room, markup.Len(raw)) - 1
		head, tail := markup.Split(raw, limit)
		for markup.Len(dress(head)) > room {
			limit = limit * 3 / 4
			head, tail = markup.Split(raw, limit)
		}
		if tail == "" || head == "" {
			// The marks alone do not fit beside the last letters.
			return append(out, dress(raw), strings.TrimSpace(marks))
		}
		out = append(out, dress(head))
		raw = tail
	}
}

// part ends a text.
func (w *writer) part() {
	if w.now.Len() > 0 {
		w.texts = append(w.texts, w.now.String())
		w.now.Reset()
		w.size += gapSize
	}
}

// flush ends a message.
func (w *writer) flush() {
	w.part()
	if len(w.texts) > 0 {
		w.done = append(w.done, w.texts)
		w.tails = append(w.tails, w.pending)
	}
	w.texts, w.size, w.pending = nil, 0, ""
}

// shorten escapes a text and cuts it to a length.
func shorten(s string, limit int) string {
	raw := markup.Line(s)
	for n := limit; n > 1; n = n * 3 / 4 {
		if out := markup.Escape(markup.Cut(raw, n)); markup.Len(out) <= limit {
			return out
		}
	}
	return ""
}
