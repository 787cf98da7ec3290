package metadata

import (
	"path"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// FromFileName is where a statement was found that the name of a file makes.
const FromFileName = "file name"

// OfPath is what the path of a file of one article, within its folder, says about
// the article: a day, and a title if it is words.
func OfPath(file string) []document.Statement {
	var out []document.Statement
	if day, ok := dateInPath(file); ok {
		out = append(out, implied(day, FromFileName))
	}
	if title := titleOfName(file); title != "" {
		out = append(out, document.Statement{Field: document.Title, Value: title, From: FromFileName, Rank: document.Implied})
	}
	return out
}

// minNameWords is how many words the name of a file has at least that is taken for a
// title.
const minNameWords = 2

// titleOfName makes a title of the name of a file, if it is words: "The Ferry
// Master.txt", "2026-01-17-ferry-closes.md". Numbers alone and the names that
// programs give are none.
func titleOfName(file string) string {
	name := path.Base(strings.ReplaceAll(file, "\\", "/"))
	name = strings.TrimSuffix(name, ".gz")
	name = strings.TrimSuffix(name, path.Ext(name))
	slug := !strings.Contains(name, " ")
	for _, day := range []func() string{
		func() string { return nameDay().FindString(name) }, func() string { return nameDay2().FindString(name) },
	} {
		if found := day(); found != "" {
			name = strings.Replace(name, found, " ", 1)
		}
	}
	if slug {
		name = strings.NewReplacer("_", " ", "-", " ", "+", " ", ".", " ").Replace(name)
	}
	name = strings.Trim(document.Squeeze(name), " -_.,;")
	words := strings.Fields(name)
	if len(words) < minNameWords || text.Words(name) > maxOutletWords*2 || strings.ContainsAny(name, "=&%#@{}[]<>") || machineName(words) {
		return ""
	}
	if r := []rune(name); slug && allLower(name) {
		return string(unicode.ToUpper(r[0])) + string(r[1:])
	}
	return name
}

// machineName reports whether words are what programs call files: mostly numbers and
// signs, or a word such as "document" with a number.
func machineName(words []string) bool {
	letters := 0
	for _, w := range words {
		w = fold(w)
		switch {
		case strings.ContainsAny(w, "0123456789") && strings.IndexFunc(w, unicode.IsLetter) >= 0:
			return true // a hash, "page3", "v2"
		case genericName(w):
		case len([]rune(w)) > 2 && strings.IndexFunc(w, unicode.IsLetter) >= 0:
			letters++
		}
	}
	return letters < minNameWords || 2*letters < len(words)
}

// genericName reports whether a folded word says what a file is and not what it is
// about.
func genericName(w string) bool {
	switch w {
	case "article", "articles", "document", "doc", "docs", "page", "pages", "file", "files", "text", "txt", "html", "htm", "pdf", "md", "news", "story", "report", "post", "item", "part", "chapter", "section", "index", "untitled", "draft", "final", "copy", "new", "test", "sample", "example", "export", "download", "scan", "img", "image", "print", "output", "data", "corpus", "dump", "raw", "clean", "version", "artikel", "dokument", "seite", "the", "of", "and", "number":
		return true
	}
	return false
}
