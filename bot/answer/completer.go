package answer

import (
	"context"
	"encoding/json"
	"errors"
)

// Completer has a language model write text.
type Completer interface {
	// Model names the model, as Answer.Engine shows it.
	Model() string

	// Complete has the model answer a prompt and calls write with each piece of
	// its text, in order and in one goroutine. An error of write ends the writing
	// and is returned as it is. What was written before an error stands: the caller
	// has seen it. Usage is filled as far as known even beside an error.
	Complete(ctx context.Context, p Prompt, write func(piece string) error) (Completion, error)
}

// Prompt is what a model is to answer.
type Prompt struct {
	System    string
	Messages  []Turn  // oldest first; the last one is the user's
	Schema    *Schema // what the text is to be; nil for free text
	MaxTokens int     // of the completion, at most; above 0
}

// Schema describes a JSON text. A completer that cannot make the model keep to it
// asks without: the prompt itself says what is wanted, too.
type Schema struct {
	Name string          // letters, digits, _ and -, at most 64
	JSON json.RawMessage // a JSON Schema in the subset of OpenAI's strict mode
}

// Finish says why a model stopped writing.
type Finish string

// The ways to finish.
const (
	Finished Finish = "stop"
	CutOff   Finish = "length"  // Prompt.MaxTokens was reached
	Refused  Finish = "refused" // the model, or a filter before it, would not answer
)

// Completion is what is known of a text beside the text.
type Completion struct {
	Finish  Finish
	Refusal string // what the model said instead, with Refused; may be empty
	Usage   Usage
}

// Usage is what answering has taken from models.
type Usage struct {
	PromptTokens     int
	CompletionTokens int
	Estimated        bool    // some of it was counted here, since an endpoint did not say
	Requests         int     // sent to endpoints, retries included
	Cost             float64 // by the configured prices; 0 without
}

// Add adds what something else has taken.
func (u *Usage) Add(o Usage) {
	u.PromptTokens += o.PromptTokens
	u.CompletionTokens += o.CompletionTokens
	u.Estimated = u.Estimated || o.Estimated
	u.Requests += o.Requests
	u.Cost += o.Cost
}

// ErrResting is, within an error of [Completer.Complete], that nothing was asked
// because the model has failed just now.
var ErrResting = errors.New("the model is left alone for a moment")

// ErrTooLong is, within an error of [Completer.Complete], that the prompt does not
// fit the model. A shorter one may.
var ErrTooLong = errors.New("the prompt is too long for the model")
