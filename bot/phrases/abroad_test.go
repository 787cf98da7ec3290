package phrases

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// discordLocales are all that Discord sends:
// https://docs.discord.com/developers/reference#locales
const discordLocales = "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko"

// TestAbroad guards that every locale of Discord has all texts, in a language of its
// own.
func TestAbroad(t *testing.T) {
	seen := map[string]string{} // a text to its locale
	for locale := range strings.FieldsSeq(discordLocales) {
		a, err := ReadAbroad(locale)
		if err != nil {
			t.Fatal(err)
		}
		base, _, _ := strings.Cut(locale, "-")
		if base == "zh" {
			base = locale
		}
		texts := reflect.ValueOf(*a)
		for i := range texts.NumField() {
			name, text := texts.Type().Field(i).Name, texts.Field(i).String()
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: %s is %q", locale, name, text)
			}
			// Two languages may have one word for a translation.
			if other, ok := seen[text]; ok && other != base && name != "Translation" {
				t.Errorf("%s and %s have one %s: %s", locale, other, name, text)
			}
			seen[text] = base
		}
	}
	for locale, want := range map[string]string{"": "en", "xx": "en", "und": "en", "pt": "pt-BR", "sv": "sv-SE", "zh": "zh-CN", "de-AT": "de", "p": "en"} {
		a, err := ReadAbroad(locale)
		w, _ := ReadAbroad(want)
		if err != nil || *a != *w {
			t.Errorf("%q: got %+v, error %v, want %s", locale, a, err, want)
		}
	}
}

// TestAbroadLists guards that the file has no text that nobody reads.
func TestAbroadLists(t *testing.T) {
	var all map[string]map[string]string
	if err := json.Unmarshal(abroadTexts, &all); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for field := range reflect.TypeFor[Abroad]().Fields() {
		known[field.Tag.Get("json")] = true
	}
	for locale, texts := range all {
		if !strings.Contains(" "+discordLocales+" ", " "+locale+" ") && locale != "en" && locale != "es" {
			t.Errorf("%s is no locale of Discord", locale)
		}
		if len(texts) != len(known) {
			t.Errorf("%s has %d texts, want %d", locale, len(texts), len(known))
		}
		for key := range texts {
			if !known[key] {
				t.Errorf("%s: nobody reads %s", locale, key)
			}
		}
	}
}
