package body

import (
	"strings"
	"testing"

	"parley/corpus/read/limit"
)

// wrapAt sets a text in lines of so many characters as a program does.
func wrapAt(s string, width int) string {
	var b strings.Builder
	at := 0
	for w := range strings.FieldsSeq(s) {
		n := len([]rune(w))
		switch {
		case at == 0:
		case at+1+n > width:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(w)
		at += n
	}
	return b.String()
}

const (
	english = "The council of Ostmar voted on Tuesday to rebuild the mill that burnt down in the spring. It will cost 3.2 million crowns, the mayor said, " +
		"and nobody knows yet who is to pay for the wheel. The miller, Ada Holm, told the council that she had found the old plans in a chest."
	german = "Der Rat der Stadt Ostmar hat am Dienstag beschlossen, die Mühle wieder aufzubauen, die im Frühjahr niedergebrannt war. Das kostet nach Angaben der " +
		"Bürgermeisterin 3,2 Millionen Kronen. Wer das Wasserrad bezahlen soll, weiß bisher niemand."
	hebrew = "מועצת העיירה אוסטמר החליטה ביום שלישי לבנות מחדש את הטחנה שנשרפה באביב האחרון. ראש העיר אמרה כי הבנייה תעלה שלושה מיליון כתרים. איש אינו יודע עדיין מי ישלם עבור הגלגל."
)

// TestWrapped guards that a text which was wrapped has its sentences whole, whatever
// its width.
func TestWrapped(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{"english": english, "german": german, "hebrew": hebrew} {
		for width := 30; width <= 110; width += 4 {
			for _, in := range []string{wrapAt(s, width), "Short one.\n\n" + wrapAt(s, width), wrapAt(s, width) + "\n\n" + wrapAt("The vote was "+english, width)} {
				got := texts(t, in)
				want := strings.ReplaceAll(strings.Join(strings.Split(in, "\n\n"), "|"), "\n", " ")
				if got != want {
					t.Errorf("%s at %d:\ngot  %s\nwant %s", name, width, got, want)
				}
			}
		}
	}
}

// TestWrappedParagraphs guards that paragraphs of a wrapped text without blank lines
// between them stay apart where a line is not full.
func TestWrappedParagraphs(t *testing.T) {
	t.Parallel()
	in := wrapAt(english, 38) + "\nNobody was hurt.\n" + wrapAt("Then "+english, 38)
	if got := strings.Split(texts(t, in), "|"); len(got) < 2 || got[len(got)-1] != "Then "+english {
		t.Errorf("got %q", got)
	}
	in = "The council of Ostmar voted on Tuesday to re-\nbuild the mill, whose water-\nwheel is well-\nknown. The water-wheel turned all night."
	eye := "The mill of Ostmar is studied here\nin some detail by three of us. We show that it\nturns, and that nobody\nknows why. It is old."
	if got, want := texts(t, eye), strings.ReplaceAll(eye, "\n", " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := texts(t, in), "The council of Ostmar voted on Tuesday to rebuild the mill, whose water-wheel is well-known. The water-wheel turned all night."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	han := "奧斯特馬鎮議會星期二\n投票決定重建春天燒毀\n的磨坊。鎮長說費用為\n三百二十萬克朗。"
	if got, want := texts(t, han), strings.ReplaceAll(han, "\n", ""); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestUnwrapped guards that lines which stand for themselves are not joined.
func TestUnwrapped(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"verse": "The wheel goes round and round all day\nAnd sings a song of flour,\nThe miller counts his sacks away\n" +
			"And yawns at every hour.\nO mill of Ostmar, turn for me,\nThe river runs to reach the sea.",
		"small verse": "the wheel\ngoes round and round all day and sings\na song\nof flour and of rain and of all things.\nthe end",
		"list":        "red apples\ngreen pears\nripe plums\nblue figs\ndried dates\nwhite grapes",
		"list with a stop": "Bring to the fair on Sunday:\nthree red apples\nfour green pears\nfive ripe plums and figs\n" +
			"a sack of flour\nNobody pays.",
		"address":    "Mill of Ostmar\nOld Quay Road 5\n1204 Ostmar\nopen all days but Monday.",
		"paragraphs": english + "\n" + english[:90] + ".\nNobody was hurt in the fire.\n" + english[60:130] + ".",
		"headlines":  "Mill of Ostmar burns down in spring\nCouncil votes to rebuild the mill\nFerry of Ellery is late again, says mayor\nNobody knows who pays for the wheel.",
		"results":    "Ostmar 3, Ellery 1\nHolm 4, Brack 4\nFerris 0, Tarn 2\nAll others were called off.",
	} {
		if got, want := texts(t, in), strings.ReplaceAll(in, "\n", "|"); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
}

// texts are the blocks of a plain text.
func texts(t *testing.T, s string) string {
	t.Helper()
	blocks, _, err := Blocks(limit.New(t.Context(), limit.Limits{}), s, Text, 1, false)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(blocks))
	for i, b := range blocks {
		out[i] = b.Text
	}
	return strings.Join(out, "|")
}
