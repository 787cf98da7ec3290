// Package document is what the reader of a format makes of a file, and what
// cleaning makes an article of: blocks of text, what is stated about them, and
// what was left out.
package document

// Document is one article as its file states it, before cleaning.
type Document struct {
	Line       int         // of the article in its file, from 1; 0 where the file is one article or has no lines
	Part       string      // tells the articles of one file apart where they state no ID: a number or a name within the file; empty for a file that is one article
	Statements []Statement // metadata, in the order found
	Blocks     []Block     // its text
	Light      bool        // nothing stands around the text: cleaning keeps every word
	Dropped    []Drop      // what the reader left out of Blocks, with reasons
	Warnings   []Note      // what was read all the same, without the part that is wrong
	Doubt      string      // why the text may not be the article, for the user; empty when it is not doubtful
	Refused    string      // why this is no article to answer from, such as "is a draft"; empty when it is one
}

// Kind says what a block is, as far as its format knows.
type Kind int

// The kinds of blocks.
const (
	Plain   Kind = iota // a line or paragraph; cleaning works out what it is
	Heading             // marked as a heading
	Item                // marked as an item of a list or a definition
	Row                 // a row of a table, its cells separated by " | "
	Code                // a line of code: cleaning keeps it as it is
)

// Block is one paragraph, heading, item or row, with white space and characters
// normalised as [Normalise] does.
type Block struct {
	Line int // in the file, from 1; 0 where the format has no lines
	Text string
	Kind Kind
	Gap  bool // a blank line stands before it
}

// Drop is a piece of text that was left out of an article, and why.
type Drop struct {
	Line   int    // in the article's file, from 1; 0 where the format has no lines
	Text   string // as it stood
	Reason string // a noun phrase: "hidden text", "struck text", "reader comments"
}

// Note is a remark for the user about a place in a file.
type Note struct {
	Line   int // from 1; 0 when it is about the whole article
	Reason string
}

// Field is something that can be known about an article.
type Field string

// The fields.
const (
	ID        Field = "id"
	Title     Field = "title"
	Publisher Field = "publisher"
	Author    Field = "author" // one name a statement, several statements for several authors
	Place     Field = "place"
	URL       Field = "url"
	Published Field = "published"
	Updated   Field = "updated" // read, compared with Published, not kept
	Event     Field = "event"   // the day of the events told
	Language  Field = "language"
)

// Rank orders the sources of metadata: of two statements about a field the one
// of the lower rank counts, of one rank the first that is valid.
type Rank int

// The ranks, best first.
const (
	Stated   Rank = iota // by the file about its article: front matter, a JSON field, a header of a message
	Linked               // for machines, about the article: its JSON-LD or microdata object
	Declared             // for machines, about the page or file: meta elements, document properties
	Shown                // for readers: by-line, dateline, time element, heading, "Date:" line
	Implied              // by something else: the title element, an address, a file name
)

// Statement is a value of a field as it stands in a file.
type Statement struct {
	Field Field
	Value string // as it stands: resolving checks and normalises it
	From  string // where, for people: `JSON-LD headline`, `meta og:title`, `front matter "date"`, `file name`
	Rank  Rank
	Line  int // of a statement that stands in a line, from 1; else 0
}

// LineError is an error about a line of a file.
type LineError struct {
	Line int // from 1
	Err  error
}

// Error is the error's text without the line, which whoever reports it names.
func (e *LineError) Error() string { return e.Err.Error() }

// Unwrap returns the error itself.
func (e *LineError) Unwrap() error { return e.Err }
