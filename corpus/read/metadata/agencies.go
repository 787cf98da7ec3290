package metadata

import (
	"strings"
	"sync"
)

// Agencies are the names of news agencies, in lower case and as an expression: their
// reports and pictures appear under their names in other outlets. Those of
// [lesserAgencies] are words or names too, and mean an agency only where an author
// stands.
const (
	Agencies       = `ap|associated press|reuters|thomson reuters|afp|agence france-presse|agence france presse|dpa|dpa-afx|ansa|efe|agencia efe|epa|epa-efe|upi|united press international|tass|itar-tass|ria novosti|interfax|xinhua|kyodo|kyodo news|yonhap|yonhap news agency|pa media|press association|bloomberg|bloomberg news|canadian press|anadolu|anadolu agency|sputnik|ukrinform|belga|ritzau|scanpix|keystone|tt news agency|getty|getty images`
	lesserAgencies = `pa|aa|apa|sda|ians|pti|press trust of india|ani|anp|ntb|tt|stt|lusa|pap|ctk|mti|unian|aap|australian associated press|apn|ap news|epd|kna|sid|adnkronos|agi|europa press|telam|notimex|agerpres|hina|tanjug|bta|ana-mpa|bernama|antara|wam|spa|petra|irna|cnn newsource|news agency|jiji press|jiji|tasr|mia|sana|prensa latina|ats|cp|swns|apn news|cns|ap photo`
)

var agencies = sync.OnceValue(func() map[string]bool { //nolint:gochecknoglobals // made once
	out := make(map[string]bool)
	for name := range strings.SplitSeq(Agencies+"|"+lesserAgencies, "|") {
		out[name] = true
	}
	return out
})

// agency reports whether a name is of a news agency.
func agency(s string) bool {
	return agencies()[strings.TrimPrefix(strings.Trim(fold(s), " .()-–—/"), "the ")]
}
