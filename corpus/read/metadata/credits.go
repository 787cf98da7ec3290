package metadata

import (
	"slices"
	"strings"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// Credits is what a line above or below a text says of who wrote it and when:
// "Publié le 12 janvier 2026 à 18h30 par Ana Ruiz", "Ana Ruiz | Madrid",
// "Updated 2 hours ago". The dates are texts, for [ParseDate].
type Credits struct {
	Authors   []string
	Last      string // stands before the last author: ", " or " and "
	Published string
	Updated   string
	Plain     string // a date of which the line does not say what it is of
	Agency    string // a news agency that stands where the author does, or behind
	By        bool   // it says who wrote the text, if only by a role
	Said      bool   // it says so with a word such as "by"
	Alone     bool   // it is a date, or a time to read, and nothing else
}

// Author is the by-line again, for a statement.
func (c *Credits) Author() string {
	if len(c.Authors) == 0 {
		return c.Agency
	}
	return joined(c.Authors, c.Last)
}

// Certain reports whether the authors are surely those of the text: "Ana Ruiz, Reuters"
// also stands under pictures.
func (c *Credits) Certain() bool {
	return c.Said || c.Agency == "" || c.Date()+c.Updated != "" || len(c.Authors) == 0
}

// Date is the date of publication as far as the line says: that of the update is
// none.
func (c *Credits) Date() string {
	if c.Published != "" {
		return c.Published
	}
	return c.Plain
}

// maxCredits is the length in words of a line of credits: those of several authors
// with their roles, a date and the time to read stay under it.
const maxCredits = 32

// ReadCredits reads a line of credits. ok is false for one that says anything
// else: each of its pieces is a date, a name, a role, an outlet, a place, the time
// to read or what says which of them it is.
func ReadCredits(line string, loc Locale) (Credits, bool) {
	line = document.OneLine(document.Unescape(line))
	if line == "" || len(line) > maxDateText || text.Words(line) > maxCredits {
		return Credits{}, false
	}
	p := parser{tokens: tokenise(line), loc: loc}
	if len(p.tokens) > maxTokens {
		return Credits{}, false
	}
	r := creditReader{parser: p, line: line}
	r.read()
	return r.credits()
}

// credits decides on what the pieces are.
func (r *creditReader) credits() (Credits, bool) {
	c := Credits{Last: ", "}
	dates, asides, named, sure := 0, 0, 0, false
	for _, p := range r.pieces {
		switch p.kind {
		case aside:
			asides++
		case date:
			dates++
			sure = sure || p.sure
			r.dated(&c, p)
		case words:
			if strings.Trim(r.line[p.Start:p.End], " ,.;:()[]–—-'\"") != "" {
				named++
			}
		}
	}
	c.Alone = named == 0 && dates+asides > 0
	if c.Alone {
		return c, !c.numbersOnly(r.line)
	}
	anchored := dates+asides > 0
	for n, p := range r.pieces {
		if p.kind != words {
			continue
		}
		if strings.HasSuffix(r.line[p.Start:p.End], ":") && !p.by {
			return Credits{}, false // what it names is no credit: "Starts: 12 January"
		}
		part := strings.Trim(withoutAddress(r.line[p.Start:p.End]), " ,;:()[]–—-")
		loose := !p.own || n+1 < len(r.pieces) && r.pieces[n+1].kind == date && r.pieces[n+1].Start <= p.End+1
		if !r.part(&c, p, part, anchored, loose && !sure && asides == 0) {
			return Credits{}, false
		}
	}
	return c, (c.By || anchored) && named <= maxCreditTexts && (c.By || !strings.HasSuffix(r.line, "?"))
}

// maxCreditTexts is how many names, roles, places and outlets a line of credits has.
const maxCreditTexts = 5

// numbersOnly reports whether a line is a bare number that could be a date.
func (c *Credits) numbersOnly(line string) bool {
	return c.Date()+c.Updated != "" && strings.Trim(line, "0123456789 ") == ""
}

// dated keeps a date.
func (r *creditReader) dated(c *Credits, p piece) {
	shown := strings.Trim(r.line[p.Start:p.End], " ,.(")
	to := &c.Plain
	switch p.of {
	case ofPublication:
		to = &c.Published
	case ofUpdate:
		to = &c.Updated
	case ofNext:
		return
	}
	if *to == "" {
		*to = shown
	}
}

// part takes one text of a line of credits, and reports whether it may be one.
// loose says that nothing parts it from a date.
func (r *creditReader) part(c *Credits, p piece, part string, anchored, loose bool) bool {
	switch {
	case part == "":
		return true
	case p.by:
		c.Said = true
		return r.byLine(c, part, anchored)
	case r.nameAndRole(c, part):
		return true
	case roleName(part) || r.desk(part):
		c.By = c.By || !anchored || loose
		return !loose
	case agency(part):
		c.Agency = part
		return true
	case within(part), isHandle(part):
		return anchored || c.By
	}
	names := authors(part, document.Shown)
	switch {
	case loose, !anchored && !c.By, !nameLike(part):
		return false
	case len(c.Authors) > 0 || c.By || section(part) || outletWord(part):
		return true // where somebody wrote, for whom, or in which part of the paper
	case len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !wholeName(n) || isEastern(n) }):
		r.names(c, part, names)
	}
	return true
}

