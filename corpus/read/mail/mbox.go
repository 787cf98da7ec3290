package mail

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"parley/corpus/read/body"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// perMessage is how many elements a message counts for, by the memory it takes.
const perMessage = 4

// ReadMbox reads the messages of a mailbox, one article each.
func ReadMbox(m *limit.Meter, data []byte) ([]*document.Document, []document.Note, error) {
	r := &reader{m: m}
	data, err := lines(data)
	if err != nil {
		return nil, nil, err
	}
	var docs []*document.Document
	n := 0
	for msg := range messages(data) {
		n++
		if err := m.Nodes(perMessage); err != nil {
			return nil, nil, err
		}
		found, err := r.boxed(msg)
		if err != nil {
			if spent := body.Spent(m); spent != nil {
				return nil, nil, spent
			}
			r.notes = append(r.notes, document.Note{Line: msg.line, Reason: err.Error()})
			continue
		}
		for i, d := range found {
			d.Part = strconv.Itoa(n)
			if i > 0 {
				d.Part = fmt.Sprintf("%d.%d", n, i+1)
			}
		}
		docs = append(docs, found...)
	}
	switch {
	case n == 0:
		return nil, nil, errors.New(`is no mailbox: no line in it begins a message with "From "`)
	case len(docs) == 0:
		return nil, nil, &document.LineError{Line: r.notes[0].Line, Err: fmt.Errorf("none of its %d messages is an article: the first %s", n, r.notes[0].Reason)}
	}
	return docs, r.notes, nil
}

// boxed reads one message of a mailbox.
func (r *reader) boxed(msg messagePart) ([]*document.Document, error) {
	if most := r.m.Limits().ArticleBytes; int64(len(msg.data)) > most {
		return nil, fmt.Errorf("has more than %d bytes, the limit for one article", most)
	}
	return r.message(unquoteFrom(msg.data), msg.line, msg.depth)
}

// messages yields the messages of a mailbox. A message begins behind a line
// "From " that stands at the beginning or below a blank line and above a field
// of a header: so a sentence that begins with it is not taken for one.
func messages(data []byte) func(func(messagePart) bool) {
	return func(yield func(messagePart) bool) {
		start, startLine := -1, 0
		blank := true
		for at, line := 0, 1; at < len(data); line++ {
			end := len(data)
			if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
				end = at + n + 1
			}
			l := data[at:end]
			if blank && bytes.HasPrefix(l, []byte("From ")) && beginsHeader(data[end:]) {
				if start >= 0 && !yield(messagePart{data[start:at], startLine, 1}) {
					return
				}
				start, startLine = end, line+1
			}
			blank = len(bytes.TrimRight(l, "\r\n")) == 0
			at = end
		}
		if start >= 0 {
			yield(messagePart{data[start:], startLine, 1})
		}
	}
}

// beginsHeader reports whether a text begins with a field of a header.
func beginsHeader(data []byte) bool {
	l, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("\n"))
	name, _, ok := bytes.Cut(bytes.TrimPrefix(l, []byte(">From ")), []byte(":"))
	return ok && isFieldName(string(name))
}

// unquoteFrom takes the mark off lines that would have begun a message: ">From "
// is "From ", ">>From " is ">From ".
func unquoteFrom(data []byte) []byte {
	if !bytes.Contains(data, []byte("\n>")) {
		return data
	}
	out := make([]byte, 0, len(data))
	for l := range bytes.Lines(data) {
		if l[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(l, ">"), []byte("From ")) {
			l = l[1:]
		}
		out = append(out, l...)
	}
	return out
}
