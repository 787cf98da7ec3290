package lexical

// Skeleton reduces a folded word to what different transliterations of one name
// share: w is v, y and i and j are one letter, f at the end is v, doubled
// letters are single, runs of vowels are one sign, kh, zh, ts and the like are
// one letter each. "zelensky", "zelenskiy" and "zelenskyy" are one skeleton, and
// so are "kyiv" and "kiev".
func Skeleton(word string) string {
	out := make([]byte, 0, len(word))
	put := func(c byte) {
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		next := byte(0)
		if i+1 < len(word) {
			next = word[i+1]
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
			put('a')
		case 'w', 'v':
			put('v')
		case 'f':
			put('v')
		case 'p':
			if next == 'h' {
				i++
				put('v')
			} else {
				put('p')
			}
		case 'c', 'k', 'q':
			switch {
			case c == 'c' && next == 'h':
				i++
				put('h')
			case c == 'c' && next == 'k', c == 'k' && next == 'h':
				i++
				put('k')
			default:
				put('k')
			}
		case 'x':
			put('k')
			put('s')
		case 's':
			if next == 'h' {
				i++
				put('h')
			} else {
				put('s')
			}
		case 'z':
			if next == 'h' {
				i++
			}
			put('z')
		case 't':
			switch next {
			case 'z', 's':
				i++
				put('z')
			case 'h':
				i++
				put('t')
			default:
				put('t')
			}
		case '\'':
		default:
			put(c)
		}
	}
	return string(out)
}
