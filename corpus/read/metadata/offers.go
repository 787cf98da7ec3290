package metadata

import (
	"strings"

	"parley/corpus/internal/text"
)

// What pages put beside the names of authors.

var (
	// offer is what a page offers beside a name.
	offer = text.Pattern(`(?i)^(?:more (?:by|from)|about(?: the author:?)?|follow|all (?:posts|articles|stories) by|mehr von|über|alle artikel von|plus d'articles de|con información de|mit material von|avec|with reporting by)\s+|\s+(?:on (?:twitter|x|facebook|instagram|linkedin|mastodon|bluesky|threads)|twitter|facebook|instagram|linkedin|follow|follow us|seguir|suivre|folgen|email|e-mail|bio|profile|archive)$`)

	// emptyBy is a by-line whose names were taken out.
	emptyBy = text.Pattern(`(?i)^(?:written|posted|published|reported|story|by)(?: by)?:?$|(?:^|\s)(?:and|und|et|y|by|with)$`)

	// reporter stands beside a name in the East: 記者王小明／台北報導, 홍길동 기자.
	reporter = text.Pattern(`^(?:記者|记者)\s?([\p{Han}]{2,4})(?:[／/].*|\s.*)?$|^([\p{Hangul}]{2,4})\s?기자(?:\s.*)?$`)

	// account begins an address on a network.
	account = text.Pattern(`(?i)^/?u/(\w+)$`)
)

// withoutOffers takes from a by-line what a page offers beside it.
func withoutOffers(s string) string {
	if m := account().FindStringSubmatch(s); m != nil {
		return m[1]
	}
	if m := reporter().FindStringSubmatch(s); m != nil {
		return m[1] + m[2]
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = s[1 : len(s)-1]
	}
	for range 2 {
		s = strings.TrimSpace(emptyBy().ReplaceAllString(offer().ReplaceAllString(s, ""), ""))
	}
	return s
}

// paid reports whether what stands for an author says that a text was paid for.
func paid(s string) bool {
	k := fold(s)
	return hasStem(k, "sponsored", "advertorial", "paid content", "paid post", "promoted", "partner content", "brand content", "anzeige", "publireportage", "contenido patrocinado", "publicidad")
}
