package openai

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"time"
)

// maxLine bounds a line of a stream. A token takes 300 bytes; a server that does
// not stream sends all in one.
const maxLine = 1 << 20

// eventReader reads a stream of server-sent events and yields those lines of it
// that go-openai reads right: one "data: …" for each event, the last of them
// [DONE]. An answer in one piece becomes a stream of one event. All that is wrong
// with a stream is an *[Error] from Read.
type eventReader struct {
	guard  *guard
	part   string
	redact func(string) string
	media  string

	gzip    bool  // although it was asked not to be
	limit   int64 // bytes, when gzip
	lines   *bufio.Reader
	event   []byte // of the lines of data so far
	parts   int    // how many lines these are
	out     []byte // not read yet
	err     error  // after out
	done    bool   // [DONE] has come
	started bool
	whole   bool // the answer came in one piece
}

var errTruncated = errors.New("it breaks off")

// Read yields lines.
func (r *eventReader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.err = r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// drainFor is how long the end of an answer is waited for after [DONE], so that
// its connection can be used again. It has come already, as a rule.
const drainFor = 20 * time.Millisecond

// Close ends the request.
func (r *eventReader) Close() error {
	if r.done && !r.whole {
		r.hurry(drainFor)
		_, _ = io.CopyN(io.Discard, r.lines, maxErrorBody)
	}
	return r.guard.Close()
}

// hurry shortens the wait for what is still to come.
func (r *eventReader) hurry(stall time.Duration) { r.guard.stall = min(r.guard.stall, stall) }

// fill reads on until there is something in out, or an error.
func (r *eventReader) fill() error {
	if r.done {
		return io.EOF
	}
	if !r.started {
		r.started = true
		source, err := r.source()
		if err != nil {
			return protocol(r.part, err)
		}
		r.lines = bufio.NewReaderSize(source, 4096)
		if streams, err := r.begins(); err != nil || !streams {
			return err
		}
	}
	line, err := r.line()
	if err != nil && !errors.Is(err, io.EOF) {
		return protocol(r.part, err)
	}
	last := err != nil
	field, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch {
	case len(line) == 0:
		return r.dispatch(last)
	case string(field) == "data":
		if len(r.event)+len(value) > maxLine {
			return protocol(r.part, errTooLarge)
		}
		// Events of several lines are rare; servers that forget the empty line
		// between two are not. A line that is complete in itself is an event. Only
		// the first one is looked at: a long event would be read over and over.
		done := string(bytes.TrimSpace(value)) == "[DONE]"
		if r.parts > 0 && done || r.parts == 1 && json.Valid(r.event) {
			if err := r.dispatch(false); err != nil {
				return err
			}
		}
		if r.parts++; r.parts > 1 {
			r.event = append(r.event, '\n')
		}
		r.event = append(r.event, value...)
		if done {
			return r.dispatch(false)
		}
	case string(field) == "error": // llama.cpp
		r.event = append(append([]byte(`{"error":`), value...), '}')
		return r.dispatch(last)
	}
	if last {
		return r.dispatch(true)
	}
	return nil
}

// source is the text of the stream, with lines that end as they do here.
func (r *eventReader) source() (io.Reader, error) {
	if !r.gzip {
		return &lineEnds{from: r.guard}, nil
	}
	unpacked, err := gzip.NewReader(r.guard)
	if err != nil {
		return nil, err
	}
	return &lineEnds{from: io.LimitReader(unpacked, r.limit)}, nil
}

// lineEnds makes line feeds of carriage returns, which end lines of events, too. JSON
// has none in its texts.
type lineEnds struct {
	from io.Reader
	cr   bool // was the last byte
}

// Read reads from the source.
func (l *lineEnds) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	kept := p[:0]
	for _, c := range p[:n] {
		switch {
		case c == '\n' && l.cr:
			l.cr = false
			continue
		case c == '\r':
			kept, l.cr = append(kept, '\n'), true
		default:
			kept, l.cr = append(kept, c), false
		}
	}
	return len(kept), err
}

// line reads one line without its end, which may be that of the stream.
func (r *eventReader) line() ([]byte, error) {
	var line []byte
	for {
		part, err := r.lines.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maxLine {
			return nil, errTooLarge
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), err
		}
	}
}

