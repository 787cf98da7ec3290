package mail

import (
	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// What newsletters put around their text.
var (
	leave = text.Pattern(`(?i)^(?:to )?(?:unsubscribe|opt[ -]out|manage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)|update (?:your )?(?:e-?mail )?preferences|` +
		`(?:vom newsletter )?abmelden|newsletter abbestellen|se désabonner|se désinscrire|darse de baja|cancelar (?:la )?suscripción|disiscriviti|uitschrijven|avregistrera|avmeld)\b|` +
		`\b(?:unsubscribe|opt[ -]out)\b.*\b(?:here|click|link|e-?mails?|list|anytime|any time|https?)\b|\b(?:click|here|link|e-?mails?)\b.*\bunsubscribe\b|` +
		`^(?:you(?:’|'| a)re? (?:are )?(?:receiving|getting|subscribed)|you (?:received|got)|this (?:e-?mail|message|newsletter) was sent)\b.*\b(?:e-?mail|newsletter|list|subscribe[dr]?|signed up|to)\b`)
	browser = text.Pattern(`(?i)^(?:(?:trouble|problems?|can(?:’|')t|having) .{0,60}\b)?(?:view|read|open|see|show) (?:this (?:e-?mail|message|newsletter|issue|it) )?(?:it )?(?:in|on|online|with) ?(?:your |the |a )?(?:web ?)?(?:browser|site|online)?\W*$|^(?:im browser (?:ansehen|öffnen)|online ansehen|voir dans le navigateur|ver en el navegador)\W*$`)
)

const (
	footerBlocks = 15 // a footer has no more: an address, rights, links
	footerWords  = 60 // of the block that tells one
	topBlocks    = 4  // above which the link to the web version stands
)

// footers drops what a newsletter has below its text, from the way to leave it
// on, and the link to its version on the web above. In other messages only the
// line itself goes: what follows may be theirs.
func footers(d *document.Document, newsletter bool) {
	var kept []document.Block
	var dropped []document.Drop
	below := false
	for i, b := range d.Blocks {
		reason := ""
		short := text.Words(b.Text) <= footerWords
		switch {
		case below && newsletter:
			reason = "footer of the newsletter"
		case i < topBlocks && short && browser().MatchString(b.Text):
			reason = "link to the version on the web"
		case i >= len(d.Blocks)-footerBlocks && short && leave().MatchString(b.Text):
			reason, below = "footer of the newsletter", true
		default:
			kept = append(kept, b)
			continue
		}
		dropped = append(dropped, document.Drop{Line: b.Line, Text: b.Text, Reason: reason})
	}
	if len(kept) > 0 {
		d.Blocks, d.Dropped = kept, append(d.Dropped, dropped...)
	}
}
