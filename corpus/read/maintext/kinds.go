package maintext

import "strings"

// kind is a kind of names that elements bear.
type kind struct {
	name  string   // of its feature
	parts []string // beginnings of words that tell it; those of more than four letters stand anywhere in them
}

// linkedLine is a further kind: a line of some words that is a link.
const linkedLine = 1 << 31

// kinds are the kinds of names, each word kind in one place. They are the same
// in every language that web sites are programmed in.
func kinds() []kind {
	return []kind{
		{"comment", []string{"comment", "disqus", "reply", "replies", "respond", "discuss", "forum", "kommentar", "coment"}},
		{"related", []string{"relat", "recommend", "trending", "popular", "readmore", "also", "next", "latest", "mostread", "similar", "teaser", "carousel", "upnext", "more"}},
		{"share", []string{"share", "sharing", "social", "follow", "facebook"}},
		{"side", []string{"sidebar", "widget", "aside", "rail", "column"}},
		{"foot", []string{"footer", "bottom", "footnote"}},
		{"author", []string{"author", "byline", "bio", "contributor", "writer", "profile"}},
		{"caption", []string{"caption", "credit", "photo", "image", "gallery", "slide", "media", "video", "figure", "picture"}},
		{"letter", []string{"newsletter", "subscri", "signup", "promo", "cta", "optin", "donat", "paywall", "regist"}},
		{"nav", []string{"nav", "menu", "breadcrumb", "crumb", "pagination", "pager", "toc"}},
		{"tag", []string{"tags", "topic", "categor", "label", "keyword", "eyebrow", "kicker"}},
		{"post", []string{"article", "story", "entry", "post", "blog"}},
		{"body", []string{"body", "content", "text", "main", "copy"}},
		{"meta", []string{"meta", "date", "time", "info", "published", "stamp"}},
		{"ad", []string{"advert", "sponsor", "banner", "adslot", "dfp", "taboola", "outbrain", "affiliate", "commerce", "product", "shop"}},
		{"embed", []string{"embed", "tweet", "twitter", "instagram", "youtube"}},
		{"quote", []string{"quote", "pull"}},
		{"summary", []string{"summary", "subtitle", "subhead", "standfirst", "dek", "deck", "lead", "intro", "excerpt", "description", "sub"}},
		{"title", []string{"title", "headline", "heading"}},
		{"cookie", []string{"cookie", "consent", "modal", "popup", "overlay", "gdpr", "dialog", "alert", "notice"}},
	}
}

// kindOf is the set of kinds that a word is of.
func kindOf(w string, kinds []kind) uint32 {
	var set uint32
	for g := range kinds {
		for _, p := range kinds[g].parts {
			if strings.HasPrefix(w, p) || len(p) > 4 && strings.Contains(w, p) {
				set |= 1 << g
				break
			}
		}
	}
	return set
}

// namer remembers the kinds of the names of a page.
type namer struct {
	kinds []kind
	known map[string]uint32
}

func (n *namer) kindsOf(class []string) uint32 {
	var set uint32
	for _, w := range class {
		s, ok := n.known[w]
		if !ok {
			s = kindOf(w, n.kinds)
			n.known[w] = s
		}
		set |= s
	}
	return set
}
