package manage

import "slices"

// Managers are who may manage the corpus, beside the network's own right. With
// both empty nobody may.
type Managers struct{ Roles, Users []string } // IDs

// Lists reports whether a user is among them, or has a role that is.
func (m Managers) Lists(user string, roles []string) bool {
	return user != "" && slices.Contains(m.Users, user) ||
		slices.ContainsFunc(roles, func(role string) bool { return role != "" && slices.Contains(m.Roles, role) })
}