// nameAndRole takes "Ana Ruiz, Staff writer" and "Ana Ruiz and Jo Hale".
func (r *creditReader) nameAndRole(c *Credits, part string) bool {
	front, back, found := strings.Cut(part, ",")
	if !found || !wholeName(front) || !roleName(back) && !agency(back) && !outletWord(back) {
		return false
	}
	r.names(c, part, authors(front, document.Shown))
	if agency(back) {
		c.Agency = strings.TrimSpace(back)
	}
	return true
}

func (r *creditReader) names(c *Credits, part string, names []string) {
	for _, name := range names {
		if agency(name) {
			c.Agency = name
			continue
		}
		if !slices.Contains(c.Authors, name) {
			c.Authors = append(c.Authors, name)
		}
	}
	if and().MatchString(part) {
		c.Last = " and "
	}
	c.By = true
}

// byLine takes what stands behind "by". A name of one word, or one to log in with,
// is an author only beside a date.
func (r *creditReader) byLine(c *Credits, part string, anchored bool) bool {
	names := authors(part, document.Shown)
	switch {
	case slices.ContainsFunc(names, wholeName), slices.ContainsFunc(names, agency), agency(part):
		r.names(c, part, names)
		if agency(part) {
			c.Agency, c.By = part, true
		}
		return true
	case roleName(part), r.desk(part), noName(part), outletWord(part) && nameLike(part):
		c.By = true
		return true
	case !anchored && !strings.Contains(part, " in "):
		return false
	}
	first, rest, _ := strings.Cut(part, " ")
	if rest != "" && !within(rest) {
		return false
	}
	c.By = true
	if len(names) == 1 && !isHandle(first) {
		r.names(c, part, names)
	}
	return anchored || isHandle(first)
}

// desk reports whether a part of a line is what a paper calls the people who write
// without their names.
func (r *creditReader) desk(s string) bool {
	k := strings.Trim(fold(s), " .")
	switch k {
	case "staff", "redaktion", "redaccion", "redazione", "redacao", "la redaction", "redactie", "redakcja", "редакция", "editorial", "newsroom", "agencies", "agenturen", "agencias", "agenzie", "编辑部", "編集部":
		return true
	}
	return deskName(k) || hasStem(k, "from our ", "our own ", "our special ", "von unserem ", "von unserer ", "de notre ", "de nuestro ", "dal nostro ", "do nosso ", "van onze ", "od naszego ", "от нашего ")
}

// within reports whether a text says in which part of the outlet a text stands:
// "in News".
func within(s string) bool {
	first, rest, ok := strings.Cut(s, " ")
	switch fold(first) {
	case "in", "en", "em", "dans", "w", "в":
		return ok && capitalised(rest) && text.Words(rest) <= 4
	case "filed", "posted", "under":
		return text.Words(s) <= 6
	}
	return false
}

// isHandle reports whether a text is a name to log in with or an address.
func isHandle(s string) bool {
	return !strings.Contains(s, " ") && (strings.ContainsAny(s, "@_0123456789") || allLower(s))
}

// nameLike reports whether a short text has the shape of a name of somebody or
// something: its words but the small ones are capitalised and it is no sentence.
func nameLike(s string) bool {
	if utf8.RuneCountInString(s) > maxName || text.Words(s) > maxNameWords || strings.ContainsAny(s, "!?“”\"%€$£=<>{}") || hasDigit(s) {
		return false
	}
	if strings.Trim(s, "\u3040-\u30ff") != "" && isEastern(s) {
		return utf8.RuneCountInString(s) <= 10
	}
	words := strings.Fields(s)
	for i, w := range words {
		small := i > 0 && i+1 < len(words) && utf8.RuneCountInString(w) <= 3
		if !small && !capitalised(strings.TrimLeft(w, "(&'’")) && w != "&" {
			return false
		}
	}
	return true
}

// wholeName reports whether a name has a first name or an initial and no word that
// a name has not.
func wholeName(s string) bool {
	return whole().MatchString(s) || isEastern(s) && utf8.RuneCountInString(s) <= 8
}

// whole is two to five words of a name, of which the first and the last are
// capitalised.
var whole = text.Pattern(`^(?:\p{Lu}\.|\p{Lu}[\p{L}'’.-]+)(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’.-]+|d[aeio]s?|du|del|della|van|von|der|den|ter|ten|al|bin|bint|ibn|la|le|el|y|zu|dos|af|av|ul))* (?:(?:\p{Lu}\.)*\p{Lu}[\p{L}'’-]+\.?|\p{Lu}\.?)$`)
