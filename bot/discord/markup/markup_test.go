package markup

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"right-to-left override", "pay \u202Egnp.exe\u202C now", "pay gnp.exe now"},
		{"isolates", "\u2066a\u2069b", "ab"},
		{"zero width", "@\u200Beveryone \uFEFFx\u2060y", "@everyone xy"},
		{"soft hyphen", "ever\u00ADyone", "everyone"},
		{"tags", "a\U000E0068\U000E0069b", "ab"},
		{"hangul filler", "a\u3164b", "ab"},
		{"control", "a\x00b\x1b[31mc\x7f", "ab[31mc"},
		{"zalgo", "Z" + strings.Repeat("\u0335\u0321", 40) + "a", "Z\u0335\u0321\u0335a"},
		{"marks without a letter", "\u0301\u0301x", "x"},
		{"vietnamese", "Việt Nam, Nguyễn", "Việt Nam, Nguyễn"},
		{"persian joiner", "می\u200Cخواهم", "می\u200Cخواهم"},
		{"joiner between latin letters", "a\u200Db", "ab"},
		{"emoji sequence", "👩\u200D👧", "👩\u200D👧"},
		{"line separators", "a\u2028b\r\nc", "a\nb\nc"},
		{"invalid bytes", "a\xffb", "a\uFFFDb"},
		{"hebrew stays", "שלום", "שלום"},
		{"private use", "a\uE000b", "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEscape(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Nearly five hours, he said (again).", "Nearly five hours, he said (again)."},
		{"bold and code", "**a** `b` ~~c~~ _d_", "\\*\\*a\\*\\* \\`b\\` \\~\\~c\\~\\~ \\_d\\_"},
		{"spoiler", "||secret||", `\|\|secret\|\|`},
		{"masked link", "[click](https://evil.example)", `\[click\](https\:\/\/evil.example)`},
		{"bare address", "see https://evil.example/x", `see https\:\/\/evil.example\/x`},
		{"invitation", "join discord.gg/abc", `join discord.gg\/abc`},
		{"user", "<@123> <@!1> <@&9>", `\<\@123\> \<\@!1\> \<\@&9\>`},
		{"everyone", "@everyone @here", `\@everyone \@here`},
		{"timestamp, channel, command, emoji", "<t:0:R> <#1> </ask:1> <:x:1>", `\<t\:0:R\> \<#1\> \<\/ask:1\> \<\:x:1\>`},
		{"emoji by name", ":skull: :+1::skin-tone-2: a:b 10:30", `\:skull: \:+1:\:skin-tone-2: a:b 10:30`},
		{"heading", "# big", `\# big`},
		{"small print", "-# small", `\-\# small`},
		{"quote", ">>> all", `\>\>\> all`},
		{"list", "- one", `\- one`},
		{"numbered list", "12. one", `12\. one`},
		{"number inside", "The 12. one", "The 12. one"},
		{"fence", "```js\nx```", "\\`\\`\\`js x\\`\\`\\`"},
		{"backslash", `\*`, `\\\*`},
		{"lines become one", "a\n# b\n> c", `a # b \> c`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Escape(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		name, in   string
		limit      int
		head, tail string
	}{
		{"short", "abc", 3, "abc", ""},
		{"at a sentence", "One two three. Four five six seven", 25, "One two three.", "Four five six seven"},
		{"at a blank", "One two three four five", 15, "One two three", "four five"},
		{"no blank", strings.Repeat("x", 10), 4, "xxxx", "xxxxxx"},
		{"surrogate pairs", "👍👍👍", 5, "👍👍", "👍"},
		{"letter and mark stay together", "aaae\u0301b", 4, "aaa", "e\u0301b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			head, tail := Split(tt.in, tt.limit)
			if head != tt.head || tail != tt.tail {
				t.Errorf("got %q, %q, want %q, %q", head, tail, tt.head, tt.tail)
			}
		})
	}
}

func TestLink(t *testing.T) {
	for _, tt := range []struct {
		address string
		want    string
	}{
		{"https://example.com/a(b)?c=d&e", "[1](<https://example.com/a%28b%29?c=d&e>)"},
		{"https://example.com/)**@everyone**", "[1](<https://example.com/%29**@everyone**>)"},
		{"", "1"},
		{"javascript:alert(1)", "1"},
		{"https://example.com/> @everyone <https://x", "1"},
		{"https://example.com/\u202Egnp", "1"},
		{"https://example.com/" + strings.Repeat("x", 400), "1"},
	} {
		if got, _ := Link("1", tt.address); got != tt.want {
			t.Errorf("Link(%q): got %q, want %q", tt.address, got, tt.want)
		}
	}
}

// FuzzSplit guards that parts keep the limit and nothing but blanks is lost.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "abc", "a b c. d", strings.Repeat("\u0301", 50), "👩\u200D👧👩\u200D👧", "x" + strings.Repeat("\u200D", 30)} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 4 || limit > 5000 || !utf8.ValidString(s) {
			t.Skip()
		}
		head, tail := Split(s, limit)
		if Len(head) > limit {
			t.Errorf("head of %d units over %d", Len(head), limit)
		}
		if s != "" && head == "" && strings.Trim(s, " ") != "" {
			t.Errorf("no progress on %q at %d", s, limit)
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(head+tail) != squeeze(s) {
			t.Errorf("lost text: %q became %q and %q", s, head, tail)
		}
		if e := Escape(s); Len(e) > 2*Len(Line(s)) {
			t.Errorf("%q grew to %q, more than a backslash before each character", s, e)
		}
	})
}
