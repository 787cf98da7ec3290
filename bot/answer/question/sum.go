package question

import "regexp"

//nolint:gochecknoglobals // patterns, never written to
var (
	// altogether matches words that ask for figures to be added up; less, for their
	// difference.
	altogether = regexp.MustCompile(`(?i),? ?\b(?:altogether|all together|in all|in total|in sum|combined|all told|put together|together|overall)\b`)
	less       = regexp.MustCompile(`(?i)\b(?:how (?:much|many) (?:more|less|fewer|longer|later|higher|lower|bigger|smaller|further|older|younger)|how (?:much|many) .{1,40}\b(?:more|less|fewer|longer|higher|lower) than|what(?:['’]s| is| was) the (?:difference|gap)|by how (?:much|many)|how (?:much|many) .{1,40}\b(?:left|remain(?:s|ing)?))\b`)
	counts     = regexp.MustCompile(`(?i)^(?:so |and )?(?:how (?:much|many|long|far|old)|what(?:['’]s| is| was) the (?:total|sum|number|amount|difference|gap))\b`)
)

// summed reports whether a text asks for what has to be counted together, and is the
// same without saying so.
func summed(text string) (string, bool) {
	if !counts.MatchString(text) && !less.MatchString(text) {
		return "", false
	}
	if plain := altogether.ReplaceAllString(text, ""); plain != text {
		return plain, true
	}
	return text, less.MatchString(text)
}
