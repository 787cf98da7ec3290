package metadata

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// example is how notes ask to write a date.
const example = "2026-01-17"

// maxDateText is the length in bytes of a text that a single date is looked for
// in: by-lines of several authors with their roles and a date stay under it.
const maxDateText = 240

// dates resolves when the article was published and when what it tells happened.
func (r *resolver) dates() {
	loc := r.loc
	r.apart()
	updated := r.firstDate(document.Updated, loc, nil)
	published := r.stated[document.Published]
	for _, s := range append([]document.Statement{{Value: r.URL}}, r.stated[document.URL]...) {
		if day, ok := dateInPath(s.Value); ok {
			published = append(published, implied(day, "address"))
			break
		}
	}
	r.stated[document.Published] = r.besideNames(published)
	r.Published = r.firstDate(document.Published, loc, func(s document.Statement, t time.Time) bool {
		// What a page shows or implies may be the date of another article, or
		// of the visit; nothing is published after it was updated.
		return s.Rank < document.Shown || (updated.IsZero() || t.Before(updated.AddDate(0, 0, 2))) && ofArticle(s.Value, loc)
	})
	r.Event = r.firstDate(document.Event, loc, nil)
}

// apart takes the lines that readers see and that state a date apart: when an
// article was published and when it was changed. Those that say that it was
// published stand first.
func (r *resolver) apart() {
	said := map[bool][]document.Statement{}
	for _, s := range r.stated[document.Published] {
		c, ok := ReadCredits(s.Value, r.loc)
		if s.Rank != document.Shown || !ok || c.Date()+c.Updated == "" {
			said[false] = append(said[false], s)
			continue
		}
		if of := s; c.Updated != "" {
			of.Field, of.Value = document.Updated, c.Updated
			r.stated[document.Updated] = append(r.stated[document.Updated], of)
		}
		if of := s; c.Date() != "" {
			of.Value = c.Date()
			said[c.Published != ""] = append(said[c.Published != ""], of)
		}
	}
	at := slices.IndexFunc(said[false], func(s document.Statement) bool { return s.Rank >= document.Shown })
	if at < 0 {
		at = len(said[false])
	}
	r.stated[document.Published] = slices.Insert(said[false], at, said[true]...)
}

// besideNames puts the dates of by-lines that readers see behind the dates that
// they see otherwise.
func (r *resolver) besideNames(published []document.Statement) []document.Statement {
	at := slices.IndexFunc(published, func(s document.Statement) bool { return s.Rank > document.Shown })
	if at < 0 {
		at = len(published)
	}
	var beside []document.Statement
	for _, s := range r.stated[document.Author] {
		if s.Rank != document.Shown || !strings.ContainsAny(s.Value, "0123456789") {
			continue
		}
		value := s.Value
		if c, ok := ReadCredits(value, r.loc); ok {
			value = c.Date()
		} else if strings.Contains(fold(value), "updat") {
			continue
		}
		beside = append(beside, document.Statement{Field: document.Published, Value: value, From: s.From, Rank: s.Rank})
	}
	return slices.Insert(published, at, beside...)
}

// beside are words that stand beside the date of an article.
var beside = text.Pattern(`(?i)\b(by|min|mins|minutes?|read|reads|comments?|kommentare?|views?|shares?|edt|est|gmt)\b`)

// ofArticle reports whether a text that readers see and that has a date is about
// an article: besides the date it says what the date is of, who wrote, or hardly
// anything. "Monday, March 30, 2026, partly cloudy, 61°F" is about the visit.
func ofArticle(value string, loc Locale) bool {
	value = document.OneLine(value)
	if _, ok := ParseDate(value, loc); ok {
		return true
	}
	rest := value
	if found := datesIn(value, loc); len(found) > 0 {
		rest = value[:found[0].Start] + " " + value[found[0].End:]
	}
	if text.Words(rest) < 2 || beside().MatchString(rest) || len(authors(rest, document.Shown)) > 0 {
		return true
	}
	for _, t := range tokenise(rest) {
		if t.kind == word && label(t.text) {
			return true
		}
	}
	return false
}

func implied(day time.Time, from string) document.Statement {
	return document.Statement{Field: document.Published, Value: day.Format(time.DateOnly), From: from, Rank: document.Implied}
}

// firstDate is the first date of a field that is valid and that accept takes.
// It notes the ones before it that are not understood, but for an ambiguous one
// of which a later statement is a reading.
func (r *resolver) firstDate(field document.Field, loc Locale, accept func(document.Statement, time.Time) bool) time.Time {
	var pending []func(time.Time)
	taken := time.Time{}
	for _, s := range r.stated[field] {
		t, what, either := dateIn(s.Value, loc)
		if what == understood {
			if accept != nil && !accept(s, t) {
				continue
			}
			taken = t
			if field != document.Updated {
				r.From[field] = s.From
			}
			break
		}
		pending = append(pending, func(t time.Time) { r.dateNote(s, what, either, t) })
	}
	if field != document.Updated {
		for _, note := range pending {
			note(taken)
		}
	}
	return taken
}

