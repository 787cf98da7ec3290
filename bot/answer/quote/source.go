package quote

import (
	"strings"

	"parley/corpus"
)

// NamesSource reports whether a text says whose account it is: the outlet or the
// title of an article.
func NamesSource(text string, a *corpus.Article) bool {
	folded, _ := Fold(strings.ToLower(text))
	for _, name := range [...]string{a.Publisher, a.Title} {
		if name = Trim(strings.ToLower(name)); name != "" && findWhole(folded, name, 0) >= 0 {
			return true
		}
	}
	return false
}
