package phrases

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// forms are the texts of one key: one, or one for each plural form.
type forms map[string]string

func readTexts(t *testing.T, tag string) map[string]forms {
	t.Helper()
	data, err := files.ReadFile("texts/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	out := map[string]forms{}
	for key, value := range raw {
		var text string
		f := forms{}
		if json.Unmarshal(value, &text) == nil {
			f[""] = text
		} else if err := json.Unmarshal(value, &f); err != nil {
			t.Fatalf("%s: %s: %v", tag, key, err)
		}
		out[key] = f
	}
	return out
}

var placeholder = regexp.MustCompile(`{{\.(\w+)}}`)

func placeholders(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestEveryLanguageHasEveryText guards that no language lacks a text or a
// placeholder of one, or has one too many.
func TestEveryLanguageHasEveryText(t *testing.T) {
	english := readTexts(t, Default)
	plurals := map[string][]string{
		"en": {"one", "other"}, "de": {"one", "other"}, "fr": {"many", "one", "other"}, "es": {"many", "one", "other"},
		"uk": {"few", "many", "one", "other"},
	}
	for _, tag := range Languages() {
		texts := readTexts(t, tag)
		for key := range texts {
			if english[key] == nil {
				t.Errorf("%s has %s, English has not", tag, key)
			}
		}
		for key, want := range english {
			got := texts[key]
			if got == nil {
				t.Errorf("%s lacks %s", tag, key)
				continue
			}
			names := slices.Sorted(maps.Keys(got))
			_, plain := want[""]
			if expected := plurals[tag]; !plain && !slices.Equal(names, expected) || plain && !slices.Equal(names, []string{""}) {
				t.Errorf("%s: %s has the forms %v", tag, key, names)
			}
			reference := want[""] + want["other"]
			if counts := slices.Contains(placeholders(reference), "Count"); counts == plain {
				t.Errorf("%s: %s needs plural forms if and only if it has {{.Count}}", tag, key)
			}
			for form, text := range got {
				if strings.TrimSpace(text) == "" || strings.Contains(placeholder.ReplaceAllString(text, ""), "{{") {
					t.Errorf("%s: %s %s is %q", tag, key, form, text)
				}
				if !slices.Equal(placeholders(text), placeholders(reference)) {
					t.Errorf("%s: %s %s has the placeholders %v, want %v", tag, key, form, placeholders(text), placeholders(reference))
				}
			}
		}
	}
}

// commandName is what chat networks take as the name of a command.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// TestLimits guards the lengths that commands, buttons and forms may have.
func TestLimits(t *testing.T) {
	for _, tag := range Languages() {
		seen := map[string]string{}
		for key, f := range readTexts(t, tag) {
			text := f[""]
			limit := 0
			switch {
			case key == "command.check.name":
				limit = 32
			case strings.HasPrefix(key, "command.") && strings.HasSuffix(key, ".name"):
				limit = 32
				if !commandName.MatchString(text) || strings.ToLower(text) != text {
					t.Errorf("%s: %s is %q, which is no name of a command", tag, key, text)
				}
				if parts := strings.Split(key, "."); len(parts) == 3 {
					if other := seen[text]; other != "" {
						t.Errorf("%s: %s and %s are both called %q", tag, key, other, text)
					}
					seen[text] = key
				}
			case strings.HasPrefix(key, "command."):
				limit = 100
			case strings.HasPrefix(key, "button."):
				limit = 80
			case strings.HasSuffix(key, ".placeholder"):
				limit = 100
			case strings.HasPrefix(key, "form."):
				limit = 45
			}
			if n := utf8.RuneCountInString(text); limit > 0 && n > limit {
				t.Errorf("%s: %s has %d characters, want %d at most: %q", tag, key, n, limit, text)
			}
		}
	}
}

func TestFor(t *testing.T) {
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for locale, want := range map[string]string{
		"en-US": "en", "en-GB": "en", "de": "de", "fr": "fr", "es-ES": "es", "es-419": "es", "uk": "uk",
		"ja": "en", "pt-BR": "en", "ru": "en", "": "en", "nonsense!": "en", "zh-TW": "en",
	} {
		if got := b.For(locale).Language; got != want {
			t.Errorf("%q: got %s, want %s", locale, got, want)
		}
	}
}

func TestSay(t *testing.T) {
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2025, 12, 2, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{b.For("en").Say("sources.words", Args{"Count": 1}), "1 word"},
		{b.For("uk").Say("sources.words", Args{"Count": 22}), "22 слова"},
		{b.For("uk").Say("sources.words", Args{"Count": 25}), "25 слів"},
		{b.For("uk").Say("sources.words", Args{"Count": 101}), "101 слово"},
		{b.For("fr").Say("sources.words", Args{"Count": 0}), "0 mot"},
		{b.For("de").Date(day), "2. Dezember 2025"},
		{b.For("es-419").Date(day), "2 de diciembre de 2025"},
		{b.For("en").Date(time.Time{}), ""},
		{b.For("en").Wait(61 * time.Second), "Ask again in 61 seconds."},
		{b.For("en").Wait(10 * time.Minute), "Ask again in 10 minutes."},
		{b.For("en").Wait(72 * time.Hour), "Ask again in 72 hours."},
		{b.For("en").Span(0), "1 s"},
		{b.For("en").Say("refused.date", Args{"Text": "{{.Text}} <b>"}), "“{{.Text}} <b>” is no date that I can read. Write it like 2025-12-02."},
		{b.For("en").Say("no.such.key", nil), "no.such.key"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	if all := b.All("command.ask.name"); len(all) != len(Languages()) || all["de"] != "fragen" {
		t.Errorf("got %v", all)
	}
	if all := b.All("no.such.key"); all != nil {
		t.Errorf("got %v for a key that there is not", all)
	}
}
