package openai

import (
	"bytes"
	"encoding/json"
	"unicode"

	"parley/bot/answer"
)

// estimateTokens guesses how many tokens a text has, rather too many than too
// few: 4 characters of ASCII to one
// (https://help.openai.com/en/articles/4936856), 2 of other alphabets, 1 of
// Chinese, Japanese and Korean.
func estimateTokens(text string) int {
	quarters := 0
	for _, r := range text {
		quarters += quartersOf(r)
	}
	return (quarters + 3) / 4
}

func quartersOf(r rune) int {
	switch {
	case r <= unicode.MaxASCII:
		return 1
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r > 0xFFFF:
		return 4
	}
	return 2
}

// cutTokens cuts a text to estimated tokens, by runes.
func cutTokens(text string, tokens int) (string, bool) {
	quarters := 4 * tokens
	for i, r := range text {
		if quarters -= quartersOf(r); quarters < 0 {
			return text[:i], true
		}
	}
	return text, false
}

// perMessage is what a chat adds to each message, and once more for the reply
// (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken).
const perMessage = 3

func estimatePrompt(p *answer.Prompt) int {
	n := estimateTokens(p.System) + 2*perMessage
	for _, m := range p.Messages {
		n += estimateTokens(m.Text) + perMessage
	}
	if p.Schema != nil {
		n += estimateTokens(string(p.Schema.JSON))
	}
	return n
}

// used is what an endpoint says that it has used.
type used struct{ prompt, completion int }

// readUsage reads an answer's "usage". It reports whether there is one with
// something in it.
func readUsage(raw json.RawMessage) (used, bool) {
	if len(bytes.TrimSpace(raw)) == 0 || isNull(raw) {
		return used{}, false
	}
	var u struct {
		Prompt     float64 `json:"prompt_tokens"` // a float in some servers
		Completion float64 `json:"completion_tokens"`
		Total      float64 `json:"total_tokens"`
	}
	if json.Unmarshal(raw, &u) != nil {
		return used{}, false
	}
	if u.Prompt == 0 && u.Completion == 0 {
		u.Prompt = u.Total
	}
	const most = 1e9
	if u.Prompt < 0 || u.Completion < 0 || u.Prompt > most || u.Completion > most {
		return used{}, false
	}
	return used{int(u.Prompt), int(u.Completion)}, u.Prompt > 0 || u.Completion > 0
}

// million is what prices are for.
const million = 1e6
