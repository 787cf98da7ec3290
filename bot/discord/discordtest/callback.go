package discordtest

import "net/http"

// Callback types.
const (
	callbackMessage        = 4
	callbackDeferred       = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackChoices        = 8
	callbackModal          = 9
)

func (d *Discord) interactionRoutes() []route {
	const webhook = "/webhooks/{webhook_id}/{webhook_token}"
	return []route{
		{"POST", "/interactions/{interaction_id}/{interaction_token}/callback", true, true, d.callback},
		{"POST", webhook, true, true, d.followup},
		{"GET", webhook + "/messages/@original", true, false, d.webhookMessage},
		{"PATCH", webhook + "/messages/@original", true, true, d.editWebhookMessage},
		{"DELETE", webhook + "/messages/@original", true, false, d.deleteWebhookMessage},
		{"GET", webhook + "/messages/{message_id}", true, false, d.webhookMessage},
		{"PATCH", webhook + "/messages/{message_id}", true, true, d.editWebhookMessage},
		{"DELETE", webhook + "/messages/{message_id}", true, false, d.deleteWebhookMessage},
	}
}

// callback is the first answer to an interaction.
func (d *Discord) callback(c *call) (*answer, *apiError) {
	it := d.interactions[c.param("interaction_token")]
	if it == nil || it.ID != c.param("interaction_id") {
		d.violate(RuleUnknown, c.where, "no such interaction")
		return nil, errUnknownInteraction
	}
	if it.dead {
		return nil, errUnknownInteraction
	}
	if it.acked {
		if !it.taken && !it.harmed {
			d.violate(RuleTwice, c.where, "already acknowledged with type %d", it.callback)
		}
		return nil, errAcknowledged
	}
	if age := c.at.Add(d.offset).Sub(it.created); age > ackWithin {
		d.violate(RuleLate, c.where, "acknowledged after %s", age)
		return nil, errUnknownInteraction
	}
	body := c.object()
	kind := num(body, "type")
	if detail := it.takes(kind); detail != "" {
		rule := RuleCallback
		if kind == callbackModal {
			rule = RuleModal
		}
		d.violate(rule, c.where, "%s", detail)
		return nil, errForm
	}
	data := sub(body, "data")
	if err := c.heed(checkCallback(kind, data, c.files, it.source)); err != nil {
		return nil, err
	}
	it.acked, it.callback, it.latency = true, kind, c.at.Sub(it.sent)
	d.latencies = append(d.latencies, it.latency)
	it.apply(kind, data, c.files)
	it.touch()
	d.changed.wake()
	if c.r.URL.Query().Get("with_response") != "true" {
		return nil, nil
	}
	resource := object{"type": kind}
	if it.original != nil {
		resource["message"] = it.original.payload()
	}
	return &answer{http.StatusOK, object{
		"interaction": object{"id": it.ID, "type": it.kind, "channel_id": it.Channel.ID}, "resource": resource,
	}}, nil
}

// takes says why an interaction does not take a callback type, "" if it does.
func (it *Interaction) takes(kind int) string {
	switch {
	case it.kind == interactionComplete && kind != callbackChoices:
		return "autocomplete takes choices only"
	case kind == callbackChoices && it.kind != interactionComplete:
		return "choices for what is no autocomplete"
	case kind == callbackModal && it.kind == interactionModal:
		return "a modal as the answer to a modal"
	case (kind == callbackUpdate || kind == callbackDeferredUpdate) && it.source == nil:
		return "an update where there is no message to update"
	case kind < callbackMessage || kind > callbackModal:
		return "no such callback type"
	}
	return ""
}

func checkCallback(kind int, data object, files []string, source *message) []problem {
	switch kind {
	case callbackMessage:
		return checkMessage(data, files, useAnswer, nil)
	case callbackDeferred:
		return checkMessage(data, files, useDeferred, nil)
	case callbackUpdate:
		return checkMessage(data, files, useEdit, source)
	case callbackChoices:
		return checkChoices(data)
	case callbackModal:
		return checkModal(data)
	}
	return nil
}

