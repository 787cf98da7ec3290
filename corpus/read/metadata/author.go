package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// Names of authors, as by-lines, meta elements and data sets have them.

var (
	// writtenBy is what stands before the names in a by-line.
	writtenBy = text.Pattern(`(?i)^(?:(?:article |story |text |words |report |analysis |opinion |interview |review )?(?:written |reported |posted |published |published by|submitted |contributed |compiled |authored )?by|words|text|(?:post )?authors?|autor|autoren|autores|autorin|autorka|autore|autori|auteurs?|автор|авторы|текст|作者|文字?|取材・文|byline|(?:veröffentlicht |eingestellt |geschrieben |verfasst |gepostet )?(?:von|vom)|(?:publié |écrit |rédigé )?par|(?:publicado |escrito )?por|(?:pubblicato |scritto )?(?:da|di)|(?:geschreven |geplaatst )?door|av|af|szerző|tekst|texte|texto|testo)(?:\s*[:：=＝/／]\s*|\s+)(\S.*)$`)

	// elsewhere starts what is no name any more: who took the pictures, when the
	// text was published, for whom and where the author wrote it.
	elsewhere = text.Pattern(`(?i)(?:[\s,;|/•·–—(-]+(?:with )?(?:photos?|photographs?|photography|photographer|pictures?|images?|illustrations?|illustrated|graphics?|video|foto|fotos|bild|bilder|grafik|edited|editing|editor:|translated|translation)s?(?: by\b|[:\s]*by\b|\s*:| von\b| de\b).*$)|(?:^|[\s,;|/•·–—(-]+)(?:last |first )?(?:published|updated|posted|modified|created|aktualisiert|veröffentlicht|publié|publicado|pubblicato)\b.*$|,? \d+ (?:min|mins|minutes?|hours?|days?) (?:ago|read)\b.*$`)

	// whereabouts is what may stand behind a single name.
	whereabouts = text.Pattern(`[\s,;|•·–—(-]+(?:is|was|has|writes|covers|reports on|joined|contributed)\s.*$|\s+(?:for|in|at|from|of) (?:the )?\p{Lu}.*$`)

	// picture is the alternative text of an author's portrait.
	picture = text.Pattern(`(?i)^(?:(?:photo|photograph|picture|image|avatar|portrait|headshot|profile (?:photo|picture|image|icon)|profile|foto|bild|author (?:image|photo|picture|avatar))(?: of| for| by|:| von| de)\s+(.+)|(.+?)(?:['’]s?)?(?:\s+|\s*[-–|]\s*)(?:avatar|headshot|profile (?:photo|picture|image)|portrait|photo|picture|image|author (?:image|photo|picture)))$`)

	// takenBy starts a credit of a photographer, who is not the author.
	takenBy = text.Pattern(`(?i)^(?:photos?|photographs?|photography|pictures?|images?|illustrations?|illustrated|graphics?|cover|credits?|foto|fotos|bild|bilder|image credit|photo credit|video|edited|translated|pic|pics|credit|kuva|fot|фото|写真|撮影|사진)(?:\s+by\b|\.?\s*[:：]|\s+von\b|\s+credit\b|/)`)

	// bySomebody finds a by-line within a line.
	bySomebody = text.Pattern(`(?:^|\s)(?:[Bb]y|BY) (\p{Lu}.*)$`)

	angled    = text.Pattern(`\s*<[^<>]*>`)
	bracketed = text.Pattern(`\s*[(\[][^()\[\]]*[)\]]`)
	mailed    = text.Pattern(`\(?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b\)?`)
	handles   = text.Pattern(`(?:^|[\s(,|])@\w{1,30}\)?`)
	linked    = text.Pattern(`(?i)\(?\b(?:https?://|www\.)\S+`)
	clockText = text.Pattern(`(?i)\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\b.*$`)

	// barred parts a name from what is none.
	barred = text.Pattern(`\s*[|•·/]\s*`)
	dashed = text.Pattern(`\s+[–—-]\s+`)

	// and stands between two names.
	and = text.Pattern(`(?i)\s*(?:;|\n|、|،|，|\s(?:and|&|und|et|y|och|og|ja|en|ed|with|mit|и|та|i|και|ve|és|oraz)\s)\s*`)
)

