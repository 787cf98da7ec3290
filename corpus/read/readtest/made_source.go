package readtest

import (
	"fmt"
	"strings"

	"parley/corpus/read/document"
)

// printed is a page for the printer, with a running head and page numbers.
func printed(t Text, columns int) string {
	b, _ := writePlainHTML(t)
	css := fmt.Sprintf(`<style>@page { size: A5; margin: 18mm 14mm; @top-center { content: "%s · %s"; font-size: 8pt } @bottom-center { content: counter(page); font-size: 8pt } }
body { font: 10pt/1.35 serif; text-align: justify; hyphens: auto; margin: 0 } article { columns: %d; column-gap: 6mm } h1 { column-span: all; text-align: left; hyphens: none } h2 { font-size: 11pt; hyphens: none } td, th { border: 1px solid; padding: 2px 4px; hyphens: none; text-align: left }</style></head>`,
		strings.ReplaceAll(t.Publisher, `"`, ""), day(t.Date).Format("2 January 2006"), columns)
	return strings.Replace(string(b), "</head>", css, 1)
}

// latex is an article in two columns with running heads, hyphenated.
func latex(t Text) string {
	var b strings.Builder
	unicode := ""
	if len(t.Title)%2 == 0 {
		unicode = "\\input{glyphtounicode}\\pdfgentounicode=1\n"
	}
	fmt.Fprintf(&b, "\\documentclass[10pt,twocolumn,a4paper]{article}\n%s\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{textcomp,lmodern,fancyhdr}\n\\usepackage[english]{babel}\n\\pagestyle{fancy}\\fancyhf{}\\fancyhead[L]{%s}\\fancyhead[R]{%s}\\fancyfoot[C]{\\thepage}\n\\setlength{\\parindent}{1em}\n\\begin{document}\n\\twocolumn[\\begin{center}{\\LARGE %s\\par}\\vskip 1em{%s\\par}\\vskip 2em\\end{center}]\n\\thispagestyle{fancy}\n",
		unicode, texText(t.Publisher), day(t.Date).Format("2 January 2006"), texText(t.Title), texText(strings.Join(t.Authors, " and ")))
	for i := 0; i < len(t.Blocks); {
		bl, n := t.Blocks[i], i+1
		for n < len(t.Blocks) && (bl.Kind == document.Item || bl.Kind == document.Row) && t.Blocks[n].Kind == bl.Kind && t.Blocks[n].Numbered == bl.Numbered && !t.Blocks[n].Head {
			n++
		}
		switch bl.Kind {
		case document.Heading:
			b.WriteString("\\section*{" + texText(bl.Text) + "}\n")
		case document.Item:
			kind := "itemize"
			if bl.Numbered {
				kind = "enumerate"
			}
			b.WriteString("\\begin{" + kind + "}\n")
			for _, it := range t.Blocks[i:n] {
				b.WriteString("\\item " + texText(it.Text) + "\n")
			}
			b.WriteString("\\end{" + kind + "}\n")
		case document.Row:
			fmt.Fprintf(&b, "\n\\medskip\\noindent\\begin{tabular}{%s}\n", strings.Repeat("l", strings.Count(bl.Text, " | ")+1))
			for _, r := range t.Blocks[i:n] {
				b.WriteString(strings.ReplaceAll(texText(r.Text), " | ", " & ") + " \\\\\n")
			}
			b.WriteString("\\end{tabular}\\medskip\n\n")
		default:
			b.WriteString(texText(bl.Text) + "\n\n")
		}
		i = n
	}
	return b.String() + "\\end{document}\n"
}

func texText(s string) string {
	return strings.NewReplacer(
		"&", "\\&", "%", "\\%", "$", "\\$", "#", "\\#", "_", "\\_", "\"", "\\textquotedbl{}", "'", "\\textquotesingle{}",
		"<", "\\textless{}", ">", "\\textgreater{}", "−", "$-$", "€", "\\texteuro{}", "…", "\\dots{}",
	).Replace(s)
}

// groff is an article in two columns for the macros ms, with running heads.
func groff(t Text) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".ds LH %s\n.ds CH\n.ds RH %s\n.ds CF \\\\n(PN\n.nr HY 6\n.TL\n%s\n.AU\n%s\n.2C\n",
		groffText(t.Publisher), day(t.Date).Format("2 January 2006"), groffText(t.Title), groffText(strings.Join(t.Authors, ", ")))
	number := 0
	for i, bl := range t.Blocks {
		if number++; i == 0 || bl.Kind != t.Blocks[i-1].Kind {
			number = 1
		}
		text := groffText(bl.Text)
		switch {
		case bl.Kind == document.Heading:
			b.WriteString(".SH\n" + text + "\n")
		case bl.Kind == document.Item && bl.Numbered:
			fmt.Fprintf(&b, ".IP %d. 3\n%s\n", number, text)
		case bl.Kind == document.Item:
			b.WriteString(".IP \\(bu 2\n" + text + "\n")
		case bl.Kind == document.Row:
			b.WriteString(".LP\n.nf\n" + strings.ReplaceAll(text, " | ", "   ") + "\n.fi\n")
		default:
			b.WriteString(".PP\n" + text + "\n")
		}
	}
	return b.String()
}

func groffText(s string) string {
	s = strings.NewReplacer("\\", "\\e", "\"", "\\(dq", "'", "\\(aq", "−", "\\(mi", "^", "\\(ha", "~", "\\(ti", "`", "\\(ga").Replace(s)
	if strings.HasPrefix(s, ".") {
		return "\\&" + s
	}
	return s
}
