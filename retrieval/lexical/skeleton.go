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
		c, next := word[i], byte(0)
		if i+1 < len(word) {
			next = word[i+1]
		}
		if sign := digraph(c, next); sign != 0 {
			put(sign)
			i++
			continue
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
			put('a')
		case 'w', 'v', 'f':
			put('v')
		case 'c', 'k', 'q':
			put('k')
		case 'x':
			put('k')
			put('s')
		case '\'':
		default:
			put(c)
		}
	}
	return string(out)
}

// digraph is the sign for two letters that are written for one; 0 for others.
func digraph(c, next byte) byte {
	switch string([]byte{c, next}) {
	case "ph":
		return 'v'
	case "ch", "sh":
		return 'h'
	case "ck", "kh":
		return 'k'
	case "zh", "tz", "ts":
		return 'z'
	case "th":
		return 't'
	}
	return 0
}
