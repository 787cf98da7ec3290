// Package distiller stands in for github.com/markusmobius/go-domdistiller by a
// replace directive in parley's go.mod. go-trafilatura asks that package last,
// for pages of which neither it nor go-readability has found 250 characters. But
// its tables of letters are built when a program starts, for every command, used
// or not: GODEBUG=inittrace=1 shows some 10 ms with the real package.
//
// It has what go-trafilatura compiles against, and finds nothing. The pages in the
// test data of go-trafilatura, go-domdistiller and go-readability, more than a
// thousand, were read alike with it and with the real package. Delete the folder
// and the directive to have that back.
package distiller

import (
	"errors"
	"net/url"

	"golang.org/x/net/html"
)

// Options has the settings that go-trafilatura makes.
type Options struct {
	OriginalURL    *url.URL
	SkipPagination bool
}

// Result is the main text of a page.
type Result struct {
	Node *html.Node
}

// Apply fails.
func Apply(*html.Node, *Options) (*Result, error) {
	return nil, errors.New("distill page: left out of this program")
}
