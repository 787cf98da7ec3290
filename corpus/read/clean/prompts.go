package clean

import "parley/corpus/internal/text"

// What pages add around reports, in lower case and without the marks around it.
// Each expression stands for a whole line: none looks inside a paragraph.

var commentForm = text.Lines(
	`leave an? (reply|comment|response)( to .*| cancel reply)?`,
	`(post|add|write) (a )?comment`,
	`cancel reply`,
	`your email address will not be published.*`,
	`required fields are marked.*`,
	`save my name, email.*`,
	`notify me of (new|follow-?up) .*`,
	`((view|show|load|see|read) )?(all )?\(?\d*\)? ?comments?( ?\(\d+\))?`,
	`no comments( yet)?`,
	`be the first to (comment|reply|review|rate|share).*`,
	`comments? (are|is) (closed|off|disabled).*`,
	`you must be (logged|signed) in.*`,
	`(log|sign) ?in to (comment|reply|leave|post).*`,
	`join the (conversation|discussion)( below)?`,
	`this site uses akismet.*`,
	`have your say`,
	`report (this )?(comment|ad)`,
)

var rating = text.Lines(
	`(like|liked|love|loved|enjoy|enjoyed|enjoying) (this|the|our|what you)\b.{0,40}\? ?(then )?(please )?(share|tell|pass|send|spread|subscribe|support|sign|follow)\b.{0,60}`,
	`how useful was th.*`,
	`click on a star.*`,
	`average rating( ?:)? ?\d.*`,
	`vote count.*`,
	`no votes so far.*`,
	`rate this( \w+)?`,
	`we are sorry that this \w+ was not useful.*`,
	`let us improve this .*`,
	`tell us how we can improve.*`,
	`as you found this \w+ useful.*`,
	`\d(\.\d)? ?(/|out of) ?5( stars?)?( \(?\d+ (votes?|ratings?|reviews?)\)?)?`,
)

var sharePrompt = text.Lines(
	`(share|tweet|pin|forward)( (this|it|on|via|with|by|article|story|post|page)\b.{0,60})?`,
	`share the (article|story|post|page|news)\b.{0,30}`,
	`copy (link|url)`,
	`link copied.*`,
	`copied`,
	`share options`,
	`\d* ?shares?`,
	`save (article|story|for later)`,
	`(print|email) (this )?(article|page|story)?`,
	`bookmark( this)?( (article|page|story))?`,
)

var subscribe = text.Lines(
	`(sign up|subscribe|register)( (now|today|here|free|for free))*`,
	`(sign up|subscribe|register)\b.{0,80}\b(newsletters?|inbox|e-?mails?|alerts?|briefings?|digests?|updates?|channel|podcast|for free|our|access|account to)\b.*`,
	`subscribe (to|on|for) .*`,
	`get (the latest|our|breaking|more|all the|unlimited|full)\b.*(news|newsletters?|inbox|alerts?|emails?|access|updates?|stories|headlines)\b.*`,
	`.{0,60}\b(delivered|straight|direct|right)( directly| straight)? to your inbox.*`,
	`(follow|find|like|join) us\b.*`,
	`follow .{1,40} on (x|twitter|facebook|instagram|telegram|whatsapp|linkedin|youtube|threads|bluesky|google news|social media)\b.*`,
	`download (our|the) .*app.*`,
	`(support|fund) (our|independent|quality|public) journalism.*`,
	`support the .{1,30}`,
	`follow .{1,60} coverage (of|at|on) .*`,
	`(become|already) an? (member|subscriber|supporter).*`,
	`enter your e-?mail.*`,
	`stay (informed|connected|up to date|up-to-date|in the know).*(newsletter|subscri|follow|sign|notification).*`,
	`newsletters?( sign ?up)?`,
	`daily (newsletter|briefing|digest)`,
	`donate( now)?`,
	`push notifications?`,
	`thank(s| you) for (reading|subscribing|signing|your interest).*`,
	`join (our|the) .*(channel|newsletter|group|community|list)\b.*`,
)

