package openai

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// newRedactor returns what takes the key out of a text of an endpoint, what looks
// like one, and the credentials of the base URL.
func newRedactor(o *Options) func(string) string {
	var pairs []string
	hide := func(secret string) {
		if secret != "" {
			pairs = append(pairs, secret, hidden, url.QueryEscape(secret), hidden)
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
		return looks.ReplaceAllString(known.Replace(s), hidden)
	}
}

// loopback reports whether an address is on this machine.
func loopback(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// shorten puts a text into one line of at most n runes.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > n {
		s = string(runes[:n-1]) + "…"
	}
	return s
}
