package decode

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

const (
	russian  = "Вчера в Озёрске открыли новый мост через реку. Строители работали почти три года, а горожане ждали ещё дольше. «Теперь путь на работу занимает десять минут», — сказала учительница.\n"
	czech    = "Včera byl v Horní Lhotě otevřen nový most přes řeku. Dělníci na něm pracovali skoro tři roky a lidé čekali ještě déle. Řidiči ušetří čtvrt hodiny, říká starostka.\n"
	polish   = "Wczoraj w Górnej Łące otwarto nowy most przez rzekę. Robotnicy pracowali prawie trzy lata, a mieszkańcy czekali jeszcze dłużej. Kierowcy zaoszczędzą ćwierć godziny.\n"
	greek    = "Χθες άνοιξε στο χωριό η νέα γέφυρα πάνω από το ποτάμι. Οι εργάτες δούλεψαν σχεδόν τρία χρόνια και οι κάτοικοι περίμεναν ακόμα περισσότερο.\n"
	japanese = "昨日、川に新しい橋が開通しました。工事には三年近くかかり、町の人々はもっと長く待っていました。通勤時間は十分になると先生は話しました。\n"
	chinese  = "昨天，河上的新桥通车了。工人们干了将近三年，镇上的居民等得更久。老师说，现在上班只要十分钟。\n"
	korean   = "어제 강 위에 새 다리가 열렸습니다. 공사는 거의 삼 년이 걸렸고 주민들은 더 오래 기다렸습니다. 이제 출근길이 십 분이면 됩니다.\n"
	turkish  = "Dün Yukarıköy'de ırmağın üzerindeki yeni köprü açıldı. İşçiler neredeyse üç yıl çalıştı, kasabalılar ise daha uzun süre bekledi. Öğretmen şimdi işe gidişin on dakika sürdüğünü söyledi.\n"
	french   = "Hier, à Val-d’Ézy, le nouveau pont a été ouvert. Les ouvriers y ont travaillé près de trois ans, et les habitants ont attendu plus longtemps encore : « Enfin ! »\n"
	english  = "The “new” bridge at Millbrook – it cost £3 million – opened on Monday; the mayor’s café stayed shut.\n"
)

func encode(t *testing.T, name, s string) []byte {
	t.Helper()
	e, _ := charset.Lookup(name)
	if e == nil {
		t.Fatalf("no encoding %q", name)
	}
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestText(t *testing.T) {
	t.Parallel()
	plainRussian := strings.NewReplacer("«", "\"", "»", "\"", "—", "-").Replace(russian)
	for _, tt := range []struct{ encoding, text string }{
		{"utf-8", russian},
		{"windows-1251", russian},
		{"koi8-r", plainRussian},
		{"iso-8859-5", plainRussian},
		{"windows-1250", czech},
		{"iso-8859-2", czech},
		{"windows-1250", polish},
		{"iso-8859-2", polish},
		{"windows-1253", greek},
		{"iso-8859-7", greek},
		{"windows-1254", turkish},
		{"shift_jis", japanese},
		{"euc-jp", japanese},
		{"gbk", chinese},
		{"gb18030", chinese},
		{"euc-kr", korean},
		{"windows-1252", french},
		{"windows-1252", english},
		{"iso-8859-1", strings.NewReplacer("’", "'", "“", "\"", "”", "\"", "–", "-").Replace(english)},
	} {
		for _, n := range []int{1, 4} {
			want := strings.Repeat(tt.text, n)
			got, err := Text(encode(t, tt.encoding, want), false)
			if err != nil || got != want {
				t.Errorf("%s: Text = %.60q, %v, want %.60q", tt.encoding, got, err, want)
			}
		}
	}
}

// A text of UTF-8 stays one where a line or a character is something else.
func TestTextMixed(t *testing.T) {
	t.Parallel()
	const lost = "\uFFFD"
	cut := russian[:len("Вчера в ")+1] + russian[len("Вчера в О"):] // half of a letter
	for name, tt := range map[string]struct{ in, want string }{
		"a French line in French":       {french + string(encode(t, "windows-1252", french)) + french, french + french + french},
		"a Russian line in Russian":     {russian + string(encode(t, "windows-1251", russian)) + russian, russian + russian + russian},
		"half a letter in one line":     {cut, "Вчера в " + lost + russian[len("Вчера в О"):]},
		"half a letter in a later line": {russian + cut + russian, russian + "Вчера в " + lost + russian[len("Вчера в О"):] + russian},
		"a French file with one line":   {string(encode(t, "windows-1252", french+french)) + "café\n", french + french + "café\n"},
	} {
		if got, err := Text([]byte(tt.in), false); err != nil || got != tt.want {
			t.Errorf("%s: Text = %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

func TestTextWide(t *testing.T) {
	t.Parallel()
	const want = "The ferry sails at noon. It costs 5 crowns.\n"
	for name, e := range map[string]interface {
		Bytes([]byte) ([]byte, error)
	}{
		"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(),
		"UTF-16LE, mark": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), "UTF-16BE, mark": unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(),
		"UTF-32LE": utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM).NewEncoder(), "UTF-32BE": utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM).NewEncoder(),
		"UTF-32LE, mark": utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder(), "UTF-32BE, mark": utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder(),
		"UTF-8, mark": unicode.UTF8BOM.NewEncoder(),
	} {
		data, err := e.Bytes([]byte(want))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Text(data, false); err != nil || got != want {
			t.Errorf("%s: Text = %q, %v", name, got, err)
		}
		if k := Sniff(data, "a"); k.Format != Plain {
			t.Errorf("%s: Sniff = %+v", name, k)
		}
	}
}

func TestTextDeclared(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, data string
		isHTML     bool
		want       string
	}{
		{"meta", "<meta charset=windows-1250><p>\xF8eka</p>", true, "řeka"},
		{"XML", "<?xml version='1.0' encoding='ISO-8859-2'?><p>\xF8eka</p>", false, "řeka"},
		{"none", "<p>caf\xE9</p>", true, "café"},
		{"wrong", "<meta charset=windows-1250><p>řeka</p>", true, "řeka"},
		{"mixed", "UTF-8: café\nLatin: caf\xE9\n", false, "Latin: café"},
	} {
		if got, err := Text([]byte(tt.data), tt.isHTML); err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: Text = %q, %v, want %q in it", tt.name, got, err, tt.want)
		}
	}
}

func TestTextRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, data, want string }{
		{"empty", " \n\t", "is empty"},
		{"zeros", "GIFT is a word\x00\x00\x00 of the web", "is binary, it holds zero bytes"},
		{"controls", "one\ntwo \x01\x02\x03\x04 three", "is binary, 4 of 18 characters are control characters"},
		{"lost", "one\ntwo \uFFFD\uFFFD\uFFFD three", "is damaged, 3 of 17 characters are lost; save it as UTF-8"},
		{"PDF", "%PDF-1.7 x", "is a PDF file, by another name"},
		{"RTF", "{\\rtf1 x}", "is an RTF file: save it as .docx"},
	} {
		if _, err := Text([]byte(tt.data), false); err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// TestStray guards that one zero byte or half a character costs a text nothing else.
func TestStray(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The fer\x00ry sails at nine.":  "The ferry sails at nine.",
		"The caf\xC3":                   "The caf",
		"The café is open, the caf\xC3": "The café is open, the caf",
		"It costs 5 \xE2\x82":           "It costs 5 ",
		"The café costs \xE2":           "The café costs ",
		"The caf\xE9":                   "The café",
		"THE CAF\xC3":                   "THE CAFÃ",
		"\xE9":                          "é",
	} {
		if got, err := Text([]byte(in), false); err != nil || got != want {
			t.Errorf("%q: got %q, %v", in, got, err)
		}
		if k := Sniff([]byte(in), "a.txt"); k.Format != Plain {
			t.Errorf("%q is %+v", in, k)
		}
	}
}

func unbounded([]byte) int64 { return 1 << 40 }

func TestGunzip(t *testing.T) {
	t.Parallel()
	pack := func(data []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(data)
		_ = w.Close()
		return b.Bytes()
	}
	m := limit.New(context.Background(), limit.Limits{Unpacked: 1 << 20})
	text := []byte(strings.Repeat("The ferry sails at noon. ", 1000))
	if got, err := Gunzip(m, pack(text), unbounded); err != nil || !bytes.Equal(got, text) {
		t.Errorf("Gunzip = %d bytes, %v", len(got), err)
	}
	bomb := pack(make([]byte, 64<<20))
	readtest.Within(t, time.Second, "a bomb", func() {
		if got, err := Gunzip(m, bomb, unbounded); !errors.Is(err, limit.ErrLimit) {
			t.Errorf("a bomb: %d bytes, %v, want %v", len(got), err, limit.ErrLimit)
		}
	})
	m = limit.New(context.Background(), limit.Limits{})
	for name, data := range map[string][]byte{"cut": pack(text)[:40], "no gzip": []byte("\x1F\x8Bx")} {
		if _, err := Gunzip(m, data, unbounded); err == nil || errors.Is(err, limit.ErrLimit) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	long := []byte(strings.Repeat("The ferry sails at noon, and the mill turns all night. ", 4000))
	head := ""
	few := func(h []byte) int64 { head = string(h[:9]); return 100_000 }
	if got, err := Gunzip(m, pack(long), few); err == nil || !strings.Contains(err.Error(), "unpacks to more than the 100000 bytes") || head != "The ferry" {
		t.Errorf("too long: %d bytes, %v, by the head %q", len(got), err, head)
	}
	lies := pack(long)
	copy(lies[len(lies)-4:], "\xff\xff\xff\xff")
	if _, err := Gunzip(m, lies, unbounded); err == nil {
		t.Error("a file that lies about its length is read")
	}
	if got, err := Gunzip(m, pack(long), unbounded); err != nil || !bytes.Equal(got, long) {
		t.Errorf("long: %d bytes, %v", len(got), err)
	}
	for name, want := range map[string]string{"a.txt.gz": "a.txt", "a.GZ": "a", ".gz": ".gz", "a.txt": "a.txt"} {
		if got := Unzipped(name); got != want {
			t.Errorf("Unzipped(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{russian, czech, "caf\xE9", "<?xml version='1.0' encoding='utf-16'?><a>", "\xFF\xFE\x00\x00", "\xFF\xFEa\x00", "<meta charset=gbk>\x81", "{\"a\":1}\n{\"a\":2}", "\x1F\x8B", "PK\x03\x04", "From a 2020\nTo: b"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, isHTML bool) {
		readtest.Timed(t, data, func() {
			_ = Sniff(data, "a.docx")
			s, err := Text(data, isHTML)
			if err == nil && !utf8.ValidString(s) {
				t.Errorf("Text = %q, not UTF-8", s)
			}
			m := limit.New(t.Context(), limit.Limits{Unpacked: 1 << 20})
			_, _ = Gunzip(m, data, unbounded)
		})
	})
}
