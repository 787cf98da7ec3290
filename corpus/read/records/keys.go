package records

import (
	"slices"
	"strings"
	"unicode"

	"parley/corpus/read/document"
)

// names are the keys by which exporters know a field, the plainest first. They
// are compared without case and without what is no letter or digit:
// "publishedAt", "published_at" and "Published at" are one.
type names []string

// textNames are the keys of an article's text.
func textNames() names {
	return names{
		"text", "fulltext", "maintext", "articletext", "plaintext", "textcontent", "contenttext", "bodytext", "cleantext", "storytext",
		"articlebody", "body", "content", "contents", "pagecontent", "article", "story", "document",
		"contenthtml", "bodyhtml", "articlehtml", "contentencoded", "htmlcontent", "html", "rawhtml",
		"contentmarkdown", "bodymarkdown", "bodymd", "markdown", "rawtext", "selftext", "transcript", "paragraphs", "blocks", "sections", "extract", "lexical",
	}
}

// summaryNames are the keys of what an article is about, which stands in for it
// when nothing else is there.
func summaryNames() names {
	return names{"leadparagraph", "description", "summary", "abstract", "excerpt", "snippet", "shortdescription", "trailtext", "standfirst"}
}

// fieldNames are the keys of metadata.
func fieldNames() map[document.Field]names {
	return map[document.Field]names{
		document.ID:    {"id", "guid", "uuid", "articleid", "docid", "documentid", "storyid", "storiesid", "postid", "paperid", "objectid", "docno", "identifier"},
		document.Title: {"title", "headline", "articletitle", "webtitle", "heading", "subject", "name"},
		document.Publisher: {
			"publisher", "publication", "outlet", "newspaper", "publishername", "publicationname", "sourcename", "sitename", "source", "site", "website",
			"provider", "origin", "media", "medianame", "namesource", "publicationtitle", "journaltitle", "ogsitename", "organization", "organisation", "venue", "sourcehostname", "sourcedomain", "hostname", "domain",
		},
		document.Author: {"author", "authors", "byline", "creator", "creators", "writer", "writers", "reporter", "journalist", "authorname", "dccreator", "contributors", "primaryauthor", "by", "user", "account"},
		document.Place:  {"place", "dateline", "location", "contentlocation"},
		document.URL: {
			"url", "link", "canonical", "canonicalurl", "permalink", "weburl", "pageurl", "articleurl", "externalurl", "finalurl", "originalurl",
			"sourceurl", "webaddress", "href", "alternate", "mainentityofpage", "uri",
		},
		document.Published: {
			"date", "published", "publishedat", "datepublished", "publishdate", "publisheddate", "pubdate", "publicationdate", "publishedon",
			"publishedtime", "timepublished", "datepublish", "webpublicationdate", "firstpublished", "firstpublishedat", "publishtime", "dateposted", "posted", "postedat",
			"issued", "articledate", "datetimepub", "datetime", "timestamp", "publishedutc", "createdat", "created", "datecreated", "createdutc", "time",
		},
		document.Updated:  {"updated", "modified", "datemodified", "updatedat", "modifiedat", "lastmodified", "datemodify", "dateupdated", "lastupdated"},
		document.Event:    {"eventdate", "event"},
		document.Language: {"language", "lang", "inlanguage", "languagecode"},
	}
}

// fieldOrder is the order that statements are made in.
func fieldOrder() []document.Field {
	return []document.Field{
		document.ID, document.Title, document.Publisher, document.Author, document.Place, document.URL,
		document.Published, document.Updated, document.Event, document.Language,
	}
}

