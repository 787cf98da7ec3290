package pdf

import (
	"regexp"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"parley/corpus/internal/text"
)

// mostTags is how many elements of a page's structure are looked at, each for some
// 10 µs.
const mostTags = 5_000

// headingTag is the type of an element of the structure that is a heading.
var headingTag = text.Pattern(`^(H[1-6]?|Title)$`)

// tags looks for headings in the structure that a file states for its pages.
type tags struct {
	*reader
	heading  *regexp.Regexp
	left     int          // elements that may be looked at
	headings map[int]bool // by the number that marks their content
}

// headings marks the pieces of a page that the file says are headings.
func (r *reader) headings(p *page, ref requests.Page, of references.FPDF_TEXTPAGE) error {
	tree, err := r.FPDF_StructTree_GetForPage(&requests.FPDF_StructTree_GetForPage{Page: ref})
	if err != nil {
		return r.meter.Clock() // most files state none
	}
	t := &tags{r, headingTag(), mostTags, make(map[int]bool)}
	if n, err := r.FPDF_StructTree_CountChildren(&requests.FPDF_StructTree_CountChildren{StructTree: tree.StructTree}); err == nil {
		for i := range min(n.Count, mostTags) {
			if e, err := r.FPDF_StructTree_GetChildAtIndex(&requests.FPDF_StructTree_GetChildAtIndex{StructTree: tree.StructTree, Index: i}); err == nil {
				t.look(e.StructElement, false, 0)
			}
		}
	}
	if _, err := r.FPDF_StructTree_Close(&requests.FPDF_StructTree_Close{StructTree: tree.StructTree}); err != nil {
		return err
	}
	if len(t.headings) == 0 {
		return r.meter.Clock()
	}
	for _, q := range p.pieces {
		if q.letter < 0 {
			continue
		}
		o, err := r.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: of, Index: q.letter})
		if err != nil {
			continue
		}
		if id, err := r.FPDFPageObj_GetMarkedContentID(&requests.FPDFPageObj_GetMarkedContentID{PageObject: o.TextObject}); err == nil {
			q.heading = t.headings[id.MarkedContentID]
		}
	}
	return r.meter.Nodes(mostTags - t.left)
}

// look notes the content of an element and of those in it.
func (t *tags) look(e references.FPDF_STRUCTELEMENT, heading bool, depth int) {
	const deep = 64
	if t.left--; t.left < 0 || depth > deep {
		return
	}
	if kind, err := t.FPDF_StructElement_GetType(&requests.FPDF_StructElement_GetType{StructElement: e}); err == nil {
		heading = heading || t.heading.MatchString(kind.Type)
	}
	if heading {
		if n, err := t.FPDF_StructElement_GetMarkedContentIdCount(&requests.FPDF_StructElement_GetMarkedContentIdCount{StructElement: e}); err == nil {
			for i := range min(n.Count, mostTags) {
				if id, err := t.FPDF_StructElement_GetMarkedContentIdAtIndex(&requests.FPDF_StructElement_GetMarkedContentIdAtIndex{StructElement: e, Index: i}); err == nil && id.MarkedContentID >= 0 {
					t.headings[id.MarkedContentID] = true
				}
			}
		}
	}
	n, err := t.FPDF_StructElement_CountChildren(&requests.FPDF_StructElement_CountChildren{StructElement: e})
	if err != nil {
		return
	}
	for i := range min(n.Count, mostTags) {
		if t.left < 0 {
			return
		}
		if child, err := t.FPDF_StructElement_GetChildAtIndex(&requests.FPDF_StructElement_GetChildAtIndex{StructElement: e, Index: i}); err == nil {
			t.look(child.StructElement, heading, depth+1)
		}
	}
}
