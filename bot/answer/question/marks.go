package question

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/retrieval/analysis"
)

// What chat programs write into a message beside its words.
var (
	// fence matches a block of code; the group is what stands in it.
	fence = regexp.MustCompile("(?s)```(?:[\\w+#.-]+[ \\t]*\\n)?(.*?)```")
	// quoted matches a line that quotes another message, and all that comes after >>>.
	quoted = regexp.MustCompile(`(?m:^[ \t]*>{1,2}[ \t]+(.*)$)|(?s:(?:^|\n)[ \t]*>>>[ \t]+(.*)$)`)
	// linked matches a link under a text; address, a bare one.
	linked  = regexp.MustCompile(`\[([^\]\n]+)\]\(<?https?://[^\s)]+\)`)
	address = regexp.MustCompile(`<?\b(?:https?://|www\.)[^\s>|]+>?`)
	// tag matches a mention, an emoji of a server, a time, a command (Discord, message formatting).
	tag = regexp.MustCompile(`<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[\w -]+:\d+|id:\w+)>|@(?:everyone|here)\b|:[a-z][a-z0-9_+]{1,31}:`)
	// listed matches what makes a line a heading, or one of a list.
	listed = regexp.MustCompile(`^[ \t]*(?:-?#{1,3}[ \t]|[-*•‣+][ \t]|\(?(?:\d{1,2}[.)]|[a-h]\))[ \t]|[Qq]\d{0,2}[ \t]?[:.)]|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ll]ast|[Ff]inal)(?:ly)?[,:][ \t])[ \t]*`)
	// keycap matches a digit on a key, which is an emoji.
	keycap = regexp.MustCompile(`[\d#*]\x{fe0f}?\x{20e3}`)
	// numbered matches the number of a question within a line.
	numbered = regexp.MustCompile(`([.?!;,][ \t]+|[ \t]and[ \t]+)(?:\(?[1-9][.)]|[Qq]\d{1,2}[ \t]?[:.)]|(?:[Ss]econd|[Tt]hird|[Ll]ast|[Ff]inal)(?:ly)?[,:])[ \t]+`)
	// inline matches the mark of a further question in a line that has one before it.
	inline = regexp.MustCompile(`(?i)[ \t]+(?:\(?[2-9][.)]|\(?[b-h]\)|Q[2-9][:.)])[ \t]+((?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|will)\b)`)
	// signature matches what mail programs add.
	signature = regexp.MustCompile(`(?im)^\s*(?:[-–—]+\s*)?(?:sent (?:via|from) \w[^\n?]{1,30}|get outlook for \w+|--)\s*$|(?:[-–—]+\s*)?\bsent from my (?:[\w-]+ ){0,2}(?:iphone|ipad|android(?: phone)?|phone|smartphone|galaxy|pixel|mobile|tablet|device|mac|macbook|pc|laptop|blackberry|xiaomi|huawei|oneplus|motorola|nokia)\b[\w ]{0,12}\.?\s*$`)
	// stamp matches the time and the speaker that a chat log has before a line.
	stamp = regexp.MustCompile(`(?im)^[ \t]*(?:\[(?:` + dayStamp + `[ \t,]*)?` + clock + `\](?:[ \t]+` + spoken + `)?|\[` + dayStamp + `\]` +
		`|` + dayStamp + `[ \t,]+` + clock + `(?:[ \t]+[-–—])?[ \t]+` + spoken + `|` + clock + `(?:[ \t]+[-–—])?[ \t]+(?-i:[A-Z])[\w.-]{0,31}:)[ \t]+([^\s?!.,;:-])`)
	// speaker matches who says a line of a chat log without a time.
	speaker = regexp.MustCompile(`(?m)^[ \t]*<[@+%~&]?[A-Za-z_][\w.-]{0,31}>[ \t]+(\S)`)
	// face matches a face of signs.
	face = regexp.MustCompile(`^(?:>?[:;=]['’]?-?[()DPpOo3/|*\\]+|[xX]D+|<3+|[oOT0uU>][_.][oOT0uU<]|\\o/|[^\pL\pN\s]*(?:[\^¯][^\pL\pN\s]|[^\pL\pN\s][\^¯])(?:[^\pL\pN\s]|ツ)*|[^\pL\pN\s_]+_+[^\pL\pN\s_]+)$`)
)

// The day, the time of day and the speaker in a chat log.
const (
	spoken   = `(?:<@?[\w .-]{1,32}>|@?[\w.-]{1,32}(?:[ \t][\w.-]{1,32})?:)`
	dayStamp = `(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|today at|yesterday at)T?`
	clock    = `\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:[ \t]?[ap]\.?m\.?)?(?:Z|[ \t]?UTC|[ \t]?GMT)?`
)

