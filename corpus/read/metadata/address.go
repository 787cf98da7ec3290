package metadata

import (
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"parley/corpus/read/document"
)

// url takes the canonical address before others of its rank or worse, unless it
// is the front page of the site and another is not.
func (r *resolver) url() {
	type address struct {
		text, from string
		front      bool
		rank       document.Rank
		canonical  bool
	}
	var found []address
	for _, s := range r.stated[document.URL] {
		u, ok := cleanURL(s.Value)
		if !ok {
			if s.Rank == document.Stated { // pages have relative ones too
				r.refuse(s, "address %q is not taken: write it as https://example.org/article", brief(s.Value))
			}
			continue
		}
		found = append(found, address{u.String(), s.From, len(u.Path) < 2 && u.RawQuery == "", s.Rank, strings.Contains(strings.ToLower(s.From), "canonical")})
	}
	best := -1
	for i, a := range found {
		switch {
		case best < 0:
			best = i
		case found[best].rank == document.Stated:
		case found[best].front != a.front:
			if found[best].front {
				best = i
			}
		case a.canonical && !found[best].canonical:
			best = i
		}
	}
	if best >= 0 {
		r.take(&r.URL, document.URL, found[best].text, found[best].from)
	}
}

// maxURL is the length of an address that browsers and servers still take.
const maxURL = 2000

// cleanURL reads an absolute web address and takes from it what is not the
// article's: the fragment, a user and the parameters that track readers.
func cleanURL(s string) (*url.URL, bool) {
	s = strings.TrimSpace(document.Unescape(s))
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	if s == "" || len(s) > maxURL || strings.ContainsAny(s, " \t\n<>\"{}") {
		return nil, false
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, false
	}
	host, ok := hostName(u.Hostname())
	if !ok {
		return nil, false
	}
	if port := u.Port(); port != "" || strings.Contains(host, ":") {
		host = strings.TrimSuffix(net.JoinHostPort(host, port), ":")
	}
	u.Host = host
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.RawQuery = withoutTracking(u.RawQuery)
	u.ForceQuery = false
	return u, true
}

// hostName checks the name or number of a host. One in other letters than
// English ones is written as the network knows it.
func hostName(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	if s == "" || strings.HasPrefix(s, ".") || strings.Contains(s, "..") {
		return "", false
	}
	if net.ParseIP(s) != nil || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == "" {
		return s, true
	}
	ascii, err := idna.Lookup.ToASCII(s)
	return ascii, err == nil
}

// withoutTracking drops the parameters that say how a reader came. The others
// stay as they are and in their order.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !tracks(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// tracks reports whether a parameter is one that advertisers, newsletters and
// social networks add.
func tracks(name string) bool {
	for _, prefix := range []string{"utm_", "mtm_", "pk_", "piwik_", "hsa_", "_hs", "__hs", "vero_", "oly_", "mkt_tok", "wt_mc", "wt.mc", "trk_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "gs_l", "ref_src", "ref_url", "cmpid", "s_cid", "xtor", "ocid",
		"ncid", "srsltid", "spm", "ml_subscriber", "ml_subscriber_hash", "rb_clickid", "_openstat", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "guccounter", "guce_referrer", "guce_referrer_sig", "mbid", "ito", "sr_share":
		return true
	}
	return false
}

// fromAddress is where a publisher was found that nothing but the address names.
const fromAddress = "domain of the address"

// domain is the name of a site by an address: the part that somebody registered.
// An address within an address, as archives have them, is the one that counts.
func domain(address string) string {
	for _, scheme := range []string{"https://", "http://"} {
		if i := strings.LastIndex(address, scheme); i > 0 {
			address = address[i:]
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	if net.ParseIP(host) != nil || !strings.Contains(host, ".") {
		return ""
	}
	name, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	if shown, err := idna.Display.ToUnicode(name); err == nil {
		return shown
	}
	return name
}
