package openai

import (
	"net/url"
	"regexp"
	"strings"
)

// newCleaner returns what makes a text of an endpoint fit for people and logs:
// one line of at most maxDetail runes without the key, without what looks like
// one, and without the credentials of the base URL.
func newCleaner(o *Options) func(string) string {
	var pairs []string
	hide := func(secret string) {
		if secret != "" {
			pairs = append(pairs, secret, hidden)
		}
	}
	hide(o.Key.Reveal())
	if u, err := url.Parse(o.BaseURL); err == nil && u.User != nil {
		hide(u.User.String())
		if password, ok := u.User.Password(); ok {
			hide(password)
		}
	}
	known := strings.NewReplacer(pairs...)
	// Keys of OpenAI and its like, also masked in part, and what follows "Bearer".
	looks := regexp.MustCompile(`\b(sk|pk|gsk|key)-[\w*.-]{4,}|(?i:bearer)\s+[^\s"'<>]+|://[^\s/@]+@`)
	return func(s string) string {
		return shorten(looks.ReplaceAllString(known.Replace(s), hidden), maxDetail)
	}
}
