package mail

import (
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

const report = "The mill of Ostmar burnt on Tuesday.\nThe mayor said that it would be built again by the spring.\n"

// TestForwarded guards that a message which forwards another is that one: its header
// states what it is and is no text.
func TestForwarded(t *testing.T) {
	t.Parallel()
	const from = "From: Jon Reed <jon@x.example>\nDate: Mon, 5 May 2025 10:00:00 +0000\n"
	quoted := "> " + strings.ReplaceAll(strings.TrimSuffix(report, "\n"), "\n", "\n> ") + "\n"
	gmail := "---------- Forwarded message ---------\nFrom: *Ada Holm* <ada@courier.example>\nDate: Fri, May 2, 2025 at 9:12 AM\nSubject: The mill burns\nTo: <list@x.example>,\n Eva Brack <eva@x.example>\n\n\n"
	for name, in := range map[string]string{
		"gmail":                from + "Subject: Fwd: The mill burns\n\nSee below, please.\n\n" + gmail + report,
		"gmail, other subject": from + "Subject: For you\n\nSee below, please.\n\n" + gmail + report,
		"apple":                from + "Subject: FW: The mill burns\n\nBegin forwarded message:\n\n> From: Ada Holm <ada@courier.example>\n> Subject: The mill burns\n> Date: 2 May 2025 at 09:12:00\n> \n" + quoted,
		"outlook":              from + "Subject: FW: The mill burns\n\n-----Original Message-----\nFrom: Ada Holm [mailto:ada@courier.example]\nSent: Friday, May 2, 2025 9:12 AM\nTo: l@x.example\nSubject: Re: The mill burns\n\n" + report,
		"outlook without mark": from + "Subject: FW: The mill burns\n\nSee below.\n\n________________________________\nFrom: Ada Holm <ada@courier.example>\nSent: Friday, May 2, 2025 9:12 AM\nTo: l@x.example\nSubject: The mill burns\n\n" + report,
		"thunderbird, German":  from + "Subject: WG: The mill burns\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tThe mill burns\nDatum: \tFri, 2 May 2025 09:12:00 +0200\nVon: \tAda Holm <ada@courier.example>\nAn: \tl@x.example\n\n\n" + report,
		"outlook, German":      from + "Subject: WG: The mill burns\n\n-----Ursprüngliche Nachricht-----\nVon: Ada Holm <ada@courier.example>\nGesendet: Freitag, 2. Mai 2025 09:12\nAn: l@x.example\nBetreff: AW: The mill burns\n\n" + report,
		"gmail, French":        from + "Subject: TR: The mill burns\n\n---------- Message transféré ---------\nDe : Ada Holm <ada@courier.example>\nDate: ven. 2 mai 2025 à 09:12\nObjet : The mill burns\nÀ : <l@x.example>\n\n" + report,
		"outlook, Spanish":     from + "Subject: RV: The mill burns\n\n---------- Mensaje reenviado ---------\nDe: Ada Holm <ada@courier.example>\nEnviado el: viernes, 2 de mayo de 2025 9:12\nPara: l@x.example\nAsunto: The mill burns\n\n" + report,
		"forwarded twice":      from + "Subject: Fwd: Fwd: mill\n\n---------- Forwarded message ---------\nFrom: Eva Brack <eva@x.example>\nDate: Sat, May 3, 2025 at 9:12 AM\nSubject: Fwd: mill\n\nLook at that.\n\n" + gmail + report,
		"forwarded answer":     from + "Subject: Fwd: The mill burns\n\n" + strings.Replace(gmail, "Subject: ", "Subject: Re: ", 1) + report + "\nFrom: Eva Brack <eva@x.example>\nSent: Friday, May 2, 2025 8:12 AM\nTo: Ada Holm\nSubject: The mill burns\n\nDid it burn?\n",
		"html, gmail": from + "Subject: Fwd: The mill burns\nContent-Type: text/html\n\n<div>See below.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>From: <strong>Ada Holm</strong> &lt;<a href=\"x\">a@courier.example</a>&gt;<br>Date: Fri, May 2, 2025 at 9:12 AM<br>Subject: The mill burns<br>To:  &lt;l@x.example&gt;<br></div><br><p>" +
			strings.ReplaceAll(strings.TrimSuffix(report, "\n"), "\n", "</p><p>") + "</p></div>",
		"html, apple": from + "Subject: Fwd: The mill burns\nContent-Type: text/html\n\n<div>Begin forwarded message:</div><blockquote type=\"cite\"><div><b>From: </b>Ada Holm &lt;a@courier.example&gt;</div><div><b>Subject: </b><b>The mill burns</b></div><div><b>Date: </b>2 May 2025</div><p>" +
			strings.ReplaceAll(strings.TrimSuffix(report, "\n"), "\n", "</p><p>") + "</p></blockquote>",
		"html, outlook": from + "Subject: FW: The mill burns\nContent-Type: text/html\n\n<p>For you.</p><div style=\"border-top:solid\"><p><b>From:</b> Ada Holm &lt;a@c.example&gt; <br><b>Sent:</b> Friday, May 2, 2025 9:12 AM<br><b>To:</b> l@x.example<br><b>Subject:</b> The mill burns</p></div><p>" +
			strings.ReplaceAll(strings.TrimSuffix(report, "\n"), "\n", "</p><p>") + "</p>",
		"html, table": from + "Subject: Fwd: The mill burns\nContent-Type: text/html\n\n<div>-------- Forwarded Message --------<table><tr><th>Subject: </th><td>The mill burns</td></tr><tr><th>Date: </th><td>Fri, 2 May 2025 09:12:00 +0200</td></tr><tr><th>From: </th><td>Ada Holm &lt;a@c.example&gt;</td></tr></table></div><p>" +
			strings.ReplaceAll(strings.TrimSuffix(report, "\n"), "\n", "</p><p>") + "</p>",
	} {
		docs, _, err := Read(limit.New(t.Context(), limit.Limits{}), []byte(in))
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d messages, %v", name, len(docs), err)
			continue
		}
		var text, stated []string
		for _, b := range docs[0].Blocks {
			text = append(text, b.Text)
		}
		for _, s := range docs[0].Statements {
			if s.Field == document.Published && strings.Contains(s.Value, "2") && !strings.Contains(s.Value, "5 May") {
				s.Value = "then"
			}
			stated = append(stated, string(s.Field)+"="+s.Value)
		}
		if got, want := strings.Join(text, "\n")+"\n", report; got != want {
			t.Errorf("%s: got the text\n%s", name, got)
		}
		if got, want := strings.Join(stated, ", "), "title=The mill burns, published=then, author=Ada Holm"; got != want {
			t.Errorf("%s: stated %s", name, got)
		}
	}
}

// TestAnswered guards that a message stays itself where it answers another, and that a
// text with labels in it is one.
func TestAnswered(t *testing.T) {
	t.Parallel()
	check(t, Read, []example{
		{"answer above", "From: Ada Holm <ada@x.example>\nSubject: RE: [mills] AW: The mill\n\nIt did not burn.\n\nFrom: Ole Brandt <o@x.example>\nSent: Friday\nTo: Ada Holm\nSubject: The mill\n\nDid it burn?\n", "1 #\n" + headShown + `4| It did not burn.
6- quoted message: From: Ole Brandt <o@x.example>
7- quoted message: Sent: Friday
8- quoted message: To: Ada Holm
9- quoted message: Subject: The mill
11- quoted message: Did it burn?
`},
		{"answer over two lines", head + "\nIt did not burn.\n\nOn Tue, 2 Dec 2025 at 09:12, Ole Brandt <o@x.example>\nwrote:\n\n> Did it burn?\n", "1 #\n" + headShown + `4| It did not burn.
6- quoted message: On Tue, 2 Dec 2025 at 09:12, Ole Brandt <o@x.example>
7- quoted message: wrote:
9- quoted message: > Did it burn?
`},
		{"labels of a text", head + "\nFrom: Ostmar\nTo: Ellery\nThe ferry sails at nine.\n", "1 #\n" + headShown + "4| From: Ostmar\n5| To: Ellery\n6| The ferry sails at nine.\n"},
		{"a header alone", head + "\nThe mill burnt.\n\nFrom: Ole <o@x.example>\nDate: Friday\nSubject: x\n", "1 #\n" + headShown + "4| The mill burnt.\n6| From: Ole <o@x.example>\n7| Date: Friday\n8| Subject: x\n"},
	})
}

func TestSubjects(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]subject{
		"The mill":                             {"The mill", false, false},
		"Fwd: The mill":                        {"The mill", false, true},
		"RE: AW: [mills] Re[2]: The mill":      {"The mill", true, false},
		"[mills] Re: The mill":                 {"The mill", true, false},
		"Re: [mills] The mill":                 {"The mill", true, false},
		"WG: TR: RV: VB: The mill":             {"The mill", false, true},
		"[Updated] The mill":                   {"[Updated] The mill", false, false},
		"Re:":                                  {"Re:", true, false},
		"Rebuilding: the mill":                 {"Rebuilding: the mill", false, false},
		"回复：转发：The mill":                       {"The mill", true, false},
		"Fwd: Re: Re: Fw: The mill: a history": {"The mill: a history", false, true},
	} {
		if got := subjectOf(in); got != want {
			t.Errorf("%q: got %+v, want %+v", in, got, want)
		}
	}
}

func TestSenders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, address string
		newsletter    bool
		author, paper string
	}{
		{"The Courier Briefing", "news@courier.example", true, "", "The Courier Briefing"},
		{"The Courier Briefing", "news@courier.example", false, "", "The Courier Briefing"},
		{"Morning Letter", "hello@mornings.example", true, "", "Morning Letter"},
		{"Evening Update", "news@courier.example", false, "", "Evening Update"},
		{"Ostmar Weekly", "no-reply@letters.example", true, "", "Ostmar Weekly"},
		{"Courier Newsroom", "news@x.example", true, "", "Courier Newsroom"},
		{"Ostmar Talk", "hello@ostmartalk.example", true, "Ostmar Talk", "Ostmar Talk"},
		{"Harbour of Ostmar", "hello@ostmar.example", true, "", "Harbour of Ostmar"},
		{"Ada Holm", "ada@holm.example", true, "Ada Holm", ""},
		{"Ada Holm", "aholm@courier.example", true, "Ada Holm", ""},
		{"Ada Holm", "ada@x.example", false, "Ada Holm", ""},
		{"Ada Holm at The Courier", "ada@x.example", false, "Ada Holm", "The Courier"},
		{"Ada Holm from Mill Street", "ada@x.example", false, "Ada Holm from Mill Street", ""},
		{"Ada", "ada@x.example", false, "Ada", ""},
		{"Ada", "news@x.example", true, "", "Ada"},
		{"", "news@x.example", true, "", ""},
	} {
		if author, paper := senders(c.name, c.address, c.newsletter); author != c.author || paper != c.paper {
			t.Errorf("%s <%s>, %v: got the author %q and the paper %q", c.name, c.address, c.newsletter, author, paper)
		}
	}
}

// TestManyHeaders guards that lines like those of a header cost no more than others.
func TestManyHeaders(t *testing.T) {
	t.Parallel()
	m := limit.New(t.Context(), limit.Limits{Time: 20 * time.Second})
	for _, line := range []string{"To: a\n", "From: a\n", "Forwarded message\n", "Forwarded message\nTo: a\n"} {
		if _, _, err := Read(m, []byte(head+"\n"+strings.Repeat(line, 60_000))); err != nil {
			t.Error(err)
		}
	}
}
