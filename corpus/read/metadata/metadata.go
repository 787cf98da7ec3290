// Package metadata decides what is known about an article from what its file
// states in many places: one precedence for all formats, by the rank of the
// source, and of the sources of one rank the first that is valid. It checks and
// tidies each value: dates in the forms that people and machines write, names
// of authors out of by-lines, titles without the name of their site, addresses
// without what tracks readers.
package metadata

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/corpus/read/document"
)

// Known is what is known about an article. Any field may be empty.
type Known struct {
	ID        string // as it stands
	Title     string
	Publisher string
	Author    string // the authors' names, as "A, B" or as "A, B and C" where a by-line has it so
	Place     string
	URL       string // absolute, http or https
	Published time.Time
	Event     time.Time
	Language  string // a tag, such as "en-GB"

	From  map[document.Field]string // of each field that is known: where it was found, for people
	Notes []document.Note           // what was stated and could not be taken, and why
}

// Resolve decides what is known by the statements about an article.
func Resolve(statements []document.Statement) Known {
	r := resolver{
		Known:  Known{From: map[document.Field]string{}},
		stated: map[document.Field][]document.Statement{},
	}
	for _, s := range statements {
		if strings.TrimSpace(s.Value) != "" {
			r.stated[s.Field] = append(r.stated[s.Field], s)
		}
	}
	for _, list := range r.stated {
		slices.SortStableFunc(list, func(a, b document.Statement) int { return cmp.Compare(a.Rank, b.Rank) })
	}
	for _, s := range r.stated[document.Title] {
		title := titleText(s.Value)
		if s.From == FromFileName {
			title = "" // a short one proves nothing of the others
		}
		r.titles = append(r.titles, title)
	}
	r.id()
	r.language()
	r.url()
	r.locale()
	r.publisher()
	r.title()
	r.author()
	r.place()
	r.dates()
	r.complain()
	return r.Known
}

// resolver works on the statements about one article.
type resolver struct {
	Known
	stated map[document.Field][]document.Statement // by rank
	titles []string                                // values of the title's statements, tidied
	cuts   []string                                // what stands behind a title in another of the page's: names of its site
	loc    Locale
	lost   []refusal // values that were refused where the file does not state its article
}

// refusal is a value that is no value of its field.
type refusal struct {
	field document.Field
	note  document.Note
}

// take keeps a value with its source.
func (r *resolver) take(to *string, field document.Field, value, from string) {
	*to = value
	r.From[field] = from
}

// refuse remarks on a statement that was not taken. What a file states of its own
// article is remarked on always, what it says to machines if nothing else is known.
func (r *resolver) refuse(s document.Statement, format string, args ...any) {
	n := document.Note{Line: s.Line, Reason: fmt.Sprintf(format, args...)}
	if s.Rank == document.Stated {
		r.note(n)
		return
	}
	if s.Rank <= document.Declared {
		r.lost = append(r.lost, refusal{s.Field, n})
	}
}

// note adds a remark, once.
func (r *resolver) note(n document.Note) {
	if !slices.Contains(r.Notes, n) {
		r.Notes = append(r.Notes, n)
	}
}

// complain remarks on what was refused of fields of which nothing is known.
func (r *resolver) complain() {
	for _, l := range r.lost {
		if r.From[l.field] == "" {
			r.note(l.note)
		}
	}
}

// locale tells who wrote the dates of the article.
func (r *resolver) locale() {
	var addresses []string
	for _, s := range r.stated[document.URL] {
		addresses = append(addresses, s.Value)
	}
	r.loc = LocaleOf(r.Language, addresses...)
}

func (r *resolver) id() {
	for _, s := range r.stated[document.ID] {
		r.take(&r.ID, document.ID, strings.TrimSpace(s.Value), s.From)
		return
	}
}

func (r *resolver) language() {
	for _, s := range r.stated[document.Language] {
		if tag, ok := languageTag(s.Value); ok {
			r.take(&r.Language, document.Language, tag, s.From)
			return
		}
	}
}

// languageTag is a tag in the usual case: "en_us" is "en-US".
func languageTag(s string) (string, bool) {
	lang, region := splitTag(strings.TrimSpace(s))
	switch lang {
	case "", "und", "mul", "zxx":
		return "", false
	}
	for _, c := range lang + region {
		if c < 'a' || c > 'z' {
			return "", false
		}
	}
	if region != "" {
		return lang + "-" + strings.ToUpper(region), true
	}
	return lang, true
}

// maxPlaceWords is the length of a place in words: "Frankfurt an der Oder,
// Germany".
const maxPlaceWords = 7

