// Package analysis turns text into terms: it cuts words, folds case and marks,
// stems them and knows stop words. [Analyze] does so for a whole corpus once and
// keeps the result as a forward index that the rankers, the LSA embedder and
// the answer engine share, so that nobody reads an article's text twice.
package analysis
