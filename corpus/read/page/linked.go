package page

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"parley/corpus/read/document"
)

// maxLinked is the size of a script of JSON-LD that is read, in bytes. Those of
// an article have some KB, with its whole text under 1 MB.
const maxLinked = 2 << 20

// maxLinkedDepth is how deep objects of JSON-LD are looked into.
const maxLinkedDepth = 12

// object is an object of JSON-LD.
type object map[string]any

// linked is what the scripts of JSON-LD of a page say.
type linked struct {
	articles []object          // that stand for themselves, not as a part of another thing
	pages    []object          // of the page itself
	lists    int               // items of lists of articles
	ids      map[string]object // by @id
}

// add reads a script.
func (l *linked) add(script string) {
	if len(script) > maxLinked {
		return
	}
	v, ok := parseLinked(script)
	if !ok {
		return
	}
	if l.ids == nil {
		l.ids = make(map[string]object)
	}
	l.collect(v, 0)
	l.index(v, 0)
}

// parseLinked reads JSON as pages have it: in comments, with line ends in its
// strings, several values in a row.
func parseLinked(s string) (any, bool) {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, cut))
	}
	for _, cut := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, cut))
	}
	read := func(s string) (any, bool) {
		var all []any
		d := json.NewDecoder(strings.NewReader(s))
		for d.More() {
			var v any
			if d.Decode(&v) != nil {
				return all, len(all) > 0
			}
			all = append(all, v)
		}
		return all, len(all) > 0
	}
	if v, ok := read(s); ok {
		return v, true
	}
	return read(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s))
}

// collect finds the things that a script is about. It goes into arrays, graphs
// and what a page or a site is mainly about, not into what belongs to another
// thing: an item of a list, a video's or a comment's article are not the page's.
func (l *linked) collect(v any, depth int) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.collect(e, depth+1)
		}
	case map[string]any:
		o := object(v)
		switch {
		case o.is(isArticleType):
			l.articles = append(l.articles, o)
		case o.is(isPageType):
			l.pages = append(l.pages, o)
		case o.is(isListType):
			if items, ok := o["itemListElement"].([]any); ok {
				l.lists += len(items)
			}
			return
		}
		l.collect(v["@graph"], depth+1)
		if o.is(isPageType) {
			l.collect(v["mainEntity"], depth+1)
		}
	}
}

// index remembers objects by their @id.
func (l *linked) index(v any, depth int) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.index(e, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			l.ids[id] = v
		}
		for _, e := range v {
			l.index(e, depth+1)
		}
	}
}

func (o object) is(fits func(string) bool) bool {
	switch t := o["@type"].(type) {
	case string:
		return fits(t)
	case []any:
		for _, e := range t {
			if s, ok := e.(string); ok && fits(s) {
				return true
			}
		}
	}
	return false
}

// isArticleType reports whether schema.org has articles under a type.
func isArticleType(t string) bool {
	t = t[strings.LastIndexAny(t, "/#:")+1:]
	switch t {
	case "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
		"ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "TechArticle", "Report",
		"BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Posting":
		return true
	}
	return false
}

func isPageType(t string) bool {
	t = t[strings.LastIndexAny(t, "/#:")+1:]
	return t == "WebPage" || t == "ItemPage" || t == "FAQPage" || t == "AboutPage" || t == "CollectionPage"
}

func isListType(t string) bool {
	t = t[strings.LastIndexAny(t, "/#:")+1:]
	return t == "ItemList" || t == "CollectionPage" || t == "Blog" || t == "DataFeed"
}

// article is the page's own article among those of its JSON-LD: the one whose
// address is the page's, else the one of the page's title, else the only one if
// it is of no other address.
func (l *linked) article(addresses, titles []string) object {
	var fits []object
	for _, a := range l.articles {
		own := a.addresses()
		if len(own) > 0 && len(addresses) > 0 && slices.ContainsFunc(own, func(u string) bool { return slices.Contains(addresses, samePage(u)) }) {
			return a
		}
		headline := keyOf(a.text("headline", "name"))
		if headline != "" && slices.ContainsFunc(titles, func(t string) bool {
			return strings.Contains(t, headline) || len(t) > 20 && strings.Contains(headline, t)
		}) {
			return a
		}
		foreign := len(own) > 0 && len(addresses) > 0
		if !foreign || headline == "" {
			fits = append(fits, a)
		}
	}
	if len(fits) == 1 && len(l.articles) == 1 {
		return fits[0]
	}
	return nil
}

