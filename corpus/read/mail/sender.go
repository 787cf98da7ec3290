package mail

import (
	"fmt"
	"slices"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// statements are what the header states, and that of a message which it forwards in
// place of its own.
func statements(h header, s subject, inner *forwardedHeader) []document.Statement {
	out := inner.statements()
	states := func(field document.Field) bool {
		return slices.ContainsFunc(out, func(s document.Statement) bool { return s.Field == field })
	}
	title, date := !states(document.Title), !states(document.Published)
	add := func(field document.Field, name, value string, rank document.Rank) {
		if value = strings.Join(strings.Fields(value), " "); document.OneLine(value) == "" {
			return
		}
		f, _ := h.field(name)
		out = append(out, document.Statement{Field: field, Value: value, From: fmt.Sprintf("header %q", canonical(name)), Rank: rank, Line: f.line})
	}
	add(document.ID, "message-id", strings.Trim(h.get("message-id"), "<> "), document.Stated)
	if title {
		add(document.Title, "subject", s.text, document.Stated)
	}
	if date {
		add(document.Published, "date", h.get("date"), document.Stated)
	}
	add(document.URL, "archived-at", strings.Trim(h.get("archived-at"), "<> "), document.Stated)
	for _, name := range []string{"x-original-url", "list-archive"} {
		if s := strings.Trim(h.get(name), "<> "); name == "x-original-url" && strings.HasPrefix(s, "http") {
			add(document.URL, name, s, document.Stated)
		}
	}
	add(document.Language, "content-language", h.get("content-language"), document.Stated)
	add(document.Publisher, "organization", h.get("organization"), document.Stated)
	add(document.Publisher, "list-id", listName(h.get("list-id")), document.Stated)
	if inner != nil {
		return out
	}
	person, address := h.address("from")
	author, paper := senders(person, address, isNewsletter(h))
	add(document.Author, "from", author, document.Stated)
	add(document.Publisher, "from", paper, document.Stated)
	if _, domain, ok := strings.Cut(address, "@"); ok && isNewsletter(h) {
		add(document.Publisher, "from", domain, document.Implied)
	}
	return out
}

// isNewsletter reports whether a message went to subscribers who cannot answer
// to all of them.
func isNewsletter(h header) bool {
	_, leave := h.field("list-unsubscribe")
	post, isList := h.field("list-post")
	return leave && (!isList || strings.EqualFold(strings.TrimSpace(post.value), "NO"))
}

// listName is the name of a list: what stands before its identifier.
func listName(id string) string {
	name, _, ok := strings.Cut(id, "<")
	if !ok {
		return ""
	}
	return strings.Trim(strings.TrimSpace(name), `"'`)
}

// statements are what the header of a forwarded message states.
func (h *forwardedHeader) statements() []document.Statement {
	if h == nil {
		return nil
	}
	var out []document.Statement
	add := func(field document.Field, name, value string) {
		if value = document.OneLine(value); value != "" {
			out = append(out, document.Statement{Field: field, Value: value, From: fmt.Sprintf("forwarded header %q", canonical(name)), Rank: document.Stated, Line: h.fields[name].Line})
		}
	}
	add(document.Title, subjectField, subjectOf(h.fields[subjectField].Text).text)
	add(document.Published, dateField, strings.Replace(h.fields[dateField].Text, " at ", " ", 1))
	person, address := h.sender()
	author, paper := senders(person, address, false)
	add(document.Author, fromField, author)
	add(document.Publisher, fromField, paper)
	return out
}

// newsletterWords end the names of newsletters, beside those of outlets.
func newsletterWords() []string {
	return []string{
		"briefing", "brief", "newsletter", "letter", "digest", "update", "updates", "bulletin", "dispatch", "roundup", "round-up", "alert", "alerts", "report", "review", "insider", "wrap",
		"memo", "edition", "headlines", "notes", "monitor", "courier", "mail", "sun", "globe", "guardian", "observer", "chronicle", "star", "echo", "standard", "morning", "evening", "weekend",
	}
}

// senders tells who wrote a message and what paper it is, by the name and the
// address that it comes from: "Ada Holm at The Gazette" names both, "The Gazette
// Briefing" a paper. What went to subscribers is a paper's where its domain has a
// word of the name, unless the address is somebody's.
func senders(name, address string, newsletter bool) (author, paper string) {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		return "", ""
	}
	for _, between := range []string{" at ", " from ", " | ", ", "} {
		if author, paper, ok := strings.Cut(name, between); ok && strings.Contains(author, " ") && (newsletter || likeOutlet(paper)) {
			return strings.TrimSpace(author), strings.TrimSpace(paper)
		}
	}
	if likeOutlet(name) {
		return "", name
	}
	if !newsletter {
		return name, ""
	}
	known := 0
	for _, w := range words {
		const short = 4 // letters of a word that a domain may have by chance
		if w = strings.Trim(w, "’'.,"); len(w) >= short && strings.Contains(domain, w) {
			known++
		}
	}
	switch {
	case len(words) < 2 || strings.ContainsAny(name, "&0123456789"):
		return "", name
	case known == len(words): // someone's own
		return name, name
	case known > 0 && !isSomebodys(local, words):
		return "", name
	}
	return name, ""
}

// likeOutlet reports whether a name is one of an outlet or a newsletter.
func likeOutlet(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	return metadata.LikeOutlet(name) || len(words) > 1 && slices.Contains(newsletterWords(), words[len(words)-1])
}

// isSomebodys reports whether an address is of a name: "ada", "ada.holm", "aholm".
func isSomebodys(local string, words []string) bool {
	parts := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' || r == '-' || r == '+' })
	first, last := words[0], words[len(words)-1]
	return slices.ContainsFunc(parts, func(p string) bool { return p == first || p == last || p == first[:1]+last || p == first+last })
}
