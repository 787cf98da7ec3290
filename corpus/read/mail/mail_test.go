package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// show writes what was read as lines: statements, then blocks with the lines
// they stand in, then what was left out or remarked.
func show(docs []*document.Document, notes []document.Note, err error) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "%d #%s\n", d.Line, d.Part)
		for _, s := range d.Statements {
			fmt.Fprintf(&b, "%s=%s (%s, %d)\n", s.Field, s.Value, s.From, s.Rank)
		}
		for _, bl := range d.Blocks {
			fmt.Fprintf(&b, "%d| %s\n", bl.Line, bl.Text)
		}
		for _, x := range d.Dropped {
			fmt.Fprintf(&b, "%d- %s: %s\n", x.Line, x.Reason, x.Text)
		}
		for _, n := range d.Warnings {
			fmt.Fprintf(&b, "! %s\n", n.Reason)
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "note %d: %s\n", n.Line, n.Reason)
	}
	if err != nil {
		line := 0
		if at, ok := errors.AsType[*document.LineError](err); ok {
			line = at.Line
		}
		fmt.Fprintf(&b, "error %d: %s\n", line, err)
	}
	return b.String()
}

type reading func(*limit.Meter, []byte) ([]*document.Document, []document.Note, error)

type example struct{ name, in, want string }