// dispatch puts an event out. The last one that is not [DONE] ends too early.
func (r *eventReader) dispatch(last bool) error {
	event := bytes.TrimSpace(r.event)
	r.event, r.parts = r.event[:0], 0
	switch {
	case string(event) == "[DONE]":
		r.done = true
		r.out = append(r.out, "data: [DONE]\n"...)
		return nil
	case len(event) > 0 && !json.Valid(event):
		if last {
			return protocol(r.part, errTruncated)
		}
		return protocol(r.part, errNotJSON)
	case len(event) > 0:
		if err := complained(event, r.part, r.redact); err != nil {
			return err
		}
		r.out = append(r.out, "data: "...)
		r.out = append(r.out, oneLine(event)...)
		r.out = append(r.out, '\n')
	}
	if last {
		return protocol(r.part, errTruncated)
	}
	return nil
}

// oneLine takes line breaks out of a JSON text, where they are mere space.
func oneLine(event []byte) []byte {
	if !bytes.ContainsAny(event, "\r\n") {
		return event
	}
	var b bytes.Buffer
	if json.Compact(&b, event) != nil {
		return event
	}
	return b.Bytes()
}

// complained finds an error in an event. A text that speaks of errors has its
// quotation marks escaped.
func complained(event []byte, part string, redact func(string) string) error {
	if !bytes.Contains(event, []byte(`"error"`)) {
		return nil
	}
	c, ok := readComplaint(event)
	if !ok {
		return nil
	}
	return complain(part, c, redact)
}

// complain makes an error of a complaint within an answer whose status was good.
func complain(part string, c complaint, redact func(string) string) *Error {
	e := &Error{Kind: KindServer, Part: part, Status: c.status}
	e.quote(c, redact)
	switch {
	case c.status >= 400:
		e.Kind = kindOf(c.status, c)
	case tooLong(c):
		e.Kind = KindTooLong
	case c.code == "rate_limit_exceeded" || c.code == codeQuota:
		e.Kind = KindRate
	}
	e.wrapTooLong()
	return e
}

// begins looks at the first byte: a stream, or an answer in one piece, which it
// puts out as a stream. It reports whether a stream follows.
func (r *eventReader) begins() (bool, error) {
	for {
		b, err := r.lines.Peek(1)
		switch {
		case errors.Is(err, io.EOF):
			return false, protocol(r.part, errEmpty)
		case err != nil:
			return false, err
		case b[0] == ' ' || b[0] == '\n' || b[0] == '\r' || b[0] == '\t' || b[0] == 0xEF || b[0] == 0xBB || b[0] == 0xBF: // or a byte order mark
			_, _ = r.lines.Discard(1)
		case b[0] == '<' || r.media == "text/html":
			return false, protocol(r.part, errHTML)
		case b[0] == '{' || b[0] == '[':
			return false, r.onePiece()
		default:
			return true, nil
		}
	}
}

// onePiece makes a stream of an answer that is not streamed.
func (r *eventReader) onePiece() error {
	body, err := io.ReadAll(r.lines)
	if err != nil {
		return protocol(r.part, err)
	}
	if !json.Valid(body) {
		return r.bareLines(body)
	}
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) > 0 {
		body = list[0]
	}
	if err := complained(body, r.part, r.redact); err != nil {
		return err
	}
	var whole struct {
		Choices []struct {
			Index        int             `json:"index"`
			Delta        json.RawMessage `json:"delta"`
			Message      json.RawMessage `json:"message,omitempty"`
			Text         json.RawMessage `json:"text,omitempty"`
			FinishReason json.RawMessage `json:"finish_reason,omitempty"`
		} `json:"choices"`
		Usage json.RawMessage `json:"usage,omitempty"`
	}
	if err := json.Unmarshal(body, &whole); err != nil || len(whole.Choices) == 0 {
		return protocol(r.part, errors.New("it has no choices"))
	}
	for i := range whole.Choices {
		c := &whole.Choices[i]
		if len(c.Message) > 0 {
			c.Delta, c.Message = c.Message, nil
		}
	}
	event, err := json.Marshal(whole)
	if err != nil {
		return protocol(r.part, errNotJSON)
	}
	r.out = append(append(append(r.out, "data: "...), event...), "\ndata: [DONE]\n"...)
	r.done, r.whole = true, true
	return nil
}

// bareLines makes a stream of one whose events are lines of JSON and nothing else.
func (r *eventReader) bareLines(body []byte) error {
	for line := range bytes.Lines(body) {
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0:
			continue
		case !json.Valid(line):
			return protocol(r.part, errNotJSON)
		}
		if err := complained(line, r.part, r.redact); err != nil {
			return err
		}
		r.out = append(append(append(r.out, "data: "...), line...), '\n')
	}
	r.out = append(r.out, "data: [DONE]\n"...)
	r.done, r.whole = true, true
	return nil
}