// maxName is the length of a name in runes, and maxNameWords in words.
const (
	maxName      = 60
	maxNameWords = 6
)

// authors takes the names out of one statement about who wrote an article.
func authors(value string, rank document.Rank) []string {
	s := document.OneLine(document.Unescape(value))
	if plainName(s) {
		return []string{s}
	}
	s = withoutOffers(s)
	if s == "" || paid(s) || takenBy().MatchString(s) {
		return nil
	}
	s = bracketed().ReplaceAllString(withoutAddress(s), "")
	if m := picture().FindStringSubmatch(s); m != nil {
		s = m[1] + m[2]
	}
	bare := withoutBy(s)
	byLine := bare != s || rank >= document.Shown
	s = withoutBy(withoutDate(bare))
	if takenBy().MatchString(s) {
		return nil
	}
	var out []string
	for _, whole := range splitNames(beforeMarks(withoutOffers(s), byLine)) {
		part := trimName(whole)
		if validName(part, rank) && (len(part) == len(strings.TrimSpace(whole)) || !outletWord(part) || agency(part)) { // "Bay News Staff"
			out = append(out, part)
		}
	}
	return out
}

// beforeMarks takes off what a bar, a dot, a slash or a dash parts from the names:
// in a by-line it is a place, an outlet or a role; machines may be told several
// names so.
func beforeMarks(s string, byLine bool) string {
	s = dashed().ReplaceAllString(s, " | - ")
	parts := barred().Split(s, -1)
	kept := parts[:0:0]
	for i, part := range parts {
		part, dash := strings.CutPrefix(part, "- ")
		switch {
		case strings.TrimSpace(part) == "", len(kept) == 0 && len(parts) > 1 && !strings.Contains(part, ",") && (roleName(part) || outletWord(part)):
		case i > 0 && outletWord(part):
		case len(kept) == 0 && (i == 0 || wholeName(strings.TrimSpace(part))), (!byLine && !dash || len(kept) == 1 && agency(kept[0])) && wholeName(strings.TrimSpace(part)) || and().MatchString(part) || agency(part) || writtenBy().MatchString(part):
			kept = append(kept, withoutBy(strings.TrimSpace(part)))
		}
	}
	if len(kept) == 0 {
		return parts[0] // an outlet and nobody else
	}
	return strings.Join(kept, "; ")
}

// Names takes the names of the authors out of a by-line that readers see.
func Names(byline string) []string { return authors(byline, document.Shown) }

// plainName reports whether a text is two or three names in English letters and
// nothing else, which most are: the expressions below are slow.
func plainName(s string) bool {
	words := 1
	for i := range len(s) {
		c := s[i]
		first := i == 0 || s[i-1] == ' '
		switch {
		case c == ' ':
			if words++; first {
				return false
			}
		case first && (c < 'A' || c > 'Z'), !first && (c < 'a' || c > 'z'):
			return false
		}
	}
	return words > 1 && words < 4 && len(s) < maxName && !slices.ContainsFunc(strings.Fields(s), notOfName) && !noName(s) && !roleName(s) && !agency(s) && !outletWord(s)
}

// notOfName reports whether a word may stand before or behind names and is none.
func notOfName(w string) bool {
	switch w {
	case "More", "About", "Follow", "Twitter", "Facebook", "Sponsored", "Paid", "Advertorial", "Con", "By", "Von", "Par", "Por", "Di", "Da", "Door", "Av", "Af", "Text", "Words", "Story", "Written", "And", "With", "For", "The", "In", "On", "At", "Of", "From", "Und", "Et", "Y", "Och", "Og", "Is", "Was",
		"Photo", "Photos", "Photograph", "Photographs", "Picture", "Image", "Images", "Illustration", "Avatar", "Portrait", "Headshot", "Foto", "Bild", "Video", "Author", "Autor", "Published", "Updated", "Posted", "Reported", "Edited", "Translated":
		return true
	}
	return false
}

