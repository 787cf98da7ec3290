// Package phrases holds the sentences that the bot itself says, in five
// languages, and the names of its commands.
//
// The texts are in texts/*.json, a file per language with the same keys and
// placeholders in each. Plural forms follow the rules of the language (CLDR, by
// go-i18n). What articles say is never translated. abroad.json has the few texts that
// there are in every language of Discord.
package phrases

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Default is the language of those whose own is not among [Languages].
const Default = "en"

// Languages returns the tags of the languages, the default one first.
func Languages() []string { return []string{Default, "de", "fr", "es", "uk"} }

//go:embed texts/*.json
var files embed.FS

// Book has the texts in all languages. It is safe for concurrent use.
type Book struct {
	bundle   *i18n.Bundle
	speakers map[string]*Speaker
}

// Open reads the texts.
func Open() (*Book, error) {
	b := &Book{bundle: i18n.NewBundle(language.English), speakers: map[string]*Speaker{}}
	b.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, tag := range Languages() {
		if _, err := b.bundle.LoadMessageFileFS(files, "texts/"+tag+".json"); err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		b.speakers[tag] = &Speaker{Language: tag, localizer: i18n.NewLocalizer(b.bundle, tag)}
	}
	return b, nil
}

// For returns who speaks the language of a locale such as "es-419", and English
// when none does.
func (b *Book) For(locale string) *Speaker {
	tag, err := language.Parse(locale)
	if err == nil {
		base, _ := tag.Base()
		if s := b.speakers[base.String()]; s != nil {
			return s
		}
	}
	return b.speakers[Default]
}

// All returns a text without placeholders in every language, by tag; nil when
// there is no such text.
func (b *Book) All(key string) map[string]string {
	out := map[string]string{}
	for tag, s := range b.speakers {
		text, err := s.localizer.Localize(&i18n.LocalizeConfig{MessageID: key})
		if err != nil {
			return nil
		}
		out[tag] = text
	}
	return out
}

// Args are the values of a text's placeholders. Count, an int, also picks the
// plural form.
type Args map[string]any

// Speaker says texts in one language.
type Speaker struct {
	Language  string
	localizer *i18n.Localizer
}

// Say returns a text; args may be nil. A key that there is not is returned as it
// is: the tests see to it that every key used is there.
func (s *Speaker) Say(key string, args Args) string {
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := args["Count"]; ok {
		config.PluralCount = n
	}
	text, err := s.localizer.Localize(config)
	if err != nil {
		return key
	}
	return text
}

// Date writes a day; the zero time is empty.
func (s *Speaker) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return s.Say("date", Args{"Day": t.Day(), "Month": s.Say("month."+strconv.Itoa(int(t.Month())), nil), "Year": t.Year()})
}

// Span writes a length of time in its greatest unit, rounded up: at least a
// second.
func (s *Speaker) Span(d time.Duration) string {
	n, unit := units(d)
	return s.Say("span."+unit, Args{"N": n})
}

// Wait says when to ask again.
func (s *Speaker) Wait(d time.Duration) string {
	n, unit := units(d)
	if unit == "days" {
		n, unit = n*24, "hours"
	}
	return s.Say("wait."+unit, Args{"Count": n})
}

// units is a length of time in the unit in which people say it, rounded up.
func units(d time.Duration) (n int, unit string) {
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d <= 90*time.Second:
		return max(1, up(time.Second)), "seconds"
	case d <= 90*time.Minute:
		return up(time.Minute), "minutes"
	case d <= 48*time.Hour:
		return up(time.Hour), "hours"
	}
	return up(24 * time.Hour), "days"
}
