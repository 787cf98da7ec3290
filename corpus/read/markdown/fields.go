package markdown

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// key is a name that front matter has for a field. Of the names for one field the
// earlier counts. Those of generators (Hugo, Jekyll, Ghost), of notebooks
// (Obsidian and its clipper), and of Pandoc are among them.
type key struct {
	name  string // lower case, "_" for blanks and hyphens
	field document.Field
	rank  document.Rank
}

// keys are all names, in their order.
var keys = sync.OnceValue(listKeys)

// listKeys lists them. "created" may be when a page was clipped, so that it counts
// after every other date; "slug" is no ID, for the texts of two folders may have
// one.
func listKeys() []key {
	var out []key
	add := func(field document.Field, rank document.Rank, names ...string) {
		for _, name := range names {
			out = append(out, key{name, field, rank})
		}
	}
	add(document.ID, document.Stated, "id", "uid", "guid", "uuid")
	add(document.Title, document.Stated, "title", "headline")
	add(document.Publisher, document.Stated, "publisher", "publication", "outlet", "newspaper", "site_name", "sitename", "site", "website", "source")
	add(document.Author, document.Stated, "author", "authors", "byline", "by", "creator", "creators", "writer")
	add(document.Place, document.Stated, "place", "dateline", "location", "city")
	add(document.URL, document.Stated, "url", "canonical_url", "canonical", "canonicalurl", "source_url", "original_url", "permalink", "link", "source")
	add(document.Published, document.Stated, "published", "published_at", "publishedat", "pubdate", "pub_date", "publishdate", "publish_date", "date_published",
		"datepublished", "published_date", "publication_date", "issued", "date")
	add(document.Published, document.Declared, "created", "created_at", "date_created", "datecreated")
	add(document.Updated, document.Stated, "updated", "updated_at", "last_modified", "last_modified_at", "lastmod", "modified", "date_modified", "datemodified",
		"last_updated")
	add(document.Event, document.Stated, "event_date", "eventdate")
	add(document.Language, document.Stated, "lang", "language", "locale")
	return out
}

// inner are keys under which generators keep a site's own keys.
func inner(name string) bool {
	return name == "params" || name == "extra" || name == "metadata" || name == "meta"
}

// keyName is a key as [keys] has it.
func keyName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(s))
}

// state makes statements of the front matter, and refuses an article that it says
// is not published.
func (f *front) state(d *document.Document, now time.Time) {
	all := f.flat()
	for _, k := range keys() {
		for _, one := range all {
			if one.name == k.name {
				f.statement(d, k, one)
			}
		}
	}
	d.Warnings = f.notes
	d.Refused = refused(all, now)
}

// located is a field with its path from the top: "params.author".
type located struct {
	field
	name string // the key alone, as [keys] has it
	path string
}

// flat are the fields, those of inner keys after the others.
func (f *front) flat() []located {
	var out, under []located
	for _, one := range f.fields {
		out = append(out, located{one, keyName(one.key), one.key})
		if one.value.kind == mapping && inner(keyName(one.key)) {
			for _, sub := range one.value.fields {
				under = append(under, located{sub, keyName(sub.key), one.key + "." + sub.key})
			}
		}
	}
	return append(out, under...)
}

func (f *front) statement(d *document.Document, k key, one located) {
	var values []string
	switch v := one.value; {
	case v.kind == endless:
		f.note(one.line, fmt.Sprintf("has more than %d values under %q: it was left out", maxValues, one.path))
	case k.field == document.Author:
		values = names(v)
		if len(values) == 0 && v.kind != none {
			f.note(one.line, fmt.Sprintf("has no name under %q: write it as a text", one.path))
		}
	case v.kind == scalar:
		values = []string{v.text}
	case v.kind == mapping && (k.field == document.Publisher || k.field == document.Place):
		values = under(v, "name", "title")
		if len(values) == 0 {
			f.note(one.line, fmt.Sprintf("has no name under %q: it was left out", one.path))
		}
	case v.kind == list || v.kind == mapping:
		f.note(one.line, fmt.Sprintf("has %s under %q where one text belongs: it was left out", v.kind, one.path))
	}
	for _, s := range values {
		if s = strings.TrimSpace(s); s != "" && fits(k, s) {
			d.Statements = append(d.Statements, document.Statement{
				Field: k.field, Value: unlinked(s), From: fmt.Sprintf("front matter %q", one.path), Rank: k.rank, Line: one.line,
			})
		}
	}
}

