package records

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"parley/corpus/read/document"
)

// names are the keys by which exporters know a field, the plainest first. They
// are compared without case and without what is no letter or digit:
// "publishedAt", "published_at" and "Published at" are one.
type names []string

// The keys of an article's text.
//
// textNames hold the article, wherever they stand. summaryNames hold what it is
// about, and stand in for it when nothing else is there.
var (
	textNames = sync.OnceValue(func() names {
		return names{
			"text", "fulltext", "maintext", "articletext", "plaintext", "textcontent", "contenttext", "bodytext", "cleantext", "storytext",
			"articlebody", "body", "content", "contents", "pagecontent", "article", "story", "document",
			"contenthtml", "bodyhtml", "articlehtml", "contentencoded", "htmlcontent", "html", "rawhtml",
			"contentmarkdown", "bodymarkdown", "bodymd", "markdown", "rawtext", "selftext", "transcript", "paragraphs", "blocks", "sections",
		}
	})
	summaryNames = sync.OnceValue(func() names {
		return names{"description", "summary", "abstract", "excerpt", "snippet", "shortdescription", "leadparagraph", "trailtext", "standfirst"}
	})
)

// fieldNames are the keys of metadata.
var fieldNames = sync.OnceValue(func() map[document.Field]names {
	return map[document.Field]names{
		document.ID:    {"id", "guid", "uuid", "articleid", "docid", "documentid", "storyid", "postid", "identifier"},
		document.Title: {"title", "headline", "articletitle", "webtitle", "heading", "subject", "name"},
		document.Publisher: {
			"publisher", "publication", "outlet", "newspaper", "publishername", "publicationname", "sourcename", "sitename", "source", "site", "website",
			"provider", "origin", "media", "sourcehostname", "sourcedomain", "hostname", "domain",
		},
		document.Author: {"author", "authors", "byline", "creator", "creators", "writer", "writers", "reporter", "journalist", "authorname", "dccreator", "contributors"},
		document.Place:  {"place", "dateline", "location", "contentlocation"},
		document.URL: {
			"url", "link", "canonical", "canonicalurl", "permalink", "weburl", "pageurl", "articleurl", "externalurl", "finalurl", "originalurl",
			"sourceurl", "href", "alternate", "mainentityofpage", "uri",
		},
		document.Published: {
			"date", "published", "publishedat", "datepublished", "publishdate", "publisheddate", "pubdate", "publicationdate", "publishedon",
			"publishedtime", "datepublish", "webpublicationdate", "firstpublished", "firstpublishedat", "publishtime", "dateposted", "posted", "postedat",
			"issued", "articledate", "datetimepub", "datetime", "timestamp", "publishedutc", "createdat", "created", "datecreated", "createdutc", "time",
		},
		document.Updated:  {"updated", "modified", "datemodified", "updatedat", "modifiedat", "lastmodified", "datemodify", "dateupdated", "lastupdated"},
		document.Event:    {"eventdate", "event"},
		document.Language: {"language", "lang", "inlanguage", "languagecode"},
	}
})

// fieldOrder is the order that statements are made in.
func fieldOrder() []document.Field {
	return []document.Field{
		document.ID, document.Title, document.Publisher, document.Author, document.Place, document.URL,
		document.Published, document.Updated, document.Event, document.Language,
	}
}

// wrapperNames are the keys of an object that is the article, with something
// about it beside it; metaNames those of one with the article's metadata.
var (
	wrapperNames = sync.OnceValue(func() names {
		return names{"source", "fields", "attributes", "node", "article", "item", "post", "story", "entry", "doc", "document", "record", "page", "data", "content"}
	})
	metaNames  = sync.OnceValue(func() names { return names{"metadata", "meta", "info"} })
	otherNames = sync.OnceValue(func() names { return names{"draft", "isdraft", "status", "poststatus", "version", "type"} })
)

// skippedNames are the keys of lists beside an article whose texts are not
// articles.
var skippedNames = sync.OnceValue(func() names {
	return names{"comments", "replies", "responses", "related", "tags", "authors", "media", "images", "attachments"}
})

// has reports whether a folded key is one of the names.
func (n names) has(folded string) bool { return slices.Contains(n, folded) }

// role is what a key stands for: a field and the place of the key among those
// for it.
type role struct {
	field document.Field
	place int
}

// The roles that are no metadata.
const (
	textField    document.Field = "text"
	summaryField document.Field = "summary"
	otherField   document.Field = "other" // says something about the record itself
)

// roles finds the role of a folded key.
var roles = sync.OnceValue(func() map[string]role {
	out := make(map[string]role)
	for field, keys := range fieldNames() {
		for i, key := range keys {
			out[key] = role{field, i}
		}
	}
	for _, keys := range []names{otherNames(), wrapperNames(), metaNames()} {
		for _, key := range keys {
			if _, known := out[key]; !known {
				out[key] = role{otherField, 0}
			}
		}
	}
	for i, key := range textNames() {
		out[key] = role{textField, i}
	}
	for i, key := range summaryNames() {
		out[key] = role{summaryField, i}
	}
	return out
})

// last is a place behind those of all keys that have one.
const last = 1 << 10

// roleOf finds the role of a key with its value: exporters give an address where
// others name an outlet, and a number where others give an address.
func roleOf(folded string, v value) role {
	r := roles()[folded]
	switch r.field {
	case document.Publisher, document.Place, document.ID:
		if folded != "id" && folded != "guid" && isAddress(v.String()) {
			return role{document.URL, last + r.place}
		}
	case document.URL:
		if folded == "uri" && !isAddress(v.String()) {
			return role{document.ID, last + r.place}
		}
	}
	return r
}

func isAddress(s string) bool {
	return len(s) > len("http://") && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://"))
}

// fold makes one spelling of the spellings of a key.
func fold(key string) string {
	plain := true
	for i := range len(key) {
		if c := key[i]; c < 'a' || c > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return key
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, key)
}
