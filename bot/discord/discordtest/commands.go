package discordtest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
)

func (d *Discord) commandRoutes() []route {
	const global, inGuild = "/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands"
	return []route{
		{"GET", global, false, false, d.getCommands},
		{"PUT", global, false, true, d.putCommands},
		{"GET", inGuild, false, false, d.getCommands},
		{"PUT", inGuild, false, true, d.putCommands},
	}
}

// scope is where commands are: a server's ID, "" for global ones.
func (c *call) scope() (string, *apiError) {
	if c.param("application_id") != c.d.appID {
		c.d.violate(RuleUnknown, c.where, "not the application's ID")
		return "", errUnknownApplication
	}
	if c.param("guild_id") == "" {
		return "", nil
	}
	g, err := c.guild()
	if err != nil {
		return "", err
	}
	return g.ID, nil
}

func (d *Discord) getCommands(c *call) (*answer, *apiError) {
	scope, err := c.scope()
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, cmd := range d.commands[scope] {
		if c.r.URL.Query().Get("with_localizations") == "true" {
			out = append(out, cmd)
		} else {
			out = append(out, unlocalised(cmd))
		}
	}
	return ok(out)
}

func (d *Discord) putCommands(c *call) (*answer, *apiError) {
	scope, err := c.scope()
	if err != nil {
		return nil, err
	}
	raw, isList := c.body.([]any)
	if !isList {
		return nil, c.heed([]problem{refuse(RuleCommands, "no list of commands")})
	}
	if err := c.heed(checkCommands(raw)); err != nil {
		return nil, err
	}
	var stored []object
	out := []any{}
	for _, given := range objects(raw) {
		cmd := d.storedCommand(given, scope)
		stored = append(stored, cmd)
		out = append(out, cmd)
	}
	d.commands[scope] = stored
	d.changed.wake()
	return &answer{http.StatusOK, out}, nil
}

// storedCommand is a command as Discord keeps it: with an ID that stays while
// the name does, a version, and its defaults filled in.
func (d *Discord) storedCommand(given object, scope string) object {
	id := ""
	for _, old := range d.commands[scope] {
		if str(old, "name") == str(given, "name") && commandKind(old) == commandKind(given) {
			id = str(old, "id")
		}
	}
	if id == "" {
		id = d.id()
	}
	cmd := object{
		"id": id, "application_id": d.appID, "version": d.id(), "type": commandKind(given), "description": "",
		"default_member_permissions": nil, "nsfw": false, "contexts": nil,
		"integration_types": []any{0}, "name_localizations": nil, "description_localizations": nil,
	}
	maps.Copy(cmd, tidy(given))
	cmd["id"] = id
	cmd["type"] = commandKind(given)
	if n, isNumber := number(given["default_member_permissions"]); isNumber {
		cmd["default_member_permissions"] = strconv.FormatInt(n, 10)
	}
	if scope != "" {
		cmd["guild_id"] = scope
	} else if _, isGiven := given["dm_permission"]; !isGiven {
		cmd["dm_permission"] = true
	}
	return cmd
}

// tidy copies a command or option as Discord gives it back: without what is
// null, false or empty, which is how the defaults are said.
func tidy(o object) object {
	out := object{}
	for key, v := range o {
		switch v := v.(type) {
		case nil:
		case bool:
			if v {
				out[key] = v
			}
		case []any:
			if len(v) > 0 {
				out[key] = each(v, tidy)
			}
		case object:
			if len(v) > 0 {
				out[key] = v
			}
		default:
			out[key] = v
		}
	}
	return out
}

// unlocalised copies a command or option without its localisations, which
// Discord leaves out unless asked.
func unlocalised(o object) object {
	out := maps.Clone(o)
	delete(out, "name_localizations")
	delete(out, "description_localizations")
	for key, v := range out {
		if l, ok := v.([]any); ok {
			out[key] = each(l, unlocalised)
		}
	}
	return out
}

// each copies a list, its objects changed.
func each(l []any, change func(object) object) []any {
	out := slices.Clone(l)
	for i, v := range out {
		if o, ok := v.(object); ok {
			out[i] = change(o)
		}
	}
	return out
}
