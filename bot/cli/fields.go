package cli

import (
	"parley/bot/wire"
	"parley/corpus"
	"parley/corpus/read/document"
)

// foundJSON is what is known of one field of an article.
type foundJSON struct {
	Value string `json:"value"`
	From  string `json:"from"` // where it was found, for people
}

// fieldOrder is the order in which an article's fields are shown.
func fieldOrder() []document.Field {
	return []document.Field{document.ID, document.Title, document.Publisher, document.Author, document.Place, document.Published, document.Event, document.URL}
}

// foundFields says where each field of an article that is known was found.
func foundFields(a *corpus.Article, origins map[document.Field]string) map[document.Field]foundJSON {
	out := make(map[document.Field]foundJSON)
	for field, value := range map[document.Field]string{
		document.ID: a.ID, document.Title: a.Title, document.Publisher: a.Publisher, document.Author: a.Author, document.Place: a.Place,
		document.Published: wire.Day(a.Published), document.Event: wire.Day(a.Event), document.URL: a.URL,
	} {
		if value == "" {
			continue
		}
		from := origins[field]
		if from == "" && field == document.ID {
			from = "name of the file"
		}
		out[field] = foundJSON{value, from}
	}
	return out
}

// fields writes what is known of an article and where it was found.
func (o *output) fields(art *articleJSON) {
	o.line("")
	o.wrap("", "  ", art.ID, o.bold)
	for _, field := range fieldOrder() {
		if f, ok := art.Metadata[field]; ok {
			o.wrap("  ", "    ", string(field)+": "+clip(f.Value)+" ("+f.From+")", nil)
		}
	}
}