// foreignNames are names of columns and keys in the languages that most tables of
// news are in beside English, with and without their accents.
func foreignNames() map[document.Field]names {
	return map[document.Field]names{
		textField: {
			"volltext", "inhalt", "artikeltext", "artikel", "texte", "contenu", "corps", "texto", "contenido", "cuerpo", "testo", "contenuto", "corpo",
			"conteúdo", "conteudo", "tekst", "inhoud", "treść", "tresc", "innehåll", "indhold", "innhold", "текст", "содержание", "正文", "内容", "本文", "본문", "내용",
		},
		summaryField: {"beschreibung", "zusammenfassung", "teaser", "résumé", "resume", "chapô", "chapo", "resumen", "riassunto", "resumo", "samenvatting", "описание", "аннотация", "摘要"},
		document.Title: {
			"titel", "überschrift", "ueberschrift", "schlagzeile", "titre", "título", "titulo", "titular", "titolo", "manchete", "kop", "tytuł", "tytul", "overskrift",
			"заголовок", "название", "标题", "標題", "題名", "タイトル", "제목",
		},
		document.Author: {"autor", "autorin", "journalistin", "redakteur", "redakteurin", "journaliste", "periodista", "giornalista", "jornalista", "verfasser", "auteur", "autore", "författare", "forfatter", "автор", "作者", "記者", "기자"},
		document.Published: {
			"datum", "veröffentlicht", "veroeffentlicht", "erschienen", "erscheinungsdatum", "dateparution", "datedeparution", "datepublication", "datedepublication", "fecha", "fechapublicacion", "fechadepublicación", "data",
			"datapubblicazione", "datadepublicação", "publicado", "dato", "дата", "датапубликации", "日期", "发布时间", "日付", "날짜",
		},
		document.Publisher: {"zeitung", "quelle", "medium", "média", "medio", "journal", "fuente", "periódico", "periodico", "fonte", "giornale", "jornal", "bron", "krant", "źródło", "zrodlo", "источник", "издание", "来源", "媒体", "언론사"},
		document.URL:       {"lien", "enlace", "collegamento", "ссылка", "链接"},
		document.Place:     {"ort", "lieu", "lugar", "luogo", "место"},
		document.Language:  {"sprache", "langue", "idioma", "lingua", "taal", "язык"},
	}
}

// wrapperNames are the keys of an object that is the article, with something
// about it beside it.
func wrapperNames() names {
	return names{"source", "fields", "attributes", "node", "article", "item", "post", "story", "entry", "doc", "document", "record", "row", "page", "data", "content"}
}

// metaNames are the keys of an object with the article's metadata.
func metaNames() names { return names{"metadata", "meta", "info", "sys", "embedded", "yoastheadjson"} }

// otherNames are the keys of what is said about a record or a file itself.
func otherNames() names {
	return names{"draft", "isdraft", "ispublished", "status", "poststatus", "version", "type", "homepageurl", "feedurl"}
}

// skippedNames are the keys of lists beside an article whose texts are not
// articles.
func skippedNames() names {
	return names{"comments", "replies", "responses", "related", "tags", "authors", "media", "images", "attachments"}
}

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
type roles map[string]role

func newRoles() roles {
	out := make(roles)
	for field, keys := range foreignNames() {
		for i, key := range keys {
			out[key] = role{field, foreign + i}
		}
	}
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
}

// foreign is a place behind those of the English names.
const foreign = 1 << 8

// last is a place behind those of all keys that have one.
const last = 1 << 10

// qualifierNames are what exporters put before the names of fields: "post_title",
// "news_content".
func qualifierNames() names {
	return names{"post", "article", "news", "story", "item", "document", "doc", "entry", "page", "original", "main", "full"}
}

// named finds the role of a key, as it stands or without what it is the name of.
func (known roles) named(folded string) role {
	if r, ok := known[folded]; ok {
		return r
	}
	for _, q := range qualifierNames() {
		if rest, ok := strings.CutPrefix(folded, q); ok {
			if r := known[rest]; r.field != otherField {
				return role{r.field, r.place + last}
			}
		}
	}
	if rest, ok := strings.CutSuffix(folded, "name"); ok {
		if r := known[rest]; r.field == document.Author || r.field == document.Publisher {
			return role{r.field, r.place + last}
		}
	}
	return role{}
}

// of finds the role of a key with its value: exporters give an address where
// others name an outlet, and a number where others give an address.
func (known roles) of(folded string, v value) role {
	r := known.named(folded)
	if folded == "data" && (v.kind == objectKind || v.kind == listKind) { // no date in Italian
		return role{otherField, 0}
	}
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
