package discordtest

import (
	"fmt"
	"net/url"
	"strings"
)

// A problem is a rule that a body breaks. One that refuses makes Discord
// answer 400, any other is broken silently.
type problem struct {
	rule    string
	detail  string
	refuses bool
}

func refuse(rule, format string, args ...any) problem {
	return problem{rule, fmt.Sprintf(format, args...), true}
}

// Limits of messages: FACTS of Discord's documentation, "Message Object" and
// "Embed Limits".
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedsTotal = 6000
	maxFiles       = 10
)

// What is done with a message body.
type use int

const (
	useCreate   use = iota // POST to a channel
	useEdit                // any PATCH, and callback type 7
	useAnswer              // callback type 4 and follow-ups
	useDeferred            // callback type 5
)

// checkMessage holds what Discord's specification does not say of a message. An edit
// is one of a message.
func checkMessage(body object, files []string, as use, of *message) []problem {
	flags := num(body, "flags")
	found := checkFlags(flags, as)
	if as == useDeferred {
		return found
	}
	found = append(found, checkMentions(body)...)
	if n := length(str(body, "content")); n > maxContent {
		found = append(found, refuse(RuleContent, "content has %d characters, %d are allowed", n, maxContent))
	}
	v2 := flags&FlagComponentsV2 != 0 || of != nil && of.flags&FlagComponentsV2 != 0
	if v2 {
		found = append(found, checkVersion2(body, as, of)...)
	}
	if as != useEdit && strings.TrimSpace(str(body, "content")) == "" && len(list(body, "embeds")) == 0 &&
		len(files) == 0 && !has(body, "poll") && len(list(body, "sticker_ids")) == 0 && !v2 {
		found = append(found, refuse(RuleContent, "an empty message"))
	}
	if len(files) > maxFiles {
		found = append(found, refuse(RuleContent, "%d files", len(files)))
	}
	found = append(found, checkEmbeds(list(body, "embeds"))...)
	return append(found, checkComponents(list(body, "components"), v2)...)
}

// checkVersion2 holds what a message whose components are all there is must not have:
// anything beside them, also from before the edit that makes it one.
func checkVersion2(body object, as use, of *message) []problem {
	var found []problem
	bad := func(format string, args ...any) { found = append(found, refuse(RuleComponents, format, args...)) }
	if str(body, "content") != "" || len(list(body, "embeds")) > 0 || has(body, "poll") || len(list(body, "sticker_ids")) > 0 {
		bad("content, embeds, a poll or stickers beside components of version 2")
	}
	if _, given := body["components"]; len(list(body, "components")) == 0 && (given || as != useEdit) {
		bad("a message of components of version 2 has none")
	}
	if of == nil {
		return found
	}
	if of.flags&FlagComponentsV2 != 0 {
		if has(body, "flags") && num(body, "flags")&FlagComponentsV2 == 0 {
			bad("components of version 2 are for ever")
		}
		return found
	}
	for _, key := range []string{"content", "embeds"} {
		_, given := body[key]
		if was := key == "content" && of.content != "" || key == "embeds" && len(of.embeds) > 0; was && !given {
			bad("%s of before stays beside components of version 2", key)
		}
	}
	return found
}

// checkFlags knows which flags a request may set.
func checkFlags(flags int, as use) []problem {
	allowed := FlagSuppressEmbeds | FlagComponentsV2
	switch as {
	case useCreate:
		allowed |= FlagSuppressNotifications
	case useAnswer:
		allowed |= FlagSuppressNotifications | FlagEphemeral
	case useDeferred:
		allowed = FlagEphemeral
	case useEdit:
	}
	if extra := flags &^ allowed; extra != 0 {
		return []problem{{RuleFlags, fmt.Sprintf("flags %#x cannot be set here", extra), false}}
	}
	return nil
}

// checkEmbeds holds the limits of embeds, one by one and in all.
func checkEmbeds(raw []any) []problem {
	var found []problem
	if len(raw) > maxEmbeds {
		found = append(found, refuse(RuleEmbeds, "%d embeds", len(raw)))
	}
	total := 0
	count := func(where, text string, most int) {
		n := length(text)
		total += n
		if n > most {
			found = append(found, refuse(RuleEmbeds, "%s has %d characters, %d are allowed", where, n, most))
		}
	}
	link := func(where, s string) {
		if s != "" && (!isLink(s) || length(s) > 2048) {
			found = append(found, refuse(RuleEmbeds, "%s is no http(s) URL of up to 2048 characters: %q", where, s))
		}
	}
	for i, e := range objects(raw) {
		at := fmt.Sprintf("embeds[%d]", i)
		fields := objects(list(e, "fields"))
		author, footer := sub(e, "author"), sub(e, "footer")
		count(at+".title", str(e, "title"), 256)
		count(at+".description", str(e, "description"), 4096)
		count(at+".author.name", str(author, "name"), 256)
		count(at+".footer.text", str(footer, "text"), 2048)
		link(at+".url", str(e, "url"))
		link(at+".author.url", str(author, "url"))
		if len(fields) > 25 {
			found = append(found, refuse(RuleEmbeds, "%s has %d fields", at, len(fields)))
		}
		for j, f := range fields {
			if strings.TrimSpace(str(f, "name")) == "" || strings.TrimSpace(str(f, "value")) == "" {
				found = append(found, refuse(RuleEmbeds, "%s.fields[%d] has no name or no value", at, j))
			}
			count(fmt.Sprintf("%s.fields[%d].name", at, j), str(f, "name"), 256)
			count(fmt.Sprintf("%s.fields[%d].value", at, j), str(f, "value"), 1024)
		}
	}
	if total > maxEmbedsTotal {
		found = append(found, refuse(RuleEmbeds, "%d characters over all embeds, %d are allowed", total, maxEmbedsTotal))
	}
	return found
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
