package metadata

import (
	"net/url"
	"strings"
)

// Order says which number stands first in 03/04/2026.
type Order int

// The orders of day and month.
const (
	Unknown Order = iota
	DayFirst
	MonthFirst
)

// Locale is what is known about who wrote a date. The zero Locale knows nothing:
// 03/04/2026 is no date then, 17/04/2026 and 17 April 2026 are.
type Locale struct {
	Language string // two or three letters, such as "de"; empty when it is not known
	Order    Order  // of numbers between slashes or hyphens
}

// LocaleOf tells the locale by a language tag, such as "en-GB", and by the
// addresses of an article. Either may be missing.
func LocaleOf(tag string, addresses ...string) Locale {
	lang, region := splitTag(tag)
	loc := Locale{Language: lang}
	switch {
	case lang == "" || region == "" && lang == "en":
		loc.Order = orderOfDomains(addresses)
	case lang == "en":
		loc.Order = orderOfEnglish(region)
	default:
		loc.Order = orderOfLanguage(lang, region)
	}
	return loc
}

// splitTag returns the language and the region of a tag.
func splitTag(tag string) (lang, region string) {
	parts := strings.FieldsFunc(strings.ToLower(tag), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if len(parts) == 0 || len(parts[0]) < 2 || len(parts[0]) > 3 {
		return "", ""
	}
	for _, p := range parts[1:] {
		if len(p) == 2 {
			region = p
			break
		}
	}
	return parts[0], region
}

// orderOfEnglish is the order in a country's English. Canada writes both.
func orderOfEnglish(region string) Order {
	switch region {
	case "us", "ph", "pr", "gu", "as", "mp", "vi", "um", "mh", "fm", "pw":
		return MonthFirst
	case "ca":
		return Unknown
	}
	return DayFirst
}

// orderOfLanguage is the order in a language other than English. Where the year
// stands first, a date that ends in the year is not of the language's own form.
func orderOfLanguage(lang, region string) Order {
	switch {
	case lang == "fil", lang == "tl":
		return MonthFirst
	case yearFirst(lang), region == "us":
		return Unknown
	}
	return DayFirst
}

// yearFirst reports whether a language writes the year before month and day.
func yearFirst(lang string) bool {
	switch lang {
	case "ja", "ko", "zh", "hu", "lt", "mn", "eu", "ne":
		return true
	}
	return false
}

// orderOfDomains is the order in the countries of addresses, if they agree.
func orderOfDomains(addresses []string) Order {
	order := Unknown
	for _, a := range addresses {
		u, err := url.Parse(a)
		if err != nil {
			continue
		}
		host := strings.TrimSuffix(u.Hostname(), ".")
		o := orderOfDomain(host[strings.LastIndexByte(host, '.')+1:])
		if o == Unknown {
			continue
		}
		if order != Unknown && order != o {
			return Unknown
		}
		order = o
	}
	return order
}

// orderOfDomain is the order in the country of a top-level domain. Those that
// people all over the world take for their letters tell nothing.
func orderOfDomain(tld string) Order {
	switch tld {
	case "us", "gov", "mil", "ph":
		return MonthFirst
	case "ai", "am", "ca", "cc", "co", "fm", "gg", "im", "io", "is", "la", "ly", "me", "nu", "sh", "st", "to", "tv", "ws", "cn", "jp", "kr", "tw", "hu", "lt", "mn":
		return Unknown
	}
	if len(tld) == 2 {
		return DayFirst
	}
	return Unknown
}
