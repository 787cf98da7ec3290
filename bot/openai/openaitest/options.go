package openaitest

import "time"

// TB is what a Server needs of a *testing.T. A program that is no test can bring
// its own.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Cleanup(func())
}

// Options configures New. The zero value is an endpoint that answers everything.
type Options struct {
	Key             string   // default "sk-local-0123456789abcdef"
	NoKey           bool     // asks for no key and wants to see none
	ChatModels      []string // default "local-chat"
	EmbeddingModels []string // default "local-embed"
	Dimensions      int      // of vectors; default 64

	// Azure puts models into the path, the key into api-key, and wants this
	// version as api-version; empty for an endpoint of OpenAI's kind.
	Azure string

	// Chat writes the answers; by default the last message comes back.
	Chat func(Request) Script
	// Pace is the time between two pieces of a text, when a script has none.
	Pace time.Duration

	// Faults are there from the start and until Calm. Those of the connection
	// (BadCertificate, BrokenHandshake) make the URL one of https, for good.
	Faults []Fault
}

func (o Options) withDefaults() Options {
	if o.Key == "" {
		o.Key = "sk-local-0123456789abcdef"
	}
	if o.ChatModels == nil {
		o.ChatModels = []string{"local-chat"}
	}
	if o.EmbeddingModels == nil {
		o.EmbeddingModels = []string{"local-embed"}
	}
	if o.Dimensions == 0 {
		o.Dimensions = 64
	}
	if o.Chat == nil {
		o.Chat = func(r Request) Script { return Script{Text: r.Last()} }
	}
	return o
}

// Script is how a chat is answered.
type Script struct {
	Text   string
	Pieces []string      // how Text is streamed; by default 12 runes at a time
	Pace   time.Duration // between two pieces; default Options.Pace
	Wait   time.Duration // before the first one

	Reasoning string // sent before the text, as reasoning_content
	Refusal   string // sent after the text
	Finish    string // finish_reason; default "stop"
	// PromptTokens and CompletionTokens are the usage; by default the words.
	PromptTokens, CompletionTokens int

	Fault Fault // of this answer alone
}
