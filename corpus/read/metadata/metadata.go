// Package metadata decides what is known about an article from what its file
// states.
package metadata

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/corpus/read/document"
)

// Known is what is known about an article. Every field may be empty.
type Known struct {
	ID, Title, Publisher, Author, Place, URL, Language string

	Published time.Time
	Event     time.Time
	From      map[document.Field]string // where each field was found, for people
	Notes     []document.Note           // what was stated and is not valid
}

// Resolve takes of every field the first valid statement of the lowest rank.
func Resolve(statements []document.Statement) Known {
	k := Known{From: make(map[document.Field]string)}
	ordered := slices.Clone(statements)
	slices.SortStableFunc(ordered, func(a, b document.Statement) int { return int(a.Rank) - int(b.Rank) })
	for _, s := range ordered {
		k.take(s)
	}
	return k
}

// take sets a field that has no value yet.
func (k *Known) take(s document.Statement) {
	value := document.OneLine(s.Value)
	if value == "" || k.From[s.Field] != "" {
		return
	}
	to := k.field(s.Field)
	if to != nil {
		*to = value
		k.From[s.Field] = s.From
		return
	}
	day := &k.Published
	switch s.Field {
	case document.Published:
	case document.Event:
		day = &k.Event
	default:
		return
	}
	t, ok := FindTime(value)
	if !ok {
		k.Notes = append(k.Notes, document.Note{Line: s.Line, Reason: fmt.Sprintf("date %q is not understood: write it as 2006-01-02", strings.TrimSpace(s.Value))})
		return
	}
	*day = t
	k.From[s.Field] = s.From
}

func (k *Known) field(f document.Field) *string {
	switch f {
	case document.ID:
		return &k.ID
	case document.Title:
		return &k.Title
	case document.Publisher:
		return &k.Publisher
	case document.Author:
		return &k.Author
	case document.Place:
		return &k.Place
	case document.URL:
		return &k.URL
	case document.Language:
		return &k.Language
	}
	return nil
}
