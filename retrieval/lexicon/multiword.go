package lexicon

import (
	"slices"
	"strings"

	"parley/retrieval/lexicon/internal/table"
)

// longest is how many words the longest expressions have, which gen sees to.
const longest = 4

// MultiWord finds the longest expression of two to four words that begins at
// words[i], such as "take place" or "prime minister", and returns how many words
// it has and its relations; n is 0 if there is none. A verb's first word and a
// noun's last one may be inflected: "took place", "prime ministers".
func (l *Lexicon) MultiWord(words []string, i int) (n int, rel []Relation) {
	words = words[i:]
	var buf [8]string
	for n := min(longest, len(words)); n > 1; n-- {
		text := strings.Join(words[:n], " ")
		if len(l.expressions(buf[:0], text)) > 0 {
			return n, l.Related(text)
		}
	}
	return 0, nil
}

// expressions appends the dictionary forms of several words joined by spaces.
func (l *Lexicon) expressions(forms []string, text string) []string {
	if _, ok := l.words.Find(text); ok {
		forms = append(forms, text)
	}
	var buf [8]string
	add := func(form string, part table.Part) {
		if l.parts(form).Has(part) && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	head, rest, _ := strings.Cut(text, " ")
	for _, h := range l.rules.Append(buf[:0], head) {
		add(h+" "+rest, table.Verb)
	}
	space := strings.LastIndexByte(text, ' ')
	for _, last := range l.rules.Append(buf[:0], text[space+1:]) {
		add(text[:space+1]+last, table.Noun)
	}
	return forms
}
