package metadata

import (
	_ "embed"
	"maps"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"
)

// names.txt has the names of months and weekdays of some sixty languages, one a
// line, without accents and dots: the wide and short forms of Unicode's CLDR,
// within a sentence and alone, and a few that papers use beside them.
//
//go:embed names.txt
var namesText string

// calendar knows the names of months and weekdays.
type calendar struct {
	months   map[string]map[string]time.Month // by language, then name
	any      map[string]time.Month            // names that mean one month in all languages
	weekdays map[string]bool                  // of all languages
}

// names is built when the first date in words is met.
var names = sync.OnceValue(func() *calendar {
	c := &calendar{months: map[string]map[string]time.Month{}, any: map[string]time.Month{}, weekdays: map[string]bool{}}
	for line := range strings.Lines(namesText) {
		lang, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		months, days, _ := strings.Cut(rest, "; ")
		own := map[string]time.Month{}
		month := time.January
		for forms := range strings.SplitSeq(months, ", ") {
			for name := range strings.SplitSeq(forms, "/") {
				if name = fold(name); name == "" {
					continue // a language that numbers the months
				}
				own[name] = month
				c.learn(name, month)
			}
			month++
		}
		base, _, _ := strings.Cut(lang, "-")
		if c.months[base] == nil {
			c.months[base] = own
		} else {
			maps.Copy(c.months[base], own)
		}
		for name := range strings.SplitSeq(days, "/") {
			c.weekdays[fold(name)] = true
		}
	}
	maps.Copy(c.any, c.months["en"])
	return c
})

// learn adds a name that is not bound to a language. One that two languages use
// for two months means none: "listopada" is October in Croatian and November in
// Polish.
func (c *calendar) learn(name string, m time.Month) {
	if known, ok := c.any[name]; ok && known != m {
		m = 0
	}
	c.any[name] = m
}

// month is the month of a folded name, 0 if it is none.
func (c *calendar) month(name, lang string) time.Month {
	if m, ok := c.months[lang][name]; ok {
		return m
	}
	return c.any[name]
}

// fold maps words that differ in case, accents and dots alone to one.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r <= 0x36F: // accents
			return -1
		case r == 'ı':
			return 'i'
		}
		return r
	}, norm.NFD.String(s)))
}
