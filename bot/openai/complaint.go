package openai

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// complaint is what an endpoint says about a request that it does not answer.
type complaint struct {
	message, code, param string
	status               int  // as the body says; 0 when it does not
	mute                 bool // it is no JSON
	page                 bool // it is a web page
}

// readComplaint reads the bodies of OpenAI and Azure ({"error": {"message"}}),
// Ollama and older llama.cpp ({"error": "…"}), older vLLM ({"object": "error",
// "message"}) and FastAPI ({"detail"}). It reports whether there is one.
func readComplaint(body []byte) (complaint, bool) {
	var outer struct {
		Error   json.RawMessage
		Object  string
		Message json.RawMessage
		Detail  json.RawMessage
		Code    json.RawMessage
		Type    string
	}
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) > 0 { // Gemini puts it into a list
		body = list[0]
	}
	if json.Unmarshal(body, &outer) != nil {
		return complaint{}, false
	}
	var c complaint
	switch {
	case len(outer.Error) > 0 && !isNull(outer.Error):
		var inner struct {
			Message, Code, Param, Type json.RawMessage
		}
		if json.Unmarshal(outer.Error, &inner) != nil {
			c.message = plain(outer.Error)
			break // "" is none
		}
		c = complaint{message: plain(inner.Message), code: plain(inner.Code), param: plain(inner.Param)}
		if kind := plain(inner.Type); c.code == "" || isNumber(c.code) {
			c.status, _ = strconv.Atoi(c.code)
			c.code = kind
		}
	case outer.Object == "error" || len(outer.Message) > 0:
		c = complaint{message: plain(outer.Message), code: plain(outer.Code)}
		if isNumber(c.code) {
			c.status, _ = strconv.Atoi(c.code)
			c.code = outer.Type
		}
	case len(outer.Detail) > 0:
		c.message = plain(outer.Detail)
	default:
		return complaint{}, false
	}
	return c, c.message != "" || c.code != "" && c.status == 0 || c.status >= 400
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// plain is a JSON string as text, null as nothing, anything else as it stands.
func plain(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// maxWords is how much of a body is searched for words that tell what is wrong, in
// bytes, and maxNested how deep they may lie in it.
const (
	maxWords  = 4 << 10
	maxNested = 6
)

// readRefusal reads a body that came with a status of failure: any JSON that has
// words in it, a web page, or plain text.
func readRefusal(body []byte) complaint {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	if c, ok := readComplaint(body); ok && c.message != "" && !strings.HasPrefix(c.message, "{") && !strings.HasPrefix(c.message, "[") {
		return c
	}
	var whole any
	if json.Unmarshal(body, &whole) == nil {
		c, _ := readComplaint(body) // its code
		c.message = strings.Join(words(whole, maxNested), "; ")
		if c.code == "" {
			c.code = codeIn(whole, maxNested)
		}
		return c
	}
	if text, ok := pageWords(body); ok {
		return complaint{message: text, mute: true, page: true}
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(body[:min(len(body), maxWords)]), "data:"))
	if text != string(body) && json.Valid([]byte(text)) { // an event of a stream
		return readRefusal([]byte(text))
	}
	return complaint{message: strings.ToValidUTF8(text, ""), mute: true}
}

// saying are the names that servers give to what they say about a failure, the
// plainest first.
func saying() []string {
	return []string{
		"message", "msg", "error_message", "errormessage", "error_msg", "errmsg", "status_msg", "faultstring", "error_description",
		"error", "errors", "detail", "details", "description", "reason", "title", "fault", "base_resp", "status_message", "exception",
	}
}

// words are what a body says, by the names above; of a list each entry's. Entries
// of FastAPI's say of which field they are.
func words(v any, deep int) []string {
	switch v := v.(type) {
	case string:
		if v = strings.TrimSpace(v); v == "" {
			return nil
		}
		var inner any
		if (v[0] == '{' || v[0] == '[') && deep > 0 && json.Unmarshal([]byte(v), &inner) == nil {
			if said := words(inner, deep-1); len(said) > 0 {
				return said // an upstream's body within the proxy's
			}
		}
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if deep > 0 {
				out = append(out, words(item, deep-1)...)
			}
		}
		return out
	case map[string]any:
		lower := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			lower[strings.ToLower(name)] = v[name]
		}
		for _, name := range saying() {
			said := []string(nil)
			if deep > 0 {
				said = words(lower[name], deep-1)
			}
			if len(said) == 0 {
				continue
			}
			if field := place(lower["loc"]); field != "" {
				said[0] = field + ": " + said[0]
			}
			return said
		}
	}
	return nil
}

// place is FastAPI's loc: the way to a field of the request.
func place(v any) string {
	var parts []string
	list, _ := v.([]any)
	for _, p := range list {
		switch p := p.(type) {
		case string:
			parts = append(parts, p)
		case float64:
			parts = append(parts, strconv.Itoa(int(p)))
		}
	}
	return strings.Join(parts, ".")
}

// codeIn is the code or type of a failure, wherever it stands.
func codeIn(v any, deep int) string {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if deep > 0 {
				if code := codeIn(item, deep-1); code != "" {
					return code
				}
			}
		}
	case map[string]any:
		for _, name := range []string{"code", "type", "error_type"} {
			if code, ok := v[name].(string); ok && code != "" {
				return code
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if deep > 0 {
				if code := codeIn(v[name], deep-1); code != "" {
					return code
				}
			}
		}
	}
	return ""
}

// pageWords are the title of a web page, or else the first words in it.
func pageWords(body []byte) (string, bool) {
	if len(body) == 0 || body[0] != '<' {
		return "", false
	}
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), maxWords)]))
	var title, text strings.Builder
	var in atom.Atom
	for {
		switch z.Next() {
		case html.ErrorToken:
			said := strings.TrimSpace(title.String())
			if said == "" {
				said = strings.TrimSpace(text.String())
			}
			return said, utf8.ValidString(said)
		case html.StartTagToken:
			name, _ := z.TagName()
			in = atom.Lookup(name)
			text.WriteByte(' ')
		case html.EndTagToken:
			if said := strings.TrimSpace(title.String()); said != "" {
				return said, utf8.ValidString(said)
			}
			in = 0
		case html.TextToken:
			switch in {
			case atom.Title:
				title.Write(z.Text())
			case atom.Script, atom.Style:
			default:
				text.Write(z.Text())
			}
		case html.SelfClosingTagToken, html.CommentToken, html.DoctypeToken:
		}
	}
}
