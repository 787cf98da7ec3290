// Package lexical ranks passages by the words and the character 4-grams they
// share with a query, both under BM25 (Robertson and Zaragoza, "The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009), and reads queries: it drops stop
// words and finds, in the index's own vocabulary, what a misspelt or differently
// transliterated word stands for.
//
// What a passage adds to a score per term depends on the corpus alone, so it is
// computed when the index is built; a query only adds up.
package lexical
