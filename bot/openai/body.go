package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
)

// open puts a reader over an answer that yields what go-openai reads right.
func (t *transport) open(x *exchange, resp *http.Response, g *guard) error {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch x.want {
	case aStream:
		x.stream = &eventReader{guard: g, part: x.part, redact: t.redact, media: media, gzip: resp.Header.Get("Content-Encoding") == "gzip", limit: x.limit}
		resp.Body = x.stream
	case aVectors:
		body, err := t.whole(x, g, media)
		if err == nil {
			body, err = normalizeVectors(body, x.count)
		}
		if err != nil {
			return protocol(x.part, err)
		}
		resp.Body = closing{bytes.NewReader(body), g}
	case aListing:
		body, err := t.whole(x, g, media)
		if err != nil {
			return protocol(x.part, err)
		}
		resp.Body = closing{bytes.NewReader(body), g}
	}
	return nil
}

// whole reads an answer that is one JSON text.
func (t *transport) whole(x *exchange, g *guard, media string) ([]byte, error) {
	body, err := io.ReadAll(g)
	if err != nil {
		return nil, err
	}
	body = bytes.TrimSpace(body)
	if err := looksLike(body, media); err != nil {
		return nil, err
	}
	if c, ok := readComplaint(body); ok && !bytes.Contains(body, []byte(`"data"`)) {
		return nil, complain(x.part, c, t.redact)
	}
	return body, nil
}

// errors of answers that are none.
var (
	errEmpty    = errors.New("it is empty")
	errHTML     = errors.New("it is a web page")
	errNotJSON  = errors.New("it is no JSON")
	errTooLarge = errors.New("it is larger than any answer would be")
)

func looksLike(body []byte, media string) error {
	switch {
	case len(body) == 0:
		return errEmpty
	case body[0] == '<' || media == "text/html":
		return errHTML
	case body[0] != '{' || !json.Valid(body):
		return errNotJSON
	}
	return nil
}

// protocol makes an *Error of what is wrong with an answer.
func protocol(part string, err error) error {
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &Error{Kind: KindProtocol, Part: part, Detail: err.Error()}
}

// closing is a body that was read already.
type closing struct {
	io.Reader
	guard *guard
}

func (c closing) Close() error { return c.guard.Close() }
