package openai

import (
	"fmt"
	"log/slog"
)

// hidden is what a [Secret] prints.
const hidden = "<secret>"

var (
	_ fmt.Formatter  = Secret{}
	_ slog.LogValuer = Secret{}
)

// Secret is a text that prints as "<secret>" in every verb, in JSON and in slog.
// The zero value is no secret. Its text is behind a pointer, since fmt prints
// unexported fields of a struct past their methods.
type Secret struct {
	text *string
}

// NewSecret hides a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal returns the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Set reports whether there is a text.
func (s Secret) Set() bool { return s.text != nil }

// Format prints "<secret>", or nothing for the zero value, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// String returns "<secret>", or "" for the zero value.
func (s Secret) String() string {
	if !s.Set() {
		return ""
	}
	return hidden
}

// LogValue is what slog shows.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is what JSON and TOML show.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