func (r *resolver) place() {
	for _, s := range r.stated[document.Place] {
		place := document.OneLine(document.Unescape(s.Value))
		if i := strings.IndexAny(place, "(["); i > 0 {
			place = place[:i]
		}
		place = strings.Trim(place, " ,;:-–—|/")
		if place == "" || strings.ContainsAny(place, "@/<>{}=0123456789") || len(strings.Fields(place)) > maxPlaceWords || noName(place) {
			r.refuse(s, "place %q is not taken for a place", brief(s.Value))
			continue
		}
		if s.Rank >= document.Shown {
			place = uncapitalised(place)
		}
		r.take(&r.Place, document.Place, place, s.From)
		return
	}
}

// author takes the names of the first source that has any, which may be several
// statements.
func (r *resolver) author() {
	var names []string
	var agencies []document.Statement
	from, last := "", ", " // stands before the last name
	for _, s := range slices.Concat(r.stated[document.Author], r.besideDates()) {
		if from != "" && s.From != from || r.isOutlet(s.Value) {
			continue
		}
		found, both := r.names(s)
		before := len(names)
		for _, name := range found {
			switch {
			case agency(name):
				agencies = append(agencies, document.Statement{Value: name, From: s.From})
			case r.isOutlet(name):
			case slices.ContainsFunc(names, func(n string) bool { return key(n) == key(name) }):
			case s.Rank >= document.Shown:
				names = append(names, uncapitalised(name))
			default:
				names = append(names, name)
			}
		}
		if len(names) > before {
			from = s.From
			if len(names) > before+1 && both {
				last = " and "
			}
		}
		if len(found) == 0 {
			r.refuse(s, "author %q is not taken for a name", brief(s.Value))
		}
	}
	if len(names) > 0 {
		r.take(&r.Author, document.Author, joined(names, last), from)
		return
	}
	r.agency(agencies)
}

// names are those of a statement; both says that a word such as "and" joins them.
func (r *resolver) names(s document.Statement) (names []string, both bool) {
	if s.Rank >= document.Shown {
		if c, ok := ReadCredits(s.Value, r.loc); ok {
			if names = c.Authors; len(names) == 0 && c.Agency != "" {
				names = []string{c.Agency}
			}
			if len(names) > 0 {
				return names, c.Last != ", "
			}
		}
	}
	return authors(s.Value, s.Rank), and().MatchString(s.Value) || barred().MatchString(s.Value)
}

// besideDates are the by-lines in lines that readers see and that state a date.
func (r *resolver) besideDates() []document.Statement {
	var out []document.Statement
	for _, s := range r.stated[document.Published] {
		if s.Rank != document.Shown {
			continue
		}
		value := ""
		if c, ok := ReadCredits(s.Value, r.loc); ok {
			value = c.Author()
		} else if m := bySomebody().FindStringSubmatch(document.OneLine(s.Value)); m != nil && len(s.Value) <= maxDateText {
			value = m[1]
		}
		if value != "" {
			out = append(out, document.Statement{Field: document.Author, Value: value, From: s.From, Rank: document.Shown})
		}
	}
	return out
}

// agency makes a news agency that stands for the author what it is: the outlet,
// where none is known, else the author.
func (r *resolver) agency(agencies []document.Statement) {
	if len(agencies) == 0 {
		return
	}
	a := agencies[0]
	if r.Publisher == "" || r.From[document.Publisher] == fromAddress {
		r.take(&r.Publisher, document.Publisher, a.Value, a.From)
		return
	}
	var names []string
	for _, a := range agencies {
		if !slices.Contains(names, a.Value) && !r.isOutlet(a.Value) {
			names = append(names, a.Value)
		}
	}
	if len(names) > 0 {
		r.take(&r.Author, document.Author, joined(names, ", "), a.From)
	}
}

// isOutlet reports whether a name is the outlet's, alone or with a word such as
// "Staff".
func (r *resolver) isOutlet(name string) bool {
	for _, p := range append(r.cuts, r.Publisher) {
		if p != "" && sameOutlet(name, p) {
			return true
		}
	}
	return false
}

// joined is a list of names.
func joined(names []string, last string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n-1], ", ") + last + names[n-1]
}

// briefRunes is how much of a value a note shows.
const briefRunes = 60

// brief shortens a value for a note.
func brief(s string) string {
	s = document.OneLine(s)
	if runes := []rune(s); len(runes) > briefRunes {
		return string(runes[:briefRunes]) + "…"
	}
	return s
}
