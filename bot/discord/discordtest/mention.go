package discordtest

import (
	"regexp"
	"slices"
	"strings"
)

// mentioned says whether a text mentions a user.
func mentioned(text, userID string) bool {
	return strings.Contains(text, "<@"+userID+">") || strings.Contains(text, "<@!"+userID+">")
}

// pings are those whom a message's body pings: the mentions in its text that
// its allowed_mentions let through. Text in code does not ping. Callers hold
// d.mu.
func (d *Discord) pings(m *message, body object) []string {
	allowed, given := body["allowed_mentions"].(object)
	var pinged []string
	add := func(kind, list, id string) {
		if !given || slices.Contains(strs(allowed, "parse"), kind) || slices.Contains(strs(allowed, list), id) {
			pinged = append(pinged, id)
		}
	}
	mention := regexp.MustCompile(`@(everyone|here)\b|<@([!&]?)(\d+)>`)
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	if written := append(texts(list(body, "components")), str(body, "content")); m.author.bot {
		for _, found := range mention.FindAllStringSubmatch(code.ReplaceAllString(strings.Join(written, "\n"), ""), -1) {
			switch {
			case found[1] != "":
				if m.channel.permissions()&PermMentionEveryone != 0 || m.channel.guild == nil {
					add("everyone", "", found[1])
				}
			case found[2] == "&":
				add("roles", "roles", found[3])
			default:
				add("users", "users", found[3])
			}
		}
	}
	if m.author.bot && m.replyTo != nil && (!given || truth(allowed, "replied_user")) && len(m.edits) == 0 {
		pinged = append(pinged, m.replyTo.author.ID)
	}
	return pinged
}

func strs(o object, key string) []string {
	var out []string
	for _, v := range list(o, key) {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// checkMentions holds the rule of parley itself: every send and every edit
// says {"parse": []} and lets nobody be pinged.
func checkMentions(body object) []problem {
	v, ok := body["allowed_mentions"]
	allowed, isObject := v.(object)
	switch {
	case !ok:
		return []problem{{RuleMentions, "no allowed_mentions", false}}
	case !isObject:
		return []problem{{RuleMentions, "allowed_mentions is no object", false}}
	}
	var found []problem
	if parse, ok := allowed["parse"].([]any); !ok || len(parse) > 0 {
		found = append(found, problem{RuleMentions, "allowed_mentions.parse is not []", false})
	}
	if len(list(allowed, "users")) > 0 || len(list(allowed, "roles")) > 0 || truth(allowed, "replied_user") {
		found = append(found, problem{RuleMentions, "allowed_mentions lets somebody be pinged", false})
	}
	return found
}
