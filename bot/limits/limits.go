// Package limits bounds what people and models may take of the bot, so that one
// user cannot take it from the others: [Questions] counts questions against
// [Quotas], [Queue] lets so many be answered at once and so many wait, [Spending]
// keeps models within a [Budget] for the day.
package limits