// String is what people call a kind of value.
func (k valueKind) String() string {
	return [...]string{"nothing", "a text", "a list", "keys of its own", "values without end"}[k]
}

// fits reports whether a value is of the sort that a key has: "published" may be
// a date or yes or no, "source" an outlet or an address, "permalink" a path in the
// site.
func fits(k key, s string) bool {
	switch k.field {
	case document.Published, document.Updated:
		return !isBool(s)
	case document.URL:
		return isAddress(s)
	case document.Publisher:
		return !isAddress(s) && !strings.HasPrefix(s, "/")
	}
	return true
}

func isBool(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off":
		return true
	}
	return false
}

func isAddress(s string) bool {
	u, err := url.Parse(unlinked(s))
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// unlinked is the label of a value that is a link of a notebook or of Markdown.
func unlinked(s string) string {
	s = wikiLink().ReplaceAllStringFunc(s, wikiLabel)
	if m := plainLink().FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}

var plainLink = text.Pattern(`^\[([^\[\]]+)\]\([^()\s]+\)$`)

// names are the names of authors: a text, a list of texts, keys with a name, or a
// list of those. E-mail addresses are no names.
func names(v value) []string {
	var out []string
	switch v.kind {
	case scalar:
		s := mail().ReplaceAllString(v.text, "")
		if s = strings.Trim(s, " ,;\t\n"); s != "" {
			return []string{s}
		}
	case list:
		for _, one := range v.list {
			if one.kind != list {
				out = append(out, names(one)...)
			}
		}
	case mapping:
		if out = under(v, "name", "display_name", "full_name", "fullname", "title"); len(out) > 0 {
			return out[:1]
		}
		first, last := under(v, "given", "first", "first_name", "firstname"), under(v, "family", "last", "last_name", "lastname")
		if len(first) > 0 || len(last) > 0 {
			return []string{strings.Join(append(first, last...), " ")}
		}
		if len(v.fields) == 1 && v.fields[0].value.kind == mapping { // the name is the key
			return []string{v.fields[0].key}
		}
	}
	return out
}

var mail = text.Pattern(`[<(\[]?\s*(mailto:)?[\w.+-]+@[\w-]+(\.[\w-]+)+\s*[>)\]]?`)

// under are the texts that a mapping has under the first of some names it has.
func under(v value, of ...string) []string {
	for _, name := range of {
		for _, f := range v.fields {
			switch {
			case keyName(f.key) != name:
			case f.value.kind == scalar && f.value.text != "":
				return []string{f.value.text}
			case f.value.kind == mapping:
				return names(f.value)
			}
		}
	}
	return nil
}

// refused says why front matter keeps its article back, empty when it does not.
func refused(all []located, now time.Time) string {
	for _, f := range all {
		v := strings.ToLower(strings.TrimSpace(f.value.text))
		no, yes := v == "false" || v == "no" || v == "off", v == "true" || v == "yes" || v == "on"
		switch name := f.name; {
		case name == "draft" && yes, (name == "status" || name == "post_status") && v == "draft":
			return fmt.Sprintf("is a draft: its front matter says %q", f.path+": "+f.value.text)
		case (name == "published" || name == "publish") && no,
			name == "status" && (v == "private" || v == "pending" || v == "unpublished" || v == "future" || v == "scheduled"):
			return fmt.Sprintf("is not published: its front matter says %q", f.path+": "+f.value.text)
		}
	}
	for _, f := range all {
		for _, k := range keys() {
			if k.field != document.Published || k.rank != document.Stated || k.name != f.name || f.value.kind != scalar {
				continue
			}
			if day := metadata.ToCome(f.value.text, now); day != "" {
				return fmt.Sprintf("is not published yet: its front matter has the date %s", day)
			}
		}
	}
	return ""
}
