package wordpiece

// class is what the reference does with a character.
type class uint8

const (
	letter    class = iota // part of a word: letters, digits, symbols, what is unassigned
	dropped                // passed over: control and format characters, private use, U+FFFD
	space                  // ends a word
	ideograph              // a word of its own, whatever it decomposes into
	punct                  // a word of its own
	mark                   // taken off once the text is decomposed
	moving                 // a letter that decomposition moves among the marks beside it
)

// run is a run of code points of one class.
type run struct {
	first rune
	class class
}

// classOf returns the class of a character. That of one that decomposes is letter
// unless it is dropped, space or ideograph; its parts are to be asked.
func classOf(r rune) class {
	// The last run that begins at r or before: slices.BinarySearchFunc takes twice
	// the time, and text that is not English asks for each letter.
	at, n := 0, len(classes)
	for n > 1 {
		half := n / 2
		if classes[at+half].first <= r {
			at += half
		}
		n -= half
	}
	return classes[at].class
}
