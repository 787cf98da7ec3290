package quantity

import (
	"regexp"
	"strings"
)

// rule makes one token of those whose classes, one byte a token, fit a pattern;
// each group has a letter of names. In patterns N stands for a number, C for one
// in words and U for a unit.
type rule struct {
	fits  *regexp.Regexp
	names string
	read  func(*reader, match) (token, bool)
}

// passes go over the text in this order; in each, the first rule that fits wins.
var passes = [][]rule{
	{ // numbers
		on("([ac1])-?[oQ]", "", (*reader).part),
		on("(K)(?:O(K))?", "Kk", (*reader).vague),
		on("(?:[ndy]|C)(?:-?k(?:&?C)?)*(?:&aq)?", "", (*reader).number),
		on("(?:a?qa?|a)-?k(?:&?C)?", "", (*reader).number),
	},
	{ // times and dates
		on("([dn1])(?::([dn]))?(p)", "hmp", (*reader).clock),
		on("(d):([dn])", "hm", (*reader).clock),
		on("(?:W,?)?(M)w?([do])(?:[-T]([do]))?(?:,?(y))?", "mdey", (*reader).date),
		on("(?:W,?w?)?([do])(?:-([do]))?O?(M)(?:,?(y))?", "demy", (*reader).date),
		on("(?:(P)-?)?(M)(?:[,O]?(y))?", "pmy", (*reader).date),
		on("(P)-?(y)", "py", (*reader).date),
		on("(?:(P)-?)?(e)", "px", (*reader).date),
		on("(y)([-&T])([ydn])", "ylz", (*reader).years),
		on("(y)", "y", (*reader).years),
		on("(W)|(D)|(S)(t)", "wdst", (*reader).relative),
		on("([Na])[-j]?(t)G", "nt", (*reader).relative),
	},
	{ // ranges
		on(`(N)(-?[-TR&])\$?(N)`, "nlx", (*reader).span),
		on("([1dn])J([dn])", "nx", (*reader).oneIn),
	},
	{ // values
		on("([q%])(?:O?a|-)(U)", "nu", (*reader).amount),
		on("([q%])", "f", (*reader).share),
		on("o-?[qQ]", "", skip),
		on("(o)", "o", (*reader).rank),
		on(`(\$)(N)`, "un", (*reader).amount),
		on("([Na])(t)&aq", "nu", (*reader).andHalf),
		on("(N)[-j]?(U)(?:-?(L))?", "nul", (*reader).amount),
		on("(v)O(U)", "nu", (*reader).amount),
		on("(a)(t)(?:-?(L))?", "nul", (*reader).amount),
		on("(N)", "n", (*reader).amount),
	},
	{ // hedges
		on("(h)?(V)(H)?", "hvH", (*reader).hedged),
	},
}

var wild = strings.NewReplacer("[Na]", "[adyn1vr]", "N", "[dyn1vr]", "C", "(?:z(?:-?[c1])?|[c1])", "U", "[ut]")

func on(pattern, names string, read func(*reader, match) (token, bool)) rule {
	return rule{regexp.MustCompile("^(?:" + wild.Replace(pattern) + ")"), names, read}
}

// match is where a rule fits: tokens from at to end.
type match struct {
	at, end int
	names   string
	groups  []int
}

// reader holds the tokens of a text, fewer after each pass.
type reader struct {
	tokens
	text  string
	today int  // the day of the report, where dated
	dated bool // ParseAt
}

// get returns the token of a group, an empty one where there is none.
func (r *reader) get(m match, name byte) token {
	k := 2*strings.IndexByte(m.names, name) + 2
	if k < 2 || m.groups[k] < 0 {
		return token{}
	}
	return r.tokens[m.at+m.groups[k]]
}

// pass replaces the tokens that a pass's rules join.
func (r *reader) pass(rules []rule) {
	const reach = 20 // tokens that a pattern looks at; a number in words has most
	classes := make([]byte, len(r.tokens))
	for i, t := range r.tokens {
		classes[i] = t.class
	}
	out := make(tokens, 0, len(r.tokens))
	for i := 0; i < len(r.tokens); {
		t, next := r.tokens[i], i+1
		for k := 0; k < len(rules) && t.class != plain && t.class != name && t.class != none; k++ {
			if groups := rules[k].fits.FindSubmatchIndex(classes[i:min(i+reach, len(classes))]); groups != nil {
				m := match{i, i + groups[1], rules[k].names, groups}
				if made, ok := rules[k].read(r, m); ok {
					made.start, made.end, made.glued, made.upper = t.start, r.tokens[m.end-1].end, t.glued, t.upper
					t, next = made, m.end
					break
				}
			}
		}
		out = append(out, t)
		i = next
	}
	r.tokens = out
}

func made(v Value) (token, bool) { return token{class: value, value: v}, true }

// skip makes the token of what is no value: part of a name, "third quarter".
func skip(*reader, match) (token, bool) { return token{class: none}, true }
