package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// wide are lines that fill a column of some 230 points at 10 points.
func wide(n int, of string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("line %02d of the %s column goes on until here", i+1, of)
	}
	out[n-1] = strings.TrimSuffix(out[n-1], "re") + "re."
	out[0] = "L" + out[0][1:]
	return out
}

// TestLayout reads pages whose parts stand beside, above or inside each other.
func TestLayout(t *testing.T) {
	t.Parallel()
	left, right := wide(12, "first left"), wide(12, "other right")
	both := strings.Join(left, " ") + "\n" + strings.Join(right, " ") + "\n"
	narrow := new(builder).page().lines(50, 700, 10, left...).lines(268, 700, 10, right...)

	table := func(b *builder, y float64) {
		for i, row := range [][]string{{"Town", "Guests", "Year"}, {"Osley", "5,100", "2024"}, {"Saltby", "640", "2023"}} {
			for k, x := range []float64{50, 270, 470} {
				b.text(x, y-14*float64(i), 10, "F1", row[k])
			}
		}
	}
	rows := "| Town | Guests | Year\n| Osley | 5,100 | 2024\n| Saltby | 640 | 2023\n"
	above := new(builder).page()
	table(above, 760)
	above.lines(50, 700, 10, left...).lines(310, 700, 10, right...)
	between := new(builder).page().lines(50, 760, 10, left...).lines(310, 760, 10, right...)
	table(between, 600)
	between.lines(50, 540, 10, left...).lines(310, 540, 10, right...)

	over := new(builder).page().lines(50, 500, 10, "The ferry sails at noon on every weekday of the year, and it", "carries the salt and the wool of all the farms around to the").
		page().text(50, 760, 8, "F1", "Figure 1. The quay in spring.").lines(50, 700, 10, "coast. Nobody in the town remembers a day without it, says", "the keeper of the locks.")

	initial := new(builder).page().text(50, 646, 40, "F1", "A").lines(85, 670, 10, "ferry sails at noon and carries", "salt to the coast. Then the").lines(50, 646, 10, "ferry comes back. Is there a ferry at night? A ferry is."[0:35])
	numbered := new(builder).page()
	for i, s := range []string{"The court finds that the ferry", "was late on nine days of", "June, and that nobody told", "the guests of it until noon.", "The owner is to pay them.", "So ordered."} {
		numbered.text(30, 600-12*float64(i), 10, "F1", fmt.Sprint(i+1)).text(60, 600-12*float64(i), 10, "F1", s)
	}
	stretched := new(builder).page().lines(50, 730, 10, wide(4, "one")...)
	stretched.text(50, 60, 10, "F1", "2001").text(90, 60, 10, "F1", "and").text(130, 60, 10, "F1", "includes").text(190, 60, 10, "F1", "97 ferries")
	contents := new(builder).page().text(50, 760, 16, "F2", "Contents").lines(50, 700, 10, "The ferry 2", "The bridge of Osley 3", "What the locks cost 4")
	for _, s := range []string{"The ferry", "The bridge of Osley", "What the locks cost"} {
		contents.page().text(50, 700, 14, "F2", s).lines(50, 660, 10, "Here is what the county says", "about it in the spring.")
	}
	chapter := "Here is what the county says about it in the spring.\n"
	for _, tt := range []struct {
		name string
		file *builder
		want string
	}{
		{"narrow gutter", narrow, both},
		{"table above columns", above, rows + both},
		{"table between columns", between, both + rows + both},
		{"picture between two parts of a paragraph", over, "Figure 1. The quay in spring.\nThe ferry sails at noon on every weekday of the year, and it carries the salt and the wool of all the farms around to the coast. Nobody in the town remembers a day without it, says the keeper of the locks.\n"},
		{"initial that is a word", initial, "A ferry sails at noon and carries salt to the coast. Then the ferry comes back. Is there a ferry\n"},
		{"numbers of lines", numbered, "The court finds that the ferry was late on nine days of June, and that nobody told the guests of it until noon. The owner is to pay them. So ordered.\n~ line number: 1 2 3 4 5 6\n"},
		{"numbers in the last line", stretched, strings.Join(wide(4, "one"), " ") + "\n2001 and includes 97 ferries\n"},
		{"contents", contents, "# The ferry\n" + chapter + "# The bridge of Osley\n" + chapter + "# What the locks cost\n" + chapter + "~ table of contents: Contents\n~ table of contents: The ferry 2\n~ table of contents: The bridge of Osley 3\n~ table of contents: What the locks cost 4\n"},
		{"outside the page", new(builder).page().text(50, 500, 10, "F1", "The ferry sails at noon.").text(700, 500, 10, "F1", "Proof of 4 May"), "The ferry sails at noon.\n~ text outside the page: Proof of 4 May\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, got := read(t, tt.file.bytes()); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
