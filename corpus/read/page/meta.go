package page

import (
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
)

// metaNames are the names of meta elements, in lower case, that state a field of
// the page's article; of two the one that stands further ahead counts.
func metaNames() []struct {
	field document.Field
	names []string
} {
	return []struct {
		field document.Field
		names []string
	}{
		{document.Title, []string{
			"og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title", "title", "hdl",
		}},
		{document.Publisher, []string{
			"og:site_name", "article:publisher_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "application-name",
			"apple-mobile-web-app-title", "cre", "copyright-holder",
		}},
		{document.Author, []string{
			"author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator",
			"dc.contributor", "byl", "byline", "authors", "twitter:creator", "article:author_name",
		}},
		{document.Published, []string{
			"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "citation_publication_date", "citation_online_date",
			"citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.available", "dc.date", "dcterms.date",
			"parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publishdate", "publish_date", "published-date", "published_date",
			"pubdate", "ptime", "article.published", "article:published", "article.created", "bt:pubdate", "rnews:datepublished", "originalpublicationdate",
			"release_date", "displaydate", "created", "date_published", "date", "dat", "cxenseparse:recs:publishtime", "probe:publishtime",
		}},
		{document.Updated, []string{
			"article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "last-modified",
			"lastmod", "utime", "article.updated", "revised", "bt:moddate", "updated", "date_modified",
		}},
		{document.URL, []string{"og:url", "citation_public_url", "dc.identifier.url", "twitter:url", "parsely-link", "syndication-source", "original-source"}},
		{document.Language, []string{"dc.language", "dcterms.language", "citation_language", "language", "og:locale", "content-language"}},
		{document.Place, []string{"article:dateline", "dateline", "parsely-dateline"}},
	}
}

// metaElement is a meta element with something in it.
type metaElement struct{ name, content string }

// metaOf reads a meta element; ok is false for one that says nothing.
func metaOf(n *html.Node) (m metaElement, ok bool) {
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if m.name = strings.ToLower(strings.TrimSpace(attr(n, key))); m.name != "" {
			break
		}
	}
	if m.content = strings.TrimSpace(attr(n, "content")); m.content == "" {
		m.content = strings.TrimSpace(attr(n, "value"))
	}
	return m, m.name != "" && m.content != ""
}

// metaStatements are what the page's meta elements state.
func metaStatements(elements []metaElement) []document.Statement {
	byName := make(map[string][]metaElement)
	for _, m := range elements {
		byName[m.name] = append(byName[m.name], m)
	}
	var out []document.Statement
	for _, f := range metaNames() {
		for _, name := range f.names {
			for _, m := range byName[name] {
				out = append(out, document.Statement{Field: f.field, Value: m.content, From: "meta " + name, Rank: document.Declared})
			}
		}
	}
	return out
}
