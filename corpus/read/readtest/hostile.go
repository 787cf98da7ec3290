package readtest

import (
	"os"
	"path/filepath"
	"strings"
)

// Hostile is a file that is broken, or made to cost whoever reads it dearly.
type Hostile struct {
	Name    string        // of the file
	Data    func() []byte // its bytes
	put     func(path string) error
	Refused []string // the reason must have one of these words, in any case; empty where the file is read
	Says    string   // must be in its text where it is read
	Never   string   // must not be in its text
	Either  bool     // both is right: refused with a reason, or read with Says in it
}

// Lives is a sentence of hostile files that can be read all the same.
const Lives = "The ferry of Ellery still sails at nine."

// Put writes the file into a folder.
func (h Hostile) Put(dir string) error {
	name := filepath.Join(dir, h.Name)
	if h.put != nil {
		return h.put(name)
	}
	return os.WriteFile(name, h.Data(), 0o600)
}

// Right says what is wrong about how the file was read, "" when nothing is:
// reason is why it was refused, empty when it was read as text.
func (h Hostile) Right(reason, text string) string {
	lower := strings.ToLower(reason)
	switch {
	case reason != "" && len(h.Refused) == 0 && !h.Either:
		return "is refused (" + reason + ") but can be read"
	case reason == "" && len(h.Refused) > 0 && !h.Either:
		return "is read but must be refused: " + strings.Join(h.Refused, ", ")
	case reason != "" && h.unsaid(lower):
		return "the reason “" + reason + "” has none of: " + strings.Join(h.Refused, ", ")
	case reason == "" && !strings.Contains(text, h.Says):
		return "the text lacks “" + h.Says + "”"
	case h.Never != "" && strings.Contains(text, h.Never):
		return "the text has “" + h.Never + "”"
	}
	return ""
}

func (h Hostile) unsaid(reason string) bool {
	for _, w := range h.Refused {
		if strings.Contains(reason, strings.ToLower(w)) {
			return false
		}
	}
	return len(h.Refused) > 0
}

// HostileFiles are all of them. Their bytes are made when they are asked for:
// some are tens of megabytes.
func HostileFiles() []Hostile {
	var all []Hostile
	all = append(all, hostilePages()...)
	all = append(all, hostileMarkdown()...)
	all = append(all, hostileRecords()...)
	all = append(all, hostileXML()...)
	all = append(all, hostilePackages()...)
	all = append(all, hostilePDF()...)
	all = append(all, hostileMail()...)
	all = append(all, hostileText()...)
	return append(all, hostilePlaces()...)
}

func text(parts ...string) func() []byte {
	return func() []byte { return []byte(strings.Join(parts, "")) }
}

// many writes s n times between a beginning and an end.
func many(before, s string, n int, after string) func() []byte {
	return func() []byte { return []byte(before + strings.Repeat(s, n) + after) }
}
