package phrases

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// abroadTexts are the few texts that there are in every language of Discord.
//
//go:embed abroad.json
var abroadTexts []byte

// Abroad is what the bot says to people whose question is in another language than
// the articles.
type Abroad struct {
	Name         string `json:"name"`          // of the language, in English: models are told
	EnglishOnly  string `json:"english_only"`  // without a model only questions in English are understood
	ArticlesOnly string `json:"articles_only"` // the same where the articles are in no English
	NotSaid      string `json:"not_said"`
	Hello        string `json:"hello"`
	Differ       string `json:"differ"`     // above accounts that differ
	Translated   string `json:"translated"` // below an answer
	Translation  string `json:"translation"`
}

// Note says below an answer that it was translated, or why it was not.
func (a *Abroad) Note(translated bool) string {
	if translated {
		return a.Translated
	}
	return a.EnglishOnly
}

// ReadAbroad returns the texts in the language of a locale such as "zh-TW" or "es-419",
// and in English when there are none in it.
func ReadAbroad(locale string) (*Abroad, error) {
	var all map[string]*Abroad
	if err := json.Unmarshal(abroadTexts, &all); err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	if a := all[locale]; a != nil {
		return a, nil
	}
	base, _, _ := strings.Cut(locale, "-")
	for _, tag := range [...]string{base, "sv-SE", "pt-BR", "zh-CN"} { // as Discord has them, the country is always there
		if a := all[tag]; a != nil && (tag == base || strings.HasPrefix(tag, base+"-")) {
			return a, nil
		}
	}
	return all[Default], nil
}