var related = text.Lines(
	`(read|see|watch|listen|view|also|related|recommended|must read|more|explore|don.?t miss|up next|video|in pictures) ?(more|also|next|now|related|read|live|here)?:.{3,}`,
	`(also read|read also|see also|read (more|next))`,
	`more [\w ]{2,30}: ?https?://.*`,
	`(lesen sie auch|lesen sie mehr|mehr zum thema|lire aussi|à lire aussi|lee también|lea también|leggi anche|leia também|leia mais|lees ook|läs också|les også|læs også|lue myös|czytaj (też|także|również)|čtěte také|přečtěte si|preberite tudi|citește și|olvassa el|читайте также|читайте також|διαβάστε (επίσης|ακόμα)|ayrıca oku|关联阅读|相关阅读|延伸阅读|関連記事|관련기사)\b?( ?:.*)?`,
	`read (the )?(full|original) (story|article|report|text|piece|interview).*`,
	`related( (articles?|stories|story|posts?|news|topics?|content|coverage|reading|links?|items|videos?))?`,
	`more (on|from|about|in|stories|news|like|coverage|headlines|top)( .*)?`,
	`recommended( (for you|stories|articles|reading|by .*))?`,
	`you (may|might|will|could) (also )?(like|love|enjoy|be interested in|have missed)( this)?`,
	`(most|top|also) (read|popular|viewed|shared|commented|stories|discussed|watched)( .{0,20})?`,
	`trending( (now|topics|stories|news|on .*))?`,
	`popular( (now|posts|stories|articles))?`,
	`(the )?(latest|recent|top|breaking|more|other|all|world|local|today.?s)( top| breaking)? (news|stories|posts|articles|headlines|updates|videos)`,
	`latest`,
	`editor.?s.? (picks?|choice)`,
	`don.?t miss( this| it)?`,
	`up next`,
	`(continue|keep) reading( .*)?`,
	`in case you missed it`,
	`featured( (stories|articles|posts|videos?))?`,
	`(watch|listen)( (live|now|more|next|on .*|to this .*))?`,
	`(click|tap) here.*`,
	`(learn|find out|see|show) more`,
	`load more.*`,
	`view (all|more).*`,
	`around the web`,
	`explore (more|further|topics?)`,
)

var navigation = text.Lines(
	`(main |more )?menu`,
	`saved?`,
	`reuse this content`,
	`published`,
	`updated`,
	`.{0,40}back to home( ?page)?`,
	`skip past .*`,
	`after newsletter promotion`,
	`toggle (menu|navigation)`,
	`(main )?navigation`,
	`home(page)?`,
	`search( (here|for|results|news|articles|stories|archives?|((the|this|our) )?(site|website|web)))?( .{0,12})?`,
	`close( menu)?`,
	`open( menu| navigation)?`,
	`skip to( main)? (content|navigation).*`,
	`jump to (content|navigation|comments|section|recipe|top)`,
	`(back|return|scroll) to (the )?top`,
	`top`,
	`log ?(in|out)`,
	`sign (in|out)`,
	`(my )?account`,
	`register`,
	`contact( us)?`,
	`about( us)?`,
	`advertise( with us)?`,
	`careers`,
	`site ?map`,
	`rss( feed)?`,
	`e-?paper`,
	`podcasts?`,
	`tags?`,
	`tagged( with)?`,
	`categor(y|ies)`,
	`topics?`,
	`sections?`,
	`filed under( ?: .{1,80})?`,
	`print|share|comments?|reply|email|e-mail|name|website|submit|send`,
	`next|previous|prev|back|more|options|settings|language|english|edition|all`,
	`pages?:? ?\d*`,
	`\d+ of \d+`,
	`play( video)?|pause|mute|unmute`,
	`(video|audio) player is loading.*`,
	`(listen|\d+) ?(\d+)? ?(-|–)? ?min(ute)?s?( read| listen)?`,
	`(estimated |est\. )?reading time:?.*`,
	`\d+ ?(sec|seconds?|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?) (ago|read)`,
	`listen to this (article|story)( .*)?`,
	`(this )?article (is )?(more than|was published) .* (ago|old)`,
	`\d+ views?`,
	`views?:? ?[\d,.]+k?`,
)

var legal = text.Lines(
	`(©|ⓒ|\(c\)|copyright)[ ©ⓒ]*(\(c\) ?)?((19|20)\d\d\b.*|.{0,80}(all rights reserved|inc|ltd|llc)\b.*)`,
	`copyright .{1,40} (19|20)\d\d\b.{0,60}`,
	`(copyright ?)?[©ⓒ].*`,
	`(.{0,120}[ .©])?all rights? reserved\.?( .{0,120})?`,
	`.*\b(may|must|can) ?not be (re)?(published|produced|broadcast|rewritten|redistributed|printed|copied|used without)\b.*(material|permission|consent|content|redistributed|rewritten).*`,
	`(terms|conditions) (of|&|and) (use|service|sale|conditions|privacy)\b.{0,40}`,
	`(our )?(privacy|cookies?|ad(vertising)?) (policy|notice|settings?|preferences|statement|choices|center)( ?([&|·•,-]|and) .{0,60})?`,
	`(we|our partners|we and our \w+) (and our partners )?(use|value) (cookies|your privacy)\b.*`,
	`th(is|e|ese) (web)?sites? uses? cookies.*`,
	`by (continuing|using|clicking|subscribing|signing|submitting|entering|providing)\b.{0,120}\b(you|your|i)\b.{0,120}\b(agree|accept|consent|acknowledge)\b.*`,
	`(accept|reject|allow|decline)( all)?( (cookies|and continue|and close))?`,
	`manage (cookies|preferences|consent|settings|options).*`,
	`our standards:.*`,
	`do not sell( or share)? my .*`,
	`(disclaimer|privacy notice) ?:.*`,
	`.{2,40} is not responsible for the content of external sites.*`,
	`legal notice|imprint|impressum`,
)

