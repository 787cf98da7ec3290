package metadata

import (
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

// key keeps the letters and digits of a name, in lower case and without accents:
// equal for "The Ellery Post" and "the-ellery-post".
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold(s))
}

// outletKey is the key of an outlet's name without what outlets are also called
// without: the article and the domain.
func outletKey(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
	if !strings.Contains(s, " ") {
		if i := strings.IndexByte(s, '.'); i > 2 {
			s = strings.TrimPrefix(s[:i], "the")
		}
	}
	return key(s)
}

// sameOutlet reports whether two names are of one outlet.
func sameOutlet(a, b string) bool {
	x, y := outletKey(a), outletKey(b)
	return x != "" && x == y
}

// noName reports whether a text stands where a name should and is none: the
// account of a system, a desk, a label.
func noName(s string) bool {
	k := strings.Trim(fold(s), " .:-–—")
	switch k {
	case "", "admin", "administrator", "administrador", "root", "user", "username", "user name", "guest", "guest author", "guest contributor", "guest post", "anonymous", "anonym", "anon", "unknown", "unbekannt",
		"none", "null", "nil", "n/a", "na", "undefined", "nan", "false", "true", "test", "demo", "default", "webmaster", "web master", "postmaster", "support", "info", "contact", "author", "authors", "author name",
		"the author", "about the author", "autor", "autorin", "auteur", "name", "your name", "first last", "firstname lastname", "first name", "last name", "by", "staff", "the staff", "our staff", "editor", "editors", "the editor", "the editors",
		"wordpress", "wp", "wpadmin", "wp admin", "super user", "superuser", "site admin", "website", "home", "view all posts", "view profile", "follow", "follow us", "read more", "contributor", "contributors", "redaktion", "redaktionen",
		"redacao", "redaccion", "redazione", "la redaction", "redaction", "redactie", "redakcja", "redakce", "redakcia", "toimitus", "редакция", "редакціа", "editorial", "newsroom", "desk", "press release", "pressemitteilung",
		"facebook", "twitter", "linkedin", "instagram", "youtube", "google", "google news", "rss", "email", "e-mail", "share", "print", "various", "various authors", "multiple authors", "et al", "others", "more", "agencies", "agency", "agenturen", "wire", "wires",
		"news", "blog", "blogger", "posts", "article", "opinion", "sponsored", "advertisement", "microsoft office user", "windows user", "owner", "hp", "dell", "lenovo", "acer", "pc", "benutzer", "usuario", "utilisateur":
		return true
	}
	for _, end := range []string{" says", " sagt", " said", " dit", " dice", " more posts", "weitere artikel", " profile", " profil", "view all"} {
		if strings.HasSuffix(k, end) || strings.HasPrefix(k, end) { // of a comment, of a list
			return true
		}
	}
	return strings.HasPrefix(k, "view all ") || deskName(k)
}

// outletWord reports whether a text ends like the name of an outlet.
func outletWord(s string) bool {
	words := strings.Fields(fold(s))
	if len(words) < 2 {
		return false
	}
	switch words[len(words)-1] {
	case "news", "media", "times", "post", "press", "journal", "radio", "tv", "magazine", "network", "herald", "tribune", "gazette", "agency", "service", "services", "today", "business", "daily", "weekly", "online", "zeitung", "nachrichten", "presse", "university", "institute", "group", "inc", "ltd", "llc", "gmbh":
		return true
	}
	return false
}

// deskName reports whether a folded text names a group of an outlet and nobody:
// "Web Desk", "Post Staff Writers", "Editorial Board".
func deskName(k string) bool {
	words := strings.Fields(k)
	if len(words) < 2 {
		return false
	}
	switch words[len(words)-1] {
	case "desk", "staff", "team", "newsroom", "bureau", "editors", "editorial", "agencies", "admin", "board", "department", "correspondents", "reporters", "writers", "redaktion", "reports", "online":
		return true
	case "writer", "reporter", "correspondent", "editor", "contributor":
		return roleName(k)
	}
	switch words[0] {
	case "our", "staff", "editorial", "redaktion", "redakcja", "редакция", "redaccion", "redacao", "redazione", "redaction", "redactie", "pressestelle":
		return true
	}
	return false
}

// roleName reports whether a text says what somebody does: "Chief Political
// Correspondent", "BBC News science editor".
func roleName(s string) bool {
	words := strings.Fields(strings.Trim(fold(s), " ."))
	if len(words) == 0 || len(words) > 7 {
		return false
	}
	last := words[len(words)-1]
	for i, w := range words {
		if i > 0 && (w == "at" || w == "for" || w == "in" || w == "of" || w == "on") {
			last = words[i-1]
			break
		}
	}
	switch strings.Trim(last, ",.") {
	case "correspondent", "reporter", "writer", "editor", "columnist", "contributor", "journalist", "chief", "analyst", "producer", "blogger", "critic", "intern", "fellow",
		"professor", "lecturer", "researcher", "director", "ceo", "founder", "author", "staff", "photographer", "redakteur", "redakteurin", "korrespondent", "korrespondentin",
		"journaliste", "periodista", "giornalista", "reporterin", "freelance", "freelancer", "editor-in-chief", "co-founder", "senior", "presenter", "anchor", "strategist", "economist", "bureau":
		return true
	}
	return false
}

// noOutlet reports whether a text names no outlet but a page, a system or a network.
func noOutlet(s string) bool {
	switch strings.Trim(fold(s), " .:-–—|") {
	case "", "home", "homepage", "home page", "start", "startseite", "accueil", "inicio", "index", "main", "welcome", "wordpress", "wordpress.com", "blogger", "drupal", "joomla", "joomla!", "squarespace", "wix", "my site", "my website", "my blog", "mysite", "website", "site", "site name", "sitename", "blog", "blogs",
		"untitled", "null", "none", "undefined", "false", "true", "n/a", "unknown", "facebook", "twitter", "x", "youtube", "instagram", "linkedin", "google", "google news", "just another wordpress site", "publisher", "company", "example", "default", "localhost", "articles", "article", "news", "press", "news & press", "latest news":
		return true
	}
	return false
}

// untitled reports whether a text stands where a title should and is none: what
// programs call files and pages that nobody named.
func untitled(s string) bool {
	k := strings.Trim(fold(s), " .:-–—|")
	switch k {
	case "", "untitled", "untitled document", "untitled page", "untitled-1", "no title", "ohne titel", "unbenannt", "sans titre", "sin titulo", "senza titolo", "bez nazwy", "title", "titel", "document", "document1", "dokument1", "new document", "neues dokument", "page title",
		"home", "homepage", "home page", "index", "startseite", "accueil", "inicio", "null", "none", "undefined", "n/a", "powerpoint presentation", "presentation1", "blank page", "microsoft word", "404", "404 not found", "page not found", "not found", "error", "access denied", "just a moment", "loading":
		return true
	}
	return strings.HasPrefix(k, "microsoft word - ") || strings.HasPrefix(k, "http://") || strings.HasPrefix(k, "https://") || text.Words(k) == 1 && fileName(k)
}

// fileName reports whether a word ends like the name of a file.
func fileName(s string) bool {
	for _, end := range []string{".doc", ".docx", ".pdf", ".odt", ".rtf", ".txt", ".indd", ".tex", ".htm", ".html", ".md", ".dvi", ".ps", ".qxd", ".pages", ".xls", ".xlsx"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
