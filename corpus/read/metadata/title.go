package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// separators stand between a title and the name of its site.
func separators() []string {
	return []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " ‹ ", " › ", " / ", " // ", " ~ ", " -- ", " : ", " > ", " < ", "｜", " ︱ "}
}

// maxTitle is the length in runes of the longest title that is taken: headlines
// of reports stay under it, and what is longer is a text.
const maxTitle = 300

// title takes the first title, without the name of its site.
func (r *resolver) title() {
	if r.cuts == nil {
		r.cuts = r.suffixes()
	}
	all := r.titles
	for i, s := range r.stated[document.Title] {
		title := all[i]
		switch {
		case s.From == FromFileName:
			title = s.Value
		case s.Rank > document.Stated:
			title = r.withoutSite(title, all)
		default:
			title = r.withoutOutlet(title)
		}
		if untitled(title) || utf8.RuneCountInString(title) > maxTitle || !hasLetter(title) && !hasDigit(title) || s.Rank > document.Stated && r.isOutlet(title) {
			r.refuse(s, "title %q is not taken for a title", brief(s.Value))
			continue
		}
		if s.Rank > document.Stated {
			title = r.whole(title, all)
		}
		if s.Rank == document.Declared {
			title, s.From = r.asShown(title, s.From)
		}
		r.take(&r.Title, document.Title, title, s.From)
		return
	}
}

// sharedWords is the share of words from which two titles are of one article.
const sharedWords = 0.5

// asShown prefers to what a page declares its title to be, which is often made
// for search engines or networks, the heading that readers see, if that is surely
// one of the article: the title element says the same, or most of its words are in
// both. On 665 pages with both, the heading is the title of the article in 491
// and the declared title in 485; where they differ and the title element has the
// heading, in 50 of 70 and 8.
func (r *resolver) asShown(declared, from string) (title, source string) {
	for i, s := range r.stated[document.Title] {
		if s.Rank != document.Shown {
			continue
		}
		shown := r.withoutSite(r.titles[i], r.titles)
		if untitled(shown) || r.isOutlet(shown) || key(shown) == key(declared) || utf8.RuneCountInString(shown) > maxTitle {
			continue
		}
		if r.standsFirst(shown) || overlap(shown, declared) >= sharedWords {
			return shown, s.From
		}
	}
	return declared, from
}

// standsFirst reports whether the title element begins with a title.
func (r *resolver) standsFirst(title string) bool {
	for i, s := range r.stated[document.Title] {
		if s.Rank == document.Implied && strings.HasPrefix(key(r.titles[i]), key(title)) && len(strings.Fields(title)) > 1 {
			return true
		}
	}
	return false
}