// dateIn reads a statement of a date: the whole of it, or the one date in a
// short text.
func dateIn(value string, loc Locale) (time.Time, outcome, [2]time.Time) {
	value = document.OneLine(document.Unescape(value))
	t, what, either := parseEither(value, loc)
	if what != unknown || len(value) > maxDateText {
		return t, what, either
	}
	found := datesIn(value, loc)
	if len(found) == 0 {
		return t, what, either
	}
	for _, d := range found[1:] {
		if !sameDay(d.at, found[0].at) && !strings.Contains(fold(value), "updat") {
			return t, what, either
		}
	}
	return found[0].at, understood, either
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// dateNote says why a date was not taken.
func (r *resolver) dateNote(s document.Statement, what outcome, either [2]time.Time, taken time.Time) {
	key := strings.ToLower(string(s.Field))
	if s.Field == document.Published {
		key = "date"
	}
	value := brief(s.Value)
	tell := func(format string, args ...any) { r.doubt(s, what, fmt.Sprintf(format, args...)) }
	switch what {
	case ambiguous:
		if either[0].IsZero() {
			tell("%s %q is ambiguous, it has a year of two digits: write it as %s", key, value, example)
			return
		}
		for _, t := range either {
			if !taken.IsZero() && t.Format(time.DateOnly) == taken.Format(time.DateOnly) {
				return
			}
		}
		tell("%s %q is ambiguous, it may be %s or %s: write it as %s", key, value, either[0].Format("2 January"), either[1].Format("2 January"), either[0].Format(time.DateOnly))
	case impossible:
		tell("%s %q is no day of the calendar: write it as %s", key, value, example)
	case noDay:
		tell("%s %q has no day: write it as %s", key, value, example)
	case fromNow:
		tell("%s %q counts from a day that is not known: write it as %s", key, value, example)
	case unknown:
		tell("%s %q is not understood: write it as %s", key, value, example)
	}
}

// doubt remarks on a date that was not taken. What readers see is often of
// something else: it is remarked on where it is surely a date, and the only one.
func (r *resolver) doubt(s document.Statement, what outcome, reason string) {
	n := document.Note{Line: s.Line, Reason: reason}
	switch {
	case s.Rank <= document.Declared && what != fromNow, s.Rank == document.Stated, s.Line > 0 && strings.HasPrefix(s.From, "line "):
		r.note(n)
	case s.Rank <= document.Declared, s.Rank == document.Shown && (what == ambiguous || what == impossible):
		r.lost = append(r.lost, refusal{s.Field, n})
	}
}

// Days in names of files and folders and in addresses.
var (
	pathDay  = text.Pattern(`(?:^|/)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)`)
	nameDay  = text.Pattern(`(?:^|[^\d])((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])([-_.]?)(0[1-9]|[12]\d|3[01])(?:$|[^\d])`)
	nameDay2 = text.Pattern(`(?:^|[^\d])(0?[1-9]|[12]\d|3[01])([-_.])(0?[1-9]|1[0-2])([-_.])((?:19|20)\d\d)(?:$|[^\d])`)
)

// dateInPath is the day that an address or the path of a file has: in folders as
// 2026/01/17, or in the last name as 2026-01-17, 20260117 or 17-01-2026 where
// the first number can only be the day.
func dateInPath(p string) (time.Time, bool) {
	if i := strings.IndexAny(p, "?#"); i >= 0 {
		p = p[:i]
	}
	if _, rest, ok := strings.Cut(p, "://"); ok {
		_, p, _ = strings.Cut(rest, "/")
	}
	p = strings.ReplaceAll(p, "\\", "/")
	if m := pathDay().FindStringSubmatch(p); m != nil {
		if t, ok := ParseDate(m[1]+"-"+m[2]+"-"+m[3], Locale{}); ok {
			return t, true
		}
	}
	name := path.Base(p)
	if m := nameDay().FindStringSubmatch(name); m != nil && m[2] == m[4] {
		if t, ok := ParseDate(m[1]+"-"+m[3]+"-"+m[5], Locale{}); ok {
			return t, true
		}
	}
	if m := nameDay2().FindStringSubmatch(name); m != nil && m[2] == m[4] {
		// As any date of numbers: 03-04-2026 is no day, 03.04.2026 is.
		sep := m[2]
		if sep == "_" {
			sep = "-"
		}
		return ParseDate(m[1]+sep+m[3]+sep+m[5], Locale{})
	}
	return time.Time{}, false
}
