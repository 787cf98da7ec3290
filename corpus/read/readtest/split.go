package readtest

import (
	"strings"
	"unicode"

	"parley/corpus/read/document"
)

// split cuts a text into pieces of about a sentence, to count them. It need not
// be right, since what was read and what is right are cut alike.
func split(s string) []string {
	s = unlisted(document.Squeeze(strings.ReplaceAll(document.Normalise(s), "\n", " ")))
	var out []string
	runes := []rune(s)
	start := 0
	for i := 0; i < len(runes); i++ {
		if !strings.ContainsRune(".!?…。！？", runes[i]) {
			continue
		}
		end := i + 1
		for end < len(runes) && strings.ContainsRune(".!?…\"”’»“)]", runes[end]) {
			end++
		}
		if runes[i] > 0x2FFF || end+1 < len(runes) && runes[end] == ' ' && begins(runes[end+1]) {
			out = append(out, string(runes[start:end]))
			for end < len(runes) && runes[end] == ' ' {
				end++
			}
			start = end
		}
		i = max(i, end-1)
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

func begins(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("\"“‘«„([¿¡", r)
}

// unlisted takes the mark of a list item from the start of a text.
func unlisted(s string) string {
	mark, rest, ok := strings.Cut(s, " ")
	if !ok || len([]rune(mark)) > 3 {
		return s
	}
	number := strings.TrimRight(mark, ".)")
	if strings.ContainsAny(mark, "•·‣▪*–—-") && len([]rune(mark)) == 1 || number != mark && number != "" && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return s
}

// variants are the texts that a text with "{a~b}" stands for.
func variants(s string) []string {
	before, after, _ := strings.Cut(s, "{")
	inner, rest, ok := strings.Cut(after, "}")
	if !ok {
		return []string{s}
	}
	var out []string
	for _, tail := range variants(rest) {
		for choice := range strings.SplitSeq(inner, "~") {
			out = append(out, before+choice+tail)
		}
	}
	return out
}
