package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
)

// output is standard output, buffered. The first failure sticks and comes out of Flush.
type output struct {
	*bufio.Writer
}

func newOutput(env Env) *output { return &output{bufio.NewWriter(env.Stdout)} }

// object writes one JSON object on a line of its own, with <, > and & as they are.
func (o *output) object(v any) error {
	enc := json.NewEncoder(o)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return o.Flush()
}
