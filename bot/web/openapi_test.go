package web

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// description is openapi.json, with its schemas ready to check what comes.
type description struct {
	doc      map[string]any
	compiler *jsonschema.Compiler

	mu      sync.Mutex
	schemas map[string]*jsonschema.Schema
	covered map[string]bool // schemas that a response was checked against
}

var described = sync.OnceValues(func() (*description, error) {
	data, err := files.ReadFile("page/openapi.json")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	d := &description{doc: doc.(map[string]any), compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}, covered: map[string]bool{}}
	return d, d.compiler.AddResource("openapi.json", doc)
})

// check holds an object against a schema of the description.
func (d *description) check(name string, object []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(object))
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.schemas[name]
	if !ok {
		if s, err = d.compiler.Compile("openapi.json#/components/schemas/" + name); err != nil {
			return err
		}
		d.schemas[name] = s
	}
	d.covered[name] = true
	return s.Validate(v)
}

// schemaOf is the schema of a path's good answers in a media type.
func (d *description) schemaOf(method, path, media string) string {
	at := d.doc["paths"].(map[string]any)[path]
	for _, key := range [...]string{strings.ToLower(method), "responses", "200", "content", media, "schema", "$ref"} {
		m, _ := at.(map[string]any)
		at = m[key]
	}
	ref, _ := at.(string)
	return strings.TrimPrefix(ref, "#/components/schemas/")
}

// described reports an error where a response of the API is not as described.
func (a answerOf) described(t testing.TB, path string) {
	t.Helper()
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	path, _, _ = strings.Cut(path, "?")
	if strings.HasPrefix(path, "/v1/articles/") {
		path = "/v1/articles/{id}"
	}
	media, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if a.StatusCode >= 400 {
		if media != "application/problem+json" {
			t.Errorf("%s: an error is %s", path, media)
		}
		if err := d.check("Problem", []byte(a.Text)); err != nil {
			t.Errorf("%s: %v in %s", path, err, a.Text)
		}
		var p problem
		if json.Unmarshal([]byte(a.Text), &p) == nil && (p.Status != a.StatusCode || !strings.HasSuffix(p.Instance, a.Header.Get("X-Request-Id"))) {
			t.Errorf("%s: %s says %+v", path, a.Status, p)
		}
		return
	}
	if media == eventStream {
		for _, e := range readEvents(a.Text) {
			if err := d.check(map[string]string{"draft": "Draft", "answer": "Ask", "problem": "Problem"}[e[0]], []byte(e[1])); err != nil {
				t.Errorf("%s: event %s: %v", path, e[0], err)
			}
		}
		return
	}
	name := d.schemaOf(a.Request.Method, path, media)
	if path == "/v1/openapi.json" {
		return
	}
	if name == "" {
		t.Errorf("%s %s: %s is not described", a.Request.Method, path, media)
		return
	}
	if err := d.check(name, []byte(a.Text)); err != nil {
		t.Errorf("%s: %v in %s", path, err, a.Text)
	}
}

// TestDescription guards that the description is one of OpenAPI 3.1, that each of its
// schemas compiles, and that each of its paths is answered.
func TestDescription(t *testing.T) {
	t.Parallel()
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	if d.doc["openapi"] != "3.1.0" {
		t.Errorf("got version %v", d.doc["openapi"])
	}
	for name := range d.doc["components"].(map[string]any)["schemas"].(map[string]any) {
		if _, err := d.compiler.Compile("openapi.json#/components/schemas/" + name); err != nil {
			t.Error(err)
		}
	}
	s := standard(t)
	for path, methods := range d.doc["paths"].(map[string]any) {
		for method := range methods.(map[string]any) {
			got := s.do(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "fire%20new"), `{}`, "Content-Type", "application/json")
			if got.StatusCode != http.StatusOK && got.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s %s: %s", method, path, got.Status)
			}
		}
	}
	if got := s.get("/v1/openapi.json"); !json.Valid([]byte(got.Text)) || got.Header.Get("Content-Type") != "application/json" {
		t.Error("the description is not served")
	}
}
