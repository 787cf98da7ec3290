package read

import (
	"context"
	"errors"
	"fmt"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/sandbox"
)

// parse takes a file apart: here, or in a process of its own if that might take
// more than a file may.
func (r *room) parse(ctx context.Context, limits limit.Limits, name string, data []byte) ([]*document.Document, []document.Note, error) {
	m := limit.New(ctx, limits)
	leave := m.OnThread()
	documents, notes, err := parseHere(m, name, data)
	leave()
	if errors.Is(err, limit.ErrApart) {
		leave, err := r.apart(ctx)
		if err != nil {
			return nil, nil, err
		}
		defer leave()
		return sandbox.Read(ctx, limits, name, data)
	}
	return documents, notes, err
}

// parseHere is [Parse] that costs only the file where a parser gives up. Parsers
// are of many hands, and files of more.
func parseHere(m *limit.Meter, name string, data []byte) (documents []*document.Document, notes []document.Note, err error) {
	defer func() {
		if p := recover(); p != nil {
			documents, notes, err = nil, nil, fmt.Errorf("cannot be read: its reader failed: %.200s", fmt.Sprint(p))
		}
	}()
	return Parse(m, name, data)
}

// Child makes a reader of this process if it is a child that was started to read
// one file. Else it returns at once. It is for main.
func Child() { sandbox.Child(Parse) }