// unmarked takes off a message what its program writes into it.
func unmarked(message string) string {
	message = speaker.ReplaceAllString(stamp.ReplaceAllString(message, "$1"), "$1")
	text := signature.ReplaceAllString(linked.ReplaceAllString(message, "$1"), " ")
	text = keycap.ReplaceAllString(tag.ReplaceAllString(unlinked(text), " "), " ")
	text = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.So, unicode.Me) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1 || r == '\ufe0f' {
			return '\x1f' // emoji
		}
		return r
	}, text)
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, unsmiled(strings.Fields(strings.ReplaceAll(line, "\x1f", " \x1f "))))
	}
	text = unpaired(strings.Join(lines, "\n"))
	lines = lines[:0]
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest := listed.ReplaceAllString(line, ""); speaks(rest) {
			if rest != line {
				rest = inline.ReplaceAllString(rest, "? $1")
			}
			line = numbered.ReplaceAllString(rest, "$1")
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// unsmiled joins words without the faces and emoji (U+001F) between them. One before a
// word that asks ends a sentence ("my exam is a nightmare 😭 who led the talks").
func unsmiled(words []string) string {
	var out []string
	smiled := false
	for _, w := range words {
		if w == "\x1f" || face.MatchString(w) {
			smiled = true
			continue
		}
		if n := len(out); smiled && n > 0 && isAsking(strings.ToLower(w)) && !strings.ContainsAny(out[n-1][len(out[n-1])-1:], ".,;:!?") {
			out[n-1] += "."
		}
		out, smiled = append(out, w), false
	}
	return strings.Join(out, " ")
}

// speaks reports whether a text has a word, not only numbers and words like "or".
func speaks(text string) bool {
	for _, t := range analysis.Tokenize(text) {
		if !t.Number && (!analysis.IsStop(t.Word) || isAsking(t.Word)) {
			return true
		}
	}
	return false
}

// unlinked drops addresses, but for one that a question is about ("What does he say in
// https://…?"): those come after a word that is nothing without one.
func unlinked(text string) string {
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(text, -1) {
		before := text[:m[0]]
		before = before[strings.LastIndexAny(before, "\n?!")+1:]
		b.WriteString(text[at:m[0]])
		at = m[1]
		if words := analysis.Tokenize(before); len(words) > 2 && prepositions[words[len(words)-1].Word] && asks(words) {
			b.WriteString(text[m[0]:m[1]])
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

func asks(words []analysis.Token) bool {
	for _, t := range words {
		if isAsking(t.Word) {
			return true
		}
	}
	return auxiliaries[words[0].Word]
}

// pairs are the marks that Discord reads in pairs, a longer one before its parts;
// read-only.
//
//nolint:gochecknoglobals // a table
var pairs = [...]string{"``", "`", "***", "**", "*", "___", "__", "_", "~~", "||"}

// unpaired takes off the marks that make words code, bold, struck, hidden or slanted.
// They come in pairs around words: "C*" and "___ hours" keep theirs.
func unpaired(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		inner, mark := enclosedBy(text, i)
		switch {
		case mark == "":
			n := 1
			for strings.IndexByte("`*_~|", text[i]) >= 0 && i+n < len(text) && text[i+n] == text[i] {
				n++
			}
			b.WriteString(text[i : i+n])
			i += n
			continue
		case mark[0] == '`':
			b.WriteString(inner)
		default:
			b.WriteString(unpaired(inner))
		}
		i += len(inner) + 2*len(mark)
	}
	return b.String()
}

// enclosedBy is what stands between a pair of marks of which the first is at i, and the
// mark; empty for none.
func enclosedBy(text string, i int) (inner, mark string) {
	for _, m := range pairs {
		rest, ok := strings.CutPrefix(text[i:], m)
		if !ok {
			continue
		}
		single := m == "*" || m[0] == '_' // stands at the border of a word
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); single && isWord(before) {
			continue
		}
		for at := 0; at < len(rest); {
			n := strings.Index(rest[at:], m)
			if n < 0 {
				break
			}
			inner, after := rest[:at+n], rest[at+n+len(m):]
			next, _ := utf8.DecodeRuneInString(after)
			if fits(inner, m) && !strings.HasPrefix(after, m[:1]) && (!single || !isWord(next)) {
				return inner, m
			}
			at += n + 1
		}
	}
	return "", ""
}

// fits reports whether a text can stand between two marks: it begins and ends at them.
func fits(inner, mark string) bool {
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	return inner != "" && inner[0] != mark[0] && (mark[0] == '`' || !unicode.IsSpace(first) && !unicode.IsSpace(last))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
