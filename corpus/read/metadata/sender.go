package metadata

// LikeOutlet reports whether a name reads like that of an outlet or of a group in one,
// and not like somebody's: "Ostmar Weekly", "The Quay", "Courier Newsroom".
func LikeOutlet(name string) bool {
	k := fold(name)
	return outletWord(name) || deskName(k) || len(k) > len("the ") && k[:len("the ")] == "the "
}
