package mail

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/markup"
	"parley/corpus/read/plain"
)

// article makes the article of a message and its parts.
func (r *reader) article(h header, p *parts) (*document.Document, error) {
	d := &document.Document{}
	if err := r.blocks(d, p); err != nil {
		return nil, err
	}
	if len(d.Blocks) == 0 {
		switch {
		case p.locked != "":
			return nil, errors.New(p.locked)
		case len(p.attached) > 0:
			return nil, fmt.Errorf("has no text, only the attachment %q: save that as a file", p.attached[0])
		}
		return nil, errors.New("has no text")
	}
	outer := subjectOf(h.get("subject"))
	inner := forwarded(d, outer)
	footers(d, isNewsletter(h))
	d.Light = !isNewsletter(h) && p.isPlain()
	d.Statements = statements(h, outer, inner)
	for _, name := range p.attached {
		d.Warnings = append(d.Warnings, document.Note{Reason: fmt.Sprintf("the attachment %q is not read: save it as a file of its own", name)})
	}
	return d, nil
}

// isPlain reports whether a message has no HTML: then nothing of a page stands
// around its text.
func (p *parts) isPlain() bool {
	return !slices.ContainsFunc(p.texts, func(t *texts) bool { return len(t.html) > 0 })
}

// leastShare is the share of the plain text's words that an HTML text needs to
// be taken in its place: some are pictures with a link.
const leastShare = 0.5

// blocks reads the texts.
func (r *reader) blocks(d *document.Document, p *parts) error {
	for _, t := range p.texts {
		blocks, drops, err := r.text(t, len(d.Blocks) > 0)
		if err != nil {
			return err
		}
		d.Blocks, d.Dropped = append(d.Blocks, blocks...), append(d.Dropped, drops...)
		if err := r.m.Nodes(len(blocks)); err != nil {
			return err
		}
	}
	return nil
}

// text reads a text. Of one that is there twice the HTML is taken: its paragraphs
// are whole, while plain ones are wrapped, and newsletters write addresses of many
// lines between theirs. More says that it is not the first of its message.
func (r *reader) text(t *texts, more bool) ([]document.Block, []document.Drop, error) {
	plainBlocks, plainDrops := r.plain(t.plain, more)
	if len(t.html) == 0 {
		return plainBlocks, plainDrops, nil
	}
	blocks, drops, err := r.html(t.html)
	switch {
	case err != nil && len(plainBlocks) == 0:
		return nil, nil, err
	case err != nil:
		return plainBlocks, plainDrops, r.m.Clock()
	case float64(words(blocks)) >= leastShare*float64(words(plainBlocks)):
		return blocks, drops, nil
	}
	return plainBlocks, plainDrops, nil
}

func words(blocks []document.Block) int {
	n := 0
	for _, b := range blocks {
		n += text.Words(b.Text)
	}
	return n
}

// plain reads plain texts. One that is all quoted, signature or footer is the
// message, unless there is more of that.
func (r *reader) plain(texts []textPart, more bool) (blocks []document.Block, drops []document.Drop) {
	for _, t := range texts {
		s := t.text
		if t.flowed {
			s = unflow(s, t.delSp)
		}
		own, dropped := strip(s, t.line)
		if strings.TrimSpace(own) == "" && !more && len(blocks) == 0 {
			own, dropped = s, nil
		}
		found := plain.Blocks(own, t.line)
		if !t.asIs { // its lines are not those of the file
			for i := range found {
				found[i].Line = t.line
			}
			for i := range dropped {
				dropped[i].Line = t.line
			}
		}
		blocks, drops = append(blocks, found...), append(drops, dropped...)
	}
	return blocks, drops
}

// html reads the HTML texts.
func (r *reader) html(texts []textPart) (blocks []document.Block, drops []document.Drop, err error) {
	for _, t := range texts {
		root, err := markup.Parse(r.m, t.text)
		if err != nil {
			return nil, nil, err
		}
		quoted := quotations(root)
		for _, n := range quoted {
			n.Parent.RemoveChild(n)
		}
		found, dropped, err := markup.Blocks(r.m, root)
		if err != nil {
			return nil, nil, err
		}
		for _, n := range quoted {
			inner, _, err := markup.Blocks(r.m, n)
			if err != nil {
				return nil, nil, err
			}
			if len(found) == 0 || isForwarded(found, inner) { // then the quotation is the message
				found = append(found, inner...)
				continue
			}
			if final := len(found) - 1; wrote().MatchString(found[final].Text) {
				dropped = append(dropped, document.Drop{Text: found[final].Text, Reason: "quoted message"})
				found = found[:final]
			}
			for _, b := range inner {
				dropped = append(dropped, document.Drop{Text: b.Text, Reason: "quoted message"})
			}
		}
		for i := range found {
			found[i].Line = t.line
		}
		for i := range dropped {
			dropped[i].Line = t.line
		}
		blocks, drops = append(blocks, found...), append(drops, dropped...)
	}
	return blocks, drops, nil
}

// isForwarded reports whether a quotation is a message that is forwarded: a mark says
// so at its start or right above it.
func isForwarded(above, quoted []document.Block) bool {
	if n := len(above); n > 0 && forwardMark().MatchString(above[n-1].Text) {
		return true
	}
	h := innerHeader(quoted)
	return h != nil && h.start == 0 && h.forward
}

// quotations finds the message that a message in HTML answers, as the programs
// of mail mark it.
func quotations(root *html.Node) []*html.Node {
	var out []*html.Node
	for n := root; n != nil; {
		if isQuotation(n) {
			out = append(out, n)
		} else if n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return out
}

func isQuotation(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Parent == nil {
		return false
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "type":
			if n.DataAtom == atom.Blockquote && strings.EqualFold(a.Val, "cite") {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if class == "gmail_quote" || class == "yahoo_quoted" || class == "moz-cite-prefix" || class == "gmail_attr" || class == "protonmail_quote" {
					return true
				}
			}
		}
	}
	return false
}

// canonical writes the name of a field as people know it.
func canonical(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words {
		if w != "" && w != "id" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		if w == "id" || w == "url" {
			words[i] = strings.ToUpper(w)
		}
	}
	return strings.Join(words, "-")
}
