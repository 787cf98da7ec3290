package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// builder writes PDF files: pages of text at places, in points from the lower left
// corner of a page of 600 by 800.
type builder struct {
	pages []string
	info  string
	turn  int      // of all pages, in degrees
	forms []string // each one can draw the next as X, pages the first
}

func (b *builder) page() *builder {
	b.pages = append(b.pages, "")
	return b
}

// text puts text on the last page. Fonts are F1 (Helvetica), F2 (bold), F3 (Courier).
func (b *builder) text(x, y, size float64, font, s string) *builder {
	return b.set(fmt.Sprintf("1 0 0 1 %g %g", x, y), size, font, s)
}

func (b *builder) set(matrix string, size float64, font, s string) *builder {
	s = strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)").Replace(s)
	b.pages[len(b.pages)-1] += fmt.Sprintf("BT /%s %g Tf %s Tm (%s) Tj ET\n", font, size, matrix, s)
	return b
}

// lines puts lines below each other.
func (b *builder) lines(x, y, size float64, lines ...string) *builder {
	for i, s := range lines {
		b.text(x, y-float64(i)*size*1.2, size, "F1", s)
	}
	return b
}

func (b *builder) raw(s string) *builder {
	b.pages[len(b.pages)-1] += s
	return b
}

func (b *builder) bytes() []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(s string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	out.WriteString("%PDF-1.4\n")
	const first = 7 // object of the first page; its content is the next
	object("<</Type/Catalog/Pages 2 0 R>>")
	forms := first + 2*len(b.pages) // object of the first form
	resources := func(form int) string {
		return fmt.Sprintf("/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>/XObject<</X %d 0 R>>>>", form)
	}
	kids := ""
	for i := range b.pages {
		kids += fmt.Sprintf("%d 0 R ", first+2*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(b.pages)))
	for _, name := range []string{"Helvetica", "Helvetica-Bold", "Courier"} {
		object("<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/" + name + ">>")
	}
	object("<<" + b.info + ">>")
	for i, content := range b.pages {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate %d%s/Contents %d 0 R>>", b.turn, resources(forms), first+2*i+1))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
	}
	for i, content := range b.forms {
		object(fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 600 800]%s/Length %d>>stream\n%s\nendstream", resources(forms+i+1), len(content), content))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}
