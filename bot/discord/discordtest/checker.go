package discordtest

import (
	"strings"
)

// Checker holds single bodies against Discord's rules, without a Discord.
type Checker struct{ spec *spec }

// NewChecker reads Discord's OpenAPI file; with NoSpec only the rules count that it
// does not state.
func NewChecker(path string) (*Checker, error) {
	if path == NoSpec {
		return &Checker{}, nil
	}
	s, err := openSpec(path)
	if err != nil {
		return nil, err
	}
	return &Checker{s}, nil
}

// Message says what is wrong with the body of a request that sends or edits a message,
// a line each. The path has the placeholders of Discord's OpenAPI file.
func (k *Checker) Message(method, path string, body []byte) []string {
	v, err := decode(body)
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	if k.spec != nil {
		if err := k.spec.check(method, path, v); err != nil {
			wrong = append(wrong, strings.Join(strings.Fields(err.Error()), " "))
		}
	}
	o, _ := v.(object)
	as := useAnswer
	switch {
	case method == "PATCH":
		as = useEdit
	case strings.HasPrefix(path, "/channels/"):
		as = useCreate
	}
	for _, p := range checkMessage(o, nil, as, nil) {
		wrong = append(wrong, p.rule+": "+p.detail)
	}
	return wrong
}
