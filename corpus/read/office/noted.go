package office

import (
	"parley/corpus/read/document"
	"parley/corpus/read/properties"
)

// noted are the properties of a document.
type noted struct {
	list properties.List
	made properties.Made
}

func (l *noted) add(field document.Field, value, name string) {
	from := "document property " + name
	if field == document.Published || field == document.Updated {
		l.made.Note(field, value, from)
		return
	}
	l.list.Add(field, value, from)
}

func (l *noted) statements() []document.Statement {
	return append(l.list.All, l.made.Statements(true)...)
}
