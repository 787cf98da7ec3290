package quote

import (
	"regexp"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/english"
	"parley/corpus"
)

// Continue returns a writer of an answer that has been begun.
func Continue(c *corpus.Corpus, a *answer.Answer) *Writer {
	w := NewWriter(c, a)
	for i, cite := range a.Citations {
		article, ok := c.Lookup(cite.ArticleID)
		if !ok {
			continue
		}
		first, end := c.ArticleSentences(article)
		for s := first; s < end; s++ {
			if c.Sentences[s].Span == cite.Span {
				w.number[s] = i + 1
			}
		}
	}
	return w
}

// speaker matches a name beside a verb of saying.
var speaker = regexp.MustCompile(`(?:(\p{Lu}[\p{L}'’-]+),? (?:has |had )?(?:said|says|told|added|argued|wrote|explained|noted|announced|claimed))|(?:(?:said|says|according to|told|added) (?:[\p{L}'’-]+ ){0,4}?(\p{Lu}[\p{L}'’-]+))`)

// Speakers are the last names of those whom a sentence says to have said it, in
// small letters.
func Speakers(sentence string) []string {
	var out []string
	for _, m := range speaker.FindAllStringSubmatch(sentence, -1) {
		name := strings.ToLower(m[1] + m[2])
		_, day := english.Weekday(name)
		_, month := english.Month(name)
		if !day && !month { // "the minister said on Monday"
			out = append(out, name)
		}
	}
	return out
}

// NamesSource reports whether a text says whose account it is: the outlet or title
// of the article, or somebody who speaks in the sentence.
func NamesSource(text string, a *corpus.Article, sentence string) bool {
	folded, _ := Fold(text)
	folded = strings.ToLower(folded)
	for _, name := range [...]string{a.Publisher, a.Title} {
		if name = strings.ToLower(Trim(name)); name != "" && findWhole(folded, name, 0) >= 0 {
			return true
		}
	}
	for _, s := range Speakers(sentence) {
		if name, _ := Fold(s); findWhole(folded, name, 0) >= 0 {
			return true
		}
	}
	return false
}
