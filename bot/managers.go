package bot

import "slices"

// mayManage returns nil when the user may make a request of this kind, else the
// refusal. The network's own right alone is not enough: the corpus is the same
// for all servers, and whoever runs a server need not run the bot.
func (j *job) mayManage() *Reply {
	if !j.Kind.Manages() {
		return nil
	}
	if j.Place.Guild == "" || !j.User.Manager {
		return j.refuse("refused.right", nil)
	}
	m := &j.opts.Managers
	listed := slices.Contains(m.Users, j.User.ID) && j.User.ID != "" ||
		slices.ContainsFunc(j.User.Roles, func(role string) bool { return role != "" && slices.Contains(m.Roles, role) })
	if !listed {
		return j.refuse("refused.list", nil)
	}
	return nil
}
