// Package distiller stands in for github.com/markusmobius/go-domdistiller by a
// replace directive in parley's go.mod. go-trafilatura asks that package last,
// for pages of which neither it nor go-readability has found 250 characters. But
// its tables of letters are built when a program starts, a hundredth of a second
// for every command, used or not.
//
// It has what go-trafilatura compiles against, and finds nothing. Of 1,157 pages
// in the test data of go-trafilatura, go-domdistiller and go-readability, corpus
// read each as it does with the real package. Delete the folder and the directive
// to have that back.
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
