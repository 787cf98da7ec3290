package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// spec checks bodies against Discord's OpenAPI file. Schemas are compiled when
// first needed.
type spec struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

const specURL = "openapi.json"

func openSpec(path string) (*spec, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read Discord's OpenAPI file: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", path, err)
	}
	s := &spec{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	if err := s.compiler.AddResource(specURL, doc); err != nil {
		return nil, fmt.Errorf("add %s: %w", path, err)
	}
	return s, nil
}

// decode parses JSON, numbers kept as json.Number.
func decode(b []byte) (any, error) {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("parse JSON: %w", err)
	}
	return v, nil
}

// check validates a body against the schema of a request, given by its method
// and its path with Discord's placeholders.
func (s *spec) check(method, path string, body any) error {
	escaped := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
	pointer := "/paths/" + escaped + "/" + strings.ToLower(method) + "/requestBody/content/application~1json/schema"
	if strings.HasSuffix(path, "/callback") {
		// A callback may be one of many things; its own schema names the error.
		if name := callbackSchema(body); name != "" {
			pointer = "/components/schemas/" + name
		}
	}
	schema, err := s.schema(pointer)
	if err != nil {
		return err
	}
	if strings.HasSuffix(path, "/commands") {
		body = plainPermissions(body)
	}
	if err := schema.Validate(body); err != nil {
		return fmt.Errorf("validate body: %w", err)
	}
	return nil
}

func (s *spec) schema(pointer string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if schema := s.schemas[pointer]; schema != nil {
		return schema, nil
	}
	schema, err := s.compiler.Compile(specURL + "#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("compile schema: %w", err)
	}
	s.schemas[pointer] = schema
	return schema, nil
}

func callbackSchema(body any) string {
	o, _ := body.(object)
	switch num(o, "type") {
	case callbackMessage, callbackDeferred:
		return "CreateMessageInteractionCallbackRequest"
	case callbackDeferredUpdate, callbackUpdate:
		return "UpdateMessageInteractionCallbackRequest"
	case callbackChoices:
		return "ApplicationCommandAutocompleteCallbackRequest"
	case callbackModal:
		return "ModalInteractionCallbackRequest"
	}
	return ""
}

// plainPermissions copies commands with default_member_permissions as the
// number that the file declares: Discord takes and gives a string.
func plainPermissions(body any) any {
	commands, ok := body.([]any)
	if !ok {
		return body
	}
	out := make([]any, len(commands))
	for i, c := range commands {
		out[i] = c
		if o, ok := c.(object); ok && str(o, "default_member_permissions") != "" {
			plain := maps.Clone(o)
			plain["default_member_permissions"] = json.Number(str(o, "default_member_permissions"))
			out[i] = plain
		}
	}
	return out
}