// overlap is the share of the shorter title's words that the longer has.
func overlap(a, b string) float64 {
	x, y := strings.Fields(fold(a)), strings.Fields(fold(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for _, w := range x {
		for _, v := range y {
			if key(w) == key(v) {
				n++
				break
			}
		}
	}
	return float64(n) / float64(max(len(x), 1))
}

// titleText is a title without character references, elements and white space.
func titleText(value string) string {
	s := document.OneLine(document.Unescape(document.Unescape(value)))
	if !strings.Contains(s, "<") {
		return strings.TrimSpace(strings.Trim(s, "|·•»"))
	}
	return strings.TrimSpace(strings.Trim(inline().ReplaceAllString(s, ""), "|·•»"))
}

// inline is an element of HTML that stands in titles.
var inline = text.Pattern(`(?i)</?(?:b|i|u|em|strong|a|span|br|wbr|sup|sub|small|mark|cite|q|code|font|p|div|h[1-6]|abbr|time)(?:\s[^<>]*)?/?>`)

// withoutSite cuts from a title what is not of it: a piece that names the site,
// or what stands around a piece that is the title by another statement.
func (r *resolver) withoutSite(title string, all []string) string {
	for range 3 {
		before := title
		for front, back := range cuts(title) {
			if (r.isSite(back) || r.standsAlone(front, all) || outletBehind(title, front, back)) && !r.isSite(front) {
				title = front
				break
			}
		}
		if title != before {
			continue
		}
		if front, back, ok := cutFirst(title); ok && (r.isSite(front) || r.standsAlone(back, all) && !labelled(title, front)) {
			title = back
		} else if front, back, ok := cutTight(title); ok && (r.isSite(back) || isEastern(back) && outletBehind(title, front, back)) {
			title = front
		}
		if title == before {
			break
		}
	}
	return title
}

// withoutOutlet cuts from the end of a title that a file states itself the outlet
// that it states too, or what can only be one: data sets have the titles of pages.
func (r *resolver) withoutOutlet(title string) string {
	for front, back := range cuts(title) {
		if (r.isOutlet(back) || len(r.stated[document.Publisher]) == 0 && outletBehind(title, front, back)) && !r.isOutlet(front) {
			return front
		}
		break
	}
	return title
}

// outletBehind reports whether the last piece of a title has the shape of an
// outlet's name and the rest that of a title.
func outletBehind(title, front, back string) bool {
	mark := strings.TrimSpace(title[len(front) : len(title)-len(back)])
	return (len(strings.Fields(front)) > 1 || isEastern(front)) && namesOutlet(back, mark != "-" && mark != "–" && mark != "—" && mark != "/" && mark != ":")
}

// cuts calls yield with the two sides of each separator, from the last to the
// first.
func cuts(s string) func(yield func(front, back string) bool) {
	return func(yield func(front, back string) bool) {
		for end := len(s); ; {
			front, ok := cutLast(s[:end])
			if !ok {
				return
			}
			rest := s[len(front):]
			for _, sep := range separators() {
				if after, found := strings.CutPrefix(rest, sep); found {
					rest = after
					break
				}
			}
			if !yield(front, strings.TrimSpace(rest)) {
				return
			}
			end = len(front)
		}
	}
}

// isSite reports whether a piece of a title names the site: the outlet that
// another statement names, or the domain of the address.
func (r *resolver) isSite(s string) bool {
	if r.isOutlet(s) {
		return true
	}
	d := domain(r.URL)
	return d != "" && (strings.EqualFold(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "www."), d) || outletKey(s) == outletKey(d))
}

// standsAlone reports whether a piece of a title is a title by another
// statement, which proves that the rest is something else.
func (r *resolver) standsAlone(s string, all []string) bool {
	k := key(s)
	if len(strings.Fields(s)) < 2 && utf8.RuneCountInString(s) < minAlone {
		return false
	}
	for _, other := range all {
		if key(other) == k && k != "" {
			return true
		}
	}
	return false
}

// minAlone is the length in runes of a title of one word, in scripts that do not
// part words, that may show where another ends.
const minAlone = 6

// suffixes are the pieces that stand behind one title of a page and not in
// another of it, or that are named like the domain of its address.
func (r *resolver) suffixes() []string {
	out := []string{}
	all := r.titles
	for _, t := range all {
		for front, back := range cuts(t) {
			if r.isSite(back) || (r.standsAlone(front, all) || outletBehind(t, front, back)) && !r.isSite(front) {
				if _, more := cutLast(back); !more || r.standsAlone(back, all) {
					out = append(out, back)
				}
				break
			}
		}
	}
	return out
}

// cutLast is what stands before the last separator of a text.
func cutLast(s string) (front string, ok bool) {
	at := -1
	for _, sep := range separators() {
		at = max(at, strings.LastIndex(s, sep))
	}
	if at <= 0 {
		return s, false
	}
	front = strings.TrimSpace(s[:at])
	return front, front != "" && strings.TrimSpace(s[at:]) != ""
}

// cutFirst cuts a text at its first separator; a colon is one here: "The Ellery
// Post: Ferry closes".
func cutFirst(s string) (front, back string, ok bool) {
	at, width := len(s), 0
	for _, sep := range append([]string{": "}, separators()...) {
		if i := strings.Index(s, sep); i >= 0 && i < at {
			at, width = i, len(sep)
		}
	}
	if width == 0 || at == 0 {
		return "", s, false
	}
	front, back = strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+width:])
	return front, back, front != "" && back != ""
}

// labelled reports whether a colon follows the first piece of a title. "Opinion:"
// and "In brief:" are of the headline.
func labelled(title, front string) bool { return strings.HasPrefix(title[len(front):], ":") }

// cutTight cuts a text at its last bar or underscore without blanks, which stand
// in scripts that have none.
func cutTight(s string) (front, back string, ok bool) {
	i := strings.LastIndexAny(s, "|_｜-")
	if i <= 0 {
		return s, "", false
	}
	_, width := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+width:]), true
}

// whole completes a title that was cut off for want of space, by another that
// begins with it.
func (r *resolver) whole(title string, all []string) string {
	short, cut := strings.CutSuffix(strings.TrimSuffix(title, "…"), "...")
	if short == title && !cut {
		return title
	}
	short = strings.TrimSpace(short)
	for _, other := range all {
		other = r.withoutSite(other, all)
		if len(other) > len(short) && utf8.RuneCountInString(other) <= maxTitle && strings.HasPrefix(other, short) && !strings.HasSuffix(other, "…") && !strings.HasSuffix(other, "...") {
			return other
		}
	}
	return title
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

func hasDigit(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }
