package mail

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// What programs write above a message that they forward, or that is answered: the
// first are for forwarded ones alone.
var (
	forwardMark = text.Pattern(`(?i)^[-_*\s>]*(?:begin(?: of)? forwarded message|forwarded message|(?:anfang der )?weitergeleiteten? (?:nachricht|e-?mail)|(?:début du )?message (?:transféré|réexpédié)|` +
		`(?:inicio del )?mensaje reenviado|(?:inizio )?messaggio inoltrato|(?:início da )?mensagem encaminhada|(?:begin )?doorgestuurd bericht|vidarebefordrat (?:meddelande|brev)|` +
		`videresendt? (?:meddelelse|melding)|przekazana wiadomość|пересылаемое сообщение|转发的?邮件)[-_*\s:：]*$`)
	originalMark = text.Pattern(`(?i)^[-_*\s>]*(?:original message|original appointment|ursprüngliche nachricht|original-?nachricht|message d['’]origine|message original|mensaje original|messaggio originale|mensagem original|` +
		`oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|wiadomość oryginalna|исходное сообщение|原始邮件)[-_*\s:：]*$`)
	headerLabel = text.Pattern(`^\*?([\p{L}-]+(?: [\p{L}]+)?)\*?[ \x{A0}]?[:：]\*?(?: \|)?\s*(.*)$`)
)

// The fields of such a header.
const (
	fromField    = "from"
	dateField    = "date"
	subjectField = "subject"
	otherField   = "other"
)

// fieldOf is the field that a label of a header in some language names, "" for none.
func fieldOf(label string) string {
	switch strings.ToLower(label) {
	case "from", "von", "de", "da", "van", "från", "fra", "od", "от", "от кого", "发件人", "差出人":
		return fromField
	case "date", "sent", "datum", "gesendet", "gesendet am", "envoyé", "envoyé le", "fecha", "enviado", "enviado el", "enviado em", "enviada em", "enviada", "data", "inviato", "data invio", "verzonden", "skickat", "sendt", "dato", "wysłano", "дата", "отправлено", "日期", "发送时间", "日時", "送信日時":
		return dateField
	case "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne", "temat", "тема", "主题", "件名":
		return subjectField
	case "to", "an", "à", "a", "para", "per", "aan", "till", "til", "do", "кому", "收件人", "宛先", "cc", "bcc", "kopie", "kopie an", "copie à", "copia", "kopia", "копия", "抄送", "reply-to", "antwort an", "répondre à", "responder a", "importance", "priority", "wichtigkeit", "attachments", "anlagen":
		return otherField
	}
	return ""
}

// forwardedHeader is the header of a message that stands in the text of another.
type forwardedHeader struct {
	start, end int // of its blocks, with the mark above it
	mark       bool
	forward    bool // the mark says that it is forwarded
	fields     map[string]document.Block
}

// innerHeader finds the first header in a text, nil if there is none.
func innerHeader(blocks []document.Block) *forwardedHeader {
	for i := 0; i < len(blocks); i++ {
		h := &forwardedHeader{start: i, end: i, fields: map[string]document.Block{}}
		if forwardMark().MatchString(blocks[i].Text) || originalMark().MatchString(blocks[i].Text) {
			h.mark, h.forward = true, forwardMark().MatchString(blocks[i].Text)
			h.end++
		}
		kinds := h.read(blocks)
		_, from := h.fields[fromField]
		_, date := h.fields[dateField]
		_, title := h.fields[subjectField]
		const few, most = 2, 3
		if from && (date || title) && (kinds >= most || h.mark && kinds >= few) {
			return h
		}
		i = max(i, h.end-1)
	}
	return nil
}

// read reads the fields of a header and returns how many there are. Lists of people
// may go on in the next line.
func (h *forwardedHeader) read(blocks []document.Block) int {
	kinds := 0
	for ; h.end < len(blocks); h.end++ {
		b := blocks[h.end]
		m := headerLabel().FindStringSubmatch(b.Text)
		field := ""
		if m != nil {
			field = fieldOf(m[1])
		}
		if field == "" {
			if last := h.end - 1; kinds > 0 && last >= h.start && strings.HasSuffix(strings.TrimSpace(blocks[last].Text), ",") && strings.Contains(b.Text, "@") {
				continue
			}
			break
		}
		kinds++
		if _, twice := h.fields[field]; !twice || field == otherField {
			b.Text = strings.TrimSpace(m[2])
			h.fields[field] = b
		}
	}
	return kinds
}

// maxForwards is how often a message was forwarded at most.
const maxForwards = 16

// forwarded finds the message that a message forwards: its text is the article and its
// header says what that is. What stands above it is dropped, and so is a message that
// is only answered. It returns the header of the innermost, nil if none is forwarded.
func forwarded(d *document.Document, s subject) *forwardedHeader {
	var inner *forwardedHeader
	for range maxForwards {
		h := innerHeader(d.Blocks)
		if h == nil || h.end == len(d.Blocks) {
			break
		}
		above, below := d.Blocks[:h.start], d.Blocks[h.end:]
		if !h.isForward(s, words(above), words(below)) {
			dropBlocks(d, d.Blocks[h.start:], "quoted message")
			d.Blocks = above
			break
		}
		dropBlocks(d, above, "comment on a forwarded message")
		dropBlocks(d, d.Blocks[h.start:h.end], "header of a forwarded message")
		d.Blocks, inner = below, h
		s = subjectOf(h.fields[subjectField].Text)
	}
	return inner
}

// isForward reports whether a message is forwarded, and not answered by what stands
// above it.
func (h *forwardedHeader) isForward(s subject, above, below int) bool {
	switch {
	case above == 0, h.forward, s.forwarded:
		return true
	case s.answer:
		return false
	}
	return 2*above < below // its subject was changed: what is said most about
}

func dropBlocks(d *document.Document, blocks []document.Block, reason string) {
	for _, b := range blocks {
		d.Dropped = append(d.Dropped, document.Drop{Line: b.Line, Text: b.Text, Reason: reason})
	}
}

// sender is the name and address in the "From" of a header in a text: "Ada Holm
// <ada@gazette.example>", "Ada Holm [mailto:ada@gazette.example]".
func (h *forwardedHeader) sender() (person, address string) {
	value := strings.NewReplacer("[mailto:", "<", "[", "<", "]", ">", "<mailto:", "<", "*", "").Replace(h.fields[fromField].Text)
	return header{{name: "from", value: value}}.address("from")
}