// withoutBy takes what stands before the names.
func withoutBy(s string) string {
	for range 2 {
		if m := writtenBy().FindStringSubmatch(s); m != nil {
			s = m[1]
		}
	}
	return s
}

// withoutAddress takes e-mail addresses, handles and links out of a by-line; the
// name in "desk@example.org (Jane Doe)" stays.
func withoutAddress(s string) string {
	if strings.ContainsAny(s, "@<:") || strings.Contains(s, "www.") {
		had := mailed().MatchString(s)
		s = angled().ReplaceAllString(s, "")
		s = mailed().ReplaceAllString(s, " ")
		s = linked().ReplaceAllString(s, " ")
		s = handles().ReplaceAllString(s, " ")
		s = document.Squeeze(s)
		if had && strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
			s = s[1 : len(s)-1]
		}
	}
	return s
}

// withoutDate cuts a by-line where a date or a time begins.
func withoutDate(s string) string {
	if dates := datesIn(s, Locale{}); len(dates) > 0 {
		if dates[0].Start == 0 {
			s = strings.TrimLeft(s[dates[0].End:], " ,|·•-–—")
		} else {
			s = strings.TrimSpace(s[:dates[0].Start])
			if strings.HasSuffix(s, ":") { // Stand: 17.01.2026
				s = s[:strings.LastIndexByte(s, ' ')+1]
			}
		}
	}
	s = clockText().ReplaceAllString(s, "")
	s = elsewhere().ReplaceAllString(s, "")
	return trimWeekday(s)
}

// trimWeekday takes a weekday, and "on" before it, from the end.
func trimWeekday(s string) string {
	for {
		s = strings.TrimRight(s, " ,|·•-–—")
		i := strings.LastIndexByte(s, ' ') + 1
		if last := fold(s[i:]); last == "" || utf8.RuneCountInString(last) > 2 && !names().weekdays[last] || utf8.RuneCountInString(last) <= 2 && last != "on" && last != "am" && last != "le" && last != "el" {
			return s
		}
		s = s[:i]
	}
}

// splitNames separates the names of a by-line, without what stands behind a
// comma and is none: "Jane Doe, Reuters", "Jane Doe, chief correspondent".
func splitNames(s string) []string {
	var out []string
	for _, group := range and().Split(s, -1) {
		parts := strings.Split(group, ",")
		if surnameFirst(parts) {
			out = append(out, strings.TrimSpace(parts[1])+" "+strings.TrimSpace(parts[0]))
			continue
		}
		out = append(out, listed(parts)...)
	}
	return out
}

// listed takes the names out of the parts between commas.
func listed(parts []string) []string {
	var out []string
	affiliation := false // what follows a role is where it is held
	for i, part := range parts {
		part = strings.TrimSpace(part)
		switch {
		case len(out) == 0:
			out = append(out, part)
		case generation(part):
			out[len(out)-1] += " " + part
		case roleName(part):
			affiliation = true
			continue
		case affiliation && (i+1 == len(parts) || !roleName(parts[i+1])):
		case degree(part), outletWord(part), shouted(part) && !shouted(parts[0]):
		case agency(part) && !agency(parts[0]):
		case text.Words(part) == 1 && text.Words(parts[0]) > 1: // a place or a section
		default:
			out = append(out, part)
		}
		affiliation = false
	}
	return out
}

// shouted reports whether the first word of a text is in capitals and no initial:
// what an outlet or an agency is called for short.
func shouted(s string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return utf8.RuneCountInString(first) > 1 && !strings.Contains(first, ".") && first == strings.ToUpper(first) && first != strings.ToLower(first)
}

