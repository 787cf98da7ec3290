package sentence

import (
	"strconv"
	"strings"

	"parley/corpus/internal/text"
)

// list follows the numbers of a list that is written in one paragraph: 1) 2)
// 3), a. b. c.
type list struct {
	before, after string // what stands around a number: "(" and ")"
	last          string // the number of the present item
	next          string // that of the next one, empty outside a list
	kind          byte   // '1', 'a', 'A' or 'i', the first number
	value         int
}

// start begins a list if its first number stands at i, where a sentence starts.
func (l *list) start(p *scanner, i int) {
	if l.next != "" {
		return
	}
	rest := p.s[i:min(len(p.s), i+6)]
	rest, found := strings.CutPrefix(rest, "(")
	if rest == "" {
		return
	}
	kind := rest[0]
	if kind != '1' && kind != 'a' && kind != 'A' && kind != 'i' {
		return
	}
	for _, after := range []string{".)", ")", "."} {
		if !strings.HasPrefix(rest[1:], after+" ") || found && after != ")" {
			continue
		}
		*l = list{after: after, next: rest[:1], kind: kind, value: 1}
		if found {
			l.before = "("
		}
		l.advance()
	}
}

// advance sets the number of the item after the present one.
func (l *list) advance() {
	l.value++
	l.last = l.next
	switch l.kind {
	case '1':
		l.next = strconv.Itoa(l.value)
	case 'i':
		roman := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}
		l.next = roman[l.value%len(roman)]
	default:
		l.next = ""
		if l.value <= 26 {
			l.next = string(rune(int(l.kind) + l.value - 1))
		}
	}
}

// continues reports whether the number of the next item stands at i and is not
// one of a list inside a sentence: "1) rope, 2) nails and 3) tar".
func (l *list) continues(s string, i int) bool {
	rest, ok := strings.CutPrefix(s[i:min(len(s), i+12)], l.before)
	if !ok {
		return false
	}
	if rest, ok = strings.CutPrefix(rest, l.next); !ok {
		return false
	}
	if rest, ok = strings.CutPrefix(rest, l.after); !ok || len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	left := strings.TrimRight(s[:i], " ")
	if strings.HasSuffix(left, l.last+l.after) { // A. B. Orsa
		return false
	}
	if left == "" || strings.IndexByte(",;:", left[len(left)-1]) >= 0 {
		return false
	}
	ended := strings.IndexByte(".!?", left[len(left)-1]) >= 0
	switch word := lastWord(left); {
	case word == "and" || word == "or" || word == "und" || word == "et" || word == "y":
		return false
	case l.kind == 'A' && !ended: // an initial
		return false
	}
	c := rest[1]
	return l.after != "." || ended || c >= 'A' && c <= 'Z' || c >= 0x80 || text.IsDigit(c)
}
