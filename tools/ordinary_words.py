"""Words that questions about sales are made of, and that name no product.

A word before a product that is not among them ("oat milk") says which product is meant, and may
contradict every name in the catalogue.
"""

_SMALL = """
a about above across actually after again against ago ah ahead all alone along already also
although altogether am among an and another any anybody anyone anything anyway apart approximately
are around as aside at away back be because been before behind being below beside besides best
better between beyond both but by came can cannot cant could couldnt did didnt do does doesnt
doing done dont down during each either else enough even ever every everybody everyone everything
exactly except few for from further get gets getting give given go goes going gone gonna good got
gotta great had has hasnt have having he hello help her here hers hey hi him his how however i if
im in including inside instead into is isnt it its ive itself just kind kindly know last later
least less let lets like little ll lot lots many may maybe me might mine more most much must my
near nearly need needs neither never new next no nobody non none nor not nothing now of off often
ok okay old on once one ones only onto opposite or other others ought our ours out outside over
overall own per perhaps please plus possible possibly pretty probably quite rather re really
roughly same say see seem shall she should shouldnt simply since so some somebody someone
something sort still such sure than thank thanks that thats the their theirs them then there these
they thing things think this those though through thru till times to together too toward towards
under unless until unlike up upon us use usual usually various versus very via vs want was wasnt
way ways we well were what whatever whats when whenever where whereas wherever whether which
whichever while who whole whom whose why will wish with within without wont worth would wouldnt
yeah yep yes yet you your yours youre
"""
_TIME = """
today tomorrow yesterday tonight day daily week weekly weekend fortnight month monthly quarter
quarterly year yearly annual hour hourly minute date period season seasonal time morning evening
night noon spring summer autumn fall winter monday tuesday wednesday thursday friday saturday
sunday mon tue tues wed thu thurs fri sat sun january february march april may june july august
september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas
easter thanksgiving holiday black labor independence memorial valentine halloween current
currently recent recently latest earlier early late previous prior past coming upcoming following
future rest begin beginning start end ending half first second third fourth fifth final mid middle
since ytd mtd wtd soon
"""
_COUNT = """
zero two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
sixty seventy eighty ninety hundred thousand million dozen couple several single double triple
number amount count figure quantity volume total sum average mean median typical percent
percentage pct point share ratio rate range level interval band maximum max minimum min top bottom
high higher highest low lower lowest big bigger biggest large larger largest small smaller
smallest long longer short shorter fast faster slow slower strong stronger weak weaker good bad
worse worst cheap cheaper expensive cent dollar usd eur euro pound money unit piece item sku
product article goods stock
"""
_BUSINESS = """
accept account accurate accuracy achieve act action actual add adjust advice advise affect agree
aim alert allow alter analyse analysis analytics analyze annual anomaly answer anticipate appear
apply approve approval ask assess assume assortment audit backtest bargain base baseline beat
become believe benefit bestseller boost breakdown bring budget bump business busy buy calculate
call cancel candidate capture carry case catalog catalogue category cause champion change chart
chat check checkout choose clear clearance close combine compare comparison compute confidence
confirm consider consumer continue correct cost count cover covering crash create current customer
cut data deal decay decide decision decline decrease deep deliver demand deploy depth describe
detail detect determine develop deviation difference dip discontinue discount display distribution
dive doing drift drive driver drop earn effect elasticity email estimate evaluate event evolve
excel exceed exclude expect expectation explain explanation explode export extra fail fare fault
feel fell figure find finish fix flag flat flop fluctuate focus follow forecast forecaster found
freshness full gain gap gather generate give goal graph grew gross grow growth guess handle happen
hard hear heavy hit hold hurt idea identify impact important improve include income increase
indicate individual influence inform insight interest issue item jump keep kept know lack latency
launch lead leader learn leave left lift line list location look lose loss lost made mail major
make manage manager margin mark markdown market match mean measure metric miss mistake model
monitor move net normal notice number numbers objective offer open operate optimal optimise
optimize optimum optimization option order ordinary outage outlier outlook output pass pattern pay
peak people percent perform performance pick picture place plan plot plummet plunge point popular
position potential predict prediction prepare present previous price pricing problem production
profit profitable profitability project projection promo promote promotion prospect provide pull
purchase push put quantity question quick quickly quiet raise ran rank rate reach read real reason
recommend recommendation record recover reduce reduction refresh regarding region regular relate
relative release remain remember replace report request restock result retail retailer retrain
return revenue review revise right rise risk role rollback roll rolled rose run sale sales save
saw scenario score see seen segment select sell seller selling send separate set shop shopper
shift ship should show significant simulate situation size slide slump smart sold sort source
spend spike split stage staging stand state statement statistic status stay steep step stop
stopped store story strange strategy struggle suddenly suggest suggestion summarise summarize
summary supply support surge suppose surprise sway switch system table take talk tank target team
tell tend test think threshold throw till took tool track trade trail train trend trigger trouble
true try turn type uncertainty underperform understand unexpected unusual unusually update uplift
upper usual value variation vary version view visit volume wait walk want warn watch weather went
wind win wonder word work working worked world worry write wrong yield zoom stuff cannibalise
cannibalize basket aisle shelf branch outlet chain company department group site whatif sharp
sharply massive massively weird odd suspicious irregular abnormal collapse collapsed jumped fallen
risen climb climbed sink sank sunk bounce soar soared skyrocket skyrocketed shrink shrank rocket
double doubled halve halved triple tripled hike slash reprice estimated guesstimate foresee
projected envision figures insights fresh favourite favorite tasty delicious beloved famous
standard fine nice lovely dear offline hypothetically hypothetical roughly apiece altogether
combined excluding rename delete remove tenant user password secret viewer analyst admin owner
administrator id identifier sir madam buddy mate assistant bot tillsight pls plz thx ty asap fyi
term brought broke break broken scan spot far extreme error remainder
slowest fastest busiest quietest busy irregularity cap ceiling sensitive sensitivity growth factor
matter yoy wow mom qoq adjusted wise push live someone slipped slip bottle carton jar tub packet
failure refusal forget
btw wanna lemme gimme tho cuz coz dunno ya u ur r n w o whos hows wheres whens theres
"""
_PRODUCTS = """
bar batter bean beer biscuit bread brownie cake candy capsule cereal cheese cider cocktail
concentrate cookie cracker cream cup curd cutter dip dispenser dressing drink dumpling essence
extract filter flour foil gum holder ice jam jelly juice ketchup kit latte liqueur loaf mash mix
muesli muffin noodle nugget oil pancake paste pastry peeler pie pillow pod pop powder pudding rack
salad salsa sandwich sauce seed shake shampoo smoothie snack soap soda sorbet soup spray spread
squash stick stock strip sweets syrup tart tea toast topping truffle vinegar wafer waffle wax whip
wine wipe yoghurt yogurt
"""

ORDINARY = frozenset(f"{_SMALL} {_TIME} {_COUNT} {_BUSINESS}".split())

# Nouns that make another product of the one before them: "banana bread", "milk powder".
PRODUCT_NOUNS = frozenset(_PRODUCTS.split())
