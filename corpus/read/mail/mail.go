// Package mail reads messages: a letter or newsletter kept as a file, and
// mailboxes of many.
//
// header.go reads what stands above a message, part.go its parts and their
// encodings, article.go makes the article, flowed.go and quoted.go take plain
// texts apart, footer.go drops what newsletters add, mbox.go reads a mailbox.
package mail

import (
	"bytes"
	"errors"
	"strconv"

	"parley/corpus/read/body"
	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// Read reads the message in a file, and the messages in it that it forwards
// whole or is a digest of: one article each.
func Read(m *limit.Meter, data []byte) ([]*document.Document, []document.Note, error) {
	r := &reader{m: m}
	data, err := lines(data)
	if err != nil {
		return nil, nil, err
	}
	docs, err := r.message(data, 1, 1)
	if err != nil {
		return nil, nil, err
	}
	for i, d := range docs {
		if i > 0 {
			d.Part = strconv.Itoa(i + 1)
		}
	}
	return docs, r.notes, nil
}

// lines makes lines of bytes and line ends of a message that an editor saved
// otherwise: in UTF-16, below a byte order mark, with the line ends of old Macs.
func lines(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		s, err := decode.ToUTF8(data, false)
		if err != nil {
			return nil, err
		}
		data = []byte(s)
	}
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data, nil
}

// reader gathers the articles of a file.
type reader struct {
	m     *limit.Meter
	notes []document.Note
}

// message reads one message and those in it, from the given line and depth on.
func (r *reader) message(data []byte, line, depth int) ([]*document.Document, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("is empty")
	}
	h, text, bodyLine := splitHeader(data, line)
	if !h.isMessage() {
		return nil, errors.New(`is no mail message: it has no "From", "Date" or "Subject" above its text`)
	}
	p := &parts{m: r.m}
	if err := p.read(h, text, bodyLine, depth); err != nil {
		return nil, err
	}
	var docs []*document.Document
	d, err := r.article(h, p)
	if err == nil {
		d.Line = line
		docs = append(docs, d)
	}
	for _, inner := range p.messages {
		more, wrong := r.message(inner.data, inner.line, inner.depth)
		if wrong != nil {
			if spent := body.Spent(r.m); spent != nil {
				return nil, spent
			}
			r.notes = append(r.notes, document.Note{Line: inner.line, Reason: "a message in it " + wrong.Error()})
			continue
		}
		docs = append(docs, more...)
	}
	if len(docs) == 0 {
		return nil, err
	}
	return docs, nil
}
