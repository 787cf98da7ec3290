package metadata

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// maxOutletWords is the length of an outlet's name: "The Journal of the Royal
// Society of Arts".
const maxOutletWords = 8

// publisher takes the first name of an outlet. One that is a domain or a
// company's waits: a worse source may know what readers call it. The domain of the address is the last resort,
// so that a reader sees where a report is from.
func (r *resolver) publisher() {
	type site struct{ name, from string }
	var waiting []site
	for _, s := range r.stated[document.Publisher] {
		name := outletName(s.Value, s.Rank)
		switch {
		case name == "":
			r.refuse(s, "publisher %q is not taken for the name of an outlet", brief(s.Value))
		case s.Rank > document.Stated && r.titled(name) > 1: // the title where the name should be
		case isDomain(name) && s.Rank > document.Stated:
			waiting = append(waiting, site{strings.TrimPrefix(strings.ToLower(name), "www."), s.From})
		case isCompany(name) && s.Rank > document.Stated, s.Rank == document.Implied: // of a dateline: an agency
			waiting = append(waiting, site{name, s.From})
		default:
			r.take(&r.Publisher, document.Publisher, name, s.From)
			return
		}
	}
	r.cuts = r.suffixes()
	for _, c := range r.cuts {
		name := outletName(c, document.Implied)
		if isDomain(name) {
			waiting = append(waiting, site{strings.TrimPrefix(strings.ToLower(name), "www."), "end of the title"})
		} else if name != "" && text.Words(name) <= maxOutletShape {
			r.take(&r.Publisher, document.Publisher, name, "end of the title")
			return
		}
	}
	for i, s := range r.stated[document.Title] {
		if name := r.prefix(i, s); name != "" {
			r.take(&r.Publisher, document.Publisher, name, "start of the title")
			return
		}
	}
	for i, w := range waiting { // of a domain and what readers call it, that
		if i > 0 && !isDomain(w.name) && isDomain(waiting[0].name) && sameOutlet(w.name, waiting[0].name) {
			waiting[0] = w
		}
	}
	if len(waiting) > 0 {
		r.take(&r.Publisher, document.Publisher, waiting[0].name, waiting[0].from)
		return
	}
	if d := domain(r.URL); d != "" {
		r.take(&r.Publisher, document.Publisher, d, fromAddress)
	}
}

// prefix is the name of an outlet that stands before a colon in the title element,
// where what follows is a title by another statement: "The Ellery Post: Ferry closes".
func (r *resolver) prefix(i int, s document.Statement) string {
	front, back, ok := cutFirst(r.titles[i])
	if !ok || s.Rank != document.Implied || section(front) || isDomain(front) {
		return ""
	}
	for j, other := range r.stated[document.Title] {
		if other.Rank > document.Stated && other.Rank <= document.Shown && key(r.titles[j]) == key(back) {
			return outletName(front, s.Rank)
		}
	}
	return ""
}

// section reports whether a text names a part of an outlet or a kind of article.
func section(s string) bool {
	switch fold(s) {
	case "opinion", "comment", "editorial", "analysis", "news", "sport", "sports", "politics", "business", "culture", "arts", "features", "feature", "review", "reviews", "interview", "interviews", "video", "videos", "watch", "listen", "live", "live blog", "live updates",
		"exclusive", "breaking", "breaking news", "latest", "update", "updated", "column", "columns", "letter", "letters", "obituary", "obituaries", "podcast", "photos", "pictures", "in pictures", "gallery", "world", "local", "national", "international", "europe", "uk", "us",
		"science", "health", "technology", "tech", "education", "environment", "climate", "weather", "travel", "food", "lifestyle", "life", "money", "finance", "economy", "property", "jobs", "books", "music", "film", "tv", "style", "profile", "explainer", "explained", "fact check", "report", "special report", "investigation", "q&a", "quiz", "recipe", "poll", "press release":
		return true
	}
	return false
}

// titled counts the statements by which a name is the article's title.
func (r *resolver) titled(name string) int {
	n := 0
	for _, t := range r.titles {
		if key(t) == key(name) {
			n++
		}
	}
	return n
}

// outletName is the name of an outlet in a statement, or nothing. What the file
// itself calls its outlet is not cut.
func outletName(value string, rank document.Rank) string {
	s := document.OneLine(document.Unescape(value))
	if strings.HasPrefix(s, "@") || strings.ContainsAny(s, "<>{}=") {
		return ""
	}
	if u, ok := cleanURL(s); ok {
		// Some pages have the address of the outlet where its name should be.
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	if strings.Contains(s, "://") || strings.Contains(s, "@") && !strings.Contains(s, " ") {
		return ""
	}
	s = strings.Trim(strings.TrimLeft(s, "©® "), " |·•:–—-")
	for _, sep := range separators() {
		front, rest, ok := strings.Cut(s, sep)
		if !ok || rank == document.Stated {
			continue
		}
		// "The Ellery Post | News, sport, weather", "Home - The Ellery Post"
		s = front
		if noOutlet(front) {
			s = rest
		}
	}
	if s = strings.TrimSpace(s); noOutlet(s) || text.Words(s) > maxOutletWords || !hasLetter(s) {
		return ""
	}
	return s
}

// isDomain reports whether a name is the domain of a site.
func isDomain(s string) bool {
	return !strings.Contains(s, " ") && strings.Contains(strings.Trim(s, "."), ".") && domain("https://"+s+"/") != "" && !strings.HasSuffix(s, ".")
}

// isCompany reports whether a name ends in the legal form of a company.
func isCompany(s string) bool {
	words := strings.Fields(fold(s))
	if len(words) < 2 {
		return false
	}
	switch strings.ReplaceAll(strings.Trim(words[len(words)-1], ".,()"), ".", "") {
	case "gmbh", "mbh", "ag", "kg", "se", "inc", "llc", "ltd", "limited", "plc", "corp", "corporation", "sa", "srl", "spa", "bv", "nv", "ab", "oy", "sro", "zrt", "kft", "sarl", "sas":
		return true
	}
	return false
}