// apply does what a callback says.
func (it *Interaction) apply(kind int, data object, files []string) {
	switch kind {
	case callbackMessage:
		it.original = it.post(data, files)
	case callbackDeferred:
		it.original = it.d.addMessage(&message{
			d: it.d, channel: it.Channel, author: it.d.bot, kind: it.messageKind(), interaction: it,
			flags: FlagLoading | num(data, "flags")&FlagEphemeral, private: it.onlyFor(num(data, "flags")),
		})
		it.original.tell("MESSAGE_CREATE")
	case callbackDeferredUpdate:
		it.original = it.source
	case callbackUpdate:
		it.original = it.source
		it.source.edit(data, files)
	case callbackChoices:
		for _, o := range objects(list(data, "choices")) {
			it.choices = append(it.choices, Choice{Name: str(o, "name"), Value: o["value"]})
		}
	case callbackModal:
		it.modal = &Modal{
			CustomID: str(data, "custom_id"), Title: str(data, "title"), Inputs: flatten(list(data, "components")),
		}
	}
}

// post adds a message of the bot that answers the interaction.
func (it *Interaction) post(body object, files []string) *message {
	flags := num(body, "flags")
	m := it.d.addMessage(&message{
		d: it.d, channel: it.Channel, author: it.d.bot, kind: it.messageKind(), interaction: it,
		flags: flags & FlagEphemeral, private: it.onlyFor(flags),
	})
	m.fill(body, files)
	m.tell("MESSAGE_CREATE")
	return m
}

func (it *Interaction) onlyFor(flags int) *User {
	if flags&FlagEphemeral != 0 {
		return it.User
	}
	return nil
}

func (it *Interaction) messageKind() int {
	if it.kind != interactionCommand {
		return messageDefault
	}
	if num(it.data, "type") == commandChat {
		return messageCommand
	}
	return messageContextMenu
}

// webhook finds the interaction of a webhook's token.
func (c *call) webhook() (*Interaction, *apiError) {
	it := c.d.interactions[c.param("webhook_token")]
	switch {
	case it == nil:
		if c.d.opts.Keep == 0 {
			c.d.violate(RuleUnknown, c.where, "no such token")
		}
		return nil, errInvalidWebhookToken
	case it.expired():
		return nil, errInvalidWebhookToken
	case c.param("webhook_id") != c.d.appID:
		c.d.violate(RuleUnknown, c.where, "not the application's ID")
		return nil, errUnknownWebhook
	case !it.acked:
		if !it.dead {
			c.d.violate(RuleCallback, c.where, "the interaction is not acknowledged yet")
		}
		return nil, errUnknownWebhook
	}
	return it, nil
}

// maxFollowups is what a user-installed application may send per interaction.
const maxFollowups = 5

// followup sends a further message. After a deferred answer the first one is
// that answer.
func (d *Discord) followup(c *call) (*answer, *apiError) {
	it, err := c.webhook()
	if err != nil {
		return nil, err
	}
	body := c.object()
	if err := c.heed(checkMessage(body, c.files, useAnswer, nil)); err != nil {
		return nil, err
	}
	if o := it.original; o != nil && !o.deleted && o.flags&FlagLoading != 0 {
		if (num(body, "flags")^o.flags)&FlagEphemeral != 0 {
			d.violate(RuleFlags, c.where, "the first message after a deferral keeps the deferral's ephemerality")
		}
		o.edit(body, c.files)
		return ok(o.payload())
	}
	if it.userInstalled() && len(it.follow) == maxFollowups {
		d.violate(RuleFollowups, c.where, "more than %d follow-ups", maxFollowups)
		return nil, errFollowups
	}
	m := it.post(body, c.files)
	it.follow = append(it.follow, m)
	it.touch()
	return ok(m.payload())
}

// target finds the message that a webhook's route names.
func (c *call) target() (*Interaction, *message, *apiError) {
	it, err := c.webhook()
	if err != nil {
		return nil, nil, err
	}
	m := it.original
	if id := c.param("message_id"); id != "" {
		m = nil
		for _, f := range append([]*message{it.original}, it.follow...) {
			if f != nil && f.id == id {
				m = f
			}
		}
	}
	if m == nil || m.deleted {
		return nil, nil, errUnknownMessage
	}
	return it, m, nil
}

func (d *Discord) webhookMessage(c *call) (*answer, *apiError) {
	_, m, err := c.target()
	if err != nil {
		return nil, err
	}
	return ok(m.payload())
}

func (d *Discord) editWebhookMessage(c *call) (*answer, *apiError) {
	it, m, err := c.target()
	if err != nil {
		return nil, err
	}
	if err := c.heed(checkMessage(c.object(), c.files, useEdit, m)); err != nil {
		return nil, err
	}
	m.edit(c.object(), c.files)
	it.touch()
	return ok(m.payload())
}

func (d *Discord) deleteWebhookMessage(c *call) (*answer, *apiError) {
	it, m, err := c.target()
	if err != nil {
		return nil, err
	}
	m.remove()
	it.touch()
	return nil, nil
}
