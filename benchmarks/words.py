"""The words from which the benchmark's prose is made."""

from __future__ import annotations


def listed(words: str) -> tuple[str, ...]:
    """Words from a list with white space between."""
    return tuple(words.split())


NOUNS = listed("""
account acre act answer argument army autumn balance bank barley barrier basin bell border bridge burden cabinet
canal capital captain cargo case cause chamber charter city claim clause clerk coast coin column command committee
concession consent council country court crisis crop custom danger debate debt decade decision decree defence delay
delegate demand deputy desert dispatch detail doctrine doubt duty east economy edge effort election empire engine
envoy error estate event evidence exile export factory failure faith famine farm favour fear field figure fleet
force forest fortune frontier future gain garden garrison gate general ghost grain guest habit hand harbour harvest
history hope house idea image import industry influence inland interest island issue journey judge justice kingdom
labour lake land language law leader league legend letter level liberty line loan loss machine majority map march
market matter measure memory merchant method mill mine minister mistake model moment monument morning mountain
nation need neighbour north notice number oath object office officer opinion order outcome palace paper parish
parliament partner passage patience peace people period petition pilot place plain plan plea port position power
premise press price principle prison problem profit promise proof province purpose quarrel quarter question railway
rain reason record reform region remark report reserve result return reward river road room route rule rumour sailor
salt savings scale school sea season senate service settlement shadow share ship shore silence silver sister soldier
source south speech state station steel stone storm story street strength strike subject success summer supply
surplus survey system table tariff task tax teacher temper term theory thought threat timber time title town trade
tradition train treasury treaty trial tribe trouble trust truth tunnel union valley value vessel village visit voice
vote wage wall war warning water wealth west wheat will winter witness word work world year
""")

VERBS = listed("""
accepts admits allows answers argues asks avoids becomes begins believes borrows breaks brings builds buys calls
carries changes claims closes concedes considers counts covers crosses defends delays demands denies describes
divides doubts draws ends expects explains fears feeds finds follows forgets gathers gives governs grants guards
hides holds ignores imagines invites joins judges keeps knows leads leaves lends loses makes marks measures meets
misses moves names needs obeys offers opens owes passes pays permits prefers proves pulls raises reaches reads
recalls receives refuses remains repeats replaces rests returns rules sees sells sends serves settles shapes shares
shows signs speaks spends stands starts studies supports takes teaches tells tests trades trusts turns values visits
wants warns watches weighs wins writes yields
""")

ADJECTIVES = listed("""
able ancient bitter bold brief bright broad brittle calm careful central certain civil clear cold common complete
costly cruel dark deep distant double dry early eastern empty equal exact famous fatal final firm first foreign
formal former free frequent full gentle grave great heavy hidden high hollow honest idle inner joint just kind large
last late lesser local long loyal lucid minor modest narrow national natural new noble northern old open outer
patient plain polite poor popular private proud public quiet rapid rare recent rich rough royal rural safe secret
severe sharp short silent simple slow small sober solid southern stable stern strange strict strong subtle sudden
thin true upper useful vain vast weak western whole wide wise young
""")

ADVERBS = listed("""
again almost already also always barely clearly early easily even finally freely gladly hardly late mainly merely
mostly nearly never often once only openly partly plainly quickly quietly rarely seldom simply slowly soon sometimes
still surely twice usually
""")

PREPOSITIONS = listed("""
about above after against along among around before behind beneath beside between beyond by for from in near of on
over past through to toward under upon with within without
""")

DETERMINERS = listed("""
a an the the the the this that each every no some any its their our his her one another
""")

CONJUNCTIONS = listed("""
and but because while although since so yet unless until
""")

NAMES = listed("""
Aldren Borvik Caskel Dunmar Elwick Farrow Garven Holmek Irsten Jorvan Keller Lanmoor Merrow Norvale Ostrin Pellam
Quorley Ravik Sundale Tormey Ulvane Vessen Warrick Yarnell Zelkov Ambry Brascott Corwen Dellamy Estrand Fenwright
Gostrey Hallam Inverley Jessamy Kirrin Lothmere Marrick Nesbury Orlan
""")

INSTITUTIONS = listed("""
Accord Act Treaty Line Doctrine Plan Crisis Commission Compact Declaration Settlement Protocol Question Conference
Ordinance Tribunal
""")