// surnameFirst reports whether a name is written "Doe, Jane".
func surnameFirst(parts []string) bool {
	if len(parts) != 2 {
		return false
	}
	last, first := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1])
	return len(last) > 1 && len(first) > 1 && text.Words(last) == 1 && (text.Words(first) == 1 || text.Words(first) == 2 && strings.HasSuffix(first, ".")) &&
		capitalised(last) && capitalised(first) && !agency(last) && !agency(first) && !roleName(first) && !generation(first) && !degree(first)
}

func generation(s string) bool {
	switch strings.Trim(s, ".") {
	case "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

func degree(s string) bool {
	switch strings.ToLower(strings.ReplaceAll(s, ".", "")) {
	case "phd", "md", "ma", "msc", "bsc", "ba", "mba", "jd", "llm", "rn", "esq", "dr", "prof":
		return true
	}
	return false
}

// trimName takes brackets, marks, roles and agencies from the ends of a name.
func trimName(s string) string {
	if i := strings.IndexAny(s, "([{"); i > 0 {
		s = s[:i]
	}
	s = strings.TrimPrefix(strings.Trim(s, " ,;:|/•·–—-*\"“”\t()[]{}<>"), "and ")
	for _, sep := range []string{" | ", " - ", " – ", " — ", " • ", " · ", ": "} {
		if before, after, ok := strings.Cut(s, sep); ok {
			s = before
			if roleName(before) {
				s = after
			}
		}
	}
	words := strings.Fields(whereabouts().ReplaceAllString(s, ""))
	for n := min(4, len(words)-2); n > 0; n-- {
		tail := strings.Join(words[len(words)-n:], " ")
		if agency(tail) || roleName(tail) {
			words = words[:len(words)-n]
			break
		}
	}
	for n := min(3, len(words)-2); n > 0; n-- {
		if head := strings.Join(words[:n], " "); roleName(head) {
			words = words[n:]
			break
		}
	}
	s = strings.Join(words, " ")
	if n := utf8.RuneCountInString(s); n > 4 && strings.HasSuffix(s, ".") && !generation(words[len(words)-1]) && len(words[len(words)-1]) > 3 {
		s = strings.TrimSuffix(s, ".")
	}
	return strings.TrimRight(s, " ,;:")
}

// validName reports whether what is left is a name of somebody.
func validName(s string, rank document.Rank) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 && rank > document.Stated || n > maxName || text.Words(s) > maxNameWords || noName(s) {
		return false
	}
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), strings.ContainsRune("@/／＝\\_=<>{}[]\":#%$?!", r):
			return false
		}
	}
	if isDomain(s) && managed(s) || letters*2 < n || strings.Contains(s, ". ") && text.Words(s) > 5 {
		return false
	}
	if rank > document.Stated && sentence(s) {
		return false
	}
	// The name somebody logs in with: "jdoe". In front matter it is what the
	// owner of the file calls the author.
	return rank == document.Stated || capitalised(s) || text.Words(s) > 1 && !allLower(s)
}

// sentence reports whether a text goes on like one and not like a name, in which
// only short words are not capitalised: "van der", "de la".
func sentence(s string) bool {
	words := strings.Fields(s)
	if len(words) > 1 && slices.Contains([]string{"the", "a", "an", "in", "on", "at", "this", "it"}, strings.ToLower(words[0])) {
		return !agency(s)
	}
	for _, w := range words[min(1, len(words)):] {
		if len(w) > 4 && allLower(w) && !strings.ContainsAny(w, "'’-") {
			return true
		}
	}
	return false
}

// capitalised reports whether a name begins with something else than a small
// letter: scripts without cases have none.
func capitalised(s string) bool {
	r := text.FirstRune(s)
	return unicode.IsLetter(r) && !unicode.IsLower(r)
}

// allLower reports whether no letter of a text is a capital, in a script that
// has them.
func allLower(s string) bool { return s == strings.ToLower(s) && s != strings.ToUpper(s) }
