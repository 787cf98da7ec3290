// Package readtest has what tests of reading need: pages whose text and
// metadata are known, articles and writers that put them into each format, and
// files that are hostile or broken.
//
// Pages are made of two halves. A construct (data/constructs) is one article
// with the markup that it is about and, beside each piece of markup, what a
// careful reader would say is its text. A style (data/styles) is a kind of site:
// a template with everything that stands around the text of such a site. [Pages]
// puts each construct into each style. [Compare] counts, for what a reader made
// of a page, sentences found, sentences added and metadata that is right; it
// knows nothing of how reading is done.
package readtest