// alike are the objects of an article, itself among them: of its headline, and of
// one of its addresses if they state any.
func (l *linked) alike(own object) []object {
	var out []object
	headline, addresses := keyOf(own.text("headline", "name")), own.addresses()
	for i := range addresses {
		addresses[i] = samePage(addresses[i])
	}
	for _, a := range l.articles {
		theirs := a.addresses()
		switch {
		case headline == "" || keyOf(a.text("headline", "name")) != headline:
		case len(theirs) == 0 || len(addresses) == 0 || slices.ContainsFunc(theirs, func(u string) bool { return slices.Contains(addresses, samePage(u)) }):
			out = append(out, a)
		}
	}
	return out
}

// live reports whether an article is a live report by one of its objects.
func (l *linked) live(own object) bool {
	is := func(o object) bool {
		return o.is(func(t string) bool { return strings.HasSuffix(t, "LiveBlogPosting") })
	}
	return is(own) || slices.ContainsFunc(l.alike(own), is)
}

// addresses are what an article says of its page.
func (o object) addresses() []string {
	var out []string
	for _, key := range []string{"url", "@id", "mainEntityOfPage"} {
		switch v := o[key].(type) {
		case string:
			out = append(out, v)
		case map[string]any:
			for _, k := range []string{"@id", "url"} {
				if s, ok := v[k].(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return !strings.HasPrefix(s, "http") && !strings.HasPrefix(s, "/") })
}

// samePage is an address without what does not tell pages apart.
func samePage(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return s
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.Path, "/") + "?" + u.RawQuery
}

// text is the first of some properties that is a text.
func (o object) text(keys ...string) string {
	for _, k := range keys {
		switch v := o[k].(type) {
		case string:
			if strings.TrimSpace(v) != "" {
				return v
			}
		case map[string]any:
			if s, ok := v["@value"].(string); ok && s != "" {
				return s
			}
		case []any:
			if len(v) > 0 {
				if s, ok := v[0].(string); ok {
					return s
				}
			}
		}
	}
	return ""
}

// names are the names of the persons or organisations of a property.
func (l *linked) names(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if o, ok := l.ids[v]; ok {
			return l.names(map[string]any(o), depth+1)
		}
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, l.names(e, depth+1)...)
		}
		return out
	case map[string]any:
		if name := object(v).text("name", "legalName"); name != "" {
			return []string{name}
		}
		if a, ok := v["address"].(map[string]any); ok && object(v).is(func(t string) bool { return strings.HasSuffix(t, "Place") }) {
			if name := object(a).text("addressLocality", "addressRegion"); name != "" {
				return []string{name}
			}
		}
		if names, ok := v["name"].([]any); ok {
			return l.names(names, depth+1)
		}
		if id, ok := v["@id"].(string); ok {
			if o, ok := l.ids[id]; ok && len(o) > len(v) {
				return l.names(map[string]any(o), depth+1)
			}
		}
	}
	return nil
}

// statements are what an object says.
func (l *linked) statements(o object, from string, rank document.Rank) []document.Statement {
	var out []document.Statement
	state := func(f document.Field, key, value string) {
		if value = strings.TrimSpace(document.Unescape(value)); value != "" {
			out = append(out, document.Statement{Field: f, Value: value, From: from + " " + key, Rank: rank})
		}
	}
	if headline := o.text("headline"); headline != "" {
		state(document.Title, "headline", headline)
	} else {
		state(document.Title, "name", o.text("name"))
	}
	state(document.Published, "datePublished", o.text("datePublished"))
	if o.text("datePublished") == "" {
		state(document.Published, "dateCreated", o.text("dateCreated"))
	}
	state(document.Updated, "dateModified", o.text("dateModified"))
	for _, key := range []string{"author", "creator"} {
		names := l.names(o[key], 0)
		for _, name := range names {
			state(document.Author, key, name)
		}
		if len(names) > 0 {
			break
		}
	}
	for _, key := range []string{"publisher", "sourceOrganization", "provider"} {
		names := l.names(o[key], 0)
		if len(names) > 0 {
			state(document.Publisher, key, names[0])
			break
		}
	}
	for _, u := range o.addresses() {
		if strings.HasPrefix(u, "http") {
			state(document.URL, "url", strings.TrimSuffix(u, "#article"))
			break
		}
	}
	state(document.Language, "inLanguage", strings.Join(l.names(o["inLanguage"], 0), ""))
	state(document.Place, "dateline", o.text("dateline"))
	for _, key := range []string{"locationCreated", "contentLocation"} {
		for _, name := range l.names(o[key], 0) {
			state(document.Place, key, name)
		}
	}
	return out
}