var advertising = text.Lines(
	`advertise?ments?|advertising|adverts?|ads?`,
	`anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|annons|annonse|reklam|reklama|реклама|διαφήμιση|mainos|hirdetés|publicitate|広告|광고|广告`,
	`(sponsored|promoted)( (content|post|stories|links?|by .*))?`,
	`paid (content|post|partnership|for by .*)`,
	`(story|article|content|text) continues (below|after)( .*)?`,
	`(advertisement|ad) ?[-–—:|].{0,80}`,
	`remove ads`,
	`affiliate (links?|disclosure).*`,
	`we may (earn|receive) (a )?commission.*`,
)

// signOff is followed by names.
var signOff = text.Lines(
	`\(?((additional|further) )?(reporting|writing|editing|research|photography|production|compiled|edited|written|translated)( and (editing|writing|reporting|edited))? by\b.{0,250}\)?`,
	`\(?(compiled from|with (reporting|files|agencies|inputs?|additional reporting)( from| by)?)\b.{0,250}\)?`,
)

var contributed = text.Lines(
	`\(?(sources?: |staff and )?(news )?agencies\)?`,
	`with .{2,30} wires`,
	`contributing ?: .{3,120}`,
	`(reach|follow|contact) (the )?(reporters?|authors?|writers?|him|her|them)\b.{0,120}(twitter|facebook|@|e-?mail).*`,
	`.{3,160} contributed reporting\.?`,
	`.{3,160} contributed( reporting)? to this (report|story|article)\.?`,
)

var republished = text.Lines(
	`this (article|story|post|piece) (was |has been |is )?(originally |first |also |previously )*(published|republished|appeared|posted|produced|reprinted|syndicated)\b.{0,250}`,
	`(this|the) (article|story|post|report|piece|interview|text) (was |has been |is )?(originally |first |previously )+(published|republished|appeared|posted|produced|reprinted|syndicated)\b.{0,250}`,
)

var agencyNote = text.Lines(
	`(for immediate|zur sofortigen|pour|para|per la) (release|publication|veröffentlichung|diffusion|difusión|publicación|diffusione)( immédiate| inmediata| immediata)?`,
	`(embargoed|not for (release|publication)|under embargo|sperrfrist|sous embargo) ?(:|until|before|bis|jusqu).{0,60}`,
	`this is a (developing|breaking)( news)? story\b.{0,160}`,
	`(more|further) (details|information|updates?) (to|will) follow`,
	`developing( story)?`,
	`breaking( news)?`,
	`exclusive`,
	`just in`,
	`live( updates?)?`,
	`top story`,
	// What was corrected is of the text; that it was says nothing.
	`(editor.?s note ?: ?)?this (story|article|report|post|page) (has been|was|is being|will be) (updated|corrected|amended|edited)( (throughout|since .{0,40}|(on|at|with) ([^:]|:\d){0,60}))?`,
	`(what do you think|what are your thoughts)( about this)?`,
	`what (do you think|are your thoughts).*\b(comments?|below|let us know|tell us)\b.*`,
	`(have|got) (a (news )?tip|something to say|any thoughts|a story)\b.*`,
	`(email|contact|write to) (us|the (author|reporter|editor|newsroom))\b.*`,
	`send (us )?(your )?(tips?|letters?|feedback|story ideas?)\b.*`,
)

// networks are the lines of names of social networks, such as "Facebook Twitter
// WhatsApp Email".
var networks = text.Lines(
	`(.* ?)?(facebook|twitter|whatsapp|linkedin|reddit|telegram|pinterest|instagram|youtube|tiktok|messenger|bluesky|mastodon|flipboard|viber|tumblr|weibo|wechat|snapchat|discord|sms|e-?mail|copy link|print|rss)( ?.*)?`,
)

var socialNames = text.Lines(
	`((facebook|twitter|x|whatsapp|linkedin|reddit|telegram|email|e-mail|pinterest|instagram|youtube|tiktok|messenger|threads|bluesky|mastodon|flipboard|vk|viber|line|tumblr|print|copy|link|share|more|on|via|or|and|rss|pocket|google|news|weibo|wechat|signal|snapchat|discord|sms|mail)[ |/,·•]*)+`,
)