func check(t *testing.T, read reading, examples []example) {
	t.Helper()
	for _, c := range examples {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(read(limit.New(t.Context(), limit.Limits{}), []byte(c.in))); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

const head = "From: Ada Holm <ada@x.example>\nSubject: The mill\n"

const headShown = "title=The mill (header \"Subject\", 0)\nauthor=Ada Holm (header \"From\", 0)\n"

func TestHeaders(t *testing.T) {
	t.Parallel()
	check(t, Read, []example{
		{"all", "Return-Path: <x>\r\nReceived: from a\r\n\tby b\r\nFrom: =?iso-8859-1?Q?Ren=E9e?= Holm <r@x.example>\r\nTo: all@x.example\r\nSubject: =?utf-8?B?TWlsbCDigJM=?=\r\n =?utf-8?Q?_quay?=\r\nDate: Tue, 2 Dec 2025 09:15:00 +0100 (CET)\r\nMessage-ID: <1@x.example>\r\nArchived-At: <https://x.example/1>\r\nOrganization: Ostmar Courier\r\nContent-Language: en\r\n\r\nThe mill burnt.\r\n", `1 #
id=1@x.example (header "Message-ID", 0)
title=Mill – quay (header "Subject", 0)
published=Tue, 2 Dec 2025 09:15:00 +0100 (CET) (header "Date", 0)
url=https://x.example/1 (header "Archived-At", 0)
language=en (header "Content-Language", 0)
publisher=Ostmar Courier (header "Organization", 0)
author=Renée Holm (header "From", 0)
14| The mill burnt.
`},
		{"newsletter", "From: Ada Holm at The Courier <n@courier.example>\nSubject: The mill\nList-Unsubscribe: <https://x>\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
author=Ada Holm (header "From", 0)
publisher=The Courier (header "From", 0)
publisher=courier.example (header "From", 4)
5| The mill burnt.
`},
		{"newsletter of a paper", "From: The Courier <n@courier.example>\nSubject: The mill\nList-Unsubscribe: <https://x>\nList-Post: NO\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
publisher=The Courier (header "From", 0)
publisher=courier.example (header "From", 4)
6| The mill burnt.
`},
		{"newsletter of a person", "From: Ada Holm <news@letters.example>\nSubject: The mill\nList-Unsubscribe: <https://x>\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
author=Ada Holm (header "From", 0)
publisher=letters.example (header "From", 4)
5| The mill burnt.
`},
		{"newsletter of a paper by its domain", "From: Ostmar Courier <news@courier.example>\nSubject: The mill\nList-Unsubscribe: <https://x>\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
publisher=Ostmar Courier (header "From", 0)
publisher=courier.example (header "From", 4)
5| The mill burnt.
`},
		{"newsletter of its own domain", "From: Berta Holm <post@berta-holm.example>\nSubject: The mill\nList-Unsubscribe: <https://x>\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
author=Berta Holm (header "From", 0)
publisher=Berta Holm (header "From", 0)
publisher=berta-holm.example (header "From", 4)
5| The mill burnt.
`},
		{"list", "From: a.holm@x.example (Ada Holm)\nSubject: The mill\nList-Id: \"Ostmar harbour talk\" <talk.x.example>\nList-Unsubscribe: <https://x>\nList-Post: <mailto:talk@x.example>\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
publisher=Ostmar harbour talk (header "List-ID", 0)
author=Ada Holm (header "From", 0)
7| The mill burnt.
`},
		{"list's archive", "From: a.holm at x.example (Ada Holm)\nSubject: The mill\n\nThe mill burnt.", "1 #\n" + headShown + "4| The mill burnt.\n"},
		{"list's archive without a name", "From: a.holm at x.example\nSubject: The mill\n\nThe mill burnt.", "1 #\ntitle=The mill (header \"Subject\", 0)\n4| The mill burnt.\n"},
		{"blank line in a field", "From: Ada Holm <ada@x.example>\nSubject: The\n \n\tmill\nTo: all\n\nThe mill burnt.", "1 #\n" + headShown + "7| The mill burnt.\n"},
		{"blanks below the header", head + " \n  The mill burnt.\n\nAll: gone.", "1 #\n" + headShown + "4| The mill burnt.\n6| All: gone.\n"},
		{"saved without its header", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>The mill burnt.</p>", "1 #\n4| The mill burnt.\n"},
		{"name without its quotation marks", "From: Holm, Ada (Courier) <ada@x.example>\nSubject: The mill\n\nThe mill burnt.", `1 #
title=The mill (header "Subject", 0)
author=Holm, Ada (Courier) (header "From", 0)
4| The mill burnt.
`},
		{"bytes in the header", "From: Ren\xe9e <r@x.example>\nSubject: Caf\u00e9\n\nThe mill burnt.", `1 #
title=Café (header "Subject", 0)
author=Renée (header "From", 0)
4| The mill burnt.
`},
		{"envelope and bad lines", "From ada Tue Dec  2 09:15:00 2025\n>From ada Tue\n" + head + "\nThe mill burnt.", "1 #\n" + headShown + "6| The mill burnt.\n"},
		{"byte order mark", "\uFEFF" + head + "\nThe mill burnt.", "1 #\n" + headShown + "4| The mill burnt.\n"},
		{"UTF-16", "\xFF\xFE" + strings.Join(strings.Split(head+"\nThe mill burnt.", ""), "\x00") + "\x00", "1 #\n" + headShown + "4| The mill burnt.\n"},
		{"line ends of old", strings.ReplaceAll(head+"\nThe mill burnt.", "\n", "\r"), "1 #\n" + headShown + "4| The mill burnt.\n"},
		{"no blank line", head + "The mill burnt.", "1 #\n" + headShown + "3| The mill burnt.\n"},
		{"no message", "The mill of Ostmar burnt.\n\nIt was old.", "error 0: is no mail message: it has no \"From\", \"Date\" or \"Subject\" above its text\n"},
		{"empty", "\n", "error 0: is empty\n"},
		{"no text", head + "\n\n", "error 0: has no text\n"},
	})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	b64 := base64.StdEncoding.EncodeToString([]byte("The caf\xe9 burnt.\r\n\r\nIt was old."))
	check(t, Read, []example{
		{"quoted-printable", head + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 bur=\nnt.\n", "1 #\n" + headShown + "6| The café burnt.\n"},
		{"base64", head + "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: BASE64\n\n" + b64[:10] + "\n" + b64[10:] + "\n", "1 #\n" + headShown + "6| The café burnt.\n6| It was old.\n"},
		{"damaged quoted-printable", head + "Content-Transfer-Encoding: quoted-printable\n\nThe mill = burnt =\n down =3D.\n", "1 #\n" + headShown + "5| The mill = burnt down =.\n"},
		{"cut base64", head + "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=latin1\n\n" + b64[:len(b64)-5], "1 #\n" + headShown + "6| The café burnt.\n6| It wa\n"},
		{"wrong charset", head + "Content-Type: text/plain; charset=utf-8\n\nThe caf\xe9 burnt.", "1 #\n" + headShown + "5| The café burnt.\n"},
		{"unknown charset", head + "Content-Type: text/plain; charset=x-none\n\nThe café burnt.", "1 #\n" + headShown + "5| The café burnt.\n"},
		{"koi8", head + "Content-Type: text/plain; charset=koi8-r\n\n\xed\xc9\xd2.", "1 #\n" + headShown + "5| Мир.\n"},
		{"flowed", head + "Content-Type: text/plain; format=flowed\n\nThe mill \nof Ostmar \nburnt.\n From here on it \n is quiet.\n > five.\nAll \n> Who \n> says so?\n-- \nAda", "1 #\n" + headShown + `5| The mill of Ostmar burnt.
8| From here on it is quiet.
10| five.
11| All
12- quoted message: > Who says so?
14- signature: --
15- signature: Ada
`},
		{"flowed, blanks deleted", head + "Content-Type: text/plain; format=flowed; delsp=yes\n\nThe mi \nll burnt.", "1 #\n" + headShown + "5| The mill burnt.\n"},
		{"answer", head + "\nIt did not burn.\n\nOn Tue, 2 Dec 2025, Ole Brandt wrote:\n> The mill burnt.\n> Really.\n\nIt fell.\n\n--\nAda\n", "1 #\n" + headShown + `4| It did not burn.
10| It fell.
6- quoted message: On Tue, 2 Dec 2025, Ole Brandt wrote:
7- quoted message: > The mill burnt.
8- quoted message: > Really.
12- signature: --
13- signature: Ada
`},
		{"all quoted", head + "\n> The mill burnt.", "1 #\n" + headShown + "4| The mill burnt.\n"},
		{"footer of a list", head + "\nThe mill burnt.\n_______________________________________________\ntalk mailing list\ntalk@x.example\n", "1 #\n" + headShown + `4| The mill burnt.
5- footer of the list: _______________________________________________
6- footer of the list: talk mailing list
7- footer of the list: talk@x.example
`},
		{"html", head + "Content-Type: text/html\n\n<style>p{}</style><div style='display:none'>Preheader</div><p>The mill<br>burnt.</p><div class=\"gmail_quote\"><div>On Tuesday Ole wrote:</div><blockquote>It stands.</blockquote></div>", "1 #\n" + headShown + `5| The mill
5| burnt.
5- hidden text: Preheader
5- quoted message: On Tuesday Ole wrote:
5- quoted message: It stands.
`},
	})
}

func TestFooters(t *testing.T) {
	t.Parallel()
	news := head + "List-Unsubscribe: <https://x>\n\n"
	check(t, Read, []example{
		{"newsletter", news + "View this email in your browser\n\nThe mill burnt.\n\nReaders unsubscribe in droves, says the mayor.\n\nYou are receiving this email because you signed up.\n\nUnsubscribe | Manage preferences\n\nOstmar Courier, 1 Quay", "1 #\n" + headShown + `publisher=x.example (header "From", 4)
7| The mill burnt.
9| Readers unsubscribe in droves, says the mayor.
5- link to the version on the web: View this email in your browser
11- footer of the newsletter: You are receiving this email because you signed up.
13- footer of the newsletter: Unsubscribe | Manage preferences
15- footer of the newsletter: Ostmar Courier, 1 Quay
`},
		{"letter", head + "\nClick here to unsubscribe.\n\nThe mill burnt.", "1 #\n" + headShown + "6| The mill burnt.\n4- footer of the newsletter: Click here to unsubscribe.\n"},
		{"far above the end", news + "To unsubscribe, write to us.\n" + strings.Repeat("\nThe mill burnt.\n", 15), "1 #\n" + headShown + "publisher=x.example (header \"From\", 4)\n5| To unsubscribe, write to us.\n" + burnt(7, 15)},
		{"nothing else", news + "Unsubscribe", "1 #\n" + headShown + "publisher=x.example (header \"From\", 4)\n5| Unsubscribe\n"},
	})
}

// burnt are n blocks in every second line.
func burnt(line, n int) string {
	out := ""
	for i := range n {
		out += fmt.Sprintf("%d| The mill burnt.\n", line+2*i)
	}
	return out
}

// part writes a part of a message.
func part(kind, text string) string { return "Content-Type: " + kind + "\n\n" + text + "\n" }

// multi writes a part of parts.
func multi(kind, boundary string, parts ...string) string {
	out := "Content-Type: multipart/" + kind + "; boundary=" + boundary + "\n\npreamble\n"
	for _, p := range parts {
		out += "--" + boundary + "\n" + p
	}
	return out + "--" + boundary + "--\nepilogue\n"
}

func TestParts(t *testing.T) {
	t.Parallel()
	attached := "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment;\n filename*=utf-8''caf%C3%A9.pdf\n\nxxxx\n"
	check(t, Read, []example{
		{"alternatives", head + multi("alternative", "b", part("text/plain", "The mill burnt --b\n--before\nhttps://track.example/1"), part("text/html", "<p>The mill burnt.</p>")), "1 #\n" + headShown + "15| The mill burnt.\n"},
		{"one text after the other", head + multi("mixed", "b", part("text/plain", "See below."), part("text/html", "<p>The mill burnt.</p>"), part("text/plain", "All of it.")), "1 #\n" + headShown + "9| See below.\n13| The mill burnt.\n17| All of it.\n"},
		{"footer in a part", head + multi("mixed", "b", multi("alternative", "c", part("text/plain", "The mill burnt."), part("text/html", "<p>The mill burnt.</p>")), part("text/plain", "____________________\nOstmar mailing list")), "1 #\n" + headShown + "17| The mill burnt.\n23- footer of the list: ____________________\n24- footer of the list: Ostmar mailing list\n"},
		{"wrong charsets", head + multi("mixed", "b", part("text/plain; charset=gb2312", "Café à Ostmar."), part("text/plain; charset=utf-8", "Café\xe9 à Ostmar.")), "1 #\n" + headShown + "9| Café à Ostmar.\n13| Café\uFFFD à Ostmar.\n"},
		{"html of few words", head + multi("alternative", "b", part("text/plain", "The mill of Ostmar burnt."), part("text/html", "<img src=x><a href=x>Look</a>")), "1 #\n" + headShown + "9| The mill of Ostmar burnt.\n"},
		{"attachment and picture", head + multi("mixed", "b", multi("related", "c", part("text/html", "<p>The mill burnt.</p>"), "Content-Type: image/png; name=logo.png\nContent-ID: <x>\n\nxxxx\n"), attached), "1 #\n" + headShown + `13| The mill burnt.
! the attachment "café.pdf" is not read: save it as a file of its own
`},
		{"text that is attached", head + multi("mixed", "b", part("text/plain", "See there."), "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\nThe mill burnt.\n"), "1 #\n" + headShown + `9| See there.
! the attachment "a.txt" is not read: save it as a file of its own
`},
		{"only an attachment", head + multi("mixed", "b", attached), "error 0: has no text, only the attachment \"café.pdf\": save that as a file\n"},
		{"encrypted", head + multi("encrypted", "b", part("application/pgp-encrypted", "Version: 1")), "error 0: is encrypted: save it decrypted\n"},
		{"no end", head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + part("text/plain", "The mill burnt."), "1 #\n" + headShown + "8| The mill burnt.\n"},
		{"no boundaries", head + "Content-Type: multipart/mixed; boundary=b\n\nThe mill burnt.", "1 #\n" + headShown + "5| The mill burnt.\n"},
		{"boundary that begins as another", head + multi("mixed", "b", multi("alternative", "bb", part("text/plain", "The mill burnt."))), "1 #\n" + headShown + "13| The mill burnt.\n"},
		{"forwarded", head + multi("mixed", "b", part("text/plain", "See below."), part("message/rfc822", "From: Ole <o@x.example>\nSubject: The quay\n\nThe quay sank.")), "1 #\n" + headShown + `9| See below.
13 #2
title=The quay (header "Subject", 0)
author=Ole (header "From", 0)
16| The quay sank.
`},
		{"digest", head + multi("digest", "b", "\nFrom: Ole <o@x.example>\nSubject: One\n\nThe quay sank.\n", "\nFrom: Ole <o@x.example>\nSubject: Two\n\nThe ferry sank.\n"), `8 #
title=One (header "Subject", 0)
author=Ole (header "From", 0)
11| The quay sank.
14 #2
title=Two (header "Subject", 0)
author=Ole (header "From", 0)
17| The ferry sank.
`},
	})
}

func TestMbox(t *testing.T) {
	t.Parallel()
	check(t, ReadMbox, []example{
		{"two", "From ada Tue Dec  2 09:15:00 2025\n" + head + "\nThe mill burnt.\n\nFrom here on it is quiet.\n>From there, too.\n>>From it.\n\nFrom ole Tue Dec  2 10:15:00 2025\n" + head + "\nThe quay sank.\n", "2 #1\n" + headShown + `5| The mill burnt.
7| From here on it is quiet.
8| From there, too.
9- quoted message: >From it.
12 #2
` + headShown + "15| The quay sank.\n"},
		{"one of them bad", "From ada\n" + head + "\n\nFrom ada\n" + head + "\nThe mill burnt.\n", "7 #2\n" + headShown + "10| The mill burnt.\nnote 2: has no text\n"},
		{"none", "The mill burnt.\n", "error 0: is no mailbox: no line in it begins a message with \"From \"\n"},
		{"all bad", "From ada\n" + head + "\n\n", "error 2: none of its 1 messages is an article: the first has no text\n"},
	})
}

func TestBounds(t *testing.T) {
	t.Parallel()
	deep := ""
	for i := range 600 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	nested := strings.Repeat(head+"Content-Type: message/rfc822\n\n", 600)
	for _, c := range []struct {
		name, in, want string
		limits         limit.Limits
	}{
		{"deep parts", head + deep, "error 0: is nested more than 512 deep, over the limit", limit.Limits{}},
		{"messages in messages", nested, "error 0: has no text", limit.Limits{}},
		{"many parts", head + multi("mixed", "b", strings.Repeat("\n--b\n", 200)), "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"large text", head + "Content-Transfer-Encoding: base64\n\n" + strings.Repeat("AAAA", 100), "error 0: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"unpacked", head + "\n" + strings.Repeat("a ", 100), "error 0: unpacks to more than 100 bytes, over the limit", limit.Limits{Unpacked: 100}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(Read(limit.New(t.Context(), c.limits), []byte(c.in))); !strings.Contains(got, c.want) {
				t.Errorf("got:\n%s\nwant: %s", got, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", head, head + "\nText.", "From a\n" + head + "\nx\n\nFrom b\n" + head + "\ny", head + multi("alternative", "b", part("text/plain", "a"), part("text/html", "<p>a")),
		head + "Content-Type: text/plain; format=flowed\n\na \n> b \n-- \nc", head + "Content-Transfer-Encoding: base64\n\nYQ==", head + "Content-Transfer-Encoding: quoted-printable\n\n=E9=\n",
		head + "\na\n\n---------- Forwarded message ---------\nFrom: b <c@d.example>\nDate: e\nSubject: Re: f\nTo: g@h.example,\n i@j.example\n\nk\n> l\n", "Subject: Fwd: a\n\nBegin forwarded message:\n> Von: b\n> Betreff: c\n> Datum: d\n>\n> e",
		head + multi("digest", "b", "\n"+head+"\nx"), head + "Content-Type: text/plain; charset=utf-7\n\n+AGE-", head + "Content-Type: multipart/mixed; boundary=\"\n\n--\n",
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, box bool) {
		read := reading(Read)
		if box {
			read = ReadMbox
		}
		var docs []*document.Document
		var err error
		readtest.Timed(t, data, func() { docs, _, err = read(limit.New(t.Context(), limit.Limits{}), data) })
		if err == nil && len(docs) == 0 {
			t.Fatal("no articles and no error")
		}
		for _, d := range docs {
			for _, b := range d.Blocks {
				if !utf8.ValidString(b.Text) || b.Text != document.Squeeze(document.Normalise(b.Text)) || b.Text == "" {
					t.Fatalf("block %q is not normalised", b.Text)
				}
			}
			for _, s := range d.Statements {
				if !utf8.ValidString(s.Value) || document.OneLine(s.Value) == "" {
					t.Fatalf("statement %+v", s)
				}
			}
		}
	})
}

// Around the text of a letter stands nothing that pages have.
func TestLight(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		head + "\nThe mill burnt.":                                                                          true,
		"List-Unsubscribe: <https://x>\n" + head + "\nThe mill burnt.":                                      false,
		head + "Content-Type: text/html\n\n<p>The mill burnt.</p>":                                          false,
		head + multi("mixed", "b", part("text/plain", "See."), part("text/html", "<p>The mill burnt.</p>")): false,
	} {
		docs, _, err := Read(limit.New(t.Context(), limit.Limits{}), []byte(in))
		if err != nil || docs[0].Light != want {
			t.Errorf("%q: got %v, want light %v", in, err, want)
		}
	}
}
